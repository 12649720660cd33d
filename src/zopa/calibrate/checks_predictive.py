"""Posterior predictive checks: does a fitted battlefield bring forth series like the one it saw?

A series as long as the observed one is drawn for each draw of the parameters, with the same gaps,
and statistics of the two are compared: p = P(T(replicated) <= T(observed)), ties counted half.  A p
within [0.05, 0.95] is unremarkable; outside it the model lacks something.
Reference: Gelman, A., Meng, X.-L. and Stern, H. (1996), Statistica Sinica 6(4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield_fit import Fit
from zopa.calibrate.battlefield_paths import series

Floats = NDArray[np.float64]
ORDINARY = (0.05, 0.95)


@dataclass(frozen=True)
class Checked:
    """One statistic.

    Attributes:
        name: what it is, with its unit.
        observed: of the series.
        low, high: 5 % and 95 % quantiles of the replicated series.
        p: see the module.
    """

    name: str
    observed: float
    low: float
    high: float
    p: float

    @property
    def ordinary(self) -> bool:
        """Whether the observed value is one that the model would bring forth."""
        return ORDINARY[0] <= self.p <= ORDINARY[1]


def mid_spread(y: Floats) -> Floats:
    """Distance between the 10 % and the 90 % quantile, of each row; jumps do not rule it."""
    low, high = np.nanquantile(y, [0.1, 0.9], axis=-1)
    result: Floats = high - low
    return result


def autocorrelation(y: Floats) -> Floats:
    """Correlation of neighbouring months, of each row."""
    return np.array([np.corrcoef(a, b)[0, 1] if len(a) > 2 else np.nan
                     for a, b in _neighbours(y)])


def persistence(y: Floats) -> Floats:
    """Correlation of the ranks of neighbouring months, of each row (jumps do not rule it)."""
    ranked = ((a.argsort().argsort(), b.argsort().argsort()) for a, b in _neighbours(y))
    return np.array([np.corrcoef(a, b)[0, 1] if len(a) > 2 else np.nan for a, b in ranked])


def _neighbours(y: Floats) -> Iterator[tuple[Floats, Floats]]:
    """For each row, the months whose next one is known, and those next ones."""
    for row in y:
        both = np.isfinite(row[:-1]) & np.isfinite(row[1:])
        yield row[:-1][both], row[1:][both]


STATISTICS: tuple[tuple[str, Callable[[Floats], Floats]], ...] = (
    ("standard deviation", lambda y: np.nanstd(y, axis=-1)),
    ("width from the 10 to the 90 percent quantile", mid_spread),
    ("correlation of neighbouring months, AR(1)", autocorrelation),
    ("correlation of neighbouring months (ranks)", persistence),
    ("largest month, either way", lambda y: np.nanmax(np.abs(y), axis=-1)),
    ("share of months with a gain", lambda y: np.nanmean(np.where(np.isnan(y), np.nan, y > 0),
                                                         axis=-1)),
)


def predictive(fit: Fit, seed: int) -> tuple[Checked, ...]:
    """Every statistic, observed and replicated."""
    rng = np.random.default_rng(seed)
    gaps = fit.data.seen == 0
    replicated = series(fit.parameters, fit.data.change.size, rng)[0] * fit.scale
    replicated[:, gaps] = np.nan
    observed = np.where(gaps, np.nan, fit.data.change * fit.scale)[None]
    found = []
    for name, statistic in STATISTICS:
        seen, drawn = float(statistic(observed)[0]), statistic(replicated)
        drawn = drawn[np.isfinite(drawn)]
        p = float((drawn < seen).mean() + 0.5 * (drawn == seen).mean())
        low, high = np.quantile(drawn, [0.05, 0.95])
        found.append(Checked(name, seen, float(low), float(high), p))
    return tuple(found)
