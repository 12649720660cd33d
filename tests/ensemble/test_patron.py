"""Patrons who choose on the lattice, against plain loops and the problem of one patron."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.ensemble.choosers import EAST, MATTERS, ONE, TWO, WEST
from tests.questions.tiny import JUDGED, tiny
from zopa.draws.sobol import sample
from zopa.ensemble.patron import mean_numbers
from zopa.ensemble.problem import build
from zopa.war.patron import choose

DRAWS = 8
CASES = {
    "held": ONE,
    "absorbing": {**ONE, "war.position.ends": "absorbing"},
    "one theory": {**ONE, "war.beliefs": None},
    "the other side up": {**ONE, "war.position.ends": "absorbing",
                          "war.position.favours": "south"},
    "one of two": {**ONE, **EAST},
    "two": TWO,
}


def problem_of(changes, draws=DRAWS, seed=2):
    scenario = tiny(changes)
    return scenario, build(scenario, sample(scenario, draws, seed))


def places(problem):
    shape = problem.shape
    return list(product(range(shape.cells), range(shape.momentum),
                        np.ndindex(*shape.support)))


def rows(problem, draw, c, stops):
    """Patron c's problem as rows over decision nodes (next cell, next momentum, present levels).

    Args:
        stops: whether patron c stops now.

    Returns:
        Rows with the ends (the supported side's victory, its defeat) last, and E[the level's index
        reached], as probabilities `(node, level)`.
    """
    shape, n = problem.shape, mean_numbers(problem.numbers)
    nodes = places(problem)
    index = {node: i for i, node in enumerate(nodes)}
    flat = {levels: i for i, levels in enumerate(np.ndindex(*shape.support))}
    side = 1 if problem.patrons[c] == "west" else 0
    table = np.zeros((len(nodes), len(nodes) + 2))
    level = np.zeros((len(nodes), shape.support[c]))
    for (k, m, s), row in index.items():
        x = -1.0 + 2.0 * k / (shape.cells - 1)
        for to in np.ndindex(*shape.support):
            p = 1.0
            for d in range(len(shape.support)):
                stop = problem.numbers.stop[d]
                quits = stops if d == c else stop is not None and stop[k, m, flat[s], draw]
                p *= (float(to[d] == shape.support[d] - 1) if quits
                      else n.chains[d][0, s[d], to[d], draw])
            level[row, to[c]] += p
            h = [n.hazard[i, m, flat[to], draw] * np.exp(n.hazard_slope[i, draw] * x)
                 * n.hazard_factor[0, i, draw] for i in (0, 1)]
            table[row, -2] += p * h[1 - side]
            table[row, -1] += p * h[side]
            for to_m, (o, offset) in product(range(shape.momentum), enumerate(shape.offsets)):
                q = (p * (1.0 - sum(h)) * n.momentum[0, flat[to], m, to_m, draw]
                     * n.moves[m, o, draw])
                where = k + offset
                if shape.absorbing and not 0 <= where < shape.cells:
                    won = (problem.favours == side) == (where >= shape.cells)
                    table[row, -2 if won else -1] += q
                else:
                    table[row, index[min(max(where, 0), shape.cells - 1), to_m, to]] += q
    return table, level


def best(scenario, problem, draws, draw, c, factor=1.0):
    """Where patron c stops, given the others, by the solver of a table."""
    name = problem.patrons[c]
    spec = scenario.war.support[name].choice
    path = f"war.support.{name}.choice"
    cost = np.array([draws.values[f"{path}.cost.{level}"][draw] if level in spec.cost else 0.0
                     for level in scenario.war.support[name].levels])
    (go, levels), (stop, _) = (rows(problem, draw, c, stops) for stops in (False, True))
    prize = [draws.values[f"{path}.{end}"][draw] for end in ("victory", "defeat")]
    found = choose(go, stop, factor * levels @ cost, prize,
                   float(draws.values[f"{path}.discount"][draw]))
    shape = problem.shape
    return ~found.support.reshape(shape.cells, shape.momentum, shape.supports)


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES.keys())
def test_each_stops_where_the_table_says_given_the_others(changes):
    scenario = tiny(changes)
    draws = sample(scenario, DRAWS, 2)
    problem = build(scenario, draws)
    rests = problem.choices.settled
    assert rests.all() or "parties.east" in changes and rests.sum() >= 4
    mixed = 0
    for draw, (c, stop) in product(np.flatnonzero(rests)[:4], enumerate(problem.numbers.stop)):
        if stop is not None:
            expected = best(scenario, problem, draws, draw, c)
            np.testing.assert_array_equal(stop[..., draw], expected)
            mixed += 0 < expected.sum() < expected.size
    assert mixed > 0


def test_a_patron_stops_where_any_group_with_a_veto_would():
    group = {"title": "A group", "weights": {"border": 0.5, "harbour": 0.5}, "accepts": 0.1}
    groups = {"cheap": {**group, "veto": True, "cost": 0.5}, "dear": {**group, "veto": True,
              "cost": {"range": [1.2, 2.0]}}, "ruled": {**group, "cost": 9.0}}
    scenario = tiny({**ONE, "parties.west.groups": groups})
    draws = sample(scenario, DRAWS, 2)
    problem = build(scenario, draws)
    some = 0
    for draw in range(4):
        factors = (0.5, draws.values["parties.west.groups.dear.cost"][draw])
        either = [best(scenario, problem, draws, draw, 0, factor) for factor in factors]
        np.testing.assert_array_equal(problem.numbers.stop[0][..., draw], either[0] | either[1])
        some += (either[0] != either[1]).any()
    assert some


def test_free_support_never_stops_and_support_without_effect_always_does():
    free = {**ONE, "war.support.west.choice": {**WEST, "cost": {}}}
    _, problem = problem_of(free)
    assert not problem.numbers.stop[0].any()
    idle = {"war.support.west.choice": WEST, "war.support.west.levels.high.momentum_tilt": 0.0}
    _, problem = problem_of(idle)
    stop = problem.numbers.stop[0]
    assert stop.all()


def test_support_that_helps_more_where_it_is_needed_depends_on_the_position():
    _, problem = problem_of(ONE, 64)
    stop = problem.numbers.stop[0]
    assert (stop.any(axis=0) & ~stop.all(axis=0)).any()


def test_patrons_who_need_each_other_have_two_solutions():
    """Two patrons of South, each of whom triples North's hazard: together nine times as much."""
    friend = {"levels": {"high": {"title": "High"}, "low": {"title": "Low"}}, "present": "high",
              "transitions": {"low": {"high": 1.0}}}
    choice = {"cost": {"high": 0.055}, "victory": 1.0, "defeat": 0.0, "discount": 0.95}
    changes = {
        "parties.east": {"name": "East", "roles": ["patron"], "supports": "south"},
        "war.support.west": {**friend, "choice": choice},
        "war.support.east": {**friend, "choice": choice},
        "war.hazards.north": {"base": 0.02, "support": {"west": {"high": 3.0},
                                                        "east": {"high": 3.0}}},
        "war.hazards.south": {"base": 0.1}, "war.beliefs": None}
    _, problem = problem_of(changes, 2)
    assert not problem.choices.unique.any() and problem.choices.settled.all()
    west, east = problem.numbers.stop
    assert not west.any() and not east.any()  # the one from "all support" is used
    # at a cost of nothing there is one
    cheap = {**changes, "war.support.west.choice": {**choice, "cost": {}},
             "war.support.east.choice": {**choice, "cost": {}}}
    _, problem = problem_of(cheap, 2)
    assert problem.choices.unique.all()


