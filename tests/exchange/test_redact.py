"""What stays of answers where some numbers are private."""

from __future__ import annotations

import copy
import json
from typing import Any

from tests.questions.tiny import tiny
from zopa.exchange.redact import KEPT, LEFT_OUT, coarse, numbers_of, redacted, together

PATH = "war.costs.north.base"
SET = {PATH: {"range": [0.013171, 0.017291]}}
ANSWERS: dict[str, Any] = {
    "scenario": {"title": "A tiny war"},
    "zone": {"probability": 0.123456, "share": 0.013171, "packages": 3,
             "disagreement": {"north": 0.71, "south": 0.42}, "cloud": [[0.71, 0.42, 1]],
             "points": {"nash": {"package": {"border": "old"}, "convention": "product",
                                 "utilities": {"north": 0.7, "south": 0.4}}},
             "predicted": {"package": {"border": "old"}, "terms": {"north": 0.5}}},
    "waiting": {"north": {"0": {"cost": 0.0151}}},
    "hinges": {"zone": {"inputs": {PATH: {"first": 0.4}}}},
    "levers": [{"title": "More aid", "deal": {"change": 0.2}}],
    "verdicts": {"calm": {"says": "It is calm.", "probability": 0.9876543, "words": "likely",
                          "hinge": {"input": PATH}, "flips_at": 0.0149,
                          "reason": f"it cannot be evaluated with {PATH} at 0.0149",
                          "extra": {"value": 0.3}, "mirror": {"probability": 0.5, "extra": 1,
                                    "reason": "stays between 0.12 and 0.19"}}},
    "status": {"draws": 8, "horizon_shift": {"north": 0.01}},
    "reasons": {"history": "there is none"}, "warnings": ["Only 8 draws"],
}


def test_only_what_is_named_stays() -> None:
    before = copy.deepcopy(ANSWERS)
    found = redacted(ANSWERS, tiny(SET), [PATH])
    assert before == ANSWERS
    assert found["zone"] == {
        "probability": 0.12, "share": None, "packages": 3, "disagreement": None, "cloud": None,
        "points": {"nash": {"package": {"border": "old"}, "convention": "product",
                            "utilities": None}}, "predicted": None}
    assert found["waiting"] is found["hinges"] is found["levers"] is None
    assert set(found["reasons"]) == {"waiting", "hinges", "levers"}
    claim = found["verdicts"]["calm"]
    assert claim["probability"] == 0.99 and claim["words"] == "likely"
    assert claim["hinge"] is claim["flips_at"] is claim["extra"] is None
    assert claim["reason"] == LEFT_OUT
    assert claim["mirror"] == {"probability": 0.5, "extra": None, "reason": LEFT_OUT}
    assert found["status"] == {"draws": 8, "horizon_shift": None}
    assert any("try values" in line for line in found["warnings"])
    assert PATH not in json.dumps(found) and "0.01" not in json.dumps(found)


def test_what_goes_with_a_private_number_goes_too() -> None:
    scenario = tiny({})
    weights = {"issues.border.weights.north", "issues.harbour.weights.north"}
    assert together(scenario, ["issues.border.weights.north"]) == weights
    assert together(scenario, [PATH]) == {PATH}
    tied = tiny({PATH: {"range": [0.01, 0.02]},
                 "war.costs.south.base": {"range": [0.01, 0.03], "tied": PATH}})
    both = {PATH, "war.costs.south.base"}
    assert together(tied, [PATH]) == both == together(tied, ["war.costs.south.base"])


def test_numbers_are_those_that_give_the_distribution() -> None:
    assert numbers_of(tiny(SET), [PATH]) == {0.013171, 0.017291}


def test_two_digits() -> None:
    assert [coarse(x) for x in (0.123456, 1234.5, 0.0, -0.0098765)] == [0.12, 1200.0, 0.0, -0.0099]
    assert coarse(float("nan")) is None


def test_nothing_that_is_given_by_party_is_kept() -> None:
    for name in ("waiting", "outlook", "hindsight", "levers", "hinges", "history", "rests_on"):
        assert name not in KEPT
