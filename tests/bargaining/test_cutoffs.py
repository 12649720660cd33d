"""The uninformed side's offer against types who take whatever is worth more than refusing."""

from __future__ import annotations

import numpy as np
import pytest

from zopa.agreement.boundary import Hull
from zopa.bargaining.cutoffs import best_offer, bounds

POINTS, FLOOR, TIES = 33, 0.5, 1e-12
RANK = np.linspace(0.0, 1.0, POINTS)[:, None]
NEED = 0.6 - 0.4 * RANK
"""Below the floor from rank 1/4 on: all of these types accept any offer that can be made."""


@pytest.mark.parametrize("bend", [0.0, 0.3, 0.5, 0.7])
@pytest.mark.parametrize("slope", [0.3, 0.8, 1.2])
def test_nobody_refuses_an_offer_above_what_it_needs(slope: float, bend: float) -> None:
    line = np.ones((2, 1, 1, 1))
    pie = Hull(line, line, np.zeros((2, 1, 1)), np.ones((2, 1, 1)))
    limits = bounds(pie, 1, (np.array(-np.inf), np.array(FLOOR)), TIES, np)
    left = slope * RANK - bend * RANK ** 2
    found = best_offer(pie, 1, limits, np.array([1.0]), NEED, left, TIES, np)
    fine = np.linspace(0.0, 1.0, 20_001)
    for n in range(1, POINTS):
        pool = RANK[n, 0]
        below = fine[fine <= min(pool, 0.25)]
        sold = ((pool - below) * (1.0 - np.maximum(0.6 - 0.4 * below, FLOOR))
                + slope * below - bend * below ** 2)
        assert found.value[n, 0] == pytest.approx(max(sold.max(), left[n, 0]), abs=1e-6)
        if found.agree[n, 0]:
            assert found.cutoff[n, 0] <= 0.25 + 1e-9
