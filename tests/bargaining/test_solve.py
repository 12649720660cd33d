"""The public entry: shapes, argument errors, and results that cannot be changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining.wars import Traits, draw
from zopa.bargaining import Frontier, MarkovWar, Solution, Status, solve
from zopa.core.errors import ArgumentError, ZopaError
from zopa.war.forts import forts

WAR = forts(4, 0.5, (0.01, 0.02), (0.9, 0.95))


@pytest.mark.parametrize("horizon", [None, 5])
def test_shapes(horizon: int | None) -> None:
    solution = solve(WAR, horizon=horizon)
    assert solution.value.shape == solution.reservation.shape == solution.finish.shape == (2, 3)
    assert solution.agree.shape == solution.opts_out.shape == (2, 3)
    assert solution.offer.shape == (2, 3, 2)
    assert solution.horizon == horizon
    for array in (solution.value, solution.reservation, solution.finish, solution.offer):
        assert array.dtype == np.float64
    assert solution.agree.dtype == np.bool_


@pytest.mark.parametrize("horizon", [None, 5])
def test_results_are_read_only(horizon: int | None) -> None:
    solution = solve(WAR, horizon=horizon)
    for array in (solution.value, solution.agree, solution.offer, solution.finish,
                  WAR.probability):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 0


@pytest.mark.parametrize("horizon", [None, 50])
def test_reservation_is_one_period_of_fighting_then_the_solution(horizon: int | None) -> None:
    for seed in range(10):
        drawn = draw(seed, Traits(outside=False, lapses=False, floors=False))
        war, solution = drawn.war, solve(drawn.war, drawn.frontier, horizon=horizon)
        later = solution if horizon is None else solve(war, drawn.frontier, horizon=horizon - 1)
        for i in (0, 1):
            ends = np.concatenate([later.value[i], war.terminal[i]])
            expected = (war.probability[i] * ends[war.next_state]).sum(axis=1)
            assert_allclose(solution.reservation[i], -war.cost[i] + war.discount[i] * expected,
                            atol=1e-11)


def test_agreement_is_as_if_talks_were_held_and_that_side_proposed() -> None:
    silent = solve(forts(4, 0.5, (0.01, 0.02), (0.9, 0.95), [0.0, 1.0, 0.5], talks=0.0))
    assert silent.agree.all()
    assert np.isfinite(silent.offer).all()
    assert_allclose(silent.value, silent.finish, atol=1e-12)


def test_same_arguments_same_bytes() -> None:
    first, second = (solve(WAR).value.tobytes() for _ in range(2))
    assert first == second


def test_many_states_are_padded_without_trace() -> None:
    """Sizes around a power of two give what the same war in more states gives."""
    for n in (9, 10, 17, 18):
        war = forts(n, 0.5, (0.02, 0.01), (0.9, 0.9))
        mirror = forts(n, 0.5, (0.01, 0.02), (0.9, 0.9))
        assert_allclose(solve(war).value, solve(mirror).value[::-1, ::-1], atol=1e-10)


@pytest.mark.parametrize(("arguments", "message"), [
    ({"war": "forts"}, "Argument `war` must be a MarkovWar, but is a str"),
    ({"war": WAR, "frontier": [(0, 1), (1, 0)]}, "Use Frontier(vertices)"),
    ({"war": WAR, "frontier": Frontier.by_state([Frontier.pie()] * 2)}, "(3), but has 2"),
    ({"war": WAR, "horizon": 0}, "`horizon`"), ({"war": WAR, "horizon": 2.0}, "`horizon`"),
    ({"war": WAR, "horizon": True}, "`horizon`"),
    ({"war": WAR, "horizon": 5, "present": 3}, "`present`")])
def test_arguments_are_checked(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError) as error:
        solve(**arguments)
    assert message in str(error.value)
    assert isinstance(error.value, ZopaError) and isinstance(error.value, ValueError)
    assert "\n" not in str(error.value)


def test_ties_agree() -> None:
    """No costs, a pie of exactly what the war pays: nothing to gain, and yet they agree."""
    war = MarkovWar([[1]], [[1.0]], (0, 0), (0.5, 0.5), 0.5, [[0.8], [1.2]])
    for horizon in (None, 3):
        solution = solve(war, horizon=horizon)
        assert solution.agree.all()
        assert_array_equal(solution.offer[0, 0], [0.4, 0.6])


def test_leaving_needs_a_strictly_better_option_and_talks() -> None:
    """r = 0.3 for both: an option worth 0.3 is not taken, one worth 0.31 is."""
    def left(w: float, talks: float = 1.0) -> Solution:
        return solve(MarkovWar([[1]], [[1.0]], (0, 0), (0.5, 0.5), 0.5, [[0.6], [0.6]],
                               talks=talks, outside_option=(w, w), floor=(0.8, 0.8)), horizon=2)

    assert not left(0.3).opts_out.any()
    assert left(0.31).opts_out.all()
    assert_allclose(left(0.31).value, 0.31)
    assert_allclose(left(0.31, talks=0.0).value, 0.3)
    assert left(0.31, talks=0.5).path(0, [[1.0]], 2).opted_out == 0.5


def test_status_reads_as_a_message() -> None:
    assert str(Status.CONVERGED).startswith("converged")
    assert len({str(status) for status in Status}) == len(Status)
    for status in Status:
        assert len(str(status)) > 30
    assert Status.NOT_UNIQUE.settled and not Status.NOT_UNIQUE.unique
    assert not Status.CYCLE.settled and not Status.NOT_SETTLED.unique
