"""An offer judged by what was known and by what followed, for both sides alike."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest

from tests.properties.test_neutral_answers import differences
from tests.questions.grouped import GROUPS
from tests.questions.tiny import JUDGED, PEACE, tiny, tiny_study
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts
from zopa.questions import hindsight
from zopa.questions.evaluate import call_of, evaluate
from zopa.questions.study import Study
from zopa.scenario.schema import TestCall

SIDES = ("north", "south")
SHARED = {"border": "freeze", "harbour": "shared"}
U = {"north": 0.6 * 0.6 + 0.4 * 0.6, "south": 0.5 * 0.5 + 0.5 * 0.7}


def still(cost: dict[str, float], **more: Any) -> dict[str, Any]:
    """A war that is the same in every state, with talks never held: all in closed form."""
    return {
        "war.beliefs": None, "war.talks.rate": 0.0, "war.horizon": 12, "history": [],
        "war.costs": {side: {"base": c} for side, c in cost.items()},
        "issues.border.options.freeze": {"title": "Line", "values": {"north": 0.6, "south": 0.5}},
        **more}


def offered(date: str, **more: Any) -> dict[str, Any]:
    return {"offers": {"o": {"title": "An offer", "date": date, "package": SHARED,
                             "state": {"date": date}, "source": JUDGED, **more}}}


def never(cost: float, discount: float = 0.97, hazard: float = 0.01) -> float:
    """W of the still war: W = -c + d (h 0.9 + h 0.05 + (1 - 2 h) W)."""
    return (-cost + discount * hazard * 0.95) / (1.0 - discount * (1.0 - 2.0 * hazard))


COST = {"north": 0.01, "south": 0.004}


def test_one_state_in_closed_form() -> None:
    study = tiny_study(still(COST) | offered("2023-07-01"), draws=2)
    found = hindsight.answer(study)
    assert found is not None and found["o"]["months"] == 6 and found["o"]["recorded_months"] == 1
    for side in SIDES:
        w = never(COST[side])
        paid = COST[side] * (1.0 - 0.97 ** 6) / (1.0 - 0.97)
        assert found["o"]["utility"][side]["mean"] == pytest.approx(U[side], abs=1e-12)
        assert found["o"]["ex_ante"][side]["gain"] == pytest.approx(U[side] - w, abs=1e-9)
        assert found["o"]["ex_post"][side]["gain"] == pytest.approx(
            U[side] + paid - 0.97 ** 6 * w, abs=1e-9)
        assert found["o"]["ex_post"][side]["probability"] == 1.0


def test_an_offer_of_today_is_judged_by_todays_value() -> None:
    study = tiny_study({"history": []} | offered("2024-01-01"), draws=8)
    found = hindsight.judged(study, "o")
    bargain = study.ensemble(Parts.BARGAIN).bargain
    assert found.months == 0 and found.recorded == 0
    deal = bargain.deal_weight * found.utility + bargain.deal_constant
    np.testing.assert_allclose(found.ex_post, deal - bargain.value, atol=1e-12)
    np.testing.assert_allclose(found.ex_ante, deal - bargain.finish, atol=1e-12)


def test_the_recorded_states_are_paid_for_until_the_next_record() -> None:
    """Costs by momentum, support and position, by hand; the last record at the window's end."""
    changes = {
        "war.costs.north": {"base": {"range": [0.002, 0.02]}, "momentum": {"static": 2.0},
                            "support": {"west": {"low": 3.0}}, "position": 0.5},
        "history": [
            {"date": "2023-06-01", "position": 0.7},
            {"date": "2023-09-02", "position": 0.4, "momentum": "north-advances"},
            {"date": "2023-11-01", "position": 9.0, "support": {"west": "low"}}]}
    study = tiny_study(changes | offered("2023-07-01"), draws=4)
    base = study.draws["war.costs.north.base"]
    first = 2.0 * base                                  # as at present: the middle, static, high
    second = base * math.exp(0.5 * -0.5)                # a cell down
    third = 2.0 * 3.0 * base * math.exp(0.5)            # held at the window's end
    paid = sum(0.97 ** t * c for t, c in enumerate([first, first, second, second, third, third]))
    bargain = study.ensemble(Parts.BARGAIN).bargain
    found = hindsight.judged(study, "o")
    then = study.with_offer("o").ensemble(Parts.BARGAIN).bargain
    deal = then.deal_weight[0] * found.utility[0] + then.deal_constant[0]
    np.testing.assert_allclose(found.ex_post[0], deal + paid - 0.97 ** 6 * bargain.value[0],
                               atol=1e-12)
    assert (found.months, found.recorded) == (6, 3)


