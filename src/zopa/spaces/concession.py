"""The smallest concession that opens an empty zone.

Together: the smallest t such that reservation values r_i - t range_i leave a package,

    t = min over packages of  max over parties i of  max(0, r_i - u_i) / range_i,

of several packages the one with the smallest sum of falls, then the first.  Alone: how far one
party's value must fall while the others keep theirs.  A package that is dominated asks for no
smaller fall than its dominator, so the frontier is enough.  A party whose utility never changes has
its own unit for a range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.ranges import ranges
from zopa.spaces.ties import TIES, slack


@dataclass(frozen=True, eq=False)
class Alone:
    """How far one party's reservation value must fall while the others keep theirs.

    Attributes:
        party: index of the party.
        fall: in its own units.
        share: of its range; None where its utility never changes.
        package: `(issue,)`, the package that this lets in.
        utility: `(party,)`, of it.
    """

    party: int
    fall: float
    share: float | None
    package: Integers
    utility: Floats


@dataclass(frozen=True, eq=False)
class Concession:
    """What opens an empty zone.

    Attributes:
        share: t, the fall that is enough for all, in ranges.
        least: no smaller fall than this can be enough; `share` itself where the frontier is exact.
        fall: `(party,)`, by how much each value must fall to let the package in, at most t range_i.
        package: `(issue,)`.
        utility: `(party,)`, of it.
        alone: for each party, what it would have to concede alone; None where no fall is enough.
    """

    share: float
    least: float
    fall: Floats
    package: Integers
    utility: Floats
    alone: tuple[Alone | None, ...]


def concession(domain: Domain, efficient: Efficient) -> Concession:
    """The smallest concession of a domain, over its frontier."""
    span, _ = ranges(domain)
    utility, unit = efficient.utility, np.where(span > 0.0, span, 1.0)
    short = np.maximum(domain.reservation - utility, 0.0)
    shares = short / unit
    largest = shares.max(axis=1)
    tied = np.flatnonzero(largest <= largest.min() + TIES)
    asked = shares[tied].sum(axis=1)
    row = _first(efficient, tied[asked <= asked.min() + TIES])
    alone: list[Alone | None] = []
    for party in range(len(span)):
        others = np.delete(short - slack(domain), party, axis=1)
        rows = np.flatnonzero((others <= 0.0).all(axis=1))
        if not len(rows):
            alone.append(None)
            continue
        own = short[rows, party]
        best = _first(efficient, rows[own <= own.min() + TIES * unit[party]])
        fall = float(short[best, party])
        alone.append(Alone(party, fall, fall / float(span[party]) if span[party] > 0.0 else None,
                           efficient.packages[best], utility[best]))
    above = np.maximum(domain.reservation - efficient.upper, 0.0) / unit
    least = min(float(above.max(axis=1).min()), float(largest[row]))
    return Concession(float(largest[row]), least, short[row], efficient.packages[row], utility[row],
                      tuple(alone))


def _first(efficient: Efficient, rows: Integers) -> int:
    """Of some points the one whose package comes first."""
    return int(rows[np.lexsort(efficient.packages[rows].T[::-1])[0]])
