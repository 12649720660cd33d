"""Swapping the two sides of a scenario changes no answer by name: the tool takes no side."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.ensemble.choosers import TWO
from tests.questions.cases import CASES
from tests.questions.tiny import claim, tiny
from zopa.draws.sobol import sample
from zopa.questions import outlook, waiting, zone
from zopa.questions.answers import answer_all
from zopa.questions.evaluate import call_of, evaluate, mirror_of
from zopa.questions.history import observed
from zopa.questions.spread import chance
from zopa.questions.study import Study
from zopa.scenario.load import load

TOLERANCE = 1e-9


def in_order_of_names(data: Any) -> Any:
    """The answers with what stands in the order of the sides brought to the order of names."""
    chart, sides = data["frontier"], data["frontier"]["sides"]
    turn = sides != sorted(sides)
    step = -1 if turn else 1
    return data | {
        "frontier": {"points": [point[::step] for point in chart["points"]][::step],
                     "sides": sorted(sides), "disagreement": chart["disagreement"][::step]},
        "cloud": [[*point[:2][::step], point[2]] for point in data["cloud"]]}


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Paths at which two answers differ by more than 1e-9."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return [f"{path}: {set(one) ^ set(other)}"]
        return [d for key in one for d in differences(one[key], other[key], f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for n, (a, b) in enumerate(zip(one, other, strict=True))
                for d in differences(a, b, f"{path}.{n}")]
    if isinstance(one, float | int) and isinstance(other, float | int):
        same = math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE)
        return [] if same else [f"{path}: {one} {other}"]
    return [] if one == other else [f"{path}: {one} {other}"]


def every_test() -> dict[str, Any]:
    """A claim for every test of the table, and its arguments for the other side too."""
    found = {f"claims.c{n}": claim(case.test, **case.args) for n, case in enumerate(CASES)}
    # a war that is not symmetric, with answers that differ between draws
    return found | {
        "war.costs.north.base": {"range": [0.001, 0.03]},
        "war.hazards.south.base": {"range": [0.001, 0.09]},
        "war.floors.south": {"utility": 0.3, "spread": 0.05, "why": "Made up."},
        "war.enforcement": {"range": [0.95, 1.0]},
        "war.talks": {"rate": {"range": [0.1, 0.5]}, "failure": 0.2},
        "issues.border.weights.north": {"range": [0.3, 0.8]}}


@pytest.fixture(scope="module")
def pair() -> tuple[dict[str, Any], dict[str, Any]]:
    scenario = tiny(every_test())
    one, other = (answer_all(observed(s, 64, seed=3)) for s in (scenario, scenario.swapped()))
    return one, other


def test_swapping_the_sides_changes_no_answer(pair: tuple[dict[str, Any], ...]) -> None:
    one, other = pair
    assert one["scenario"]["sides"] == other["scenario"]["sides"][::-1]
    for name in one:
        if name not in ("scenario", "zone"):
            assert differences(one[name], other[name], name) == []
    assert differences(in_order_of_names(one["zone"]), in_order_of_names(other["zone"])) == []


def test_the_answers_compared_are_not_empty(pair: tuple[dict[str, Any], ...]) -> None:
    verdicts = pair[0]["verdicts"].values()
    assert pair[0]["history"]["weighs"] and pair[0]["history"]["moved"]
    assert abs(pair[0]["obstacles"]["whole"]) > 0.001
    assert abs(pair[0]["levers"][0]["deal"]["change"]) > 0.001
    assert {"ex_ante", "ex_post"} <= pair[0]["hindsight"]["summer"].keys()
    assert any(entry["inputs"] for entry in pair[0]["hinges"].values())
    assert len(verdicts) == len(CASES)
    assert sum(v["hinge"] is not None for v in verdicts) >= 4
    assert sum(v["flips_at"] is not None for v in verdicts) >= 1
    assert sum(0.0 < (v["probability"] or 0.0) < 1.0 for v in verdicts) >= 4
    assert differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.1]}) == [".a.1: 2.0 2.1"]


def solved(study: Study) -> Study:
    """The study with all that its claims need, through the one program of the whole ensemble."""
    args = [test.args for spec in study.scenario.claims.values() for test in spec.tests]
    _ = study.base
    for lever in sorted({str(a["lever"]) for a in args if "lever" in a}):
        _ = study.with_lever(lever).base
    for offer in sorted({str(a["offer"]) for a in args if "offer" in a}):
        _ = study.with_offer(offer).base
    for moment in sorted({str(a["at"]) for a in args if "at" in a}):
        _ = study.at(moment).base
    return study


def test_swapping_the_sides_of_ukraine_2025_changes_no_answer() -> None:
    scenario = load("ukraine-2025")
    one, other = (solved(Study(s, sample(s, 8))) for s in (scenario, scenario.swapped()))
    for ask in (outlook.answer, waiting.answer):
        assert differences(ask(one), ask(other)) == []
    assert differences(in_order_of_names(zone.answer(one)), in_order_of_names(zone.answer(other))) \
        == []
    tested = [test for spec in scenario.claims.values() for test in spec.tests]
    assert len(tested) >= 15
    for test in tested:
        call = call_of(test)
        for asked in filter(None, (call, mirror_of(call, one))):
            first, second = (evaluate(study, asked) for study in (one, other))
            np.testing.assert_allclose(first.holds, second.holds, atol=TOLERANCE)
            assert first.reason == second.reason
            np.testing.assert_allclose(chance(first.holds, one.weight).probability,
                                       chance(second.holds, other.weight).probability,
                                       atol=TOLERANCE)


def test_swapping_the_sides_changes_no_answer_where_patrons_choose() -> None:
    """Two patrons, one of each side, who choose."""
    scenario = tiny(TWO | {
        "claims.reflects": claim("support_reflects_position", patron="west", since="2023-07-01"),
        "claims.east-withdraws": claim("patron_withdraws", patron="east"),
        "claims.terms": claim("waiting_worsens_terms", party="north")})
    one, other = (Study(s, sample(s, 16, seed=3)) for s in (scenario, scenario.swapped()))
    choices = one.base.problem.choices
    assert choices is not None and any(0.0 < stop.mean() < 1.0 for stop in choices.stop)
    for ask in (outlook.answer, waiting.answer):
        assert differences(ask(one), ask(other)) == []
    assert differences(in_order_of_names(zone.answer(one)), in_order_of_names(zone.answer(other))) \
        == []
    for spec in scenario.claims.values():
        call = call_of(spec.tests[0])
        for asked in filter(None, (call, mirror_of(call, one))):
            np.testing.assert_allclose(evaluate(one, asked).holds, evaluate(other, asked).holds,
                                       atol=TOLERANCE)
