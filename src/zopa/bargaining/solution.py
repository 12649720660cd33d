"""The result of a solve."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.bargaining.arrays import Sizes
from zopa.bargaining.path import Path, follow
from zopa.bargaining.step import Period
from zopa.core.status import Status
from zopa.war.table import MarkovWar

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Solution:
    """A solved war.  Party and proposer 0 is A, 1 is B; arrays are read-only.

    With a finite horizon these are the first period's; a path uses each period's own.

    Attributes:
        value: `(party, state)`, V at the start of a period, before it is known whether talks are
            held and who proposes; each side's own expectation.
        reservation: `(party, state)`, r, the value of fighting on this period.
        agree: `(proposer, state)`, whether they agree, were talks held and that side to propose.
        opts_out: `(proposer, state)`, whether the responder then leaves for its outside option.
        offer: `(proposer, state, party)`, the deal's utilities; NaN where there is no agreement.
        finish: `(party, state)`, W, the value of never agreeing (fight to the finish).
        status: how the solve ended; its text is the message.
        alternatives: other solutions found, or the other points of a cycle, each with its status.
        war: the war solved.
        horizon: T, or None for a stationary solution.
    """

    value: Floats
    reservation: Floats
    agree: Flags
    opts_out: Flags
    offer: Floats
    finish: Floats
    status: Status
    alternatives: tuple[Solution, ...]
    war: MarkovWar = field(repr=False)
    horizon: int | None
    plans: tuple[Flags | Floats, Flags] = field(repr=False)

    def path(self, start: ArrayLike, probability: ArrayLike, periods: int) -> Path:
        """What happens from `start` on, in the analyst's belief; see `zopa.bargaining.path`.

        Args:
            start: a state, or a distribution `(state,)`.
            probability: `(state, branch)`, the analyst's explicit belief over the moves.
            periods: number of periods to follow.

        Raises:
            ArgumentError: an argument that does not fit the war.
        """
        return follow(self.war, *self.plans, self.horizon is None, start, probability, periods)


def assemble(war: MarkovWar, sizes: Sizes, finish: Floats, reservation: Any, period: Period,
             status: Status, alternatives: tuple[Solution, ...] = (), horizon: int | None = None,
             plans: tuple[Any, Any] | None = None) -> Solution:
    """A solution from the padded arrays of one period, cut to the true states."""
    n = sizes.states
    agree = np.stack([np.asarray(turn.agree) for turn in period.turns])[:, :n]
    leaves = np.stack([np.asarray(turn.opts_out) for turn in period.turns])[:, :n] & ~agree
    terms = np.stack([np.stack([np.broadcast_to(np.asarray(u), sizes.padded) for u in turn.offer],
                               axis=-1) for turn in period.turns])[:, :n]
    chance = np.stack([np.asarray(turn.chance) for turn in period.turns])[:, :n]
    every = (chance[None], leaves[None]) if plans is None else (
        np.asarray(plans[0])[..., :n], np.asarray(plans[1])[..., :n])
    solution = Solution(
        value=np.stack([np.asarray(v) for v in period.value])[:, :n],
        reservation=np.stack([np.asarray(r) for r in reservation])[:, :n],
        agree=agree, opts_out=leaves, offer=np.where(agree[..., None], terms, np.nan),
        finish=finish, status=status, alternatives=alternatives, war=war, horizon=horizon,
        plans=every)
    for array in (solution.value, solution.reservation, solution.agree, solution.opts_out,
                  solution.offer, solution.finish, *solution.plans):
        array.setflags(write=False)
    return solution
