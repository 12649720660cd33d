"""The uninformed side's best offer when the remaining types are [low, cutoff], on a grid.

Types are numbered by their rank q in [0, 1], 0 the toughest; the pool of rank q holds all of rank
at most q, and by the skimming property an offer x is accepted by the ranks above a new cutoff q'.
With need(q') the least utility that the marginal type q' accepts, P(q') = a_j F_j(x(q')) the deal's
annuity to the uninformed side j and H(q') its value of what is left, it maximises

    f(q') = (q - q') P(q') + H(q')        over q' <= q,        x(q') = max(need(q'), least)

where `least` is the larger of the informed side's floor and the frontier's end, and only
x(q') <= `most` can be offered (the frontier's other end, or j's own floor).

1. P and H are known at the grid's points.  Between them P is linear and H a cubic with central
   slopes (H is smooth where P is, and a kink at every point would keep the cutoffs away from the
   points, round after round); the best place of every cell follows in closed form.  The cell in
   which need crosses `least` or `most` is cut there; whoever needs less than `least` accepts every
   offer, so that no cutoff lies among them.  Where F is a straight line the error falls faster
   than 1 / points^2; a kink of F inside a cell is missed by up to its share of the cell.
2. The best cell is taken; ties sell to more types.
3. Real packages only : an offer is a package, its cutoff is where need crosses it.

Arrays are `(..., cutoff, draw)`; what does not depend on the cutoff has length 1 there.

Reference: Fudenberg and Tirole (1983), Gul, Sonnenschein and Wilson (1986) for skimming;
Powell (2004) for screening while fighting.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple, Protocol

import numpy as np

from zopa.agreement.boundary import Hull, Offers

Array = Any
SOLD = 1e-12


class Chosen(NamedTuple):
    """The uninformed side's choice for the pool of every grid point.

    Attributes:
        cutoff: q', the rank above which the offer is accepted; q itself where none is made.
        offer: `(uninformed, informed)` utilities of the offer; finite also where none is made.
        agree: whether an offer is made that somebody accepts.
        value: max f.
    """

    cutoff: Array
    offer: tuple[Array, Array]
    agree: Array
    value: Array


class Packages(Offers, Protocol):
    """A frontier of real packages, in any order."""

    @property
    def points(self) -> Array:
        """`(party, package, *state)` utilities."""


class Bounds(NamedTuple):
    """What can be offered: utilities of the informed side, `least` to `most`, and j's floor."""

    least: Array
    most: Array
    floor: Array


def grid(points: int, xp: ModuleType) -> Array:
    """Ranks 0, ..., 1, `(cutoff, 1)`."""
    return xp.linspace(0.0, 1.0, points)[:, None]


def bounds(frontier: Offers, i: int, floor: tuple[Array, Array], ties: float,
           xp: ModuleType) -> Bounds:
    """Least and most that the informed side i can be offered.

    `most` is the best point of the frontier for i that leaves j its floor; below `least` where
    nothing can be offered.
    """
    j = 1 - i
    least = xp.maximum(floor[i], frontier.low[i])
    slack_i = ties * (frontier.high[i] - frontier.low[i])
    slack_j = ties * (frontier.high[j] - frontier.low[j])
    wanted = xp.maximum(floor[j], frontier.low[j])
    most, _ = frontier.offer(i, xp.minimum(wanted, frontier.high[j]), xp, ties)
    possible = (wanted <= frontier.high[j] + slack_j) & (least <= most + slack_i)
    least = xp.minimum(least, xp.maximum(most, frontier.low[i]))
    return Bounds(least, xp.where(possible, xp.maximum(most, least), -xp.inf), floor[j])


