"""What each principle looks at: an order of packages, and a point on mixtures.

`zopa.spaces.points` says what the principles are and why their packages are on the frontier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zopa.agreement import points as conventions
from zopa.agreement.space import Floats
from zopa.spaces.mixed import Mixed
from zopa.spaces.plane import Plane
from zopa.spaces.solid import Solid
from zopa.spaces.ties import TIES


class Gains(NamedTuple):
    """What principles look at: `(package, party)` of the packages that leave everybody d."""

    utility: Floats
    own: Floats                                          # gains, in the parties' own units
    shares: Floats                                       # gains in ranges; 1 is the unit of none
    ideal: Floats                                        # (party,), the largest of `shares`
    widest: float                                        # the largest range

    @property
    def largest(self) -> Floats:
        """What shares are divided by: ideal, 1 where a party cannot gain."""
        return np.where(self.ideal > TIES, self.ideal, 1.0)


Keys = Callable[[Gains, Floats], list[tuple[Floats, float]]]
"""Keys `(package,)` of an order, each with the size that its ties are measured in."""
Pick = Callable[[Plane | Solid, Floats], Mixed]


@dataclass(frozen=True)
class Principle:
    """A principle.

    Attributes:
        name: of it.
        packages: its convention on packages.
        mixtures: its convention on mixtures.
        keys: the order of packages; None where the nearest to the point on mixtures is taken.
        pick: the point on mixtures, given the parties' powers.
    """

    name: str
    packages: str
    mixtures: str
    keys: Keys | None
    pick: Pick


def _ascending(values: Floats, size: float) -> list[tuple[Floats, float]]:
    """Keys of the lexicographic order, the smallest first."""
    return [(column, size) for column in np.sort(values, axis=1).T]


def _nash_keys(gains: Gains, powers: Floats) -> list[tuple[Floats, float]]:
    gaining = gains.ideal > TIES
    product = np.prod(np.maximum(gains.shares[:, gaining], 0.0) ** powers[gaining], axis=1)
    return [(product, float(product.max())), *_ascending(gains.shares / gains.largest, 1.0)]


def _utilitarian_keys(gains: Gains, powers: Floats) -> list[tuple[Floats, float]]:
    return [(gains.own.sum(axis=1), gains.widest), *_ascending(gains.own, gains.widest)]


def _egalitarian_keys(gains: Gains, powers: Floats) -> list[tuple[Floats, float]]:
    return [(gains.own.min(axis=1), gains.widest), (gains.own.sum(axis=1), gains.widest),
            *_ascending(gains.own, gains.widest)]


def _minimum_keys(gains: Gains, powers: Floats) -> list[tuple[Floats, float]]:
    size = max(gains.widest, float(np.abs(gains.utility).max()))
    return [(gains.utility.min(axis=1), size), (gains.own.sum(axis=1), gains.widest),
            *_ascending(gains.own, gains.widest)]


NASH = Principle(
    "Nash", conventions.Nash().convention, conventions.Nash().convention,
    _nash_keys, lambda hull, powers: hull.nash(powers))

OTHERS = (
    Principle(
        "Kalai-Smorodinsky",
        "the largest minimum share of each side's largest gain over disagreement; of several the "
        "largest next smallest share",
        conventions.KalaiSmorodinsky().convention + ", then the largest next smallest",
        lambda gains, powers: _ascending(gains.shares / gains.largest, 1.0),
        lambda hull, powers: hull.kalai_smorodinsky()),
    Principle(
        "egalitarian",
        "the largest minimum gain over disagreement, in the units given; of several the largest "
        "sum of gains",
        conventions.Egalitarian().convention + ", in the units given; of several the largest sum",
        _egalitarian_keys, lambda hull, powers: hull.egalitarian()),
    Principle(
        "utilitarian",
        "the largest sum of utilities, in the units given, among packages no worse than "
        "disagreement for anybody; of several the largest minimum gain",
        "the largest sum of utilities, in the units given, among mixtures no worse than "
        "disagreement for anybody; of several the corner with the largest minimum gain (more than "
        "two parties: the lexicographic max-min)",
        _utilitarian_keys, lambda hull, powers: hull.utilitarian()),
    Principle(
        "maximal-minimum",
        "the largest minimum utility (not gain), in the units given, among packages no worse than "
        "disagreement for anybody; of several the largest sum",
        "equal utilities (not gains), in the units given, or the largest minimum utility where "
        "that point does not exist, no worse than disagreement for anybody; of several the largest "
        "sum",
        _minimum_keys, lambda hull, powers: hull.maximal_minimum()),
    Principle(
        "lexicographic max-min",
        "the largest minimum gain over disagreement, in the units given, then the largest next "
        "smallest gain, and so on",
        "the largest minimum gain over disagreement, in the units given, then the largest next "
        "smallest gain, and so on",
        lambda gains, powers: _ascending(gains.own, gains.widest),
        lambda hull, powers: hull.leximin()),
    Principle(
        "Raiffa",
        "the package nearest to Raiffa's point on mixtures, by Euclidean distance in ranges",
        "sequential: from disagreement to the mean of what each party's dictate would give with "
        "the others kept where they are, and from there again, to the frontier",
        None, lambda hull, powers: hull.raiffa()),
)
