"""Fight to the finish and the ceiling of any solution."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from tests.bargaining import plain
from tests.bargaining.wars import PLAIN, Traits, draw
from zopa.bargaining import Frontier, MarkovWar
from zopa.bargaining.finish import ceiling, finish
from zopa.war.forts import forts


def test_finish_is_the_value_of_never_agreeing() -> None:
    for seed in range(20):
        war = draw(seed, PLAIN).war
        assert_allclose(finish(war), plain.never(war, 1500), atol=1e-12)


def test_finish_without_discounting_is_the_chance_of_victory_less_the_costs() -> None:
    """p = 1/2 over 10 forts: P = k/10, T = k (10 - k)."""
    k = np.arange(1, 10)
    war = forts(10, 0.5, (0.01, 0.02), (1, 1))
    assert_allclose(finish(war)[0], k / 10 - 0.01 * k * (10 - k), atol=1e-13)
    assert_allclose(finish(war)[1], 1 - k / 10 - 0.02 * k * (10 - k), atol=1e-13)


def test_ceiling_solves_its_equation_and_is_the_smallest_solution() -> None:
    """Iterating U = max(max F, r(U)) upwards from max F gives the same."""
    for seed in range(20):
        drawn = draw(seed, Traits(by_state=True))
        war = drawn.war
        high = np.broadcast_to(drawn.frontier.boundary().high, (2, war.n_states))
        value = high.copy()
        for _ in range(1500):
            for i in (0, 1):
                ends = np.concatenate([value[i], war.terminal[i]])
                onwards = (war.probability[i] * ends[war.next_state]).sum(axis=1)
                value[i] = np.maximum(high[i], -war.cost[i] + war.discount[i] * onwards)
        assert_allclose(ceiling(war, drawn.frontier), value, atol=1e-11)


def test_ceiling_where_fighting_on_pays_more_than_any_deal() -> None:
    """A gain of 0.2 a period at discount 0.9 is worth 2, above the pie."""
    war = MarkovWar([[0]], [[1.0]], (-0.2, 0.0), (0.9, 0.9), 0.5, np.zeros((2, 0)))
    assert_allclose(ceiling(war, Frontier.pie())[:, 0], [2.0, 1.0], atol=1e-12)
