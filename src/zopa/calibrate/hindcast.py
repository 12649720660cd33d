"""Hindcast: forecasts from every month of a series, from what was known then, and their scores.

1. An origin is a month with at least `LEAST` changes up to it, and a month after it.
2. At each origin the battlefield model is fitted anew to the changes up to it: its scale, priors
   and draws use nothing later.  The chains are short (`SHORT`) but are the same sampler as in a
   calibration, so that no approximation stands between the two; convergence is demanded, and an
   origin that fails is fitted once more with `LONGER` times the draws.
3. Model and baselines give the distribution of the change over the next h months.
4. What came is scored by CRPS, log score, coverage and PIT (`scores`).

Origins fall into parts by the date F on which the model was frozen:

    developed   what came was seen by F
    across      the origin is F or before, what came is after it
    after       the origin is after F

Only `developed` may be looked at while the model changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.baselines import BASELINES
from zopa.calibrate.battlefield import LEAST, Structure, neighbours
from zopa.calibrate.battlefield_fit import SHORT, Fit, Sampler, fit
from zopa.calibrate.battlefield_paths import ahead
from zopa.calibrate.checks import Limits
from zopa.calibrate.scores import Forecast, Scored, score
from zopa.calibrate.series import Monthly
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
HORIZONS = (1, 3, 6, 12)
PATHS = 4
LONGER = 6
LIMITS = Limits(r_hat=1.05, ess=100.0, divergent=0.02)
LEVELS = ("falling", "steady", "rising")
REGIMES = "momentum"
REMEMBERED = "momentum with memory"
MODELS: dict[str, Structure] = {
    REGIMES: neighbours(LEVELS), REMEMBERED: neighbours(LEVELS, memory=True)}


@dataclass(frozen=True)
class Case:
    """One forecast and what came.

    Attributes:
        model: its name, of the model or of a baseline.
        origin: the last month that was known.
        months: how far ahead.
        came: change over these months.
        scored: its scores.
    """

    model: str
    origin: dt.date
    months: int
    came: float
    scored: Scored


@dataclass(frozen=True, eq=False)
class Hindcast:
    """Every forecast.

    Attributes:
        series: what was forecast.
        models: names of the models, then of the baselines.
        cases: in the order of origins, horizons and models.
        seed: of everything random.
    """

    series: Monthly
    models: tuple[str, ...]
    cases: tuple[Case, ...]
    horizons: tuple[int, ...]
    seed: int


def origins(series: Monthly, since: dt.date | None = None,
            until: dt.date | None = None) -> tuple[int, ...]:
    """Places among the months of `changes` from which forecasts are made.

    Raises:
        ArgumentError: there is none.
    """
    months, y = series.changes
    known = np.cumsum(np.isfinite(y))
    found = tuple(i for i in range(len(months) - 1)
                  if known[i] >= LEAST and np.isfinite(y[i])
                  and (since is None or months[i] >= since)
                  and (until is None or months[i] <= until))
    if not found:
        raise ArgumentError(
            f"{series.origin.file}: no month can be forecast from: {LEAST} monthly changes must be "
            f"known by then, and one after. The series has {int(known[-1]) if len(known) else 0}.")
    return found


def hindcast(series: Monthly, seed: int = 0, horizons: Sequence[int] = HORIZONS,
             since: dt.date | None = None, until: dt.date | None = None,
             models: dict[str, Structure] | None = None, sampler: Sampler = SHORT,
             limits: Limits | None = LIMITS,
             tell: Callable[[int, int], None] | None = None) -> Hindcast:
    """Forecasts from every origin, scored.

    Args:
        series: by month.
        seed: the same seed gives the same figures.
        horizons: months ahead.
        since, until: of the origins.
        models: name -> structure; `MODELS` where None.
        sampler: at each origin.
        limits: of convergence; nothing is demanded where None.
        tell: called with the fits done and their total.
    """
    chosen = models if models is not None else MODELS
    places = origins(series, since, until)
    months, y = series.changes
    cases: list[Case] = []
    for count, place in enumerate(places):
        known = y[:place + 1]
        number = months[place].year * 12 + months[place].month
        for at, (name, structure) in enumerate(chosen.items()):
            if tell is not None:
                tell(count * len(chosen) + at, len(places) * len(chosen))
            forecasts = from_origin(structure, known, max(horizons), seed + number, sampler, limits,
                                    f"{name} at {months[place]}")
            cases += _scored(name, forecasts, series, place, horizons)
        for baseline in BASELINES:
            cases += _scored(baseline.name, partial(baseline.forecast, known), series, place,
                             horizons)
    if tell is not None:
        tell(len(places) * len(chosen), len(places) * len(chosen))
    return Hindcast(series, (*chosen, *(b.name for b in BASELINES)), tuple(cases),
                    tuple(horizons), seed)


def from_origin(structure: Structure, known: Floats, months: int, seed: int, sampler: Sampler,
                limits: Limits | None, what: str) -> Callable[[int], Forecast]:
    """The model's forecasts from what is known: months ahead -> distribution."""
    fitted = _fitted(structure, known, seed, sampler, limits, what)
    paths = ahead(fitted.parameters, fitted.data, fitted.scale, months, PATHS,
                  np.random.default_rng(seed))

    def forecast(h: int) -> Forecast:
        return Forecast(np.sort(paths.sums[:, h - 1]), lambda value: paths.log_density(h, value))

    return forecast


def _fitted(structure: Structure, known: Floats, seed: int, sampler: Sampler,
            limits: Limits | None, what: str) -> Fit:
    first = fit(structure, known, seed, sampler)
    if limits is None or not first.convergence.faults(limits):
        return first
    longer = replace(sampler, draws=LONGER * sampler.draws)
    return fit(structure, known, seed + 1, longer, limits=limits, what=what)


def _scored(name: str, forecast: Callable[[int], Forecast], series: Monthly, place: int,
            horizons: Sequence[int]) -> list[Case]:
    """The scores of one model at one origin, of the horizons for which it is known what came."""
    months, y = series.changes
    found = []
    for h in horizons:
        if place + h >= len(y):
            continue
        if series.measure == "level":
            came = float(series.values[place + 1 + h] - series.values[place + 1])
        else:
            came = float(y[place + 1:place + 1 + h].sum())
        if np.isfinite(came):
            found.append(Case(name, months[place], h, came, score(forecast(h), came)))
    return found
