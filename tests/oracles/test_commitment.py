"""Deals that do not bind: shifting power, windows of weakness, several equilibria.

References: Fearon (2004), Powell (2004, 2006).  War is a lottery that pays at once.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from tests.oracles.closed_forms import lottery_war, power_shift
from zopa.bargaining import MarkovWar, Status, solve

NONE = -np.inf


def needs_war(p0: float, p1: float, d: float, loss: float, pi: float) -> float:
    """Positive where they fight: p0 (1 - D) - {1 - d [(1 - p1)(1 - D) + (1 - pi) D]}."""
    return p0 * (1 - loss) - (1 - d * ((1 - p1) * (1 - loss) + (1 - pi) * loss))


@pytest.mark.parametrize(("p0", "p1", "fights", "value"), [
    (0.8, 0.4, True, (0.64, 0.16)), (0.6, 0.4, False, (0.568, 0.432)),
    (0.8, 0.51, False, (0.6472, 0.3528))])
def test_shifting_power(p0: float, p1: float, fights: bool, value: tuple[float, float]) -> None:
    solution = solve(power_shift(p0, p1, 0.9, 0.2, pi=1.0))
    assert solution.agree[0, 0] == (not fights)
    assert_allclose(solution.value[:, 0], value, atol=1e-10)
    assert_allclose(solution.reservation, 0.8 * np.array([(p0, p1), (1 - p0, 1 - p1)]), atol=1e-15)
    assert solution.status.settled


def test_threshold_of_shifting_power() -> None:
    assert_allclose(needs_war(0.8, 0.5, 0.9, 0.2, 1.0), 0.0, atol=1e-12)
    assert not solve(power_shift(0.8, 0.5 - 1e-6, 0.9, 0.2, 1.0)).agree[0, 0]
    assert solve(power_shift(0.8, 0.5 + 1e-6, 0.9, 0.2, 1.0)).agree[0, 0]


def test_shifting_power_at_other_values() -> None:
    outcomes = []
    for p0, p1, d, loss in product((0.5, 0.7, 0.9), (0.05, 0.3, 0.45), (0.8, 0.95), (0.05, 0.25)):
        solution = solve(power_shift(p0, p1, d, loss, pi=1.0))
        outcomes.append(solution.agree[0, 0])
        assert solution.agree[0, 0] == (needs_war(p0, p1, d, loss, 1.0) <= 0)
    assert 0.2 < np.mean(outcomes) < 0.8


def test_shifting_power_when_both_propose() -> None:
    """The formula for pi < 1 holds where no end of the pie binds after the shift."""
    checked = []
    for p0, p1, d, pi in product((0.6, 0.75, 0.95), (0.3, 0.4, 0.5), (0.3, 0.5, 0.7), (0.3, 0.7)):
        loss = 0.2
        solution = solve(power_shift(p0, p1, d, loss, pi))
        later = solution.offer[:, 1]
        if ((later > 1e-9) & (later < 1 - 1e-9)).all():
            checked.append(solution.agree[0, 0])
            assert solution.agree[0, 0] == (needs_war(p0, p1, d, loss, pi) <= 0)
    assert len(checked) > 10


@given(st.floats(0.3, 0.95), st.floats(0.02, 0.9), st.floats(0.5, 0.98), st.floats(0.02, 0.4),
       st.floats(0, 1), st.floats(0, 1))
def test_more_enforcement_never_undoes_a_peace(p0: float, p1: float, d: float, loss: float,
                                               e: float, more: float) -> None:
    """True where one side makes all offers and its power falls once."""
    assume(p1 < p0)
    weak = solve(power_shift(p0, p1, d, loss, 1.0, enforcement=min(e, more)))
    strong = solve(power_shift(p0, p1, d, loss, 1.0, enforcement=max(e, more)))
    assert strong.agree[0, 0] or not weak.agree[0, 0]


def window(d: float, m_w: float, m_s: float, closing: float) -> MarkovWar:
    """B makes all offers; A's war payoff is m_w until the window closes, then m_s for good."""
    loss = 0.2
    return lottery_war([[m_w, m_s], [1 - loss - m_w, 1 - loss - m_s]], d, [0.0, 0.0],
                       [[1 - closing, closing], [0.0, 1.0]])


def test_window_of_weakness() -> None:
    for d, m_w, m_s in ((0.95, 0.6, 0.1), (0.9, 0.5, 0.3), (0.99, 0.7, 0.0), (0.8, 0.6, 0.2)):
        closing = (1 - d) * (1 - m_w) / (d * (m_w - m_s))
        if (d, m_w, m_s) == (0.95, 0.6, 0.1):
            assert_allclose(closing, 0.0421052632, atol=5e-11)
        assert solve(window(d, m_w, m_s, closing * (1 - 1e-6))).agree[1, 0]
        assert not solve(window(d, m_w, m_s, closing * (1 + 1e-6))).agree[1, 0]


def test_two_equilibria_are_both_reported() -> None:
    p = np.array([0.8, 0.5])
    war = lottery_war(0.7 * np.array([p, 1 - p]), 0.9, [0.3, 0.1], [[0.4, 0.6], [0.6, 0.4]])
    solution = solve(war)
    assert solution.status is Status.NOT_UNIQUE
    assert_allclose(solution.value, [(0.56, 0.35), (0.14, 0.35)], atol=1e-10)
    assert not solution.agree.any()
    (peace,) = solution.alternatives
    assert_allclose(peace.value, [(0.56206, 0.489863), (0.43794, 0.510137)], atol=5.1e-7)
    assert peace.agree.all()
    assert peace.status is Status.NOT_UNIQUE


def test_two_solutions_from_floors_are_both_reported() -> None:
    war = MarkovWar([[0, 1, 2, 3]] * 2, [[0.08, 0.72, 0.02, 0.18], [0.72, 0.08, 0.18, 0.02]],
                    (0, 0.1), (0.8, 0.8), 0.5, np.eye(2), floor=[[0.2, 0.4], [NONE, 0.5]])
    solution = solve(war)
    assert solution.status is Status.NOT_UNIQUE
    assert_allclose(solution.value, [(0.467683, 0.471790), (0.532317, 0.528210)], atol=5.1e-7)
    (other,) = solution.alternatives
    assert_allclose(other.value, [(0.596561, 0.520961), (0.403439, 0.158527)], atol=5.1e-7)

    mirror = solve(war.swapped())
    assert_allclose(mirror.value[::-1], other.value, atol=1e-9)
    assert_allclose(mirror.alternatives[0].value[::-1], solution.value, atol=1e-9)
