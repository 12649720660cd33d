"""The walk over forts and the doubled state of alternating offers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from zopa.core.errors import ArgumentError
from zopa.war.forts import alternating, forts
from zopa.war.table import MarkovWar


def test_moves_of_the_walk() -> None:
    war = forts(4, 0.6, (0.01, 0.02), (0.9, 0.9))
    assert_array_equal(war.next_state, [[1, 4], [2, 0], [3, 1]])
    assert_allclose(war.probability[0], [[0.6, 0.4]] * 3)
    assert_array_equal(war.terminal, np.eye(2))


def test_each_side_may_have_its_own_belief() -> None:
    war = forts(3, (0.7, 0.4), (0, 0), (0.9, 0.9))
    assert_allclose(war.probability[:, 0, 0], [0.7, 0.4])


def test_swapping_turns_the_row_round() -> None:
    """A's k forts are the other side's N - k."""
    war = forts(5, 0.6, (0.01, 0.02), (0.9, 0.8), 0.3).swapped()
    mirror = forts(5, 0.4, (0.02, 0.01), (0.8, 0.9), 0.7)
    assert_allclose(war.cost, mirror.cost)
    assert_allclose(war.proposer, mirror.proposer)
    turned = np.array([3, 2, 1, 0, 5, 4])
    assert_array_equal(turned[war.next_state][::-1, ::-1], mirror.next_state)
    assert_allclose(war.probability[:, ::-1, ::-1], mirror.probability)


def test_alternating_passes_the_turn() -> None:
    war = alternating(forts(3, 0.5, (0.01, 0.02), (0.9, 0.9), talks=[0.3, 0.6]))
    assert_array_equal(war.proposer, [1, 1, 0, 0])
    assert_array_equal(war.next_state, [[3, 5], [4, 2], [1, 5], [4, 0]])
    assert_array_equal(war.talks, [0.3, 0.6, 0.3, 0.6])


def test_alternating_after_a_lapsed_deal() -> None:
    war = MarkovWar([[0, 1]], [[0.9, 0.1]], (0, 0), (0.9, 0.9), 0.5, [[0.5], [0.5]],
                    enforcement=0.8, peace_next_state=[[0]], peace_probability=[[1.0]])
    doubled = alternating(war)
    assert_array_equal(doubled.peace_next_state, [[1], [0]])
    assert_array_equal(doubled.next_state, [[1, 2], [0, 2]])
    assert_array_equal(doubled.enforcement, [0.8, 0.8])


@pytest.mark.parametrize("n", [1, 0, 2.5, True])
def test_at_least_two_forts(n: object) -> None:
    with pytest.raises(ArgumentError, match="`n` must be a whole number of forts"):
        forts(n, 0.5, (0, 0), (1, 1))
