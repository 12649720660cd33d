"""Fair points: which agreement a principle picks, from a disagreement point d.

With the gains g_i = u_i - d_i, among the agreements that leave every party at least d_i:

- Nash: largest product of g_i ** alpha_i (the weights alpha sum to 1; equal by default).
- Kalai-Smorodinsky: equal normalised gains g_i / (a_i - d_i) on the frontier, where a_i is the
  most i can get while the others get d; the largest minimum where that point does not exist.
- Egalitarian: equal gains on the frontier; the largest minimum where that point does not exist.
- Utilitarian: the corner of the frontier with the largest sum of utilities; of several, the one
  with the largest minimum gain.

Each is a small object with `on_hull` (two parties; mixtures allowed) and `on_packages` (any number
of parties; real packages only, where the largest minimum breaks its ties by the next smallest gain
and then by the first package).  Where no agreement leaves everybody d, the point is NaN.

References: Nash (1950), Econometrica 18:155-162; Kalai and Smorodinsky (1975), Econometrica
43:513-518; Kalai (1977), Econometrica 45:1623-1630, for the egalitarian point; Harsanyi and Selten
(1972), Management Science 18:P80-P106, for the weighted Nash point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from zopa.agreement.segments import individually_rational
from zopa.agreement.space import Booleans, Floats, Integers
from zopa.agreement.vertices import Vertices
from zopa.core.errors import ArgumentError

TIES = 1e-12


@dataclass(frozen=True, eq=False)
class Point:
    """The agreement a principle picks in every draw.

    Attributes:
        name: the principle.
        convention: what exactly was computed, in a sentence.
        utility: `(party, draw)`, NaN where there is none.
        package: `(draw,)` row of the list of packages, -1 where there is none; on the hull None.
    """

    name: str
    convention: str
    utility: Floats
    package: Integers | None = None


class Principle(Protocol):
    """A rule that picks an agreement."""

    name: ClassVar[str]

    @property
    def convention(self) -> str: ...

    def on_hull(self, frontier: Vertices, disagreement: Floats) -> Point: ...

    def on_packages(self, utility: Floats, disagreement: Floats,
                    mask: Booleans | None = None) -> Point: ...


@dataclass(frozen=True)
class Nash:
    """The Nash point.

    Attributes:
        weights: bargaining powers alpha, one a party, > 0; equal where None.  They are scaled to
            sum to 1.
    """

    weights: tuple[float, ...] | None = None
    name: ClassVar[str] = "Nash"

    def __post_init__(self) -> None:
        if self.weights is not None and min(self.weights) <= 0.0:
            raise ArgumentError(f"`weights` must be > 0, but are {self.weights}.")

    @property
    def convention(self) -> str:
        powers = "" if self.weights is None else (
            " to the powers " + " : ".join(f"{alpha:g}" for alpha in self.weights))
        return f"largest product of the gains over disagreement{powers}"

    def powers(self, parties: int) -> tuple[float, ...]:
        """alpha, summing to 1."""
        weights = self.weights or (1.0,) * parties
        if len(weights) != parties:
            raise ArgumentError(f"`weights` must have {parties} entries, but has {len(weights)}.")
        return tuple(weight / sum(weights) for weight in weights)

    def on_hull(self, frontier: Vertices, disagreement: Floats) -> Point:
        """On each edge, with gain s of B per loss of A, g_A = alpha_A (g_A + g_B / s)."""
        path = individually_rational(frontier.utility, disagreement)
        alpha = self.powers(2)
        share = path.where(lambda a, b, loss, gain: a * gain - alpha[0] * (a * gain + b * loss),
                           lambda a, b, loss, gain: gain * loss)
        return _point(self, path.settle(share))

    def on_packages(self, utility: Floats, disagreement: Floats,
                    mask: Booleans | None = None) -> Point:
        gain, allowed = _gains(utility, disagreement, mask)
        product = np.ones(gain.shape[1:])
        for own, alpha in zip(gain, self.powers(len(gain)), strict=True):
            own = np.maximum(own, 0.0)
            product *= own if self.weights is None else own ** alpha
        return _package(self, utility, allowed, product, gain.sum(axis=0))


@dataclass(frozen=True)
class KalaiSmorodinsky:
    """The Kalai-Smorodinsky point, as in the textbook."""

    name: ClassVar[str] = "Kalai-Smorodinsky"

    @property
    def convention(self) -> str:
        return ("on the frontier, equal shares of each side's largest gain over disagreement; "
                "the largest minimum share where that point does not exist")

    def on_hull(self, frontier: Vertices, disagreement: Floats) -> Point:
        path = individually_rational(frontier.utility, disagreement)
        return _point(self, path.equal(path.ideal))

    @staticmethod
    def ideal(frontier: Vertices, disagreement: Floats) -> Floats:
        """`(party, draw)`: a_i - d_i, each side's largest gain on the hull; NaN where none is."""
        path = individually_rational(frontier.utility, disagreement)
        return np.where(path.exists, path.ideal, np.nan)

    def on_packages(self, utility: Floats, disagreement: Floats,
                    mask: Booleans | None = None) -> Point:
        gain, allowed = _gains(utility, disagreement, mask)
        ideal = np.where(allowed, gain, 0.0).max(axis=1, keepdims=True)
        return _package(self, utility, allowed,
                        *_ascending(gain / np.where(ideal > 0.0, ideal, 1.0)))


