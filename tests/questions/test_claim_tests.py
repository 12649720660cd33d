"""Every test of a claim on a scenario true in every draw, one false in every draw, one between."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from tests.questions.cases import CASES, NORTH, ONE_THEORY, SOUTH, Case, floor, levels, recorded
from tests.questions.tiny import PEACE, tiny_study
from zopa.claims.table import TESTS, Answer, Mirror
from zopa.core.errors import ArgumentError
from zopa.ensemble.solve import Parts
from zopa.questions.evaluate import FUNCTIONS, call_of, evaluate, mirror_of
from zopa.questions.outcome import Outcome
from zopa.questions.study import Study
from zopa.scenario.schema import TestCall as Call


def study_of(changes: dict[str, Any]) -> Study:
    """A study of 32 draws with everything solved at once, so that all tests share one program."""
    study = tiny_study(ONE_THEORY | changes, draws=32)
    study.ensemble(Parts.ALL)
    return study


def outcome(name: str, args: dict[str, Any], changes: dict[str, Any]) -> Outcome:
    return evaluate(study_of(changes), call_of(Call(test=name, args=args)))


def label(case: Case) -> str:
    return f"{case.test} {case.name}".strip()


def test_functions_and_table_are_one_to_one() -> None:
    assert set(FUNCTIONS) == set(TESTS)
    for name, function in FUNCTIONS.items():
        study, *arguments = inspect.signature(function).parameters.values()
        assert study.name == "study"
        assert [a.name for a in arguments] == [a.name for a in TESTS[name].arguments]


def test_every_test_has_its_three_scenarios() -> None:
    assert {case.test for case in CASES} == set(TESTS)
    assert {case.test for case in CASES if case.some is None} == {"support_declined"}


@pytest.mark.parametrize("case", CASES, ids=label)
def test_true_in_every_draw(case: Case) -> None:
    assert outcome(case.test, case.args, case.true).holds == pytest.approx(np.ones(32), abs=1e-11)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_false_in_every_draw(case: Case) -> None:
    assert (outcome(case.test, case.args, case.false).holds == 0.0).all()


@pytest.mark.parametrize("case", [case for case in CASES if case.some is not None], ids=label)
def test_strictly_between(case: Case) -> None:
    found = outcome(case.test, case.args, case.some or {}).holds
    assert 0.0 < found.mean() < 1.0 and found.min() >= 0.0 and found.max() <= 1.0
    probability = TESTS[case.test].answer is Answer.PROBABILITY
    assert case.probability == probability
    assert np.isin(found, (0.0, 1.0)).all() != probability


@pytest.mark.parametrize(("test", "args"), [
    ("waiting_worsens_terms", SOUTH), ("advantage", NORTH),
    ("agreement_includes", {"issue": "border", "options": "far"})])
def test_without_a_predicted_agreement_a_draw_counts_neither_way(
        test: str, args: dict[str, Any]) -> None:
    found = outcome(test, args, floor({"range": [0.8, 1.6]})).holds
    assert 0.0 < np.isnan(found).mean() < 1.0
    assert np.isnan(outcome(test, args, floor(2.0)).holds).all()


def test_a_lever_that_brings_no_agreement_can_help_but_not_be_shown_futile() -> None:
    none = outcome("lever_futile", {"lever": "more-support"} | NORTH, floor(2.0)).holds
    assert np.isnan(none).all()
    helped = outcome("lever_futile", {"lever": "more-support"} | SOUTH, floor(2.0)).holds
    assert (helped == 0.0).any()


def test_record_since_a_date() -> None:
    history = recorded(0.6, 0.2, 0.4)
    assert (outcome("advanced", NORTH | {"since": "2023-11"}, history).holds == 1.0).all()
    # 0.6 -> 0.2 -> 0.4 -> 0.5: two of three periods
    assert (outcome("advanced", NORTH | {"since": "2023-10-01"}, history).holds == 1.0).all()
    late = outcome("advanced", NORTH | {"since": "2024-06-01"}, history)
    assert np.isnan(late.holds).all() and "fewer than two positions" in (late.reason or "")


def test_recorded_level_at_a_date() -> None:
    # high in October, low in November, high in December; low today
    history = levels("high", "low", "high") | {"war.support.west.present": "low"}
    for since, declined in (("the first record", 1.0), ("2023-11", 0.0), ("2023-12-20", 1.0)):
        found = outcome("support_declined", {"patron": "west", "since": since}, history)
        assert (found.holds == declined).all(), since
    early = outcome("support_declined", {"patron": "west", "since": "2020"}, history)
    assert np.isnan(early.holds).all() and "at or before 2020" in (early.reason or "")


def test_mirror_is_the_same_test_for_the_other_side() -> None:
    study = tiny_study(ONE_THEORY)
    for name, spec in TESTS.items():
        case = next(case for case in CASES if case.test == name)
        call = call_of(Call(test=name, args=case.args))
        other = mirror_of(call, study)
        assert (other is None) == (spec.mirror is Mirror.NONE)
        if other is not None:
            assert {call.args["party"], other.args["party"]} == {"north", "south"}
            again = mirror_of(other, study)
            assert again is not None and again.args == call.args


def test_only_one_side_can_be_the_one_that_advances() -> None:
    one = outcome("advancing", NORTH, {}).holds
    other = outcome("advancing", SOUTH, {}).holds
    assert (one + other <= 1.0).all()


@pytest.mark.parametrize(("test", "args", "message"), [
    ("nonsense", {}, "there is no test 'nonsense'"),
    ("advantage", {}, "needs the argument 'party'"),
    ("advantage", {"party": "north", "at": "now"}, "takes no argument 'at'")])
def test_a_call_that_the_table_does_not_know(
        test: str, args: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        call_of(Call(test=test, args=args))


@pytest.mark.parametrize(("test", "args", "message"), [
    ("patron_withdraws", {"patron": "wets"}, "Did you mean 'west'"),
    ("support_declined", {"patron": "east"}, "no chain of support"),
    ("advantage", {"party": "west"}, "'west' is not a side"),
    ("zone_includes", {"issue": "harbor", "options": ["x"]}, "no issue 'harbor'"),
    ("zone_includes", {"issue": "border", "options": ["x"]}, "no option 'x'"),
    ("worse_off_if", NORTH | {"lever": "x"}, "no lever 'x'"),
    ("forgone_offer_was_better", NORTH | {"offer": "x"}, "no offer 'x'"),
    ("victory_unlikely", NORTH | {"at": "1999"}, "no state is recorded at or before 1999")])
def test_what_the_scenario_does_not_have_is_the_reason(
        test: str, args: dict[str, Any], message: str) -> None:
    found = outcome(test, args, {})
    assert np.isnan(found.holds).all() and message in (found.reason or "")


def test_without_a_war_a_test_that_needs_one_says_so() -> None:
    study = tiny_study(PEACE)
    found = evaluate(study, call_of(Call(test="advantage", args=NORTH)))
    assert np.isnan(found.holds).all() and "needs a war block" in (found.reason or "")
    deal = evaluate(study, call_of(Call(test="prefers_deal", args=NORTH)))
    assert 0.0 < deal.holds.mean() < 1.0


def test_support_reflects_the_position_alone() -> None:
    case = next(case for case in CASES if case.name == "choosing")
    found = outcome(case.test, case.args, case.true)
    now, then = (found.extra[f"probability_{when}"] for when in ("now", "then"))
    withdraws = outcome("patron_withdraws", {"patron": "west"}, case.true).holds
    np.testing.assert_array_equal(now, withdraws)
    assert (now > then).all() and found.extra["date_then"] == "2023-07-01"
    # from the same cell nothing differs, exactly
    same = outcome(case.test, {"patron": "west", "since": "2023-11-01"}, case.true | {
        "history": [{"date": "2023-11-01", "position": 0.52}]})
    assert (same.holds == 0.0).all()
    np.testing.assert_array_equal(same.extra["probability_now"], same.extra["probability_then"])
    # where the patron does not choose, neither does the position matter
    fixed = outcome(case.test, case.args, {})
    np.testing.assert_array_equal(fixed.extra["probability_now"], fixed.extra["probability_then"])
    none = outcome(case.test, case.args, {"history": [{"date": "2023-07-01"}], "offers": {}})
    assert np.isnan(none.holds).all() and "no position is recorded" in (none.reason or "")
