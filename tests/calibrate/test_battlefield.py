"""The forward algorithm against summing over every path of momentum; paths against densities."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import stats

from tests.calibrate.made import TRUE, changes
from zopa.calibrate.battlefield import (
    Parameters,
    forward,
    log_density,
    neighbours,
    scale_of,
    scaled,
    smoothed,
)
from zopa.calibrate.battlefield_model import from_prior, parameters
from zopa.calibrate.battlefield_paths import ahead, series
from zopa.calibrate.priors import USUAL
from zopa.core.errors import ArgumentError

THREE = neighbours(("low", "mid", "high"), memory=True)


def drawn(count: int = 3) -> Parameters:
    return parameters(THREE, from_prior(THREE, USUAL, count, np.random.default_rng(4)))


def one(p: Parameters, draw: int) -> Parameters:
    return Parameters(*(np.asarray(part)[draw:draw + 1] for part in p))


def test_forward_and_smoothing_sum_over_every_path() -> None:
    y = np.array([0.3, np.nan, -2.0, 30.0, 0.5])
    data = scaled(y, 1.0)
    p = drawn(1)
    weights = {}
    for path in product(range(3), repeat=len(y)):
        total = -np.log(3)
        for t, level in enumerate(path):
            if t:
                total += np.log(max(p.rows[0, path[t - 1], level], 1e-300))
            if data.seen[t]:
                total += log_density(data.change[t], data.before[t], data.fresh[t], p)[0, level]
        weights[path] = np.exp(total)
    whole = sum(weights.values())
    likelihood, filtered = forward(data, p)
    assert likelihood[0] == pytest.approx(np.log(whole))
    smooth = smoothed(filtered, p.rows)
    for t in range(len(y)):
        for level in range(3):
            share = sum(w for path, w in weights.items() if path[t] == level) / whole
            assert smooth[0, t, level] == pytest.approx(share, abs=1e-12)
    assert np.allclose(filtered[0, -1], smooth[0, -1])


def test_filling_up_with_gaps_changes_nothing() -> None:
    y = changes(20, 0)
    p = drawn(4)
    assert np.allclose(forward(scaled(y, 1.0), p)[0], forward(scaled(y, 1.0, 48), p)[0])


def test_a_month_has_a_density_that_sums_to_one() -> None:
    p = one(drawn(), 1)
    at = np.linspace(-3000, 3000, 600_001)
    for before, fresh in ((0.0, 1.0), (20.0, 0.0)):
        density = np.exp(log_density(at, np.full_like(at, before), np.full_like(at, fresh), p))
        assert np.trapezoid(density, at, axis=0) == pytest.approx(np.ones(3), abs=1e-4)


def test_memory_of_a_jump_is_bounded() -> None:
    p = one(drawn(), 0)._replace(jump=np.full((1, 3), 1e-12))
    at = np.linspace(-20, 20, 40_001)
    density = np.exp(log_density(at, np.full_like(at, 500.0), np.zeros_like(at), p))[:, 1]
    mean = np.trapezoid(at * density, at)
    assert mean == pytest.approx(float((1 - p.memory[0]) * p.drift[0, 1] + 4 * p.memory[0]))


def test_series_have_the_moments_of_their_parameters() -> None:
    calm = Parameters(*(np.repeat(np.asarray(part), 4000, axis=0) for part in TRUE))
    calm = calm._replace(jump=np.full((4000, 2), 1e-12))
    drawn_changes, momentum = series(calm, 24, np.random.default_rng(0))
    up = drawn_changes[momentum == 1]
    assert up.mean() == pytest.approx(1.5, abs=0.02)
    assert up.std() == pytest.approx(0.6, abs=0.02)
    stay = ((momentum[:, 1:] == 1) & (momentum[:, :-1] == 1)).sum() / (momentum[:, :-1] == 1).sum()
    assert stay == pytest.approx(0.92, abs=0.01)


def test_the_density_of_a_sum_is_that_of_its_paths() -> None:
    p = Parameters(*(np.repeat(np.asarray(part), 500, axis=0) for part in TRUE))
    paths = ahead(p, scaled(changes(30, 1), 1.0), 50.0, 3, 40, np.random.default_rng(0))
    at = np.linspace(-400, 700, 56)
    exact = np.exp([paths.log_density(3, value) for value in at])
    counted = np.histogram(paths.sums[:, 2], bins=np.append(at - 10, at[-1] + 10))[0] / len(
        paths.sums) / 20
    assert np.abs(exact - counted).max() < 0.12 * exact.max()
    first = np.exp(paths.log_density(1, 60.0))
    _, filtered = forward(scaled(changes(30, 1), 1.0), TRUE)
    weight = filtered[0, -1] @ TRUE.rows[0]
    calm = stats.norm(TRUE.drift[0], TRUE.noise[0]).pdf(60.0 / 50)
    wild = stats.t(3, TRUE.drift[0], TRUE.spread[0]).pdf(60.0 / 50)
    assert first == pytest.approx(float(weight @ (0.99 * calm + 0.01 * wild)) / 50, rel=0.02)


def test_the_scale_is_not_ruled_by_jumps() -> None:
    y = np.random.default_rng(0).normal(0, 2, 60)
    y[7] = 900.0
    y[9] = np.nan
    assert scale_of(y) == pytest.approx(2, rel=0.3)
    flat = np.zeros(20)
    flat[:3] = 5.0
    assert scale_of(flat) == pytest.approx(0.75)
    with pytest.raises(ArgumentError, match="at least 12 monthly changes, but the series has 11"):
        scale_of(np.arange(11.0))
    with pytest.raises(ArgumentError, match="is the same"):
        scale_of(np.ones(20))


def test_priors_keep_levels_in_order_and_rows_whole() -> None:
    p = drawn(200)
    assert (np.diff(p.drift, axis=1) > 0).all()
    assert np.allclose(p.rows.sum(axis=2), 1)
    assert (p.rows[:, 0, 2] == 0).all()
    with pytest.raises(ArgumentError, match="at least two different names"):
        neighbours(("a", "a"))
