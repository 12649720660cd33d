"""How many threads a computation over blocks of draws runs on."""

from __future__ import annotations

import os

MOST = 8


def threads() -> int:
    """As many as there are cores for this process, at most `MOST`."""
    cores = (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
             else os.cpu_count() or 1)
    return max(1, min(cores, MOST))
