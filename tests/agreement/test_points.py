"""Fair points: their axioms, and agreement with a search over the frontier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import Floats, random_space, spaces, swapped
from zopa.agreement.hull import hull
from zopa.agreement.points import (
    PRINCIPLES,
    Egalitarian,
    KalaiSmorodinsky,
    Nash,
    Principle,
    Utilitarian,
)
from zopa.agreement.space import Space
from zopa.agreement.vertices import Vertices, vertices
from zopa.core.errors import ArgumentError

EACH = pytest.mark.parametrize("principle", [*PRINCIPLES, Nash((2.0, 1.0))],
                               ids=lambda principle: type(principle).__name__)
SOME = settings(max_examples=40)
shares = st.floats(-0.2, 0.45)


def disagreement(frontier: Vertices, a: float, b: float) -> Floats:
    """A point below the frontier, at given shares of each party's range."""
    low = np.minimum(frontier.utility[:, 0], frontier.utility[:, -1])
    return low + np.array([[a], [b]]) * frontier.range


def walk(frontier: Vertices, draw: int, steps: int = 400) -> Floats:
    """`(2, point)`: many points of the frontier of one draw."""
    t = np.linspace(0.0, 1.0, steps)
    corners = frontier.utility[..., draw]
    parts = [(1 - t) * corners[:, n, None] + t * corners[:, n + 1, None]
             for n in range(corners.shape[1] - 1)]
    return np.concatenate([corners[:, :1], *parts], axis=1)


@EACH
@SOME
@given(spaces(), shares, shares)
def test_points_are_efficient_and_individually_rational(
        principle: Principle, space: Space, a: float, b: float) -> None:
    frontier = vertices(space, 0.2)
    d = disagreement(frontier, a, b)
    point = principle.on_hull(frontier, d).utility
    assert (point >= d - 1e-12).all()
    boundary = hull(space, np.array([0.2]))
    for i in (0, 1):
        best, _ = boundary.offer(i, point[1 - i][None], np)
        assert_allclose(point[i], best[0], atol=1e-11)


@EACH
@SOME
@given(spaces(), shares, shares)
def test_swapping_the_parties_swaps_the_point(
        principle: Principle, space: Space, a: float, b: float) -> None:
    mirror = principle
    if isinstance(principle, Nash) and principle.weights:
        mirror = Nash(principle.weights[::-1])
    one, other = vertices(space), vertices(swapped(space))
    d = disagreement(one, a, b)
    assert_allclose(mirror.on_hull(other, d[::-1]).utility[::-1],
                    principle.on_hull(one, d).utility, atol=1e-12)


@pytest.mark.parametrize("principle", [Nash(), Nash((1.0, 3.0)), KalaiSmorodinsky()],
                         ids=["Nash", "weighted Nash", "KS"])
@SOME
@given(spaces(), shares, shares, st.floats(0.1, 20), st.floats(-5, 5))
def test_rescaling_one_party_rescales_the_point(
        principle: Principle, space: Space, a: float, b: float, scale: float, shift: float) -> None:
    frontier = vertices(space)
    d = disagreement(frontier, a, b)

    def rescaled(u: Floats) -> Floats:
        return np.stack([scale * u[0] + shift, u[1]])

    other = replace(frontier, utility=rescaled(frontier.utility))
    assert_allclose(principle.on_hull(other, rescaled(d)).utility,
                    rescaled(principle.on_hull(frontier, d).utility), atol=1e-9)


@SOME
@given(spaces(), shares, shares)
def test_no_point_of_the_frontier_does_better(space: Space, a: float, b: float) -> None:
    frontier = vertices(space)
    d = disagreement(frontier, a, b)
    chosen = [principle.on_hull(frontier, d).utility - d
              for principle in (Nash(), Nash((2.0, 1.0)), Egalitarian(), KalaiSmorodinsky())]
    best = Utilitarian().on_hull(frontier, d).utility
    for draw in range(space.draws):
        gain = walk(frontier, draw) - d[:, draw, None]
        gain = gain[:, (gain >= 0).all(axis=0)]
        if not gain.size:
            continue
        nash, weighted, egalitarian, ks = (point[:, draw] for point in chosen)
        assert nash.prod() >= gain.prod(axis=0).max() - 1e-12
        assert weighted[0] ** 2 * weighted[1] >= (gain[0] ** 2 * gain[1]).max() - 1e-12
        assert egalitarian.min() >= gain.min(axis=0).max() - 1e-12
        ideal = KalaiSmorodinsky.ideal(frontier, d)[:, draw]
        if (ideal > 1e-6).all():
            assert_allclose(ks[0] / ideal[0], ks[1] / ideal[1], atol=1e-9)
            assert (ks / ideal).min() >= (gain / ideal[:, None]).min(axis=0).max() - 1e-9
        assert best[:, draw].sum() >= (gain.sum(axis=0) + d[:, draw].sum()).max() - 1e-11


