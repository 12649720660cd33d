"""Weighted draws in a few numbers: expectation, quantiles, and the interval of a probability.

With weights w_d that sum to 1 over the draws in which x is defined (not NaN):

    mean           E[x] = sum_d w_d x_d
    effective n    n = 1 / sum_d w_d^2                                     (Kish 1965, section 8.2)
    quantile       the inverse of the weighted distribution function, linear between the midpoints
                   C_d - w_d / 2 of its steps, C the cumulated weights of the sorted draws
    interval       Wilson's score interval of p = E[x], x in [0, 1], with the effective number of
                   draws n* = n p (1 - p) / Var[x]

For indicators Var[x] = p (1 - p), so n* = n.  Where each draw leaves a probability, the variance is
smaller and the interval narrower.  The points of a Sobol sequence are more even than independent
ones, so the interval errs on the wide side.

References: Kish (1965), Survey Sampling; Wilson (1927), Journal of the American Statistical
Association 22:209-212.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Chance:
    """A probability over weighted draws.

    Attributes:
        probability: NaN where no draw can be evaluated.
        low, high: its 95 % Monte Carlo interval.
        undecided: share of the draws in which it cannot be evaluated.
    """

    probability: float
    low: float
    high: float
    undecided: float


def effective(weight: Floats) -> float:
    """Kish's effective number of draws, (sum w)^2 / sum w^2; 0 without any weight."""
    total = float(np.sum(weight))
    return 0.0 if total <= 0.0 else total ** 2 / float(np.sum(np.square(weight)))


def defined(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The values that are not NaN and carry weight, and their weights, which sum to 1."""
    values = np.asarray(values, dtype=float)
    known = ~np.isnan(values) & (weight > 0.0)
    kept = weight[known]
    total = kept.sum()
    return values[known], kept / total if total > 0.0 else kept


def mean(values: Floats, weight: Floats) -> float:
    """Expectation over the draws in which the values are defined; NaN where none is.

    Args:
        values: `(draw,)`.
        weight: `(draw,)`.
    """
    kept, share = defined(values, weight)
    return math.fsum(kept * share) / math.fsum(share) if len(kept) else math.nan


def means(values: Floats, weight: Floats) -> Floats:
    """`mean` along the last axis."""
    flat = np.asarray(values, dtype=float).reshape(-1, len(weight))
    return np.array([mean(row, weight) for row in flat]).reshape(np.shape(values)[:-1])


def quantiles(values: Floats, weight: Floats, levels: tuple[float, ...]) -> list[float]:
    """Weighted quantiles; NaN where no draw is defined."""
    kept, share = defined(values, weight)
    if not len(kept):
        return [math.nan] * len(levels)
    order = np.argsort(kept, kind="stable")
    ordered, steps = kept[order], share[order]
    middle = np.cumsum(steps) - 0.5 * steps
    return [float(np.interp(level, middle, ordered)) for level in levels]


def spread(values: Floats, weight: Floats) -> dict[str, float]:
    """Median and the 5 % and 95 % points over the weighted draws."""
    low, middle, high = quantiles(values, weight, (0.05, 0.5, 0.95))
    return {"median": middle, "low": low, "high": high}


def spreads(values: Floats, weight: Floats) -> list[dict[str, float]]:
    """`spread` of every row, to the bit.

    Args:
        values: `(row, draw)`.
        weight: `(draw,)`.
    """
    values = np.asarray(values, dtype=float)
    alive = weight > 0.0
    if not alive.any() or np.isnan(values[:, alive]).any():
        return [spread(row, weight) for row in values]
    kept = values[:, alive]
    share = weight[alive] / weight[alive].sum()
    order = np.argsort(kept, axis=1, kind="stable")
    ordered, steps = np.take_along_axis(kept, order, axis=1), share[order]
    middle = np.cumsum(steps, axis=1) - 0.5 * steps
    found = {name: _between(middle, ordered, level)
             for name, level in (("median", 0.5), ("low", 0.05), ("high", 0.95))}
    return [{name: float(column[n]) for name, column in found.items()}
            for n in range(len(values))]


def _between(x: Floats, y: Floats, level: float) -> Floats:
    """`numpy.interp(level, x, y)` of every row."""
    count = x.shape[1]
    place = (x <= level).sum(axis=1) - 1
    low = np.clip(place, 0, count - 1)[:, None]
    high = np.clip(place + 1, 0, count - 1)[:, None]
    x0, x1 = (np.take_along_axis(x, at, axis=1)[:, 0] for at in (low, high))
    y0, y1 = (np.take_along_axis(y, at, axis=1)[:, 0] for at in (low, high))
    inside = (place >= 0) & (place < count - 1) & (x0 != level)
    slope = (y1 - y0) / np.where(x1 > x0, x1 - x0, 1.0)
    return np.where(inside, slope * (level - x0) + y0, y0)


def chance(values: Floats, weight: Floats) -> Chance:
    """A probability from its value, in [0, 1], in every draw.

    Args:
        values: `(draw,)`, NaN where it cannot be evaluated: counted neither way.
        weight: `(draw,)`.
    """
    total = float(np.sum(weight))
    kept, share = defined(values, weight)
    known = float(np.sum(weight[~np.isnan(np.asarray(values, dtype=float))]))
    undecided = min(max(1.0 - known / total, 0.0), 1.0) if total > 0.0 else 1.0
    if undecided < 1e-12:
        undecided = 0.0
    if not len(kept):
        return Chance(math.nan, math.nan, math.nan, 1.0)
    p = min(max(math.fsum(kept * share) / math.fsum(share), 0.0), 1.0)
    low, high = interval(p, math.fsum(share * (kept - p) ** 2), effective(share))
    return Chance(p, low, high, undecided)


def interval(p: float, variance: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of p with n p (1 - p) / variance draws (n where p is 0 or 1)."""
    bernoulli = p * (1.0 - p)
    if bernoulli > 1e-15:
        if variance <= 1e-15:
            return p, p
        n = n * bernoulli / variance
    z = Z95 * Z95 / n
    centre = (p + 0.5 * z) / (1.0 + z)
    half = math.sqrt(z * bernoulli + 0.25 * z * z) / (1.0 + z)
    return min(max(centre - half, 0.0), p), max(min(centre + half, 1.0), p)
