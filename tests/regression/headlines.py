"""The answers that are held fast, and the files that hold them: `make golden` writes them anew.

A change of any of these numbers is either a mistake or a change that users must be told of; in the
second case write the files anew, look at their difference, and say why in the commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zopa.draws.sobol import sample
from zopa.questions import hindsight, outlook, status, waiting, zone
from zopa.questions.answers import answer_all, rests_on
from zopa.questions.evaluate import call_of, evaluate, mirror_of
from zopa.questions.history import weights
from zopa.questions.record import likelihood
from zopa.questions.spread import chance, effective
from zopa.questions.study import Study
from zopa.report.serialise import plain, to_json
from zopa.scenario.load import load

FOLDER = Path(__file__).parent / "golden"
SEED = 0
YEAR = 12
NAMES = ("lever", "offer", "at")


def agreement_space(study: Study) -> dict[str, Any]:
    """Every answer of a scenario without a war."""
    return {name: entry for name, entry in answer_all(study).items() if name != "scenario"}


def war(study: Study) -> dict[str, Any]:
    """The answers of a scenario with a war, except where a claim flips (which is slow).

    Everything is solved with all its parts, so that one compiled program serves it all.
    """
    _ = study.base
    args = [test.args for claim in study.scenario.claims.values() for test in claim.tests]
    states = {"lever": study.with_lever, "offer": study.with_offer, "at": study.at}
    for kind, name in sorted({(k, str(a[k])) for a in args for k in NAMES if k in a}):
        _ = states[kind](name).base
    found = {"zone": zone.answer(study), "outlook": outlook.answer(study),
             "waiting": waiting.answer(study), "rests_on": rests_on(study),
             "status": status.answer(study), "verdicts": verdicts(study),
             "history": record(study), "hindsight": hindsight.answer(study)}
    for drawn in ("cloud", "frontier"):
        del found["zone"][drawn]
    return found


def record(study: Study) -> dict[str, Any]:
    """How likely the record is, by component, and how many draws it would leave."""
    found = likelihood(study.scenario, study.draws, study.base)
    return {"log": {name: float(values.mean()) for name, values in found.by.items()},
            "effective_draws": effective(weights(found.log)), "counted": dict(found.counted)}


def verdicts(study: Study) -> dict[str, Any]:
    """Probability of every claim that has a test, and of its mirror."""
    found = {}
    for name, claim in study.scenario.claims.items():
        for test in claim.tests[:1]:
            call = call_of(test)
            asked = {"probability": call, "mirror": mirror_of(call, study)}
            found[name] = {key: chance(evaluate(study, each).holds, study.weight).probability
                           for key, each in asked.items() if each is not None}
    return found


GOLDEN: Mapping[str, tuple[Callable[[Study], dict[str, Any]], int]] = {
    "camp-david-1978": (agreement_space, 64),
    "ukraine-2025": (war, 32)}
"""Shipped scenario -> what is held fast, and at how many draws."""


def headlines(name: str) -> dict[str, Any]:
    """The answers of a shipped scenario that are held fast; of what runs by month, each year's."""
    answers, draws = GOLDEN[name]
    scenario = load(name)
    found = yearly(plain(answers(Study(scenario, sample(scenario, draws, SEED)))))
    return {"scenario": name, "draws": draws, "seed": SEED, "answers": found}


def yearly(data: Any) -> Any:
    """Nested data with every twelfth entry of its long lists of numbers."""
    if isinstance(data, dict):
        return {key: yearly(item) for key, item in data.items()}
    if isinstance(data, list):
        long = len(data) > YEAR and not isinstance(data[0], dict | list)
        return data[::YEAR] if long else [yearly(item) for item in data]
    return data


def stored(name: str) -> dict[str, Any]:
    """The answers as they are held."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Write every file anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in GOLDEN:
        (FOLDER / f"{name}.json").write_text(to_json(headlines(name)), encoding="utf-8")
        print(f"{name}: written")


if __name__ == "__main__":
    main()
