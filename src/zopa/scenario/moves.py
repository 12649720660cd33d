"""What the moves of the position amount to: mean and deviation of its change over some periods.

From the present momentum and levels of support, at central values, under the analyst's mixture of
the two theories, without the window's ends and without collapse, by the moments of an additive
functional of the regime chain (`zopa.war.regimes`): of a mixture the first two moments mix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from zopa.scenario.number import NumberLike, central
from zopa.scenario.schema import Scenario, Theory, War
from zopa.war import regimes

Floats = NDArray[np.float64]
USUAL = (1, 12)


@dataclass(frozen=True)
class Moved:
    """Change of position over some periods, in its unit."""

    periods: int
    mean: float
    sd: float


def change_of_position(scenario: Scenario, periods: int) -> Moved:
    """Mean and standard deviation of the change of position over `periods`.

    Args:
        scenario: consistent, with a war.
        periods: at least 1.
    """
    war = scenario.war
    assert war is not None
    sides = scenario.belligerents
    mixture: list[tuple[float, Theory | None]] = [(1.0, None)]
    if war.beliefs is not None:
        first = central(war.beliefs.prior["analyst"])
        mixture = list(zip((first, 1.0 - first), war.beliefs.theories.values(), strict=True))
    supported = {name: scenario.parties[name].supports or sides[0] for name in war.support}
    width = central(war.position.cell)
    mean = square = 0.0
    for weight, theory in mixture:
        one, two = _moments(war, theory, supported, periods)
        mean, square = mean + weight * one, square + weight * two
    return Moved(periods, width * mean, width * sqrt(max(square - mean**2, 0.0)))


def _moments(war: War, theory: Theory | None, supported: Mapping[str, str],
             periods: int) -> tuple[float, float]:
    """First two moments of the change in cells, under one theory, from the present regime."""
    levels = list(war.momentum.levels)
    favours = [level.favours for level in war.momentum.levels.values()]
    patrons = []
    for name, chain in war.support.items():
        rows = regimes.rows(list(chain.levels), _centrals(chain.transitions))
        if theory is not None and name in theory.support_tilt:
            rows = regimes.tilted(rows, regimes.upward(len(chain.levels)),
                                  central(theory.support_tilt[name]))
        tilt = np.array([central(level.momentum_tilt) for level in chain.levels.values()])
        patrons.append(regimes.Patron(rows, tilt, regimes.favour_sign(favours, supported[name])))
    log_odds: Floats = np.zeros(len(levels))
    if theory is not None:
        log_odds = regimes.favour_sign(favours, theory.favours) * central(theory.momentum_tilt)
    joint = regimes.joint(regimes.rows(levels, _centrals(war.momentum.transitions)), patrons,
                          log_odds)
    sizes = (len(levels), *(len(c.levels) for c in war.support.values()))
    drift, power = _drift(war, levels)
    repeats = int(np.prod(sizes[1:]))
    one, two = regimes.moments(joint, np.repeat(drift, repeats), np.repeat(power, repeats), periods)
    here = np.ravel_multi_index(
        (levels.index(war.momentum.present),
         *(list(c.levels).index(c.present) for c in war.support.values())), sizes)
    return float(one[here]), float(two[here])


def _drift(war: War, levels: list[str]) -> tuple[Floats, Floats]:
    """Mean and mean square of one period's move, a momentum level."""
    moves = [{cells: central(p) for cells, p in war.position.moves[level].items()}
             for level in levels]
    return (np.array([sum(cells * p for cells, p in row.items()) for row in moves]),
            np.array([sum(cells**2 * p for cells, p in row.items()) for row in moves]))


def _centrals(rows: Mapping[str, Mapping[str, NumberLike]]) -> dict[str, dict[str, float]]:
    return {source: {target: central(p) for target, p in row.items()}
            for source, row in rows.items()}
