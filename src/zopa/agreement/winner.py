"""Adjusted Winner: dividing issues between two parties who spread points over them.

1. Each issue goes to the party that puts more points on it.
2. In order of the ratio of the parties' points, closest first, issues pass from the party ahead to
   the other, the last one in part, until both hold the same number of their own points.

Equivalently: order the issues by a_j / b_j, largest first; A takes a prefix of that order, B the
rest, and at most one issue is split so that the totals are equal.  The outcome is efficient,
envy-free and equitable: the egalitarian point on the hull of the space whose issues have the two
options "A's" and "B's".

Convention: of issues with the same ratio the first party takes the first; totals do not depend on
it.

Reference: Brams and Taylor (1996), Fair Division, Cambridge University Press.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats
from zopa.core.errors import ArgumentError


@dataclass(frozen=True, eq=False)
class Division:
    """Who gets what.

    Attributes:
        share: `(issue,)`, A's part of each issue; B has the rest.
        total: `(party,)`, each party's own points.
        split: the issue that is divided; None where none is.
    """

    share: Floats
    total: Floats
    split: int | None


def adjusted_winner(points: Floats) -> Division:
    """Divide issues between two parties.

    Args:
        points: `(2, issue)`, each party's points on the issues, >= 0, with equal sums.

    Raises:
        ArgumentError: another shape, a negative number, or sums that differ.
    """
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or len(points) != 2:
        raise ArgumentError(f"Argument `points` must have shape (2, issue), but has shape "
                            f"{points.shape}.")
    sums = points.sum(axis=1)
    if points.min() < 0.0 or abs(sums[0] - sums[1]) > 1e-9 * sums.max() or sums[0] <= 0.0:
        raise ArgumentError("Argument `points` must be >= 0 with the same sum for both parties, "
                            f"but sums to {sums[0]:g} and {sums[1]:g}. Scale them to 100.")
    a, b = points
    both = a + b
    order = np.argsort(-(a / np.where(both > 0.0, both, 1.0)), kind="stable")
    a_before = np.concatenate([[0.0], np.cumsum(a[order])])
    b_after = sums[1] - np.concatenate([[0.0], np.cumsum(b[order])])
    # the first prefix that leaves A at least as well off as B
    cut = int(np.argmax(a_before >= b_after))
    share = np.zeros(len(a))
    share[order[:cut]] = 1.0
    split = None
    if a_before[cut] > b_after[cut]:
        split = int(order[cut - 1])
        share[split] = (b_after[cut - 1] - a_before[cut - 1]) / both[split]
    return Division(share, np.array([share @ a, (1.0 - share) @ b]), split)
