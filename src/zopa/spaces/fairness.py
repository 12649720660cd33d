"""Is a package fair, and how far is it from the frontier.

**Who gets it.**  Envy and Adjusted Winner speak of a division: two parties, utilities that add up,
no constraints, and on every issue two options, of which neither party prefers the same one: the
one that a party prefers means that the party gets the issue.  Its points on an issue are what it
gains by getting it.  (An issue with one option divides nothing.)

**Envy** (Brams and Taylor): party i envies the other iff what the other gets is worth more to i, in
i's own points, than what i gets: iff u_i of the package with every issue turned round is larger.
With two parties that is: iff i gets less than half of its own points.

**Distance from the frontier** of a package p, in ranges of utility,

    max over packages q of  min over parties i of  (u_i(q) - u_i(p)) / range_i,

the largest gain that all parties can have at once, and q the package that gives it.  It is 0 on the
frontier, and also where some party can gain but not all of them.

References: Foley (1967), Yale Economic Essays 7:45-98, for envy; Brams and Taylor (1996), Fair
Division; Luenberger (1992), Journal of Mathematical Economics 21:461-481, for the distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.ranges import in_ranges, ranges
from zopa.spaces.ties import TIES


@dataclass(frozen=True, eq=False)
class Contest:
    """A domain as a division of issues between two parties.

    Attributes:
        points: `(2, issue)`, what each party gains by getting the issue, in its own units.
        ends: `(2, issue)`, the option by which each party gets it.
        least: `(2,)`, each party's utility when it gets nothing.
    """

    points: Floats
    ends: Integers
    least: Floats


@dataclass(frozen=True, eq=False)
class Envy:
    """Whether a package leaves a party envious.

    Attributes:
        amount: `(party,)`, by how much the other's lot is worth more to a party than its own;
            negative where it is worth less.  NaN where envy is not defined.
        reason: why it is not defined; empty where it is.
    """

    amount: Floats
    reason: str = ""

    @property
    def free(self) -> bool | None:
        """Whether nobody envies anybody; None where it is not defined."""
        return None if self.reason else bool((self.amount <= 0.0).all())


@dataclass(frozen=True, eq=False)
class Distance:
    """How far a package is from the frontier.

    Attributes:
        distance: the largest gain all can have at once, in ranges; of the packages known.
        largest: the same and what a frontier that is not exact may hide; equal to it otherwise.
        dominated: whether a known package is better for some party and worse for none.
        package: `(issue,)`, the one with the largest smallest gain; None where none dominates.
        utility: `(party,)`, of it.
    """

    distance: float
    largest: float
    dominated: bool
    package: Integers | None
    utility: Floats | None


def contest(domain: Domain) -> tuple[Contest | None, str]:
    """The domain as a division of issues; or None, and the reason why it is none."""
    if len(domain.parties) != 2:
        return None, f"it is defined for two parties, and there are {len(domain.parties)}"
    if domain.rules or domain.forbidden:
        return None, "it needs utilities that add up over issues and no constraints"
    points, ends = np.zeros((2, len(domain.issues))), np.zeros((2, len(domain.issues)), np.int64)
    least = domain.base.copy()
    for n, (name, worth) in enumerate(zip(domain.issues, domain.worth, strict=True)):
        options = worth.shape[1]
        if options > 2:
            return None, f"issue `{name}` has {options} options, not the two ends of who gets it"
        lead = worth[:, 0] - worth[:, -1]
        if lead[0] * lead[1] > 0.0:
            return None, f"on issue `{name}` both parties prefer the same option"
        points[:, n] = np.abs(lead)
        first = 0 if lead[0] > 0.0 or (lead[0] == 0.0 and lead[1] <= 0.0) else options - 1
        ends[:, n] = first, options - 1 - first
        least += worth.min(axis=1)
    return Contest(points, ends, least), ""


def envy(domain: Domain, package: Integers) -> Envy:
    """What each party thinks of the other's lot in a package `(issue,)`."""
    division, reason = contest(domain)
    if division is None:
        return Envy(np.full(len(domain.parties), np.nan), reason)
    own = package == division.ends
    return Envy((division.points * ~own).sum(axis=1) - (division.points * own).sum(axis=1))


def distance(domain: Domain, efficient: Efficient, package: Integers) -> Distance:
    """How far a package is from the frontier, and the package that dominates it most.

    Of several with the largest smallest gain, the one with the next smallest, then the first.

    Raises:
        ArgumentError: the package holds an option that there is not, or a constraint forbids it.
    """
    package = np.asarray(package, dtype=np.int64)
    if package.shape != (len(domain.issues),) or not all(
            0 <= o < size for o, size in zip(package, domain.sizes, strict=True)):
        raise ArgumentError(f"`package` must name an option of each of {len(domain.issues)} "
                            f"issues, but is {package.tolist()}.")
    if not domain.allowed(package[None])[0]:
        raise ArgumentError("A constraint forbids the package. Choose another.")
    own, (span, _) = domain.utilities(package[None])[:, 0], ranges(domain)
    gain = in_ranges((efficient.utility - own).T, span).T
    moves = span > 0.0
    if not moves.any() or not len(gain):
        return Distance(0.0, 0.0, False, None, None)
    smallest = gain[:, moves].min(axis=1)
    above = in_ranges((efficient.upper - own).T, span).T[:, moves].min(axis=1)
    reached = max(float(smallest.max()), 0.0)
    largest = max(reached, min(float(above.max(initial=0.0)),
                               reached + float(in_ranges(efficient.epsilon, span).max())))
    better = np.flatnonzero((smallest >= -TIES) & (gain.max(axis=1) > TIES))
    if not len(better):
        return Distance(0.0, largest, False, None, None)
    ordered = np.sort(gain[better][:, moves], axis=1)
    for n in range(ordered.shape[1]):
        tied = ordered[:, n] >= ordered[:, n].max() - TIES
        better, ordered = better[tied], ordered[tied]
    row = better[np.lexsort(efficient.packages[better].T[::-1])[0]]
    reached = reached if reached > TIES else 0.0
    return Distance(reached, max(largest, reached), True, efficient.packages[row],
                    efficient.utility[row])
