"""Baselines: each a whole distribution, each by its formula."""

from __future__ import annotations

import numpy as np
import pytest

from tests.calibrate.made import changes
from zopa.calibrate.baselines import (
    BASELINES,
    Baseline,
    autoregression,
    climatology,
    drift,
    goes_on,
    stays,
)
from zopa.calibrate.scores import crps

Y = 100 * changes(30, 5)


@pytest.mark.parametrize("rule", BASELINES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("months", [1, 6, 12])
def test_a_baseline_is_a_distribution(rule: Baseline, months: int) -> None:
    forecast = rule.forecast(Y, months)
    assert (np.diff(forecast.points) >= 0).all()
    wide = np.ptp(forecast.points)
    at = np.linspace(forecast.points[0] - wide, forecast.points[-1] + wide, 1501)
    density = np.exp([forecast.log_density(value) for value in at])
    assert np.trapezoid(density, at) == pytest.approx(1, abs=0.02)
    assert np.isfinite(crps(forecast.points, 100.0))


def middle(points: np.ndarray) -> float:
    return float(np.median(points))


def test_centres() -> None:
    assert middle(stays(Y, 3).points) == pytest.approx(0, abs=1e-9)
    assert middle(goes_on(Y, 3).points) == pytest.approx(3 * Y[-1])
    assert middle(drift(Y, 3).points) == pytest.approx(3 * Y.mean())


def test_autoregression_by_least_squares() -> None:
    x = np.zeros(4000)
    noise = np.random.default_rng(0).normal(0, 1, 4000)
    for t in range(1, 4000):
        x[t] = 1.0 + 0.6 * x[t - 1] + noise[t]
    found = autoregression(x, 2).points
    ahead = 1 + 0.6 * x[-1]
    assert middle(found) == pytest.approx(ahead + 1 + 0.6 * ahead, abs=0.3)
    assert found.std() == pytest.approx(np.sqrt(1 + 1.6**2), rel=0.05)


def test_climatology_is_what_was_seen() -> None:
    found = climatology(Y, 3)
    sums = np.convolve(Y, np.ones(3), mode="valid")
    assert found.points.mean() == pytest.approx(sums.mean(), rel=0.01)


def test_gaps_do_not_stop_a_baseline() -> None:
    y = Y.copy()
    y[[3, 11]] = np.nan
    for rule in BASELINES:
        assert np.isfinite(rule.forecast(y, 6).points).all()


def test_only_the_last_months_of_the_recent_rules() -> None:
    changed = Y.copy()
    changed[:10] = 9000.0
    for rule in BASELINES:
        same = np.array_equal(rule.forecast(Y, 3).points, rule.forecast(changed, 3).points)
        assert same == ("last 12" in rule.name)
