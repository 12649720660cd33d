"""Veto groups on one divisible issue give the win-sets of the theory of two-level games.

References: Schelling (1960), Putnam (1988), Tarar (2001).
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.oracles.closed_forms import static
from tests.oracles.test_ranges import one_shot
from zopa.agreement.space import Space
from zopa.agreement.vertices import vertices
from zopa.agreement.vetoes import of_groups, stretch
from zopa.bargaining import solve
from zopa.war.forts import alternating

PIE = Space(("a", "b"), ("pie",), (("a's", "b's"),), np.ones((2, 1, 1)),
            np.array([[[1.0], [0.0]], [[0.0], [1.0]]]))


def floors(accepts: tuple[float | None, float | None]) -> tuple[float, float]:
    """Floors of the two sides from one veto group in each that accepts so much of the pie."""
    frontier, floor = vertices(PIE), np.full(2, -np.inf)
    for side, least in enumerate(accepts):
        if least is not None:
            seen = of_groups(PIE, [side], ["parliament"], np.ones((1, 1, 1)), [{}])
            own = seen.utilities(frontier.package)[0]
            floor = np.maximum(floor, stretch(frontier, own, np.array([least]), side).floor[:, 0])
    return float(floor[0]), float(floor[1])


@pytest.mark.parametrize(("accepts", "offers"), [
    ((0.65, 0.2), [0.75, 0.65]),            # a tied hand gets more: Schelling's conjecture
    ((None, 0.2), [0.75, 0.5]), ((0.65, None), [0.75, 0.65]), ((0.6, 0.3), [0.7, 0.6])])
def test_win_sets_that_meet(accepts: tuple[float | None, float | None],
                            offers: list[float]) -> None:
    assert_allclose(solve(one_shot(0.6, (0.1, 0.15), floors(accepts))).offer[:, 0, 0], offers,
                    atol=1e-12)


def test_both_hands_tied_leave_nothing() -> None:
    assert not solve(one_shot(0.6, (0.1, 0.15), floors((0.7, 0.35)))).agree.any()


def test_a_group_that_accepts_nothing_ends_all_talks() -> None:
    floor = floors((1.2, None))
    assert floor[0] > 1.0
    assert not solve(one_shot(0.6, (0.1, 0.15), floor)).agree.any()


def test_alternating_offers_under_a_veto() -> None:
    solution = solve(alternating(static((0.9, 0.9), floor=floors((0.6, None)))))
    assert_allclose(solution.value[0, 0], 0.64, atol=1e-10)
