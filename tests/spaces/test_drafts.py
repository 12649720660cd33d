"""Drafts of provisions: every one of them, once, and judged without rounding."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zopa.core.errors import ArgumentError
from zopa.spaces import drafts as module
from zopa.spaces.drafts import Drafts, Frontier, blocks, members, satisfied, tally, undominated


def made(seed: int, parties: int, count: int) -> Drafts:
    rng = np.random.default_rng(seed)
    groups = tuple(tuple(map(int, rng.choice(count, 2, replace=False)))
                   for _ in range(rng.integers(0, 3))) if count > 1 else ()
    return Drafts(rng.integers(0, 6, (parties, count)), rng.integers(0, 6, parties),
                  rng.random(parties) < 0.8, groups, tuple(map(int, rng.integers(0, 2, count))))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(1, 6))
def test_counts_and_frontier_are_those_of_brute_force(
        seed: int, parties: int, count: int) -> None:
    drafts = made(seed, parties, count)
    there = [held for size in range(1, count + 1)
             for held in itertools.combinations(range(count), size)
             if not any(set(group) <= set(held) for group in drafts.exclusive)]
    found = list(blocks(drafts))
    masks = np.concatenate([block.mask for block in found])
    assert sorted(map(members, map(int, masks))) == sorted(there)
    fine = [all(drafts.score[i, list(held)].sum() >= drafts.threshold[i] * len(held)
                for i in range(parties) if drafts.asks[i]) for held in there]
    total = tally(drafts, found[0])
    for block in found[1:]:
        total += tally(drafts, block)
    assert (total.drafts, total.satisfying) == (len(there), sum(fine))
    edge = Frontier(parties)
    for block in found:
        edge.add(block)
    rows = {(*(drafts.score[:, list(held)].sum(axis=1) / len(held)), len(held)) for held in there}
    best = {a for a in rows if not any(a != b and all(y >= x for x, y in zip(a, b, strict=True))
                                       for b in rows)}
    shown = edge.found()
    assert {(*mean, n) for mean, n in zip(map(tuple, shown.mean.tolist()),
                                          shown.number.tolist(), strict=True)} == best
    means = {row[:-1] for row in rows}
    top = {a for a in means if not any(a != b and all(y >= x for x, y in zip(a, b, strict=True))
                                       for b in means)}
    assert {tuple(mean) for mean in shown.mean[shown.in_mean].tolist()} == top


def test_blocks_are_small_and_together_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = made(1, 2, 6)
    whole = np.concatenate([block.mask for block in blocks(drafts)])
    monkeypatch.setattr(module, "LOW", 2)
    parts = list(blocks(drafts))
    assert max(len(block.mask) for block in parts) <= 4
    assert (np.concatenate([block.mask for block in parts]) == whole).all()


def test_a_party_without_a_threshold_is_always_satisfied() -> None:
    drafts = Drafts(np.array([[0, 0]]), np.array([5]), np.array([False]), (), (0, 0))
    assert all(satisfied(drafts, block).all() for block in blocks(drafts))


def test_undominated_keeps_the_first_of_equal_rows() -> None:
    rows = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0], [1.0, 1.0]])
    assert undominated(rows).tolist() == [0, 1]


def test_what_cannot_be_enumerated_is_refused() -> None:
    ones = np.ones((1, 40), dtype=np.int64)
    with pytest.raises(ArgumentError, match="40 provisions make"):
        Drafts(ones, np.array([1]), np.array([True]), (), (0,) * 40)
    with pytest.raises(ArgumentError, match="`exclusive`"):
        Drafts(ones[:, :2], np.array([1]), np.array([True]), ((0, 7),), (0, 0))
