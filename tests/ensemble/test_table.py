"""The factorised lattice equals its table form, which shares no code with it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.ensemble.choosers import EAST, ONE, TWO
from tests.questions.tiny import tiny
from zopa.bargaining import solve
from zopa.core.precision import double_precision
from zopa.draws.sobol import sample
from zopa.ensemble.block import fight_or_deal, prepare
from zopa.ensemble.frictions import frontier
from zopa.ensemble.numbers import chunk
from zopa.ensemble.problem import build
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.ensemble.space import from_scenario
from zopa.ensemble.table import as_table, offered
from zopa.war.flow import flow
from zopa.war.lattice import expect

SPREAD = {
    "parties.north.discount": {"range": [0.9, 0.98]},
    "war.costs.north.base": {"range": [0.005, 0.03]},
    "war.beliefs.prior.north": {"range": [0.3, 0.9]},
}
CASES = {
    "held": {},
    "absorbing": {"war.position.ends": "absorbing"},
    "support teaches": {"war.beliefs.theories.north-outlasts.support_tilt": {"west": 0.8}},
    "position matters": {"war.hazards.north.position": 0.7, "war.costs.south.position": -0.4},
    "deals lapse": {"war.enforcement": 0.9, "war.peace_momentum": "static"},
    "a patron chooses": {**ONE, "war.position.ends": "absorbing",
                         "war.beliefs.theories.north-outlasts.support_tilt": {"west": 0.8}},
    "two choose": {**TWO, "war.enforcement": 0.9, "war.peace_momentum": "static",
                   "war.beliefs.theories.north-outlasts.support_tilt": {"west": 0.8, "east": -1.1}},
    "one of two chooses": {**ONE, **EAST},
    "two teach": {**EAST, "war.beliefs.theories.north-outlasts.support_tilt":
                  {"west": 0.8, "east": -1.1}},
}


def lattice(changes):
    scenario = tiny({**SPREAD, **changes})
    draws = sample(scenario, 4, 3)
    problem = build(scenario, draws)
    return scenario, draws, problem, frontier(scenario, from_scenario(scenario, draws.values))


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_one_period_of_fighting_and_of_peace(changes):
    _, _, problem, boundary = lattice(changes)
    shape = problem.shape
    block = prepare(shape, problem.grid_step, chunk(problem.numbers, np.arange(4)), boundary, np)
    values = np.random.default_rng(1).uniform(0, 1, (*shape.grid, 4))
    for i in (0, 1):
        r, weight, constant = fight_or_deal(shape, block, problem.favours, i, values, np)
        for draw in range(4):
            war = as_table(problem, draw)
            ahead = np.concatenate([values[..., draw].ravel(), war.terminal[i]])
            expected = (war.probability[i] * ahead[war.next_state]).sum(axis=1)
            np.testing.assert_allclose(
                r[..., draw].ravel(), -war.cost[i] + war.discount[i] * expected, atol=1e-12)
            if war.peace_next_state is not None:
                delta, e = war.discount[i], war.enforcement[0]
                peace = (war.peace_probability[i] * ahead[war.peace_next_state]).sum(axis=1)
                k = delta * (1 - e) / (1 - delta * e) * peace
                np.testing.assert_allclose(constant[..., draw].ravel(), k, atol=1e-12)
                np.testing.assert_allclose(weight[draw], (1 - delta) / (1 - delta * e), atol=1e-12)


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_the_flow_is_the_transpose_of_the_expectation(changes):
    _, _, problem, boundary = lattice(changes)
    shape = problem.shape
    block = prepare(shape, problem.grid_step, chunk(problem.numbers, np.arange(4)), boundary, np)
    random = np.random.default_rng(2)
    values, mass = random.uniform(0, 1, (2, *shape.grid, 4))
    ends = (0.0, 0.0) if shape.absorbing else None
    for t in range(shape.theories):
        ahead, = expect(shape, block.kernels, values, ends, np, (t,))
        moved = flow(shape, block.kernels, t, mass, np)
        np.testing.assert_allclose((mass * ahead).sum(axis=(0, 1, 2, 3)),
                                   (moved * values).sum(axis=(0, 1, 2, 3)), rtol=1e-12)


@pytest.mark.parametrize("changes", [{}, {"war.enforcement": 0.93},
                                     {"war.floors.south": {"utility": 0.55, "why": "A vote."}},
                                     TWO,
                                     {"frontier": "packages"},
                                     {"war.enforcement": 0.95, "war.floors": {
                                         "north": {"utility": 0.5, "why": "A vote."},
                                         "south": {"utility": 0.5, "spread": 0.06,
                                                   "why": "A vote."}}},
                                     {"frontier": "packages", "war.enforcement": 0.9,
                                      "war.floors.north": {"utility": 0.4, "why": "A vote."}}])
def test_the_whole_game_without_theories(changes):
    """Without theories the horizon solve of the table starts from the same fight to the finish."""
    scenario, draws, problem, boundary = lattice({"war.beliefs": None, **changes})
    ensemble = solve_ensemble(scenario, draws, Parts.BARGAIN)
    double_precision()
    for draw in (0, 3):
        at = np.ravel_multi_index(problem.present, problem.shape.grid)
        solution = solve(as_table(problem, draw), offered(problem, boundary, draw),
                         horizon=scenario.war.horizon)
        game = ensemble.bargain
        np.testing.assert_allclose(game.value[:, draw], solution.value[:, at], atol=1e-10)
        np.testing.assert_allclose(game.reservation[:, draw], solution.reservation[:, at],
                                   atol=1e-10)
        np.testing.assert_allclose(game.finish[:, draw], solution.finish[:, at], atol=1e-10)
        np.testing.assert_array_equal(game.agree[:, draw], solution.agree[:, at])
        np.testing.assert_allclose(game.offer[:, :, draw], solution.offer[:, at], atol=1e-10)
        assert game.converged[draw]


def test_the_last_patrons_news_and_the_first_come_in_either_order():
    """With two patrons that teach, the table's order of splitting is the lattice's."""
    east = {"levels": {"high": {"title": "High"}, "low": {"title": "Low"}}, "present": "low",
            "transitions": {"high": {"low": 0.1}, "low": {"high": 0.2}}}
    _, _, problem, boundary = lattice({
        "parties.east": {"name": "East", "roles": ["patron"], "supports": "north"},
        "war.support.east": east,
        "war.beliefs.theories.north-outlasts.support_tilt": {"west": 0.8, "east": -1.1}})
    shape = problem.shape
    block = prepare(shape, problem.grid_step, chunk(problem.numbers, np.arange(4)), boundary, np)
    values = np.random.default_rng(5).uniform(0, 1, (*shape.grid, 4))
    r, _, _ = fight_or_deal(shape, block, problem.favours, 1, values, np)
    war = as_table(problem, 2)
    ahead = np.concatenate([values[..., 2].ravel(), war.terminal[1]])
    expected = (war.probability[1] * ahead[war.next_state]).sum(axis=1)
    np.testing.assert_allclose(r[..., 2].ravel(), -war.cost[1] + war.discount[1] * expected,
                               atol=1e-12)
