"""One calibration of a battlefield, from a series to joint draws of a scenario's numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import forward
from zopa.calibrate.battlefield_fit import LONG, Fit, Sampler, fit
from zopa.calibrate.battlefield_grid import Grid
from zopa.calibrate.battlefield_paths import ahead
from zopa.calibrate.checks import Limits
from zopa.calibrate.checks_predictive import Checked, predictive
from zopa.calibrate.posterior import KEPT, Fitted, Posterior, kept
from zopa.calibrate.priors_power import Sensitivity, sensitivities
from zopa.calibrate.scenario_levels import Asked
from zopa.calibrate.series import Monthly, Series, monthly
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
NAME = "battlefield"
MODEL = "regime-switching net change a month with rare jumps, fitted by NUTS"
PATHS = 4
SHOWN = (1, 12)


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A calibrated battlefield.

    Attributes:
        series: by month, as far as it was used.
        asked: levels, cells and moves.
        fit: the draws.
        grid: they in whole cells, for the rows of `posterior`; None in the form with memory.
        posterior: joint draws of the scenario's numbers; None in the form with memory.
        checks: posterior predictive.
        sensitivities: to prior and series.
        now: `(level,)`, probability of each level in the last month.
        ahead: months -> 5, 50 and 95 percent quantiles of the change by the fit.
        on_grid: months -> mean and sd of the change in whole cells.
        notes: on the data, in sentences.
    """

    series: Monthly
    asked: Asked
    fit: Fit
    grid: Grid | None
    posterior: Posterior | None
    checks: tuple[Checked, ...]
    sensitivities: tuple[Sensitivity, ...]
    now: Floats
    ahead: dict[int, Floats]
    on_grid: dict[int, tuple[float, float]]
    notes: tuple[str, ...]


def calibrate(series: Series, asked: Asked, seed: int = 0, since: dt.date | None = None,
              until: dt.date | None = None, sampler: Sampler = LONG,
              limits: Limits | None = None,
              tell: Callable[[int, int], None] | None = None) -> Calibrated:
    """Fit the battlefield to a series and translate it.

    1. Rows after `until` and after the scenario's date are not used.
    2. Months are made, the model fitted and its convergence checked.
    3. Evenly spaced draws are translated to moves in cells and become the posterior.

    Args:
        series: as read.
        asked: levels, cells and moves.
        seed: of everything random.
        since, until: dates of the rows to use.
        sampler, limits: of the fit; the usual limits where None.
        tell: called with steps done and their total.

    Raises:
        ArgumentError: the unit is not the position's, or the series is too short.
        NotConverged: see `checks`.
    """
    notes: list[str] = []
    last = min((day for day in (until, asked.date) if day is not None), default=None)
    if asked.date is not None and series.dates[-1] > asked.date and (
            until is None or until > asked.date):
        notes.append(f"Rows after {asked.date}, the date of the scenario, are not used.")
    if asked.unit is not None and series.unit and series.unit != asked.unit:
        raise ArgumentError(
            f"{series.origin.file}: its unit is {series.unit!r}, and that of war.position is "
            f"{asked.unit!r}. Give a series of the position itself, or change the unit.")
    months = monthly(series.between(since, last))
    days, y = months.changes
    fitted = fit(asked.structure, y, seed, sampler, limits=limits or Limits(), tell=tell,
                 what=series.origin.file)
    p = fitted.parameters
    _, filtered = forward(fitted.data, p)
    paths = ahead(p, fitted.data, fitted.scale, max(SHOWN), PATHS, np.random.default_rng(seed))
    grid, posterior, on_grid = None, None, {}
    if not asked.structure.memory:
        rows = np.unique(np.linspace(0, len(p.spread) - 1, min(KEPT, len(p.spread))).round()
                         .astype(int))
        grid = asked.grid(fitted, rows)
        paths_of, draws = grid.columns()
        origin = months.origin
        posterior = kept(NAME, "battlefield", paths_of, draws, Fitted(
            ((origin.file, origin.sha256),), months.months[0], months.months[-1], version("zopa"),
            seed, MODEL, origin.citation, origin.licence))
        on_grid = {h: grid.change(filtered[rows, -1], h) for h in SHOWN}
    return Calibrated(
        months, asked, fitted, grid, posterior, predictive(fitted, seed),
        sensitivities(fitted), filtered[:, -1].mean(axis=0),
        {h: np.quantile(paths.sums[:, h - 1], [0.05, 0.5, 0.95]) for h in SHOWN}, on_grid,
        (*months.notes, *notes))
