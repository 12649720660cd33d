"""Ratification as a probability: what a proposer offers when a deal may fail at home.

A deal worth u to party i is ratified by it with probability

    R_i(u) = 1 / (1 + exp(-(u - rho_i) / s_i)),     s_i > 0,

half at the floor rho_i and the surer the better the deal; with s_i = 0 the floor is a wall, as
without this.  A deal that either side fails to ratify leaves both fighting on this period.  The
proposer i maximises, over what leaves the other side x,

    R (D_i - r_i) + r_i,     R = R_i(F_i(x)) R_j(x),   D_j(x) >= r_j,  D_i >= r_i.

log R and log(D_i - r_i) are concave in x along a concave frontier, so there is one maximum, where

    (1 - R_j) / s_j  =  f (1 - R_i) / s_i  +  f a_i / (D_i - r_i),     f = -F_i'(x)

(a term with s = 0 is left out), at a corner of the frontier or at an end.  The left side falls and
the right side rises in x, so ROUNDS bisections find it to rounding.  Where D_i < r_i, or u_i is
below a wall, x is too large.

Reference: Putnam (1988), International Organization 42:427-460, for the two levels.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple

from zopa.agreement.boundary import Concave
from zopa.core.loop import repeated

Array = Any
ROUNDS = 54


class Uncertain(NamedTuple):
    """What one proposer weighs; every entry broadcasts against the states.

    Attributes:
        proposer: 0 or 1.
        fighting: r_i of the proposer.
        weight, constant: its a_i, K_i.
        floor, spread: rho and s, `(A, B)`.
        frontier: what can be offered.
        ties: tolerance of ties.
    """

    proposer: int
    fighting: Array
    weight: Array
    constant: Array
    floor: tuple[Array, Array]
    spread: tuple[Array, Array]
    frontier: Concave
    ties: float


def wall(floor: Array, spread: Array, xp: ModuleType) -> Array:
    """The floor where it is a wall; minus infinity where ratification is a probability."""
    return xp.where(spread > 0.0, -xp.inf, floor)


def chance(u: Array, floor: Array, spread: Array, xp: ModuleType) -> Array:
    """R(u); 1 where the floor is a wall."""
    uncertain = spread > 0.0
    odds = (u - xp.where(uncertain, floor, 0.0)) / xp.where(uncertain, spread, 1.0)
    return xp.where(uncertain, 1.0 / (1.0 + xp.exp(-xp.clip(odds, -700.0, 700.0))), 1.0)


def both(case: Uncertain, mine: Array, theirs: Array, xp: ModuleType) -> Array:
    """R of a deal worth `mine` to the proposer and `theirs` to the other side."""
    i = case.proposer
    return (chance(mine, case.floor[i], case.spread[i], xp)
            * chance(theirs, case.floor[1 - i], case.spread[1 - i], xp))


def aim(case: Uncertain, x: Array, xp: ModuleType) -> Array:
    """What the proposer maximises, less r_i; negative where it would rather fight."""
    mine, theirs = case.frontier.offer(case.proposer, x, xp, case.ties)
    i = case.proposer
    gain = case.weight * mine + case.constant - case.fighting
    short = mine - wall(case.floor[i], case.spread[i], xp)
    return xp.where(short < 0.0, xp.minimum(short, gain),
                    xp.where(gain > 0.0, both(case, mine, theirs, xp) * gain, gain))


def rising(case: Uncertain, x: Array, xp: ModuleType) -> Array:
    """Whether the proposer gains by offering more than x."""
    i = case.proposer
    mine, theirs = case.frontier.offer(i, x, xp, case.ties)
    fall = case.frontier.fall(i, x, xp)
    gain = case.weight * mine + case.constant - case.fighting
    short = mine - wall(case.floor[i], case.spread[i], xp)
    more = hurry(theirs, case.floor[1 - i], case.spread[1 - i], xp)
    less = fall * (hurry(mine, case.floor[i], case.spread[i], xp)
                   + case.weight / xp.where(gain > 0.0, gain, 1.0))
    return (gain > 0.0) & (short >= 0.0) & (more > less)


def hurry(u: Array, floor: Array, spread: Array, xp: ModuleType) -> Array:
    """d log R / du = (1 - R(u)) / s; 0 where the floor is a wall."""
    left = 1.0 - chance(u, floor, spread, xp)
    return xp.where(spread > 0.0, left / xp.where(spread > 0.0, spread, 1.0), 0.0)


def best(case: Uncertain, least: Array, most: Array, xp: ModuleType) -> Array:
    """x that the proposer offers, between what the other side needs and the frontier's end.

    Args:
        case: what the proposer weighs.
        least, most: the ends of x, least <= most.
    """
    def halve(ends: tuple[Array, Array]) -> tuple[Array, Array]:
        low, high = ends
        middle = 0.5 * (low + high)
        up = rising(case, middle, xp)
        return xp.where(up, middle, low), xp.where(up, high, middle)

    # with all the axes of the aim, so that the loop carries arrays of one shape
    shape = aim(case, least, xp) * 0.0
    return repeated(ROUNDS, halve, (least + shape, most + shape), xp)[0]
