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

Iteration stops when V moves by less than 1e-13 of the scale, when it comes back to an earlier V
(Brent 1980, cycle detection by powers of two), or after 2^18 periods.

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

from zopa.bargaining.arrays import Game, update
from zopa.core.status import Status

Array = Any

# all as shares of the scale of values
AT_REST = 1e-13
BACK_AGAIN = 2e-13
SAME = 1e-7
LIMIT = 1 << 18


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
    scale = _scale(game, lower, upper)
    for_b = iterate(game, np.stack([lower[0], upper[1]]), scale)
    for_a = iterate(game, np.stack([upper[0], lower[1]]), scale)
    if _apart(for_b.points[0], for_a.points[0], scale) <= SAME:
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
    scale = _scale(game, *starts)
    limits = [iterate(game, start, scale) for start in starts]
    points: list[Found] = []
    for limit in limits:
        own = Status.NOT_UNIQUE if limit.settled else (
            Status.CYCLE if len(limit.points) > 1 else Status.NOT_SETTLED)
        for value in limit.points:
            if all(_apart(value, known.value, scale) > SAME for known in points):
                points.append(Found(value, own))
    if not limits[0].settled:
        stuck = cycle if len(limits[0].points) > 1 else Status.NOT_SETTLED
        return [Found(points[0].value, stuck), *points[1:]]
    if len(points) == 1:
        return [Found(points[0].value, Status.NOT_CERTIFIED)]
    return points


def iterate(game: Game, start: Array, scale: Array) -> Limit:
    """T applied to `start` until it rests, repeats itself, or the limit is reached."""
    value, change, back = _iterate(game, jnp.asarray(start), jnp.asarray(scale))
    here = np.asarray(value)
    if float(change) <= AT_REST:
        return Limit((here,), settled=True)
    if int(back) == 0:
        return Limit((here,), settled=False)
    points = [here]
    for _ in range(int(back) - 1):
        points.append(np.asarray(_update(game, jnp.asarray(points[-1]))))
    if max(_apart(point, here, scale) for point in points) <= SAME:
        return Limit((here,), settled=True)
    return Limit(tuple(points), settled=False)


@jax.jit
def _update(game: Game, value: Array) -> Array:
    return update(game, value, jnp)


@jax.jit
def _iterate(game: Game, start: Array, scale: Array) -> tuple[Array, ...]:
    """The last V, its last change, and the length of the cycle met (0 if none)."""

    def unfinished(carry: tuple[Array, ...]) -> Array:
        _, change, _, _, _, back, count = carry
        return (change > AT_REST) & (back == 0) & (count < LIMIT)

    def once(carry: tuple[Array, ...]) -> tuple[Array, ...]:
        value, _, anchor, since, stretch, _, count = carry
        new = update(game, value, jnp)
        change = (jnp.abs(new - value) / scale[:, None]).max()
        since = since + 1
        home = (jnp.abs(new - anchor) / scale[:, None]).max() <= BACK_AGAIN
        back = jnp.where(home & (since > 1), since, 0)
        full = since == stretch
        return (new, change, jnp.where(full, new, anchor), jnp.where(full, 0, since),
                jnp.where(full, 2 * stretch, stretch), back, count + 1)

    one = jnp.asarray(1)
    carry = (start, jnp.asarray(jnp.inf), start, 0 * one, one, 0 * one, 0 * one)
    value, change, _, _, _, back, _ = lax.while_loop(unfinished, once, carry)
    return value, change, back


def _scale(game: Game, *values: Array) -> Array:
    """`(party,)`: the largest magnitude among the frontier's range, its ends and the values."""
    ends = [np.asarray(game.frontier.high), np.asarray(game.frontier.low)]
    sizes = [np.abs(array).max(axis=-1) for array in (*ends, *values)]
    return np.maximum(np.max(sizes, axis=0), 1e-300)


def _apart(one: Array, two: Array, scale: Array) -> float:
    return float((np.abs(one - two) / scale[:, None]).max())
