"""Random wars and frontiers; sizes are kept such that they share compiled programs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zopa.agreement.frontier import AnyFrontier
from zopa.bargaining import Frontier, MarkovWar

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Traits:
    """What a random war may contain."""

    floors: bool = True
    outside: bool = True
    lapses: bool = True
    talks: bool = True
    own_beliefs: bool = True
    packages: bool = False
    by_state: bool = False


@dataclass(frozen=True)
class Drawn:
    """A war, its frontier, and the frontier's points per state for the plain loops."""

    war: MarkovWar
    frontier: AnyFrontier
    points: list[Points]
    mixed: bool


PLAIN = Traits(floors=False, outside=False, lapses=False)


def draw(seed: int, traits: Traits) -> Drawn:
    """The random war of a seed."""
    rng = np.random.default_rng(seed)
    n, branches, ends = int(rng.integers(1, 9)), int(rng.integers(3, 5)), int(rng.integers(1, 3))
    rules: dict[str, Any] = {}
    if traits.talks:
        rules["talks"] = rng.uniform(0.2, 1.0, n)
    if traits.floors:
        floor = rng.uniform(-0.1, 0.8, (2, n))
        rules["floor"] = np.where(rng.random((2, n)) < 0.4, -np.inf, floor)
    if traits.outside:
        pair = rng.uniform(0.1, 0.9, (2, n))
        rules["outside_option"] = np.where(rng.random(n) < 0.4, -np.inf, pair)
    if traits.lapses:
        rules["enforcement"] = np.where(rng.random(n) < 0.2, 1.0, rng.uniform(0.0, 1.0, n))
        rules["peace_next_state"] = rng.integers(0, n, (n, 3))
        rules["peace_probability"] = rows(rng, n, 3, traits.own_beliefs)
    war = MarkovWar(
        rng.integers(0, n + ends, (n, branches)), rows(rng, n, branches, traits.own_beliefs),
        rng.uniform(-0.05, 0.08, (2, n)), rng.uniform(0.5, 0.97, 2), rng.random(n),
        rng.uniform(-0.3, 1.5, (2, ends)), **rules)
    shapes = n if traits.by_state else 1
    each = [(package_points if traits.packages else concave_points)(rng) for _ in range(shapes)]
    made = [Frontier.packages(p) if traits.packages else Frontier(p) for p in each]
    frontier = Frontier.by_state(made) if traits.by_state else made[0]
    points = [each[s if traits.by_state else 0] for s in range(n)]
    return Drawn(war, frontier, points, mixed=not traits.packages)


def rows(rng: np.random.Generator, n: int, branches: int, own: bool) -> np.ndarray:
    """Random probability rows, `(party, state, branch)` or common to both."""
    shape = (2, n, branches) if own else (n, branches)
    return rng.dirichlet(np.ones(branches), size=shape[:-1])


def concave_points(rng: np.random.Generator) -> Points:
    """6 vertices of a concave, strictly decreasing frontier."""
    widths, slopes = rng.uniform(0.05, 1.0, 5), np.sort(rng.uniform(0.1, 3.0, 5))
    x = np.concatenate([[0.0], np.cumsum(widths)])
    y = np.concatenate([[0.0], np.cumsum(widths * slopes)])
    x, y = x / x[-1], 1.0 - y / y[-1]
    offset, size = rng.uniform(-0.1, 0.1, 2), rng.uniform(0.8, 1.2, 2)
    return [(float(a), float(b)) for a, b in zip(offset[0] + size[0] * x,
                                                 offset[1] + size[1] * y, strict=True)]


def package_points(rng: np.random.Generator) -> Points:
    """6 packages on a falling staircase and 2 that others dominate."""
    x, y = np.sort(rng.random(6)), np.sort(rng.random(6))[::-1]
    points = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    dominated = [(float(x[2]) - 0.01, float(y[2]) - 0.02), (float(x[4]) - 0.02, float(y[4]))]
    return [*dominated, *points]


def rescaled(drawn: Drawn, i: int, factor: float, shift: float) -> Drawn:
    """The same game with i's utilities u replaced by factor * u + shift.

    Costs follow from r = -c + delta E[V]: c becomes factor * c - (1 - delta) * shift.
    """
    war = drawn.war

    def changed(array: np.ndarray) -> np.ndarray:
        new = array.copy()
        new[i] = factor * new[i] + shift
        return new

    cost = war.cost.copy()
    cost[i] = factor * cost[i] - (1.0 - war.discount[i]) * shift
    points = [[tuple(factor * u + shift if k == i else u for k, u in enumerate(p)) for p in each]
              for each in drawn.points]
    build = Frontier if drawn.mixed else Frontier.packages
    by_state = drawn.frontier.states is not None
    frontier = Frontier.by_state([build(p) for p in points]) if by_state else build(points[0])
    return replace(drawn, war=MarkovWar(
        war.next_state, war.probability, cost, war.discount, war.proposer, changed(war.terminal),
        war.talks, war.enforcement, war.peace_next_state, war.peace_probability,
        changed(war.floor), changed(war.outside_option)), frontier=frontier)