def test_the_record_since_the_offer() -> None:
    scenario = tiny()
    states, begin, months = hindsight.since(scenario, scenario.offers["summer"])
    assert [s.date for s in states] == [dt.date(2023, 7, 1), dt.date(2023, 9, 1),
                                        dt.date(2023, 11, 1)]
    assert (begin, months) == ([0, 2, 4], 6)
    # what was recorded on the day of the offer gives way to the state that the offer carries
    assert states[0].position is not None and states[0].position == scenario.offers[
        "summer"].state.position


def test_the_stream_of_costs() -> None:
    cost = np.array([[1.0, 2.0], [10.0, 20.0]])
    paid = hindsight.stream(cost, np.array([0.5, 1.0]), [0, 2], 4)
    np.testing.assert_allclose(paid, [-(1 + 0.5 + 2.5 + 1.25), -(2 + 2 + 20 + 20)])
    np.testing.assert_array_equal(hindsight.stream(cost, np.array([0.5, 1.0]), [0, 2], 0), 0.0)


def test_the_beliefs_and_the_enforcement_that_the_offer_carries_count() -> None:
    plain = tiny_study(draws=4)
    held = tiny_study(offered("2023-07-01", prior={"north": 0.9}, enforcement=0.5), draws=4)
    one, other = hindsight.judged(plain, "summer"), hindsight.judged(held, "o")
    then = held.with_offer("o").ensemble(Parts.BARGAIN).bargain
    assert np.all(then.deal_weight < 0.1)
    np.testing.assert_allclose(
        other.ex_ante, then.deal_weight * other.utility + then.deal_constant - then.finish)
    assert np.all(one.ex_ante[0] - other.ex_ante[0] > 0.01)


def test_floors_decide_whether_it_could_be_ratified() -> None:
    study = tiny_study(offered("2023-07-01") | {
        "war.floors.north": {"utility": {"range": [0.5, 0.7]}, "why": "Made up."},
        "war.floors.south": {"utility": 0.9, "why": "Made up."}}, draws=64)
    found = hindsight.answer(study)
    assert found is not None
    assert found["o"]["ratifiable"]["north"] == pytest.approx(0.5, abs=0.02)
    assert found["o"]["ratifiable"]["south"] == found["o"]["ratifiable_by_both"] == 0.0


def test_ratification_may_be_a_probability() -> None:
    study = tiny_study(offered("2023-07-01") | {"war.floors": {
        "north": {"utility": 0.6, "spread": 0.05, "why": "Made up."},
        "south": {"utility": 0.55, "spread": 0.1, "why": "Made up."}},
        "issues.border.options.freeze": {"title": "L", "values": {"north": 0.6, "south": 0.5}}}, 2)
    found = hindsight.judged(study, "o").ratifiable
    one = 1.0 / (1.0 + math.exp(-(U["north"] - 0.6) / 0.05))
    other = 1.0 / (1.0 + math.exp(-(U["south"] - 0.55) / 0.1))
    np.testing.assert_allclose(found, np.array([[one] * 2, [other] * 2]), atol=1e-12)
    plain = hindsight.answer(study)
    assert plain is not None
    assert plain["o"]["ratifiable_by_both"] == pytest.approx(one * other, abs=1e-12)


def test_a_group_with_a_veto_can_reject_it() -> None:
    """West's president counts for South, North's guild has no veto; utilities by hand."""
    group = {"title": "A group", "weights": {"border": 0.25, "harbour": 0.75}}
    study = tiny_study(offered("2023-07-01") | {
        "issues.border.options.freeze": {"title": "L", "values": {"north": 0.6, "south": 0.5}},
        "parties.north.groups": {"guild": group | {"accepts": 0.9}},
        "parties.west.groups": {"president": group | {
            "veto": True, "accepts": {"range": [0.6, 0.7]}}}}, draws=64)
    found = hindsight.judged(study, "o").ratifiable
    accepts = study.draws["parties.west.groups.president.accepts"]
    np.testing.assert_array_equal(found[0], 1.0)
    np.testing.assert_array_equal(found[1], 0.25 * 0.5 + 0.75 * 0.7 >= accepts)
    assert 0.0 < found[1].mean() < 1.0


