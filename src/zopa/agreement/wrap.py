"""The concave upper-right boundary of planar points, for a whole batch at once.

From A's ideal point (the largest u_A, and there the largest u_B) gift wrapping walks to B's ideal
along the boundary.  At the vertex (a, b):

1. Among the points with u_B > b take the one with the largest gain of B per loss of A,
   (u_B - b) / (a - u_A).
2. That is the next vertex.  Stop where no point has u_B > b.

Ties are broken within 1e-12 of the range of the points, so every edge has finite slopes.  A point
on the segment between two vertices may appear as a vertex of its own; it changes no boundary.

Reference: Jarvis (1973), Information Processing Letters 2:18-21, for gift wrapping.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers

TIES = 1e-12
_LEAST = 1e-200


class Edges(NamedTuple):
    """Edges from A's ideal towards B's, in that order; unused places at the end.

    Attributes:
        loss: `(edge, *batch)`, what A loses along the edge, > 0 where used.
        gain: `(edge, *batch)`, what B gains, > 0 where used.
        used: `(edge, *batch)`.
    """

    loss: Floats
    gain: Floats
    used: Booleans


def chain(points: Floats) -> Integers:
    """Vertices of the upper-right boundary, in every element of the batch.

    Args:
        points: `(2, point, *batch)` utilities of A and of B.

    Returns:
        `(vertex, *batch)`: indices of points from A's ideal to B's, the last one repeated.
    """
    a, b = points
    tie_a = a.max(axis=0) - TIES * (a.max(axis=0) - a.min(axis=0))
    current = np.where(a >= tie_a, b, -np.inf).argmax(axis=0)
    slack = TIES * (b.max(axis=0) - b.min(axis=0))
    vertices = [current]
    for _ in range(len(a) - 1):
        here_a = np.take_along_axis(a, current[None], axis=0)
        here_b = np.take_along_axis(b, current[None], axis=0)
        gain = b - here_b
        rate = np.where(gain > slack, gain / np.maximum(here_a - a, _LEAST), 0.0)
        onward = rate.argmax(axis=0)
        done = np.take_along_axis(rate, onward[None], axis=0)[0] <= 0.0
        if done.all():
            break
        current = np.where(done, current, onward)
        vertices.append(current)
    return np.stack(vertices)


def pick(points: Floats, indices: Integers) -> Floats:
    """The points of a chain: `(2, vertex, *batch)` from `(2, point, *batch)`."""
    return np.stack([np.take_along_axis(points[i], indices, axis=0) for i in (0, 1)])


def edges(vertices: Floats) -> Edges:
    """Edges between consecutive vertices, `(2, vertex, *batch)`."""
    loss = vertices[0, :-1] - vertices[0, 1:]
    gain = vertices[1, 1:] - vertices[1, :-1]
    return Edges(loss, gain, (loss > 0.0) & (gain > 0.0))
