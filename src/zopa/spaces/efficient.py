"""What is not dominated: the frontier of a domain, exact or between two proven bounds.

Package p dominates q iff u_i(p) >= u_i(q) for every party i, and > for one.  The frontier is the
set of utilities of the packages that none dominates; of packages with equal utilities one stands
for all, the first in the order in which the last issue's option changes fastest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers


@dataclass(frozen=True, eq=False)
class Efficient:
    """The frontier of a domain.

    Attributes:
        utility: `(point, party)`, utilities of real packages, none of which dominates another, in
            increasing order of the first party's, then of the second's, ....
        packages: `(point, issue)`, a package that has them.
        upper: `(point, party)`; every package is at most one of these in every coordinate.  Equal
            to `utility` where the frontier is exact.
        epsilon: `(party,)`; every package is at most some row of `utility` plus this.  Zeros where
            the frontier is exact.
        method: how it was found: `enumerated`, `merged`, `bounded`.
        looked_at: how many packages or sums were looked at.
    """

    utility: Floats
    packages: Integers
    upper: Floats
    epsilon: Floats
    method: str
    looked_at: int

    @property
    def exact(self) -> bool:
        """Whether it is the frontier itself."""
        return not np.any(self.epsilon > 0.0)
