"""All answers of a study: the content of `answers.json`.

Plain numbers are expectations over the weighted draws; beside each stands `<key>_spread` with the
median and the 5 % and 95 % points.  Null stands for what is not defined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.questions import (
    hindsight,
    hinges,
    history,
    levers,
    obstacles,
    outlook,
    status,
    verdicts,
    waiting,
    zone,
)
from zopa.questions.evaluate import call_of, evaluate
from zopa.questions.headlines import headlines
from zopa.questions.rests import drivers, together
from zopa.questions.study import Study
from zopa.scenario.inputs import inputs

Floats = NDArray[np.float64]

QUESTIONS: dict[str, Callable[[Study], Any]] = {
    "zone": zone.answer, "outlook": outlook.answer, "obstacles": obstacles.answer,
    "waiting": waiting.answer, "levers": levers.answer, "hindsight": hindsight.answer,
    "verdicts": verdicts.answer, "hinges": hinges.answer}
NEEDS_WAR = ("outlook", "obstacles", "waiting", "levers", "hindsight")
STAGES = {"zone": "Looking for what can be agreed", "outlook": "Looking ahead",
          "obstacles": "Removing frictions", "waiting": "Weighing delay",
          "levers": "Comparing levers", "hindsight": "Looking back at offers",
          "verdicts": "Testing the claims", "hinges": "Looking for what the answers hinge on"}
"""What is done for each question, for a meter."""


def answer_all(study: Study) -> dict[str, Any]:
    """Every question, what the answers rest on, and how far they can be trusted."""
    if study.scenario.war is not None:
        _ = study.base
    result: dict[str, Any] = {"scenario": describe(study)}
    for name, ask in QUESTIONS.items():
        if study.tell is not None:
            study.tell(STAGES[name], 0, 0)
        result[name] = ask(study)
    result["history"] = history.answer(study)
    result["reasons"] = {} if study.scenario.war is not None else {
        name: "there is no war block, so there is no fighting to look ahead to"
        for name in NEEDS_WAR}
    result["rests_on"] = rests_on(study)
    result["status"] = status.answer(study)
    result["warnings"] = status.warnings(study, result["status"])
    return result


def describe(study: Study) -> dict[str, Any]:
    """The scenario's title, date, period and the names of its parties."""
    scenario = study.scenario
    return {"title": scenario.title, "date": scenario.date.isoformat(),
            "period": scenario.period, "sides": list(study.sides),
            "names": {key: party.name for key, party in scenario.parties.items()},
            "assumed": {claim: true for claim, true in study.assumed},
            "held": {path: number.held for path, number in inputs(scenario).items()
                     if number.held is not None},
            "on": dict(study.on)}


def rests_on(study: Study) -> dict[str, Any]:
    """Shares of the answers' variance by the provenance of the inputs that explain it.

    The overall shares are the mean over the headline answers and the verdicts that vary.
    """
    entries: list[dict[str, Any]] = []
    for name, values, names in _headlines(study):
        found = drivers(study, values, names)
        if found.varies:
            entries.append({"answer": name, "shares": found.shares()})
    return {**together(entry["shares"] for entry in entries), "answers": entries}


def _headlines(study: Study) -> list[tuple[str, Floats, list[str]]]:
    """Name, value in every draw, and the levers and offers that it depends on."""
    found: list[tuple[str, Floats, list[str]]] = [
        (one.name, one.ask(study), []) for one in headlines(study)]
    for claim, spec in study.scenario.claims.items():
        if spec.tests:
            call = call_of(spec.tests[0])
            outcome = evaluate(study, call)
            if not outcome.record and outcome.reason is None:
                found.append((f"verdicts.{claim}", outcome.holds,
                              verdicts.depends_on(study, call)))
    return found
