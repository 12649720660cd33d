"""Claims: the table of typed tests."""
