"""The ordered staircase of undominated packages, against brute force and against `Steps`."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings

from tests.agreement.spaces import random_space, spaces, swapped
from zopa.agreement.boundary import Steps
from zopa.agreement.space import Space
from zopa.agreement.stairs import Stairs, lengthened, stairs, undominated
from zopa.agreement.vertices import staircase
from zopa.core.errors import ArgumentError
from zopa.core.precision import double_precision

POSITIONS = np.linspace(-1.0, 1.0, 3)


def by_brute_force(utility: np.ndarray) -> np.ndarray:
    """`(undominated, party)` from A's best to B's best, each point compared with each other."""
    points = np.unique(utility.T.round(12), axis=0)
    kept = [p for p in points
            if not any((q >= p).all() and (q > p).any() for q in points)]
    return np.array(kept)[::-1]


def distinct(frontier: Stairs, cell: int, draw: int) -> np.ndarray:
    return np.unique(frontier.points[:, :, cell, draw].T.round(12), axis=0)[::-1]


@settings(max_examples=40, deadline=None)
@given(spaces())
def test_every_undominated_package_and_no_other(space: Space) -> None:
    found = stairs(space, POSITIONS)
    packages = space.packages()
    for cell, x in enumerate(POSITIONS):
        utility = space.utilities(packages, float(x))
        for draw in range(space.draws):
            expected = by_brute_force(utility[..., draw])
            got = distinct(found, cell, draw)
            np.testing.assert_allclose(got, expected, atol=1e-11)
            np.testing.assert_allclose(found.low[:, cell, draw], expected.min(axis=0), atol=1e-11)
            np.testing.assert_allclose(found.high[:, cell, draw], expected.max(axis=0), atol=1e-11)


@settings(max_examples=40, deadline=None)
@given(spaces())
def test_packages_stand_in_order_and_swapping_reverses_them(space: Space) -> None:
    found, mirrored = stairs(space, POSITIONS), stairs(swapped(space), POSITIONS)
    assert (np.diff(found.points[0], axis=0) <= 0).all()
    assert (np.diff(found.points[1], axis=0) >= 0).all()
    for draw in range(space.draws):
        one, other = distinct(found, 1, draw), distinct(mirrored, 1, draw)
        np.testing.assert_allclose(one, other[::-1, ::-1], atol=1e-11)


def test_blocks_of_draws_give_the_same_bits() -> None:
    space = random_space(5, draws=9)
    whole, split = stairs(space, POSITIONS), stairs(space, POSITIONS, block=2)
    for one, other in zip(whole, split, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("module", ["numpy", "jax.numpy"])
def test_the_offer_is_that_of_packages_in_any_order(seed: int, module: str) -> None:
    double_precision()
    xp = import_module(module)
    space = random_space(seed, coarse=seed % 2 == 0, draws=4)
    found = stairs(space, POSITIONS)
    found = lengthened(found, found.points.shape[1] + seed)
    plain = Steps(found.points[:, ::-1], found.low, found.high)
    random = np.random.default_rng(seed)
    x = random.uniform(-0.2, 1.3, (20, *found.low.shape[1:]))
    here = found.points[:, random.integers(0, found.points.shape[1], 20)]
    for i in (0, 1):
        for wanted in (x, here[1 - i], here[1 - i] + 1e-14):
            one, other = found.offer(i, xp.asarray(wanted), xp), plain.offer(i, wanted, np)
            for a, b in zip(one, other, strict=True):
                np.testing.assert_allclose(np.asarray(a), b, atol=1e-11)


def test_one_of_several_equal_packages_is_kept() -> None:
    points = np.array([[0.5, 0.5, 0.2, 0.5, 0.9], [0.5, 0.4, 0.5, 0.5, 0.1]])
    np.testing.assert_array_equal(undominated(points), [[0.9, 0.5], [0.1, 0.5]])


def test_hundreds_of_packages() -> None:
    """Six issues of five options; one side's gain is nearly the other's loss."""
    random = np.random.default_rng(0)
    value = random.random((2, 6, 5, 2))
    value[1] = 1.0 - value[0] ** 1.1
    names = tuple(f"issue {n}" for n in range(6))
    space = Space(("a", "b"), names, (("v", "w", "x", "y", "z"),) * 6, np.full((2, 6, 2), 1 / 6),
                  value.reshape(2, 30, 2))
    found = stairs(space, POSITIONS)
    assert found.points.shape[1] >= 200
    utility = space.utilities(space.packages())
    for draw in range(2):
        expected = staircase(utility[..., draw]).steps.points
        x = np.linspace(found.low[1, 0, draw], found.high[1, 0, draw], 500)[:-1]
        best = [expected[0, expected[1] >= y - 1e-12].max() for y in x]
        got, _ = found.offer(0, x[:, None, None] + np.zeros((500 - 1, 3, 2)), np)
        np.testing.assert_allclose(got[:, 0, draw], best, atol=1e-12)


def test_too_many_undominated_packages_are_refused() -> None:
    """Everything is undominated where one side's gain is the other's loss."""
    random = np.random.default_rng(1)
    value = random.random((1, 65, 1))
    space = Space(("a", "b"), tuple(f"i{n}" for n in range(13)),
                  (("v", "w", "x", "y", "z"),) * 13, np.full((2, 13, 1), 1 / 13),
                  np.concatenate([value, 1.0 - value]))
    with pytest.raises(ArgumentError, match="frontier: hull"):
        stairs(space, np.zeros(1))
