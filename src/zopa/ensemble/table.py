"""The scenario's lattice as a table: one draw, every move written out.

The table form is what `zopa.bargaining.solve` takes, so a scenario's game can be solved, varied and
inspected there.  Moves are enumerated branch by branch from the chains themselves: support (patron
by patron), momentum, position, survival, each with its increment of the belief split between
neighbouring grid points and held at the ends.  It is slow and plain on purpose: it shares no code
with the factorised expectation, which must equal it.

States are numbered in the order `(belief, cell, momentum, support)`; terminals are 0 "A has won"
and 1 "B has won".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.boundary import Hull
from zopa.agreement.frontier import Frontier, StateFrontier
from zopa.agreement.stairs import Offered, Stairs
from zopa.ensemble.numbers import Numbers, chunk
from zopa.ensemble.problem import Problem
from zopa.war.lattice import Shape
from zopa.war.table import MarkovWar

Floats = NDArray[np.float64]
Branches = dict[int, float]


def as_table(problem: Problem, draw: int) -> MarkovWar:
    """The lattice of one draw as a `MarkovWar`.

    Args:
        problem: from `zopa.ensemble.problem.build`.
        draw: index of the draw.

    Returns:
        A war in which both parties' probabilities mix the two theories by their own belief at each
        state's log-likelihood ratio.
    """
    shape = problem.shape
    numbers = chunk(problem.numbers, draw)
    states = shape.states
    fights: list[list[Branches]] = [[], []]
    peaces: list[list[Branches]] = [[], []]
    cost = np.empty((2, states))
    x = np.linspace(-1.0, 1.0, shape.cells)
    for state in range(states):
        point, cell, momentum, support = np.unravel_index(state, shape.grid)
        grid = (point - shape.beliefs // 2) * problem.grid_step
        by_theory = [_fight(problem, numbers, t, int(point), int(cell), int(momentum),
                            int(support), float(x[cell])) for t in range(shape.theories)]
        reopen = [_reopen(problem, numbers, t, int(point), int(cell), int(momentum), int(support))
                  for t in range(shape.theories)]
        for i in (0, 1):
            weight = 1.0
            if shape.theories == 2:
                weight = 1.0 / (1.0 + np.exp(-(numbers.log_odds[i] + grid)))
            fights[i].append(_mix(by_theory, weight))
            peaces[i].append(_mix(reopen, weight))
            cost[i, state] = (numbers.cost[i, momentum, support]
                              * np.exp(numbers.cost_slope[i] * x[cell]) + numbers.resolve[i])
    next_state, probability = _columns(fights)
    peace_state, peace = _columns(peaces)
    terminal = np.array([[numbers.victory[0], numbers.defeat[0]],
                         [numbers.defeat[1], numbers.victory[1]]])
    permanent = bool(numbers.enforcement >= 1.0)
    return MarkovWar(
        next_state, probability, cost, numbers.discount, np.full(states, numbers.proposer),
        terminal, talks=numbers.talks, enforcement=numbers.enforcement,
        peace_next_state=None if permanent else peace_state,
        peace_probability=None if permanent else peace, floor=numbers.floor,
        ratification_spread=numbers.spread)


def offered(problem: Problem, frontier: Offered, draw: int) -> StateFrontier:
    """What can be offered in every state of one draw: hulls by their vertices, or real packages.

    Args:
        problem: from `zopa.ensemble.problem.build`.
        frontier: from `zopa.ensemble.frictions.frontier`.
        draw: index of the draw.
    """
    if isinstance(frontier, Stairs):
        by_cell: list[Frontier] = [Frontier.packages(frontier.points[:, :, cell, draw].T)
                                   for cell in range(problem.shape.cells)]
    else:
        by_cell = [Frontier(vertices) for vertices in corners(problem, frontier, draw)]
    cells = np.unravel_index(np.arange(problem.shape.states), problem.shape.grid)[1]
    return StateFrontier([by_cell[int(cell)] for cell in cells])


def corners(problem: Problem, frontier: Hull, draw: int) -> list[Floats]:
    """The frontier's vertices `(vertex, 2)` at every cell of one draw, from its lines."""
    result = []
    for cell in range(problem.shape.cells):
        low, high = frontier.low[:, cell, draw], frontier.high[:, cell, draw]
        lines = [(a, b) for a, b in zip(frontier.intercept[0, :, cell, draw],
                                        frontier.slope[0, :, cell, draw], strict=True)]
        lines = sorted({line for line in lines if line[1] > 0}, key=lambda line: line[1])
        meets = [(float(a - c) / float(b - d)) for (a, b), (c, d)
                 in zip(lines, lines[1:], strict=False) if b != d]
        second = [float(low[1]), *(abs(v) if v == 0 else v for v in meets), float(high[1])]
        first = [min([float(high[0]), *(a - b * v for a, b in lines)]) for v in second]
        result.append(np.unique(np.column_stack([first, second]).round(15), axis=0))
    return result


