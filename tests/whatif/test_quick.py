"""A quick look is a fresh solve of few draws, never an interpolation."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.test_history import recorded
from tests.questions.test_setting import COST, RATE, UNCERTAIN
from tests.questions.tiny import PEACE, claim, tiny
from zopa.core.errors import ArgumentError, InputError
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions import outlook, zone
from zopa.questions.deals import deals
from zopa.questions.history import observed
from zopa.questions.record import likelihood
from zopa.questions.setting import held, hold, study_at
from zopa.questions.spread import mean
from zopa.questions.study import Study
from zopa.scenario.setting import Setting
from zopa.whatif import quick

SETTINGS = [
    Setting(), Setting(((RATE, 0.33),)), Setting(levers=(("talks", 0.7),)),
    Setting(((COST, 0.004), ("issues.border.weights.north", 0.45)), (("cut", 1.0),))]


@pytest.fixture(scope="module")
def base() -> Study:
    return study_at(tiny(UNCERTAIN | {"history": []}), Setting(), 64)


@pytest.fixture(scope="module")
def batch(base: Study) -> quick.Batch:
    return quick.batch(base, (), 4)


@pytest.mark.parametrize("setting", SETTINGS)
def test_it_is_the_fresh_solve_of_its_draws(base: Study, batch: quick.Batch,
                                            setting: Setting) -> None:
    found = quick.at(batch, setting)
    chosen = [int(np.flatnonzero(base.draws[COST] == x)[0]) for x in batch.study.draws[COST]]
    there = held(base.scenario, setting)
    fresh = Study(there, sample(there, 64).take(np.array(chosen)).with_weight(
        batch.study.weight)).switched(setting.levers)
    whole = solve_ensemble(fresh.scenario, fresh.draws, Parts.ALL)
    quickly = found.ensemble(Parts.TIMING)
    np.testing.assert_allclose(quickly.timing.deal_by, whole.timing.deal_by, atol=1e-12)
    np.testing.assert_allclose(quickly.bargain.value, whole.bargain.value, atol=1e-12)
    np.testing.assert_allclose(found.outlook.victory, whole.outlook.victory, atol=1e-12)
    np.testing.assert_allclose(found.outlook.cost, whole.outlook.cost, atol=1e-12)
    assert (deals(found).zone.mask == deals(fresh).zone.mask).all()


def test_its_answers_are_those_of_the_questions(batch: quick.Batch) -> None:
    study = quick.at(batch, SETTINGS[3])
    found, whole = quick.answers(study), zone.answer(study)
    for key in ("probability", "probability_interval", "share", "disagreement", "reservation",
                "deal_by_month", "deal_by_month_spread", "settle", "frontier"):
        assert found["zone"][key] == whole[key], key
    for name, point in whole["points"].items():
        assert found["zone"]["points"][name]["utilities"] == point["utilities"]
    assert found["zone"]["predicted"]["utilities"] == whole["predicted"]["utilities"]
    assert found["outlook"] == outlook.answer(study)


def test_its_draws_stand_for_all_at_the_base_case(base: Study, batch: quick.Batch) -> None:
    few = quick.at(batch, Setting())
    whole = base.ensemble(Parts.TIMING).timing.within(6)
    there = few.ensemble(Parts.TIMING).timing.within(6)
    assert abs(mean(there, few.weight) - mean(whole, base.weight)) < 0.25 * np.ptp(whole)


def test_what_is_held_counts_by_how_likely_it_makes_the_record() -> None:
    scenario = recorded()
    base = observed(scenario, 64, 0)
    found = quick.batch(base, (), 4)
    setting = Setting(((RATE, 0.35),))
    there = held(scenario, setting)
    draws = hold(there, found.study.draws, {RATE: 0.35})
    log = likelihood(there, draws, solve_ensemble(there, draws, Parts.BARGAIN)).log
    assert found.study.observed is not None
    weight = found.study.weight * np.exp(log - found.study.observed.log)
    np.testing.assert_allclose(quick.at(found, setting).weight, weight / weight.sum(), rtol=1e-9)
    lever = Setting(setting.inputs, (("more-support", 1.0),))
    np.testing.assert_allclose(quick.at(found, lever).weight, weight / weight.sum(), rtol=1e-9)


def test_what_is_believed_weighs_the_draws() -> None:
    base = study_at(tiny(UNCERTAIN | {
        "history": [], "claims.cuts": claim("patron_withdraws", patron="west"),
        "war.support.west.transitions.high": {"low": {"range": [0.0, 0.2]}}}), Setting(), 64)
    falls = base.outlook.support_falls["west"]
    _ = base.base
    found = quick.batch(base, (("cuts", True),), 32).study
    assert found.assumed == (("cuts", True),)
    path = "war.support.west.transitions.high.low"
    believed, plain = (mean(study.draws[path], study.weight)
                       for study in (found, quick.batch(base, (), 32).study))
    wanted = mean(base.draws[path], falls / falls.sum())
    assert wanted > 1.1 * mean(base.draws[path], base.weight)
    assert believed == pytest.approx(wanted, abs=0.02) and believed > 1.1 * plain


def test_without_a_war_the_zone_is_answered() -> None:
    base = study_at(tiny(PEACE), Setting(), 64)
    study = quick.at(quick.batch(base, (), 4), Setting((("disagreement.north", 0.4),)))
    found = quick.answers(study)
    assert found["outlook"] is None and "deal_by_month" not in found["zone"]
    assert found["zone"]["disagreement"]["north"] == pytest.approx(0.4)


def test_what_cannot_be_is_said(batch: quick.Batch) -> None:
    with pytest.raises(InputError, match="no number"):
        quick.at(batch, Setting((("war.rate", 0.1),)))
    with pytest.raises(InputError, match="must be at least 0"):
        quick.at(batch, Setting(((RATE, 1.5),)))
    with pytest.raises(InputError, match="transitions"):
        quick.at(batch, Setting((("war.momentum.transitions.static.north-advances", 0.95),)))
    with pytest.raises((ArgumentError, InputError)):
        quick.at(batch, Setting(levers=(("peace", 1.0),)))
