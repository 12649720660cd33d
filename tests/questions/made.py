"""Studies whose ensemble is made by hand, so that every number of an answer can be worked out."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.questions.tiny import tiny_study
from zopa.ensemble.problem import build
from zopa.ensemble.result import Bargain, Ensemble, Outlook, Timing, Waiting
from zopa.ensemble.solve import Parts
from zopa.ensemble.space import from_scenario
from zopa.questions.study import Study

FIXED: dict[str, Any] = {"war.beliefs": None, "war.outlook": 2, "war.horizon": 2,
                         "issues.border.options.freeze": {
                             "title": "Line of contact", "values": {"north": 0.6, "south": 0.5}}}
"""Utilities of border x harbour: north 0.6 v + 0.4 v', south 0.5 v + 0.5 v'."""


def made(finish: Any, terms: Any, draws: int = 4, **other: Any) -> Study:
    """A study of the tiny war whose solved values are given.

    Args:
        finish: W, `(party, draw)` or a scalar a party.
        terms: expected terms of the first agreement, the same.
        other: `floor`, `reservation` (default W + 0.1), `deal_weight`, `deal_constant`, `changes`
            of the scenario, `weight`.
    """
    study = tiny_study(FIXED | other.get("changes", {}), draws)

    def each(values: Any) -> np.ndarray:
        array = np.asarray(values, dtype=float)
        return np.broadcast_to(array[:, None] if array.ndim == 1 else array, (2, draws)).copy()

    w = each(finish)
    zero, months = np.zeros(draws), np.zeros((3, draws))
    space = from_scenario(study.scenario, study.draws.values)
    packages = space.packages()
    bargain = Bargain(
        value=w + 0.2, reservation=each(other.get("reservation", w + 0.1)), finish=w,
        agree=np.ones((2, draws), bool), offer=np.zeros((2, 2, draws)),
        deal_weight=each(other.get("deal_weight", (1.0, 1.0))),
        deal_constant=each(other.get("deal_constant", (0.0, 0.0))), value_doubled=w + 0.2,
        moved=np.zeros((2, draws)), differs=np.zeros((2, draws), bool),
        converged=np.ones(draws, bool), past=np.zeros((1, 0, draws)))
    timing = Timing(
        deal_by=np.array([0.0, 0.3, 0.5])[:, None] + zero, settle=zero + 0.5,
        terms=each(terms), outcome=w + 0.2, months_of_war=zero + 1.7,
        collapse=np.zeros((2, draws)))
    waits = (0, 3, 6, 12, 24)
    steps = np.arange(5.0)[:, None, None] + np.zeros((5, 2, draws))
    waiting = Waiting(waits, value=0.5 - 0.1 * steps, terms=0.6 - 0.05 * steps,
                      reservation=0.4 + 0.01 * steps, collapse=0.02 * steps, cost=0.03 * steps)
    victory = np.array([0.0, 0.1, 0.2])[None, :, None] + np.zeros((2, 3, draws))
    outlook = Outlook(victory=victory, fighting=1.0 - victory.sum(axis=0),
                      position=2.0 + np.arange(3.0)[:, None] + months, cost=victory / 2.0,
                      position_change=zero + 0.5, support_falls={"west": zero + 0.25})
    study.solved.ensemble = Ensemble(
        weight=study.weight, packages=packages, utilities=space.utilities(packages),
        floor=each(other.get("floor", (-np.inf, -np.inf))), bargain=bargain, timing=timing,
        waiting=waiting, outlook=outlook, states=30,
        problem=build(study.scenario, study.draws))
    study.solved.parts, study.solved.outlook = Parts.ALL, outlook
    if "weight" in other:
        study = study.reweighted(np.asarray(other["weight"], dtype=float), ())
    return study
