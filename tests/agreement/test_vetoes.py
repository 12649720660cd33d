"""What veto groups accept of the frontier, against closed forms and a fine walk along it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import random_space, spaces, swapped
from zopa.agreement.space import Floats, Space
from zopa.agreement.vertices import vertices
from zopa.agreement.vetoes import ABOVE, Stretch, corners, of_groups, rejected, stretch

W, V = 0.7, 0.4
"""Weight of the first issue for A and for B: A gives up the second issue first."""


def linear(w: float = W, v: float = V) -> Space:
    """Two issues, each all A's or all B's; mixtures divide them: u_A = w x + (1 - w) y."""
    weight = np.array([[w, 1 - w], [v, 1 - v]])[..., None]
    value = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]])[..., None]
    return Space(("a", "b"), ("x", "y"), (("a's", "b's"), ("a's", "b's")), weight, value)


def floors_of(space: Space, side: int, weight: tuple[float, ...], least: float,
              own: dict[int, float] | None = None, mixtures: bool = True) -> Stretch:
    values = {option: np.full(space.draws, worth) for option, worth in (own or {}).items()}
    weights = np.repeat(np.array([weight])[..., None], space.draws, axis=2)
    seen = of_groups(space, [side], ["group"], weights, [values])
    frontier = vertices(space) if mixtures else corners(space, 0.0)
    return stretch(frontier, seen.utilities(frontier.package)[0],
                   np.full(space.draws, least), side, mixtures)


@pytest.mark.parametrize("g", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("least", [0.05, 0.3, 0.6, 0.95])
def test_floor_in_a_linear_space(g: float, least: float) -> None:
    """Corners (1, 1), (1, 0), (0, 0) are worth 1, g, 0 to a group of A with weights (g, 1 - g)."""
    rho = W * least / g if least <= g else W + (1 - W) * (least - g) / (1 - g)
    found = floors_of(linear(), 0, (g, 1 - g), least)
    assert_allclose(found.floor[:, 0], [rho, -np.inf], atol=1e-12)
    assert not found.nothing.any()
    # B's group with the same eyes: corners (0, 0), (1, 0), (1, 1) are worth 1, 1 - g, 0
    left = 1 - g
    rho = (1 - V) * least / left if least <= left else (1 - V) + V * (least - left) / (1 - left)
    assert_allclose(floors_of(linear(), 1, (g, 1 - g), least).floor[:, 0], [-np.inf, rho],
                    atol=1e-12)


def test_a_group_that_is_its_party_has_its_threshold_as_floor() -> None:
    for least in (0.1, W, 0.8, 1.0):
        assert_allclose(floors_of(linear(), 0, (W, 1 - W), least).floor[0], least, atol=1e-12)


def test_weights_of_any_sum_are_divided_by_it() -> None:
    one, other = (floors_of(linear(), 0, weight, 0.3) for weight in ((0.2, 0.8), (1.0, 4.0)))
    assert_allclose(one.floor, other.floor, atol=1e-15)


def test_a_group_that_accepts_everything_makes_no_floor() -> None:
    found = floors_of(linear(), 0, (0.5, 0.5), 0.0)
    assert_array_equal(found.floor, -np.inf)


def test_a_group_that_accepts_nothing_leaves_nothing_to_ratify() -> None:
    for side in (0, 1):
        found = floors_of(linear(), side, (0.5, 0.5), 1.1)
        assert found.nothing.all()
        assert_allclose(found.floor[side], 1.0 + ABOVE)
        assert_array_equal(found.floor[1 - side], -np.inf)


def test_a_group_that_rejects_its_sides_ideal_floors_the_other_side() -> None:
    """A's group wants the second issue to be B's: u_g = 1 - y, accepted from y = 1 - tau on."""
    least = 0.3
    found = floors_of(linear(), 0, (0.0, 1.0), least, {2: 0.0, 3: 1.0})
    assert_allclose(found.floor[:, 0], [-np.inf, (1 - V) * least], atol=1e-12)


def test_both_ends_of_a_stretch() -> None:
    """It wants the first issue A's and the second B's: worth 1/2, 1, 1/2 at the corners."""
    found = floors_of(linear(), 0, (0.5, 0.5), 0.75, {2: 0.0, 3: 1.0})
    assert_allclose(found.floor[:, 0], [W / 2, (1 - V) / 2], atol=1e-12)


def test_packages_alone_floor_at_the_last_one_accepted() -> None:
    found = floors_of(linear(), 0, (0.5, 0.5), 0.3, mixtures=False)
    assert_allclose(found.floor[:, 0], [W, -np.inf])
    found = floors_of(linear(), 1, (0.5, 0.5), 0.3, mixtures=False)
    assert_allclose(found.floor[:, 0], [-np.inf, 1 - V])


def walked(space: Space, side: int, theirs: Floats, own: Floats, least: float) -> float:
    """inf{x : every frontier point with u >= x is accepted}, by a fine walk down from the ideal."""
    step = 1 if side == 0 else -1
    last = np.inf
    for start in range(len(own) - 1):
        for share in np.linspace(0.0, 1.0, 2001):
            u = own[::step][start:start + 2] @ [1 - share, share]
            g = theirs[::step][start:start + 2] @ [1 - share, share]
            if g < least - 1e-12:
                return float(last)
            last = u
    return -np.inf


@settings(max_examples=25, deadline=None)
@given(spaces(), st.integers(0, 1), st.floats(0.05, 0.9), st.integers(0, 99))
def test_floor_by_a_fine_walk(space: Space, side: int, level: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.random((1, len(space.issues), space.draws)) + 0.01
    seen = of_groups(space, [side], ["group"], weight, [{}])
    frontier = vertices(space, 0.2)
    theirs = seen.utilities(frontier.package, 0.2)[0]
    least = theirs.min(axis=0) + level * np.ptp(theirs, axis=0)
    found = stretch(frontier, theirs, least, side)
    ideal = theirs[0 if side == 0 else -1]
    for draw in range(space.draws):
        if ideal[draw] < least[draw] or len(theirs) == 1:
            continue
        slow = walked(space, side, theirs[:, draw], frontier.utility[side, :, draw], least[draw])
        assert_allclose(found.floor[side, draw], slow, atol=2e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 1))
def test_swapping_the_sides_exchanges_the_floors(seed: int, side: int) -> None:
    space = random_space(seed)
    weight = np.random.default_rng(seed).random((1, len(space.issues), space.draws)) + 0.01
    found = []
    for s, i in ((space, side), (swapped(space), 1 - side)):
        frontier = vertices(s)
        seen = of_groups(s, [i], ["group"], weight, [{}])
        found.append(stretch(frontier, seen.utilities(frontier.package)[0],
                             np.full(s.draws, 0.45), i).floor)
    assert_allclose(found[0], found[1][::-1], atol=1e-9)


def test_corners_of_a_staircase_are_packages_from_a_to_b() -> None:
    space = random_space(3, linked=False)
    found = corners(space, 0.0)
    assert_allclose(space.utilities(found.package), found.utility, atol=1e-15)
    assert (np.diff(found.utility[0], axis=0) <= 0).all()
    assert (np.diff(found.utility[1], axis=0) >= 0).all()


def test_rejected_packages_one_by_one() -> None:
    space = random_space(5, draws=200)
    weight = np.ones((2, len(space.issues), space.draws))
    seen = of_groups(space, [0, 1], ["g", "h"], weight, [{0: np.full(space.draws, 0.9)}, {}])
    packages = space.packages()
    least = np.array([np.full(space.draws, 0.4), np.full(space.draws, np.nan)])
    found = rejected(seen, packages, 0.0, least)
    own = replace(seen, parties=seen.parties).utilities(packages)[0]
    assert_array_equal(found[0], own < 0.4 - 1e-12)
    assert not found[1].any()
    assert 0 < found[0].sum() < found[0].size
