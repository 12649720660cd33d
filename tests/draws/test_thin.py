"""Fewer draws that stand for all of them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.tiny import tiny_study
from zopa.draws.thin import thin, threshold


def test_equal_weights_keep_the_first_points_of_the_sequence() -> None:
    chosen, weight = thin(np.full(64, 1 / 64), 16, seed=3)
    assert chosen.tolist() == list(range(16))
    assert weight == pytest.approx(np.full(16, 1 / 16))


def test_nothing_to_thin_changes_nothing() -> None:
    weight = np.array([0.5, 0.2, 0.3])
    chosen, kept = thin(weight, 4, seed=0)
    assert chosen.tolist() == [0, 1, 2]
    assert kept.tolist() == weight.tolist()


def test_draws_without_weight_are_left_out() -> None:
    chosen, kept = thin(np.array([0.0, 0.6, 0.0, 0.4]), 3, seed=0)
    assert chosen.tolist() == [1, 3]
    assert kept.tolist() == [0.6, 0.4]


@pytest.mark.parametrize("most", [1, 5, 40, 99])
def test_the_threshold_solves_its_equation(most: int) -> None:
    share = np.random.default_rng(most).dirichlet(np.full(100, 0.2))
    limit = threshold(share, most)
    assert np.minimum(share / limit, 1.0).sum() == pytest.approx(most, rel=1e-9)


def test_large_weights_are_kept_and_no_draw_twice() -> None:
    weight = np.random.default_rng(1).dirichlet(np.full(300, 0.1))
    chosen, kept = thin(weight, 50, seed=0)
    assert len(set(chosen.tolist())) == len(chosen) == 50
    assert kept.sum() == pytest.approx(1.0)
    limit = threshold(weight, 50)
    assert set(np.flatnonzero(weight >= limit)) <= set(chosen.tolist())


def test_weighted_sums_are_kept_on_average() -> None:
    random = np.random.default_rng(7)
    weight, values = random.dirichlet(np.full(200, 0.3)), random.normal(size=200)
    sums = []
    for seed in range(400):
        chosen, kept = thin(weight, 40, seed)
        sums.append(float((values[chosen] * kept).sum()))
    error = np.std(sums) / np.sqrt(len(sums))
    assert np.mean(sums) == pytest.approx(float((values * weight).sum()), abs=4 * error)


def test_a_thinned_study_has_distinct_draws_of_the_whole_one() -> None:
    study = tiny_study(draws=32)
    uneven = study.reweighted(np.random.default_rng(0).dirichlet(np.full(32, 0.5)), ())
    few = uneven.thinned(8)
    costs = study.draws["war.costs.north.base"]
    assert len(few.draws) == 8 == len(set(few.draws["war.costs.north.base"]))
    assert set(few.draws["war.costs.north.base"]) <= set(costs)
    assert few.weight.sum() == pytest.approx(1.0)
    assert uneven.thinned(8) is few
    assert study.thinned(32) is study
    assert study.thinned(8).weight == pytest.approx(np.full(8, 1 / 8))
