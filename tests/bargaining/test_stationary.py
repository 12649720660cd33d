"""Stationary solutions: each solves the game, and the status says how much is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.bargaining import plain
from tests.bargaining.wars import PLAIN, Drawn, Traits, draw
from zopa.bargaining import Frontier, MarkovWar, Solution, Status, solve, stationary
from zopa.bargaining.finish import ceiling
from zopa.war.forts import forts

FLOORS = Traits(outside=False, lapses=False)
STEPS = Traits(outside=False, lapses=False, packages=True)
LAPSES = Traits(floors=False, outside=False)
OUTSIDE = Traits(lapses=False)
EVERYTHING = Traits()
LAPSING_STEPS = Traits(floors=False, outside=False, packages=True)


def next_value(drawn: Drawn, solution: Solution) -> np.ndarray:
    """T(V) by slow loops, with the ties of a stationary solve."""
    period = plain.one_period(drawn.war, drawn.points, drawn.mixed, solution.value.tolist(), 1e-9)
    return np.array(period.value)


@pytest.mark.parametrize("traits", [PLAIN, FLOORS, STEPS, LAPSES, OUTSIDE, EVERYTHING,
                                    LAPSING_STEPS], ids=str)
def test_whatever_is_settled_solves_the_game(traits: Traits) -> None:
    statuses = set()
    for seed in range(25):
        drawn = draw(seed, traits)
        solution = solve(drawn.war, drawn.frontier)
        for each in (solution, *solution.alternatives):
            statuses.add(each.status)
            if each.status.settled:
                assert_allclose(next_value(drawn, each), each.value, atol=1e-11)
            assert np.isnan(each.offer).all(axis=2).tolist() == (~each.agree).tolist()
    assert any(status.settled for status in statuses)


def test_permanent_deals_without_floors_have_one_solution() -> None:
    for by_state in (False, True):
        for seed in range(30):
            drawn = draw(seed, Traits(floors=False, outside=False, lapses=False,
                                      by_state=by_state))
            solution = solve(drawn.war, drawn.frontier)
            assert solution.status is Status.CONVERGED
            assert solution.alternatives == ()
            long = solve(drawn.war, drawn.frontier, horizon=1200)
            assert_allclose(solution.value, long.value, atol=1e-9)


@pytest.mark.parametrize("traits", [FLOORS, STEPS], ids=str)
def test_two_limits_enclose_every_solution(traits: Traits) -> None:
    """The value is best for B, the alternative best for A; a long horizon ends between them."""
    several = 0
    for seed in range(150):
        drawn = draw(seed, traits)
        solution = solve(drawn.war, drawn.frontier)
        if solution.status is not Status.NOT_UNIQUE:
            continue
        several += 1
        (other,) = solution.alternatives
        between = solve(drawn.war, drawn.frontier, horizon=400)
        assert (solution.value[0] <= between.value[0] + 1e-9).all()
        assert (between.value[0] <= other.value[0] + 1e-9).all()
        assert (solution.value[1] >= between.value[1] - 1e-9).all()
        assert (between.value[1] >= other.value[1] - 1e-9).all()
    assert several > 0


def test_values_lie_between_war_and_the_ceiling() -> None:
    for seed in range(30):
        drawn = draw(seed, FLOORS)
        solution = solve(drawn.war, drawn.frontier)
        assert (solution.value >= solution.finish - 1e-9).all()
        assert (solution.value <= ceiling(drawn.war, drawn.frontier) + 1e-9).all()


def test_a_cycle_returns_its_points() -> None:
    """The points of a cycle follow from one another by one period each, and come round again."""
    found = 0
    for seed in range(150):
        drawn = draw(seed, LAPSING_STEPS)
        solution = solve(drawn.war, drawn.frontier)
        if solution.status is not Status.CYCLE:
            continue
        found += 1
        points = [a for a in (solution, *solution.alternatives) if a.status is Status.CYCLE]
        assert len(points) > 1
        for here in points:
            then = next_value(drawn, here)
            assert min(np.abs(then - other.value).max() for other in points) < 1e-10
    assert found > 0


def test_outside_options_may_leave_it_unsettled() -> None:
    """A war without a stationary solution: its status says so, and nothing is hidden."""
    seen = set()
    for seed in range(150):
        drawn = draw(seed, OUTSIDE)
        if drawn.war.has_outside_options:
            solution = solve(drawn.war, drawn.frontier)
            seen.add(solution.status)
            if solution.status is Status.NOT_SETTLED:
                assert len(solution.alternatives) > 0
    assert seen <= {Status.NOT_CERTIFIED, Status.NOT_SETTLED, Status.NOT_UNIQUE}
    assert {Status.NOT_CERTIFIED, Status.NOT_SETTLED} <= seen


def test_lapsing_deals_are_never_called_certified() -> None:
    for seed in range(30):
        drawn = draw(seed, LAPSES)
        if not drawn.war.permanent:
            solution = solve(drawn.war, drawn.frontier)
            assert solution.status in (Status.NOT_CERTIFIED, Status.NOT_UNIQUE, Status.CYCLE)


def test_patience_close_to_one() -> None:
    """Slow convergence is still convergence: random proposer at discounts near 1."""
    for slow, accuracy in ((1e-4, 1e-8), (3e-5, 1e-6)):
        war = MarkovWar([[0]], [[1.0]], (0, 0), (1 - slow, 1 - 2 * slow), 0.5, np.zeros((2, 0)))
        solution = solve(war)
        assert solution.status is Status.CONVERGED
        assert_allclose(solution.value[0, 0], 2 / 3, atol=accuracy)


def test_patience_too_close_to_one_is_not_called_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stationary, "MOST", 1 << 14)
    war = MarkovWar([[0]], [[1.0]], (0, 0), (1 - 1e-6, 1 - 1e-6), 0.3, np.zeros((2, 0)))
    solution = solve(war)
    assert solution.status is Status.NOT_SETTLED
    (other,) = solution.alternatives
    assert solution.value[0, 0] < 0.3 < other.value[0, 0]


def test_nothing_to_gain_is_enough_to_agree() -> None:
    """No costs and no discounting: every deal splits nothing, and ties agree."""
    for horizon in (None, 300):
        solution = solve(forts(10, 0.5, (0, 0), (1, 1)), horizon=horizon)
        assert solution.agree.all()
        assert_allclose(solution.value[0], np.arange(1, 10) / 10, atol=1e-11)


def test_no_numeric_trouble_is_raised() -> None:
    """Impatience 0, costs far outside the frontier, terminals far outside it."""
    ends = ([[1e9], [1e9]], [[1e9], [-1e9]])
    hopeless, certain = (
        solve(MarkovWar([[0, 1]], [[0.5, 0.5]], (1e6, -1e6), (0.0, 0.9999), 0.5, z)) for z in ends)
    assert np.isfinite(hopeless.value).all()
    assert not hopeless.agree.any()
    assert certain.agree.all()
    assert_allclose(certain.value, 0.5, atol=1e-12)


def test_hopeless_wars_do_not_blur_the_certificate() -> None:
    """War costs 1e7 times the pie, and floors still give two solutions, both of them exact."""
    rows = [[0.08, 0.72, 0.02, 0.18, 0.0, 0.0], [0.72, 0.08, 0.18, 0.02, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]]
    war = MarkovWar([[0, 1, 3, 4, 2, 2]] * 3, rows, [[0, 0, 1e7], [0.1, 0.1, 1e7]], (0.8, 0.8),
                    0.5, np.eye(2), floor=[[0.2, 0.4, 0.6], [-np.inf, 0.5, 0.6]])
    solution = solve(war)
    assert solution.status is Status.NOT_UNIQUE
    assert_allclose(solution.value[0, :2], (0.467683, 0.471790), atol=5.1e-7)
    assert_allclose(solution.alternatives[0].value[0, :2], (0.596561, 0.520961), atol=5.1e-7)


def test_fine_frontiers_and_coarse_ones_agree() -> None:
    """Vertices added on the edges change nothing."""
    war = draw(3, PLAIN).war
    coarse = Frontier([(0, 1), (0.6, 0.7), (1, 0)])
    fine = Frontier([*[(0.6 * t, 1 - 0.3 * t) for t in np.linspace(0, 1, 60)],
                     *[(0.6 + 0.4 * t, 0.7 - 0.7 * t) for t in np.linspace(0, 1, 60)[1:]]])
    assert_allclose(solve(war, coarse).value, solve(war, fine).value, atol=1e-12)
