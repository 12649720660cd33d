"""The finite horizon against slow loops, its plans, and the check that the horizon is long."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining import plain
from tests.bargaining.wars import Drawn, Traits, draw
from zopa.bargaining import Frontier, MarkovWar, Status, solve

KINDS = {
    "hull": Traits(),
    "hull by state": Traits(by_state=True),
    "packages": Traits(packages=True),
    "packages by state": Traits(packages=True, by_state=True),
    "permanent deals": Traits(lapses=False),
    "common belief": Traits(own_beliefs=False, outside=False),
}
PERIODS = 6


def loops(drawn: Drawn, periods: int) -> list[plain.Period]:
    end = plain.never(drawn.war, 1500)
    return plain.horizon(drawn.war, drawn.points, drawn.mixed, end, periods)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_equals_slow_loops(kind: str, seed: int) -> None:
    drawn = draw(1000 + seed, KINDS[kind])
    war = drawn.war
    solution = solve(war, drawn.frontier, horizon=PERIODS)
    first = loops(drawn, PERIODS)[0]
    assert_allclose(solution.finish, plain.never(war, 1500), atol=1e-12, rtol=0)
    assert_allclose(solution.value, first.value, atol=1e-12, rtol=0)
    assert_allclose(solution.reservation, first.reservation, atol=1e-12, rtol=0)
    for i in (0, 1):
        for s in range(war.n_states):
            turn = first.turns[i][s]
            assert solution.agree[i, s] == turn.agree
            assert solution.opts_out[i, s] == (turn.opts_out and not turn.agree)
            if turn.offer is None:
                assert np.isnan(solution.offer[i, s]).all()
            else:
                assert_allclose(solution.offer[i, s], turn.offer, atol=1e-12, rtol=0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_path_uses_each_periods_own_plan(kind: str, seed: int) -> None:
    drawn = draw(2000 + seed, KINDS[kind])
    war, belief = drawn.war, drawn.war.probability.mean(axis=0)
    solution = solve(war, drawn.frontier, horizon=4)
    solved = loops(drawn, 4)
    for start in range(war.n_states):
        path = solution.path(start, belief, 5)
        slow = plain.path(war, solved, start, belief, 5)
        assert_allclose(path.settled, slow["settled"], atol=1e-12)
        assert_allclose(path.terminal, slow["terminal"], atol=1e-12)
        for name in ("opted_out", "unresolved", "fighting"):
            assert_allclose(getattr(path, name), slow[name], atol=1e-12)


def test_random_wars_are_not_all_alike() -> None:
    """The comparison above means something: agreement, refusal and leaving all occur."""
    seen = []
    for seed in range(12):
        drawn = draw(1000 + seed, KINDS["hull"])
        solution = solve(drawn.war, drawn.frontier, horizon=PERIODS)
        seen.append((solution.agree.mean(), solution.opts_out.mean()))
    agree, leave = np.mean(seen, axis=0)
    assert 0.2 < agree < 0.8
    assert 0.05 < leave < 0.8


def test_one_period_then_fight_to_the_finish() -> None:
    """With one period left, the value of fighting on is that of fighting to the finish."""
    war = MarkovWar([[1, 2]], [[0.5, 0.5]], (0.1, 0.2), (0.9, 0.9), 0.5, np.eye(2))
    solution = solve(war, horizon=1)
    assert_allclose(solution.reservation, solution.finish, atol=1e-15)
    assert_allclose(solution.reservation[:, 0], (0.35, 0.25), atol=1e-15)
    assert_allclose(solution.offer[:, 0], [(0.75, 0.25), (0.35, 0.65)], atol=1e-15)


def test_no_deal_is_forced_at_the_end() -> None:
    """Two optimists who learn nothing never agree, however short the horizon."""
    hopeful = [[[0.9, 0.1]], [[0.1, 0.9]]]
    war = MarkovWar([[1, 2]], hopeful, (0.01, 0.01), (0.99, 0.99), 0.5, np.eye(2))
    for horizon in (1, 2, 50):
        solution = solve(war, horizon=horizon)
        assert not solution.agree.any()
        assert np.isnan(solution.offer).all()
        assert_array_equal(solution.path(0, [[0.5, 0.5]], 3).settled, 0.0)


def test_a_short_horizon_is_said_to_be_short() -> None:
    patient = MarkovWar([[0]], [[1.0]], (0, 0), (0.95, 0.9), 0.5, np.zeros((2, 0)))
    assert solve(patient, horizon=4).status is Status.HORIZON_SENSITIVE
    assert solve(patient, horizon=200).status is Status.CONVERGED


def test_only_the_states_asked_about_count() -> None:
    """State 0 ends at once; state 1 bargains for long."""
    war = MarkovWar([[2], [1]], [[1.0], [1.0]], (0, 0), (0.95, 0.9), 0.5, [[0.5], [0.2]])
    assert solve(war, horizon=4).status is Status.HORIZON_SENSITIVE
    assert solve(war, horizon=4, present=1).status is Status.HORIZON_SENSITIVE
    assert solve(war, horizon=4, present=0).status is Status.CONVERGED


def test_talks_stop_when_the_horizon_is_over() -> None:
    war = MarkovWar([[0, 1]], [[0.9, 0.1]], (0.01, 0.01), (0.9, 0.9), 0.5, [[0.5], [0.4]],
                    talks=0.5)
    solution = solve(war, Frontier.pie(), horizon=2)
    path = solution.path(0, [[0.9, 0.1]], 4)
    assert_allclose(path.settled, [0.5, 0.5 * 0.9 * 0.5, 0.0, 0.0])
    assert_allclose(path.fought, [0.5, 0.225, 0.2025, 0.18225])


def test_answers_that_alternate_with_the_horizon_are_noticed() -> None:
    """Floors with two solutions: even and odd horizons differ, and T and 2T alone look alike."""
    war = MarkovWar([[0, 1, 2, 3]] * 2, [[0.08, 0.72, 0.02, 0.18], [0.72, 0.08, 0.18, 0.02]],
                    (0, 0.1), (0.8, 0.8), 0.5, np.eye(2), floor=[[0.2, 0.4], [-np.inf, 0.5]])
    even, odd, double = (solve(war, horizon=t) for t in (50, 51, 100))
    assert_allclose(even.value, double.value, atol=1e-6)
    assert np.abs(even.value - odd.value).max() > 0.1
    assert even.status is odd.status is Status.HORIZON_SENSITIVE
