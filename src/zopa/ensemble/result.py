"""What an ensemble solve returns: every quantity at the present state, one entry a draw.

Arrays have the draw last.  `party` is 0 for side A and 1 for side B, in the order of
`scenario.belligerents`.  Expectations are the analyst's unless a side is named: V and r are each
side's own, by its own belief.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zopa.ensemble.problem import Problem

WAITS = (0, 3, 6, 12, 24)


@dataclass(frozen=True)
class Bargain:
    """The solved game at the present state, talks possible from now on.

    Attributes:
        value: `(party, draw)`, V_i.
        reservation: `(party, draw)`, r_i: value of fighting on this period, with the chance of a
            deal later.
        finish: `(party, draw)`, W_i: value of never agreeing; the disagreement point.
        agree: `(proposer, draw)` bool.
        offer: `(proposer, party, draw)`; NaN where there is no agreement.
        deal_weight, deal_constant: `(party, draw)`; D_i(u) = weight u + constant.
        value_doubled: `(party, draw)`, V_i with twice the horizon; None unless asked for.
        moved: `(party, draw)`, the largest |difference of V_i| for a horizon up to twice as long.
        differs: `(proposer, draw)` bool, whether agreement differs for any such horizon.
        converged: `(draw,)` bool, fight-to-the-finish values solved to 1e-10.
        past: `(belief, state, draw)`, chance that talks held in a recorded state (every one of
            `history`, in order of time) lead to a deal, at every point of the beliefs' grid.
    """

    value: np.ndarray
    reservation: np.ndarray
    finish: np.ndarray
    agree: np.ndarray
    offer: np.ndarray
    deal_weight: np.ndarray
    deal_constant: np.ndarray
    value_doubled: np.ndarray
    moved: np.ndarray
    differs: np.ndarray
    converged: np.ndarray
    past: np.ndarray


@dataclass(frozen=True)
class Timing:
    """What follows under the analyst's belief along the solved path, stopping at a first deal.

    Attributes:
        deal_by: `(month, draw)`, month 0..horizon; P(deal within m periods), m = 0 being talks not
            yet held (0 by definition: entry m counts the talks of the first m periods).
        settle: `(draw,)`, P(a deal within the horizon).
        terms: `(party, draw)`, expected utility of the first agreement within the horizon, given
            that there is one; NaN where settle is below `thresholds.rare`.
        outcome: `(party, draw)`, expected discounted outcome of the path (costs, deal, collapse),
            the analyst's expectation.
        months_of_war: `(draw,)`, expected periods fought within the horizon.
        collapse: `(party, draw)`, P(collapse of that party within the horizon, along the path).

    The last three are NaN where `Parts.DEALS` alone was asked for.
    """

    deal_by: np.ndarray
    settle: np.ndarray
    terms: np.ndarray
    outcome: np.ndarray
    months_of_war: np.ndarray
    collapse: np.ndarray

    def within(self, periods: int) -> np.ndarray:
        """`(draw,)`, P(deal within so many periods); within the horizon where that is shorter."""
        result: np.ndarray = self.deal_by[min(periods, len(self.deal_by) - 1)]
        return result


@dataclass(frozen=True)
class Waiting:
    """Talks start only after tau periods of fighting, tau in `taus`.

    Attributes:
        taus: the waits, in periods.
        value: `(tau, party, draw)`, V_i now, each side's own expectation.
        terms: `(tau, party, draw)`, expected terms (as `Timing.terms`) given no collapse in the
            wait; NaN where undefined.
        reservation: `(tau, party, draw)`, expected r_i after the wait, given no collapse.
        collapse: `(tau, party, draw)`, P(that party collapses during the wait).
        cost: `(tau, party, draw)`, expected undiscounted costs during the wait.
    """

    taus: tuple[int, ...]
    value: np.ndarray
    terms: np.ndarray
    reservation: np.ndarray
    collapse: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class Outlook:
    """The war with no deal ever, under the analyst's belief.

    Attributes:
        victory: `(party, month, draw)`, P(that party has won by month m), m = 0..outlook.
        fighting: `(month, draw)`.
        position: `(month, draw)`, expected cell given that fighting goes on.
        cost: `(party, month, draw)`, expected cumulative cost.
        position_change: `(draw,)`, expected change in cells over the next 3 periods given no
            collapse, positive towards A's end.
        support_falls: patron -> `(draw,)`, P(support below today's level at some time within
            `window`); the chain moves by itself, whether or not the war goes on, and that of a
            patron who chooses with the position of a war that goes on (`zopa.ensemble.falls`).
        falls_by_cell: patron who chooses -> `(cell, draw)`, the same from every cell, momentum and
            support as at present.
    """

    victory: np.ndarray
    fighting: np.ndarray
    position: np.ndarray
    cost: np.ndarray
    position_change: np.ndarray
    support_falls: dict[str, np.ndarray]
    falls_by_cell: dict[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Ensemble:
    """One ensemble: a scenario (perhaps with a lever, perhaps at another date) at every draw.

    Attributes:
        weight: `(draw,)`, sums to 1.
        packages: `(package, issue)` option indices of the packages that constraints allow.
        utilities: `(party, package, draw)` at the present position.
        floor: `(party, draw)`; minus infinity where there is none.
        vertices: per draw the frontier's corner points at the present position come from
            `zopa.agreement`; they are not stored.
        states: number of states of the lattice.
        problem: the lattice it was solved on.
        timing, waiting, outlook: None where the solve was not asked for that part.
    """

    weight: np.ndarray
    packages: np.ndarray
    utilities: np.ndarray
    floor: np.ndarray
    bargain: Bargain
    timing: Timing
    waiting: Waiting
    outlook: Outlook
    states: int
    problem: Problem