@EACH
def test_no_point_where_nothing_is_individually_rational(principle: Principle) -> None:
    frontier = vertices(random_space(7, draws=2))
    d = frontier.utility.max(axis=1)
    d[:, 1] = -1.0
    point = principle.on_hull(frontier, d + 1e-6).utility
    assert np.isnan(point[:, 0]).all() and np.isfinite(point[:, 1]).all()


@EACH
def test_disagreement_on_the_frontier_is_the_point(principle: Principle) -> None:
    frontier = vertices(random_space(12, draws=1))
    d = 0.4 * frontier.utility[:, 1] + 0.6 * frontier.utility[:, 2]
    assert_allclose(principle.on_hull(frontier, d).utility, d, atol=1e-11)


def test_largest_minimum_where_equal_gains_do_not_exist() -> None:
    # a's gains are at most 0.3 however little b gets: a's end is the egalitarian point
    frontier = Vertices(np.array([[0.3, 0.1], [0.6, 1.0]])[..., None], np.zeros((2, 1, 1), int))
    assert_allclose(Egalitarian().on_hull(frontier, np.zeros((2, 1))).utility[:, 0], (0.3, 0.6))


@EACH
@SOME
@given(spaces(parties=2), shares, shares)
def test_on_packages_the_best_one_is_found(
        principle: Principle, space: Space, a: float, b: float) -> None:
    frontier = vertices(space)
    d = disagreement(frontier, a, b)
    utility = space.utilities(space.packages())
    point = principle.on_packages(utility, d)
    assert point.package is not None
    for draw in range(space.draws):
        gain = utility[..., draw] - d[:, draw, None]
        allowed = np.flatnonzero((gain >= -1e-12).all(axis=0))
        if not allowed.size:
            assert point.package[draw] == -1 and np.isnan(point.utility[:, draw]).all()
            continue
        assert point.package[draw] in allowed
        assert_array_equal(point.utility[:, draw], utility[:, point.package[draw], draw])
        gain = np.maximum(gain, 0.0)
        ideal = np.maximum(gain[:, allowed].max(axis=1, keepdims=True), 1e-300)
        score = {"Nash": gain.prod(axis=0), "utilitarian": utility[..., draw].sum(axis=0),
                 "egalitarian": gain.min(axis=0),
                 "Kalai-Smorodinsky": (gain / ideal).min(axis=0)}[principle.name]
        if isinstance(principle, Nash) and principle.weights:
            score = gain[0] ** (2 / 3) * gain[1] ** (1 / 3)
        if (ideal > 1e-6).all():
            assert score[point.package[draw]] >= score[allowed].max() - 1e-11


@EACH
def test_three_parties_on_packages(principle: Principle) -> None:
    space = random_space(21, parties=3)
    utility = space.utilities(space.packages())
    principle = Nash((1.0, 1.0, 2.0)) if isinstance(principle, Nash) else principle
    point = principle.on_packages(utility, np.zeros((3, space.draws)))
    # no package is better for all three
    better = (utility > point.utility[:, None] + 1e-12).all(axis=0)
    assert not better.any()


def test_a_mask_restricts_the_packages() -> None:
    utility = np.array([[0.5, 0.4, 0.1], [0.5, 0.5, 0.9]])[..., None]
    mask = np.array([[False], [True], [True]])
    point = Egalitarian().on_packages(utility, np.zeros((2, 1)), mask)
    assert point.package is not None and point.package.tolist() == [1]


def test_wrong_weights_are_named() -> None:
    with pytest.raises(ArgumentError, match="`weights` must be > 0"):
        Nash((1.0, 0.0))
    with pytest.raises(ArgumentError, match="`weights` must have 2 entries, but has 3"):
        Nash((1.0, 1.0, 1.0)).on_hull(vertices(random_space(1)), np.zeros((2, 3)))
