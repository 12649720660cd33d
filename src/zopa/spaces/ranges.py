"""The range of each party's utility over a domain: the unit in which gains are made comparable.

    range_i = max over packages of u_i  -  min over packages of u_i

taken over all packages, those that constraints forbid included, so that a constraint does not
change the unit.  It is exact where utilities add up, and where the domain is small enough to list;
else it is the bound that counts every rule's bonus in full.  A change of a party's scale or zero
leaves gain over range as it was, so that no party's unit counts for more than another's.

Reference: Keeney and Raiffa (1976), Decisions with Multiple Objectives, 3.3, for the scale.
"""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats
from zopa.spaces.domain import Domain

LISTED = 1 << 17
"""Packages that are listed to find the exact range of a domain with rules."""
_BLOCK = 1 << 15


def ranges(domain: Domain) -> tuple[Floats, bool]:
    """`(party,)` range of utilities, and whether it is exact."""
    if domain.rules and domain.size <= LISTED:
        low = np.full(len(domain.parties), np.inf)
        high = -low
        for first in range(0, domain.size, _BLOCK):
            index = np.arange(first, min(first + _BLOCK, domain.size))
            utility = domain.utilities(np.stack(np.unravel_index(index, domain.sizes), axis=1))
            low = np.minimum(low, utility.min(axis=1))
            high = np.maximum(high, utility.max(axis=1))
        return high - low, True
    total = np.zeros(len(domain.parties))
    for worth in domain.worth:
        total = total + (worth.max(axis=1) - worth.min(axis=1))
    for rule in domain.rules:
        total = total + np.abs(rule.bonus)
    return total, not domain.rules


def in_ranges(value: Floats, span: Floats) -> Floats:
    """`(party, ...)` in units of each party's range; 0 for a party whose utility never changes."""
    unit = np.where(span > 0.0, span, np.inf)
    shared: Floats = value / unit.reshape(-1, *[1] * (value.ndim - 1))
    return shared
