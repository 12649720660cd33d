"""War as a walk over forts: ruin, Slantchev's values, alternating offers, patrons, any chain."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from tests.oracles.closed_forms import (
    common_belief_value,
    forts_value,
    lapsing_patron,
    ruin,
    ruin_time,
)
from zopa.bargaining import MarkovWar, Solution, Status, solve
from zopa.war.forts import alternating, forts


def interior(solution: Solution) -> bool:
    """No end of the pie binds: every value of fighting on lies inside it."""
    return bool(((solution.reservation > 0) & (solution.reservation < 1)).all())


def ruin_by_engine(n: int, p: float, d: float) -> np.ndarray:
    """`(win or loss, k)`: a prize of 1 for winning, or for losing, with no costs."""
    war = forts(n, p, (0, 0), (d, d))
    prizes = MarkovWar(war.next_state, war.probability, (0, 0), (d, d), 0.5, np.eye(2))
    return solve(prizes, horizon=1).finish


def test_ruin() -> None:
    assert_allclose(ruin_by_engine(10, 0.6, 1.0)[0, 2], 0.7161223611, atol=5e-11)
    assert_allclose(ruin_by_engine(10, 0.6, 0.95)[:, 2], (0.2544222291, 0.1716805657), atol=5e-11)
    time = solve(forts(10, 0.6, (-1.0, -1.0), (1, 1)), horizon=1).finish
    assert_allclose(time[0, 2] - ruin(10, 0.6, 1.0)[0][2], 20.8061180526, atol=5e-10)


def test_ruin_at_other_values() -> None:
    for n, p, d in product((2, 5, 30), (0.2, 0.5, 0.65), (0.5, 0.9, 0.999, 1.0)):
        assert_allclose(ruin_by_engine(n, p, d), ruin(n, p, d), atol=1e-12)
    for n, p in product((2, 5, 30), (0.2, 0.5, 0.65)):
        time = solve(forts(n, p, (-1.0, -1.0), (1, 1)), horizon=1).finish[0] - ruin(n, p, 1.0)[0]
        assert_allclose(time, ruin_time(n, p), rtol=1e-11)


def test_values_without_discounting() -> None:
    solution = solve(forts(10, 0.5, (0.01, 0.005), (1, 1)))
    assert_allclose(solution.value[0, :5], [0.0775, 0.16, 0.2475, 0.34, 0.4375], atol=1e-11)
    assert solution.status is Status.CONVERGED


def test_values_with_discounting() -> None:
    solution = solve(forts(10, 0.55, (0.01, 0.02), (0.95, 0.95)))
    assert_allclose(solution.value[0], [
        0.23671191, 0.39562089, 0.50607951, 0.58746714, 0.65285771, 0.71141723, 0.76999151,
        0.83418304, 0.90911325], atol=5e-9)


def test_a_long_row_of_forts() -> None:
    solution = solve(forts(60, 0.5, (0, 0), (0.9, 0.9), 0.3))
    assert_allclose(solution.value[0, 29], 0.30000033, atol=5e-9)


def test_alternating_offers() -> None:
    solution = solve(alternating(forts(4, 0.5, (0.05, 0.05), (0.9, 0.9))))
    expected = [[0.36743697, 0.51680672, 0.81743697], [0.18256303, 0.48319328, 0.63256303]]
    assert_allclose(solution.value[0].reshape(2, 3), expected, atol=5e-9)
    assert_allclose(solution.value[0], common_belief_value(solution.war), atol=1e-11)


def test_values_at_other_parameters() -> None:
    checked = 0
    for n, p, d, pi, c in product((3, 10, 25), (0.35, 0.5, 0.6), (0.7, 0.95, 1.0), (0.2, 0.6),
                                  ((0.01, 0.002), (0.0, 0.02))):
        solution = solve(forts(n, p, c, (d, d), pi))
        if interior(solution):
            checked += 1
            assert_allclose(solution.value[0], forts_value(n, p, d, pi, c), atol=1e-9)
            assert solution.agree.all()
    assert checked > 60


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_any_common_belief_chain(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, d = int(rng.integers(3, 9)), rng.uniform(0.3, 0.97)
    share = rng.random(4)
    war = MarkovWar(rng.integers(0, n + 4, (n, 4)), rng.dirichlet(np.ones(4), n),
                    rng.uniform(0, 0.1, (2, n)), (d, d), rng.random(n), [share, 1 - share])
    solution = solve(war)
    assume(interior(solution))
    assert_allclose(solution.value[0], common_belief_value(war), atol=1e-10)
    assert_allclose(solution.value.sum(axis=0), 1.0, atol=1e-10)
    assert solution.status is Status.CONVERGED


@pytest.mark.parametrize(("d", "on", "off"), [(1.0, 0.5778801717, 0.7433032712),
                                              (0.98, 0.5279618458, 0.6617123375)])
def test_patron_whose_support_lapses(d: float, on: float, off: float) -> None:
    war = lapsing_patron(10, 0.1, (0.45, 0.55), 0.004, (0.002, 0.005), d)
    solution = solve(war)
    assert_allclose(solution.value[0, [4, 13]], [on, off], atol=5e-11)
    assert_allclose(solution.value[0], common_belief_value(war), atol=1e-10)


def test_patron_at_other_parameters() -> None:
    for hazard, p, d in product((0.02, 0.5, 1.0), ((0.4, 0.5), (0.5, 0.45)), (0.9, 0.995)):
        war = lapsing_patron(10, hazard, p, 0.003, (0.001, 0.002), d, pi=0.4)
        solution = solve(war)
        assert interior(solution)
        assert_allclose(solution.value[0], common_belief_value(war), atol=1e-9)
