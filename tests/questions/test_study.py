"""Studies: solved once, and the same draws with a lever, at a date, with an offer, at a value."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.cases import ONE_THEORY
from tests.questions.tiny import PEACE, tiny, tiny_study
from zopa.core.errors import ArgumentError
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts
from zopa.questions import fix, moments
from zopa.questions.study import Study


def test_a_study_is_solved_once_and_grows() -> None:
    study = tiny_study(ONE_THEORY, draws=8)
    whole = study.ensemble(Parts.ALL)
    assert study.ensemble(Parts.TIMING) is whole and study.base is whole
    assert study.outlook is whole.outlook
    assert study.with_lever("more-support") is not study
    one, other = (study.with_lever("more-support") for _ in range(2))
    assert one.solved is other.solved


def test_outlook_alone_is_that_of_the_whole_ensemble() -> None:
    whole, alone = (tiny_study(ONE_THEORY, draws=8) for _ in range(2))
    _ = whole.base
    np.testing.assert_allclose(alone.outlook.victory, whole.outlook.victory, atol=1e-14)
    assert alone.solved.ensemble is None


def test_reweighted_study_shares_what_is_solved_and_passes_its_weights_on() -> None:
    study = tiny_study(ONE_THEORY, draws=8)
    _ = study.base
    weight = np.arange(8.0)
    other = study.reweighted(weight, (("claim", True),))
    assert other.solved is study.solved and other.assumed == (("claim", True),)
    np.testing.assert_allclose(other.weight, weight / 28.0)
    np.testing.assert_array_equal(other.with_lever("more-support").weight, other.weight)
    np.testing.assert_array_equal(study.weight, np.full(8, 0.125))


def test_lever_changes_its_input_alone() -> None:
    study = tiny_study(ONE_THEORY, draws=8)
    with_it = study.with_lever("more-support")
    changed = [path for path in study.draws.values
               if (study.draws[path] != with_it.draws[path]).any()]
    assert changed == ["war.hazards.south.base"]


@pytest.mark.parametrize(("moment", "cell"), [
    ("summer", 1), ("2023-07", 0), ("2023-09-01", 1), ("2023-10-15", 1), ("2023", 0), ("2024", 2)])
def test_state_at_a_moment(moment: str, cell: int) -> None:
    # recorded: 0.3 in July, 0.4 in September, 0.45 in November (which rounds to the present cell)
    scenario = tiny({"history": [
        {"date": "2023-07-01", "position": 0.3, "support": {"west": "low"}},
        {"date": "2023-09-01", "position": 0.4}, {"date": "2023-11-01", "position": 0.46}]})
    found = moments.at_state(scenario, moments.find(scenario, moment).state)
    assert found.war is not None and found.war.position.present_cell == cell
    assert scenario.war is not None and scenario.war.position.present_cell == 2


def test_state_names_levels_and_is_held_at_the_ends_of_the_window() -> None:
    scenario = tiny({"history": [{"date": "2023-07-01", "position": -3.0, "momentum":
                                  "south-advances", "support": {"west": "low"}}]})
    war = moments.at_state(scenario, scenario.history[0]).war
    assert war is not None
    assert (war.position.present_cell, war.momentum.present) == (0, "south-advances")
    assert war.support["west"].present == "low"


def test_nothing_recorded_at_a_moment() -> None:
    with pytest.raises(ArgumentError, match="no state is recorded at or before 2020"):
        tiny_study().at("2020")
    with pytest.raises(ArgumentError, match="war is missing"):
        _ = tiny_study(PEACE).war
    with pytest.raises(ArgumentError, match="Did you mean 'summer'"):
        tiny_study().with_offer("sumer")


def test_offer_brings_its_beliefs_and_enforcement() -> None:
    study = tiny_study({"offers.summer.enforcement": 0.9,
                        "offers.summer.prior": {"north": 0.1, "analyst": 0.2}}, draws=4)
    then = study.with_offer("summer").draws
    assert set(then["war.beliefs.prior.north"]) == {0.1}
    assert set(then["war.beliefs.prior.analyst"]) == {0.2}
    assert set(then["war.beliefs.prior.south"]) == {0.4}
    assert set(then["war.enforcement"]) == {0.9}


def test_an_input_is_held_and_its_ties_go_with_it() -> None:
    scenario = tiny({"war.costs.south.base": {"range": [0.0, 0.1],
                                              "tied": "war.costs.north.base"}})
    draws = sample(scenario, 8)
    held = fix.fixed(scenario, draws, "war.costs.north.base", 0.0065)  # a quarter of [0.002, 0.02]
    assert set(held["war.costs.north.base"]) == {0.0065}
    np.testing.assert_allclose(held["war.costs.south.base"], 0.025, atol=1e-12)


def test_a_weight_is_held_as_a_share_and_the_others_keep_their_proportions() -> None:
    scenario = tiny({"issues.border.weights.north": {"range": [0.3, 0.9]}})
    draws = sample(scenario, 8)
    path = "issues.border.weights.north"
    held = fix.fixed(scenario, draws, path, 0.25)
    np.testing.assert_allclose(held[path] + held["issues.harbour.weights.north"], 1.0)
    assert set(held[path]) == {0.25}
    np.testing.assert_array_equal(held["issues.border.weights.south"],
                                  draws["issues.border.weights.south"])
    low, high = fix.reach(scenario, draws, path)
    assert (low, high) == (draws[path].min(), draws[path].max())


def test_range_of_an_input_and_the_level_of_a_value() -> None:
    scenario = tiny({"war.costs.south.base": {"normal": [0.1, 0.02]}})
    low, high = fix.reach(scenario, sample(scenario, 2), "war.costs.south.base")
    assert (low, high) == pytest.approx((0.1 - 3.0902 * 0.02, 0.1 + 3.0902 * 0.02), abs=1e-5)
    assert scenario.war is not None
    number = scenario.war.costs["south"].base
    assert fix.level_of(number, 0.1) == pytest.approx(0.5, abs=1e-12)


def test_smaller_ensembles_are_kept_by_path_and_value() -> None:
    study = tiny_study(draws=64)
    one = study.at_value("war.costs.north.base", 0.01, draws=16)
    assert one is study.at_value("war.costs.north.base", 0.01, draws=16)
    assert one is not study.at_value("war.costs.north.base", 0.011, draws=16)
    assert len(one.draws) == 16 and isinstance(one, Study)
    np.testing.assert_array_equal(one.draws["war.costs.south.base"],
                                  sample(study.scenario, 16).values["war.costs.south.base"])
