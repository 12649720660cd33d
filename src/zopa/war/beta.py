"""Learning from battles: each side has its own Beta prior on A's chance of winning one.

The war is the walk over forts, and nobody knows the probability p that A wins a battle.  Side i
believes p ~ Beta(a_i, b_i); after w battles won by A out of n its expectation is

    E_i[p | w, n] = (a_i + w) / (a_i + b_i + n)

Both see the same battles, know each other's prior and agree to disagree.  The battles won follow
from the position (w = (n + k - k_0) / 2), so the state is (n, k).  After `battles` battles the
beliefs are held as they then stand, which makes the war finite; doubling `battles` shows whether
that matters.

Reference: Smith, A. and Stam, A. C. (2004), "Bargaining and the nature of war", Journal of
Conflict Resolution 48 (6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.core.errors import ArgumentError
from zopa.war.forts import check_forts, walk_to
from zopa.war.table import MarkovWar

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BetaWar:
    """The war and what its states stand for.

    Attributes:
        war: the table; branches (A wins the battle, B wins it), terminals (A wins, B wins).
        start: the state before the first battle.
        position: `(state,)`, forts held by A, e.g. for `Frontier.by_state`.
        battles: `(state,)`, battles fought so far (at most the number that is learned from).
        won: `(state,)`, battles that A has won.
    """

    war: MarkovWar
    start: int
    position: NDArray[np.int64]
    battles: NDArray[np.int64]
    won: Floats

    def belief(self, win: float) -> Floats:
        """`(state, branch)`: the belief of somebody who knows that p = `win`."""
        return np.tile([float(win), 1.0 - float(win)], (self.war.n_states, 1))

    def prior_belief(self, a: float, b: float) -> Floats:
        """`(state, branch)`: the belief of somebody with the prior Beta(a, b)."""
        return _rows((a, b), self.won, self.battles)


def beta_war(n: int, start: int, priors: ArrayLike, cost: ArrayLike, discount: ArrayLike,
             proposer: ArrayLike = 0.5, battles: int = 400, **rules: ArrayLike) -> BetaWar:
    """The walk over `n` forts from `start`, learned about from `battles` battles.

    Args:
        n: number of forts, at least 2.
        start: forts that A holds at the beginning, 1 .. n - 1.
        priors: `(party, 2)`, each side's Beta parameters (a, b) > 0.
        cost: `(party,)` per battle.
        discount: `(party,)`.
        proposer: probability that A proposes.
        battles: number of battles from which the sides learn.
        rules: any other argument of `MarkovWar`, as one number or `(party,)`.

    Raises:
        ArgumentError: values out of range.
    """
    check_forts(n)
    beliefs = np.asarray(priors, dtype=np.float64)
    if beliefs.shape != (2, 2) or not (beliefs > 0).all():
        raise ArgumentError("Argument `priors` must be two pairs (a, b) of positive numbers, one "
                            "per party.")
    if not 1 <= start < n:
        raise ArgumentError(f"Argument `start` must be from 1 to {n - 1} forts, but is {start}.")
    if battles < 1:
        raise ArgumentError(f"Argument `battles` must be at least 1, but is {battles}.")
    fought, position, state_of = _states(n, start, battles)
    states = len(position)
    later = np.minimum(fought + 1, battles)
    won = (fought + position - start) / 2.0
    moves = np.stack([
        walk_to(position + step, n, state_of[later, np.clip(position + step, 1, n - 1)], states)
        for step in (1, -1)], axis=1)
    probability = np.stack([_rows(tuple(prior), won, fought) for prior in beliefs])
    war = MarkovWar(moves, probability, cost, discount, proposer, np.eye(2), **rules)
    return BetaWar(war, 0, position, fought, won)


def _states(n: int, start: int, battles: int) -> tuple[NDArray[np.int64], ...]:
    """Battles and position of every state, and the state at (battles, position)."""
    fought, held = np.meshgrid(np.arange(battles + 1), np.arange(n), indexing="ij")
    reach = np.abs(held - start)
    inside = (held >= 1) & (reach <= fought) & ((reach + fought) % 2 == 0)
    inside[battles, 1:] = True          # beliefs are held from here on: every position
    state_of = np.cumsum(inside).reshape(inside.shape) - 1
    return fought[inside], held[inside], state_of


def _rows(prior: tuple[float, ...], won: Floats, fought: NDArray[np.int64]) -> Floats:
    mean = (prior[0] + won) / (prior[0] + prior[1] + fought)
    return np.stack([mean, 1.0 - mean], axis=-1)
