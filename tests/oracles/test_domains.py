"""Published and closed-form agreements as domains: Panama Canal, Camp David, Nash's barter."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from zopa.agreement.space import Floats
from zopa.spaces.domain import Domain
from zopa.spaces.fairness import envy
from zopa.spaces.frontier import frontier
from zopa.spaces.points import FairPoint, points

PANAMA = np.array([[22, 22, 15, 14, 11, 6, 4, 2, 2, 2], [9, 15, 15, 3, 15, 5, 11, 7, 7, 13]], float)
CAMP_DAVID = np.array([[35, 10, 20, 10, 5, 20], [55, 5, 10, 5, 20, 5]], float)
BARTER = np.array([[2, 2, 2, 2, 4, 10, 4, 6, 2], [4, 2, 1, 2, 1, 1, 1, 2, 2]], float)


def contested(who: Floats, disagreement: tuple[float, float] = (0, 0)) -> Domain:
    """Each issue goes to the first party or to the second, who then has its points."""
    issues = who.shape[1]
    worth = tuple(np.array([[a, 0.0], [0.0, b]]) for a, b in who.T)
    return Domain(("a", "b"), tuple(f"issue {j}" for j in range(issues)), (("a", "b"),) * issues,
                  worth, disagreement=np.array(disagreement, float))


def found(domain: Domain, weights: tuple[float, ...] | None = None) -> dict[str, FairPoint]:
    return {point.key: point for point in points(domain, frontier(domain), weights)}


def kept(point: FairPoint, issue: int) -> float:
    """The first party's part of an issue in a mixture."""
    return sum(share * (package[issue] == 0) for package, share in point.mixture)


@pytest.mark.parametrize("name, disagreement, expected", [
    ("Nash", (0, 0), (66, 66)),
    ("Kalai-Smorodinsky", (0, 0), (66, 66)),
    ("egalitarian", (0, 0), (66, 66)),
    ("lexicographic max-min", (0, 0), (66, 66)),
    ("maximal-minimum", (0, 0), (66, 66)),
    ("Adjusted Winner", (0, 0), (66, 66)),
    ("utilitarian", (0, 0), (64, 68)),
    ("weighted Nash", (0, 0), (79, 53)),
    ("Nash", (30, 20), (71, 61)),
    ("egalitarian", (30, 20), (71, 61)),
    ("maximal-minimum", (30, 20), (66, 66)),
    # the largest gains are 96 - 30 and 97 - 16 * 9 / 22 - 20; the gains there add up to 82
    ("Kalai-Smorodinsky", (30, 20), (30 + 82 * 66 / (66 + 775 / 11), 102 - 82 * 66 / (
        66 + 775 / 11))),
])
def test_panama_on_mixtures(name: str, disagreement: tuple[float, float],
                            expected: tuple[float, float]) -> None:
    point = found(contested(PANAMA, disagreement), (2, 1))[f"{name} (mixture)"]
    assert_allclose(point.utility, expected, rtol=0, atol=1e-9)
    assert sum(share for _, share in point.mixture) == pytest.approx(1, abs=1e-14)


def test_panama_splits_land_and_water() -> None:
    shared = found(contested(PANAMA))
    for name in ("Nash", "Kalai-Smorodinsky", "egalitarian", "Adjusted Winner"):
        assert kept(shared[f"{name} (mixture)"], 2) == pytest.approx(2 / 15, abs=1e-13)


def test_panama_frontier_holds_the_published_corners() -> None:
    published = [(0, 100), (14, 97), (36, 88), (58, 73), (64, 68), (79, 53), (90, 38), (94, 27),
                 (96, 20), (98, 13), (100, 0)]
    utility = frontier(contested(PANAMA)).utility
    for corner in published:
        assert np.abs(utility - corner).max(axis=1).min() == 0.0


def test_panama_raiffa_by_hand() -> None:
    # from (50, 50): on the edge u_A + u_B = 132 between (64, 68) and (79, 53) neither reaches 82,
    # so each dictate ends on a neighbouring edge: u_B = 50 at 79 + 11 * 3 / 15 = 81.2 for A;
    # u_A = 50 at 73 + 8 * 15 / 22 for B; the next midpoint, (65.6, ...), is within that edge
    a, b = (50 + 81.2) / 2, (50 + 73 + 8 * 15 / 22) / 2
    left = 132 - a - b
    assert_allclose(found(contested(PANAMA))["Raiffa (mixture)"].utility,
                    (a + left / 2, b + left / 2), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name, expected", [
    ("Nash", (60, 75)), ("Kalai-Smorodinsky", (395 / 6, 395 / 6)),
    ("egalitarian", (395 / 6, 395 / 6)), ("Adjusted Winner", (395 / 6, 395 / 6)),
    ("utilitarian", (60, 75)),
])
def test_camp_david(name: str, expected: tuple[float, float]) -> None:
    shared = found(contested(CAMP_DAVID))
    assert_allclose(shared[f"{name} (mixture)"].utility, expected, rtol=0, atol=1e-12)
    assert kept(shared["Adjusted Winner (mixture)"], 0) == pytest.approx(1 / 6, abs=1e-14)


def test_nash_1950_barter() -> None:
    at_first = (float(BARTER[0, :5].sum()), float(BARTER[1, 5:].sum()))
    point = found(contested(BARTER, at_first))
    for key in ("Nash", "Nash (mixture)"):
        assert_allclose(point[key].utility - at_first, (12, 5), atol=1e-12)
    package = point["Nash"].package
    assert package is not None
    # the first gives book, whip, ball and bat for pen, toy and knife
    assert package.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 1]
    assert envy(contested(BARTER, at_first), package).free is True
