"""What `wars_replayed` takes from data at each date: a battlefield, and how wars ended before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import numpy as np

from zopa.calibrate.battlefield_fit import LONG as BATTLEFIELD
from zopa.calibrate.battlefield_fit import Sampler as BattlefieldSampler
from zopa.calibrate.battlefield_run import calibrate
from zopa.calibrate.checks import Limits
from zopa.calibrate.endings_data import AGES, ENDINGS, months_between, table
from zopa.calibrate.endings_fit import LONG, Fit, Sampler, fit
from zopa.calibrate.endings_forecast import ReferenceClass
from zopa.calibrate.endings_priors import class_rates, posterior
from zopa.calibrate.scenario_levels import from_scenario
from zopa.calibrate.series import Series
from zopa.calibrate.termination_file import TerminationFile
from zopa.calibrate.wars_replayed import AHEAD, Fits, Known
from zopa.core.errors import ArgumentError
from zopa.scenario.schema import Scenario

LIMITS = Limits(r_hat=1.05, ess=100.0, divergent=0.02)
"""As in the hindcast of the series: many fits, each of a short series."""


def from_data(series: Series, endings: TerminationFile, onset: dt.date,
              since: dt.date | None = None, seed: int = 0,
              samplers: tuple[BattlefieldSampler, Sampler] = (BATTLEFIELD, LONG),
              tell: Callable[[int, int], None] | None = None) -> Fits:
    """Fits of battlefield and endings to what was known at a date.

    Args:
        series: of the position.
        endings: how wars ended.
        onset: first day of the war, for its age.
        since: rows of the series before it are left out.
        seed: of the fits.
        samplers: of battlefield and endings.
        tell: called with the steps of a fit done and their total.
    """
    @cache
    def wars(last: dt.date) -> Fit:
        return fit(table(endings.wars, last), seed, samplers[1], limits=LIMITS, tell=tell)

    def known(scenario: Scenario, date: dt.date) -> Known:
        asked = from_scenario(scenario)
        ground = calibrate(series, asked, seed, since, date, samplers[0], LIMITS, tell)
        if ground.posterior is None:
            raise ArgumentError("a battlefield with memory has no place in a scenario.")
        last = min(date, endings.last)
        age = months_between(onset, date)
        of = ReferenceClass("interstate", max(a for a in AGES if a <= age), year=date.year)
        rates = class_rates(endings, wars(last), of, last)
        ends = posterior(endings, wars(last), rates, scenario, seed)
        monthly = rates.draws[:, ENDINGS.index("settled")]
        settled = {ahead: float(np.mean(1.0 - (1.0 - monthly) ** ahead)) for ahead in AHEAD}
        momentum = asked.structure.levels[int(np.argmax(ground.now))]
        return Known((ground.posterior, ends), momentum, settled)

    return known
