"""Losses a month by momentum: a description, for reports alone.

With g_t(r) the probability of level r in month t given the whole series of the position, and w a
Dirichlet(1, ..., 1) weight of the months (the Bayesian bootstrap of Rubin, 1981), a draw of the
mean at level r is  sum_t w_t g_t(r) L_t / sum_t w_t g_t(r).

Nothing here says that momentum causes losses or losses momentum: commanders choose both, and some
estimates of losses are made from changes of territory, so that the two agree by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import forward, smoothed
from zopa.calibrate.battlefield_fit import Fit
from zopa.calibrate.series import Monthly
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
FEWEST = 6
CIRCULAR = ("economist",)
"""Estimates that use changes of territory as a predictor, by what their names hold."""
WARNING = ("This estimate of losses uses changes of territory as a predictor, so that it moves "
           "with momentum by construction.")


@dataclass(frozen=True)
class Losses:
    """Losses at one level of momentum.

    Attributes:
        level: its name.
        months: sum of the probabilities of the level: how many months speak.
        mean: 5, 50 and 95 percent of the mean a month.
    """

    level: str
    months: float
    mean: tuple[float, float, float]


def by_momentum(losses: Monthly, position: Monthly, fit: Fit, seed: int) -> tuple[Losses, ...]:
    """Mean losses a month at each level.

    Args:
        losses: a flow by month.
        position: the series that was fitted.
        fit: of its changes.
        seed: of the weights.

    Raises:
        ArgumentError: fewer than `FEWEST` months are in both series.
    """
    known = dict(zip(losses.months, losses.values, strict=True))
    days, _ = position.changes
    value = np.array([known.get(day, np.nan) for day in days])
    both = np.isfinite(value)
    if both.sum() < FEWEST:
        raise ArgumentError(f"{losses.origin.file}: {int(both.sum())} of its months are months of "
                            f"the position too, and {FEWEST} are needed.")
    p = fit.parameters
    probability = smoothed(forward(fit.data, p)[1], np.asarray(p.rows))[:, both]
    weight = np.random.default_rng(seed).dirichlet(np.ones(int(both.sum())), len(probability))
    joint = probability * weight[:, :, None]
    mean = np.einsum("dtr,t->dr", joint, value[both]) / np.maximum(joint.sum(axis=1), 1e-300)
    months = probability.mean(axis=0).sum(axis=0)
    found = []
    for i, level in enumerate(fit.structure.levels):
        low, middle, high = np.quantile(mean[:, i], [0.05, 0.5, 0.95]).tolist()
        found.append(Losses(level, float(months[i]), (low, middle, high)))
    return tuple(found)


def circular(losses: Monthly) -> bool:
    """Whether the losses are known to be estimated from territory."""
    text = f"{losses.name} {losses.origin.citation}".lower()
    return any(word in text for word in CIRCULAR)
