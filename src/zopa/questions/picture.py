"""The frontier and the packages of one draw, for a chart.

The central draw is the one whose point of no agreement lies nearest to the weighted medians, in
units of what each side has to win; of several the first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zopa.questions.deals import Deals, deals
from zopa.questions.spread import quantiles
from zopa.questions.study import Study

MOST = 3000


def central_draw(study: Study) -> int:
    """The place of the central draw."""
    ground = deals(study)
    unit = np.where(ground.width > 0.0, ground.width, 1.0)
    square = np.zeros(len(study.draws))
    with np.errstate(over="ignore", invalid="ignore"):  # a value that did not converge
        for own, scale in zip(ground.disagreement, unit, strict=True):
            square += ((own - quantiles(own, study.weight, (0.5,))[0]) / scale) ** 2
    square = np.where(np.isfinite(square), square, np.finfo(np.float64).max)
    square = np.where(study.weight > 0.0, square, np.inf)
    return int(np.flatnonzero(square <= square.min() + 1e-14)[0])


def answer(study: Study, most: int = MOST) -> dict[str, Any]:
    """`frontier` and `cloud` of the central draw; null with more than two parties.

    Args:
        study: at whose draws.
        most: packages in the cloud at most.
    """
    if len(study.sides) != 2:
        return {"frontier": None, "cloud": None}
    ground, draw = deals(study), central_draw(study)
    corners = ground.frontier.utility[:, :, draw].T
    kept = [0, *(n for n in range(1, len(corners)) if (corners[n] != corners[n - 1]).any())]
    frontier: dict[str, Any] = {
        "points": corners[kept].tolist(), "sides": list(study.sides),
        "disagreement": ground.disagreement[:, draw].tolist()}
    return {"frontier": frontier, "cloud": _cloud(ground, draw, most)}


def _cloud(ground: Deals, draw: int, most: int) -> list[list[float]]:
    """`[u_A, u_B, in the zone]` of at most so many packages, evenly spaced in their list."""
    total = len(ground.packages)
    chosen = np.unique(np.linspace(0, total - 1, min(total, most)).round().astype(int))
    return [[float(ground.utilities[0, n, draw]), float(ground.utilities[1, n, draw]),
             int(ground.zone.mask[n, draw])] for n in chosen]
