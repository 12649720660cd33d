"""Frontiers as a user gives them: what is accepted, what is refused, and the arrays they become."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining.plain import best, undominated
from tests.bargaining.wars import concave_points, package_points
from zopa.agreement import boundary
from zopa.agreement.boundary import Hull, Steps
from zopa.agreement.frontier import Frontier
from zopa.core.errors import ArgumentError

TRIANGLE = [(0.0, 1.0), (0.6, 0.7), (1.0, 0.0)]


def test_pie() -> None:
    hull = Frontier.pie().boundary()
    for i in (0, 1):
        assert_allclose(hull.offer(i, np.array([0.0, 0.3, 1.0]), np)[0], [1.0, 0.7, 0.0])
    assert_array_equal(Frontier.pie(2.0).vertices, [(0, 2), (2, 0)])


def test_vertices_may_run_either_way() -> None:
    assert_array_equal(Frontier(TRIANGLE).vertices, Frontier(TRIANGLE[::-1]).vertices)


def test_swapped() -> None:
    assert_array_equal(Frontier(TRIANGLE).swapped().vertices, [(0, 1), (0.7, 0.6), (1, 0)])
    two = Frontier.by_state([Frontier(TRIANGLE), Frontier.pie()]).swapped()
    assert_array_equal(two.frontiers[0].vertices, [(0, 1), (0.7, 0.6), (1, 0)])


def test_packages_keep_the_undominated_and_remember_which() -> None:
    frontier = Frontier.packages([(0.5, 0.5), (0.2, 0.8), (0.4, 0.5), (0.5, 0.5), (0.9, 0.1)])
    assert_array_equal(frontier.vertices, [(0.2, 0.8), (0.5, 0.5), (0.9, 0.1)])
    assert frontier.kept.tolist()[0] == 1 and frontier.kept.tolist()[2] == 4
    assert frontier.kept.tolist()[1] in (0, 3)


def test_packages_need_not_be_concave() -> None:
    steps = Frontier.packages([(0.0, 1.0), (0.1, 0.2), (1.0, 0.0)]).boundary()
    assert isinstance(steps, Steps)
    mine, theirs = steps.offer(0, np.array([0.0, 0.1, 0.2, 0.5, 1.5]), np)
    assert_array_equal(mine, [1.0, 0.1, 0.1, 0.0, -np.inf])
    assert_array_equal(theirs, [0.0, 0.2, 0.2, 1.0, 1.5])


def test_one_point_is_a_frontier() -> None:
    hull = Frontier([(0.3, 0.6)]).boundary()
    assert_allclose(hull.offer(0, np.array([0.1, 0.6]), np)[0], 0.3)


@pytest.mark.parametrize(("vertices", "message"), [
    ([(0, 1), (0.5, 0.4), (1, 0)], "must be concave, but (0.5, 0.4) lies below the line"),
    ([(0, 1), (0.5, 1), (1, 0)], "must be strictly decreasing, but (0, 1) is followed by (0.5, 1)"),
    ([(0, 1), (0, 0.5), (1, 0)], "strictly decreasing"),
    ([(0, 0), (1, 1)], "strictly decreasing"), ([(0, 1), (0, 1)], "strictly decreasing"),
    ([(0, 1, 2)], "must have shape (n, 2) with n >= 1, but has shape (1, 3)"),
    ([], "must have shape (n, 2)"), ([0.0, 1.0], "must have shape (n, 2)"),
    ([(0, np.nan), (1, 0)], "must be finite"), ("pie", "array of numbers")])
def test_faults_are_named(vertices: Any, message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        Frontier(vertices)
    assert message in str(error.value)


@pytest.mark.parametrize(("frontiers", "message"), [
    ([], "is empty"), ([[(0, 1), (1, 0)]], "entry 0 is a list"),
    ([Frontier.pie(), Frontier.packages([(0, 1)])], "mixes them")])
def test_faults_by_state_are_named(frontiers: Any, message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        Frontier.by_state(frontiers)
    assert message in str(error.value)


def test_rounding_in_straight_edges_is_forgiven() -> None:
    points = np.array([[k / 10, 1 - k / 10] for k in range(11)])
    assert len(Frontier(points).vertices) == 11


def test_by_state_gives_every_state_its_own() -> None:
    hull = Frontier.by_state([Frontier.pie(), Frontier(TRIANGLE)]).boundary()
    assert isinstance(hull, Hull)
    assert_allclose(hull.offer(0, np.array([0.7, 0.7]), np)[0], [0.3, 0.6])


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_offers_equal_interpolation_and_search(seed: int) -> None:
    rng = np.random.default_rng(seed)
    hulls, packages = concave_points(rng), package_points(rng)
    for i in (0, 1):
        j = 1 - i
        ends = [point[j] for point in hulls]
        x = rng.uniform(min(ends), max(ends), 20)
        mine, _ = Frontier(hulls).boundary().offer(i, x, np)
        assert_allclose(mine, [best(hulls, True, i, each, 0.0)[i] for each in x], atol=1e-13)
        x = rng.uniform(-0.2, 1.2, 20)
        mine, theirs = Frontier.packages(packages).boundary().offer(i, x, np)
        for each, u_i, u_j in zip(x, mine, theirs, strict=True):
            found = best(undominated(packages), False, i, each, 0.0)
            if found is None:
                assert u_i == -np.inf and u_j == each
            else:
                assert (u_i, u_j) == (found[i], found[j])


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_many_lines_or_packages_are_reduced_to_the_same(seed: int) -> None:
    """Above the limit of unrolling the answer is that of one line or package after the other."""
    rng = np.random.default_rng(seed)
    u = np.sort(rng.random(2 * boundary.UNROLLED))
    for kind in (Frontier, Frontier.packages):
        many = kind(np.stack([u, np.sqrt(1 - u)], axis=1)).boundary()
        x = rng.uniform(-0.1, 1.1, (3, 5))
        for i in (0, 1):
            together = many.offer(i, x, np)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(boundary, "UNROLLED", 10**6)
                in_turn = many.offer(i, x, np)
            for one, two in zip(together, in_turn, strict=True):
                assert one.shape == (3, 5)
                assert_array_equal(one, two)
