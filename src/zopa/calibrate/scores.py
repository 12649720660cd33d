"""Scores of probability forecasts, and what their difference is worth.

    CRPS(F, z)  =  E|X - z| - E|X - X'| / 2       X, X' from F; in the unit of z, smaller is better
    log score   =  log f(z)                       larger is better
    PIT         =  F(z)                           uniform where forecasts are calibrated

The difference of two forecasts' CRPS over origins, d_t, has the Diebold-Mariano interval

    mean(d) +- t_(n-1) sqrt(V / n) c,    V = g_0 + 2 sum_(j<h) (1 - j/h) g_j,
    c^-2 = (n + 1 - 2h + h (h - 1) / n) / n,

with g_j the autocovariances, since forecasts h months ahead from neighbouring origins overlap
(Bartlett's weights keep V positive), and c the small-sample factor.

References: Gneiting, T. and Raftery, A. (2007), JASA 102(477); Diebold, F. X. and Mariano, R. S.
(1995), Journal of Business and Economic Statistics 13(3); Newey, W. K. and West, K. D. (1987),
Econometrica 55(3); Harvey, D., Leybourne, S. and Newbold, P. (1997), International Journal of
Forecasting 13(2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Forecast:
    """A predictive distribution.

    Attributes:
        points: `(point,)`, equally likely values in order.
        log_density: of one value.
    """

    points: Floats
    log_density: Callable[[float], float]


@dataclass(frozen=True)
class Scored:
    """One forecast held against what came.

    Attributes:
        crps, log: scores.
        pit: probability of no more than what came.
        inside: whether the central 50 and 90 percent hold it.
        quantiles: 5, 25, 50, 75 and 95 percent of the forecast.
    """

    crps: float
    log: float
    pit: float
    inside: tuple[bool, bool]
    quantiles: tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Difference:
    """Mean difference of CRPS of a model and a baseline, with its interval; below 0 the model wins.

    Attributes:
        mean: over origins.
        low, high: at 95 percent; None where there are too few origins for the horizon.
    """

    mean: float
    low: float | None
    high: float | None


def crps(points: Floats, value: float) -> float:
    """CRPS of equally likely sorted points."""
    n = len(points)
    spread = float(np.sum((2.0 * np.arange(1, n + 1) - n - 1) * points)) / n**2
    return float(np.abs(points - value).mean()) - spread


def score(forecast: Forecast, value: float) -> Scored:
    """Every score of one forecast."""
    points = forecast.points
    quantiles = np.quantile(points, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    below = float((points < value).mean() + 0.5 * (points == value).mean())
    return Scored(crps(points, value), forecast.log_density(value), below,
                  (quantiles[1] <= value <= quantiles[3], quantiles[0] <= value <= quantiles[4]),
                  tuple(quantiles))


def coverage(hits: int, count: int) -> tuple[float, float]:
    """Clopper-Pearson interval of a share, as if the origins were independent.

    Reference: Clopper, C. J. and Pearson, E. S. (1934), Biometrika 26(4).
    """
    rest = (1.0 - LEVEL) / 2
    low = 0.0 if hits == 0 else float(stats.beta.ppf(rest, hits, count - hits + 1))
    high = 1.0 if hits == count else float(stats.beta.ppf(1 - rest, hits + 1, count - hits))
    return low, high


def difference(one: Floats, two: Floats, horizon: int) -> Difference:
    """Diebold-Mariano difference of two series of losses over the same origins, in order.

    Args:
        one, two: `(origin,)`, of the model and of the baseline.
        horizon: months ahead, h.
    """
    d = np.asarray(one) - np.asarray(two)
    n = len(d)
    mean = float(d.mean())
    factor = (n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n if n else 0.0
    if n < 4 or n <= horizon or factor <= 0:
        return Difference(mean, None, None)
    away = d - mean
    variance = float(away @ away) / n
    for lag in range(1, horizon):
        weight = 1.0 - lag / horizon
        variance += 2.0 * weight * float(away[lag:] @ away[:-lag]) / n
    half = float(stats.t.ppf(0.5 + LEVEL / 2, n - 1) * np.sqrt(max(variance, 0.0) / n / factor))
    return Difference(mean, mean - half, mean + half)
