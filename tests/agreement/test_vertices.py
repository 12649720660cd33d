"""Corners as real packages, and the staircase."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import brute_force, random_space, spaces
from zopa.agreement import hull as hulls
from zopa.agreement import vertices as module
from zopa.agreement.groups import groups
from zopa.agreement.hull import hull
from zopa.agreement.space import Forbidden, Space
from zopa.agreement.vertices import staircase, vertices


@settings(max_examples=60)
@given(spaces())
def test_corners_are_allowed_packages_on_the_boundary(space: Space) -> None:
    x = 0.4
    frontier = vertices(space, x)
    packages = space.packages()
    allowed = set(map(tuple, packages.tolist()))
    assert set(map(tuple, frontier.package.reshape(-1, len(space.issues)).tolist())) <= allowed
    utility = space.utilities(packages, x)
    boundary = hull(space, np.array([x]))
    assert_allclose(frontier.utility[0, 0], boundary.high[0, 0], atol=1e-12)
    assert_allclose(frontier.utility[1, -1], boundary.high[1, 0], atol=1e-12)
    assert_allclose(frontier.utility[1, 0], boundary.low[1, 0], atol=1e-12)
    assert_allclose(frontier.range, boundary.high[:, 0] - boundary.low[:, 0], atol=1e-12)
    for draw in range(space.draws):
        a, b = frontier.utility[..., draw]
        assert_allclose(b, brute_force(utility[..., draw], a), atol=1e-12)
        assert (np.diff(a) <= 1e-12).all() and (np.diff(b) >= -1e-12).all()


@settings(max_examples=60)
@given(spaces())
def test_between_corners_the_boundary_is_straight(space: Space) -> None:
    frontier, boundary = vertices(space, -0.7), hull(space, np.array([-0.7]))
    middle = (frontier.utility[:, 1:] + frontier.utility[:, :-1]) / 2
    for n in range(middle.shape[1]):
        assert_allclose(boundary.offer(1, middle[0, n][None], np)[0][0], middle[1, n], atol=1e-12)


def test_a_single_package_is_a_single_corner() -> None:
    space = random_space(4, largest=1, linked=False)
    frontier = vertices(space)
    assert frontier.utility.shape[1] == 1
    assert_array_equal(frontier.range, 0.0)


def test_position_of_each_draw() -> None:
    space = random_space(8, draws=3)
    together = vertices(space, np.array([-1.0, 0.0, 1.0])).utility
    for draw, x in enumerate((-1.0, 0.0, 1.0)):
        alone = vertices(space, x).utility[..., draw]
        assert_allclose(together[:, :alone.shape[1], draw][:, -1], alone[:, -1], atol=1e-15)
        assert_allclose(together[:, 0, draw], alone[:, 0], atol=1e-15)


@settings(max_examples=60)
@given(spaces())
def test_staircase_is_the_undominated_packages(space: Space) -> None:
    utility = space.utilities(space.packages())[..., 0]
    found = staircase(utility)
    a, b = utility
    undominated = [(a[n], b[n]) for n in range(len(a))
                   if not ((a >= a[n]) & (b >= b[n]) & ((a > a[n]) | (b > b[n]))).any()]
    assert_array_equal(utility[:, found.package], found.steps.points)
    assert_array_equal(found.steps.points.T, sorted(set(undominated), reverse=True))
    assert_array_equal(found.steps.high, utility.max(axis=1))
    # what the steps offer is the best real package for each demand
    for x in np.linspace(b.min(), b.max(), 7):
        mine, theirs = found.steps.offer(0, np.array(x), np)
        best = a[b >= x - 1e-12].max()
        assert_allclose(mine, best, atol=1e-12)
        assert theirs >= x - 1e-12


def test_blocks_of_draws_give_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    space = random_space(17, draws=9)
    whole, lines = vertices(space, 0.3), hull(space, np.array([0.3]))
    monkeypatch.setattr(module, "NUMBERS", 1)
    monkeypatch.setattr(hulls, "NUMBERS", 1)
    parted = vertices(space, 0.3)
    assert_array_equal(parted.package, whole.package)
    assert_array_equal(parted.utility, whole.utility)
    for found, expected in zip(hull(space, np.array([0.3])), lines, strict=True):
        assert_array_equal(found, expected)


def test_a_large_group_of_linked_issues() -> None:
    rng = np.random.default_rng(6)
    sizes = (6, 5, 5, 4, 3)
    weight = rng.dirichlet(np.ones(5), (2, 2)).transpose(0, 2, 1)
    rules = tuple(Forbidden((j, j + 1), ((0, 1), (2,))) for j in range(4))
    space = Space(("a", "b"), tuple("vwxyz"), tuple(tuple(map(str, range(n))) for n in sizes),
                  weight, rng.random((2, sum(sizes), 2)), moving=(1, 4),
                  slope=rng.normal(0.0, 0.5, (2, 2, 2)), forbidden=rules)
    assert len(groups(space)) == 1 and len(space.packages()) > 1000
    frontier = vertices(space, 0.6)
    utility = space.utilities(space.packages(), 0.6)
    boundary = hull(space, np.array([0.6]))
    for draw in range(2):
        a, b = frontier.utility[..., draw]
        assert_allclose(b, brute_force(utility[..., draw], a), atol=1e-12)
        ask = np.linspace(a.min(), a.max(), 50)
        lines = boundary.intercept[1, :, 0, draw] - boundary.slope[1, :, 0, draw] * ask[:, None]
        assert_allclose(lines.min(axis=1), brute_force(utility[..., draw], ask), atol=1e-12)
