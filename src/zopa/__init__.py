"""zopa: is there a deal that every side of an armed conflict prefers to fighting on?

    scenario = zopa.load("ukraine-2025")
    result = zopa.run(scenario, draws=256, seed=0)
    result.answers, result.dataset, result.write("out")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zopa.report.result import Result
    from zopa.scenario.schema import Scenario

__all__ = ["load", "run"]


def load(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or a scenario file, checked.

    Raises:
        zopa.core.errors.InputError: it cannot be used; says every problem, its place and the mend.
    """
    from zopa.scenario.load import load as load_scenario

    return load_scenario(name_or_path)


def run(scenario: Scenario, draws: int = 1024, seed: int = 0,
        believe: Mapping[str, bool] | Iterable[str] | None = None,
        progress: Callable[[int, int], None] | None = None, heavy: int = 256,
        patch: str | Path | None = None) -> Result:
    """Answer every question about a scenario.

    Args:
        scenario: from `load`.
        draws: joint samples of the uncertain numbers, a power of two.
        seed: the same seed gives the same answers.
        believe: claims taken as true or false, `{claim: True}`.
        progress: called with (draws solved, draws in all).
        heavy: draws of what is solved many times over (obstacles, levers).
        patch: a file with numbers held, levers on, claims believed.

    Returns:
        A result with `.answers`, `.dataset` (xarray), `.manifest` and `.write(directory)`.

    Raises:
        zopa.core.errors.ArgumentError: a wrong argument, named.
    """
    from zopa.report.result import run as run_scenario
    from zopa.scenario.setting import read

    setting = read(patch) if patch is not None else None
    return run_scenario(scenario, draws, seed, believe, progress, heavy=heavy, setting=setting)
