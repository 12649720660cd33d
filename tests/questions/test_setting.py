"""A study at a setting: numbers held, levers on, claims believed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.cases import ONE_THEORY
from tests.questions.test_history import recorded
from tests.questions.tiny import claim, tiny
from zopa.core.errors import ArgumentError, InputError
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts
from zopa.questions import levers
from zopa.questions.answers import answer_all
from zopa.questions.believe import believing
from zopa.questions.evaluate import call_of, evaluate
from zopa.questions.history import observed
from zopa.questions.setting import held, hold, study_at
from zopa.questions.study import Study
from zopa.scenario.inputs import inputs
from zopa.scenario.schema import Scenario, TestCall
from zopa.scenario.setting import Setting

RATE = "war.talks.rate"
COST = "war.costs.north.base"
UNCERTAIN = ONE_THEORY | {
    "war.talks": {"rate": {"range": [0.1, 0.5]}},
    "war.costs.south": {"base": {"range": [0.002, 0.02], "tied": COST}},
    "claims.ahead": claim("advantage", party="north"),
    "levers.talks": {"title": "Talks", "changes": [{"path": RATE, "add": 0.2}]},
    "levers.cut": {"title": "Less support", "changes": [
        {"path": "war.support.west.present", "set": "low"}]}}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return tiny(UNCERTAIN)


def test_a_held_number_leaves_every_other_as_it_is_drawn(scenario: Scenario) -> None:
    free = sample(scenario, 32, 3)
    fixed = sample(held(scenario, Setting(((RATE, 0.25),))), 32, 3)
    changed = [path for path in free.values if (free[path] != fixed[path]).any()]
    assert changed == [RATE] and (fixed[RATE] == 0.25).all()
    assert set(free.names) - set(fixed.names) == {RATE}


def test_what_is_tied_is_held_at_the_same_quantile(scenario: Scenario) -> None:
    there = held(scenario, Setting(((COST, 0.0065),)))
    assert inputs(there)["war.costs.south.base"].held == pytest.approx(0.0065)
    both = held(scenario, Setting(((COST, 0.0065), ("war.costs.south.base", 0.01))))
    assert inputs(both)["war.costs.south.base"].held == 0.01
    assert not inputs(there)[COST].uncertain and inputs(there)[COST].free.uncertain


def test_held_weights_stand_and_the_others_share_the_rest() -> None:
    scenario = tiny(ONE_THEORY | {"issues.border.weights.north": {"range": [0.5, 0.7]}})
    setting = Setting((("issues.border.weights.north", 0.3),))
    draws = sample(held(scenario, setting), 8)
    np.testing.assert_array_equal(draws["issues.border.weights.north"], 0.3)
    np.testing.assert_allclose(draws["issues.harbour.weights.north"], 0.7)
    every = Setting((("issues.border.weights.north", 0.3), ("issues.harbour.weights.north", 0.3)))
    np.testing.assert_allclose(sample(held(scenario, every), 8)["issues.border.weights.north"],
                               0.5)


def test_holding_draws_that_were_chosen_before_is_the_same(scenario: Scenario) -> None:
    setting = Setting((("issues.border.weights.north", 0.4), (RATE, 0.3)))
    there = held(scenario, setting)
    one, other = sample(there, 16, 1), hold(there, sample(scenario, 16, 1), dict(setting.inputs))
    assert one.names == other.names
    for path in one.values:
        np.testing.assert_allclose(one[path], other[path], rtol=1e-15, atol=1e-16)


def test_history_weighs_the_draws_with_what_is_held() -> None:
    scenario = recorded()
    there = held(scenario, Setting(((RATE, 0.35),)))
    study = study_at(scenario, Setting(((RATE, 0.35),)), 64)
    by_hand = observed(there, 64, 0)
    np.testing.assert_array_equal(study.weight, by_hand.weight)
    assert (study.draws[RATE] == 0.35).all()


def test_nothing_set_is_the_scenarios_own_study(scenario: Scenario) -> None:
    study = study_at(scenario, Setting(), 16)
    assert study.scenario is scenario and study.on == () and study.before is None


def test_levers_are_on_from_now_with_their_doses(scenario: Scenario) -> None:
    base = study_at(scenario, Setting(), 16)
    study = study_at(scenario, Setting(levers=(("cut", 1.0), ("talks", 0.5))), 16)
    np.testing.assert_allclose(study.draws[RATE], base.draws[RATE] + 0.1)
    assert study.scenario.war is not None
    assert study.scenario.war.support["west"].present == "low"
    once = base.with_lever("cut").ensemble(Parts.TIMING).timing.deal_by
    alone = study_at(scenario, Setting(levers=(("cut", 1.0),)), 16)
    np.testing.assert_array_equal(alone.ensemble(Parts.TIMING).timing.deal_by, once)


def test_a_lever_that_is_on_comes_with_the_others_and_does_not_act_twice(
        scenario: Scenario) -> None:
    base = study_at(scenario, Setting(), 16)
    on = base.switched([("talks", 1.0)])
    np.testing.assert_array_equal(on.with_lever("talks").draws[RATE], on.draws[RATE])
    np.testing.assert_array_equal(on.with_lever("cut").draws[RATE],
                                  base.with_levers(["cut", "talks"]).draws[RATE])
    assert on.without("talks").draws[RATE] is base.draws[RATE]
    assert on.without("cut") is on and on.switched([]) is on
    asked = {name for row in levers.answer(on) or [] for name in row["levers"]}
    assert asked == {"more-support", "cut"}


def test_the_past_knows_nothing_of_a_lever(scenario: Scenario) -> None:
    base = study_at(scenario, Setting(), 16)
    on = base.switched([("talks", 1.0)])
    assert on.at("now") is on
    np.testing.assert_array_equal(on.at("2023-09-01").draws[RATE], base.draws[RATE])
    np.testing.assert_array_equal(on.with_offer("summer").draws[RATE], base.draws[RATE])


def test_smaller_studies_keep_the_lever_and_the_weights(scenario: Scenario) -> None:
    base = believing(study_at(scenario, Setting(), 128), [("ahead", True)])
    on = base.switched([("talks", 1.0)])
    for smaller, plain in ((on.thinned(8), base.thinned(8)), (on.small(64), base.small(64)),
                           (on.at_value(COST, 0.01), base.at_value(COST, 0.01))):
        np.testing.assert_array_equal(smaller.weight, plain.weight)
        np.testing.assert_allclose(smaller.draws[RATE], plain.draws[RATE] + 0.2)
    again = on.reweighted(np.arange(128.0), ())
    np.testing.assert_array_equal(again.without("talks").weight, again.weight)
    np.testing.assert_array_equal(again.thinned(8).weight,
                                  base.reweighted(np.arange(128.0), ()).thinned(8).weight)


def test_beliefs_are_tested_without_the_lever(scenario: Scenario) -> None:
    setting = Setting(levers=(("talks", 1.0),), claims=(("ahead", True),))
    study = study_at(scenario, setting, 256)
    alone = believing(study_at(scenario, Setting(), 256), [("ahead", True)])
    np.testing.assert_array_equal(study.weight, alone.weight)
    assert study.assumed == (("ahead", True),)


def test_a_lever_that_is_on_is_judged_against_the_war_without_it(scenario: Scenario) -> None:
    call = call_of(TestCall(test="lever_futile", args={"lever": "talks", "party": "north"}))
    base = study_at(scenario, Setting(), 16)
    on = base.switched([("talks", 1.0)])
    np.testing.assert_allclose(evaluate(on, call).extra["change_of_outcome"],
                               evaluate(base, call).extra["change_of_outcome"], atol=1e-15)


def test_every_question_answers_at_a_setting() -> None:
    scenario = tiny(UNCERTAIN)
    setting = Setting(((COST, 0.01),), (("talks", 1.0),), (("ahead", True),))
    answers = answer_all(study_at(scenario, setting, 256, heavy=16))
    said = answers["scenario"]
    assert said["on"] == {"talks": 1.0} and said["assumed"] == {"ahead": True}
    assert said["held"] == {COST: 0.01, "war.costs.south.base": pytest.approx(0.01)}
    assert answers["zone"]["probability"] is not None
    assert answers["verdicts"]["ahead"]["probability"] == 1.0


def test_what_the_scenario_cannot_take_is_said(scenario: Scenario) -> None:
    with pytest.raises(InputError, match="no number 'war.rate'"):
        held(scenario, Setting((("war.rate", 0.5),)))
    with pytest.raises(InputError, match="transitions"):
        held(scenario, Setting((("war.momentum.transitions.static.north-advances", 0.95),)))
    both = tiny(UNCERTAIN | {"levers.more": {"title": "More", "changes": [
        {"path": "war.support.west.present", "set": "high"}]}})
    with pytest.raises(ArgumentError, match="cannot be combined"):
        study_at(both, Setting(levers=(("cut", 1.0), ("more", 1.0))), 16)


def test_a_setting_is_as_if_the_scenario_had_been_written_so() -> None:
    """Held at a value, and given as a known value: the same answers of the war."""
    written = tiny(ONE_THEORY | {"war.talks": {"rate": 0.25}})
    there = held(tiny(ONE_THEORY | {"war.talks": {"rate": {"range": [0.1, 0.5]}}}),
                 Setting(((RATE, 0.25),)))
    one, other = (Study(s, sample(s, 1)) for s in (written, there))
    for path in one.draws.values:
        if not inputs(written)[path].uncertain:
            np.testing.assert_array_equal(one.draws[path], other.draws[path])
