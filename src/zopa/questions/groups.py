"""The groups inside the parties at every draw: what they accept, and which packages they reject.

A package that a group with a veto rejects is not in the zone, also where the group belongs to a
third party.  Here real packages are asked one by one, so that nothing is lost by the floor that
stands for the groups along the frontier (`zopa.agreement.vetoes`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.agreement import remembered
from zopa.agreement.vetoes import rejected
from zopa.ensemble.floors import GroupFloor, Seat, accepted, floors, seats, seen
from zopa.ensemble.problem import lattice
from zopa.ensemble.space import from_scenario, positions
from zopa.questions.study import Study

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Groups:
    """Every group of a scenario.

    Attributes:
        seats: who they are.
        accepted: `(group, draw)`, the least of its own utility that each accepts; NaN where it has
            no veto and states nothing.
        rejected: `(group, package, draw)`.
        floors: what follows from each along the frontier; none without a war.
    """

    seats: tuple[Seat, ...]
    accepted: Floats
    rejected: Booleans
    floors: tuple[GroupFloor, ...]

    @property
    def vetoes(self) -> Booleans:
        """`(group,)`: which of them have a veto."""
        return np.array([seat.group.veto for seat in self.seats], dtype=bool)

    @property
    def vetoed(self) -> Booleans:
        """`(package, draw)`: some group with a veto rejects it."""
        return np.asarray(self.rejected[self.vetoes].any(axis=0))


def groups(study: Study) -> Groups | None:
    """The groups of a study at its present state; None where the scenario has none."""
    if not any(party.groups for party in study.scenario.parties.values()):
        return None
    return study.keep("groups", lambda: _groups(study))


def _groups(study: Study) -> Groups:
    scenario, draws, sitting = study.scenario, study.draws, seats(study.scenario)
    space = from_scenario(scenario, draws.values)
    found: tuple[GroupFloor, ...] = ()
    cell = 0
    if scenario.war is not None:
        problem = lattice(scenario, draws, alternatives=False)
        found, cell = floors(scenario, draws, problem).groups, problem.present[1]
        least = np.stack([group.accepted for group in found])
    else:
        least = accepted(scenario, draws, None, sitting)
    x = float(positions(scenario)[cell])
    theirs = seen(scenario, draws, space, sitting)
    return Groups(sitting, least, rejected(theirs, remembered.packages(space), x, least), found)


def stated_floor(study: Study) -> Floats:
    """`(side, draw)`: the floors that the scenario states; minus infinity where there is none."""
    war = study.scenario.war
    return np.stack([
        study.draws[f"war.floors.{side}.utility"] if war is not None and side in war.floors
        else np.full(len(study.draws), -np.inf) for side in study.sides])
