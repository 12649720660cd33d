"""Veto groups: which part of the frontier a group accepts, and the floors that follow.

A group g inside side i (or of a third party that supports it) has its own weights, and where they
are given its own values; it accepts a package iff its own utility u_g is at least its threshold.
A point of the frontier is a mixture of two corner packages, so u_g is linear between corners.

1. Walk the frontier from i's ideal package to the other side's.
2. Take the first stretch that g accepts; its ends are corners, or crossings found by interpolation.
3. Its lower end for i is i's floor from g:

       rho_i = inf{x : every frontier point with u_i >= x is accepted by every veto group of i}

   that is, the largest of the groups' floors.
4. Where g rejects i's ideal itself (a patron's president who will not sign it, a chamber that
   wants peace more than terms) no such x exists.  The stretch then has an upper end too, and what
   g leaves to the other side there is a floor of the other side from g.
5. Where g accepts no point at all, rho_i lies above max F: nothing can be ratified, and a flag says
   so.

"Every point above", because a floor is a half-line: the game offers a side the least that it can
ratify, and a set with holes has no least that is safe from above.  What this leaves out: stretches
that g accepts further away from i's ideal, beyond one that it rejects; and packages below the
frontier, for which `rejected` answers exactly.

References: Schelling (1960), The Strategy of Conflict, chapter 2; Putnam (1988), International
Organization 42:427-460, for win-sets; Tarar (2001), Journal of Conflict Resolution 45:320-340, for
constraints on both sides; Tsebelis (2002), Veto Players, chapter 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from zopa.agreement import remembered
from zopa.agreement.space import Booleans, Floats, Integers, Space
from zopa.agreement.vertices import Vertices, staircase

TIES = 1e-12
ABOVE = 1.0
"""How far above max F a floor stands where nothing can be ratified."""
BLOCK = 128
"""Draws computed at a time; the result does not depend on it."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """What a group accepts of the frontier, as floors.

    Attributes:
        floor: `(party, draw)`: the least utility of each party on the stretch, where the frontier
            goes on beyond it; minus infinity where the group cuts nothing off there.
        nothing: `(draw,)`, the group accepts no point of the frontier.
    """

    floor: Floats
    nothing: Booleans


def of_groups(space: Space, side: Sequence[int], names: Sequence[str], weight: Floats,
              values: Sequence[Mapping[int, Floats]]) -> Space:
    """The space as groups see it: a group in the place of each party.

    Options are worth to a group what they are worth to its side, unless it has values of its own;
    what the position and pairs of options add is its side's.

    Args:
        space: the sides' space.
        side: for each group the index of its side.
        names: of the groups.
        weight: `(group, issue, draw)`, of any positive sum; divided by it.
        values: for each group, flat index of an option -> its own value `(draw,)`.
    """
    chosen = list(side)
    total = np.zeros((weight.shape[0], weight.shape[2]))
    for issue in range(weight.shape[1]):  # one after the other, so that chunks give the same bits
        total = total + weight[:, issue]
    value = space.value[chosen]
    for n, own in enumerate(values):
        for option, worth in own.items():
            value[n, option] = worth
    return replace(space, parties=tuple(names), weight=weight / total[:, None], value=value,
                   slope=space.slope[chosen], bonus=space.bonus[chosen])


def stretch(frontier: Vertices, utility: Floats, least: Floats, side: int,
            mixtures: bool = True) -> Stretch:
    """What a group accepts of the frontier, and the floors that follow: steps 1 to 5.

    Args:
        frontier: its corners.
        utility: `(vertex, draw)`, the group's, at the corners.
        least: `(draw,)`, what the group accepts.
        side: the index of the side for which its veto counts.
        mixtures: whether points between two corners can be agreed; else the corners alone.
    """
    step = 1 if side == 0 else -1
    corners, surplus = frontier.utility[:, ::step], (utility - least)[::step]
    own, other = corners[side], corners[1 - side]
    inside = surplus >= -TIES
    exists = np.asarray(inside.any(axis=0))
    place = np.arange(len(inside))[:, None]
    first = inside.argmax(axis=0)
    beyond = ~inside & (place > first)
    after = beyond.argmax(axis=0)
    ends, begins = exists & beyond.any(axis=0), exists & (first > 0)
    floor = np.where(ends, _crossing(own, surplus, after - 1, after, mixtures), -np.inf)
    ceiling = np.where(begins, _crossing(other, surplus, first, first - 1, mixtures), -np.inf)
    floor = np.where(exists, floor, own.max(axis=0) + ABOVE)
    return Stretch(np.stack([floor, ceiling][::step]), ~exists)


def _crossing(values: Floats, surplus: Floats, inner: Integers, outer: Integers,
              mixtures: bool) -> Floats:
    """`(draw,)`: the value where the surplus falls to 0 between an accepted and a rejected corner.
    """
    def at(array: Floats, vertex: Integers) -> Floats:
        # where a draw has no such corner the result is not used
        found = np.take_along_axis(array, np.clip(vertex, 0, len(array) - 1)[None], axis=0)
        return np.asarray(found[0])

    start = at(values, inner)
    if not mixtures:
        return start
    above, below = np.maximum(at(surplus, inner), 0.0), np.minimum(at(surplus, outer), 0.0)
    fall = above - below
    share = np.where(fall > 0.0, above / np.where(fall > 0.0, fall, 1.0), 0.0)
    return start + share * (at(values, outer) - start)


def corners(space: Space, x: float) -> Vertices:
    """The undominated real packages of every draw as corners, from A's best to B's best.

    For a frontier of packages alone; the last package is repeated where a draw has fewer.
    """
    packages = space.packages()
    utility, chosen = [], []
    for draw in range(space.draws):
        steps = staircase(space.take(slice(draw, draw + 1)).utilities(packages, x)[..., 0])
        utility.append(steps.steps.points)
        chosen.append(packages[steps.package])
    most = max(map(len, chosen))
    return Vertices(
        np.stack([np.pad(u, [(0, 0), (0, most - u.shape[1])], "edge") for u in utility], axis=2),
        np.stack([np.pad(p, [(0, most - len(p)), (0, 0)], "edge") for p in chosen], axis=1))


def rejected(space: Space, packages: Integers, x: float, least: Floats) -> Booleans:
    """Packages worth less to a group than it accepts: `(group, package, draw)`.

    Args:
        space: as groups see it (`of_groups`).
        packages: `(package, issue)`.
        x: position in [-1, 1].
        least: `(group, draw)`; NaN where a group states nothing: it rejects nothing.
    """
    found = np.zeros((len(space.parties), len(packages), space.draws), dtype=bool)
    for first in range(0, space.draws, BLOCK):
        part = slice(first, min(first + BLOCK, space.draws))
        found[..., part] = (remembered.utilities(space.take(part), packages, x)
                            < least[:, None, part] - TIES)
    return found
