"""`outlook`: where the war goes with no deal, under the analyst's belief.

By month from now to the end of the scenario's `outlook`: the probability that each side has won,
that fighting goes on, the expected position given that it does (in the position's unit), and each
side's expected cumulative cost.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zopa.ensemble.solve import Parts
from zopa.questions.plain import answered, series
from zopa.questions.study import Study

PARTS = Parts.OUTLOOK


def answer(study: Study) -> dict[str, Any] | None:
    """The outlook; null without a war."""
    if study.scenario.war is None:
        return None
    outlook, weight, sides = study.outlook, study.weight, study.sides
    window = study.scenario.war.position
    unit = study.draws["war.position.cell"]
    position = study.draws["war.position.present"] + unit * (outlook.position - window.present_cell)
    middle: dict[str, Any] = {"victory": {}, "cost": {}}
    spreads: dict[str, Any] = {"victory": {}, "cost": {}}
    for side, name in enumerate(sides):
        middle["victory"][name], spreads["victory"][name] = series(outlook.victory[side], weight)
        middle["cost"][name], spreads["cost"][name] = series(outlook.cost[side], weight)
    middle["fighting"], spreads["fighting"] = series(outlook.fighting, weight)
    middle["position"], spreads["position"] = series(position, weight)
    order = ("victory", "fighting", "position", "cost")
    return {"months": list(range(len(outlook.fighting))),
            "by_month": {key: middle[key] for key in order},
            "by_month_spread": {key: spreads[key] for key in order},
            "position": {"title": window.title, "unit": window.unit, "favours": window.favours},
            "held_ends": window.ends == "held",
            "support_falls": {
                patron: answered("probability", np.asarray(falls), weight)
                for patron, falls in outlook.support_falls.items()}}