def best_offer(frontier: Hull | Packages, i: int, limits: Bounds, weight: Array, need: Array,
               left: Array, ties: float, xp: ModuleType) -> Chosen:
    """Steps 1-3 of the module's text for every pool of the grid.

    Args:
        frontier: what can be offered.
        i: the informed side, 0 or 1.
        limits: of what can be offered.
        weight: a_j.
        need: `(..., cutoff, draw)`, the least that the marginal type accepts.
        left: H, `(..., cutoff, draw)`; 0 at rank 0.
        ties: tolerance, as a share of the frontier's range.
        xp: `numpy` or `jax.numpy`.
    """
    if isinstance(frontier, Hull):
        return _best_point(frontier, i, limits, weight, need, left, ties, xp)
    return _best_package(frontier, i, limits, weight, need, left, ties, xp)


def _best_point(frontier: Hull, i: int, limits: Bounds, weight: Array, need: Array, left: Array,
                ties: float, xp: ModuleType) -> Chosen:
    j, points = 1 - i, need.shape[-2]
    q, width = grid(points, xp), 1.0 / (points - 1)
    least, most = limits.least, limits.most
    possible = most > -xp.inf
    top = xp.where(possible, most, least)

    def price(x: Array) -> Array:
        return weight * frontier.offer(j, x, xp, ties)[0]

    x = xp.clip(need, least, top)
    worth, worth_least, worth_top = price(x), price(least), price(top)
    # every cell from its left to its right end: where it begins, how long it is, x and P there
    a, b = need[..., :-1, :], need[..., 1:, :]
    fall = a - b
    steep = xp.where(fall == 0.0, 1.0, fall)
    slack = ties * (frontier.high[i] - frontier.low[i])
    over, under = a > top + slack, (a > least) & (b < least)
    # all types of such a cell accept whatever can be offered, so no cutoff lies inside it
    floored, tough = a <= least, xp.arange(points - 1)[:, None] == 0
    begin = xp.where(over, (a - top) / steep, 0.0)
    end = xp.where(floored, 0.0, xp.where(under, (a - least) / steep, 1.0))
    usable = possible & (b <= top + slack) & (tough | ~floored)
    p0 = xp.where(over, worth_top, worth[..., :-1, :])
    p1 = xp.where(under, worth_least, worth[..., 1:, :])
    x0 = xp.where(over, top, x[..., :-1, :])
    x1 = xp.where(under, least, x[..., 1:, :])
    length = end - begin
    long = length > 0.0
    rise = xp.where(long, (p1 - p0) / xp.where(long, length, 1.0), 0.0)
    gain = left[..., 1:, :] - left[..., :-1, :]
    bend = slopes(left, xp)
    # left(t) = left + t (first + t (second + t third))
    first = bend[..., :-1, :]
    second = 3.0 * gain - 2.0 * first - bend[..., 1:, :]
    third = first + bend[..., 1:, :] - 2.0 * gain
    tie = ties * (frontier.high[j] - frontier.low[j]) * weight

    best = xp.full_like(need, -xp.inf)
    cutoff, offer = q + xp.zeros_like(need), x
    for m in range(points - 1):
        def cell(y: Array, at: int = m) -> Array:
            return y[..., at:at + 1, :]

        t0, t1, s, p = cell(begin), cell(end), cell(rise), cell(p0)
        room, d1, d2, d3 = q - q[m], cell(first), cell(second), cell(third)

        def worth_at(t: Array, room: Array = room, t0: Array = t0, s: Array = s, p: Array = p,
                     d: tuple[Array, Array, Array, Array] = (cell(left), d1, d2, d3)) -> Array:
            return ((room - t * width) * (p + s * (t - t0))
                    + d[0] + t * (d[1] + t * (d[2] + t * d[3])))

        # f' = c + b t + a t^2, at its falling root; where there is none, the better end
        c = room * s - width * (p - s * t0) + d1
        turn, curve = 2.0 * (d2 - width * s), 3.0 * d3
        root = turn * turn - 4.0 * curve * c
        below = -turn + xp.sqrt(xp.maximum(root, 0.0))
        inner = 2.0 * c / xp.where(below > 0.0, below, 1.0)
        inside = (root >= 0.0) & (below > 0.0) & (inner > t0) & (inner < t1)
        at_start, at_end = worth_at(t0), worth_at(t1)
        t = xp.where(at_end > at_start, t1, t0)
        f = xp.maximum(at_start, at_end)
        middle = xp.where(inside, inner, t0)
        at_middle = worth_at(middle)
        t, f = xp.where(at_middle > f, middle, t), xp.maximum(at_middle, f)
        better = cell(usable) & (room > 0.5 * width) & (f > best + tie)
        best = xp.where(better, f, best)
        cutoff = xp.where(better, q[m] + t * width, cutoff)
        share = (t - t0) / xp.where(cell(long), cell(length), 1.0)
        offer = xp.where(better, cell(x0) + share * (cell(x1) - cell(x0)), offer)
    return _chosen(q, best, cutoff, (frontier.offer(j, offer, xp, ties)[0], offer), left, tie, xp)


