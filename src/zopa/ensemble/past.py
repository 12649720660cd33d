"""The recorded states of a war, as places on its lattice.

The record is `history` in order of time, up to the scenario's date; the last state is the present
one, taken from the war block unless the record has a state of that very date.  What a state leaves
out is as at present; a position outside the window is held at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.scenario.number import central
from zopa.scenario.schema import Scenario, State, War

Ints = NDArray[np.int64]
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12.0, "quarter": 365.25 / 4.0, "year": 365.25}


@dataclass(frozen=True, eq=False)
class Past:
    """Recorded states, the present last.

    Attributes:
        states: as recorded; the last is the present.
        cell, momentum: `(state,)`, places on the lattice.
        levels: `(state, patron)`, level of each patron's support.
        support: `(state,)`, the joint level.
        periods: `(state - 1,)`, periods from each state to the next, at least 1.
    """

    states: tuple[State, ...]
    cell: Ints
    momentum: Ints
    levels: Ints
    support: Ints
    periods: Ints

    def __len__(self) -> int:
        """Number of states before the present."""
        return len(self.states) - 1


def past(scenario: Scenario) -> Past:
    """The record of a scenario with a war block, up to its date."""
    war = scenario.war
    assert war is not None
    states = [state for state in in_order(scenario) if state.date <= scenario.date]
    if not states or states[-1].date < scenario.date:
        states.append(State(date=scenario.date, position=war.position.present,
                            momentum=war.momentum.present,
                            support={name: chain.present for name, chain in war.support.items()}))
    cell, momentum, levels, support = _places(scenario, war, states)
    cell[-1] = war.position.present_cell
    return Past(tuple(states), cell, momentum, levels, support,
                periods_between([s.date.toordinal() for s in states], scenario.period))


def recorded(scenario: Scenario) -> tuple[Ints, Ints, Ints]:
    """Cell, momentum and joint support of every state of `history`, in order of time.

    All of them whatever the scenario's date, so that the same program serves every date.
    """
    war = scenario.war
    assert war is not None
    cell, momentum, _, support = _places(scenario, war, in_order(scenario))
    return cell, momentum, support


def in_order(scenario: Scenario) -> list[State]:
    """The states of `history` in order of time."""
    return sorted(scenario.history, key=lambda state: state.date)


def _places(scenario: Scenario, war: War, states: Sequence[State]) -> tuple[Ints, Ints, Ints, Ints]:
    """Cell, momentum, level of each patron, joint level."""
    moments = list(war.momentum.levels)
    cell = np.array([cell_of(scenario, state) for state in states], dtype=np.int64)
    momentum = np.array([moments.index(s.momentum or war.momentum.present) for s in states],
                        dtype=np.int64)
    levels = np.array([[list(chain.levels).index(state.support.get(name, chain.present))
                        for name, chain in war.support.items()] for state in states],
                      dtype=np.int64).reshape(len(states), len(war.support))
    shape = tuple(len(chain.levels) for chain in war.support.values())
    joint: Ints = (np.asarray(np.ravel_multi_index(tuple(levels.T), shape), dtype=np.int64)
                   if shape else np.zeros(len(states), dtype=np.int64))
    return cell, momentum, levels, joint


def cell_of(scenario: Scenario, state: State) -> int:
    """The cell of a state's position, held at the window's ends."""
    assert scenario.war is not None
    window = scenario.war.position
    if state.position is None:
        return window.present_cell
    change = (central(state.position) - central(window.present)) / central(window.cell)
    return int(np.clip(window.present_cell + round(change), 0, window.cells - 1))


def periods_between(days: Sequence[int], period: str) -> Ints:
    """Whole periods between dates (as day numbers), at least one each."""
    steps: Ints = np.maximum(np.round(np.diff(days) / DAYS[period]), 1.0).astype(np.int64)
    return steps
