"""A run that was written, read back: the same view as of one just made."""

from __future__ import annotations

from pathlib import Path

from zopa.report.manifest import hashes, scenario_of
from zopa.report.view import View
from zopa.report.write import MANIFEST, WriteError, holds_a_run, read_json


def read_run(directory: str | Path) -> View:
    """The scenario, answers and manifest of a run's directory.

    Raises:
        WriteError: it is no run, or its answers are not those that its manifest tells of.
    """
    path = Path(directory).expanduser()
    if not path.exists():
        raise WriteError(f"{directory}: there is no such directory. `zopa run` makes one.")
    if not path.is_dir() or not holds_a_run(path):
        raise WriteError(f"{directory}: it is not a run's directory, it has no {MANIFEST} of one. "
                         "`zopa run SCENARIO --out DIR` makes one.")
    stored = read_json(path / MANIFEST)
    answers = read_json(path / "answers.json")
    try:
        told = stored["files"]["answers.json"]
        scenario = scenario_of(stored)
    except (KeyError, TypeError, ValueError):
        raise WriteError(f"{directory}: its {MANIFEST} cannot be used. Run again.") from None
    if hashes(path, ("answers.json",))["answers.json"] != told:
        raise WriteError(f"{directory}: answers.json is not the one that {MANIFEST} tells of: it "
                         "was changed, or belongs to another run. Run again.")
    return View(scenario, answers, stored)