def slopes(values: Array, xp: ModuleType) -> Array:
    """Slopes at the points, a cell being 1 wide: central, at the ends through three points."""
    if values.shape[-2] == 2:
        step = values[..., 1:, :] - values[..., :-1, :]
        return xp.concatenate([step, step], axis=-2)
    inner = 0.5 * (values[..., 2:, :] - values[..., :-2, :])
    step = values[..., 1:, :] - values[..., :-1, :]
    start = 2.0 * step[..., :1, :] - inner[..., :1, :]
    end = 2.0 * step[..., -1:, :] - inner[..., -1:, :]
    return xp.concatenate([start, inner, end], axis=-2)


def _best_package(frontier: Packages, i: int, limits: Bounds, weight: Array, need: Array,
                  left: Array, ties: float, xp: ModuleType) -> Chosen:
    j, points = 1 - i, need.shape[-2]
    q, width = grid(points, xp), 1.0 / (points - 1)
    a, b = need[..., :-1, :], need[..., 1:, :]
    gain = left[..., 1:, :] - left[..., :-1, :]
    slack_i = ties * (frontier.high[i] - frontier.low[i])
    slack_j = ties * (frontier.high[j] - frontier.low[j])
    tie = slack_j * weight
    level = a == b
    steep = xp.where(level, 1.0, a - b)

    def look(best: Array, package: tuple[Array, Array]) -> Array:
        value, cutoff, mine, theirs = best
        u_i, u_j = package
        # share of every cell whose types want more than the package
        refuse = xp.where(level, 1.0 * (a > u_i + slack_i),
                          xp.clip((a - u_i - slack_i) / steep, 0.0, 1.0))
        at = width * refuse.sum(axis=-2, keepdims=True)
        f = (q - at) * weight * u_j + (gain * refuse).sum(axis=-2, keepdims=True)
        better = ((u_i >= limits.least - slack_i) & (u_j >= limits.floor - slack_j)
                  & (q - at > SOLD) & (f > value + tie))
        return (xp.where(better, f, value), xp.where(better, at, cutoff),
                xp.where(better, u_j, mine), xp.where(better, u_i, theirs))

    zero = xp.zeros_like(need)
    best, cutoff, mine, theirs = fold(look, (zero - xp.inf, q + zero, zero, zero),
                                      (frontier.points[i], frontier.points[j]), xp)
    return _chosen(q, best, cutoff, (mine, theirs), left, tie, xp)


def fold(look: Callable[[Array, Array], Array], start: Array, items: tuple[Array, ...],
         xp: ModuleType) -> Array:
    """`look` over the items along axis 0, one after the other: one loop of the compiled program."""
    if xp is np:
        for n in range(len(items[0])):
            start = look(start, tuple(item[n] for item in items))
        return start
    from jax import lax

    return lax.scan(lambda carry, item: (look(carry, item), None), start, items)[0]


def _chosen(q: Array, best: Array, cutoff: Array, offer: tuple[Array, Array], left: Array,
            tie: Array, xp: ModuleType) -> Chosen:
    agree = (best >= left - tie) & (q - cutoff > SOLD)
    return Chosen(xp.where(agree, cutoff, q), offer, agree, xp.where(agree, best, left))
