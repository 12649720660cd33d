"""The fall of support of a patron who chooses, against plain loops over every state."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tests.ensemble.choosers import EAST, EAST_CHOOSES, ONE, TWO
from tests.questions.tiny import tiny
from zopa.draws.sobol import sample
from zopa.ensemble.problem import build
from zopa.ensemble.solve import solve_outlook

WINDOW = 4


def slow(problem, draw, c, window):
    """P(patron c's level is below today's within the window) by cell, state by state."""
    shape, n = problem.shape, problem.numbers
    flat = {levels: i for i, levels in enumerate(np.ndindex(*shape.support))}
    states = list(product(range(shape.cells), range(shape.momentum), flat))
    total = np.zeros(shape.cells)
    for t in range(shape.theories):
        def at(kernel, t=t):
            return kernel[t if len(kernel) > 1 else 0]

        def support(to, s, k, m, at=at):
            p = 1.0
            for d in range(len(shape.support)):
                stop = n.stop[d]
                if stop is not None and stop[k, m, flat[s], draw]:
                    p *= to[d] == shape.support[d] - 1
                else:
                    p *= at(n.chains[d])[s[d], to[d], draw]
            return p

        f = dict.fromkeys(states, 0.0)
        for _ in range(window):
            new = {}
            for k, m, s in states:
                new[k, m, s] = 0.0
                for m2, (o, offset) in product(range(shape.momentum), enumerate(shape.offsets)):
                    q = at(n.momentum)[flat[s], m, m2, draw] * n.moves[m, o, draw]
                    k2 = k + offset
                    if shape.absorbing and not 0 <= k2 < shape.cells:
                        continue
                    k2 = min(max(k2, 0), shape.cells - 1)
                    for to in flat:
                        below = to[c] > problem.levels[c]
                        new[k, m, s] += q * support(to, s, k2, m2) * (
                            1.0 if below else f[k2, m2, to])
            f = new
        now = next(levels for levels, i in flat.items() if i == problem.present[3])
        total += n.analyst[t, draw] * np.array(
            [f[k, problem.present[2], now] for k in range(shape.cells)])
    return total


@pytest.mark.parametrize("changes", [
    ONE, TWO, {**ONE, "war.position.ends": "absorbing"}, {**ONE, **EAST},
    {**ONE, **EAST, "war.support.east.choice": EAST_CHOOSES, "war.support.west.choice": None}],
    ids=["one", "two", "absorbing", "first of two", "second of two"])
def test_the_fall_of_support_from_every_cell(changes):
    scenario = tiny({**changes, "war.window": WINDOW})
    draws = sample(scenario, 4, 2)
    problem, outlook = build(scenario, draws), solve_outlook(scenario, draws)
    for c, patron in enumerate(problem.patrons):
        if scenario.war.support[patron].choice is None:
            assert patron not in outlook.falls_by_cell
            continue
        for draw in (0, 3):
            expected = slow(problem, draw, c, WINDOW)
            np.testing.assert_allclose(outlook.falls_by_cell[patron][:, draw], expected,
                                       atol=1e-13)
            np.testing.assert_allclose(outlook.support_falls[patron][draw],
                                       expected[problem.present[1]], atol=1e-13)


def test_a_patron_who_never_stops_falls_as_its_chain_does():
    free = {**ONE, "war.support.west.choice.cost": {}}
    chooses, does_not = (tiny(c) for c in (free, {**ONE, "war.support.west.choice": None}))
    one, other = (solve_outlook(s, sample(does_not, 4, 1).with_values(
        {p: v for p, v in sample(s, 4, 1).values.items() if "choice" in p}))
        for s in (chooses, does_not))
    np.testing.assert_allclose(one.support_falls["west"], other.support_falls["west"], atol=1e-13)
    np.testing.assert_allclose(one.victory, other.victory, atol=1e-13)
