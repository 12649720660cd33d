"""Scores against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from zopa.calibrate.scores import Forecast, coverage, crps, difference, score


def normal(mean: float, sd: float) -> Forecast:
    law = stats.norm(mean, sd)
    return Forecast(law.ppf((np.arange(4001) + 0.5) / 4001), lambda v: float(law.logpdf(v)))


@pytest.mark.parametrize("value", [-1.0, 0.3, 4.0])
def test_crps_of_a_normal(value: float) -> None:
    mean, sd = 0.5, 2.0
    z = (value - mean) / sd
    exact = sd * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi))
    assert crps(normal(mean, sd).points, value) == pytest.approx(exact, rel=1e-3)


def test_every_score() -> None:
    found = score(normal(0.0, 1.0), 1.0)
    assert found.log == pytest.approx(stats.norm.logpdf(1.0))
    assert found.pit == pytest.approx(stats.norm.cdf(1.0), abs=1e-3)
    assert found.inside == (False, True)
    assert found.quantiles[2] == pytest.approx(0, abs=1e-9)
    assert score(normal(0.0, 1.0), 2.0).inside == (False, False)


def test_crps_of_a_certain_forecast_is_its_error() -> None:
    assert crps(np.array([3.0, 3.0]), 5.0) == 2.0


def test_coverage() -> None:
    assert coverage(0, 9)[0] == 0 and coverage(9, 9)[1] == 1
    low, high = coverage(8, 10)
    test = stats.binomtest(8, 10).proportion_ci(method="exact")
    assert (low, high) == pytest.approx((test.low, test.high))


def test_difference_one_month_ahead_is_a_t_interval() -> None:
    rng = np.random.default_rng(0)
    one, two = rng.gamma(2, 1, 20), rng.gamma(2, 1, 20)
    found = difference(one, two, 1)
    d = one - two
    half = stats.t.ppf(0.975, 19) * d.std(ddof=1) / np.sqrt(20)
    assert (found.low, found.high) == pytest.approx((d.mean() - half, d.mean() + half))


def test_overlapping_horizons_widen_the_interval() -> None:
    smooth = np.convolve(np.random.default_rng(1).normal(0, 1, 45), np.ones(6), mode="valid")
    near, far = difference(smooth, 0 * smooth, 1), difference(smooth, 0 * smooth, 6)
    assert near.high is not None and far.high is not None
    assert far.high - far.mean > near.high - near.mean
    assert difference(smooth[:5], smooth[:5] * 0, 6).low is None
