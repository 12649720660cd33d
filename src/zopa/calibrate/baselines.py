"""What a forecast of the position must beat: rules that know the series and no momentum.

Each gives the whole distribution of S, the change over the next h months, from the changes y_1..y_T
so far; n is how many the rule uses (all, or the last `RECENT`).

    stays         S ~ t_n(0, h mean(y^2))                    the position stays
    goes on       S ~ t_(n-1)(h y_T, e_h)                    the last month's change goes on
    drift         S ~ t_(n-1)(h m, (h + h^2/n) s^2)          random walk with drift
    AR(1)         S ~ t_(n-3)(h m + (y_T - m) w_h, s^2 sum_(j<=h) w_j'^2)
    climatology   the changes over h months seen so far, smoothed by a Gaussian kernel

m and s are mean and standard deviation of the changes (of AR(1): of its residuals, and its
long-run mean), e_h the mean squared error of the same rule over h months so far,
w_h = phi (1 - phi^h) / (1 - phi) and w_j' = (1 - phi^j) / (1 - phi).  All but `goes on` and
climatology come in two forms, with the whole series and with its last months: a rule that has
forgotten an early jump is the harder one to beat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.special import logsumexp

from zopa.calibrate.scores import Forecast

Floats = NDArray[np.float64]
RECENT = 12
POINTS = 2001
FEWEST = 6
"""Past errors or changes over h months below which a rule goes by the months one by one."""


@dataclass(frozen=True)
class Baseline:
    """A rule.

    Attributes:
        name: in tables.
        forecast: `(changes, months) -> Forecast`; changes without gaps at their end.
    """

    name: str
    forecast: Callable[[Floats, int], Forecast]


def student(middle: float, variance: float, freedom: int) -> Forecast:
    """A Student t with this middle and this squared scale."""
    law = stats.t(max(freedom, 3), middle, np.sqrt(max(variance, 1e-300)))
    return Forecast(law.ppf((np.arange(POINTS) + 0.5) / POINTS),
                    lambda value: float(law.logpdf(value)))


def stays(y: Floats, months: int) -> Forecast:
    """The position stays."""
    known = _known(y)
    return student(0.0, months * float((known**2).mean()), known.size)


def goes_on(y: Floats, months: int) -> Forecast:
    """The last month's change goes on."""
    sums = _sums(y, months)
    # the error of month t's forecast: the h months after it less h times its change
    errors = sums[1:] - months * y[:-1][:sums.size - 1]
    errors = errors[np.isfinite(errors)]
    if errors.size >= FEWEST:
        return student(months * float(y[-1]), float((errors**2).mean()), errors.size)
    steps = np.diff(y)
    steps = steps[np.isfinite(steps)]
    weight = float((np.arange(1, months + 1) ** 2).sum())
    return student(months * float(y[-1]), weight * float((steps**2).mean()), steps.size)


def drift(y: Floats, months: int) -> Forecast:
    """Random walk with drift."""
    known = _known(y)
    n = known.size
    variance = (months + months**2 / n) * float(known.var(ddof=1))
    return student(months * float(known.mean()), variance, n - 1)


def autoregression(y: Floats, months: int) -> Forecast:
    """AR(1), by least squares, its coefficient held within 0.98 of zero."""
    before, after = y[:-1], y[1:]
    both = np.isfinite(before) & np.isfinite(after)
    before, after = before[both], after[both]
    if before.size < 4 or np.ptp(before) == 0:
        return drift(y, months)
    centred = before - before.mean()
    phi = float(np.clip(centred @ (after - after.mean()) / (centred @ centred), -0.98, 0.98))
    constant = float(after.mean() - phi * before.mean())
    residual = after - constant - phi * before
    s2 = float((residual**2).sum()) / max(after.size - 2, 1)
    level = constant / (1 - phi)
    at = np.arange(1, months + 1)
    weights = (1 - phi**at) / (1 - phi)
    middle = months * level + (float(y[-1]) - level) * phi * float(weights[-1])
    return student(middle, s2 * float((weights**2).sum()), after.size - 2)


def climatology(y: Floats, months: int) -> Forecast:
    """The changes over as many months seen so far, smoothed."""
    sums = _sums(y, months)
    sums = sums[np.isfinite(sums)]
    if sums.size < FEWEST:
        return drift(y, months)
    quarter = float(np.subtract(*np.quantile(sums, [0.75, 0.25]))) / 1.349
    narrow = min(float(sums.std(ddof=1)), quarter) or float(sums.std(ddof=1)) or 1.0
    width = 0.9 * narrow * sums.size ** -0.2
    each = stats.norm.ppf((np.arange(101) + 0.5) / 101)
    points = np.sort((sums[:, None] + width * each).ravel())

    def log_density(value: float) -> float:
        away = (value - sums) / width
        return float(logsumexp(-0.5 * away**2) - np.log(sums.size * width * np.sqrt(2 * np.pi)))

    return Forecast(points, log_density)


def _recent(rule: Callable[[Floats, int], Forecast]) -> Callable[[Floats, int], Forecast]:
    return lambda y, months: rule(y[-RECENT:], months)


BASELINES = (
    Baseline("stays", stays),
    Baseline("stays, last 12 months", _recent(stays)),
    Baseline("goes on", goes_on),
    Baseline("drift", drift),
    Baseline("drift, last 12 months", _recent(drift)),
    Baseline("AR(1)", autoregression),
    Baseline("AR(1), last 12 months", _recent(autoregression)),
    Baseline("climatology", climatology),
)


def _known(y: Floats) -> Floats:
    return y[np.isfinite(y)]


def _sums(y: Floats, months: int) -> Floats:
    """Changes over so many neighbouring months; NaN where one is unknown."""
    if y.size < months:
        return np.empty(0)
    return np.convolve(y, np.ones(months), mode="valid")
