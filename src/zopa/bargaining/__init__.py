"""The game: one step, its solution, the path that follows from it."""
