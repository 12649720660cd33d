"""Months forwards and backwards on the lattice against the table engine and against each other."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.tiny import tiny
from zopa.agreement.hull import hull
from zopa.bargaining import Frontier, solve
from zopa.draws.sobol import sample
from zopa.ensemble.problem import build
from zopa.ensemble.solve import Parts, solve_ensemble, solve_outlook
from zopa.ensemble.space import from_scenario, positions
from zopa.ensemble.table import as_table, corners

SPREAD = {
    "parties.north.discount": {"range": [0.9, 0.98]},
    "war.costs.north.base": {"range": [0.005, 0.03]},
    "issues.border.weights.south": {"range": [0.4, 0.6]},
    "war.talks.rate": {"range": [0.2, 0.6]},
}


def table_of(scenario, draws, draw):
    problem = build(scenario, draws)
    frontier = hull(from_scenario(scenario, draws.values), positions(scenario))
    cells = [Frontier(vertices) for vertices in corners(problem, frontier, draw)]
    where = np.unravel_index(np.arange(problem.shape.states), problem.shape.grid)[1]
    war = as_table(problem, draw)
    at = int(np.ravel_multi_index(problem.present, problem.shape.grid))
    return war, Frontier.by_state([cells[k] for k in where]), at


@pytest.mark.parametrize("changes", [
    {},
    {"war.position.ends": "absorbing", "war.position.favours": "south"},
    {"war.enforcement": 0.95, "war.floors.south": {"utility": 0.5, "why": "A vote."}},
], ids=["held", "absorbing", "floors"])  # fmt: skip
def test_the_path_is_the_table_engines_path(changes):
    scenario = tiny({"war.beliefs": None, **SPREAD, **changes})
    draws = sample(scenario, 4, 7)
    timing = solve_ensemble(scenario, draws).timing
    for draw in (0, 2):
        war, frontier, at = table_of(scenario, draws, draw)
        solution = solve(war, frontier, horizon=scenario.war.horizon)
        path = solution.path(at, war.probability[0], scenario.war.horizon)
        np.testing.assert_allclose(timing.deal_by[:, draw], path.settled_by, atol=1e-10)
        np.testing.assert_allclose(timing.months_of_war[draw], path.fighting, atol=1e-10)
        # terminal 0 is "A has won", that is, B collapsed
        np.testing.assert_allclose(timing.collapse[:, draw], path.terminal[::-1], atol=1e-10)


def test_a_deal_within_the_horizon_backwards_and_forwards():
    ensemble = solve_ensemble(tiny(SPREAD), sample(tiny(SPREAD), 16, 1))
    timing = ensemble.timing
    np.testing.assert_allclose(timing.settle, timing.deal_by[-1], atol=1e-12)
    ended = timing.deal_by[-1] + timing.collapse.sum(axis=0)
    assert (ended < 1).all() and (timing.months_of_war < 12).all()


def test_no_wait_is_the_present_and_a_wait_without_hope_changes_nothing_but_costs():
    scenario = tiny(SPREAD)
    ensemble = solve_ensemble(scenario, sample(scenario, 16, 1))
    waiting, bargain, timing = ensemble.waiting, ensemble.bargain, ensemble.timing
    np.testing.assert_allclose(waiting.value[0], bargain.value, atol=1e-14)
    np.testing.assert_allclose(waiting.terms[0], timing.terms, atol=1e-12)
    np.testing.assert_allclose(waiting.reservation[0], bargain.reservation, atol=1e-14)
    assert (waiting.collapse[0] == 0).all()
    assert (np.diff(waiting.collapse, axis=0) >= 0).all()
    # talks never held: r is W, whatever the wait
    silent = tiny({**SPREAD, "war.talks.rate": 0.0, "war.beliefs": None})
    still = solve_ensemble(silent, sample(silent, 8, 1))
    np.testing.assert_allclose(still.bargain.reservation, still.bargain.finish, atol=1e-10)
    np.testing.assert_allclose(still.waiting.value,
                               np.broadcast_to(still.bargain.finish, still.waiting.value.shape),
                               atol=1e-10)
    assert (still.timing.deal_by == 0).all()


def test_the_outlook_alone_is_the_outlook_of_the_whole():
    scenario = tiny(SPREAD)
    draws = sample(scenario, 16, 1)
    whole, alone = solve_ensemble(scenario, draws).outlook, solve_outlook(scenario, draws)
    for name in ("victory", "fighting", "position", "cost"):
        np.testing.assert_allclose(getattr(whole, name), getattr(alone, name), atol=1e-13)
    np.testing.assert_allclose(whole.victory.sum(axis=0) + whole.fighting, 1.0, atol=1e-12)


def test_constant_hazards_have_the_closed_form_of_a_race():
    """With hazards h_A, h_B in every state: P(A wins by m) = h_B (1 - (1-h)^m) / h, h = sum."""
    scenario = tiny({"war.hazards.north.base": 0.02, "war.hazards.south.base": 0.05,
                     "war.beliefs": None})
    outlook = solve_outlook(scenario, sample(scenario, 1, 0))
    months = np.arange(outlook.fighting.shape[0])
    h = 0.07
    np.testing.assert_allclose(outlook.fighting[:, 0], (1 - h) ** months, atol=1e-13)
    np.testing.assert_allclose(outlook.victory[0, :, 0], 0.05 * (1 - (1 - h) ** months) / h,
                               atol=1e-13)


def test_swapping_the_sides_swaps_every_array():
    scenario = tiny({**SPREAD, "war.talks.proposer": {"north": 0.7}})
    one = solve_ensemble(scenario, sample(scenario, 16, 4))
    swapped = scenario.swapped()
    other = solve_ensemble(swapped, sample(swapped, 16, 4))
    for name in ("value", "reservation", "finish", "value_doubled", "deal_constant"):
        np.testing.assert_allclose(getattr(one.bargain, name),
                                   getattr(other.bargain, name)[::-1], atol=1e-12)
    np.testing.assert_array_equal(one.bargain.agree, other.bargain.agree[::-1])
    np.testing.assert_allclose(one.bargain.offer, other.bargain.offer[::-1, ::-1], atol=1e-12)
    np.testing.assert_allclose(one.timing.deal_by, other.timing.deal_by, atol=1e-12)
    np.testing.assert_allclose(one.timing.terms, other.timing.terms[::-1], atol=1e-12)
    np.testing.assert_allclose(one.waiting.terms, other.waiting.terms[:, ::-1], atol=1e-12)
    np.testing.assert_allclose(one.outlook.victory, other.outlook.victory[::-1], atol=1e-12)
    np.testing.assert_allclose(one.outlook.position_change, -other.outlook.position_change,
                               atol=1e-12)


def test_a_draw_does_not_depend_on_the_draws_beside_it():
    """The same bits whatever stands in the block: the first 16 of 32 draws, alone and together."""
    scenario = tiny(SPREAD)
    draws = sample(scenario, 32, 2)
    whole = solve_ensemble(scenario, draws)
    for part in (slice(0, 16), slice(3, 12)):
        some = solve_ensemble(scenario, draws.take(part))
        np.testing.assert_array_equal(some.bargain.value, whole.bargain.value[:, part])
        np.testing.assert_array_equal(some.timing.deal_by, whole.timing.deal_by[:, part])
        np.testing.assert_array_equal(some.waiting.terms, whole.waiting.terms[..., part])


def test_the_size_of_a_block_changes_nothing():
    scenario = tiny(SPREAD)
    draws = sample(scenario, 32, 2)
    usual = solve_ensemble(scenario, draws)
    for lanes in (8, 32):
        other = solve_ensemble(scenario, draws, lanes=lanes)
        np.testing.assert_array_equal(other.bargain.value, usual.bargain.value)
        np.testing.assert_array_equal(other.timing.outcome, usual.timing.outcome)
        np.testing.assert_array_equal(other.waiting.terms, usual.waiting.terms)
        np.testing.assert_array_equal(other.outlook.victory, usual.outlook.victory)


def test_every_longer_horizon_is_looked_at():
    """Whatever differs at T + 1, ..., 2 T counts, not only at 2 T."""
    short, *longer = (tiny({**SPREAD, "war.horizon": horizon}) for horizon in (2, 3, 4))
    draws = sample(short, 8, 5)
    usual = solve_ensemble(short, draws, Parts.BARGAIN | Parts.DOUBLED).bargain
    others = [solve_ensemble(s, draws, Parts.BARGAIN).bargain for s in longer]
    np.testing.assert_allclose(
        usual.moved, np.max([abs(o.value - usual.value) for o in others], axis=0), atol=1e-14)
    np.testing.assert_array_equal(
        usual.differs, np.any([o.agree != usual.agree for o in others], axis=0))
    np.testing.assert_array_equal(usual.value_doubled, others[-1].value)


def test_certain_talks_are_the_limit_of_likely_talks():
    likely, certain = (solve_ensemble(s, sample(s, 4, 0), Parts.BARGAIN).bargain.value
                       for s in (tiny({"war.talks.rate": 1 - 1e-9}), tiny({"war.talks.rate": 1.0})))
    np.testing.assert_allclose(likely, certain, atol=1e-7)


def test_a_patron_who_cannot_step_up_steps_down_at_the_rate_of_its_chain():
    scenario = tiny({"war.support.west.transitions": {"high": {"low": 0.1}}, "war.beliefs": None})
    falls = solve_outlook(scenario, sample(scenario, 1, 0)).support_falls["west"]
    np.testing.assert_allclose(falls, 1 - 0.9**6, atol=1e-14)
