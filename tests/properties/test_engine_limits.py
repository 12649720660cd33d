"""Properties of the engine: longer horizons, talks in every period or none, what adds nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining.wars import PLAIN, Drawn, Traits, draw
from zopa.bargaining import MarkovWar, Status, solve

SEEDS = st.integers(0, 10**6)
PERMANENT = Traits(floors=False, outside=False, lapses=False, talks=False)


def with_talks(drawn: Drawn, talks: object) -> MarkovWar:
    """The same war with another talks rate."""
    return replace(drawn.war, talks=talks)


@settings(max_examples=40)
@given(SEEDS)
def test_longer_horizons_come_to_the_stationary_solution(seed: int) -> None:
    """At horizon T the distance is at most delta^T times that at 0, up to the scale of values."""
    drawn = draw(seed, PERMANENT)
    stationary = solve(drawn.war, drawn.frontier)
    short, long = (solve(drawn.war, drawn.frontier, horizon=t) for t in (300, 900))
    assert stationary.status is Status.CONVERGED
    assert_allclose(long.value, stationary.value, atol=1e-9)
    near = np.abs(short.value - stationary.value).max()
    assert near <= 100 * drawn.war.discount.max() ** 300 + 1e-9


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 12), st.sampled_from([Traits(), Traits(packages=True)]))
def test_the_status_is_that_of_every_horizon_up_to_the_double(seed: int, horizon: int,
                                                              traits: Traits) -> None:
    drawn = draw(seed, traits)
    one = solve(drawn.war, drawn.frontier, horizon=horizon)
    low, high = drawn.frontier.boundary().low, drawn.frontier.boundary().high
    other = False
    for longer in range(horizon + 1, 2 * horizon + 1):
        two = solve(drawn.war, drawn.frontier, horizon=longer)
        other |= bool((np.abs(one.value - two.value) > 0.005 * (high - low)).any())
        other |= bool((one.agree != two.agree).any())
    assert one.status is (Status.HORIZON_SENSITIVE if other else Status.CONVERGED)


@settings(max_examples=40)
@given(SEEDS)
def test_talks_in_nearly_every_period_are_like_talks_in_every_one(seed: int) -> None:
    """V moves by at most (1 - lambda) times a constant: no floors, permanent deals."""
    drawn = draw(seed, PERMANENT)
    always = solve(drawn.war, drawn.frontier)
    gaps = [np.abs(solve(with_talks(drawn, 1 - rare), drawn.frontier).value - always.value).max()
            for rare in (1e-2, 1e-4, 1e-6)]
    bound = 10 / (1 - drawn.war.discount.max())
    assert all(gap <= bound * rare + 1e-9 for gap, rare in zip(gaps, (1e-2, 1e-4, 1e-6),
                                                             strict=True))


@settings(max_examples=25)
@given(SEEDS, st.sampled_from([None, 9]))
def test_without_talks_it_is_a_fight_to_the_finish(seed: int, horizon: int | None) -> None:
    drawn = draw(seed, Traits())
    solution = solve(with_talks(drawn, 0.0), drawn.frontier, horizon=horizon)
    assert_allclose(solution.value, solution.finish, atol=1e-9)
    path = solution.path(0, drawn.war.probability[0], 30)
    assert path.settled.sum() == 0.0 and path.opted_out == 0.0


@settings(max_examples=40)
@given(SEEDS, st.sampled_from([Traits(), PLAIN, Traits(packages=True)]),
       st.sampled_from([None, 6]))
def test_floors_and_options_that_bind_nowhere_change_nothing(seed: int, traits: Traits,
                                                             horizon: int | None) -> None:
    drawn = draw(seed, replace(traits, floors=False, outside=False))
    war = drawn.war
    free = replace(war, floor=np.full((2, war.n_states), -50.0))
    one, two = (solve(each, drawn.frontier, horizon=horizon) for each in (war, free))
    assert_allclose(one.value, two.value, atol=1e-12)
    assert_array_equal(one.agree, two.agree)
    low = replace(war, outside_option=np.full((2, war.n_states), -50.0))
    three = solve(low, drawn.frontier, horizon=6)
    assert_allclose(three.value, solve(war, drawn.frontier, horizon=6).value, atol=1e-12)


@settings(max_examples=30)
@given(SEEDS)
def test_a_common_belief_leaves_nothing_to_fight_over(seed: int) -> None:
    """Costs, one discount, terminals inside the pie, permanent deals, no floors: they agree."""
    drawn = draw(seed, replace(PERMANENT, own_beliefs=False))
    war = drawn.war
    share = np.linspace(0.2, 0.7, war.n_terminal)
    fair = MarkovWar(war.next_state, war.probability, np.abs(war.cost), (0.9, 0.9), war.proposer,
                     [share, 1 - share])
    assert solve(fair).agree.all()
    assert solve(fair, horizon=7).agree.all()
