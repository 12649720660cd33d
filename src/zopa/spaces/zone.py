"""The zone of possible agreement of a domain: what leaves every party its reservation value.

A package is in the zone iff u_i >= r_i for every party i; ties belong to it (`zopa.spaces.ties`).

1. **Is there one?**  A package of the zone that is dominated has a dominator in the zone: the
   frontier decides.
2. **How many** packages: listed, the reservation values cutting early, where the domain or the zone
   is small enough; or counted by halves, or bounded (`zopa.spaces.counting`).
3. **Open options** of an issue: those that some package of the zone holds.  Packages of the
   frontier, and they with one issue changed, show most of them; each of the others is decided by
   the domain in which the issue has that option alone: by listing, or by its frontier.  An issue
   with one open option is *settled*, with several *live*.
4. **Room**: `zopa.spaces.volume`.
5. **Nearest packages** to fair points: the efficient packages of the zone by Euclidean distance in
   ranges; of several as near, the first.
6. **Concession** where the zone is empty: `zopa.spaces.concession`.

Reference: Raiffa (1982), The Art and Science of Negotiation, for the zone and its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.spaces import counting, stream
from zopa.spaces.concession import Concession, concession
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.open_options import decided, listed, restricted, shown
from zopa.spaces.points import FairPoint
from zopa.spaces.ranges import in_ranges, ranges
from zopa.spaces.ties import slack
from zopa.spaces.volume import Volume, volume

LISTED = 100_000_000
"""Packages of a domain that is listed where it cannot be counted by halves."""
FEW = 5_000_000
"""Packages of a zone that is listed in a larger domain too: reservation values cut early."""
SMALL = 200_000
"""Packages of a domain that is listed in any case."""


@dataclass(frozen=True, eq=False)
class Near:
    """A package near to a fair point: its utilities, and the distance in ranges."""

    package: Integers
    utility: Floats
    distance: float


@dataclass(frozen=True, eq=False)
class ZoneFound:
    """The zone of possible agreement.

    Attributes:
        exists: whether a package is in it; None where a frontier that is not exact leaves it open.
        packages: how many packages are in it; None where only bounds are known.
        packages_bounds: no fewer and no more.
        allowed: how many packages the constraints leave; None where only bounded.
        share: packages / allowed.
        volume: of the region between reservation and frontier, as a share of the zone's ideal box;
            None where the frontier is not exact.
        volume_bounds: no less and no more; with an estimated volume two standard errors.
        volume_method: `exact`, or how it was estimated.
        open: for each issue `(option,)`, whether a package of the zone holds the option.
        settled: issue -> the option on which all packages of the zone agree.
        live: issue -> the options that are open, two or more.
        unsure: issue -> options of which it is not known whether they are open.
        nearest: key of a fair point (`FairPoint.key`) -> the package nearest to it.
        concession: what opens an empty zone; None where the zone is not empty.
    """

    exists: bool | None
    packages: int | None
    packages_bounds: tuple[int, int]
    allowed: int | None
    share: float | None
    volume: float | None
    volume_bounds: tuple[float, float]
    volume_method: str
    open: tuple[Booleans, ...]
    settled: Mapping[int, int]
    live: Mapping[int, tuple[int, ...]]
    unsure: Mapping[int, tuple[int, ...]]
    nearest: Mapping[str, Near]
    concession: Concession | None


def zone(domain: Domain, efficient: Efficient, points: Sequence[FairPoint] = ()) -> ZoneFound:
    """The zone of a domain, steps 1 to 6.

    Args:
        domain: the domain, with its reservation values.
        efficient: its frontier.
        points: fair points whose nearest packages are wanted.
    """
    span, _ = ranges(domain)
    floor = domain.reservation - slack(domain)
    rows = np.flatnonzero((efficient.utility >= floor).all(axis=1))
    hidden = not efficient.exact and bool((efficient.upper >= floor).all(axis=1).any())
    exists = True if len(rows) else None if hidden else False
    if exists is False:
        opened = [np.zeros(size, dtype=bool) for size in domain.sizes]
        unsure = [np.zeros(size, dtype=bool) for size in domain.sizes]
        number = counting.Count(0, 0, "frontier")
    else:
        opened, unsure, number = _contents(domain, floor, efficient.packages[rows])
    if number.exact is None:
        number = replace(number, low=max(number.low, len(rows)))
    allowed = counting.total(domain).exact
    if allowed is None and domain.size <= LISTED // 5:
        allowed = _number(domain, None).exact
    room, bounds = _room(domain, efficient, rows)
    settled = {n: int(held.argmax()) for n, held in enumerate(opened)
               if held.sum() == 1 and not unsure[n].any()}
    live = {n: _options(held) for n, held in enumerate(opened) if held.sum() > 1}
    return ZoneFound(
        exists, number.exact, (number.low, number.high), allowed,
        number.exact / allowed if number.exact is not None and allowed else None,
        room.share if efficient.exact else None, bounds, room.method,
        tuple(opened), settled, live,
        {n: _options(held) for n, held in enumerate(unsure) if held.any()},
        {point.key: _near(point, efficient, rows, span) for point in points
         if point.exists and len(rows)},
        None if exists else concession(domain, efficient))


def _contents(domain: Domain, floor: Floats, inside: Integers
              ) -> tuple[list[Booleans], list[Booleans], counting.Count]:
    """Open options, options not decided, and the number of packages: steps 2 and 3."""
    opened = shown(domain, floor, inside)
    unsure = [np.zeros(size, dtype=bool) for size in domain.sizes]
    halves = len(domain.parties) <= 2 and domain.size > SMALL
    number = counting.count(domain, floor) if halves or domain.size > LISTED else None
    if number is None or (number.exact is None
                          and (domain.size <= LISTED or number.high <= FEW)
                          and domain.size < stream.MOST):
        return listed(domain, floor, opened), unsure, _number(domain, floor)
    for issue, held in enumerate(opened):
        for option in np.flatnonzero(~held):
            answer = decided(restricted(domain, issue, int(option)), floor)
            held[option] = answer is True
            unsure[issue][option] = answer is None
    return opened, unsure, number


def _number(domain: Domain, floor: Floats | None) -> counting.Count:
    number = sum(part.count for part in stream.parts(domain, floor=floor))
    return counting.Count(number, number, "listed")


def _room(domain: Domain, efficient: Efficient, rows: Integers
          ) -> tuple[Volume, tuple[float, float]]:
    """The volume of the zone and its bounds."""
    lowest = domain.base + sum(worth.min(axis=1) for worth in domain.worth)
    for rule in domain.rules:
        lowest = lowest + np.minimum(rule.bonus, 0.0)
    least = np.where(np.isfinite(domain.reservation), domain.reservation, lowest)
    inside = efficient.utility[rows]
    if efficient.exact:
        if not len(rows):
            return Volume(0.0, "exact", 0.0), (0.0, 0.0)
        room = volume(inside, least, inside.max(axis=0))
        return room, (max(room.share - 2.0 * room.error, 0.0),
                      min(room.share + 2.0 * room.error, 1.0))
    above = efficient.upper[(efficient.upper >= least).all(axis=1)]
    if not len(above):
        return Volume(0.0, "bounds", 0.0), (0.0, 0.0)
    if not len(rows):
        return Volume(0.0, "bounds", 0.0), (0.0, 1.0)
    # the region is at least the known one in the largest box, at most the largest in the known one
    small, large = inside.max(axis=0), above.max(axis=0)
    low = volume(inside, least, large)
    high = volume(above, least, large)
    most = 1.0
    if (small > least).all():
        larger = float(np.prod((large - least) / (small - least)))
        most = min(1.0, (high.share + 2.0 * high.error) * larger)
    return Volume(low.share, "bounds", low.error), (
        max(low.share - 2.0 * low.error, 0.0), most)


def _near(point: FairPoint, efficient: Efficient, rows: Integers, span: Floats) -> Near:
    apart = in_ranges((efficient.utility[rows] - point.utility).T, span)
    square = (apart ** 2).sum(axis=0)
    tied = rows[square <= square.min() + 1e-14]
    row = tied[np.lexsort(efficient.packages[tied].T[::-1])[0]]
    return Near(efficient.packages[row], efficient.utility[row], float(np.sqrt(square.min())))


def _options(held: Booleans) -> tuple[int, ...]:
    return tuple(int(option) for option in np.flatnonzero(held))
