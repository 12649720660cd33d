"""Beta learning over the walk of forts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from zopa.core.errors import ArgumentError
from zopa.war.beta import beta_war

PRIORS = ((6, 2), (2, 6))


def test_states_know_battles_position_and_victories() -> None:
    built = beta_war(10, 5, PRIORS, (0.01, 0.01), (1, 1), battles=30)
    assert (built.position[built.start], built.battles[built.start]) == (5, 0)
    learning = built.battles < 30
    assert_array_equal(2 * built.won[learning] - built.battles[learning],
                       built.position[learning] - 5)
    assert ((built.position >= 1) & (built.position <= 9)).all()
    assert (built.battles == 30).sum() == 9


def test_moves_change_the_position_by_one_and_count_the_battle() -> None:
    built = beta_war(10, 5, PRIORS, (0.01, 0.01), (1, 1), battles=12)
    war, n = built.war, built.war.n_states
    for s in range(n):
        for branch, step in enumerate((1, -1)):
            place, to = war.next_state[s, branch], built.position[s] + step
            if to in (0, 10):
                assert place == n + (0 if to == 10 else 1)
            else:
                assert built.position[place] == to
                assert built.battles[place] == min(built.battles[s] + 1, 12)
                assert built.won[place] == built.won[s] + (step == 1) or built.battles[s] == 12


def test_beliefs_are_posterior_means() -> None:
    built = beta_war(10, 5, PRIORS, (0.01, 0.01), (1, 1), battles=20)
    for i, (a, b) in enumerate(PRIORS):
        mean = (a + built.won) / (a + b + built.battles)
        assert_allclose(built.war.probability[i, :, 0], mean)
        assert_allclose(built.prior_belief(a, b), built.war.probability[i])
    assert_allclose(built.belief(0.3)[4], [0.3, 0.7])


def test_learning_follows_bayes() -> None:
    """The chance of a history under the moves is that of the Beta-binomial."""
    built = beta_war(10, 5, ((2, 3), (2, 3)), (0, 0), (1, 1), battles=20)
    state, chance = built.start, 1.0
    for branch in (0, 0, 1, 0):
        chance *= built.war.probability[0, state, branch]
        state = built.war.next_state[state, branch]
    assert_allclose(chance, (2 * 3 * 4 / (5 * 6 * 7)) * (3 / 8))


def test_rules_pass_through() -> None:
    built = beta_war(6, 2, PRIORS, (0.01, 0.01), (0.9, 0.9), talks=0.4, floor=(0.1, 0.2))
    assert np.unique(built.war.talks).tolist() == [0.4]
    assert built.war.floor[1, 0] == 0.2


@pytest.mark.parametrize(("arguments", "message"), [
    ((10, 0, PRIORS), "`start`"), ((10, 10, PRIORS), "`start`"), ((1, 1, PRIORS), "`n`"),
    ((10, 5, ((1, 0), (1, 1))), "`priors`"), ((10, 5, (1, 1)), "`priors`")])
def test_faults_are_named(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        beta_war(*arguments, (0.01, 0.01), (1, 1))
    assert message in str(error.value)


def test_at_least_one_battle() -> None:
    with pytest.raises(ArgumentError, match="`battles`"):
        beta_war(10, 5, PRIORS, (0.01, 0.01), (1, 1), battles=0)
