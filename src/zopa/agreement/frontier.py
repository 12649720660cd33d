"""What can be agreed: the best that one side can get for each utility of the other.

A frontier is a concave, strictly decreasing curve in the plane of the two sides' utilities, given
by its vertices (mixtures of neighbouring vertices are possible deals), or the staircase of real
packages (no mixtures), or one of these per state of the war.

    Frontier.pie()                        one unit to divide: (0, 1) to (1, 0)
    Frontier([(0, 1), (0.7, 0.6), (1, 0)])
    Frontier.packages([(0.2, 0.8), (0.5, 0.5)])
    Frontier.by_state([frontier_of_state_0, frontier_of_state_1])

Utilities are annuity values: a deal worth u is worth u in total if it lasts for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zopa.agreement.boundary import Boundary, Hull, Steps
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]

# rounding allowed in concavity, as a share of the frontier's range
ROUNDING = 1e-10


@dataclass(frozen=True, eq=False, init=False)
class Frontier:
    """A concave, strictly decreasing frontier through its vertices.

    Args:
        vertices: `(vertex, party)` utilities, in either order along the frontier.

    Attributes:
        vertices: `(vertex, party)`, sorted by A's utility, read-only.

    Raises:
        ArgumentError: not finite pairs, not strictly decreasing, or not concave.
    """

    vertices: Floats

    def __init__(self, vertices: ArrayLike) -> None:
        points = _pairs(vertices, "vertices")
        points = points[np.lexsort((-points[:, 1], points[:, 0]))]
        _check_decreasing(points)
        _check_concave(points)
        object.__setattr__(self, "vertices", _read_only(points))

    @staticmethod
    def pie(total: float = 1.0) -> Frontier:
        """`total` units to divide: u_A + u_B = total, both at least 0."""
        return Frontier([(0.0, total), (total, 0.0)])

    @staticmethod
    def packages(points: ArrayLike) -> PackageFrontier:
        """Real packages only: the staircase of those that no other package dominates."""
        return PackageFrontier(points)

    @staticmethod
    def by_state(frontiers: Sequence[Frontier]) -> StateFrontier:
        """One frontier per state of the war, all of hulls or all of packages."""
        return StateFrontier(frontiers)

    def swapped(self) -> Frontier:
        """The same frontier with the two sides exchanged."""
        return type(self)(self.vertices[:, ::-1])

    def boundary(self) -> Boundary:
        """As arrays with one trailing axis of length 1, which broadcasts over the states."""
        return Hull(*(part[..., None] for part in _lines(self.vertices)))

    @property
    def states(self) -> int | None:
        """Number of states it is given for; None for a frontier that holds in every state."""
        return None


@dataclass(frozen=True, eq=False, init=False)
class PackageFrontier(Frontier):
    """The staircase of real packages.

    Attributes:
        vertices: `(package, party)`, the undominated packages, sorted by A's utility.
        kept: `(package,)`, their places among the points given.
    """

    kept: NDArray[np.int64]

    def __init__(self, vertices: ArrayLike) -> None:
        points = _pairs(vertices, "points")
        order = np.lexsort((-points[:, 1], -points[:, 0]))
        kept, best = [], -np.inf
        for index in order:
            if points[index, 1] > best:
                best = points[index, 1]
                kept.append(index)
        places = np.array(kept[::-1], dtype=np.int64)
        object.__setattr__(self, "vertices", _read_only(points[places]))
        object.__setattr__(self, "kept", _read_only(places))

    def boundary(self) -> Boundary:
        """As arrays with one trailing axis of length 1, which broadcasts over the states."""
        points = self.vertices.T[..., None].copy()
        return Steps(points, points.min(axis=1), points.max(axis=1))


@dataclass(frozen=True, eq=False, init=False)
class StateFrontier:
    """One frontier per state, in the order of the states."""

    frontiers: tuple[Frontier, ...]

    def __init__(self, frontiers: Sequence[Frontier]) -> None:
        given = tuple(frontiers)
        if not given:
            raise ArgumentError("Argument `frontiers` must hold one frontier per state, "
                                "but is empty.")
        for state, frontier in enumerate(given):
            if not isinstance(frontier, Frontier):
                raise ArgumentError(
                    f"Argument `frontiers` must hold frontiers, but entry {state} is a "
                    f"{type(frontier).__name__}. Build it with Frontier(vertices) or "
                    "Frontier.packages(points).")
        if len({isinstance(frontier, PackageFrontier) for frontier in given}) > 1:
            raise ArgumentError("Argument `frontiers` must be all hulls or all packages, but "
                                "mixes them. Use Frontier.packages in every state or in none.")
        object.__setattr__(self, "frontiers", given)

    def swapped(self) -> StateFrontier:
        """The same frontiers with the two sides exchanged."""
        return StateFrontier([frontier.swapped() for frontier in self.frontiers])

    def boundary(self) -> Boundary:
        """As arrays whose last axis is the state; short frontiers repeat their last entry."""
        parts = [frontier.boundary() for frontier in self.frontiers]
        longest = max(part[0].shape[1] for part in parts)

        def together(field: int) -> Any:
            arrays = [part[field] for part in parts]
            if arrays[0].ndim == 3:
                arrays = [lengthened(array, longest) for array in arrays]
            return np.concatenate(arrays, axis=-1)

        kind = type(parts[0])
        return kind(*(together(field) for field in range(len(parts[0]))))

    @property
    def states(self) -> int | None:
        """Number of states."""
        return len(self.frontiers)


AnyFrontier = Frontier | StateFrontier


def lengthened(array: Any, length: int) -> Any:
    """`array` with axis 1 brought to `length` by repeating its last entry."""
    missing = length - array.shape[1]
    return np.concatenate([array, np.repeat(array[:, -1:], missing, axis=1)], axis=1)


def _pairs(points: ArrayLike, name: str) -> Floats:
    try:
        pairs = np.array(points, dtype=np.float64)
    except (TypeError, ValueError):
        raise ArgumentError(f"Argument `{name}` must be pairs (utility of A, utility of B), but "
                            "is not an array of numbers.") from None
    if pairs.ndim != 2 or pairs.shape[1] != 2 or len(pairs) == 0:
        raise ArgumentError(f"Argument `{name}` must have shape (n, 2) with n >= 1, but has shape "
                            f"{pairs.shape}. Give pairs (utility of A, utility of B).")
    if not np.isfinite(pairs).all():
        raise ArgumentError(f"Argument `{name}` must be finite, but holds "
                            f"{pairs[~np.isfinite(pairs)][0]}.")
    return pairs


def _check_decreasing(points: Floats) -> None:
    """Strictly more for A must mean strictly less for B."""
    gains = np.diff(points, axis=0)
    wrong = (gains[:, 0] <= 0) | (gains[:, 1] >= 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ArgumentError(
            f"Argument `vertices` must be strictly decreasing, but {_text(points[first])} is "
            f"followed by {_text(points[first + 1])}. Leave out dominated and repeated vertices, "
            "or use Frontier.packages, which drops them.")


def _check_concave(points: Floats) -> None:
    """Each vertex must lie on or above the line through its neighbours."""
    for before, here, after in zip(points[:-2], points[1:-1], points[2:], strict=True):
        span, rise = after - before
        below = before[1] + rise * (here[0] - before[0]) / span - here[1]
        if below > ROUNDING * abs(rise):
            raise ArgumentError(
                f"Argument `vertices` must be concave, but {_text(here)} lies below the line from "
                f"{_text(before)} to {_text(after)}. Leave that vertex out (mixtures of the other "
                "two are better for both), or use Frontier.packages for real packages only.")


def _lines(points: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Lines of the lower envelope, `(party, edge)`; the first is flat. See `Hull`."""
    high, low = points.max(axis=0), points.min(axis=0)
    gains = np.diff(points, axis=0)
    slope = np.zeros((2, len(points)))
    intercept = np.tile(high[:, None], (1, len(points)))
    for i in (0, 1):
        j = 1 - i
        slope[i, 1:] = -gains[:, i] / gains[:, j]
        intercept[i, 1:] = points[:-1, i] + slope[i, 1:] * points[:-1, j]
    return intercept, slope, low, high


def _read_only(array: Any) -> Any:
    array.setflags(write=False)
    return array


def _text(point: Floats) -> str:
    return f"({point[0]:g}, {point[1]:g})"
