"""Data of the reader: the gazetteer of actors and the measured precision of its rules."""
