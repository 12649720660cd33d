"""Why rational sides fight: five frictions, and the game with some of them switched off.

- optimism: there are two theories, and a side's prior is not the analyst's.  Off: both sides hold
  the analyst's belief.
- commitment: e < 1.  Off: e = 1.
- ratification: there are floors, or groups with a veto.  Off: no floors.
- private information: `war.resolve` names a side.  Off: resolve is common knowledge.
- indivisibility: `frontier: packages`.  Off: mixtures of packages too.

The first three are numbers of the lattice: switching them off changes numbers between `build` and
the solve, so that one compiled program serves every combination, and what is not switched off keeps
its bits.  Packages instead of a hull are a program of their own.  Private information is another
game (one side makes the offers): see `zopa.ensemble.screening`.

Reference: Fearon (1995), International Organization 49:379-414, for the frictions; Putnam (1988)
for ratification; Smith and Stam (2004) for optimism.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Flag, auto

import numpy as np

from zopa.agreement.hull import hull
from zopa.agreement.space import Space
from zopa.agreement.stairs import Offered, stairs
from zopa.ensemble.numbers import Numbers
from zopa.ensemble.problem import Problem
from zopa.ensemble.space import positions
from zopa.scenario.schema import Scenario

TINY = 1e-12
"""Probabilities are held this far from 0 and 1, as the sides' own are in `build`."""


class Friction(Flag):
    """Reasons why a deal that would leave both better off is not made."""

    OPTIMISM = auto()
    COMMITMENT = auto()
    RATIFICATION = auto()
    PRIVATE_INFORMATION = auto()
    INDIVISIBILITY = auto()
    ALL = OPTIMISM | COMMITMENT | RATIFICATION | PRIVATE_INFORMATION | INDIVISIBILITY

    @property
    def key(self) -> str:
        """Its name in answers; of one friction."""
        return str(self.name).lower()


def frictions(scenario: Scenario, problem: Problem) -> Friction:
    """The frictions that a scenario has in some draw.

    Args:
        scenario: a checked scenario with a war block.
        problem: from `zopa.ensemble.problem.build`, of the same scenario.
    """
    numbers, found = problem.numbers, Friction(0)
    learning = problem.shape.theories == 2 and problem.shape.beliefs > 1
    if learning and bool((np.abs(numbers.log_odds - analyst_odds(numbers)) > TINY).any()):
        found |= Friction.OPTIMISM
    if bool((numbers.enforcement < 1.0).any()):
        found |= Friction.COMMITMENT
    vetoes = any(group.veto for party in scenario.parties.values()
                 for group in party.groups.values())
    if vetoes or bool((numbers.floor > -np.inf).any()):
        found |= Friction.RATIFICATION
    if scenario.war is not None and scenario.war.resolve:
        found |= Friction.PRIVATE_INFORMATION
    if scenario.frontier == "packages":
        found |= Friction.INDIVISIBILITY
    return found


def without(problem: Problem, on: Friction) -> Problem:
    """The problem with only the frictions of `on`; whatever stays on keeps its bits.

    Args:
        problem: from `zopa.ensemble.problem.build`.
        on: the frictions that stay.
    """
    numbers = problem.numbers
    if Friction.OPTIMISM not in on:
        odds = analyst_odds(numbers)
        numbers = numbers._replace(log_odds=np.stack([odds, odds]))
    if Friction.COMMITMENT not in on:
        numbers = numbers._replace(enforcement=np.ones_like(numbers.enforcement))
    if Friction.RATIFICATION not in on:
        numbers = numbers._replace(
            floor=np.full_like(numbers.floor, -np.inf),
            spread=None if numbers.spread is None else np.zeros_like(numbers.spread))
    return problem if numbers is problem.numbers else replace(problem, numbers=numbers)


def frontier(scenario: Scenario, space: Space, on: Friction = Friction.ALL) -> Offered:
    """What can be offered at every position and draw: a `Hull`, or `Stairs` of real packages."""
    real = scenario.frontier == "packages" and Friction.INDIVISIBILITY in on
    return (stairs if real else hull)(space, positions(scenario))


def analyst_odds(numbers: Numbers) -> np.ndarray:
    """`(draw,)`: the analyst's log-odds of the first theory."""
    first = np.clip(numbers.analyst[0], TINY, 1.0 - TINY)
    return np.asarray(np.log(first) - np.log1p(-first))
