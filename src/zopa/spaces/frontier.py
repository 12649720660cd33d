"""The frontier of a domain by whichever way suits it."""

from __future__ import annotations

import numpy as np

from zopa.core.errors import ArgumentError
from zopa.spaces.bounds import bounded
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.hints import hints
from zopa.spaces.merge import NOTHING_LEFT, Progress, merged
from zopa.spaces.running import Running
from zopa.spaces.stream import BLOCK, numbered, parts

BUDGET = 20_000_000
"""Packages or sums looked at, about, unless another number is given."""


def frontier(domain: Domain, budget: int = BUDGET, progress: Progress | None = None) -> Efficient:
    """What no package dominates.

    1. Additive: merge issue by issue (`merge.merged`).
    2. With rules: enumerate where the packages are no more than the budget, else merge.
    3. Where merging takes more than the budget: enumerate if the packages are no more than it.
    4. Else a lower and an upper frontier and what lies between them (`bounds.bounded`).

    Args:
        domain: the domain.
        budget: how many packages or sums may be looked at, about, by each way that is tried; sums
            of many parties, compared with many, count as several (`merge.Merger.work`).
        progress: called with what has been gone through and the whole.

    Raises:
        ArgumentError: the constraints leave no package.
    """
    few = domain.size <= budget
    if domain.rules and few:
        return enumerated(domain, progress)
    found = merged(domain, budget, progress)
    if found is not None:
        return found
    return enumerated(domain, progress) if few else bounded(domain, budget, progress)


def enumerated(domain: Domain, progress: Progress | None = None,
               block: int = BLOCK) -> Efficient:
    """The exact frontier, from every package.

    1. Take some good packages as hints: each issue's best option under a few weights.
    2. Walk the tree of packages (`stream.parts`).  A node is left out where a package is known
       that is better than anything below it for every party, by more than rounding.
    3. Keep what no package so far dominates (`Running`).

    Args:
        domain: the domain.
        progress: called with the number of packages gone through and their total.
        block: packages at a time.

    Raises:
        ArgumentError: the constraints leave no package, or there are too many to be numbered.
    """
    running = Running(len(domain.parties), domain.utilities(hints(domain)))
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