@dataclass(frozen=True)
class Egalitarian:
    """The egalitarian point."""

    name: ClassVar[str] = "egalitarian"

    @property
    def convention(self) -> str:
        return ("on the frontier, equal gains over disagreement; "
                "the largest minimum gain where that point does not exist")

    def on_hull(self, frontier: Vertices, disagreement: Floats) -> Point:
        path = individually_rational(frontier.utility, disagreement)
        return _point(self, path.equal(np.ones_like(path.ideal)))

    def on_packages(self, utility: Floats, disagreement: Floats,
                    mask: Booleans | None = None) -> Point:
        gain, allowed = _gains(utility, disagreement, mask)
        return _package(self, utility, allowed, *_ascending(gain))


@dataclass(frozen=True)
class Utilitarian:
    """The utilitarian point."""

    name: ClassVar[str] = "utilitarian"

    @property
    def convention(self) -> str:
        return ("the corner with the largest sum of utilities among agreements no worse than "
                "disagreement for anybody; of several, the one with the largest minimum gain")

    def on_hull(self, frontier: Vertices, disagreement: Floats) -> Point:
        path = individually_rational(frontier.utility, disagreement)
        return _point(self, path.largest_sum())

    def on_packages(self, utility: Floats, disagreement: Floats,
                    mask: Booleans | None = None) -> Point:
        gain, allowed = _gains(utility, disagreement, mask)
        return _package(self, utility, allowed, utility.sum(axis=0), *_ascending(gain))


PRINCIPLES: tuple[Principle, ...] = (Nash(), KalaiSmorodinsky(), Egalitarian(), Utilitarian())


def _point(principle: Principle, utility: Floats) -> Point:
    return Point(principle.name, principle.convention, utility)


def _gains(utility: Floats, disagreement: Floats,
           mask: Booleans | None) -> tuple[Floats, Booleans]:
    """Gains `(party, package, draw)`, and which packages leave everybody d."""
    gain = utility - disagreement[:, None]
    allowed: Booleans = np.all(gain >= -TIES, axis=0)
    if mask is not None:
        allowed = np.logical_and(allowed, mask)
    return gain, allowed


def _ascending(gain: Floats) -> Floats:
    """Gains sorted over the parties, the smallest first."""
    if len(gain) == 2:
        return np.stack([np.minimum(*gain), np.maximum(*gain)])
    return np.sort(gain, axis=0)


def _package(principle: Principle, utility: Floats, allowed: Booleans, *keys: Floats) -> Point:
    """The best allowed package by the first key, ties by the next, then the first package."""
    left = allowed
    for key in keys:
        best = np.where(left, key, -np.inf).max(axis=0)
        left = left & (key >= best - TIES * np.maximum(np.abs(best), 1.0))
    exists = allowed.any(axis=0)
    index = np.where(exists, left.argmax(axis=0), -1)
    chosen = np.stack([np.take_along_axis(own, np.maximum(index, 0)[None], axis=0)[0]
                       for own in utility])
    return Point(principle.name, principle.convention, np.where(exists, chosen, np.nan), index)
