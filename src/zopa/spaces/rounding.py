"""A frontier without what only rounding kept on it.

Sums of 0.1, 0.2 and 0.3, or of thirds, depend on their order in the last digit.  A package whose
utility should equal another's can then be ahead of it by a hair, and stay though the other is
better for somebody else.  What is efficient must not hang on that digit, nor on a change of scale:

1. Of each party, utilities of the frontier that follow each other within `zopa.spaces.ties` get the
   same rank.
2. What is dominated in ranks is left out; of equal ranks the first package stays.

Nothing better is lost: a package that rounding alone took from the frontier has equals on it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zopa.agreement.space import Floats
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.pareto import undominated
from zopa.spaces.ties import slack


def without_rounding(domain: Domain, efficient: Efficient) -> Efficient:
    """The frontier, steps 1 and 2; one that is not exact stays as it is."""
    if not efficient.exact or len(efficient.utility) < 2:
        return efficient
    ranks = [_ranks(own, float(least))
             for own, least in zip(efficient.utility.T, slack(domain), strict=True)]
    if all(together is None for together in ranks):
        return efficient
    table = np.stack([own if together is None else together
                      for own, together in zip(efficient.utility.T, ranks, strict=True)])
    first = np.lexsort(efficient.packages.T[::-1])
    kept = np.sort(first[undominated(np.ascontiguousarray(table[:, first]))])
    utility = efficient.utility[kept]
    return replace(efficient, utility=utility, packages=efficient.packages[kept], upper=utility)


def _ranks(own: Floats, least: float) -> Floats | None:
    """`(row,)`: ranks of one party's utilities; None where no two differ by rounding alone."""
    order = np.argsort(own, kind="stable")
    gaps = np.diff(own[order])
    if not ((gaps > 0.0) & (gaps <= least)).any():
        return None
    ranks = np.empty(len(own))
    ranks[order] = np.concatenate([[0.0], np.cumsum(gaps > least)])
    return ranks
