"""Draws: deterministic, by name, in their support, tied, weights that sum to 1."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scenario.made import NAME, made, with_change
from zopa.core.errors import ArgumentError, InputError
from zopa.draws.sobol import at_points, end_of_ties, free, sample, scrambled
from zopa.scenario.inputs import inputs
from zopa.scenario.load import loads
from zopa.scenario.number import Number


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, two, other = sample(made(), 64, 1), sample(made(), 64, 1), sample(made(), 64, 2)
    assert one.names == two.names == other.names
    assert all(one[p].tobytes() == two[p].tobytes() for p in one.values)
    assert any(one[p].tobytes() != other[p].tobytes() for p in one.values)


def test_swapping_the_sides_swaps_the_draws() -> None:
    one, two = sample(made(), 64, 1), sample(made().swapped(), 64, 1)
    assert set(one.values) == set(two.values)
    assert all(one[p].tobytes() == two[p].tobytes() for p in one.values)


def test_every_number_is_drawn_within_its_support() -> None:
    draws = sample(made(), 256, 0)
    numbers = inputs(made())
    assert set(draws.values) == set(numbers)
    for path, number in numbers.items():
        low, high = number.distribution.support()
        if ".weights." not in path:
            assert np.all((low <= draws[path]) & (draws[path] <= high)), path
        assert draws[path].shape == (256,)
        assert not draws[path].flags.writeable


def test_names_are_the_uncertain_inputs_sorted() -> None:
    draws = sample(made(), 2, 0)
    assert draws.names == tuple(sorted(p for p, n in inputs(made()).items() if n.uncertain))
    assert "war.talks.rate" in draws.names and "war.enforcement" not in draws.names


def test_weights_of_the_issues_sum_to_one() -> None:
    text = with_change("north: {value: 0.6, unit: weight",
                       "north: {range: [0.4, 0.8], unit: weight")
    draws = sample(loads(text, NAME).scenario, 128, 0)
    total = draws["issues.border.weights.north"] + draws["issues.harbour.weights.north"]
    np.testing.assert_allclose(total, 1.0, rtol=0, atol=1e-15)
    assert np.ptp(draws["issues.border.weights.north"]) > 0.1


def test_tied_inputs_share_their_quantile() -> None:
    text = with_change(
        "    south: {base: {lognormal: [0.004, 0.4],",
        "    south: {base: {tied: war.talks.rate, lognormal: [0.004, 0.4],")
    draws = sample(loads(text, NAME).scenario, 128, 0)
    order = np.argsort(draws["war.talks.rate"])
    assert np.all(np.diff(draws["war.costs.south.base"][order]) >= 0)
    assert abs(np.corrcoef(draws["war.talks.rate"], draws["war.costs.north.base"])[0, 1]) < 0.3


def test_moments_of_a_sample() -> None:
    rate = sample(made(), 1024, 0)["war.talks.rate"]
    assert rate.mean() == pytest.approx(0.175, abs=1e-3)
    assert rate.var() == pytest.approx(0.25**2 / 12, rel=1e-2)


def test_weight_sums_to_one_and_chunks_fit_together() -> None:
    draws = sample(made(), 64, 0)
    assert draws.weight.sum() == pytest.approx(1.0)
    halves = [draws.take(slice(0, 32)), draws.take(slice(32, 64))]
    for path in draws.values:
        np.testing.assert_array_equal(np.concatenate([h[path] for h in halves]), draws[path])
    assert len(halves[0]) == 32


@pytest.mark.parametrize(("draws", "advice"), [(1000, "Give 512 or 1024."), (0, "Give 1 or 2."),
                                               (-4, "power of two"), (2**21, "Give 1048576.")])
def test_draws_are_a_power_of_two(draws: int, advice: str) -> None:
    with pytest.raises(ArgumentError, match="power of two") as caught:
        sample(made(), draws)
    assert advice in str(caught.value)


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_that_no_file_can_hold(seed: int) -> None:
    with pytest.raises(ArgumentError, match=f"seed must be a whole number from 0 .* is {seed}"):
        sample(made(), 2, seed)


def test_ties_end_or_are_refused() -> None:
    free = Number(range=(0.0, 1.0))
    numbers = {"a": Number(range=(0.0, 1.0), tied="b"), "b": Number(range=(0.0, 1.0), tied="c"),
               "c": free, "x": Number(range=(0.0, 1.0), tied="y"),
               "y": Number(range=(0.0, 1.0), tied="x"), "z": Number(range=(0.0, 1.0), tied="no")}
    assert end_of_ties("a", numbers) == "c"
    with pytest.raises(InputError, match="in a circle: x -> y -> x"):
        end_of_ties("x", numbers)
    with pytest.raises(InputError, match="not an uncertain input"):
        end_of_ties("z", numbers)


def test_the_draws_of_given_coordinates_are_those_of_the_sample() -> None:
    scenario = made()
    names = free(scenario)
    points = scrambled(len(names), 64, 5)
    one, two = sample(scenario, 64, 5), at_points(scenario, points, 5)
    assert one.names == two.names and one.seed == two.seed
    assert all(one[p].tobytes() == two[p].tobytes() for p in one.values)
    moved = points[:3].copy()
    column = names.index("war.talks.rate")
    moved[:, column] = (0.0, 0.5, 0.25)
    three = at_points(scenario, moved)
    assert three["war.talks.rate"] == pytest.approx([0.05, 0.175, 0.1125]) and len(three) == 3
    assert all(three[p].tobytes() == one[p][:3].tobytes() for p in names if p != names[column])
