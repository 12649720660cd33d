"""A quick first look at what is dominated, and a frontier that grows as packages pass by.

The utilities of all parties but the last are cut into cells.  For each cell the sieve knows the
highest last utility among its points that lie in a higher cell for every other party.  A row that
does not exceed that number is dominated, strictly for every party but the last.  One look-up a
row, whatever the number of points; a row that passes may still be dominated.

Cells are found by one monotone formula for points and rows alike, so that rounding cannot make a
row look dominated that is not.
"""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats, Integers

CELLS = 65_536
"""Cells of a sieve for three parties and more, at most."""
CELLS_OF_A_POINT = 128
CELLS_OF_TWO = 8192


class Sieve:
    """Rows dominated by some of these points, found by a table.

    Args:
        points: `(party, point)`, at least one.
    """

    def __init__(self, points: Floats) -> None:
        axes = len(points) - 1
        self.points = points
        self.cells = CELLS_OF_TWO if axes == 1 else \
            max(4, int(min(CELLS, CELLS_OF_A_POINT * points.shape[1]) ** (1 / max(axes, 1))))
        self.low = points[:-1].min(axis=1)
        spread = points[:-1].max(axis=1) - self.low
        self.scale = (self.cells - 2) / np.where(spread > 0.0, spread, self.cells - 2.0)
        best = np.full(self.cells ** axes, -np.inf)
        np.maximum.at(best, self._cell(points), points[-1])
        table = best.reshape((self.cells,) * axes)
        for axis in range(axes):
            along = np.moveaxis(table, axis, 0)
            along[:-1] = np.maximum.accumulate(along[:0:-1], axis=0)[::-1].copy()
            along[-1] = -np.inf
        self.table = table.reshape(-1)

    def _cell(self, u: Floats) -> Integers:
        cell: Integers = np.zeros(u.shape[1], dtype=np.int64)
        for row, low, scale in zip(u[:-1], self.low, self.scale, strict=True):
            place = row - low
            place *= scale
            place += 1.0
            np.maximum(place, 0.0, out=place)
            np.minimum(place, self.cells - 1.0, out=place)
            if len(u) > 2:
                cell *= self.cells
                cell += place.astype(np.int64)
            else:
                cell = place.astype(np.int64)
        return cell

    def passed(self, u: Floats) -> Integers:
        """Indices of the rows of `(party, row)` that it does not find dominated."""
        if len(u) == 1:
            return np.flatnonzero(u[0] >= self.points[0].max())
        return np.flatnonzero(u[-1] > self.table[self._cell(u)])
