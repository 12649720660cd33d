"""A scenario's agreement space as a domain, at the middle of every number.

Without a war the value of no agreement is the scenario's `disagreement` (0 where it has none).  The
least that a side accepts is its ratification floor, or what a group with a veto accepts that judges
by the side's own weights and values; groups that judge otherwise are noted and left out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from zopa.exchange.imported import Imported
from zopa.scenario.decides import Group
from zopa.scenario.inputs import inputs
from zopa.scenario.load import load
from zopa.scenario.number import as_number
from zopa.scenario.schema import Scenario
from zopa.spaces.domain import from_space

KIND = "scenario"


def read(name: str | Path) -> Imported:
    """A scenario file, or a shipped one by its name.

    Raises:
        InputError: it cannot be read or used.
    """
    return imported(load(name))


def imported(scenario: Scenario) -> Imported:
    """A checked scenario as a domain."""
    from zopa.ensemble.space import from_scenario

    middle = {path: np.array([value.distribution.central()])
              for path, value in inputs(scenario).items()}
    sides = scenario.sides
    notes = []
    if any(value.uncertain for path, value in inputs(scenario).items()
           if path.startswith(("issues.", "interactions.", "disagreement."))):
        notes.append("Every number of the scenario stands at its middle; `zopa run` draws them.")
    if scenario.war is not None:
        notes.append("The battlefield stands in the middle of its window. What the war is worth "
                     "is not part of this: `zopa run` computes it; no agreement counts as 0 here.")
    accepted = np.full(len(sides), -np.inf)
    for n, side in enumerate(sides):
        accepted[n], left = _accepts(scenario, side)
        notes += left
    disagreement = np.array([as_number(scenario.disagreement[side]).distribution.central()
                             if side in scenario.disagreement else 0.0 for side in sides])
    if scenario.war is None:
        accepted = np.maximum(accepted, disagreement)
    return Imported(from_space(from_scenario(scenario, middle), title=scenario.title,
                               disagreement=disagreement, reservation=accepted),
                    KIND, tuple(notes))


def _accepts(scenario: Scenario, side: str) -> tuple[float, list[str]]:
    """The least that a side can accept, and what was left out."""
    least, notes = -np.inf, []
    if scenario.war is not None and side in scenario.war.floors:
        floor = scenario.war.floors[side]
        least = as_number(floor.utility).distribution.central()
    for party, spec in scenario.parties.items():
        if party != side and spec.supports != side:
            continue
        for name, group in spec.groups.items():
            if not group.veto:
                continue
            if party == side and group.accepts is not None and _alike(scenario, side, group):
                least = max(least, as_number(group.accepts).distribution.central())
            else:
                notes.append(f"The veto of {name} ({party}) is left out: it judges by other "
                             "values than the side's, or by the war.")
    return least, notes


def _alike(scenario: Scenario, side: str, group: Group) -> bool:
    """Whether a group judges packages exactly as its side does."""
    own = {j: as_number(issue.weights[side]).distribution.central()
           for j, issue in scenario.issues.items() if side in issue.weights}
    its = {j: as_number(weight).distribution.central() for j, weight in group.weights.items()}
    return not group.values and all(abs(own.get(j, 0.0) - its.get(j, 0.0)) <= 1e-12
                                    for j in {*own, *its})
