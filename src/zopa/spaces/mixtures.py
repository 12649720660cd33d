"""Mixtures of packages: the concave hull of a frontier, and the fair points on it.

A mixture gives package k the share lambda_k >= 0, the shares adding up to 1, and the party i the
gain g_i = sum_k lambda_k (u_i(k) - d_i).  No dominated package is needed for a mixture that no
other one dominates, so the frontier's points are enough.

Two parties: `zopa.spaces.plane`, closed forms.  One, three and more: `zopa.spaces.solid`, linear
programs, and for the Nash point `zopa.spaces.decomposition`.
"""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats
from zopa.spaces.plane import Plane
from zopa.spaces.solid import Solid


def mixtures(utility: Floats, disagreement: Floats, span: Floats) -> Plane | Solid:
    """The mixtures of some points from a disagreement point.

    Args:
        utility: `(point, party)`, none of which dominates another.
        disagreement: `(party,)`.
        span: `(party,)`, the range of each party's utility; only ties depend on it.
    """
    kind = Plane if utility.shape[1] == 2 else Solid
    # powers of two, so that a change of units by one of them moves no digit
    unit = np.exp2(np.round(np.log2(np.where(span > 0.0, span, 1.0))))
    return kind((utility - disagreement) / unit, disagreement, unit)
