"""The Rubinstein family: alternating and random proposers, breakdown, options, curved pies."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import fsolve

from tests.oracles.closed_forms import (
    breakdown,
    breakdown_war,
    inside_options,
    outside_options,
    random_proposer,
    rubinstein,
    static,
)
from zopa.bargaining import Frontier, MarkovWar, Solution, Status, solve
from zopa.war.forts import alternating

SHARES = (0.05, 0.3, 0.5, 0.8)
DISCOUNTS = (0.3, 0.7, 0.9, 0.99)


@pytest.mark.parametrize(
    ("discount", "a_proposes", "b_proposes"),
    [((0.9, 0.9), 0.5263157895, 0.4736842105), ((0.9, 0.8), 0.7142857143, 0.6428571429)])
def test_alternating(discount: tuple[float, float], a_proposes: float, b_proposes: float) -> None:
    solution = solve(alternating(static(discount)))
    assert_allclose(solution.value[0], [a_proposes, b_proposes], atol=5e-11)
    assert_allclose(rubinstein(*discount), [a_proposes, b_proposes], atol=5e-11)
    assert_allclose(solution.offer[0, 0], [a_proposes, 1 - a_proposes], atol=5e-11)


@pytest.mark.parametrize("discount", list(product(DISCOUNTS, DISCOUNTS)))
def test_alternating_at_other_discounts(discount: tuple[float, float]) -> None:
    solution = solve(alternating(static(discount)))
    assert solution.status is Status.CONVERGED
    assert_allclose(solution.value[0], rubinstein(*discount), atol=1e-10)
    assert_allclose(solution.value.sum(axis=0), 1.0, atol=1e-10)


def test_random_proposer() -> None:
    assert_allclose(solve(static((0.9, 0.8), 0.5)).value[0, 0], 0.6666666667, atol=5e-11)
    for pi, d_a, d_b in product(SHARES, DISCOUNTS, DISCOUNTS):
        value = solve(static((d_a, d_b), pi)).value[0, 0]
        assert_allclose(value, random_proposer(pi, d_a, d_b), atol=1e-10)


def test_breakdown() -> None:
    assert_allclose(solve(breakdown_war(0.2, (0.1, 0.3))).value[0, 0], 0.4333333333, atol=5e-11)
    for p, b_a, b_b in product((0.05, 0.3, 0.9, 1.0), (0.0, 0.2, 0.45), (0.0, 0.1, 0.55)):
        solution = solve(breakdown_war(p, (b_a, b_b)))
        assert_allclose(solution.value[0, 0], breakdown(p, (b_a, b_b)), atol=1e-10)


def inside_war(d: float, g: tuple[float, float]) -> MarkovWar:
    """While they disagree, i gets the flow (1 - d) g_i: a negative cost."""
    return alternating(static((d, d), cost=(-(1 - d) * g[0], -(1 - d) * g[1])))


def test_inside_options() -> None:
    assert_allclose(solve(inside_war(0.9, (0.2, 0.1))).value[0, 0], 0.5684210526, atol=5e-11)
    for d, g_a, g_b in product(DISCOUNTS, (0.0, 0.3, 0.6), (0.0, 0.15, 0.35)):
        solution = solve(inside_war(d, (g_a, g_b)))
        assert_allclose(solution.value[0, 0], inside_options(d, (g_a, g_b)), atol=1e-10)


def outside_solution(d: float, w: tuple[float, float]) -> Solution:
    return solve(alternating(static((d, d), outside_option=w)))


@pytest.mark.parametrize(("w", "share"), [((0.1, 0.6), 0.4), ((0.6, 0.1), 0.64),
                                          ((0.3, 0.3), 0.5263157895), ((0.55, 0.4), 0.595)])
def test_outside_options(w: tuple[float, float], share: float) -> None:
    solution = outside_solution(0.9, w)
    assert_allclose(solution.value[0, 0], share, atol=5e-11)
    assert solution.agree.all()
    assert solution.status is Status.NOT_CERTIFIED


def test_outside_options_at_other_values() -> None:
    for d, w_a, w_b in product((0.6, 0.9, 0.95), (0.02, 0.33, 0.57, 0.81), (0.01, 0.36, 0.58)):
        if w_a + w_b <= 1:
            solution = outside_solution(d, (w_a, w_b))
            assert_allclose(solution.value[0, 0], outside_options(d, (w_a, w_b)), atol=1e-9)


def test_outside_options_that_sum_to_more_than_the_pie_end_the_talks() -> None:
    solution = outside_solution(0.9, (0.7, 0.5))
    assert not solution.agree.any()
    assert_allclose(solution.value, [[0.7, 0.7], [0.5, 0.5]])
    path = solution.path(0, [[1.0], [1.0]], 3)
    assert path.opted_out == 1.0
    assert path.fighting == 0.0


def curved(around: np.ndarray, width: float) -> Frontier:
    """u_B = sqrt(1 - u_A) through vertices on the curve, the finest near the given u_A."""
    near = (around[:, None] + width * np.linspace(-1, 1, 49)).ravel()
    u = np.unique(np.clip(np.concatenate([np.linspace(0, 1, 17), near]), 0, 1))
    return Frontier(np.stack([u, np.sqrt(1 - u)], axis=1))


def curved_solution(war: MarkovWar) -> Solution:
    """Solve with a coarse frontier, then twice with one that is fine where offers were made."""
    offers, width = np.array([0.5]), 0.5
    for width in (0.5, 0.02, 1e-4, 1e-6):
        solution = solve(war, curved(offers, width))
        offers = solution.offer[..., 0].ravel()
    return solution


@pytest.mark.parametrize(("pi", "d", "value", "offers"), [
    (0.5, 0.9, (0.66445183, 0.57639042), (0.73089701, 0.59800664)),
    (0.5, 0.99, (0.66664445, None), None),
    (2 / 3, 0.999, (0.80007965, None), None)])
def test_concave_frontier(pi: float, d: float, value: tuple[float, float | None],
                          offers: tuple[float, float] | None) -> None:
    solution = curved_solution(static((d, d), pi))
    assert_allclose(solution.value[0, 0], value[0], atol=5e-9)
    if value[1] is not None:
        assert_allclose(solution.value[1, 0], value[1], atol=5e-9)
    if offers is not None:
        assert_allclose(solution.offer[:, 0, 0], offers, atol=5e-9)


@pytest.mark.parametrize(("pi", "d_a", "d_b"), [(0.3, 0.8, 0.9), (0.7, 0.95, 0.6),
                                                (0.5, 0.5, 0.97)])
def test_concave_frontier_at_other_values(pi: float, d_a: float, d_b: float) -> None:
    """V_A = pi (1 - (d_B V_B)^2) + (1 - pi) d_A V_A and its mirror, solved by another method."""

    def equations(v: np.ndarray) -> list[float]:
        a_best, b_best = 1 - (d_b * v[1]) ** 2, np.sqrt(1 - d_a * v[0])
        return [pi * a_best + (1 - pi) * d_a * v[0] - v[0],
                pi * d_b * v[1] + (1 - pi) * b_best - v[1]]

    expected = fsolve(equations, [0.5, 0.5], xtol=1e-13)
    solution = curved_solution(static((d_a, d_b), pi))
    assert_allclose(solution.value[:, 0], expected, atol=1e-9)
