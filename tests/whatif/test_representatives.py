"""A handful of draws that stand for all of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zopa.whatif.representatives import representatives


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 10**6))
def test_they_are_draws_with_weight_and_their_weights_sum_to_one(count: int, most: int,
                                                                 seed: int) -> None:
    random = np.random.default_rng(seed)
    answers, weight = random.normal(size=(count, 3)), random.integers(0, 3, count) * 1.0
    weight[0] += 1.0
    chosen, share = representatives(answers, weight, most)
    assert 1 <= len(chosen) <= most and (np.diff(chosen) > 0).all()
    assert (weight[chosen] > 0).all() and np.isclose(share.sum(), 1.0) and (share > 0).all()
    again = representatives(answers, weight, most)
    np.testing.assert_array_equal(chosen, again[0])
    np.testing.assert_array_equal(share, again[1])


def test_all_draws_stand_for_themselves_where_they_are_few() -> None:
    chosen, share = representatives(np.arange(6.0).reshape(3, 2), np.array([1.0, 0.0, 3.0]), 4)
    np.testing.assert_array_equal(chosen, [0, 2])
    np.testing.assert_allclose(share, [0.25, 0.75])


def test_clusters_are_found_with_their_mass() -> None:
    random = np.random.default_rng(0)
    centres = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    owner = np.repeat([0, 1, 2], [50, 30, 20])
    answers = centres[owner] + random.normal(scale=0.1, size=(100, 2))
    chosen, share = representatives(answers, np.full(100, 0.01), 3)
    np.testing.assert_array_equal(owner[chosen], [0, 1, 2])
    np.testing.assert_allclose(share, [0.5, 0.3, 0.2])


def test_they_answer_nearer_to_all_draws_than_as_many_at_random() -> None:
    random = np.random.default_rng(1)
    answers = random.normal(size=(256, 5)) @ random.normal(size=(5, 5))
    weight = random.exponential(size=256)
    weight /= weight.sum()
    mean, deviation = weight @ answers, answers.std(axis=0)
    chosen, share = representatives(answers, weight, 6)
    theirs = np.abs((share @ answers[chosen] - mean) / deviation).mean()
    others = [np.abs((answers[random.choice(256, 6, p=weight)].mean(axis=0) - mean)
                     / deviation).mean() for _ in range(50)]
    assert theirs < np.median(others)


def test_what_is_not_known_does_not_decide_and_what_is_constant_does_not_count() -> None:
    answers = np.array([[0.0, np.nan, 5.0], [0.1, np.nan, 5.0], [9.0, 1.0, 5.0]])
    chosen, share = representatives(answers, np.ones(3) / 3, 2)
    np.testing.assert_allclose(share, [2 / 3, 1 / 3])
    assert chosen[1] == 2
    same = representatives(np.ones((5, 2)), np.ones(5), 3)
    assert len(same[0]) == 1 and same[1][0] == 1.0
