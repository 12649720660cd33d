"""Weighted expectations, quantiles and intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zopa.questions.spread import chance, effective, interval, mean, quantiles, spread

EVEN = np.full(4, 0.25)


def test_effective_draws_of_equal_and_of_unequal_weights() -> None:
    assert effective(np.full(8, 3.0)) == pytest.approx(8.0)
    assert effective(np.array([1.0, 0.0, 0.0])) == 1.0
    assert effective(np.array([2.0, 1.0, 1.0])) == pytest.approx(16.0 / 6.0)
    assert effective(np.zeros(3)) == 0.0


def test_mean_leaves_out_what_is_not_defined() -> None:
    assert mean(np.array([1.0, np.nan, 4.0]), np.array([0.25, 0.5, 0.25])) == 2.5
    assert math.isnan(mean(np.array([np.nan]), np.ones(1)))


def test_quantiles_are_linear_between_the_midpoints_of_the_steps() -> None:
    assert quantiles(np.array([3.0, 1.0, 2.0, 4.0]), EVEN, (0.125, 0.5, 0.875)) == [1.0, 2.5, 4.0]
    # a draw without weight is not there; twice the weight counts twice
    weight = np.array([0.5, 0.5, 0.0])
    assert quantiles(np.array([1.0, 2.0, 9.0]), weight, (0.5, 1.0)) == [1.5, 2.0]
    one, two = np.array([1.0, 2.0, 2.0]), np.array([1.0, 2.0])
    assert quantiles(one, np.full(3, 1 / 3), (0.9,)) == quantiles(two, np.array([1 / 3, 2 / 3]),
                                                                  (0.9,))


def test_quantiles_of_many_normal_draws() -> None:
    from scipy.special import ndtri

    values = ndtri((np.arange(4096) + 0.5) / 4096)
    found = spread(values, np.full(4096, 1 / 4096))
    assert found["median"] == pytest.approx(0.0, abs=1e-3)
    assert (found["low"], found["high"]) == pytest.approx((-1.6449, 1.6449), abs=2e-3)


def test_wilson_interval_of_indicators() -> None:
    # Wilson (1927): 3 of 10, 95 %
    found = chance(np.array([1.0] * 3 + [0.0] * 7), np.full(10, 0.1))
    assert found.probability == pytest.approx(0.3)
    assert (found.low, found.high) == pytest.approx((0.10779, 0.60322), abs=1e-5)


def test_interval_never_leaves_out_the_estimate_or_the_unit_interval() -> None:
    none = chance(np.zeros(16), np.full(16, 1 / 16))
    assert none.low == none.probability == 0.0 and 0.0 < none.high < 0.3
    every = chance(np.ones(16), np.full(16, 1 / 16))
    assert every.high == every.probability == 1.0 and 0.7 < every.low < 1.0


def test_the_same_probability_in_every_draw_has_no_monte_carlo_error() -> None:
    found = chance(np.full(8, 0.3), np.full(8, 0.125))
    assert (found.low, found.high) == pytest.approx((0.3, 0.3))
    half = interval(0.5, 0.01, 64)
    assert half[1] - half[0] < interval(0.5, 0.25, 64)[1] - 0.5


def test_what_cannot_be_evaluated_counts_neither_way() -> None:
    found = chance(np.array([1.0, np.nan, 0.0, np.nan]), EVEN)
    assert (found.probability, found.undecided) == (0.5, 0.5)
    nothing = chance(np.full(4, np.nan), EVEN)
    assert math.isnan(nothing.probability) and nothing.undecided == 1.0
