"""Mixtures of two parties' packages: a chain of corners, and closed forms on its edges.

1. The corners of the concave upper-right hull, from the first party's best to the other's.
2. The part of the chain that leaves both at least d (`zopa.agreement.segments`).
3. On each edge the principle's point, or the end nearest to it; the first edge whose point lies
   before its end has it.

Reference: Andrew (1979), Information Processing Letters 9:216-219, for the chain; Livne (1989),
Mathematics of Operations Research 14:703-711, for Raiffa's sequence of midpoints.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zopa.agreement.segments import Path, individually_rational
from zopa.agreement.space import Floats, Integers
from zopa.spaces.mixed import STEPS, Mixed
from zopa.spaces.ties import TIES


def corners(utility: Floats) -> Integers:
    """`(corner,)`: points of the concave upper-right boundary, from the first party's best on.

    Args:
        utility: `(point, 2)`.
    """
    order = np.lexsort((-utility[:, 1], -utility[:, 0]))
    a, b = utility[order, 0].tolist(), utility[order, 1].tolist()
    chain: list[int] = []
    for n in range(len(order)):
        if chain and b[n] <= b[chain[-1]]:
            continue
        while len(chain) > 1:
            one, two = chain[-2], chain[-1]
            # the middle one goes unless it lies strictly outside the line of its neighbours
            if ((b[two] - b[one]) * (a[two] - a[n]) > (b[n] - b[two]) * (a[one] - a[two])):
                break
            chain.pop()
        chain.append(n)
    return np.asarray(order[chain], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Plane:
    """Mixtures of two parties' packages.

    Attributes:
        scaled: `(point, 2)`, gains over disagreement in `unit`.
        disagreement: `(2,)`.
        unit: `(2,)`.
    """

    scaled: Floats
    disagreement: Floats
    unit: Floats
    _rows: Integers = field(init=False)
    _path: Path = field(init=False)

    def __post_init__(self) -> None:
        rows = corners(self.scaled)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_path", self._from(np.zeros(2)))

    @property
    def exists(self) -> bool:
        """Whether some mixture leaves everybody the disagreement point."""
        return bool(self._path.exists[0])

    def nash(self, powers: Floats) -> Mixed:
        """Largest weighted product: the closed form of each edge."""
        alpha = powers[0]
        share = self._path.where(
            lambda a, b, loss, gain: a * gain - alpha * (a * gain + b * loss),
            lambda a, b, loss, gain: gain * loss)
        return self._mixed(self._path.settle(share)[:, 0])

    def kalai_smorodinsky(self) -> Mixed:
        """Equal shares of the largest gains."""
        return self._mixed(self._path.equal(self._path.ideal)[:, 0])

    def egalitarian(self) -> Mixed:
        """Equal gains; where that point does not exist, the largest minimum."""
        return self._mixed(self._path.equal((self.unit.max() / self.unit)[:, None])[:, 0])

    leximin = egalitarian

    def maximal_minimum(self) -> Mixed:
        """Equal utilities; where that point does not exist, the largest minimum."""
        one, two = self.unit / self.unit.max()
        apart = (self.disagreement[0] - self.disagreement[1]) / self.unit.max()
        share = self._path.where(lambda a, b, loss, gain: a * one - b * two + apart,
                                 lambda a, b, loss, gain: loss * one + gain * two)
        return self._mixed(self._path.settle(share)[:, 0])

    def utilitarian(self) -> Mixed:
        """The corner with the largest sum; see `zopa.agreement.points`."""
        ratio = self.unit / self.unit.max()
        path = individually_rational((self.scaled[self._rows] * ratio).T[..., None],
                                     np.zeros((2, 1)))
        return self._mixed(path.largest_sum()[:, 0] / ratio)

    def raiffa(self) -> Mixed:
        """Midpoints of what each side could still win, until nothing is left."""
        start, left = np.zeros(2), np.inf
        for _ in range(STEPS):
            path = self._from(start)
            if not path.exists[0]:
                break
            ideal = np.maximum(path.ideal[:, 0], 0.0)
            left = float(ideal.max())
            start = start + ideal / 2.0
            if left <= TIES:
                break
        return self._mixed(start, max(left, 0.0))

    def _from(self, start: Floats) -> Path:
        return individually_rational(self.scaled[self._rows].T[..., None], start[:, None])

    def _mixed(self, gain: Floats, gap: float = 0.0) -> Mixed:
        """The nearest point of the chain, as a mixture of two neighbouring corners."""
        chain = self.scaled[self._rows]
        if len(chain) == 1:
            return Mixed(chain[0] * self.unit, (int(self._rows[0]),), (1.0,), gap)
        start, along = chain[:-1] - gain, np.diff(chain, axis=0)
        share = np.clip(-(start * along).sum(axis=1) / (along ** 2).sum(axis=1), 0.0, 1.0)
        square = ((start + share[:, None] * along) ** 2).sum(axis=1)
        n = int(square.argmin())
        one, two = (int(row) for row in self._rows[n:n + 2])
        s = _snapped(float(share[n]))
        pairs = [(row, part) for row, part in ((one, 1.0 - s), (two, s)) if part > 0.0]
        point = (1.0 - s) * chain[n] + s * chain[n + 1]
        return Mixed(point * self.unit, tuple(row for row, _ in pairs),
                     tuple(part for _, part in pairs), gap)


def _snapped(share: float) -> float:
    """A share within rounding of 0 or 1 is 0 or 1."""
    return 0.0 if share <= TIES else 1.0 if share >= 1.0 - TIES else share
