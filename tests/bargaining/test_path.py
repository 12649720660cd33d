"""Paths: probabilities over time in the analyst's belief."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining.wars import Traits, draw
from zopa.bargaining import MarkovWar, Solution, solve
from zopa.core.errors import ArgumentError
from zopa.war.forts import forts

ROW = [[1.0]]


def talking(talks: float) -> Solution:
    """They agree whenever they talk."""
    return solve(MarkovWar([[0]], ROW, (0.01, 0.01), (0.9, 0.9), 0.5, np.zeros((2, 0)),
                           talks=talks))


def test_settled_is_the_probability_in_each_period() -> None:
    path = talking(0.25).path(0, ROW, 5)
    assert_allclose(path.settled, 0.25 * 0.75 ** np.arange(5))
    assert_allclose(path.settled_by, 1 - 0.75 ** np.arange(6))
    assert_allclose(path.fought, 0.75 ** np.arange(1, 6))
    assert_allclose(path.fighting, np.sum(0.75 ** np.arange(1, 6)))
    assert_allclose(path.unresolved, 0.75**5)


def test_agreement_now_is_settled_in_period_0() -> None:
    path = talking(1.0).path(0, ROW, 3)
    assert_array_equal(path.settled, [1.0, 0.0, 0.0])
    assert path.fighting == 0.0


def test_a_war_without_talks_is_the_walk_itself() -> None:
    """No deals: the terminals are ruin, and the periods fought its duration."""
    war = forts(10, 0.5, (0.01, 0.01), (1, 1), talks=0.0)
    path = solve(war).path(2, war.probability[0], 3000)
    assert_allclose(path.terminal, [0.3, 0.7], atol=1e-12)
    assert_allclose(path.fighting, 21.0, atol=1e-9)
    assert path.settled.sum() == 0.0


def test_start_may_be_a_distribution() -> None:
    drawn = draw(5, Traits())
    solution = solve(drawn.war, drawn.frontier)
    belief, n = drawn.war.probability[1], drawn.war.n_states
    mixed = solution.path(np.full(n, 1 / n), belief, 20)
    single = [solution.path(s, belief, 20) for s in range(n)]
    assert_allclose(mixed.settled, np.mean([path.settled for path in single], axis=0), atol=1e-15)
    assert_allclose(mixed.fighting, np.mean([path.fighting for path in single]))


def test_everything_ends_somewhere() -> None:
    for seed in range(20):
        drawn = draw(seed, Traits())
        solution = solve(drawn.war, drawn.frontier)
        path = solution.path(0, drawn.war.probability[0], 15)
        total = path.settled.sum() + path.terminal.sum() + path.opted_out + path.unresolved
        assert_allclose(total, 1.0, atol=1e-13)
        assert_allclose(path.signed.sum(axis=(1, 2)), path.settled, atol=1e-15)
        assert_allclose(path.states[-1].sum(), path.unresolved, atol=1e-15)
        assert path.states.shape == (16, drawn.war.n_states)


@pytest.mark.parametrize(("arguments", "message"), [
    ((1, ROW, 5), "`start`"), ((-1, ROW, 5), "`start`"), ((0.0, ROW, 5), "`start`"),
    (([0.5], ROW, 5), "sum to 1"), (([0.5, 0.5], ROW, 5), "shape"),
    ((0, [[0.5]], 5), "sums to 0.5"), ((0, [[0.5, 0.5]], 5), "(state, branch)"),
    ((0, [[[1.0]], [[1.0]]], 5), "Choose one belief"),
    ((0, ROW, 0), "`periods`"), ((0, ROW, 2.5), "`periods`"), ((0, ROW, True), "`periods`")])
def test_arguments_are_checked(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        talking(0.5).path(*arguments)
    assert message in str(error.value)
