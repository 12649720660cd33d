"""The agreement side: packages, frontier, zone, fair points."""
