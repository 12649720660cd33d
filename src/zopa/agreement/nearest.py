"""From a point of the frontier to real packages.

Distances are Euclidean in frontier-normalised utilities: each party's utility divided by what it
has to win on the frontier, max F_i - min F_i.  So a distance of 0.1 is a tenth of what is at stake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.agreement.vertices import Vertices


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest real package in every draw.

    Attributes:
        package: `(draw,)` row of the list of packages; -1 where none is allowed.
        utility: `(party, draw)`, NaN where none is allowed.
        distance: `(draw,)`, frontier-normalised; NaN where none is allowed.
    """

    package: Integers
    utility: Floats
    distance: Floats


@dataclass(frozen=True, eq=False)
class Mixture:
    """A point of the frontier as a mixture of two of its corner packages.

    Attributes:
        package: `(2, draw, issue)`, the two packages (the same one where one is enough).
        weight: `(2, draw)`, their weights, which sum to 1.
        utility: `(party, draw)`, what the mixture gives.
        distance: `(draw,)`, frontier-normalised, from the point asked for; 0 on the frontier.
    """

    package: Integers
    weight: Floats
    utility: Floats
    distance: Floats


def _unit(width: Floats) -> Floats:
    """What utilities are divided by; 1 where a party has nothing to win."""
    return np.where(width > 0.0, width, 1.0)


def nearest(point: Floats, utility: Floats, allowed: Booleans, width: Floats) -> Nearest:
    """The nearest allowed package; of several as near, the first.

    Args:
        point: `(party, draw)`; NaN where there is none.
        utility: `(party, package, draw)`.
        allowed: `(package, draw)`, e.g. those that every side still prefers to fighting on.
        width: `(party, draw)`, max F - min F.
    """
    unit = _unit(width)
    square = np.zeros(utility.shape[1:])
    for own, target, scale in zip(utility, point, unit, strict=True):
        square += ((own - target) / scale) ** 2
    square = np.where(allowed & ~np.isnan(square), square, np.inf)
    best = square.min(axis=0)
    # packages as near to within rounding count as ties, whichever order the parties come in
    index = (square <= best + 1e-14).argmax(axis=0)
    exists = np.isfinite(best)
    chosen = np.stack([np.take_along_axis(own, index[None], axis=0)[0] for own in utility])
    return Nearest(np.where(exists, index, -1), np.where(exists, chosen, np.nan),
                   np.where(exists, np.sqrt(np.where(exists, best, 0.0)), np.nan))


def mixture(point: Floats, frontier: Vertices) -> Mixture:
    """The nearest point of the frontier, as a mixture of two neighbouring corners.

    Args:
        point: `(party, draw)`; where it is NaN the weights, utilities and distance are NaN.
        frontier: the corners.
    """
    corners = frontier.utility
    if corners.shape[1] == 1:
        corners = np.repeat(corners, 2, axis=1)
    unit = _unit(frontier.range)
    start = (corners[:, :-1] - point[:, None]) / unit[:, None]
    along = (corners[:, 1:] - corners[:, :-1]) / unit[:, None]
    length = (along ** 2).sum(axis=0)
    share = np.clip(-(start * along).sum(axis=0) / np.where(length > 0.0, length, 1.0), 0.0, 1.0)
    square = ((start + share * along) ** 2).sum(axis=0)
    exists = ~np.isnan(square).any(axis=0)
    segment = np.where(exists, np.where(np.isnan(square), np.inf, square).argmin(axis=0), 0)
    weight = np.take_along_axis(share, segment[None], axis=0)[0]
    draws = np.arange(corners.shape[2])
    last = frontier.utility.shape[1] - 1
    ends = np.minimum(np.stack([segment, segment + 1]), last)
    package = frontier.package[ends, draws]
    weights = np.where(exists, np.stack([1.0 - weight, weight]), np.nan)
    utility = weights[0] * frontier.utility[:, ends[0], draws] \
        + weights[1] * frontier.utility[:, ends[1], draws]
    distance = np.sqrt(np.take_along_axis(square, segment[None], axis=0)[0])
    return Mixture(package, weights, utility, np.where(exists, distance, np.nan))
