"""Verdicts: the hinge, the value at which a claim flips, and what is said where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.questions.cases import NORTH, ONE_THEORY, QUIET, SOUTH, floor
from tests.questions.tiny import JUDGED, claim, tiny_study
from zopa.questions import flips
from zopa.questions.answers import answer_all
from zopa.questions.evaluate import call_of, evaluate
from zopa.questions.flips import Curve
from zopa.questions.rests import drivers
from zopa.questions.study import Study
from zopa.questions.verdicts import verdict
from zopa.scenario.inputs import written

HAZARD = "war.hazards.south.base"
CLAIMS: dict[str, Any] = {
    "claims.unlikely": claim("victory_unlikely", **NORTH),
    "claims.safe": claim("victory_unlikely", **SOUTH),
    "claims.advance": claim("advanced", **NORTH, since="2023"),
    "claims.deal": claim("agreement_includes", issue="border", options=["freeze", "far"]),
    "claims.ought": claim("advantage", **NORTH) | {"tests": [], "kind": "normative"},
    "claims.attitude": claim("advantage", **NORTH) | {
        "tests": [], "kind": "event", "not_modelled": "Attitudes are not modelled."},
    "claims.beside": claim("victory_unlikely", **NORTH) | {
        "tests": [{"test": "victory_unlikely", "args": NORTH},
                  {"test": "advancing", "args": NORTH}]}}


@pytest.fixture(scope="module")
def study() -> Study:
    return tiny_study(ONE_THEORY | QUIET | CLAIMS | {
        HAZARD: {"range": [0.0005, 0.01], "unit": "probability per month", "source": JUDGED}},
        draws=512)


def test_hinge_is_the_input_that_the_claim_turns_on(study: Study) -> None:
    found = verdict(study, "unlikely")
    assert found["hinge"]["input"] == HAZARD and found["hinge"]["provenance"] == "judgement"
    low, high = found["hinge"]["interval"]
    assert 0.5 < low <= found["hinge"]["index"] <= high <= 1.0
    assert found["confidence"] == "low" and found["mirror"]["probability"] == 1.0
    assert 0.0 < found["probability"] < 1.0 and found["undecided"] == 0.0


def test_an_answer_that_jumps_over_a_half_says_where(study: Study) -> None:
    """P(North wins in 24 months) = h / H (1 - (1 - H)^24), H = h + 0.0005, is 0.1 at h = 0.00439.

    Every draw at a value of h gives the same answer, so the probability jumps from 1 to 0 there and
    no value gives 0.5.
    """
    found = verdict(study, "unlikely")
    assert found["flips_at"] is None
    words = found["flips_reason"].split()
    assert found["flips_reason"].startswith("goes from 1.00 to 0.00 between")
    low, high = float(words[6]), float(words[8])
    assert low < 0.00439 < high and high - low < 0.001


def test_flip_of_a_smooth_answer() -> None:
    """With the costs uncertain too, the share of draws passes 0.5 on the way."""
    both = {"war.costs.north.base": {"range": [0.002, 0.02]},
            "war.costs.south.base": {"range": [0.002, 0.02]}}
    study = tiny_study(ONE_THEORY | both | {"claims.ahead": claim("advantage", **NORTH)}, 256)
    found = verdict(study, "ahead")
    value, path = found["flips_at"]["value"], found["hinge"]["input"]
    again = study.at_value(path, value)
    holds = evaluate(again, call_of(study.scenario.claims["ahead"].tests[0])).holds
    assert found["flips_at"]["verified_probability"] == holds.mean()
    assert abs(holds.mean() - 0.5) <= 1.96 * np.sqrt(0.25 / 128)
    assert 0.002 < value < 0.02 and found["flips_reason"] is None


def test_the_same_answer_in_every_draw_has_no_hinge(study: Study) -> None:
    found = verdict(study, "safe")
    assert found["hinge"] is None and found["flips_at"] is None
    assert "the same in every draw" in found["hinge_reason"]
    assert found["probability"] == 1.0 and found["words"] == "virtually certain"


def test_the_record_has_no_hinge(study: Study) -> None:
    found = verdict(study, "advance")
    assert found["hinge_reason"] == found["flips_reason"] == "the record alone decides it"
    assert found["confidence"] == "high" and found["extra"]["records"] == 4
    assert found["interval"] == [1.0, 1.0] and found["mirror"]["interval"] == [0.0, 0.0]


def test_claims_without_a_test_are_named_with_the_reason(study: Study) -> None:
    for name, reason in (("ought", "what ought to be"), ("attitude", "Attitudes are not")):
        found = verdict(study, name)
        assert found["probability"] is None and found["test"] is None and found["words"] is None
        assert reason in found["reason"]


def test_further_tests_stand_beside(study: Study) -> None:
    (other,) = verdict(study, "beside")["beside"]
    assert other["test"] == {"name": "advancing", "args": NORTH}
    assert other["probability"] == 0.0 and other["mirror"]["probability"] == 1.0


def test_no_draw_can_be_evaluated() -> None:
    study = tiny_study(ONE_THEORY | CLAIMS | floor(2.0), draws=16)
    found = verdict(study, "deal")
    assert found["probability"] is None and found["words"] is None and found["undecided"] == 1.0
    assert "no agreement is predicted" in found["reason"]


def test_curve_crosses_where_it_is_a_half_and_beyond_its_classes_it_is_level() -> None:
    curve = Curve(np.array([1.0, 2.0, 4.0]), np.array([0.1, 0.3, 0.7]), (0.0, 5.0))
    assert curve.crossing(0.0) == pytest.approx(3.0)
    assert curve.crossing(0.3) == pytest.approx(1.5)
    assert curve.crossing(0.6) is None
    assert (curve.at(0.0), curve.at(9.0)) == (0.1, 0.7)


def test_secant_stays_inside_the_bracket() -> None:
    one, other = flips.Tried(0.0, 0.49, 0.0), flips.Tried(1.0, 0.9, 0.0)
    assert flips._secant(one, other) == pytest.approx(0.2)


def test_drivers_add_up_by_provenance(study: Study) -> None:
    holds = evaluate(study, call_of(study.scenario.claims["unlikely"].tests[0])).holds
    shares = drivers(study, holds).shares()
    assert shares["judgement"] > 0.5 and shares["cited"] == shares["calibrated"] == 0.0
    assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(("path", "source", "kind", "confidence"), [
    (HAZARD, {"cite": "survey"}, "cited", "high"),
    (HAZARD, {"calibrated": "Fitted to a record."}, "calibrated", "high"),
    (HAZARD, JUDGED, "judgement", "low")])
def test_confidence_comes_from_what_drives_the_answer(
        path: str, source: dict[str, str], kind: str, confidence: str) -> None:
    study = tiny_study(ONE_THEORY | QUIET | CLAIMS | {
        path: {"range": [0.0005, 0.01], "source": source}}, draws=256)
    holds = evaluate(study, call_of(study.scenario.claims["unlikely"].tests[0])).holds
    found = drivers(study, holds)
    assert found.shares()[kind] > 0.5 and found.confidence() == confidence


@pytest.mark.parametrize(("source", "confidence"), [
    ({"cite": "survey"}, "high"), ({"judgement": "Somebody's guess."}, "low"), (None, "low")])
def test_an_answer_without_variation_rests_on_all_numbers(
        source: dict[str, str] | None, confidence: str) -> None:
    study = tiny_study(ONE_THEORY | QUIET, draws=16)
    numbers = {path: number.model_dump(exclude_none=True, exclude={"source"}) | (
        {"source": source} if source else {}) for path, number in written(study.scenario).items()
        if path.startswith(("war.", "parties.", "issues."))}
    always = drivers(tiny_study(ONE_THEORY | QUIET | numbers, draws=16), np.ones(16))
    assert not always.varies and always.confidence() == confidence


def test_levers_and_offers_count_only_for_the_claims_that_name_them() -> None:
    lever = {"levers.more-support": {"title": "More", "changes": [
        {"path": HAZARD, "multiply": {"range": [0.5, 1.2]}}]}}
    study = tiny_study(ONE_THEORY | lever, draws=16)
    values = np.arange(16.0)
    path = "levers.more-support.changes.0.multiply"
    assert path not in drivers(study, values).inputs.paths
    assert path in drivers(study, values, ["more-support"]).inputs.paths


def test_tied_inputs_count_once() -> None:
    study = tiny_study(ONE_THEORY | {
        "war.costs.south.base": {"range": [0.0, 0.1], "tied": "war.costs.north.base"}}, draws=64)
    found = drivers(study, study.draws["war.costs.south.base"]).inputs
    assert found.paths == ("war.costs.north.base",)
    assert found.tied == (("war.costs.south.base",),)


def test_answers_are_the_same_every_time() -> None:
    one, other = (answer_all(tiny_study(ONE_THEORY | CLAIMS, draws=64)) for _ in range(2))
    assert repr(one) == repr(other)
