"""Joint samples of a scenario's uncertain numbers."""
