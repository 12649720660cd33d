"""A run that was written, read back: the same view as of one just made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zopa.core.errors import InputError
from zopa.report.manifest import hashes, scenario_of, version_of
from zopa.report.view import View
from zopa.report.write import MANIFEST, WriteError, holds_a_run, read_json
from zopa.scenario.schema import Scenario


def read_run(directory: str | Path) -> View:
    """The scenario, answers and manifest of a run's directory.

    Raises:
        WriteError: it is no run, its answers are not those that its manifest tells of, or another
            version of zopa wrote it in a form that this one does not read.
    """
    path = Path(directory).expanduser()
    if not path.exists():
        raise WriteError(f"{directory}: there is no such directory. `zopa run` makes one.")
    if not path.is_dir() or not holds_a_run(path):
        raise WriteError(f"{directory}: it is not a run's directory, it has no {MANIFEST} of one. "
                         "`zopa run SCENARIO --out DIR` makes one.")
    stored = read_json(path / MANIFEST)
    answers = read_json(path / "answers.json")
    scenario = _scenario(directory, stored)
    try:
        told = stored["files"]["answers.json"]
    except (KeyError, TypeError):
        raise WriteError(f"{directory}: its {MANIFEST} cannot be used. Run again.") from None
    if hashes(path, ("answers.json",))["answers.json"] != told or not isinstance(answers, dict):
        raise WriteError(f"{directory}: answers.json is not the one that {MANIFEST} tells of: it "
                         "was changed, or belongs to another run. Run again.")
    return View(scenario, answers, stored)


def _scenario(directory: str | Path, stored: dict[str, Any]) -> Scenario:
    """The scenario whose text the manifest holds."""
    identity = stored.get("scenario")
    if not isinstance(identity, dict) or not isinstance(identity.get("text"), str):
        raise WriteError(f"{directory}: its {MANIFEST} does not hold the scenario's text. "
                         "Run again.")
    try:
        return scenario_of(stored)
    except (KeyError, TypeError, ValueError, InputError):
        here, there = version_of("zopa"), str(stored["zopa"])
        why = (f"was written by zopa {there}, whose scenario zopa {here} does not read"
               if there != here else f"has a {MANIFEST} that cannot be used")
        raise WriteError(f"{directory}: it {why}. Run again.") from None
