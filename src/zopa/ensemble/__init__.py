"""The game solved at every draw."""
