"""The frontier as arrays: what a proposer can get at most when the other side gets at least x.

Two forms share one method, `offer(i, x, ...)`, which also takes the tolerance of ties:

- `Hull`: the concave upper-right boundary as the lower envelope of lines,
  F_i(x) = min_e (intercept[i, e] - slope[i, e] * x).  One line is flat (slope 0, intercept
  max F_i), so F_i is max F_i wherever x is at or below what the other side gets there (free
  disposal).
- `Steps`: real packages only; F_i(x) = max of u_i over the packages with u_j >= x.

`zopa.agreement.stairs.Stairs` is a third: `Steps` in order, for many packages.  All are pytrees of
arrays without branches on values, so that one step of the game runs on any number of states and
draws at once, on NumPy or on JAX.  Trailing axes `*state` broadcast against the states of the game.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple, Protocol

Array = Any

# tolerance of ties, as a share of the frontier's range
TIES = 1e-12

# up to so many lines or packages, one is taken after the other (which compiles to one pass); more
# are reduced along their axis, so that a fine frontier compiles as fast as a coarse one
UNROLLED = 32


class Hull(NamedTuple):
    """Concave boundary: the lower envelope of lines.

    Attributes:
        intercept: `(party, edge, *state)`; for party i the value of the line at x = 0.
        slope: `(party, edge, *state)`, >= 0; utility of i given up per utility of the other side.
        low: `(party, *state)`, the smallest utility of each party on the boundary (min F).
        high: `(party, *state)`, the largest (max F).
    """

    intercept: Array
    slope: Array
    low: Array
    high: Array

    def offer(self, i: int, x: Array, xp: ModuleType,
              ties: Array = TIES) -> tuple[Array, Array]:
        """Best point for i that leaves the other side x: `(u_i, u_j)`; u_j is x itself."""
        if self.intercept.shape[1] > UNROLLED:
            intercept, slope = _beside(self.intercept[i], x), _beside(self.slope[i], x)
            return (intercept - slope * x).min(axis=0), x
        best = self.intercept[i, 0] - self.slope[i, 0] * x
        for edge in range(1, self.intercept.shape[1]):
            best = xp.minimum(best, self.intercept[i, edge] - self.slope[i, edge] * x)
        return best, x


    def fall(self, i: int, x: Array, xp: ModuleType) -> Array:
        """-F_i'(x), to the right of x: the steepest of the lines that are lowest there."""
        best, _ = self.offer(i, x, xp)
        lines = (_beside(self.intercept[i], x), _beside(self.slope[i], x))
        lowest = lines[0] - lines[1] * x <= best
        return xp.where(lowest, lines[1], 0.0).max(axis=0)


class Steps(NamedTuple):
    """Real packages only: the staircase of the undominated ones.

    Attributes:
        points: `(party, package, *state)` utilities.
        low: `(party, *state)`, smallest utility of each party on the staircase.
        high: `(party, *state)`, the largest.
    """

    points: Array
    low: Array
    high: Array

    def offer(self, i: int, x: Array, xp: ModuleType,
              ties: Array = TIES) -> tuple[Array, Array]:
        """Best real package for i that leaves the other side at least x: `(u_i, u_j)`.

        A package within `ties` x the range of x counts as leaving x (ties agree).  Where there is
        none, u_i is minus infinity and u_j is x.
        """
        j = 1 - i
        slack = ties * (self.high[j] - self.low[j])
        if self.points.shape[1] > UNROLLED:
            all_mine, all_theirs = _beside(self.points[i], x), _beside(self.points[j], x)
            enough = all_theirs >= x - slack
            best = xp.where(enough, all_mine, -xp.inf).max(axis=0)
            chosen = enough & (all_mine == best)
            return best, xp.where(best == -xp.inf, x,
                                  xp.where(chosen, all_theirs, -xp.inf).max(axis=0))
        best = xp.full_like(x + self.high[i], -xp.inf)
        other = xp.zeros_like(best) + x
        for package in range(self.points.shape[1]):
            mine, theirs = self.points[i, package], self.points[j, package]
            better = (theirs >= x - slack) & (mine > best)
            best = xp.where(better, mine, best)
            other = xp.where(better, theirs, other)
        return best, other


def _beside(array: Array, x: Array) -> Array:
    """`(edge, *state)` with axes of length 1 put in, so that `*state` meets x's last axes."""
    extra = max(x.ndim - (array.ndim - 1), 0)
    return array.reshape(array.shape[:1] + (1,) * extra + array.shape[1:])


class Offers(Protocol):
    """What the step needs of a frontier; `Hull` and `Steps` are two."""

    @property
    def low(self) -> Array:
        """`(party, *state)`, min F."""

    @property
    def high(self) -> Array:
        """`(party, *state)`, max F."""

    def offer(self, i: int, x: Array, xp: ModuleType, ties: Array = TIES) -> tuple[Array, Array]:
        """Best point for i that leaves the other side x."""


class Concave(Offers, Protocol):
    """An `Offers` whose fall is known: what an uncertain ratification needs."""

    def fall(self, i: int, x: Array, xp: ModuleType) -> Array:
        """-F_i'(x), to the right of x."""


Boundary = Hull | Steps
