"""What the engine's threads need: the solver awake, their priority, and words for errors."""

from __future__ import annotations

import logging
import os
import threading

from zopa.core.errors import ZopaError
from zopa.core.precision import double_precision

LOWER = 19
"""By how much the slow worker stands back."""
log = logging.getLogger(__name__)


def wake() -> None:
    """Start the solver's own threads."""
    import jax

    double_precision()
    jax.devices()


def said(error: Exception) -> str:
    """What to do, in a line or a few."""
    if isinstance(error, ZopaError):
        return str(error)
    log.exception("a setting could not be solved", exc_info=error)
    return (f"This setting could not be solved ({type(error).__name__}). Take the last change "
            "back; the terminal says more.")


def stand_back() -> None:
    """Lower the priority of this thread and of those it starts, where the system can."""
    if hasattr(os, "setpriority") and hasattr(os, "PRIO_PROCESS"):
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWER)
        except OSError:
            log.debug("the priority of the slow worker could not be lowered")