def test_a_draw_does_not_depend_on_the_draws_beside_it():
    scenario = tiny(TWO)
    draws = sample(scenario, 32, 2)
    whole = build(scenario, draws).numbers.stop
    some = build(scenario, draws.take(slice(5, 11))).numbers.stop
    for one, other in zip(whole, some, strict=True):
        np.testing.assert_array_equal(one[..., 5:11], other)


def test_nobody_chooses_where_no_choice_is_written():
    _, problem = problem_of({**MATTERS, "parties.west.groups": {
        "one": {"title": "One", "veto": True, "weights": {"border": 0.5, "harbour": 0.5},
                "accepts": 0.0, "cost": {"value": 2.0, "source": JUDGED}}}})
    assert problem.numbers.stop == () and problem.choices is None


def test_swapping_the_sides_moves_no_choice():
    scenario = tiny({**TWO, "war.position.ends": "absorbing"})
    one, other = (build(s, sample(s, DRAWS, 2)) for s in (scenario, scenario.swapped()))
    assert one.favours != other.favours
    for first, second in zip(one.numbers.stop, other.numbers.stop, strict=True):
        np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(one.choices.unique, other.choices.unique)


def test_looking_for_alternatives_changes_no_choice() -> None:
    scenario = tiny(TWO)
    draws = sample(scenario, 8, 11)
    one, other = (build(scenario, draws, alternatives) for alternatives in (False, True))
    assert one.choices is not None and other.choices is not None
    assert one.choices.unique is None and other.choices.unique is not None
    for mine, theirs in zip(one.choices.stop, other.choices.stop, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    np.testing.assert_array_equal(one.choices.settled, other.choices.settled)
