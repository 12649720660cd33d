"""War as a walk over forts, and wars with alternating offers.

N forts lie in a row; A holds k of them.  Each period of fighting is a battle for the next one: A
wins it with probability p (k moves up), else B does.  At k = N A has won everything, at k = 0 B.

Reference: Slantchev, B. L. (2003), "The principle of convergence in wartime negotiations",
American Political Science Review 97 (4); Smith and Stam (1998, 2004) use the same war.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.core.errors import ArgumentError
from zopa.war.table import MarkovWar

A_WINS, B_WINS = 0, 1


def forts(n: int, win: ArrayLike, cost: ArrayLike, discount: ArrayLike,
          proposer: ArrayLike = 0.5, **rules: ArrayLike) -> MarkovWar:
    """The walk over `n` forts; state k - 1 is "A holds k forts", k = 1 .. n - 1.

    Args:
        n: number of forts, at least 2.
        win: probability that A wins a battle: one number, or `(party,)` if beliefs differ.
        cost: `(party,)` or `(party, state)`, per battle.
        discount: `(party,)`.
        proposer: probability that A proposes.
        rules: any other argument of `MarkovWar` (talks, floors, ...).

    Returns:
        A war with branches (A wins the battle, B wins it) and terminals (A wins, B wins), the
        winner getting 1 and the loser 0.

    Raises:
        ArgumentError: fewer than 2 forts, or arguments that `MarkovWar` refuses.
    """
    check_forts(n)
    states = n - 1
    position = np.arange(1, n)
    moves = np.stack([walk_to(position + 1, n, position, states),
                      walk_to(position - 1, n, position - 2, states)], axis=1)
    won = np.broadcast_to(np.asarray(win, dtype=np.float64).reshape(-1, 1), (2, states))
    return MarkovWar(moves, np.stack([won, 1.0 - won], axis=-1), cost, discount, proposer,
                     np.eye(2), **rules)


def walk_to(position: NDArray[np.int64], n: int, state: NDArray[np.int64],
            states: int) -> NDArray[np.int64]:
    """The place of a new position: `state` inside, the terminals at 0 and n forts."""
    return np.where(position >= n, states + A_WINS,
                    np.where(position <= 0, states + B_WINS, state))


def check_forts(n: int) -> None:
    """Raise unless `n` is a possible number of forts."""
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 2:
        raise ArgumentError(f"Argument `n` must be a whole number of forts >= 2, but is {n!r}.")


def alternating(war: MarkovWar) -> MarkovWar:
    """The same war with the right to propose passing to the other side after each period.

    State s becomes two: s, where A proposes, and n_states + s, where B does.
    """
    n = war.n_states

    def doubled(array: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.concatenate([array, array], axis=-1)

    def passed_on(moves: NDArray[np.int64]) -> NDArray[np.int64]:
        to_b = moves + n                      # terminals move up by n as well
        to_a = np.where(moves >= n, moves + n, moves)
        return np.concatenate([to_b, to_a])

    peace = war.peace_next_state
    kernel = war.peace_probability
    return MarkovWar(
        passed_on(war.next_state), np.concatenate([war.probability] * 2, axis=1),
        doubled(war.cost), war.discount, np.repeat([1.0, 0.0], n), war.terminal,
        talks=doubled(war.talks), enforcement=doubled(war.enforcement),
        peace_next_state=None if peace is None else passed_on(peace),
        peace_probability=None if kernel is None else np.concatenate([kernel] * 2, axis=1),
        floor=doubled(war.floor), outside_option=doubled(war.outside_option))
