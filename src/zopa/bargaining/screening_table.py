"""The screening game of a table war: any finite war, one side's resolve private.

The equations, conventions and references are those of `zopa.bargaining.screening`; arrays are
`(cutoff, state)`.  `screen` solves the game, `known` its counterpart with theta common knowledge,
`follow` walks either forwards.

The grid of types costs accuracy: in the example of Powell (2004) 21 points instead of 641 move the
uninformed side's value by 1e-7 and the probability of settling by 3e-5.  Kinks of the frontier cost
more: with four vertices and a dozen offers the probability of a deal moved by some 0.03.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.frontier import AnyFrontier, Frontier
from zopa.bargaining.cutoffs import Chosen
from zopa.bargaining.finish import finish
from zopa.bargaining.screening import Worth, mass, screen_once
from zopa.bargaining.step import Deal, Rules, enforced, turn
from zopa.core.errors import ArgumentError
from zopa.war.table import MarkovWar, analyst_belief

Floats = NDArray[np.float64]
TIES = 1e-12


@dataclass(frozen=True, eq=False)
class Screening:
    """A screening game solved.

    Attributes:
        theta: `(cutoff,)`, the types of the grid.
        value: `(state,)`, the uninformed side's value with every type left.
        top: `(cutoff, state)`, value of the pool's top type before the first period.
        cutoff: `(period, cutoff, state)`, the rank above which the offer made to a pool is
            accepted; the pool's own where none is made.
        offer: `(period, party, cutoff, state)` utilities; NaN where none is made.
        agree: `(period, cutoff, state)`, whether an offer is made that somebody accepts.
        rises: the largest rise of `need` in theta; skimming needs none above rounding.
    """

    theta: Floats
    value: Floats
    top: Floats
    cutoff: Floats
    offer: Floats
    agree: NDArray[np.bool_]
    rises: float

    def offers(self, state: int, periods: int) -> tuple[Floats, Floats]:
        """What a row of refusals in one state teaches.

        Returns:
            `(offer, 2)` utilities of the offers made, and `(offer + 1,)` the cutoffs in theta
            before the first and after each.
        """
        q, made, left = 1.0, [], [self.theta[-1]]
        ranks = np.linspace(0.0, 1.0, len(self.theta))
        for t in range(min(periods, len(self.cutoff))):
            # the offer to a pool between two points is read between those that are made offers
            if q <= 0.0 or not self.agree[t][:, state].any():
                continue
            after = float(np.interp(q, ranks, self.cutoff[t, :, state]))
            if q - after > 1e-9:
                near = self.agree[t][:, state]
                made.append([np.interp(q, ranks[near], self.offer[t, p, near, state])
                             for p in (0, 1)])
                q = after
                left.append(float(np.interp(q, ranks, self.theta)))
        return np.array(made).reshape(-1, 2), np.array(left)


@dataclass(frozen=True, eq=False)
class Known:
    """The counterpart with theta known.

    Attributes:
        theta: `(cutoff,)`.
        value: `(party, cutoff, state)`.
        agree: `(period, cutoff, state)`, whether talks settle with that type.
    """

    theta: Floats
    value: Floats
    agree: NDArray[np.bool_]


class _Game:
    """A table war, informed side i, in arrays `(cutoff, state)`."""

    def __init__(self, war: MarkovWar, frontier: AnyFrontier, i: int, low: float, high: float,
                 points: int) -> None:
        if i not in (0, 1) or not low <= high or not np.isfinite([low, high]).all() or points < 2:
            raise ArgumentError(
                f"A screening game needs `informed` 0 or 1, `low` <= `high` and at least 2 "
                f"`cutoffs`, but has {i}, {low:g}, {high:g} and {points}.")
        if war.has_outside_options:
            raise ArgumentError("A screening game has no outside options: give none.")
        self.war, self.i, self.j = war, i, 1 - i
        self.frontier = frontier.boundary()
        self.theta = np.linspace(low, high, points)[:, None]
        self.rules = Rules(war.proposer, war.talks, (war.floor[0], war.floor[1]),
                           (-np.inf, -np.inf), TIES)
        w = finish(war)
        # W falls by the expected discounted time at war for every unit of theta
        time = finish(MarkovWar(war.next_state, war.probability, (1.0, 1.0), war.discount,
                                war.proposer, np.zeros_like(war.terminal)))
        self.end_i = w[i] + self.theta * time[i]
        self.end_j = w[self.j] + 0.0 * self.theta
        self.mass = mass(points, np)

    def ahead(self, side: int, values: Floats, scale: Floats | float) -> Floats:
        """r without theta: `(cutoff, state)` from next period's; terminals count `scale` times."""
        war = self.war
        ends = war.terminal[side] * (np.ones_like(self.theta) * scale)
        everywhere = np.concatenate([values, ends], axis=1)
        expected = (war.probability[side] * everywhere[:, war.next_state]).sum(axis=2)
        result: Floats = -war.cost[side] * scale + war.discount[side] * expected
        return result

    def deal(self, side: int, values: Floats) -> tuple[Floats, Floats]:
        """a and K from the known game's values."""
        war = self.war
        peace: Any = 0.0
        if war.peace_next_state is not None and war.peace_probability is not None:
            ends = np.broadcast_to(war.terminal[side], (len(values), war.n_terminal))
            everywhere = np.concatenate([values, ends], axis=1)
            peace = (war.peace_probability[side] * everywhere[:, war.peace_next_state]).sum(axis=2)
        weight, constant = enforced(war.discount[side], war.enforcement, peace)
        return weight, constant + 0.0 * self.theta

    def known_period(self, values: tuple[Floats, Floats]) -> tuple[Any, Any, Any]:
        """One period with theta known: new values `(A, B)`, the turn, the deals `(A, B)`."""
        r = [self.ahead(side, values[side], 1.0) for side in (0, 1)]
        r[self.i] = r[self.i] - self.theta
        deals = [self.deal(side, values[side]) for side in (0, 1)]
        deal = Deal((deals[0][0], deals[1][0]), (deals[0][1], deals[1][1]))
        made = turn(self.j, (r[0], r[1]), deal, self.frontier, self.rules, np)
        talks = self.rules.talks
        new = tuple(talks * made.value[side] + (1.0 - talks) * r[side] for side in (0, 1))
        return new, made, deal

    def ends(self) -> tuple[Floats, Floats]:
        """Known values after the last period, `(A, B)`."""
        pair = (self.end_i, self.end_j)
        return pair if self.i == 0 else (pair[1], pair[0])


