"""Fair points on mixtures against programs over all packages, and conditions of optimality."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import linprog, minimize

from tests.spaces.random_domains import every_package, made
from zopa.agreement.space import Floats
from zopa.spaces.domain import Domain
from zopa.spaces.frontier import frontier
from zopa.spaces.mixtures import mixtures
from zopa.spaces.plane import Plane, corners
from zopa.spaces.points import FairPoint, points
from zopa.spaces.solid import Solid

CASES = [(seed, parties, kind) for seed, (parties, kind) in enumerate(
    [(2, "real"), (2, "whole"), (3, "real"), (3, "whole"), (3, "tenths"), (4, "real"),
     (4, "whole"), (5, "real")])]


@cache
def case(seed: int, parties: int, kind: str) -> tuple[Domain, dict[str, FairPoint]]:
    """A domain and its points on mixtures."""
    domain = made(seed, parties, (3, 3, 3), kind, rules=seed % 2)
    utility = domain.utilities(every_package(domain))
    low, high = utility.min(axis=1), utility.max(axis=1)
    domain = replace(domain, disagreement=low + 0.25 * (high - low))
    fair = points(domain, frontier(domain), tuple(range(1, parties + 1)))
    return domain, {point.name: point for point in fair if point.on == "mixtures"}


def gains(domain: Domain) -> Floats:
    return domain.utilities(every_package(domain)).T - domain.disagreement


def most(gain: Floats, objective: Floats, least: Floats) -> float:
    """max objective g over mixtures with g >= least, over all packages at once."""
    found = linprog(-(gain @ objective), A_ub=-gain.T, b_ub=-least + 1e-10,
                    A_eq=np.ones((1, len(gain))), b_eq=[1.0])
    assert found.status == 0
    return float(-found.fun)


def lexicographic(gain: Floats, step: Floats) -> Floats:
    """Lexicographic max-min of g / step, fixing whoever cannot rise: the definition."""
    parties = len(step)
    fixed: dict[int, float] = {}
    level = 0.0
    while len(fixed) < parties:
        free = [i for i in range(parties) if i not in fixed]
        held = np.array([fixed.get(i, 0.0) for i in range(parties)])
        raised = np.array([step[i] if i in free else 0.0 for i in range(parties)])
        rows = np.column_stack([-gain.T, raised])
        found = linprog(np.append(np.zeros(len(gain)), -1.0), A_ub=rows, b_ub=-held + 1e-10,
                        A_eq=np.append(np.ones(len(gain)), 0.0)[None], b_eq=[1.0],
                        bounds=[(0, None)] * len(gain) + [(None, None)])
        assert found.status == 0
        level = float(found.x[-1])
        floor = np.where([i in free for i in range(parties)], level * step, held)
        for i in free:
            if most(gain, np.eye(parties)[i], floor - 1e-9) <= floor[i] + 1e-6:
                fixed[i] = float(floor[i])
    return np.array([fixed[i] for i in range(parties)])


@pytest.mark.parametrize("seed, parties, kind", CASES)
def test_points_are_mixtures_of_packages(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    for name, point in fair.items():
        if name == "Adjusted Winner" and not point.exists:
            continue
        assert point.exists and point.status == "", name
        shares = np.array([share for _, share in point.mixture])
        packages = np.array([package for package, _ in point.mixture])
        assert shares.sum() == pytest.approx(1, abs=1e-12) and (shares > 0).all()
        assert len(shares) <= parties + 1
        assert domain.allowed(packages).all()
        assert_allclose(domain.utilities(packages) @ shares, point.utility, atol=1e-10)


@pytest.mark.parametrize("seed, parties, kind", CASES)
def test_points_are_on_the_frontier_of_mixtures(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    gain = gains(domain)
    for name, point in fair.items():
        if name == "Adjusted Winner":
            continue
        own = point.utility - domain.disagreement
        # nobody can be given more without another having less
        assert most(gain, np.ones(parties), own - 1e-8) <= own.sum() + 1e-6, name
        assert (own >= -1e-8).all()


@pytest.mark.parametrize("seed, parties, kind", CASES)
def test_nash_satisfies_the_condition_of_optimality(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    gain = gains(domain)
    for name, alpha in (("Nash", np.ones(parties)), ("weighted Nash", np.arange(1, parties + 1))):
        alpha = alpha / alpha.sum()
        own = fair[name].utility - domain.disagreement
        # log is concave: sum alpha g(k) / g - 1 bounds what any mixture adds to the log product
        assert (gain @ (alpha / own)).max() - 1.0 <= 1e-9
        assert fair[name].gap <= 1e-9


@pytest.mark.parametrize("seed", [0, 2, 5])
def test_a_general_optimiser_finds_no_better_nash_point(seed: int) -> None:
    domain, fair = case(*CASES[seed])
    gain = gains(domain)
    start = np.zeros(len(gain))
    start[gain.min(axis=1).argmax()] = 1.0
    start = 0.9 * start + 0.1 / len(gain)

    def below(share: Floats) -> float:
        return -float(np.log(np.maximum(share @ gain, 1e-9)).sum())

    found = minimize(below, start, bounds=[(0, 1)] * len(gain), method="SLSQP",
                     constraints={"type": "eq", "fun": lambda share: share.sum() - 1.0},
                     options={"maxiter": 300, "ftol": 1e-12})
    own = fair["Nash"].utility - domain.disagreement
    assert np.log(own).sum() >= -found.fun - 1e-9
    assert np.log(own).sum() <= -found.fun + 1e-4


@pytest.mark.parametrize("seed, parties, kind", CASES)
def test_sums_and_minima_are_those_of_all_packages(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    gain, zeros, ones = gains(domain), np.zeros(parties), np.ones(parties)
    own = {name: point.utility - domain.disagreement for name, point in fair.items()}
    assert own["utilitarian"].sum() == pytest.approx(most(gain, ones, zeros), abs=1e-8)
    fairest = lexicographic(gain, ones)
    assert_allclose(own["lexicographic max-min"], fairest, atol=1e-6)
    assert own["egalitarian"].min() == pytest.approx(fairest.min(), abs=1e-7)
    assert own["egalitarian"].sum() == pytest.approx(
        most(gain, ones, np.full(parties, fairest.min() - 1e-10)), abs=1e-6)
    ideal = np.array([most(gain, one, zeros) for one in np.eye(parties)])
    assert_allclose(own["Kalai-Smorodinsky"], lexicographic(gain, ideal), atol=1e-6)


@pytest.mark.parametrize("seed, parties, kind", CASES[:6])
def test_maximal_minimum_looks_at_utilities(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    utility = gains(domain) + domain.disagreement
    rows = np.vstack([np.column_stack([-utility.T, np.ones(parties)]),
                      np.column_stack([-utility.T, np.zeros(parties)])])
    found = linprog(np.append(np.zeros(len(utility)), -1.0), A_ub=rows,
                    b_ub=np.append(np.zeros(parties), -domain.disagreement),
                    A_eq=np.append(np.ones(len(utility)), 0.0)[None], b_eq=[1.0],
                    bounds=[(0, None)] * len(utility) + [(None, None)])
    assert fair["maximal-minimum"].utility.min() == pytest.approx(-found.fun, abs=1e-7)


@pytest.mark.parametrize("seed, parties, kind", CASES[2:5])
def test_raiffa_is_the_limit_of_mean_dictates(seed: int, parties: int, kind: str) -> None:
    domain, fair = case(seed, parties, kind)
    gain, at = gains(domain), np.zeros(parties)
    for _ in range(60):
        left = np.array([most(gain, one, at) for one in np.eye(parties)]) - at
        at = at + left / parties
        if left.max() < 1e-8:
            break
    assert_allclose(fair["Raiffa"].utility - domain.disagreement, at, atol=1e-6)


def test_two_parties_by_edges_and_by_programs_are_the_same() -> None:
    for seed in range(6):
        domain = made(seed, 2, (4, 4, 3), "real")
        efficient = frontier(domain)
        start = efficient.utility.min(axis=0) + 0.1
        span = np.ptp(efficient.utility, axis=0)
        plane = mixtures(efficient.utility, start, span)
        assert isinstance(plane, Plane)
        space = Solid(plane.scaled, plane.disagreement, plane.unit)
        assert plane.exists == space.exists
        if not plane.exists:
            continue
        for name in ("kalai_smorodinsky", "egalitarian", "leximin", "maximal_minimum",
                     "utilitarian", "raiffa"):
            assert_allclose(getattr(plane, name)().gain, getattr(space, name)().gain, atol=1e-9,
                            err_msg=name)
        for powers in (np.array([0.5, 0.5]), np.array([0.8, 0.2])):
            assert_allclose(plane.nash(powers).gain, space.nash(powers).gain, atol=1e-9)


def test_a_party_that_cannot_gain_is_kept_where_it_is() -> None:
    # the third can never get more than its 0, and two packages would cost it something
    utility = np.array([[4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [6.0, 1.0, -1.0], [1.0, 6.0, -1.0]])
    space = mixtures(utility, np.zeros(3), np.ptp(utility, axis=0))
    assert isinstance(space, Solid) and space.exists
    assert_allclose(space.nash(np.full(3, 1 / 3)).gain, [2, 2, 0], atol=1e-8)
    assert_allclose(space.kalai_smorodinsky().gain, [2, 2, 0], atol=1e-8)
    assert_allclose(space.ideal(), np.array([4, 4, 0]) / space.unit, atol=1e-8)


def test_mixtures_can_reach_what_no_package_does() -> None:
    domain = Domain(("a", "b"), ("only",), (("x", "y"),), (np.array([[3.0, 0.0], [0.0, 3.0]]),),
                    disagreement=np.array([1.0, 1.0]))
    fair = {point.key: point for point in points(domain, frontier(domain))}
    assert not fair["Nash"].exists and "disagreement" in fair["Nash"].status
    assert fair["Nash (mixture)"].utility.tolist() == [1.5, 1.5]
    none = replace(domain, disagreement=np.array([2.0, 2.0]))
    for point in points(none, frontier(none)):
        assert point.exists == (point.name == "Adjusted Winner")


def test_corners_are_those_of_the_upper_right_hull() -> None:
    points_ = np.array([[0, 9.5], [2, 9], [3, 8.5], [4, 8], [6, 3], [8, 4], [9, 0]], float)
    # (3, 8.5) lies on a straight line of its neighbours, (6, 3) below one
    assert corners(points_).tolist() == [6, 5, 3, 1, 0]
    assert corners(points_[:1]).tolist() == [0]
    assert corners(np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 1.0]])).tolist() == [0]
