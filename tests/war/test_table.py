"""The table form of a war: what it accepts, what it refuses, and how it says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from zopa.core.errors import ArgumentError
from zopa.war.table import MarkovWar, analyst_belief, ends_from

GIVEN: dict[str, Any] = {
    "next_state": [[1, 2], [0, 3]], "probability": [[0.5, 0.5], [0.4, 0.6]], "cost": (0.1, 0.2),
    "discount": (0.9, 0.8), "proposer": [0.5, 1.0], "terminal": [[1.0, 0.0], [0.0, 1.0]]}
PEACE: dict[str, Any] = {"peace_next_state": [[0, 1], [1, 1]],
                         "peace_probability": [[0.5, 0.5], [1.0, 0.0]]}


def build(**changes: Any) -> MarkovWar:
    return MarkovWar(**{**GIVEN, **changes})


def test_arguments_become_full_arrays() -> None:
    war = build(talks=0.5, floor=(0.1, -np.inf))
    assert (war.n_states, war.n_terminal) == (2, 2)
    assert war.probability.shape == (2, 2, 2)
    assert_array_equal(war.probability[0], war.probability[1])
    assert_array_equal(war.cost, [[0.1, 0.1], [0.2, 0.2]])
    assert_array_equal(war.talks, [0.5, 0.5])
    assert_array_equal(war.enforcement, [1.0, 1.0])
    assert_array_equal(war.floor, [[0.1, 0.1], [-np.inf, -np.inf]])
    assert_array_equal(war.outside_option, np.full((2, 2), -np.inf))
    assert war.permanent and not war.has_outside_options


def test_arrays_are_copies_that_cannot_be_changed() -> None:
    cost = np.array([[0.1, 0.2], [0.3, 0.4]])
    war = build(cost=cost)
    cost[0, 0] = 9.0
    assert war.cost[0, 0] == 0.1
    with pytest.raises(ValueError, match="read-only"):
        war.terminal[0, 0] = 2.0


def test_a_war_may_have_no_terminals() -> None:
    war = MarkovWar([[0]], [[1.0]], (0, 0), (0.9, 0.9), 0.5, [[], []])
    assert war.n_terminal == 0


def test_replace_makes_a_changed_copy() -> None:
    war = replace(build(enforcement=0.5, **PEACE), talks=0.2)
    assert_array_equal(war.talks, [0.2, 0.2])
    assert_array_equal(war.enforcement, [0.5, 0.5])


def test_swapping_exchanges_the_parties() -> None:
    own = [[[0.5, 0.5], [0.4, 0.6]], [[0.1, 0.9], [1.0, 0.0]]]
    war = build(probability=own, floor=(0.3, -np.inf), enforcement=0.5, **PEACE)
    other = war.swapped()
    assert_array_equal(other.probability, war.probability[::-1])
    assert_array_equal(other.proposer, [0.5, 0.0])
    assert_array_equal(other.terminal, war.terminal[::-1])
    assert_array_equal(other.floor, war.floor[::-1])
    assert_array_equal(other.next_state, war.next_state)
    assert_array_equal(other.swapped().cost, war.cost)


@pytest.mark.parametrize(("changes", "message"), [
    ({"next_state": [1, 2]}, "`next_state` must have shape (state, branch), but has shape (2,)"),
    ({"next_state": [[1, 2], [0, 4]]}, "[1, 1] is 4"),
    ({"next_state": [[1, 2], [0, -1]]}, "from 0 to 3 (2 states, then 2 terminals)"),
    ({"next_state": [[1, 2], [0, 0.5]]}, "whole numbers"),
    ({"next_state": [[1, 2], [0]]}, "rows of unequal length"),
    ({"next_state": "abc"}, "`next_state` must be an array of numbers"),
    ({"probability": [[0.5, 0.5]]}, "`probability` must have shape (2, 2, 2)"),
    ({"probability": [[0.5, 0.5], [0.4, 0.7]]}, "row of party 0, state 1 sums to 1.1"),
    ({"probability": [[1.5, -0.5], [0.4, 0.6]]}, "row of party 0, state 0 has a negative entry"),
    ({"probability": [[np.nan, 0.5], [0.4, 0.6]]}, "`probability` must not hold NaN"),
    ({"cost": 0.1}, "`cost` must have shape (2, 2) (party, state) or (2,), but has shape ()"),
    ({"cost": (0.1, np.inf)}, "`cost` must be finite"),
    ({"discount": 0.9}, "`discount` must have shape (2,)"),
    ({"discount": (0.9, 1.4)}, "`discount` must be in [0, 1], but is 1.4 for party 1"),
    ({"proposer": [0.5, 1.5]}, "`proposer` must be a probability in [0, 1], but is 1.5 in state 1"),
    ({"proposer": [0.5]}, "`proposer` must be one number or have shape (2,)"),
    ({"terminal": [1.0, 0.0]}, "`terminal` must have shape (2, n_terminal)"),
    ({"terminal": [[1.0, np.inf], [0.0, 1.0]]}, "`terminal` must be finite"),
    ({"talks": -0.1}, "`talks` must be a probability"),
    ({"talks": None}, "`talks` must not hold NaN"),
    ({"enforcement": 2.0}, "`enforcement` must be a probability"),
    ({"enforcement": 0.5}, "give `peace_next_state`"),
    ({"peace_next_state": [[0], [1]]}, "must be given together"),
    ({"enforcement": 0.5, **PEACE, "peace_probability": [[0.5, 0.5], [0.9, 0.0]]},
     "`peace_probability` must hold rows of probabilities"),
    ({"enforcement": 0.5, **PEACE, "peace_next_state": [[0, 1]]}, "must have 2 rows"),
    ({"floor": (np.inf, 0.0)}, "`floor` must be below infinity"),
    ({"floor": [0.1, 0.2, 0.3]}, "`floor` must have shape"),
    ({"outside_option": (0.1, -np.inf)}, "`outside_option` must come as a pair"),
    ({"discount": (1.0, 0.9), "enforcement": 0.5, **PEACE}, "`discount[0]` is 1, which needs"),
    ({"discount": (0.9, 1.0), "probability": [[1.0, 0.0], [1.0, 0.0]]},
     "`discount[1]` is 1, which needs a war that ends from every state in that side's belief, but "
     "from state 0 no terminal is reached"),
])
def test_faults_are_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        build(**changes)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_no_discounting_is_checked_in_each_sides_own_belief() -> None:
    own = [[[0.5, 0.5], [0.4, 0.6]], [[1.0, 0.0], [1.0, 0.0]]]
    assert build(probability=own, discount=(1.0, 0.9)).discount[0] == 1.0
    with pytest.raises(ArgumentError, match=r"discount\[1\]"):
        build(probability=own, discount=(1.0, 1.0))


def test_ends_from_follows_possible_moves_only() -> None:
    moves = np.array([[1, 0], [2, 1], [4, 2], [3, 3]])
    chances = np.array([[0.1, 0.9], [0.5, 0.5], [0.2, 0.8], [0.5, 0.5]])
    assert_array_equal(ends_from(moves, chances), [True, True, True, False])
    chances[1] = [0.0, 1.0]
    assert_array_equal(ends_from(moves, chances), [False, False, True, False])


def test_analyst_belief_is_one_table() -> None:
    war = build()
    assert_array_equal(analyst_belief(war, war.probability[1]), war.probability[1])
    with pytest.raises(ArgumentError, match="Choose one belief"):
        analyst_belief(war, war.probability)
