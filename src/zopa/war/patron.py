r"""A patron who supports a side as long as support pays: one decision maker, any finite war.

Each period the patron supports (at a cost, and the war moves by the rows of `go`) or stops (free,
and it moves by those of `stop`); it chooses anew in every period:

    U(s) = max{ delta E_stop[U(s')],  -a(s) + delta E_go[U(s')] },      U = its prize at an end.

1. Start from support in every state.
2. The value of a policy solves a linear system: U = -a [support] + delta P U + delta R prize.
3. Support wherever that is worth at least as much as stopping (ties support), else stop.
4. Repeat from 2 until the policy stays as it is (policy iteration); each step raises U, so it ends.

Reference: Howard, R. A. (1960), Dynamic Programming and Markov Processes, MIT Press.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.core.errors import ArgumentError
from zopa.core.status import Status

Floats = NDArray[np.float64]
TIES = 1e-12
"""Of the largest prize or cost; support within it of stopping counts as a tie."""
ROW_SUM = 1e-9
MOST = 1000


@dataclass(frozen=True, eq=False)
class Chosen:
    """A patron's best policy.

    Attributes:
        support: `(state,)`, whether it supports there; on ties it does.
        value: `(state,)`, U.
        steps: policies that were valued.
        status: converged, or a cycle between policies that differ by rounding alone.
    """

    support: NDArray[np.bool_]
    value: Floats
    steps: int
    status: Status


def choose(go: ArrayLike, stop: ArrayLike, cost: ArrayLike, prize: ArrayLike,
           discount: float = 1.0) -> Chosen:
    """The patron's best policy and what it is worth.

    Args:
        go: `(state, state + end)`, rows of probabilities while it supports; the ends last.
        stop: the same while it does not.
        cost: `(state,)` or one number, a, a period of support.
        prize: `(end,)`, its utility of each end.
        discount: in [0, 1]; 1 needs a war that ends whatever the patron does.

    Raises:
        ArgumentError: an argument of the wrong shape or range, by its name.
    """
    prizes = _floats("prize", prize, 1)
    states = len(np.atleast_1d(np.asarray(go)))
    moves = tuple(_rows(name, rows, states, len(prizes))
                  for name, rows in (("stop", stop), ("go", go)))
    costs = np.broadcast_to(_floats("cost", cost, None), (states,)) if np.ndim(cost) == 0 \
        else _floats("cost", cost, 1)
    if costs.shape != (states,):
        raise ArgumentError(f"Argument `cost` must have shape ({states},) or be one number, but "
                            f"has shape {costs.shape}.")
    if not 0.0 <= discount <= 1.0:
        raise ArgumentError(f"Argument `discount` must be in [0, 1], but is {discount:g}.")
    if discount == 1.0 and (endless := _endless(moves, states)).any():
        raise ArgumentError(
            "Argument `discount` is 1, which needs a war that ends whatever the patron does, but "
            f"from state {int(np.argmax(endless))} it may never end. Give a discount below 1.")
    ties = TIES * max(np.abs(prizes).max(initial=0.0), np.abs(costs).max(initial=0.0))
    policy = np.ones(states, dtype=bool)
    for step in range(1, MOST + 1):
        rows = np.where(policy[:, None], moves[1], moves[0])
        now = discount * rows[:, states:] @ prizes - np.where(policy, costs, 0.0)
        value: Floats = np.asarray(
            np.linalg.solve(np.eye(states) - discount * rows[:, :states], now), dtype=np.float64)
        worth = np.concatenate([value, prizes])
        better = discount * moves[1] @ worth - costs >= discount * moves[0] @ worth - ties
        if np.array_equal(better, policy):
            return Chosen(policy, value, step, Status.CONVERGED)
        policy = better
    return Chosen(policy, value, MOST, Status.CYCLE)


def _endless(moves: tuple[Floats, ...], states: int) -> NDArray[np.bool_]:
    """`(state,)`: whether some policy keeps the war from ending."""
    ends = np.zeros(states, dtype=bool)
    while True:
        out = [(rows[:, states:] > 0).any(axis=1) | (rows[:, :states] > 0) @ ends
               for rows in moves]
        now = out[0] & out[1]
        if np.array_equal(now, ends):
            return ~ends
        ends = now


def _floats(name: str, value: ArrayLike, axes: int | None) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    if axes is not None and array.ndim != axes:
        raise ArgumentError(f"Argument `{name}` must have {axes} axes, but has {array.ndim}.")
    if not np.isfinite(array).all():
        raise ArgumentError(f"Argument `{name}` must be finite.")
    return array


def _rows(name: str, value: ArrayLike, states: int, ends: int) -> Floats:
    array = _floats(name, value, 2)
    if array.shape != (states, states + ends):
        raise ArgumentError(f"Argument `{name}` must have shape {(states, states + ends)} (state, "
                            f"state + end), but has shape {array.shape}.")
    if (array < 0).any() or (np.abs(array.sum(axis=1) - 1.0) > ROW_SUM).any():
        raise ArgumentError(f"Argument `{name}` must hold rows of probabilities that sum to 1.")
    return array
