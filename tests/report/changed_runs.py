"""Two views of hand-made answers, the second changed in a few places."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.report import sample_answers
from zopa.report.manifest import manifest
from zopa.report.view import View
from zopa.scenario.schema import Scenario


def changed(inputs: dict[str, Any] | None = None, answers: dict[str, Any] | None = None,
            war: bool = True, **settings: Any) -> View:
    """The sample run with inputs (by path) and answers (by path) set, and other settings."""
    view = sample_answers.view(war)
    data = view.scenario.model_dump(mode="json", exclude_none=True)
    for path, value in (inputs or {}).items():
        put(data, path, value)
    scenario = Scenario.model_validate(data)
    found = deepcopy(dict(view.answers))
    for path, value in (answers or {}).items():
        put(found, path, value)
    how = {"draws": 1024, "seed": 7, "believe": {}, "status": {}, "seconds": {},
           "command": "zopa run"} | settings
    return View(scenario, found, manifest(scenario, **how))


def put(data: Any, path: str, value: Any) -> None:
    """Set what stands at a path; None takes it away."""
    *above, last = path.split(".")
    for name in above:
        data = data[int(name)] if isinstance(data, list) else data[name]
    if value is None:
        del data[last]
    elif isinstance(data, list):
        data[int(last)] = value
    else:
        data[last] = value
