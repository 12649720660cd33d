"""Wars with known values, in one list: every method of solving must reproduce each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.oracles.closed_forms import (
    breakdown_war,
    lapsing_patron,
    lottery_war,
    power_shift,
    static,
)
from zopa.agreement.frontier import AnyFrontier
from zopa.bargaining import Frontier, MarkovWar
from zopa.war.beta import beta_war
from zopa.war.forts import alternating, forts

Values = dict[tuple[int, int], float]
PIE = Frontier.pie()


@dataclass(frozen=True)
class Case:
    """One war and what it is worth.

    Attributes:
        name: for the test's report.
        war: builds the war.
        value: V at some (party, state).
        digits: half a unit of the last digit given.
        horizon: a horizon at which the war is solved to those digits.
        frontier: what can be agreed.
    """

    name: str
    war: Callable[[], MarkovWar]
    value: Values
    digits: float = 5e-11
    horizon: int = 400
    frontier: AnyFrontier = PIE

    def __str__(self) -> str:
        return self.name


def outside(w: tuple[float, float], share: float) -> Case:
    """Alternating offers at discount 0.9 with outside options for the responder."""
    return Case(f"outside options {w}",
                lambda: alternating(static((0.9, 0.9), outside_option=w)),
                {(0, 0): share}, 5e-11)


def two_equilibria() -> MarkovWar:
    """War and peace are both equilibria (Fearon 2004)."""
    p = np.array([0.8, 0.5])
    return lottery_war(0.7 * np.array([p, 1 - p]), 0.9, [0.3, 0.1], [[0.4, 0.6], [0.6, 0.4]])


def one_shot(floor: tuple[float, float] | None = None) -> MarkovWar:
    """War is a lottery that A wins with probability 0.6, at costs 0.1 and 0.15 (Fearon 1995)."""
    return MarkovWar([[1, 2]], [[0.6, 0.4]], (0.1, 0.15), (0.9, 0.9), 0.5, np.eye(2) / 0.9,
                     floor=floor)


def by_side(first: tuple[float, ...], second: tuple[float, ...]) -> Values:
    """Values of A and of B in the first states."""
    return {(i, s): v for i, row in enumerate((first, second)) for s, v in enumerate(row)}


def of_a(*values: float) -> Values:
    """Values of A in the first states."""
    return {(0, s): v for s, v in enumerate(values)}


CASES = [
    Case("alternating, equal", lambda: alternating(static((0.9, 0.9))),
         of_a(0.5263157895, 0.4736842105)),
    Case("alternating, unequal", lambda: alternating(static((0.9, 0.8))),
         of_a(0.7142857143, 0.6428571429)),
    Case("random proposer", lambda: static((0.9, 0.8)), of_a(0.6666666667)),
    Case("breakdown", lambda: breakdown_war(0.2, (0.1, 0.3)), of_a(0.4333333333)),
    Case("inside options", lambda: alternating(static((0.9, 0.9), cost=(-0.02, -0.01))),
         of_a(0.5684210526)),
    outside((0.1, 0.6), 0.4),
    outside((0.6, 0.1), 0.64),
    outside((0.3, 0.3), 0.5263157895),
    outside((0.55, 0.4), 0.595),
    Case("forts, patient", lambda: forts(10, 0.5, (0.01, 0.005), (1, 1)),
         of_a(0.0775, 0.16, 0.2475, 0.34, 0.4375), horizon=800),
    Case("forts", lambda: forts(10, 0.55, (0.01, 0.02), (0.95, 0.95)),
         of_a(0.23671191, 0.39562089, 0.50607951, 0.58746714, 0.65285771, 0.71141723, 0.76999151,
              0.83418304, 0.90911325), 5e-9),
    Case("many forts", lambda: forts(60, 0.5, (0, 0), (0.9, 0.9), 0.3), {(0, 29): 0.30000033},
         5e-9),
    Case("alternating forts", lambda: alternating(forts(4, 0.5, (0.05, 0.05), (0.9, 0.9))),
         of_a(0.36743697, 0.51680672, 0.81743697, 0.18256303, 0.48319328, 0.63256303), 5e-9),
    Case("patron lapses, patient",
         lambda: lapsing_patron(10, 0.1, (0.45, 0.55), 0.004, (0.002, 0.005), 1.0),
         {(0, 4): 0.5778801717, (0, 13): 0.7433032712}, horizon=800),
    Case("patron lapses",
         lambda: lapsing_patron(10, 0.1, (0.45, 0.55), 0.004, (0.002, 0.005), 0.98),
         {(0, 4): 0.5279618458, (0, 13): 0.6617123375}, horizon=1200),
    Case("common prior",
         lambda: beta_war(10, 3, ((2, 2), (2, 2)), (0.01, 0.02), (1, 1), battles=200).war,
         of_a(0.4866745), 5.1e-8),
    Case("common prior, no surrender floor",
         lambda: beta_war(10, 3, ((2, 2), (2, 2)), (0.01, 0.02), (1, 1), battles=400).war,
         of_a(0.4900096336), 5e-9, frontier=Frontier([(-5.0, 6.0), (6.0, -5.0)])),
    Case("power falls, war", lambda: power_shift(0.8, 0.4, 0.9, 0.2, 1.0),
         {(0, 0): 0.64, (1, 0): 0.16}),
    Case("power falls, peace", lambda: power_shift(0.6, 0.4, 0.9, 0.2, 1.0),
         {(0, 0): 0.568, (1, 0): 0.432}),
    Case("power falls a little", lambda: power_shift(0.8, 0.51, 0.9, 0.2, 1.0),
         {(0, 0): 0.6472, (1, 0): 0.3528}),
    Case("two equilibria", two_equilibria, by_side((0.56, 0.35), (0.14, 0.35))),
    Case("one-shot war", lambda: one_shot(), by_side((0.625,), (0.375,))),
    Case("one-shot war, floors", lambda: one_shot(floor=(0.65, 0.2)), by_side((0.7,), (0.3,))),
    Case("one-shot war, floors too high", lambda: one_shot(floor=(0.7, 0.35)),
         by_side((0.5,), (0.25,))),
    Case("binding floor", lambda: alternating(static((0.9, 0.9), floor=(0.6, -np.inf))),
         of_a(0.64)),
]
