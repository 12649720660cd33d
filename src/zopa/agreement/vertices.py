"""The frontier of an agreement space as its corner packages, at one position; and the staircase.

Every corner of the boundary is a real package (one corner of each group of linked issues), so any
point of the boundary is a mixture of at most two real packages.

1. Gift-wrap each group; sort all groups' edges by the gain of B per loss of A, steepest first.
2. Start at A's ideal package; along each edge in turn that edge's group moves to its next corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.boundary import Steps
from zopa.agreement.groups import Group, at, draws_at_a_time, groups
from zopa.agreement.hull import BLOCK, NUMBERS, two_parties
from zopa.agreement.space import Floats, Integers, Space
from zopa.agreement.wrap import chain, edges, pick


@dataclass(frozen=True, eq=False)
class Vertices:
    """Corners of the boundary from A's ideal to B's, the last one repeated.

    Attributes:
        utility: `(party, vertex, draw)`.
        package: `(vertex, draw, issue)`, the option's index within its issue.
    """

    utility: Floats
    package: Integers

    @property
    def range(self) -> Floats:
        """`(party, draw)`: what each party has to win on the boundary, max F - min F."""
        width: Floats = np.abs(self.utility[:, 0] - self.utility[:, -1])
        return width


def vertices(space: Space, x: float | Floats = 0.0) -> Vertices:
    """Corners of the boundary in every draw.

    Args:
        space: the space, with exactly two parties.
        x: position in [-1, 1], one or `(draw,)`.

    Raises:
        ArgumentError: there are not two parties, or the constraints leave no package.
    """
    two_parties(space)
    parts = groups(space)
    block = draws_at_a_time(parts, BLOCK, NUMBERS)
    x = np.broadcast_to(np.asarray(x, dtype=float), (space.draws,))
    blocks = []
    for first in range(0, space.draws, block):
        some = slice(first, first + block)
        blocks.append(_packages(space.take(some), parts, x[some]))
    most = max(len(part) for part in blocks)
    package = np.concatenate([np.concatenate([part, np.repeat(part[-1:], most - len(part), 0)])
                              for part in blocks], axis=1)
    return Vertices(space.utilities(package, x), package)


def _packages(space: Space, parts: tuple[Group, ...], x: Floats) -> Integers:
    """Corner packages `(vertex, draw, issue)` of some draws, steps 1 and 2."""
    rates, owners, corners = [], [], []
    for n, group in enumerate(parts):
        cloud = at(space, group, x)
        indices = chain(cloud)
        own = edges(pick(cloud, indices))
        # an edge that rounding has made useless is walked with its group all the same
        moved = indices[1:] != indices[:-1]
        rate = own.gain / np.where(own.used, own.loss, 1.0)
        rates.append(np.where(moved, np.where(own.used, rate, np.inf), -1.0))
        owners += [n] * len(rate)
        corners.append(indices)
    rate = np.concatenate(rates)
    order = np.argsort(-rate, axis=0, kind="stable")
    steps = int((rate >= 0.0).sum(axis=0).max(initial=0))
    owner = np.array(owners, dtype=np.int64)[order[:steps]].reshape(steps, space.draws)
    package = np.zeros((steps + 1, space.draws, len(space.issues)), dtype=np.int64)
    for n, group in enumerate(parts):
        walked = np.cumsum(np.vstack([np.zeros((1, space.draws), int), owner == n]), axis=0)
        walked = np.minimum(walked, len(corners[n]) - 1)
        package[..., list(group.issues)] = group.joint[np.take_along_axis(corners[n], walked, 0)]
    return package


@dataclass(frozen=True, eq=False)
class Staircase:
    """Undominated real packages of one draw, from A's best to B's best.

    Attributes:
        steps: the staircase as arrays, `(party, package)`.
        package: `(package,)`: rows of the list of packages they were taken from.
    """

    steps: Steps
    package: Integers


def staircase(utility: Floats) -> Staircase:
    """Packages that no other one beats for one side without being worse for the other.

    Args:
        utility: `(2, package)`, of one draw.  Of packages equal for both the first is kept.
    """
    order = np.lexsort((-utility[1], -utility[0]))
    theirs = utility[1, order]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(theirs)[:-1]])
    kept = order[theirs > before]
    points = utility[:, kept]
    return Staircase(Steps(points, points.min(axis=1), points.max(axis=1)), kept)
