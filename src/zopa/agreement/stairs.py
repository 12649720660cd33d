"""Real packages only: the undominated ones at every position and draw, in order.

A package is undominated where no other one gives one side more without giving the other less.
Utilities add up over groups of linked issues, and what is undominated in a sum is a sum of what is
undominated in its parts, so that the groups are taken one after the other:

1. Keep the undominated joint options of each group: once per draw where nothing in the group
   depends on the position, else once per position and draw.
2. Add up groups that do not move, then those that do; after each sum drop what is dominated.
3. Stand from A's best to B's best; fill up by repeating the last.

In this order the best package that leaves the other side x is found by halving: seven looks for a
hundred packages (`Steps`, in any order, looks at each).

Reference: Ehrgott (2005), Multicriteria Optimization, chapter 8, for sums of undominated sets.
"""

from __future__ import annotations

from functools import reduce
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from zopa.agreement.boundary import TIES, Hull
from zopa.agreement.groups import Group, draws_at_a_time, groups, shifts, still
from zopa.agreement.hull import two_parties
from zopa.agreement.space import Booleans, Floats, Space
from zopa.core.errors import ArgumentError

Array = Any
ROUNDING = 1e-12
"""Utilities this close are equal: sums in another order differ in their last digits."""
NUMBERS = 4_000_000
"""Utilities held at a time while two groups are added up."""
BLOCK = 64
"""Draws computed at a time, at most; the result does not depend on it."""
MOST = 4096
"""Undominated packages of one draw and position; more is refused."""


class Stairs(NamedTuple):
    """The undominated packages from A's best to B's best.

    Attributes:
        points: `(party, package, *state)` utilities; A's fall and B's rise along the packages, and
            the last one may be repeated.
        low: `(party, *state)`, smallest utility of each party.
        high: `(party, *state)`, the largest.
    """

    points: Array
    low: Array
    high: Array

    def offer(self, i: int, x: Array, xp: ModuleType,
              ties: Array = TIES) -> tuple[Array, Array]:
        """Best real package for i that leaves the other side at least x: `(u_i, u_j)`.

        As `zopa.agreement.boundary.Steps.offer`: a package within `ties` x the range of x counts
        as leaving x; where there is none, u_i is minus infinity and u_j is x.
        """
        j = 1 - i
        least = x - ties * (self.high[j] - self.low[j])
        mine, theirs = self.points[i], self.points[j]
        if i == 1:
            mine, theirs = mine[::-1], theirs[::-1]       # what the other side gets must rise
        sizes = theirs.shape[1:]
        rest = [xp.arange(size).reshape((-1,) + (1,) * (len(sizes) - 1 - axis))
                for axis, size in enumerate(sizes)]
        count = theirs.shape[0]
        # the number of packages that leave less than x, by halving
        short = xp.zeros_like(least, dtype=int)
        stride = 1 << (count.bit_length() - 1)
        while stride:
            further = xp.minimum(short + stride, count)
            short = xp.where(theirs[(further - 1, *rest)] < least, further, short)
            stride //= 2
        found, chosen = short < count, xp.minimum(short, count - 1)
        return (xp.where(found, mine[(chosen, *rest)], -xp.inf),
                xp.where(found, theirs[(chosen, *rest)], x))


Offered = Hull | Stairs
"""What can be offered at every position and draw of a scenario."""


