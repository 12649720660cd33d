"""Who decides upon support: the patrons who choose, each alone or by its groups with a veto."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.patron import Deciders, Who
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]


class Values(Protocol):
    """Drawn values by path, `(draw,)` each."""

    def __getitem__(self, path: str) -> Floats: ...


def deciders(scenario: Scenario, value: Values) -> tuple[Who, Deciders] | None:
    """Everybody who decides upon support; None where no patron chooses.

    1. A patron with groups that have a veto is each of them, with its factor on the cost.
    2. A patron without is one decider.
    3. A level without a cost costs nothing.
    """
    war = scenario.war
    assert war is not None
    patron, side, cost, victory, defeat, discount = [], [], [], [], [], []
    shape = tuple(len(chain.levels) for chain in war.support.values())
    for c, (name, chain) in enumerate(war.support.items()):
        spec, supported = chain.choice, scenario.parties[name].supports
        if spec is None or supported is None:
            continue
        path = f"war.support.{name}.choice"
        own = [value[f"{path}.cost.{level}"] if level in spec.cost
               else np.zeros_like(value[f"{path}.victory"]) for level in chain.levels]
        level = np.unravel_index(np.arange(int(np.prod(shape))), shape)[c]
        factors = [value[f"parties.{name}.groups.{group}.cost"]
                   for group, member in scenario.parties[name].groups.items() if member.veto]
        for factor in factors or [np.ones_like(value[f"{path}.victory"])]:
            patron.append(c)
            side.append(scenario.belligerents.index(supported))
            cost.append(factor * np.stack(own)[level])
            victory.append(value[f"{path}.victory"])
            defeat.append(value[f"{path}.defeat"])
            discount.append(value[f"{path}.discount"])
    if not patron:
        return None
    return Who(tuple(patron), tuple(side)), Deciders(
        np.stack(cost), np.stack(victory), np.stack(defeat), np.stack(discount))
