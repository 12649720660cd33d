"""A table war and its frontier as one pytree of arrays, and the update V -> V on it.

    r_i(s) = -c_i(s) + delta_i sum_b P_i(s, b) V_i(next(s, b))
    K_i(s) = delta_i (1 - e) / (1 - delta_i e) sum_b P'_i(s, b) V_i(next'(s, b))
    V      = step(r, D)

Sizes are padded to a few standard ones, so that wars of similar size share a compiled program.
A padding state has no moves and no costs, is reached from nowhere, and is cut off again.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from zopa.agreement.boundary import Boundary
from zopa.agreement.frontier import AnyFrontier, lengthened
from zopa.bargaining.step import Deal, Period, Rules, enforced, step
from zopa.core.errors import ArgumentError
from zopa.war.table import MarkovWar

Array = Any


class Game(NamedTuple):
    """Everything that one period of the game needs; `(party, state)` unless said otherwise.

    Attributes:
        next_state: `(state, branch)`; terminals follow the (padded) states.
        probability: `(party, state, branch)`.
        cost: cost of a period of fighting.
        discount: `(party,)`.
        terminal: `(party, terminal)`.
        peace_next_state: `(state, peace_branch)`.
        peace_probability: `(party, state, peace_branch)`.
        enforcement: `(state,)`.
        rules: proposer, talks, floors, outside options, ties.
        frontier: what can be offered.
    """

    next_state: Array
    probability: Array
    cost: Array
    discount: Array
    terminal: Array
    peace_next_state: Array
    peace_probability: Array
    enforcement: Array
    rules: Rules
    frontier: Boundary


@dataclass(frozen=True, eq=False)
class Sizes:
    """True sizes of a padded game."""

    states: int
    padded: int

    def pad(self, array: Array, value: float = 0.0) -> Array:
        """`(..., state)` brought to the padded number of states."""
        width = [(0, 0)] * (array.ndim - 1) + [(0, self.padded - self.states)]
        return np.pad(array, width, constant_values=value)


def reservation(game: Game, value: Array, xp: ModuleType) -> tuple[Array, Array]:
    """r `(A, B)` from next period's values `(party, state)`."""
    expected = _expected(game, value, game.next_state, game.probability, xp)
    worth = [-game.cost[i] + game.discount[i] * expected[i] for i in (0, 1)]
    return worth[0], worth[1]


def period(game: Game, value: Array, xp: ModuleType) -> tuple[tuple[Array, Array], Period]:
    """One period before next period's `value` `(party, state)`: r, and the step's outcome."""
    r = reservation(game, value, xp)
    peace = _expected(game, value, game.peace_next_state, game.peace_probability, xp)
    terms = [enforced(game.discount[i], game.enforcement, peace[i]) for i in (0, 1)]
    deal = Deal((terms[0][0], terms[1][0]), (terms[0][1], terms[1][1]))
    return r, step(r, deal, game.frontier, game.rules, xp)


def update(game: Game, value: Array, xp: ModuleType) -> Array:
    """T(V), `(party, state)`."""
    return xp.stack(period(game, value, xp)[1].value)


def frontier_range(game: Game) -> Array:
    """`(party,)`: max F - min F, the largest over the states; 1 where the frontier is a point."""
    width = (np.asarray(game.frontier.high) - np.asarray(game.frontier.low)).max(axis=-1)
    return np.where(width > 0, width, 1.0)


def _expected(game: Game, value: Array, places: Array, probability: Array,
              xp: ModuleType) -> list[Array]:
    """Each side's expectation of its own value at the next state, `(state,)`."""
    everywhere = xp.concatenate([value, game.terminal], axis=1)
    return [(probability[i] * everywhere[i][places]).sum(axis=1) for i in (0, 1)]


def as_game(war: MarkovWar, frontier: AnyFrontier, ties: float) -> tuple[Game, Sizes]:
    """The padded arrays of a war and its frontier.

    Raises:
        ArgumentError: a frontier by state with another number of states than the war.
    """
    if frontier.states not in (None, war.n_states):
        raise ArgumentError(f"Argument `frontier` must have one frontier per state "
                            f"({war.n_states}), but has {frontier.states}.")
    sizes = Sizes(war.n_states, standard_size(war.n_states, 16))
    rules = Rules(
        proposer=sizes.pad(war.proposer),
        talks=sizes.pad(war.talks),
        floor=_pair(sizes.pad(war.floor, -np.inf)),
        outside=_pair(sizes.pad(war.outside_option, -np.inf)),
        ties=np.float64(ties),
        spread=(None if war.ratification_spread is None
                else _pair(sizes.pad(war.ratification_spread))),
    )
    moves, probability = _kernel(war.next_state, war.probability, sizes)
    if war.peace_next_state is None or war.peace_probability is None:
        peace = _kernel(np.zeros((war.n_states, 1), int), np.zeros((2, war.n_states, 1)), sizes)
    else:
        peace = _kernel(war.peace_next_state, war.peace_probability, sizes)
    terminals = standard_size(max(war.n_terminal, 1), 4)
    game = Game(
        next_state=moves,
        probability=probability,
        cost=sizes.pad(war.cost),
        discount=np.array(war.discount),
        terminal=np.pad(war.terminal, [(0, 0), (0, terminals - war.n_terminal)]),
        peace_next_state=peace[0],
        peace_probability=peace[1],
        enforcement=sizes.pad(war.enforcement, 1.0),
        rules=rules,
        frontier=_boundary(frontier, sizes),
    )
    return game, sizes


def standard_size(size: int, smallest: int) -> int:
    """The next power of two up to 1,024, then the next multiple of 512."""
    if size > 1024:
        return -(-size // 512) * 512
    return max(smallest, 1 << (size - 1).bit_length())


def _kernel(moves: Array, probability: Array, sizes: Sizes) -> tuple[Array, Array]:
    # padding costs little where there are few states, and saves compiling for each small war
    branches = standard_size(moves.shape[1], 4 if sizes.states <= 1024 else 2)
    shape = (sizes.padded - sizes.states, branches - moves.shape[1])
    shifted = np.where(moves >= sizes.states, moves + shape[0], moves)
    return (np.pad(shifted, [(0, shape[0]), (0, shape[1])]).astype(np.int32),
            np.pad(probability, [(0, 0), (0, shape[0]), (0, shape[1])]))


def _boundary(frontier: AnyFrontier, sizes: Sizes) -> Boundary:
    given = frontier.boundary()
    length = standard_size(given[0].shape[1], 8)
    parts = [lengthened(part, length) if part.ndim == 3 else part for part in given]
    if frontier.states is not None:
        extra = sizes.padded - sizes.states
        parts = [np.concatenate([part, np.repeat(part[..., -1:], extra, axis=-1)], axis=-1)
                 for part in parts]
    return type(given)(*parts)


def _pair(array: Array) -> tuple[Array, Array]:
    return array[0], array[1]