def _fight(problem: Problem, numbers: Numbers, t: int, point: int, cell: int, momentum: int,
           support: int, x: float) -> Branches:
    """Where a period of fighting leads under theory t; terminals at states, states + 1."""
    shape = problem.shape
    result: dict[int, float] = defaultdict(float)
    hazard = [[float(numbers.hazard[i, momentum, support] * np.exp(numbers.hazard_slope[i] * x)
                     * numbers.hazard_factor[theory, i]) for i in (0, 1)]
              for theory in range(shape.theories)]
    alive = [1.0 - sum(row) for row in hazard]
    result[shape.states] += hazard[t][1]
    result[shape.states + 1] += hazard[t][0]
    won = (shape.states, shape.states + 1)
    # what is seen is taken in from the inside out: survival, momentum, then the patrons
    survived = _shifted(shape, problem.grid_step, {point: 1.0},
                        alive if shape.theories == 2 else None)
    for to in range(shape.momentum):
        news = _pair(numbers.momentum, (support, momentum, to))
        seen = _shifted(shape, problem.grid_step, survived, news)
        chance = _at(numbers.momentum, t)[support, momentum, to]
        for d, offset in enumerate(shape.offsets):
            step = chance * float(numbers.moves[momentum, d]) * alive[t]
            where = cell + offset
            if shape.absorbing and not 0 <= where < shape.cells:
                up = problem.favours if where >= shape.cells else 1 - problem.favours
                result[won[up]] += step
                continue
            where = min(max(where, 0), shape.cells - 1)
            # patrons decide last, knowing the next position and momentum
            for supports, points, p in _supports(problem, numbers, t, support, seen, where, to):
                for place, share in points.items():
                    result[_index(shape, place, where, to, supports)] += step * p * share
    return dict(result)


def _reopen(problem: Problem, numbers: Numbers, t: int, point: int, cell: int, momentum: int,
            support: int) -> Branches:
    """Where bargaining reopens when a deal lapses."""
    shape = problem.shape
    result: dict[int, float] = defaultdict(float)
    level = momentum if shape.peace_momentum is None else shape.peace_momentum
    for supports, points, p in _supports(problem, numbers, t, support, {point: 1.0}, cell, level):
        for place, share in points.items():
            result[_index(shape, place, cell, level, supports)] += p * share
    return dict(result)


def _supports(problem: Problem, numbers: Numbers, t: int, support: int,
              points: dict[int, float], cell: int,
              momentum: int) -> Iterator[tuple[int, dict[int, float], float]]:
    """Next joint support level, the belief after seeing it, and its probability.

    Args:
        cell, momentum: of the next period, upon which a patron who chooses decides.
    """
    shape = problem.shape
    levels = np.unravel_index(support, shape.support) if shape.support else ()
    for to in np.ndindex(*shape.support):
        chance, seen = 1.0, points
        # the expectation sums the first patron out first: its news is the last to be taken in
        for c in reversed(range(len(shape.support))):
            chain = numbers.chains[c]
            stop = numbers.stop[c] if numbers.stop else None
            if stop is not None and stop[cell, momentum, support]:
                chance *= float(to[c] == shape.support[c] - 1)
                continue
            chance *= float(_at(chain, t)[levels[c], to[c]])
            seen = _shifted(shape, problem.grid_step, seen, _pair(chain, (int(levels[c]), to[c])))
        yield int(np.ravel_multi_index(to, shape.support)) if shape.support else 0, seen, chance


def _at(kernel: Floats, t: int) -> Floats:
    return kernel[t if kernel.shape[0] > 1 else 0]


def _pair(kernel: Floats, index: tuple[int, ...]) -> list[float] | None:
    """Probability under both theories, or None where they share the kernel."""
    return None if kernel.shape[0] == 1 else [float(kernel[(t, *index)]) for t in (0, 1)]


def _shifted(shape: Shape, step: float, points: dict[int, float],
             seen: list[float] | None) -> dict[int, float]:
    """Belief points after an observation with these probabilities under the two theories."""
    if seen is None or seen[0] == seen[1]:
        return points
    far = shape.beliefs - 1
    if min(seen) > 0:
        moved = float(np.clip(np.log(seen[0] / seen[1]) / step, -far, far))
    else:
        moved = float(far if seen[0] > seen[1] else -far)
    below = int(np.floor(moved))
    result: dict[int, float] = defaultdict(float)
    for place, share in points.items():
        for target, part in ((place + below, 1.0 - (moved - below)),
                             (place + below + 1, moved - below)):
            if part > 0:
                result[min(max(target, 0), far)] += share * part
    return dict(result)


def _index(shape: Shape, point: int, cell: int, momentum: int, support: int) -> int:
    return int(np.ravel_multi_index((point, cell, momentum, support), shape.grid))


def _mix(by_theory: list[Branches], weight: float) -> Branches:
    if len(by_theory) == 1:
        return by_theory[0]
    result: dict[int, float] = defaultdict(float)
    for share, branches in zip((weight, 1.0 - weight), by_theory, strict=True):
        for target, p in branches.items():
            result[target] += share * p
    return dict(result)


def _columns(rows: list[list[Branches]]) -> tuple[NDArray[np.int64], Floats]:
    """`(state, branch)` targets and `(party, state, branch)` probabilities, padded with zeros."""
    targets = [sorted({*a, *b}) for a, b in zip(*rows, strict=True)]
    width = max(map(len, targets))
    place = np.zeros((len(targets), width), dtype=np.int64)
    probability = np.zeros((2, len(targets), width))
    for state, row in enumerate(targets):
        place[state, :len(row)] = row
        for i in (0, 1):
            probability[i, state, :len(row)] = [rows[i][state].get(target, 0.0) for target in row]
    probability /= probability.sum(axis=2, keepdims=True)
    return place, probability
