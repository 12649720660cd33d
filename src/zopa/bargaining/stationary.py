"""Stationary solutions: V = T(V), with T one period of the game.

Permanent deals, no outside options.  T is monotone in the order (V_A up, V_B down), so the limits
of its iteration from two corners enclose every solution:

1. W = fight to the finish and U = the ceiling bound every solution, W <= V <= U.
2. Iterate T from (W_A, U_B) and from (U_A, W_B).
3. Equal limits: the only solution.  Different ones: the first is the value, the second an
   alternative (floors and steps make T jump, and both can be equilibria).

Deals that lapse, or outside options.  T is not monotone; several solutions and cycles exist:

1. Iterate T from war, V = W, and from peace, V_i = max F_i; with permanent deals from the two
   corners as well.
2. The value is the limit from war; every different limit is an alternative, and so is every point
   of a cycle.

Iteration stops when V moves by less than 1e-13 of the frontier's range (plus rounding), when it
comes back to an earlier V (Brent 1980, cycle detection by powers of two), or after 2^18 periods
(more, up to 2^20, where a period has few moves to compute).

Ties agree within 1e-9 of the frontier's range, so that a limit which is approached from the side
of disagreement counts as reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from zopa.bargaining.arrays import Game, frontier_range, update
from zopa.core.status import Status

Array = Any

# shares of the frontier's range: at rest from one period to the next; two limits that are the same
AT_REST = 1e-13
SAME = 1e-7
# rounding, as a share of the largest value (within one period; between two limits)
ROUNDING = 4e-15
ROUNDING_BETWEEN = 1e-11
# most periods to iterate: at least, at most, and in all moves
LEAST, MOST, MOVES = 1 << 18, 1 << 20, 1 << 26


@dataclass(frozen=True, eq=False)
class Limit:
    """Where an iteration ended.

    Attributes:
        points: `(party, state)` arrays: one where it came to rest, several in a cycle.
        settled: whether it came to rest.
    """

    points: tuple[Array, ...]
    settled: bool


@dataclass(frozen=True, eq=False)
class Found:
    """A value `(party, state)` and what is known about it."""

    value: Array
    status: Status


def permanent_solutions(game: Game, lower: Array, upper: Array) -> list[Found]:
    """Solutions with permanent deals and no outside options; the first is the value.

    Args:
        game: the padded game.
        lower: W, `(party, state)`.
        upper: U, `(party, state)`.
    """
    width = frontier_range(game)
    for_b = iterate(game, np.stack([lower[0], upper[1]]), width)
    for_a = iterate(game, np.stack([upper[0], lower[1]]), width)
    if _same(for_b.points[0], for_a.points[0], width):
        return [Found(for_b.points[0], Status.CONVERGED)]
    settled = for_b.settled and for_a.settled
    status = Status.NOT_UNIQUE if settled else Status.NOT_SETTLED
    return [Found(for_b.points[0], status), Found(for_a.points[0], status)]


def other_solutions(game: Game, starts: list[Array], cycle: Status) -> list[Found]:
    """Solutions where deals lapse or sides can leave; the first is the value.

    Args:
        game: the padded game.
        starts: `(party, state)` arrays, war first.
        cycle: status when the iteration from war does not come to rest.
    """
    width = frontier_range(game)
    limits = [iterate(game, start, width) for start in starts]
    points: list[Found] = []
    for limit in limits:
        own = Status.NOT_UNIQUE if limit.settled else (
            Status.CYCLE if len(limit.points) > 1 else Status.NOT_SETTLED)
        for value in limit.points:
            if not any(_same(value, known.value, width) for known in points):
                points.append(Found(value, own))
    if not limits[0].settled:
        stuck = cycle if len(limits[0].points) > 1 else Status.NOT_SETTLED
        return [Found(points[0].value, stuck), *points[1:]]
    if len(points) == 1:
        return [Found(points[0].value, Status.NOT_CERTIFIED)]
    return points


def iterate(game: Game, start: Array, width: Array) -> Limit:
    """T applied to `start` until it rests, repeats itself, or the limit is reached.

    Args:
        game: the padded game.
        start: `(party, state)`.
        width: `(party,)`, the frontier's range.
    """
    limit = min(max(MOVES // game.next_state.size, LEAST), MOST)
    value, rests, back = _iterate(game, jnp.asarray(start), jnp.asarray(width), limit)
    here = np.asarray(value)
    if bool(rests):
        return Limit((here,), settled=True)
    if int(back) == 0:
        return Limit((here,), settled=False)
    points = [here]
    for _ in range(int(back) - 1):
        points.append(np.asarray(_update(game, jnp.asarray(points[-1]))))
    if all(_same(point, here, width) for point in points):
        return Limit((here,), settled=True)
    return Limit(tuple(points), settled=False)


@jax.jit
def _update(game: Game, value: Array) -> Array:
    return update(game, value, jnp)


@jax.jit
def _iterate(game: Game, start: Array, width: Array,
             limit: int) -> tuple[Array, Array, Array]:
    """The last V, whether it rests, and the length of the cycle met (0 if none)."""

    def close(new: Array, old: Array, share: float) -> Array:
        rounding = ROUNDING * jnp.abs(new).max(axis=1, keepdims=True)
        return (jnp.abs(new - old) <= share * width[:, None] + rounding).all()

    def unfinished(carry: tuple[Array, ...]) -> Array:
        _, rests, _, _, _, back, count = carry
        return ~rests & (back == 0) & (count < limit)

    def once(carry: tuple[Array, ...]) -> tuple[Array, ...]:
        value, _, anchor, since, stretch, _, count = carry
        new = update(game, value, jnp)
        since = since + 1
        back = jnp.where(close(new, anchor, 2 * AT_REST) & (since > 1), since, 0)
        full = since == stretch
        return (new, close(new, value, AT_REST), jnp.where(full, new, anchor),
                jnp.where(full, 0, since), jnp.where(full, 2 * stretch, stretch), back, count + 1)

    one = jnp.asarray(1)
    carry = (start, jnp.asarray(False), start, 0 * one, one, 0 * one, 0 * one)
    value, rests, _, _, _, back, _ = lax.while_loop(unfinished, once, carry)
    return value, rests, back


def _same(one: Array, two: Array, width: Array) -> bool:
    size = np.maximum(np.abs(one), np.abs(two))
    return bool((np.abs(one - two) <= SAME * width[:, None] + ROUNDING_BETWEEN * size).all())