def test_a_cost_that_a_side_alone_knows_is_a_cost() -> None:
    """Its middle, as in the game: the one-state war with 0.006 + 0.004 in place of 0.01."""
    study = tiny_study(still({"north": 0.006, "south": 0.004}) | offered("2023-07-01") | {
        "war.resolve": {"north": {"low": 0.002, "high": 0.006}}}, draws=2)
    found = hindsight.judged(study, "o")
    w, paid = never(0.01), 0.01 * (1.0 - 0.97 ** 6) / (1.0 - 0.97)
    np.testing.assert_allclose(found.ex_post[0], U["north"] + paid - 0.97 ** 6 * w, atol=1e-9)


def test_losses_are_the_scenarios_rate_and_months() -> None:
    study = tiny_study({"war.losses": {"south": {"range": [100.0, 300.0]}}}, draws=64)
    found = hindsight.answer(study)
    assert found is not None and list(found["summer"]["losses"]) == ["south"]
    assert found["summer"]["losses"]["south"]["mean"] == pytest.approx(6 * 200.0, rel=0.01)
    assert found["summer"]["losses"]["south"]["low"] == pytest.approx(6 * 110.0, rel=0.02)
    plain = hindsight.answer(tiny_study(draws=2))
    assert plain is not None and plain["summer"]["losses"] is None


def test_after_a_recorded_deal_there_is_no_judgement_ex_post() -> None:
    study = tiny_study({"history": [{"date": "2023-09-01", "deal": True}]}, draws=4)
    found = hindsight.answer(study)
    assert found is not None
    assert found["summer"]["ex_post"]["north"]["gain"] is None
    assert found["summer"]["ex_ante"]["north"]["gain"] is not None
    assert found["summer"]["ex_post_reason"] == "a deal is recorded after it"
    assert found["summer"]["better_for_both"]["ex_post"] is None


def test_it_counts_the_weights_of_the_draws() -> None:
    study = tiny_study({"war.costs.south.base": {"range": [0.0, 0.1]}}, draws=8)
    weight = np.eye(8)[3]
    found = hindsight.answer(study.reweighted(weight, ()))
    every = hindsight.judged(study, "summer")
    assert found is not None
    for side, party in enumerate(SIDES):
        for when, gains in (("ex_ante", every.ex_ante), ("ex_post", every.ex_post)):
            assert found["summer"][when][party]["gain"] == pytest.approx(gains[side, 3], abs=1e-12)


def test_the_claim_shows_what_followed_beside_what_was_known() -> None:
    study = tiny_study(draws=4)
    call = call_of(TestCall(test="forgone_offer_was_better",
                            args={"party": "south", "offer": "summer"}))
    outcome = evaluate(study, call)
    found = hindsight.judged(study, "summer")
    np.testing.assert_array_equal(outcome.extra["gain_over_never_agreeing"], found.ex_ante[1])
    np.testing.assert_array_equal(outcome.extra["gain_over_what_followed"], found.ex_post[1])
    np.testing.assert_array_equal(outcome.holds, found.ex_ante[1] > 0.005)


def test_swapping_the_sides_changes_nothing() -> None:
    scenario = tiny(GROUPS | {
        "war.costs.north": {"base": {"range": [0.001, 0.03]}, "position": 0.7},
        "war.losses": {"north": 10.0, "south": {"range": [1.0, 9.0]}},
        "offers.summer.enforcement": 0.97})
    one, other = (hindsight.answer(Study(s, sample(s, 8, 3)))
                  for s in (scenario, scenario.swapped()))
    assert one is not None and one["summer"]["ex_ante"]["north"]["low"] < one["summer"]["ex_ante"][
        "north"]["high"]
    assert differences(one, other) == []


def test_nothing_to_judge() -> None:
    assert hindsight.answer(tiny_study({"offers": {}}, draws=2)) is None
    assert hindsight.answer(tiny_study(PEACE, draws=2)) is None
