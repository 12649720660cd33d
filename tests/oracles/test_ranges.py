"""The bargaining range of a one-shot war, and what ratification leaves of it.

References: Fearon (1995); Schelling (1960), Putnam (1988), Tarar (2001) for ratification.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.oracles.closed_forms import static
from zopa.bargaining import Frontier, MarkovWar, Status, solve
from zopa.war.forts import alternating

D = 0.9


def one_shot(p: float, c: tuple[float, float], floors: tuple[float, float] | None = None,
             discount: tuple[float, float] = (D, D)) -> MarkovWar:
    """War is one lottery: A wins everything with probability p, at costs c, at once."""
    ends = [[1 / discount[0], 0.0], [0.0, 1 / discount[1]]]
    return MarkovWar([[1, 2]], [[p, 1 - p]], c, discount, 0.5, ends, floor=floors)


def test_range_between_the_two_sides_demands() -> None:
    solution = solve(one_shot(0.6, (0.1, 0.15)))
    assert_allclose(solution.offer[:, 0, 0], [0.75, 0.5], atol=1e-12)
    assert_allclose(solution.reservation[:, 0], [0.5, 0.25], atol=1e-12)


def test_range_at_other_values() -> None:
    for p, c_a, c_b in product((0.3, 0.5, 0.7), (0.0, 0.1, 0.25), (0.02, 0.2)):
        solution = solve(one_shot(p, (c_a, c_b), discount=(0.5, 1.0)))
        assert_allclose(solution.offer[:, 0, 0], [p + c_b, p - c_a], atol=1e-12)


@pytest.mark.parametrize(("floors", "low", "high"), [((0.65, 0.2), 0.65, 0.75),
                                                     ((0.7, 0.35), None, None)])
def test_win_set(floors: tuple[float, float], low: float | None, high: float | None) -> None:
    solution = solve(one_shot(0.6, (0.1, 0.15), floors))
    if low is None:
        assert not solution.agree.any()
        assert np.isnan(solution.offer).all()
    else:
        assert_allclose(solution.offer[:, 0, 0], [high, low], atol=1e-12)


def test_win_set_at_other_values() -> None:
    """[max(p - c_A, rho_A), min(p + c_B, 1 - rho_B)], empty where it is."""
    empty = 0
    for p, c_a, c_b, rho_a, rho_b in product((0.35, 0.6), (0.05, 0.2), (0.03, 0.3),
                                             (0.0, 0.41, 0.66), (0.0, 0.27, 0.61)):
        low, high = max(p - c_a, rho_a), min(p + c_b, 1 - rho_b)
        solution = solve(one_shot(p, (c_a, c_b), (rho_a, rho_b)))
        if low <= high:
            assert_allclose(solution.offer[:, 0, 0], [high, low], atol=1e-12)
        else:
            empty += 1
            assert not solution.agree.any()
    assert empty > 10


def test_a_range_of_one_point_is_a_deal() -> None:
    """Floors that meet exactly: ties agree."""
    solution = solve(one_shot(0.6, (0.1, 0.15), (0.7, 0.3)))
    assert_allclose(solution.offer[:, 0, 0], [0.7, 0.7], atol=1e-12)


def test_binding_floor_with_alternating_offers() -> None:
    for floor, d in ((0.6, 0.9), (0.75, 0.7), (0.55, 0.95), (0.9, 0.5)):
        assert floor >= d / (1 + d)
        solution = solve(alternating(static((d, d), floor=(floor, -np.inf))))
        assert solution.status is Status.CONVERGED
        assert_allclose(solution.value[0, 0], 1 - d * (1 - floor), atol=1e-10)
    assert_allclose(1 - 0.9 * (1 - 0.6), 0.64)


def test_packages_can_leave_the_range_empty() -> None:
    """Indivisible issues: no real package lies in a range that the mixtures cross."""
    war = one_shot(0.6, (0.1, 0.15))
    packages = [(0.0, 1.0), (0.45, 0.55), (0.8, 0.2), (1.0, 0.0)]
    assert solve(war, Frontier(packages)).agree.all()
    assert not solve(war, Frontier.packages(packages)).agree.any()
    assert solve(war, Frontier.packages([*packages, (0.7, 0.3)])).agree.all()
