"""One side's private resolve: offers that are refused by the tough and accepted by the weak.

References: Fearon (1995) for one offer; Powell (2004) for offers while fighting; Gul, Sonnenschein
and Wilson (1986) for the Coase limit.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from zopa.bargaining import MarkovWar
from zopa.bargaining.screening_table import Screening, follow, known, screen
from zopa.bargaining.screening_types import two_types
from zopa.core.errors import ArgumentError

D = 0.9


def one_shot(p: float, c_a: float) -> MarkovWar:
    """War is one lottery: A wins everything with probability p, at once."""
    return MarkovWar([[1, 2]], [[p, 1 - p]], (c_a, 0.0), (D, D), 0.5, [[1 / D, 0.0], [0.0, 1 / D]])


def fighting(length: float = 1.0) -> MarkovWar:
    """Either side wins with hazard .05 a unit of time; A's cost .005, interest .01."""
    if length == 1.0:
        win, discount = 0.05, 0.99
    else:
        win, discount = (1.0 - np.exp(-0.1 * length)) / 2.0, np.exp(-0.01 * length)
    return MarkovWar([[0, 1, 2]], [[1.0 - 2 * win, win, win]], (0.005 * length, 0.0),
                     (discount, discount), 0.5, [[1.0, 0.0], [0.0, 1.0]])


def settles(war: MarkovWar, solved: Screening, periods: int) -> float:
    return float(follow(war, solved, 0, war.probability[0], periods)[0][-1])


@pytest.mark.parametrize(("p", "c_a", "low", "high", "demand", "fights", "value"), [
    (0.5, 0.1, 0.0, 0.4, 0.65, 0.375, 0.55625),
    (0.6, 0.05, 0.05, 0.35, 0.75, 1 / 3, 0.6833333333)])
@pytest.mark.parametrize("cutoffs", [2, 9])
def test_take_it_or_leave_it(p: float, c_a: float, low: float, high: float, demand: float,
                             fights: float, value: float, cutoffs: int) -> None:
    """c* = max(l, (h - c_A)/2), demand p + c*: exact on any grid, since all is linear in theta."""
    war = one_shot(p, c_a)
    solved = screen(war, None, 1, low, high, 1, cutoffs)
    offers, left = solved.offers(0, 1)
    assert_allclose(offers[0, 0], demand, atol=1e-10)
    assert_allclose(left[1], max(low, (high - c_a) / 2), atol=1e-10)
    assert_allclose(1 - settles(war, solved, 1), fights, atol=1e-9)
    assert_allclose(solved.value[0], value, atol=1e-9)


def test_take_it_or_leave_it_at_other_values() -> None:
    seen = set()
    for p in (0.4, 0.6):
        for c_a in (0.0, 0.1, 0.3):
            for low, high in ((0.0, 0.35), (0.1, 0.3), (0.2, 0.25)):
                solved = screen(one_shot(p, c_a), None, 1, low, high, 1, 5)
                cutoff = max(low, (high - c_a) / 2)
                seen.add(cutoff == low)
                assert_allclose(solved.offers(0, 1)[1][-1], cutoff, atol=1e-10)
    assert seen == {True, False}


def test_one_offer_then_fight() -> None:
    war = fighting()
    solved = screen(war, None, 1, 0.0, 0.04, 1, 5)
    assert_allclose(solved.offers(0, 1)[1][1], 0.0125, atol=1e-12)
    assert_allclose(1 - settles(war, solved, 1), 0.3125, atol=1e-12)
    assert_allclose(solved.value[0], 0.581709, atol=5e-7)


@pytest.mark.parametrize("periods", [5, 6, 12])
def test_three_offers_that_rise(periods: int) -> None:
    """The oracle's own grid leaves an error of about 1e-3 in where the cutoffs lie."""
    war = fighting()
    solved = screen(war, None, 1, 0.0, 0.04, periods, 161)
    offers, left = solved.offers(0, periods)
    assert_allclose(offers[:, 1], [0.43551, 0.45287, 0.45413], atol=1e-5)
    assert_allclose(solved.value[0], 0.549819, atol=1e-5)
    assert_allclose(settles(war, solved, periods), 0.95341, atol=1e-5)
    assert (np.diff(left) < 0).all() and left[-1] == 0.0
    assert solved.rises < 0


