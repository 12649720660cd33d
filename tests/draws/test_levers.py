"""Levers: the same draws, changed where the lever says, cut to their bounds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scenario.made import NAME, made, with_change
from zopa.core.errors import ArgumentError
from zopa.draws.levers import apply
from zopa.draws.sobol import Draws, sample
from zopa.scenario.load import loads
from zopa.scenario.schema import Scenario

CHANGE = "{path: war.talks.rate, multiply: 1.5}"


def with_lever(change: str) -> tuple[Draws, Draws, Scenario]:
    scenario = loads(with_change(CHANGE, change), NAME).scenario
    draws = sample(scenario, 64, 0)
    changed, patched = apply(draws, scenario, "hosted-talks")
    return draws, changed, patched


def test_multiply_changes_that_number_in_every_draw_and_no_other() -> None:
    draws, changed, patched = with_lever(CHANGE)
    np.testing.assert_array_equal(changed["war.talks.rate"], 1.5 * draws["war.talks.rate"])
    assert all(changed[p] is draws[p] for p in draws.values if p != "war.talks.rate")
    assert patched.war is not None and changed.seed == draws.seed


def test_add_and_set() -> None:
    draws, changed, _ = with_lever("{path: war.talks.rate, add: -0.01}")
    np.testing.assert_allclose(changed["war.talks.rate"], draws["war.talks.rate"] - 0.01)
    _, changed, _ = with_lever("{path: war.talks.rate, set: 0.5}")
    np.testing.assert_array_equal(changed["war.talks.rate"], 0.5)


def test_an_uncertain_lever_has_its_own_coordinate() -> None:
    draws, changed, _ = with_lever("{path: war.talks.rate, multiply: {range: [1.0, 2.0]}}")
    factor = changed["war.talks.rate"] / draws["war.talks.rate"]
    np.testing.assert_allclose(factor, draws["levers.hosted-talks.changes.0.multiply"])
    assert np.ptp(factor) > 0.8


def test_values_stay_within_their_bounds() -> None:
    _, changed, _ = with_lever("{path: war.talks.rate, multiply: 100}")
    np.testing.assert_array_equal(changed["war.talks.rate"], 1.0)
    _, changed, _ = with_lever("{path: war.beliefs.prior.north, add: 5}")
    assert np.all(changed["war.beliefs.prior.north"] < 1.0)


def test_a_row_of_probabilities_never_exceeds_one() -> None:
    _, changed, _ = with_lever("{path: war.momentum.transitions.static.north-advances, set: 0.95}")
    row = [changed[f"war.momentum.transitions.static.{side}-advances"] for side in
           ("north", "south")]
    np.testing.assert_allclose(row[0] + row[1], 1.0)
    np.testing.assert_allclose(row[0] / row[1], 9.5)


def test_weights_sum_to_one_again() -> None:
    _, changed, _ = with_lever("{path: issues.border.weights.north, multiply: 2}")
    total = changed["issues.border.weights.north"] + changed["issues.harbour.weights.north"]
    np.testing.assert_allclose(total, 1.0)
    np.testing.assert_allclose(changed["issues.border.weights.north"], 0.75)


def test_levels_and_flags_change_the_scenario() -> None:
    draws, changed, patched = with_lever("{path: war.support.west.present, set: low}")
    assert patched.war is not None and patched.war.support["west"].present == "low"
    assert all(changed[p] is draws[p] for p in draws.values)
    _, _, patched = with_lever("{path: issues.border.options.freeze.on_position.north, set: 0}")
    assert patched.issues["border"].options["freeze"].available


def test_a_lever_that_does_not_exist() -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'hosted-talks'"):
        apply(sample(made(), 2), made(), "hosted-talk")
