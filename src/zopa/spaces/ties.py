"""When two utilities count as equal: within a part of the party's range, and within rounding.

    slack_i = max(TIES range_i, ROUNDING size_i),
    size_i = |base_i| + sum over issues of max |worth_ij| + sum over rules of |bonus_i|

The first term decides unless a party's utilities hardly differ beside their size.  The second is
larger than what the order of a sum of some dozens of terms can change, so that every way of
counting gives the same answer.  Both follow a change of the party's unit.
"""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats
from zopa.spaces.domain import Domain
from zopa.spaces.ranges import ranges

TIES = 1e-12
ROUNDING = 1e-14


def slack(domain: Domain) -> Floats:
    """`(party,)`: utilities that differ by no more count as equal."""
    size = np.abs(domain.base)
    for worth in domain.worth:
        size = size + np.abs(worth).max(axis=1)
    for rule in domain.rules:
        size = size + np.abs(rule.bonus)
    least: Floats = np.maximum(TIES * ranges(domain)[0], ROUNDING * size)
    return least
