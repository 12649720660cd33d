"""First-order indices from given data, against the closed form of the Ishigami function."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from zopa.questions.sensitivity import (
    classes,
    conditional,
    first_order,
    index,
    noise,
    partition,
)

N = 16384
POINTS = qmc.Sobol(4, rng=np.random.default_rng(5)).random(N).T
EVEN = np.full(N, 1.0 / N)


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami and Homma (1990), a = 7, b = 0.1; S = 0.3139, 0.4424, 0."""
    a, b, c = 2.0 * np.pi * x[:3] - np.pi
    return np.sin(a) + 7.0 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def test_indices_of_the_ishigami_function() -> None:
    found = first_order(ishigami(POINTS), POINTS, EVEN)
    assert found == pytest.approx([0.3139, 0.4424, 0.0, 0.0], abs=0.02)


def test_weights_change_the_distribution_that_the_index_speaks_of() -> None:
    # y = x0 + x1 with x1 held near its middle by the weights: x0 explains nearly all
    x = POINTS[:2]
    weight = np.where(np.abs(x[1] - 0.5) < 0.05, 1.0, 0.0)
    found = first_order(x[0] + x[1], x, weight / weight.sum())
    assert found[0] > 0.94 and found[1] < 0.05


def test_an_input_that_does_not_matter_has_mean_zero_and_the_stated_noise() -> None:
    random = np.random.default_rng(1)
    n = 512
    weight = np.full(n, 1.0 / n)
    found = np.array([first_order(random.normal(size=n), random.uniform(size=(1, n)), weight)[0]
                      for _ in range(300)])
    expected = noise(n, classes(n))
    assert abs(found.mean()) < 4.0 * expected / np.sqrt(300)
    assert found.std() == pytest.approx(expected, rel=0.2)


def test_interval_holds_the_index_and_is_narrow_where_there_are_many_draws() -> None:
    found = index(POINTS[0] + POINTS[1], POINTS[0], EVEN)
    assert found.low < 0.5 < found.high and found.high - found.low < 0.05
    assert found.informative


def test_too_few_draws_give_no_index() -> None:
    few = index(np.array([0.0, 1.0, 1.0]), np.arange(3.0), np.full(3, 1 / 3))
    assert (few.low, few.high) == (0.0, 1.0) and not few.informative


def test_what_does_not_vary_has_no_index() -> None:
    assert first_order(np.ones(N), POINTS, EVEN).tolist() == [0.0] * 4
    constant = np.vstack([POINTS[0], np.ones(N)])
    assert first_order(POINTS[0], constant, EVEN)[1] == 0.0


def test_draws_without_an_answer_are_left_out() -> None:
    answer = POINTS[0].copy()
    answer[::2] = np.nan
    assert first_order(answer, POINTS[:2], EVEN)[0] > 0.98


def test_classes_hold_equal_weight() -> None:
    weight = np.linspace(1.0, 3.0, N) / np.linspace(1.0, 3.0, N).sum()
    member = partition(POINTS[0], weight, 8)
    assert np.bincount(member, weight, 8) == pytest.approx(np.full(8, 0.125), abs=1e-3)
    x, y = conditional(2.0 * POINTS[0], POINTS[0], weight, 8)
    assert y == pytest.approx(2.0 * x) and (np.diff(x) > 0).all()


def test_with_1024_draws_the_intervals_hold_the_indices() -> None:
    """Of a function that rises and falls along its inputs, and of a straight line."""
    line = np.array([3.0, 2.0, 1.0, 0.0])
    held = np.zeros(7)
    for seed in range(10):
        x = qmc.Sobol(4, rng=np.random.default_rng(seed)).random(1024).T
        even = np.full(1024, 1.0 / 1024)
        waves = [index(ishigami(x), x[j], even) for j in range(3)]
        straight = [index(line @ x, x[j], even) for j in range(4)]
        true = [0.3139, 0.4424, 0.0, *(line**2 / (line @ line))]
        held += [found.low - 1e-9 <= s <= found.high + 1e-9
                 for found, s in zip([*waves, *straight], true, strict=True)]
    assert (held >= 8).all()
