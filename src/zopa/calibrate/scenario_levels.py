"""What a scenario asks of a battlefield fit: its levels of momentum, its cells and its moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import Structure, neighbours
from zopa.calibrate.battlefield_fit import Fit
from zopa.calibrate.battlefield_grid import Grid, to_grid
from zopa.core.errors import ArgumentError
from zopa.scenario.number import central
from zopa.scenario.schema import Scenario

Places = NDArray[np.intp]
USUAL = ("falling", "steady", "rising")
CELL = 1.5
"""Width of a cell in scales where nothing says it: moves of one cell then carry the spread."""


@dataclass(frozen=True)
class Asked:
    """What a fit is translated to.

    Attributes:
        structure: levels from the lowest drift to the highest.
        offsets: moves of each of them in cells, without 0.
        cell: width of a cell, in the series' unit; None for `CELL` scales.
        unit: of the position; None where no scenario says it.
        date: nothing after it may be used.
    """

    structure: Structure
    offsets: tuple[tuple[int, ...], ...]
    cell: float | None
    unit: str | None = None
    date: dt.date | None = None

    def grid(self, fit: Fit, rows: Places) -> Grid:
        """The fit in these cells, for some of its draws."""
        p = fit.parameters
        chosen = type(p)(*(part[rows] for part in p))
        return to_grid(self.structure, chosen, fit.scale, self.width(fit.scale), self.offsets)

    def width(self, scale: float) -> float:
        """Width of a cell, rounded to two digits where nothing says it."""
        return self.cell if self.cell is not None else float(f"{CELL * scale:.2g}")


def from_scenario(scenario: Scenario, memory: bool = False) -> Asked:
    """Levels, moves and cell of a scenario.

    1. Levels are ordered by whom they favour: the side for whom a lower position is better,
       nobody, the side for whom a higher one is; those of one kind as they are listed.
    2. A level can be followed by those that its row of transitions names.

    Raises:
        ArgumentError: it has no war, or a level has no moves.
    """
    war = scenario.war
    if war is None:
        raise ArgumentError("the scenario has no war, so that there is no battlefield to "
                            "calibrate. Give a scenario with a `war` block.")
    favours = {name: 0 if level.favours is None else 1 if level.favours == war.position.favours
               else -1 for name, level in war.momentum.levels.items()}
    levels = tuple(sorted(favours, key=lambda name: favours[name]))
    if len(levels) < 2:
        raise ArgumentError("the scenario has one level of momentum, and a fit needs two. Add one "
                            "under war.momentum.levels.")
    none = [name for name in levels if favours[name] == 0]
    anchor = levels.index(none[0]) if none else sum(sign < 0 for sign in favours.values()) - 1
    targets = tuple(tuple(levels.index(other) for other in levels
                          if other in war.momentum.transitions.get(name, {}) and other != name)
                    for name in levels)
    offsets = tuple(tuple(sorted(k for k in war.position.moves.get(name, {}) if k))
                    for name in levels)
    bare = [name for name, row in zip(levels, offsets, strict=True) if not row]
    if bare:
        raise ArgumentError(f"war.position.moves.{bare[0]} is empty, so that its drift cannot be "
                            "written. Give it at least one move, e.g. 1: 0.5.")
    return Asked(Structure(levels, targets, max(anchor, 0), memory), offsets,
                 central(war.position.cell), war.position.unit, scenario.date)


def from_levels(levels: tuple[str, ...] = USUAL, cell: float | None = None,
                memory: bool = False) -> Asked:
    """Levels by name, from the lowest drift to the highest, each with moves of one cell."""
    structure = neighbours(levels, memory=memory)
    return Asked(structure, ((-1, 1),) * len(levels), cell)
