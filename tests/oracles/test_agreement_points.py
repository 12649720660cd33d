"""Published and closed-form fair points: Panama Canal, Camp David, Nash's barter of 1950."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from zopa.agreement.hull import hull
from zopa.agreement.nearest import mixture
from zopa.agreement.points import (
    PRINCIPLES,
    Egalitarian,
    KalaiSmorodinsky,
    Nash,
    Principle,
    Utilitarian,
)
from zopa.agreement.space import Floats, Space
from zopa.agreement.vertices import vertices
from zopa.agreement.winner import adjusted_winner
from zopa.draws.sobol import sample
from zopa.ensemble.space import from_scenario
from zopa.scenario.load import load_checked

PANAMA = np.array([[22, 22, 15, 14, 11, 6, 4, 2, 2, 2], [9, 15, 15, 3, 15, 5, 11, 7, 7, 13]], float)
CAMP_DAVID = np.array([[35, 10, 20, 10, 5, 20], [55, 5, 10, 5, 20, 5]], float)
BARTER = np.array([[2, 2, 2, 2, 4, 10, 4, 6, 2], [4, 2, 1, 2, 1, 1, 1, 2, 2]], float)
"""Utilities of Bill and of Jack for book, whip, ball, bat, box (Bill's), pen, toy, knife, hat."""


def contested(points: Floats) -> Space:
    """Each issue goes to the first party or to the second, who then has its points."""
    parties, issues = points.shape
    value = np.tile(np.array([[1.0, 0.0], [0.0, 1.0]]), (1, issues))
    weight = points / points.sum(axis=1, keepdims=True)
    return Space(("a", "b"), tuple(f"issue {j}" for j in range(issues)), (("a", "b"),) * issues,
                 weight[..., None], value[..., None])


def on_hull(points: Floats, principle: Principle, disagreement: tuple[float, float]) -> Floats:
    d = np.array(disagreement)[:, None] / 100
    return principle.on_hull(vertices(contested(points)), d).utility[:, 0] * 100


def test_panama_frontier() -> None:
    published = [(0, 100), (14, 97), (36, 88), (58, 73), (64, 68), (79, 53), (90, 38), (94, 27),
                 (96, 20), (98, 13), (100, 0)]
    corners = vertices(contested(PANAMA)).utility[..., 0].T * 100
    found = np.array([corner for corner in corners[::-1]])
    for corner in published:
        assert np.abs(found - corner).max(axis=1).min() < 1e-12
    # what is not published lies on a segment between two published corners
    boundary = hull(contested(PANAMA), np.zeros(1))
    for (a, b), (c, d) in zip(published[:-1], published[1:], strict=True):
        x = np.full((1, 1), (a + c) / 200)
        assert_allclose(boundary.offer(1, x, np)[0], (b + d) / 200, atol=1e-13)


@pytest.mark.parametrize("principle, disagreement, expected", [
    (Nash(), (0, 0), (66, 66)),
    (KalaiSmorodinsky(), (0, 0), (66, 66)),
    (Egalitarian(), (0, 0), (66, 66)),
    (Utilitarian(), (0, 0), (64, 68)),
    (Nash((2, 1)), (0, 0), (79, 53)),
    (Nash(), (30, 20), (71, 61)),
    (Egalitarian(), (30, 20), (71, 61)),
    (KalaiSmorodinsky(), (30, 20), (69.66156, 62.33844)),
])
def test_panama_points(principle: Principle, disagreement: tuple[float, float],
                       expected: tuple[float, float]) -> None:
    assert_allclose(on_hull(PANAMA, principle, disagreement), expected, atol=5e-6)


def test_panama_adjusted_winner() -> None:
    division = adjusted_winner(PANAMA)
    assert_allclose(division.total, (66, 66), atol=1e-12)
    assert division.split == 2
    assert_allclose(division.share[2], 2 / 15, atol=1e-14)
    assert_allclose(np.delete(division.share, 2), [1, 1, 1, 0, 1, 0, 0, 0, 0])


def test_camp_david() -> None:
    division = adjusted_winner(CAMP_DAVID)
    assert division.split == 0
    assert_allclose(division.share[0], 1 / 6, atol=1e-14)
    assert_allclose(division.total, (65.8333333, 65.8333333), atol=1e-6)
    assert_allclose(on_hull(CAMP_DAVID, Nash(), (0, 0)), (60, 75), atol=1e-12)
    for principle in (KalaiSmorodinsky(), Egalitarian()):
        assert_allclose(on_hull(CAMP_DAVID, principle, (0, 0)), division.total, atol=1e-12)


def test_camp_david_scenario_gives_the_same_points_whichever_side_comes_first() -> None:
    scenario = load_checked("camp-david-1978", strict=True).scenario
    for view, order in ((scenario, [0, 1]), (scenario.swapped(), [1, 0])):
        space = from_scenario(view, sample(view, draws=1).values)
        assert space.parties == tuple(np.array(["israel", "egypt"])[order])
        frontier, d = vertices(space), np.zeros((2, 1))
        assert_allclose(Nash().on_hull(frontier, d).utility[order, 0], (0.60, 0.75), atol=1e-13)
        point = KalaiSmorodinsky().on_hull(frontier, d)
        assert_allclose(point.utility[order, 0], 79 / 120, atol=1e-13)
        # as packages: Israel keeps a sixth of the Sinai, whatever else is agreed
        mixed = mixture(point.utility, frontier)
        keeps = (mixed.weight[:, 0] * (mixed.package[:, 0, 0] == 0)).sum()
        assert_allclose(keeps, 1 / 6, atol=1e-12)
        assert_allclose(mixed.distance, 0, atol=1e-12)


def test_nash_1950_barter() -> None:
    total = BARTER.sum(axis=1)
    at_first = np.array([BARTER[0, :5].sum(), BARTER[1, 5:].sum()])
    frontier = vertices(contested(BARTER))
    point = Nash().on_hull(frontier, (at_first / total)[:, None])
    assert_allclose(point.utility[:, 0] * total - at_first, (12, 5), atol=1e-12)
    space = contested(BARTER)
    packages = space.packages()
    best = Nash().on_packages(space.utilities(packages), (at_first / total)[:, None])
    assert best.package is not None
    owner = packages[best.package[0]]
    # Bill gives book, whip, ball and bat for pen, toy and knife
    assert owner.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 1]


def test_every_point_names_its_convention() -> None:
    d = np.zeros((2, 1))
    points = [principle.on_hull(vertices(contested(PANAMA)), d) for principle in PRINCIPLES]
    assert len({point.convention for point in points}) == 4
    assert all(len(point.convention) > 20 for point in points)
    assert "2 : 1" in Nash((2, 1)).convention
