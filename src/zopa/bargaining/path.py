"""What the solved game predicts over time, in the eyes of an analyst.

With mass m_t(s) still at war in s at the start of period t = 0, 1, ...:

1. With probability lambda(s) talks are held; A proposes with probability pi(s), else B.
2. Where the proposer's turn ends in agreement, the mass settles; where the responder leaves for
   its outside option, it opts out.
3. All other mass fights the period and moves by the analyst's probabilities, to states or to
   terminals.

A deal ends the path, also one that may lapse later.  With a finite horizon each period uses its
own plan, and there are no talks from period T on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.core.errors import ArgumentError
from zopa.war.table import MarkovWar, analyst_belief

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Path:
    """Probabilities along the solved path.

    settled.sum() + terminal.sum() + opted_out + unresolved = 1.

    Attributes:
        settled: `(period,)`, probability that the deal is signed in period t (not cumulative;
            period 0 is the first).  `settled_by` accumulates it.
        terminal: `(n_terminal,)`, probability that the war has ended in outcome j.
        opted_out: probability that a side has left for its outside option.
        unresolved: probability that the war goes on after the last period.
        fighting: expected number of periods fought, within the periods of the path.
        fought: `(period,)`, probability that period t is fought; sums to `fighting`.
        states: `(period + 1, state)`, mass at war at the start of each period and after the last.
        signed: `(period, proposer, state)`, mass that settles there.
    """

    settled: Floats
    terminal: Floats
    opted_out: float
    unresolved: float
    fighting: float
    fought: Floats
    states: Floats
    signed: Floats

    @property
    def settled_by(self) -> Floats:
        """`(period + 1,)`: probability of a deal within m periods; entry 0 is 0."""
        return np.concatenate([[0.0], np.cumsum(self.settled)])


def follow(war: MarkovWar, chance: NDArray[np.bool_] | Floats, opts_out: NDArray[np.bool_],
           lasting: bool, start: ArrayLike, probability: ArrayLike, periods: int) -> Path:
    """The path from `start`, steps 1-3 of the module's text.

    Args:
        war: the war.
        chance: `(plan, proposer, state)`, probability that the talks end in a deal, the plans in
            order of time.
        opts_out: `(plan, proposer, state)`.
        lasting: whether the last plan holds for ever; else no talks after it.
        start: a state, or `(state,)` probabilities.
        probability: `(state, branch)`, the analyst's belief.
        periods: number of periods to follow, >= 1.

    Raises:
        ArgumentError: a start, belief or number of periods that does not fit the war.
    """
    belief = analyst_belief(war, probability)
    mass = _start(start, war.n_states)
    if isinstance(periods, bool) or not isinstance(periods, (int, np.integer)) or periods < 1:
        raise ArgumentError(f"Argument `periods` must be a whole number >= 1, but is {periods!r}.")
    n, places = war.n_states, war.n_states + war.n_terminal
    turn = np.stack([war.talks * war.proposer, war.talks * (1.0 - war.proposer)])
    silent = np.zeros((2, n), dtype=bool)
    states, signed, fought = [mass], [], []
    terminal, opted_out = np.zeros(war.n_terminal), np.float64(0.0)
    for t in range(periods):
        known = t < len(chance) or lasting
        plan = min(t, len(chance) - 1)
        settles = chance[plan] if known else silent
        leaves = (opts_out[plan] & (settles == 0)) if known else silent
        signed.append(turn * settles * mass)
        opted_out += (turn * leaves * mass).sum()
        fights = (1.0 - (turn * (settles + leaves)).sum(axis=0)) * mass
        fought.append(fights.sum())
        arrived: Floats = np.bincount(
            war.next_state.ravel(), (fights[:, None] * belief).ravel(), places
        ).astype(np.float64)
        mass = arrived[:n]
        terminal = terminal + arrived[n:]
        states.append(mass)
    deals = np.array(signed)
    return Path(settled=deals.sum(axis=(1, 2)), terminal=terminal, opted_out=opted_out,
                unresolved=mass.sum(), fighting=np.sum(fought, dtype=np.float64),
                fought=np.array(fought), states=np.array(states), signed=deals)


def _start(start: Any, n: int) -> Floats:
    array = np.asarray(start)
    if array.ndim == 0:
        if not np.issubdtype(array.dtype, np.integer) or not 0 <= int(array) < n:
            raise ArgumentError(f"Argument `start` must be a state from 0 to {n - 1} or a "
                                f"distribution over the {n} states, but is {start!r}.")
        mass = np.zeros(n)
        mass[int(array)] = 1.0
        return mass
    if array.shape != (n,):
        raise ArgumentError(f"Argument `start` must be a state or have shape ({n},), but has "
                            f"shape {array.shape}.")
    mass = array.astype(np.float64)
    if (mass < 0).any() or not abs(mass.sum() - 1.0) <= 1e-9:
        raise ArgumentError("Argument `start` must be probabilities that sum to 1, but sums to "
                            f"{mass.sum():.12g} with smallest entry {mass.min():g}.")
    return mass
