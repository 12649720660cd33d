"""Uniform draws from polytopes, against closed forms and against rejection."""

from __future__ import annotations

import numpy as np
import pytest

from zopa.core.errors import ArgumentError
from zopa.spaces.polytope import Polytope, sample, simplex_draws


def simplex(count: int, low: float = 0.0, *rows: list[float]) -> Polytope:
    upper = np.array([*-np.eye(count), *rows])
    return Polytope(upper, np.concatenate([np.full(count, -low), np.zeros(len(rows))]),
                    np.ones((1, count)), np.ones(1))


@pytest.mark.parametrize("count", [2, 3, 8])
def test_hit_and_run_has_the_moments_of_the_simplex(count: int) -> None:
    drawn = sample(simplex(count), 4096, np.random.default_rng(1))
    assert drawn.method == "hit-and-run"
    assert drawn.points.sum(axis=1) == pytest.approx(np.ones(4096), abs=1e-9)
    assert drawn.points.min() >= -1e-9
    deviation = np.sqrt((count - 1) / (count * count * (count + 1)))
    assert abs(drawn.points.mean(axis=0) - 1 / count).max() < 4 * deviation / 64
    assert drawn.points.std(axis=0) == pytest.approx(np.full(count, deviation), rel=0.06)


def test_hit_and_run_under_an_order_has_rank_order_centroids() -> None:
    count = 6
    later = [list(row) for row in (np.eye(count, k=1) - np.eye(count))[:-1]]
    drawn = sample(simplex(count, 0.0, *later), 4096, np.random.default_rng(2)).points
    centroid = np.array([sum(1 / k for k in range(j, count + 1)) for j in range(1, count + 1)])
    error = drawn.std(axis=0) / 64
    assert (abs(drawn.mean(axis=0) - centroid / count) < 4 * error).all()
    assert (np.diff(drawn, axis=1) <= 1e-9).all()
    exact = simplex_draws(np.tril(np.ones((6, 6))) / np.arange(1, 7)[:, None], 40_000,
                          np.random.default_rng(3))
    assert exact.std(axis=0) == pytest.approx(drawn.std(axis=0), rel=0.06)


def test_hit_and_run_and_rejection_agree() -> None:
    body = simplex(4, 0.05, [1.0, -0.5, 0.0, 0.0])
    chains = sample(body, 4096, np.random.default_rng(4))
    taken = sample(body, 4096, np.random.default_rng(5),
                   lambda n, rng: rng.dirichlet(np.ones(4), n))
    assert (chains.method, taken.method) == ("hit-and-run", "rejection")
    error = np.hypot(chains.points.std(axis=0), taken.points.std(axis=0)) / 64
    assert (abs(chains.points.mean(axis=0) - taken.points.mean(axis=0)) < 4 * error).all()
    spread = float(np.cov(taken.points.T).max())
    assert np.cov(chains.points.T) == pytest.approx(
        np.cov(taken.points.T), abs=4 * np.sqrt(2) * spread / 64)
    assert body.holds(chains.points).all() and body.holds(taken.points).all()


def test_floors_that_use_everything_up_leave_a_point() -> None:
    drawn = sample(simplex(4, 0.25), 10, np.random.default_rng(0))
    assert drawn.method == "a point"
    assert drawn.points == pytest.approx(np.full((10, 4), 0.25), abs=1e-9)


def test_an_equality_hidden_in_inequalities_is_found() -> None:
    body = simplex(3, 0.0, [1.0, -1.0, 0.0], [-1.0, 1.0, 0.0])
    drawn = sample(body, 2048, np.random.default_rng(0)).points
    assert abs(drawn[:, 0] - drawn[:, 1]).max() < 1e-9
    assert drawn[:, 2].mean() == pytest.approx(0.5, abs=0.03)
    assert drawn[:, 2].std() == pytest.approx(12 ** -0.5, rel=0.05)


def test_nothing_that_fulfils_all_is_an_error() -> None:
    with pytest.raises(ArgumentError, match="nothing fulfils"):
        sample(simplex(3, 0.4), 10, np.random.default_rng(0))


def test_same_seed_same_draws() -> None:
    one, other = (sample(simplex(4, 0.1), 64, np.random.default_rng(9)).points for _ in range(2))
    assert (one == other).all()
