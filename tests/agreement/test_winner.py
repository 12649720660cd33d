"""Adjusted Winner: equitable, efficient, envy-free; at most one issue split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from zopa.agreement.points import Egalitarian
from zopa.agreement.space import Floats, Space
from zopa.agreement.vertices import vertices
from zopa.agreement.winner import adjusted_winner
from zopa.core.errors import ArgumentError


@st.composite
def points(draw: st.DrawFn) -> Floats:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    spread = rng.dirichlet(np.full(draw(st.integers(1, 9)), 0.7), 2) * 100
    if draw(st.booleans()):
        spread = rng.multinomial(100, np.ones(spread.shape[1]) / spread.shape[1], 2) + 0.0
    return spread


@settings(max_examples=100)
@given(points())
def test_equitable_and_at_most_one_issue_split(spread: Floats) -> None:
    division = adjusted_winner(spread)
    assert_allclose(division.total[0], division.total[1], atol=1e-9)
    parts = (division.share > 1e-12) & (division.share < 1 - 1e-12)
    assert parts.sum() <= 1
    if division.split is not None:
        assert not np.delete(parts, division.split).any()
    # envy-free: each has at least half of its own points
    assert division.total.min() >= 50 - 1e-9


@settings(max_examples=60)
@given(points())
def test_it_is_the_egalitarian_point_of_the_contested_space(spread: Floats) -> None:
    issues = spread.shape[1]
    value = np.tile(np.array([[1.0, 0.0], [0.0, 1.0]]), (1, issues))
    space = Space(("a", "b"), tuple(map(str, range(issues))), (("a", "b"),) * issues,
                  spread[..., None], value[..., None])
    point = Egalitarian().on_hull(vertices(space), np.zeros((2, 1)))
    assert_allclose(adjusted_winner(spread).total, point.utility[:, 0], atol=1e-9)


@settings(max_examples=60)
@given(points())
def test_totals_do_not_depend_on_who_comes_first(spread: Floats) -> None:
    assert_allclose(adjusted_winner(spread[::-1]).total[::-1], adjusted_winner(spread).total,
                    atol=1e-9)


def test_nothing_is_split_where_the_points_even_out() -> None:
    division = adjusted_winner(np.array([[60, 40], [40, 60]]))
    assert division.split is None
    assert_allclose(division.share, (1, 0))


@pytest.mark.parametrize("spread, message", [
    (np.ones((3, 2)), r"shape \(2, issue\)"),
    (np.array([[50, 50], [40, 50]]), "sums to 100 and 90. Scale them to 100"),
    (np.array([[110, -10], [50, 50]]), "must be >= 0"),
])
def test_faults(spread: Floats, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        adjusted_winner(spread)