def test_the_grid_costs_little() -> None:
    """Against 641 points: value, and the probability of settling, which is more sensitive."""
    war = fighting()

    def both(cutoffs: int) -> tuple[float, float]:
        solved = screen(war, None, 1, 0.0, 0.04, 6, cutoffs)
        return float(solved.value[0]), settles(war, solved, 6)

    fine = both(641)
    for cutoffs, value, settle in ((11, 1e-4, 0.02), (21, 5e-7, 1e-4), (41, 1e-9, 1e-7)):
        coarse = both(cutoffs)
        assert abs(coarse[0] - fine[0]) < value
        assert abs(coarse[1] - fine[1]) < settle


@pytest.mark.parametrize(("length", "expected"), [
    (1.0, 0.46816), (0.5, 0.23852), (0.25, 0.12040), (0.125, 0.06072), (0.0625, 0.03038)])
def test_coase_limit(length: float, expected: float) -> None:
    """Ever shorter periods: the expected time at war falls in proportion."""
    win, discount = (1.0 - np.exp(-0.1 * length)) / 2.0, float(np.exp(-0.01 * length))
    war = MarkovWar([[0, 1, 2]], [[1.0 - 2 * win, win, win]], (0.005 * length, 0.0),
                    (discount, discount), 0.5, [[1.0, 0.0], [0.0, 1.0]])
    periods = round(20 / length)
    solved = screen(war, None, 1, 0.0, 0.04 * length, periods, 101)
    time = follow(war, solved, 0, war.probability[0], periods)[1].sum() * length
    assert_allclose(time, expected, atol=3e-4)


def test_two_types() -> None:
    found = two_types(0.01, 0.08, 0.02, 0.05, 0.05, 0.95)
    assert_allclose(found, (0.2586207, 0.1886207, 0.4666667), atol=1e-7)


@pytest.mark.parametrize("tough", [0.2, 0.45, 0.49, 0.8])
def test_two_types_by_enumeration(tough: float) -> None:
    """Pool now, or screen now and pool next: the better of the two by its payoff."""
    alpha = beta = 0.05
    delta, sigma = 0.95, 0.9
    x1, x0, threshold = two_types(0.01, 0.08, 0.02, alpha, beta, delta)
    wait = -0.02 + delta * alpha + delta * sigma * (1 - x1)
    assert (1 - x1 >= (1 - tough) * (1 - x0) + tough * wait) == (tough >= threshold)


def test_two_types_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="tough_cost"):
        two_types(0.08, 0.01, 0.02, 0.05, 0.05, 0.95)
    with pytest.raises(ArgumentError, match="nobody is offered"):
        two_types(0.0, 0.01, -2.0, 0.05, 0.05, 0.95)


def test_known_resolve_settles_at_once_at_the_middle_of_the_values() -> None:
    """Fighting is costly to both, so with theta known every type settles; A gets 1 - W_B."""
    war = fighting()
    counterpart = known(war, None, 1, 0.0, 0.04, 12, 9)
    assert counterpart.agree.all()
    w = (0.99 * 0.05 - counterpart.theta) / (1 - 0.99 * 0.9)
    assert_allclose(counterpart.value[0, :, 0], 1 - np.maximum(w, 0.0), atol=1e-12)
    assert follow(war, counterpart, 0, war.probability[0], 1)[0][1] == pytest.approx(1.0)


@pytest.mark.parametrize("enforcement", [1.0, 0.9])
def test_no_spread_is_known_resolve(enforcement: float) -> None:
    war = MarkovWar([[0, 1, 2, 3], [0, 1, 2, 3]], [[0.5, 0.4, 0.06, 0.04], [0.3, 0.6, 0.02, 0.08]],
                    (0.01, 0.02), (0.98, 0.97), 0.5, [[1.0, 0.0], [0.0, 1.0]], talks=0.6,
                    enforcement=enforcement,
                    peace_next_state=[[0, 1], [0, 1]], peace_probability=[[0.7, 0.3], [0.2, 0.8]],
                    floor=(-np.inf, 0.3))
    solved = screen(war, None, 1, 0.01, 0.01, 9, 5)
    counterpart = known(war, None, 1, 0.01, 0.01, 9, 5)
    assert_allclose(solved.value, counterpart.value[0, 0], atol=1e-12)
    assert_allclose(solved.top, counterpart.value[1], atol=1e-12)
    for state in (0, 1):
        one, other = (follow(war, s, state, war.probability[0], 9)[0]
                      for s in (solved, counterpart))
        assert_allclose(one, other, atol=1e-12)