def screen(war: MarkovWar, frontier: AnyFrontier | None = None, informed: int = 1,
           low: float = 0.0, high: float = 0.0, horizon: int = 60,
           cutoffs: int = 101) -> Screening:
    """Solve the screening game of a table war, `horizon` periods of bargaining.

    Args:
        war: the war; the informed side pays theta on top of its cost.  Its proposer is not read.
        frontier: what can be agreed; one unit to divide where None.
        informed: 0 or 1.
        low, high: the range of theta.
        horizon: T >= 1.
        cutoffs: points of the grid of types.

    Raises:
        ArgumentError: an argument out of range, or a war with outside options.
    """
    game = _Game(war, frontier or Frontier.pie(), informed, low, high, cutoffs)
    i, j = game.i, game.j
    top, pool = game.end_i, game.end_j * game.mass
    values = game.ends()
    plans: list[Chosen] = []
    rises = -np.inf
    for _ in range(_periods(horizon)):
        refuse = game.ahead(i, top, 1.0) - game.theta
        left = game.ahead(j, pool, game.mass)
        deals = [game.deal(side, values[side]) for side in (0, 1)]
        worth = Worth(refuse, left, (deals[i][0], deals[j][0]), (deals[i][1], deals[j][1]))
        top, pool, chosen, up = screen_once(worth, i, game.frontier, game.rules, np)
        if not war.permanent:
            values = game.known_period(values)[0]
        rises = max(rises, float(up.max()))
        plans.insert(0, chosen)
    shape = (cutoffs, war.n_states)
    agree = np.stack([np.broadcast_to(p.agree, shape) for p in plans])
    made = [np.stack([np.broadcast_to(p.offer[side], shape) for p in plans]) for side in (0, 1)]
    offer = np.stack(made if j == 0 else made[::-1], axis=1)
    return Screening(game.theta[:, 0], pool[-1], top,
                     np.stack([np.broadcast_to(p.cutoff, shape) for p in plans]),
                     np.where(agree[:, None], offer, np.nan), agree, rises)


def known(war: MarkovWar, frontier: AnyFrontier | None = None, informed: int = 1,
          low: float = 0.0, high: float = 0.0, horizon: int = 60, cutoffs: int = 101) -> Known:
    """The same game with theta known to both; arguments as in `screen`."""
    game = _Game(war, frontier or Frontier.pie(), informed, low, high, cutoffs)
    values = game.ends()
    plans: list[Any] = []
    for _ in range(_periods(horizon)):
        values, made, _ = game.known_period(values)
        plans.insert(0, np.broadcast_to(made.agree, (cutoffs, war.n_states)))
    return Known(game.theta[:, 0], np.stack(values), np.stack(plans))


def follow(war: MarkovWar, solved: Screening | Known, start: int, probability: Any,
           periods: int) -> tuple[Floats, Floats]:
    """The path from `start` with every type left.

    The distribution runs over (state, rank), counted so that an entry times its rank is a
    probability; a cutoff between two points is split between them, which keeps the pool's mass.

    Returns:
        `(period + 1,)` probability of a deal within m periods, and `(period,)` probability that
        period m is fought.
    """
    belief = analyst_belief(war, probability)
    points, n = len(solved.theta), war.n_states
    ranks = np.linspace(0.0, 1.0, points)
    if isinstance(solved, Known):
        share = np.full(points, 1.0 / (points - 1))
        share[[0, -1]] /= 2.0
    else:
        share = ranks
    here = np.zeros((points, n))
    here[:, start] = 1.0 if isinstance(solved, Known) else ranks == 1.0
    settled, fought = [0.0], []
    for t in range(periods):
        before = (share[:, None] * here).sum()
        if t < len(solved.agree):
            if isinstance(solved, Known):
                after = here * ~solved.agree[t]
            else:
                hat = np.maximum(0.0, 1.0 - np.abs(
                    solved.cutoff[t][None] - ranks[:, None, None]) * (points - 1))
                after = (hat * here[None]).sum(axis=1)
            here = war.talks * after + (1.0 - war.talks) * here
        fights = (share[:, None] * here).sum()
        settled.append(settled[-1] + before - fights)
        fought.append(fights)
        arrived = np.stack([np.bincount(war.next_state.ravel(), (row[:, None] * belief).ravel(),
                                        n + war.n_terminal)[:n] for row in here])
        here = arrived.astype(np.float64)
    return np.array(settled), np.array(fought)


def _periods(horizon: int) -> int:
    if isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 1:
        raise ArgumentError(f"Argument `horizon` must be a whole number >= 1, but is {horizon!r}.")
    return horizon