def stairs(space: Space, positions: Floats, block: int = BLOCK) -> Stairs:
    """The undominated packages at every position and draw.

    Args:
        space: the space, with exactly two parties.
        positions: `(cell,)` in [-1, 1].
        block: draws computed at a time, at most.

    Returns:
        `Stairs` with axes `(party, package, cell, draw)` and `(party, cell, draw)`.

    Raises:
        ArgumentError: there are not two parties, the constraints leave no package, or more than
            `MOST` packages are undominated.
    """
    two_parties(space)
    positions = np.atleast_1d(np.asarray(positions, dtype=float))
    parts = groups(space)
    block = draws_at_a_time(parts, block, max(1, NUMBERS // len(positions)))
    blocks = [_block(space.take(slice(first, first + block)), parts, positions)
              for first in range(0, space.draws, block)]
    most = max(part.shape[-1] for part in blocks)
    points = np.empty((2, most, len(positions), space.draws))
    first = 0
    for part in blocks:                                   # (party, cell, draw, package)
        draws = slice(first, first + part.shape[2])
        moved = np.moveaxis(part, -1, 1)
        points[:, :part.shape[-1], :, draws] = moved
        points[:, part.shape[-1]:, :, draws] = moved[:, -1:]
        first = draws.stop
    low = np.stack([points[0, -1], points[1, 0]])
    high = np.stack([points[0, 0], points[1, -1]])
    return Stairs(points, low, high)


def lengthened(frontier: Stairs, count: int) -> Stairs:
    """The same with the last package repeated up to `count` of them."""
    missing = count - frontier.points.shape[1]
    more = np.repeat(frontier.points[:, -1:], missing, axis=1)
    return frontier._replace(points=np.concatenate([frontier.points, more], axis=1))


def undominated(points: Floats) -> Floats:
    """The undominated ones, from A's best to B's best, the last one repeated.

    Args:
        points: `(party, ..., package)`.

    Returns:
        The same with a last axis as long as the largest number of undominated ones; of equal
        packages one is kept.
    """
    # complex numbers sort by their real parts, ties by the imaginary ones
    ordered = np.sort(-points[0] - 1j * points[1], axis=-1)
    a, b = -ordered.real, -ordered.imag
    best = np.maximum.accumulate(b, axis=-1)
    kept = np.ones(b.shape, dtype=bool)
    kept[..., 1:] = b[..., 1:] > best[..., :-1]
    a, b = _only(kept, a, b)
    # ties that rounding has broken: neighbours that are equal for B, then those equal for A
    kept = np.ones(b.shape, dtype=bool)
    kept[..., 1:] = np.diff(b, axis=-1) > ROUNDING
    a, b = _only(kept, a, b)
    kept = np.ones(b.shape, dtype=bool)
    kept[..., :-1] = (-np.diff(a, axis=-1) > ROUNDING) | (np.diff(b, axis=-1) <= 0.0)
    return np.stack(_only(kept, a, b))


def _only(kept: Booleans, *arrays: Floats) -> tuple[Floats, ...]:
    """What is kept along the last axis, moved to its front; the last one is repeated."""
    count = kept.sum(axis=-1)
    order = np.argsort(~kept, axis=-1, kind="stable")
    place = np.minimum(np.arange(int(count.max())), count[..., None] - 1)
    chosen = np.take_along_axis(order, place, axis=-1)
    return tuple(np.take_along_axis(x, chosen, axis=-1) for x in arrays)


def _block(space: Space, parts: tuple[Group, ...], positions: Floats) -> Floats:
    """`(party, cell, draw, package)` of some draws."""
    ordered = sorted(parts, key=lambda group: group.moves)    # stable: those that stay come first
    fronts = [_front(space, group, positions) for group in ordered]
    whole = reduce(_sum, fronts)
    return np.broadcast_to(whole, (2, len(positions), *whole.shape[2:]))


def _front(space: Space, group: Group, positions: Floats) -> Floats:
    """Undominated joint options of one group, `(party, cell or 1, draw, joint option)`."""
    base = still(space, group)
    if not group.moves:
        return undominated(np.moveaxis(base, 1, -1)[:, None])
    clouds = [base[:, None, strand.rows] + shifts(space, strand, positions)[:, :, None]
              for strand in group.strands]
    return undominated(np.moveaxis(np.concatenate(clouds, axis=2), 2, -1))


def _sum(one: Floats, other: Floats) -> Floats:
    """Undominated sums of two fronts, some draws at a time."""
    cells, draws = max(one.shape[1], other.shape[1]), one.shape[2]
    pairs = one.shape[-1] * other.shape[-1]
    at_a_time = max(1, NUMBERS // (cells * pairs))
    found = []
    for first in range(0, draws, at_a_time):
        some = slice(first, first + at_a_time)
        added = one[:, :, some, :, None] + other[:, :, some, None, :]
        found.append(undominated(added.reshape(*added.shape[:3], pairs)))
    most = max(part.shape[-1] for part in found)
    if most > MOST:
        raise ArgumentError(f"More than {MOST} packages are undominated, too many for "
                            "`frontier: packages`. Use `frontier: hull`, or fewer issues.")
    return np.concatenate(
        [np.concatenate([part, np.repeat(part[..., -1:], most - part.shape[-1], axis=-1)], axis=-1)
         for part in found], axis=2)
