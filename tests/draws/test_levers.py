"""Levers: the same draws, changed where the lever says, cut to their bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.questions.tiny import tiny
from tests.scenario.made import NAME, made, with_change
from zopa.core.errors import ArgumentError
from zopa.draws.levers import apply, apply_all, conflicts, has_numbers
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


RATE = "war.talks.rate"


def two(first: dict[str, Any], second: dict[str, Any],
        names: tuple[str, str] = ("one", "two")) -> Scenario:
    """The tiny war with two levers that each change the rate of talks, written in that order."""
    changes = {names[0]: first, names[1]: second}
    return tiny({"levers": {name: {"title": name, "changes": [{"path": RATE, **change}]}
                            for name, change in changes.items()},
                 "war.talks.rate": {"range": [0.2, 0.4]}})


def combined(scenario: Scenario, *names: str) -> np.ndarray:
    return apply_all(sample(scenario, 8, 1), scenario, names)[0][RATE]


@pytest.mark.parametrize(("first", "second", "expected"), [
    ({"multiply": 1.5}, {"add": 0.1}, lambda x: 1.5 * x + 0.1),
    ({"add": 0.1}, {"multiply": 1.5}, lambda x: 1.5 * x + 0.1),
    ({"add": 0.1}, {"add": -0.05}, lambda x: x + 0.1 - 0.05),
    ({"multiply": 1.5}, {"set": 0.2}, lambda x: 0.0 * x + 0.3),
    ({"add": 0.1}, {"set": 0.2}, lambda x: 0.0 * x + 0.3),
    ({"multiply": 4.0}, {"add": -0.5}, lambda x: np.clip(4.0 * x - 0.5, 0.0, 1.0)),
])
def test_of_several_levers_what_is_set_comes_first_then_factors_then_terms(
        first: dict[str, float], second: dict[str, float],
        expected: Callable[[np.ndarray], np.ndarray]) -> None:
    scenario = two(first, second)
    x = sample(scenario, 8, 1)[RATE]
    np.testing.assert_allclose(combined(scenario, "one", "two"), expected(x), atol=1e-15)


@pytest.mark.parametrize("first", [{"multiply": {"range": [0.7, 1.3]}}, {"add": 0.1}, {"set": 0.3}])
@pytest.mark.parametrize("second", [{"multiply": 1.7}, {"add": {"range": [-0.1, 0.1]}}])
def test_the_order_of_levers_changes_no_bit(first: dict[str, Any], second: dict[str, Any]) -> None:
    one, other = two(first, second), two(second, first, ("two", "one"))
    expected = combined(one, "one", "two")
    for scenario in (one, other):
        for names in (("one", "two"), ("two", "one")):
            np.testing.assert_array_equal(combined(scenario, *names), expected)


def test_levers_on_different_paths_do_what_each_does_alone() -> None:
    scenario = tiny({"levers.talks": {"title": "T", "changes": [
        {"path": RATE, "add": 0.1}, {"path": "war.support.west.present", "set": "low"}]}})
    draws = sample(scenario, 4)
    both, patched = apply_all(draws, scenario, ("talks", "more-support"))
    for name in scenario.levers:
        alone = apply(draws, scenario, name)[0]
        for path in (c.path for c in scenario.levers[name].changes if c.path in draws.values):
            np.testing.assert_array_equal(both[path], alone[path])
    assert patched.war is not None and patched.war.support["west"].present == "low"


@pytest.mark.parametrize("value", [0.2, 0.3])
def test_levers_that_set_the_same_path_are_not_combined(value: float) -> None:
    scenario = two({"set": 0.2}, {"set": value})
    assert conflicts(scenario, ("one", "two")) == [RATE]
    with pytest.raises(ArgumentError, match=r"one and two cannot be combined: .*war\.talks\.rate"):
        combined(scenario, "two", "one")


def test_levers_that_set_different_paths_do_not_conflict() -> None:
    assert conflicts(two({"set": 0.2}, {"add": 0.2}), ("one", "two")) == []
    assert conflicts(two({"set": 0.2}, {"add": 0.2}), ("one", "one")) == []


@pytest.mark.parametrize(("change", "dosed"), [
    ({"multiply": 1.2}, lambda x, t: x * 1.2 ** t),
    ({"multiply": 0.0}, lambda x, t: x * float(t == 0.0)),
    ({"add": -0.05}, lambda x, t: x - 0.05 * t),
    ({"set": 0.25}, lambda x, t: x + t * (0.25 - x)),
])
@pytest.mark.parametrize("amount", [0.0, 0.5, 1.0, 2.0])
def test_a_dose_scales_the_change(change: dict[str, float], amount: float,
                                  dosed: Callable[[np.ndarray, float], np.ndarray]) -> None:
    scenario = two(change, {"add": 0.0})
    draws = sample(scenario, 8, 1)
    changed, _ = apply_all(draws, scenario, ("one",), amount)
    np.testing.assert_allclose(changed[RATE], np.clip(dosed(draws[RATE], amount), 0.0, 1.0),
                               atol=1e-15)
    if amount == 1.0:
        np.testing.assert_array_equal(changed[RATE], apply(draws, scenario, "one")[0][RATE])


@pytest.mark.parametrize("change", [
    {"path": RATE, "multiply": 1.0}, {"path": RATE, "add": 0.0}, {"path": RATE, "set": 0.3},
    {"path": "issues.border.weights.north", "multiply": 1.0},
    {"path": "war.momentum.transitions.static.north-advances", "add": 0.0}])
def test_a_lever_that_does_nothing_leaves_every_array_as_it_is(change: dict[str, Any]) -> None:
    scenario = tiny({"levers.idle": {"title": "Idle", "changes": [change]},
                     "issues.border.weights.north": {"range": [0.3, 0.8]}})
    draws = sample(scenario, 8)
    changed, patched = apply(draws, scenario, "idle")
    assert all(changed[path] is draws[path] for path in draws.values) and patched == scenario


def test_only_changes_of_numbers_have_a_dose() -> None:
    scenario = tiny({"levers.level": {"title": "L", "changes": [
        {"path": "war.support.west.present", "set": "low"}]}})
    assert has_numbers(scenario, "more-support") and not has_numbers(scenario, "level")
