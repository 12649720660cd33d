"""The concave upper-right boundary of an agreement space, for every position and draw at once.

Utilities add up over groups of linked issues, so the attainable set is the Minkowski sum of the
groups' sets: its edges are the groups' edges, and its support function is the sum of theirs,

    h(n) = sum over groups g of  max over joint options o of g  (n_A u_A(o) + n_B u_B(o)).

An edge on which A loses `loss` and B gains `gain` has the normal n = (gain, loss) and gives the
line n_A u_A + n_B u_B = h(n), hence

    F_A(u_B) = min(max F_A, min over edges of (h - loss u_B) / gain)
    F_B(u_A) = min(max F_B, min over edges of (h - gain u_A) / loss).

1. Gift-wrap each group: groups (and strands of joint options) that do not depend on the position
   once per draw, the others once per position and draw, among their strands' own vertices.
2. Collect the edges of all groups; evaluate h for each.
3. Write the lines of both directions; fill up with copies of the flat line.

Every line touches the attainable set, so rounding can only move a boundary by rounding.  All
operations are elementwise over draws: blocks of draws give the same bits.

References: Gritzmann and Sturmfels (1993), SIAM J. Discrete Math. 6:246-269, for Minkowski sums;
Rockafellar (1970), Convex Analysis, section 13, for support functions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zopa.agreement.boundary import Hull
from zopa.agreement.groups import Group, draws_at_a_time, groups, shifts, still
from zopa.agreement.space import Floats, Integers, Space
from zopa.agreement.wrap import Edges, chain, edges, pick
from zopa.core.errors import ArgumentError

BLOCK = 256
"""Draws computed at a time; the result does not depend on it."""
NUMBERS = 1_000_000
"""Utilities of one group held at a time: with many joint options, blocks get smaller."""


class _Shape(NamedTuple):
    """One group's boundary in a block: `position` has length 1 where nothing depends on it."""

    vertices: Floats                                     # (2, vertex, position, draw)
    edges: Edges                                         # (edge, position, draw)


def hull(space: Space, positions: Floats, block: int = BLOCK) -> Hull:
    """The boundary at every position and draw.

    Args:
        space: the space, with exactly two parties.
        positions: `(cell,)` in [-1, 1].
        block: draws computed at a time, at most.

    Returns:
        A `Hull` with axes `(party, edge, cell, draw)` and `(party, cell, draw)`.  Line 0 is flat.

    Raises:
        ArgumentError: there are not two parties, or the constraints leave no package.
    """
    two_parties(space)
    positions = np.atleast_1d(np.asarray(positions, dtype=float))
    parts = groups(space)
    block = draws_at_a_time(parts, block, NUMBERS)
    blocks = [_block(space.take(slice(first, first + block)), parts, positions)
              for first in range(0, space.draws, block)]
    lines = max(part.intercept.shape[1] for part in blocks)
    whole = (2, lines, len(positions), space.draws)
    intercept, slope = np.empty(whole), np.zeros(whole)
    low, high = np.empty((2, *whole[2:])), np.empty((2, *whole[2:]))
    for n in range(len(blocks)):
        part, blocks[n] = blocks[n], blocks[0]           # let go of each block once copied
        used, draws = part.intercept.shape[1], slice(n * block, (n + 1) * block)
        intercept[:, :used, :, draws], slope[:, :used, :, draws] = part.intercept, part.slope
        intercept[:, used:, :, draws] = part.high[:, None]
        low[..., draws], high[..., draws] = part.low, part.high
    return Hull(intercept, slope, low, high)


def two_parties(space: Space) -> None:
    """Raise an `ArgumentError` unless the space has exactly two parties."""
    if len(space.parties) != 2:
        raise ArgumentError(f"A frontier is drawn for two parties, but the space has "
                            f"{len(space.parties)}. Use the points on real packages.")


def _block(space: Space, parts: tuple[Group, ...], positions: Floats) -> Hull:
    shapes = [_shape(space, group, positions) for group in parts]
    cells = (len(positions), space.draws)
    low, high = np.zeros((2, *cells)), np.zeros((2, *cells))
    for shape in shapes:
        high[0] += shape.vertices[0, 0]
        low[1] += shape.vertices[1, 0]
        low[0] += shape.vertices[0, -1]
        high[1] += shape.vertices[1, -1]
    count = np.zeros(cells, dtype=np.int64)
    for shape in shapes:
        count += shape.edges.used.sum(axis=0)
    lines = 1 + int(count.max())
    intercept, slope = np.repeat(high[:, None], lines, axis=1), np.zeros((2, lines, *cells))
    place = np.ones(cells, dtype=np.int64)
    for shape in shapes:
        _write(shape.edges, shapes, place, intercept, slope)
    return Hull(intercept, slope, low, high)


def _shape(space: Space, group: Group, positions: Floats) -> _Shape:
    """Vertices and edges of one group, step 1."""
    base = still(space, group)
    clouds = []
    for strand in group.strands:
        cloud = base[:, strand.rows]
        if len(strand.rows) > 2:
            cloud = pick(cloud, chain(cloud))
        cloud = cloud[:, :, None]
        clouds.append(cloud + shifts(space, strand, positions)[:, None] if group.moves else cloud)
    cloud = np.concatenate(clouds, axis=1)
    vertices = pick(cloud, chain(cloud))
    return _Shape(vertices, edges(vertices))


def _write(own: Edges, shapes: list[_Shape], place: Integers, intercept: Floats,
           slope: Floats) -> None:
    """The lines of one group's edges, steps 2 and 3; `place` is the next free line."""
    cells = place.shape
    lines = intercept.shape[1]
    flat_intercept = intercept.reshape(2, lines, -1)
    flat_slope = slope.reshape(2, lines, -1)
    column = np.arange(place.size).reshape(cells)
    for n in range(len(own.used)):
        used, loss, gain = own.used[n], own.loss[n], own.gain[n]
        if not used.any():
            continue
        height = np.zeros(cells)
        for shape in shapes:
            a, b = shape.vertices
            best = gain * a[0] + loss * b[0]
            for k in range(1, len(a)):
                best = np.maximum(best, gain * a[k] + loss * b[k])
            height += best
        safe_loss, safe_gain = np.where(used, loss, 1.0), np.where(used, gain, 1.0)
        values = (height / safe_gain, height / safe_loss, loss / safe_gain, gain / safe_loss)
        where = np.broadcast_to(used, cells)
        row, at = place[where], column[where]
        for i in (0, 1):
            flat_intercept[i, row, at] = values[i][where]
            flat_slope[i, row, at] = np.broadcast_to(values[2 + i], cells)[where]
        place += where
