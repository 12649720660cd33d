"""The frontier of a domain by whichever way suits it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zopa.agreement.space import Floats
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.running import Running
from zopa.spaces.stream import BLOCK, numbered, parts

BUDGET = 50_000_000
"""Packages or sums looked at, at most, unless another number is given."""
Progress = Callable[[int, int], None]


def frontier(domain: Domain, budget: int = BUDGET, progress: Progress | None = None) -> Efficient:
    """What no package dominates.

    Args:
        domain: the domain.
        budget: how many packages or sums may be looked at.
        progress: called with what has been gone through and the whole.

    Raises:
        ArgumentError: the constraints leave no package.
    """
    return enumerated(domain, progress)


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
    running = Running(len(domain.parties), _hints(domain))
    looked = 0
    for part in parts(domain, block, hopeful=running.hopeful):
        looked += part.count
        running.add(part.start, part.index, part.utility)
        if progress is not None:
            last = part.start + part.count if part.index is None else int(part.index[-1]) + 1
            progress(last, domain.size)
    index, utility = running.frontier()
    if not index.size:
        raise ArgumentError("The constraints leave no package. Drop one of them, or add an option.")
    order = np.lexsort(utility[::-1])
    table = np.ascontiguousarray(utility[:, order].T)
    return Efficient(table, numbered(domain, index[order]), table,
                     np.zeros(len(domain.parties)), "enumerated", looked)


def _hints(domain: Domain, count: int = 64) -> Floats:
    """`(party, package)`: utilities of packages that are best under some weights, if allowed."""
    parties = len(domain.parties)
    spread = np.array([sum(float(np.ptp(worth[i])) for worth in domain.worth)
                       for i in range(parties)])
    weights = np.random.default_rng(0).dirichlet(np.ones(parties), count)
    weights = np.concatenate([np.eye(parties), weights]) / np.where(spread > 0.0, spread, 1.0)
    packages = np.stack([np.argmax(weights @ worth, axis=1) for worth in domain.worth], axis=1)
    return domain.utilities(packages[domain.allowed(packages)])
