"""From a scenario's paths to the arrays of its agreement space."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import sample
from zopa.ensemble.space import from_scenario, positions
from zopa.scenario.schema import Scenario

SCENARIO = Scenario.model_validate({
    "zopa": 1, "title": "Two neighbours", "summary": "Made up.", "date": "2024-01-01",
    "parties": {"north": {"name": "North", "roles": ["party"]},
                "helper": {"name": "Helper", "roles": ["mediator"]},
                "south": {"name": "South", "roles": ["party"]}},
    "issues": {
        "border": {"title": "Border", "weights": {"north": {"range": [0.4, 0.8]}, "south": 0.7},
                   "options": {
                       "old": {"title": "Old", "values": {"north": 0.1, "south": 1.0}},
                       "freeze": {"title": "Freeze",
                                  "values": {"north": {"range": [0.5, 0.7]}, "south": 0.4},
                                  "on_position": {"south": -0.3}},
                       "far": {"title": "Far", "values": {"north": 1, "south": 0},
                               "available": False}}},
        "harbour": {"title": "Harbour", "weights": {"north": 0.4, "south": 0.3},
                    "options": {
                        "northern": {"title": "N", "values": {"north": 1.0, "south": 0.0}},
                        "shared": {"title": "S", "values": {"north": 0.6, "south": 0.7}}}}},
    "constraints": [{"forbid": {"harbour": ["northern"], "border": ["old", "far"]}, "why": "x"}],
    "interactions": [{"options": {"border": "freeze", "harbour": "shared"},
                      "values": {"south": 0.05}}]})


def test_arrays_are_the_values_at_the_paths() -> None:
    draws = sample(SCENARIO, draws=8)
    space = from_scenario(SCENARIO, draws.values)
    assert space.parties == ("north", "south") and space.issues == ("border", "harbour")
    assert space.options == (("old", "freeze", "far"), ("northern", "shared"))
    assert_array_equal(space.value[0, 1], draws["issues.border.options.freeze.values.north"])
    assert_array_equal(space.value[1, 4], 0.7)
    assert space.moving == (1,)
    assert_array_equal(space.slope[:, 0, 0], (0.0, -0.3))
    assert_array_equal(space.bonus[:, 0, 0], (0.0, 0.05))
    assert space.pairs == ((1, 4),)
    assert space.packages().tolist() == [[0, 1], [1, 0], [1, 1]]


def test_weights_sum_to_one_in_every_draw() -> None:
    values = {path: np.array(value) for path, value in sample(SCENARIO, draws=8).values.items()}
    values["issues.border.weights.south"] = np.linspace(0.1, 3.0, 8)
    space = from_scenario(SCENARIO, values)
    assert_allclose(space.weight.sum(axis=1), 1.0, atol=1e-15)
    assert_allclose(space.weight[1, 0] / space.weight[1, 1], np.linspace(0.1, 3.0, 8) / 0.3)


def test_swapped_scenario_exchanges_the_parties() -> None:
    draws = sample(SCENARIO, draws=8)
    one = from_scenario(SCENARIO, draws.values)
    other = from_scenario(SCENARIO.swapped(), draws.values)
    assert other.parties == ("south", "north")
    for name in ("weight", "value", "slope", "bonus"):
        assert_array_equal(getattr(other, name)[::-1], getattr(one, name))


def test_chunks_of_draws_give_the_same_bits() -> None:
    draws = sample(SCENARIO, draws=16)
    whole = from_scenario(SCENARIO, draws.values)
    part = from_scenario(SCENARIO, draws.take(slice(5, 9)).values)
    for name in ("weight", "value", "slope", "bonus"):
        assert_array_equal(getattr(part, name), getattr(whole, name)[..., 5:9])


def test_a_missing_path_is_named() -> None:
    values = dict(sample(SCENARIO, draws=2).values)
    del values["issues.harbour.options.shared.values.north"]
    with pytest.raises(ArgumentError, match=r"issues\.harbour\.options\.shared\.values\.north"):
        from_scenario(SCENARIO, values)


def test_without_a_war_the_position_is_the_middle() -> None:
    assert_array_equal(positions(SCENARIO), [0.0])
