"""The hull of every draw and position, against full enumeration and scipy's convex hull."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import brute_force, random_space, spaces, swapped
from zopa.agreement.hull import hull
from zopa.agreement.space import Space
from zopa.core.errors import ArgumentError

POSITIONS = np.array([-1.0, -0.3, 0.0, 0.8])
MANY = settings(max_examples=80)


def check_against_enumeration(space: Space, positions: np.ndarray) -> None:
    boundary = hull(space, positions)
    packages = space.packages()
    for cell, x in enumerate(positions):
        utility = space.utilities(packages, float(x))
        for draw in range(space.draws):
            for j, own in ((0, utility[..., draw]), (1, utility[::-1, :, draw])):
                here = (j, cell, draw)
                assert_allclose(boundary.high[here], own[0].max(), atol=1e-14)
                best_other = own[1][own[0] >= own[0].max() - 1e-13].max()
                assert_allclose(boundary.low[1 - j, cell, draw], best_other, atol=1e-12)
                ask = np.linspace(boundary.low[here] - 0.1, boundary.high[here], 17)
                lines = boundary.intercept[1 - j, :, cell, draw, None] \
                    - boundary.slope[1 - j, :, cell, draw, None] * ask
                assert_allclose(lines.min(axis=0), brute_force(own, ask), atol=1e-12)


@MANY
@given(spaces(linked=False))
def test_without_constraints(space: Space) -> None:
    check_against_enumeration(space, POSITIONS)


@MANY
@given(spaces(linked=True))
def test_with_constraints_and_interactions(space: Space) -> None:
    check_against_enumeration(space, POSITIONS)


@MANY
@given(spaces())
def test_swapping_the_parties_gives_the_mirror_image(space: Space) -> None:
    one, other = hull(space, POSITIONS), hull(swapped(space), POSITIONS)
    assert_allclose(other.low[::-1], one.low, atol=1e-12)
    assert_allclose(other.high[::-1], one.high, atol=1e-12)
    for share in (0.0, 0.1, 0.5, 0.77, 1.0):
        for i in (0, 1):
            x = one.low[1 - i] + share * (one.high[1 - i] - one.low[1 - i])
            assert_allclose(other.offer(1 - i, x, np)[0], one.offer(i, x, np)[0], atol=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_blocks_of_any_size_give_the_same_bits(seed: int) -> None:
    space = random_space(seed, draws=37, coarse=seed % 2 == 0)
    whole = hull(space, POSITIONS)
    for block in (1, 5, 36, 1000):
        for found, expected in zip(hull(space, POSITIONS, block), whole, strict=True):
            assert_array_equal(found, expected)


@settings(max_examples=30)
@given(spaces())
def test_lines_fill_up_with_copies_of_the_flat_one(space: Space) -> None:
    boundary = hull(space, POSITIONS)
    assert_array_equal(boundary.slope[:, 0], 0.0)
    assert_array_equal(boundary.intercept[:, 0], boundary.high)
    idle = boundary.slope == 0.0
    flat = np.broadcast_to(boundary.high[:, None], idle.shape)
    assert_array_equal(boundary.intercept[idle], flat[idle])
    assert (boundary.slope >= 0.0).all() and np.isfinite(boundary.intercept).all()


def test_one_package_better_for_both_leaves_a_single_point() -> None:
    space = Space(("a", "b"), ("land",), (("good", "bad"),), np.ones((2, 1, 1)),
                  np.array([[0.9, 0.1], [0.8, 0.3]])[..., None])
    boundary = hull(space, np.zeros(1))
    assert boundary.intercept.shape == (2, 1, 1, 1)
    assert_array_equal(boundary.low, boundary.high)
    assert_allclose(boundary.high[:, 0, 0], (0.9, 0.8))


def test_rounding_in_equal_values_makes_no_spurious_trade() -> None:
    # the two best options of a differ by one rounding error, and by a lot for b
    value = np.array([[0.3, 0.1 + 0.2, 0.0], [0.2, 0.6, 1.0]])[..., None]
    space = Space(("a", "b"), ("land",), (("x", "y", "z"),), np.ones((2, 1, 1)), value)
    boundary = hull(space, np.zeros(1))
    assert_allclose(boundary.low[1, 0, 0], 0.6)
    assert_allclose(boundary.slope[1, :, 0, 0].max(), 0.4 / 0.3)


def test_an_issue_without_weight_for_a_party_is_given_away() -> None:
    weight = np.array([[0.0, 1.0], [0.5, 0.5]])[..., None]
    value = np.array([[1, 0, 1, 0], [0, 1, 0, 1]], float)[..., None]
    space = Space(("a", "b"), ("one", "two"), (("a", "b"),) * 2, weight, value)
    boundary = hull(space, np.zeros(1))
    assert_allclose(boundary.low[:, 0, 0], (0.0, 0.5))
    assert_allclose(boundary.high[:, 0, 0], (1.0, 1.0))


def test_three_parties_have_no_frontier() -> None:
    with pytest.raises(ArgumentError, match="for two parties, but the space has 3"):
        hull(random_space(1, parties=3), POSITIONS)


def test_positions_without_moving_options_all_look_alike() -> None:
    space = random_space(2, moving=False)
    boundary = hull(space, POSITIONS)
    assert boundary.low.shape == (2, len(POSITIONS), space.draws)
    for part in boundary:
        assert_array_equal(part, np.broadcast_to(part[..., :1, :], part.shape))
    assert_array_equal(hull(replace(space), np.zeros(1)).high[:, 0], boundary.high[:, 0])
