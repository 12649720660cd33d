"""The frontier of a domain by whichever way suits it."""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.bounds import NotFound, bounded
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.hints import hints
from zopa.spaces.merge import NOTHING_LEFT, Progress, merged
from zopa.spaces.rounding import without_rounding
from zopa.spaces.running import Running, Spent
from zopa.spaces.stream import BLOCK, MOST, numbered, parts

BUDGET = 20_000_000
"""Packages or sums looked at, about, unless another number is given."""
COARSER = 20
"""The part of the budget that goes into a lower frontier before many packages are listed."""
LONGER = 10
"""Packages that the budget allows to list may cost so many times the budget to compare."""


def frontier(domain: Domain, budget: int = BUDGET, progress: Progress | None = None) -> Efficient:
    """What no package dominates.

    1. Without rules: merge issue by issue (`merge.merged`), while the budget lasts.
    2. With rules, or where that failed: enumerate, leaving out what is known to be dominated, while
       the budget lasts.  That may succeed though there are far more packages than the budget, all
       the more as a lower frontier, found for a small part of the budget, cuts first; of additive
       spaces without constraints only those with no more packages are tried.
    3. With rules, where that failed: merge.
    4. Else a lower and an upper frontier and what lies between them (`bounds.bounded`).
    5. What only rounding kept on an exact frontier is left out (`rounding.without_rounding`).

    Additive frontiers of 10 issues with 10 options each took two and three parties fewer than
    300 000 sums where preferences were random or opposed.  Where nearly every package is on the
    frontier, as with two parties whose utilities add up to a constant, no budget is enough.

    Args:
        domain: the domain.
        budget: how many packages or sums may be looked at, about, by each way that is tried; sums
            of many parties, compared with many, count as several (`merge.Merger.work`).
        progress: called with what has been gone through and the whole.

    Raises:
        ArgumentError: the constraints leave no package.
    """
    return without_rounding(domain, _found(domain, budget, progress))


def _found(domain: Domain, budget: int, progress: Progress | None) -> Efficient:
    """Steps 1 to 4."""
    if domain.rules and (listed := _listed(domain, budget, progress)):
        return listed
    if combined := merged(domain, budget, progress):
        return combined
    if not domain.rules and (listed := _listed(domain, budget, progress)):
        return listed
    return bounded(domain, budget, progress)


def _listed(domain: Domain, budget: int, progress: Progress | None) -> Efficient | None:
    """Enumerated, or None where that takes more than it may."""
    known: Integers | None = None
    most = LONGER * budget
    if domain.size > budget:
        if domain.size >= MOST or not (domain.rules or domain.forbidden):
            return None
        most = budget
        try:
            known = bounded(domain, budget // COARSER).packages
        except NotFound:
            known = None
    try:
        return enumerated(domain, progress, most=most, known=known)
    except Spent:
        return None


def enumerated(domain: Domain, progress: Progress | None = None,
               block: int = BLOCK, most: float = np.inf,
               known: Integers | None = None) -> Efficient:
    """The exact frontier, from every package.

    1. Take some good packages as hints: each issue's best option under a few weights.
    2. Walk the tree of packages (`stream.parts`).  A node is left out where a package is known
       that is better than anything below it for every party, by more than rounding.
    3. Keep what no package so far dominates (`Running`).

    Args:
        domain: the domain.
        progress: called with the number of packages gone through and their total.
        block: packages at a time.
        most: work that is allowed, see `Running`.
        known: `(package, issue)`, allowed packages to take instead of the first step's.

    Raises:
        ArgumentError: the constraints leave no package, or there are too many to be numbered.
        Spent: more work than allowed.
    """
    good = domain.utilities(hints(domain) if known is None else known)
    running = Running(len(domain.parties), good, most)
    looked = 0
    for part in parts(domain, block, hopeful=running.hopeful):
        looked += part.count
        running.add(part.start, part.index, part.utility)
        if progress is not None:
            last = part.start + part.count if part.index is None else int(part.index[-1]) + 1
            progress(last, domain.size)
    index, utility = running.frontier()
    if not index.size:
        raise ArgumentError(NOTHING_LEFT)
    order = np.lexsort(utility[::-1])
    table = np.ascontiguousarray(utility[:, order].T)
    return Efficient(table, numbered(domain, index[order]), table,
                     np.zeros(len(domain.parties)), "enumerated", looked)
