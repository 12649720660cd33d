"""Ratification as a probability: closed form, a fine grid, and what it must not do."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import lambertw

from tests.oracles.closed_forms import static
from zopa.agreement.boundary import Hull
from zopa.bargaining import Frontier, MarkovWar, ratify, solve
from zopa.bargaining.step import Deal, Rules, step, turn
from zopa.core.errors import ArgumentError

PIE = Hull(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]),
           np.zeros(2), np.ones(2))
DEAL = Deal((1.0, 1.0), (0.0, 0.0))


def rules(floor: tuple[float, float], spread: tuple[float, float]) -> Rules:
    nothing = (-np.inf, -np.inf)
    return Rules(0.5, 1.0, floor, nothing, 1e-12, spread)


def closed(r: float, floor: float, spread: float) -> float:
    """x that maximises (1 - x - r) / (1 + exp(-(x - floor) / spread)), where it is inside.

    The first-order condition (1 - R)(1 - x - r) = s gives, with z = (1 - x - r) / s - 1,
    z exp(z) = exp((1 - r - floor) / s - 1).
    """
    z = float(np.real(lambertw(np.exp((1.0 - r - floor) / spread - 1.0))))
    return 1.0 - r - spread * (1.0 + z)


@pytest.mark.parametrize(("r", "floor", "spread"), [
    (0.3, 0.4, 0.05), (0.2, 0.5, 0.1), (0.55, 0.35, 0.03), (0.1, 0.6, 0.2)])
def test_the_offer_that_weighs_ratification_against_terms(r: float, floor: float,
                                                          spread: float) -> None:
    """Only the responder's ratification is uncertain; the terms are those of the closed form."""
    with np.errstate(over="raise"):
        found = turn(0, (r, 0.0), DEAL, PIE, rules((-np.inf, floor), (0.0, spread)), np)
    x = closed(r, floor, spread)
    assert 0.0 < x < 1.0 - r
    assert float(found.offer[1]) == pytest.approx(x, abs=1e-12)
    ratified = 1.0 / (1.0 + np.exp(-(x - floor) / spread))
    assert bool(found.agree)
    assert float(found.ratified) == pytest.approx(ratified, abs=1e-10)
    assert float(found.value[0]) == pytest.approx(ratified * (1.0 - x) + (1.0 - ratified) * r,
                                                  abs=1e-13)
    assert float(found.value[1]) == pytest.approx(ratified * x, abs=1e-10)


def test_the_responder_is_never_offered_less_than_fighting_on() -> None:
    """With a low floor the constraint binds: the terms are those without any ratification."""
    found = turn(0, (0.1, 0.6), DEAL, PIE, rules((-np.inf, 0.2), (0.0, 0.05)), np)
    assert float(found.offer[1]) == pytest.approx(0.6, abs=1e-12)


def test_both_sides_ratify_against_a_fine_grid() -> None:
    """Random frontiers of three lines: the best of 400,001 points is no better."""
    random = np.random.default_rng(4)
    grid = np.linspace(0.0, 1.0, 400_001)
    for _ in range(20):
        knots = np.sort(random.uniform(0.1, 0.9, 2))
        heights = 1.0 - np.array([0.0, *knots, 1.0]) ** random.uniform(1.5, 4.0)
        frontier = Frontier(np.stack([np.array([0.0, *knots, 1.0]), heights], axis=1)[::-1])
        boundary = Hull(*(part[..., 0] for part in frontier.boundary()))
        floor, spread = tuple(random.uniform(0.2, 0.6, 2)), tuple(random.uniform(0.02, 0.2, 2))
        r = tuple(random.uniform(0.05, 0.4, 2))
        for i in (0, 1):
            case = ratify.Uncertain(i, r[i], 1.0, 0.0, floor, spread, boundary, 1e-12)
            low = max(r[1 - i], float(boundary.low[1 - i]))
            x = ratify.best(case, np.float64(low), boundary.high[1 - i], np)
            most = ratify.aim(case, grid[grid >= low], np).max()
            assert float(ratify.aim(case, x, np)) >= most - 1e-12


def test_a_narrow_spread_comes_to_the_wall() -> None:
    wall = turn(0, (0.2, 0.1), DEAL, PIE, rules((-np.inf, 0.5), (0.0, 0.0)), np)
    for spread, away in ((0.01, 0.06), (0.001, 0.01), (0.0001, 0.0014)):
        soft = turn(0, (0.2, 0.1), DEAL, PIE, rules((-np.inf, 0.5), (0.0, spread)), np)
        assert abs(float(soft.offer[1]) - float(wall.offer[1])) < away
        assert float(soft.ratified) > 0.95


def test_nobody_signs_what_is_worth_less_than_fighting_on() -> None:
    found = step((0.7, 0.5), DEAL, PIE, rules((0.3, 0.3), (0.1, 0.1)), np)
    assert not any(bool(turn_.agree) for turn_ in found.turns)
    assert [float(v) for v in found.value] == [0.7, 0.5]


def test_the_solved_game_stays_in_talks_until_a_deal_is_ratified() -> None:
    """One state: V solves its own equation, and the path settles at the rate of ratification."""
    war = static((0.9, 0.9), floor=(0.4, 0.4), ratification_spread=(0.1, 0.1))
    found = solve(war, Frontier.pie(), horizon=400)
    assert found.agree.all()
    assert found.value[0, 0] == pytest.approx(found.value[1, 0], abs=1e-9)     # symmetric
    path = found.path(0, [[1.0]], 3)
    chance = path.settled[0]
    assert 0.05 < chance < 0.95
    assert path.settled[1] == pytest.approx(chance * (1.0 - chance), abs=1e-9)
    r = found.reservation[:, 0]
    u = found.offer[0, 0]
    value = [chance * 0.5 * (found.offer[0, 0, i] + found.offer[1, 0, i]) + (1.0 - chance) * r[i]
             for i in (0, 1)]
    assert found.value[:, 0] == pytest.approx(value, abs=1e-8)
    assert r == pytest.approx(0.9 * found.value[:, 0], abs=1e-8)
    assert u.sum() == pytest.approx(1.0, abs=1e-12)


def test_exchanging_the_sides_exchanges_the_answers() -> None:
    war = static((0.9, 0.95), 0.3, floor=(0.3, 0.5), ratification_spread=(0.1, 0.0))
    one = solve(war, Frontier.pie(), horizon=60)
    other = solve(war.swapped(), Frontier.pie(), horizon=60)
    assert one.value == pytest.approx(other.value[::-1], abs=1e-9)


def test_what_is_not_supported_is_said() -> None:
    with pytest.raises(ArgumentError, match="ratification_spread"):
        static((0.9, 0.9), floor=(0.3, 0.3), ratification_spread=(0.1, 0.1),
               outside_option=(0.1, 0.1))
    war = static((0.9, 0.9), floor=(0.3, 0.3), ratification_spread=(0.1, 0.1))
    with pytest.raises(ArgumentError, match="concave"):
        solve(war, Frontier.packages([[1.0, 0.0], [0.0, 1.0]]), horizon=5)
    assert isinstance(war, MarkovWar)
