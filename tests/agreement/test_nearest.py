"""Nearest real packages and mixtures."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import random_space, spaces
from zopa.agreement.nearest import mixture, nearest
from zopa.agreement.points import Nash
from zopa.agreement.space import Space
from zopa.agreement.vertices import vertices
from zopa.agreement.zone import zone


@settings(max_examples=50)
@given(spaces(), st.floats(0.0, 0.5))
def test_nearest_is_the_nearest_in_normalised_utilities(space: Space, w: float) -> None:
    frontier = vertices(space)
    utility = space.utilities(space.packages())
    worth = np.full((2, space.draws), w)
    point = Nash().on_hull(frontier, worth).utility
    allowed = zone(utility, worth).mask
    found = nearest(point, utility, allowed, frontier.range)
    for draw in range(space.draws):
        if np.isnan(point[0, draw]) or not allowed[:, draw].any():
            assert found.package[draw] == -1
            assert np.isnan(found.distance[draw]) and np.isnan(found.utility[:, draw]).all()
            continue
        width = np.where(frontier.range[:, draw] > 0, frontier.range[:, draw], 1.0)
        away = np.hypot(*((utility[..., draw] - point[:, None, draw]) / width[:, None]))
        assert allowed[found.package[draw], draw]
        assert_allclose(found.distance[draw], away[allowed[:, draw]].min(), atol=1e-7)
        assert_allclose(away[found.package[draw]], found.distance[draw], atol=1e-12)


def test_the_nearest_package_keeps_to_what_both_prefer() -> None:
    utility = np.array([[0.5, 0.7, 0.2], [0.1, 0.6, 0.9]])[..., None]
    point, width = np.array([[0.5], [0.2]]), np.array([[0.5], [0.8]])
    free = nearest(point, utility, np.ones((3, 1), bool), width)
    kept = nearest(point, utility, zone(utility, np.array([[0.3], [0.3]])).mask, width)
    assert (free.package.tolist(), kept.package.tolist()) == ([0], [1])
    assert_allclose(free.distance, 0.1 / 0.8)
    assert_allclose(kept.distance, np.hypot(0.2 / 0.5, 0.4 / 0.8))


@settings(max_examples=50)
@given(spaces(), st.floats(0.0, 1.0))
def test_a_point_of_the_hull_is_a_mixture_of_two_packages(space: Space, share: float) -> None:
    frontier = vertices(space)
    corners = frontier.utility
    last = corners.shape[1] - 1
    n = min(int(share * last), max(last - 1, 0))
    t = share * last - n
    point = (1 - t) * corners[:, n] + t * corners[:, min(n + 1, last)]
    mixed = mixture(point, frontier)
    assert_allclose(mixed.distance, 0, atol=1e-7)
    assert_allclose(mixed.utility, point, atol=1e-7)
    assert_allclose(mixed.weight.sum(axis=0), 1, atol=1e-15)
    assert (mixed.weight >= 0).all()
    # the weights do make the point out of the packages' own utilities
    own = space.utilities(mixed.package)
    assert_allclose((own * mixed.weight).sum(axis=1), point, atol=1e-7)


def test_a_point_below_the_frontier_is_measured_to_it() -> None:
    space = random_space(31, draws=1, moving=False)
    frontier = vertices(space)
    middle = frontier.utility[:, :2].mean(axis=1)
    edge = (frontier.utility[:, 1] - frontier.utility[:, 0]) / frontier.range
    inward = np.stack([-edge[1], edge[0]]) / np.hypot(*edge)
    mixed = mixture(middle + 0.01 * inward * frontier.range, frontier)
    assert_allclose(mixed.distance, 0.01, atol=1e-12)
    assert_allclose(mixed.utility, middle, atol=1e-12)
    assert_allclose(mixed.weight[:, 0], 0.5, atol=1e-10)


def test_nothing_where_there_is_no_point() -> None:
    frontier = vertices(random_space(2, draws=2))
    point = frontier.utility[:, 0].copy()
    point[:, 1] = np.nan
    mixed = mixture(point, frontier)
    assert_array_equal(np.isnan(mixed.distance), [False, True])
    assert_array_equal(np.isnan(mixed.weight), [[False, True]] * 2)
    assert np.isnan(mixed.utility[:, 1]).all()


def test_a_single_package() -> None:
    space = random_space(4, largest=1, linked=False)
    frontier = vertices(space)
    mixed = mixture(frontier.utility[:, 0], frontier)
    assert_array_equal(mixed.package[0], mixed.package[1])
    assert_array_equal(mixed.distance, 0.0)
