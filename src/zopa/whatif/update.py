"""What the engine tells a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zopa.report.view import View
from zopa.scenario.setting import Setting

QUICK, FULL, VERDICTS, OBSTACLES = "quick", "full", "verdicts", "obstacles"
PROGRESS, FAILED = "progress", "failed"
SLOW = (FULL, VERDICTS, OBSTACLES)
"""What follows the quick look, in this order, each from the whole ensemble."""


@dataclass(frozen=True)
class Update:
    """One answer, or how far work has come.

    Attributes:
        setting: what is answered.
        stage: one of the names above.
        view: the answers known so far at this setting; None with progress and failure.
        draws: solved for this stage.
        effective: what they are worth after weighing.
        note: what is being done, or one clear line what to do.
        done, total: of what is being done; total 0 where it is not known.
        seconds: that this stage took.
    """

    setting: Setting
    stage: str
    view: View | None = None
    draws: int = 0
    effective: float = 0.0
    note: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0


Tell = Callable[[Update], None]
