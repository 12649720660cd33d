"""The scenario file: its schema, reading it, checking it, patching it."""
