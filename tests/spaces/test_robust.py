"""Probabilities of packages, against brute force over draws and packages."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.known import Values, Weights
from zopa.spaces.robust import between, on_frontier, robust, robust_domain, wilson
from zopa.spaces.uncertain import Draws, Preferences, Uncertain


def uncertain(parties: int = 2, experts: int = 2, sizes: tuple[int, ...] = (3, 2, 3)) -> Uncertain:
    rng = np.random.default_rng(3)

    def order(n: int) -> tuple[tuple[int, ...], ...]:
        return tuple((int(j),) for j in rng.permutation(n))

    return Uncertain(
        tuple(f"p{i}" for i in range(parties)), tuple(f"i{j}" for j in range(len(sizes))),
        tuple(tuple(f"o{o}" for o in range(size)) for size in sizes),
        tuple(f"e{e}" for e in range(experts)),
        {(e, p): Preferences(Weights(len(sizes), order(len(sizes))),
                             tuple(Values(size, order(size)) for size in sizes), (0.3, 0.6))
         for e in range(experts) for p in range(parties)})


@pytest.mark.parametrize("parties", [2, 3])
def test_probabilities_are_those_of_brute_force(parties: int) -> None:
    draws = uncertain(parties).draws(20)
    packages = np.array(list(itertools.product(range(3), range(2), range(3))))
    found = robust(packages, draws)
    zone, edge = np.zeros((20, 18), dtype=bool), np.zeros((20, 18), dtype=bool)
    for k in range(20):
        u = draws.domain(k).utilities(packages)
        for p in range(18):
            zone[k, p] = (u[:, p] >= draws.reservation[:, k]).all()
            edge[k, p] = not any((u[:, q] >= u[:, p]).all() and (u[:, q] > u[:, p]).any()
                                 for q in range(18))
    assert found.zone.share == pytest.approx(zone.mean(axis=0))
    assert found.frontier.share == pytest.approx(edge.mean(axis=0))
    assert found.both.share == pytest.approx((zone & edge).mean(axis=0))
    assert found.some_zone == pytest.approx(zone.any(axis=1).mean())
    assert found.zone.by_expert[1] == pytest.approx(zone[1::2].mean(axis=0))
    for p in range(18):
        told = between(zone[:, p].astype(float), np.arange(20) % 2)
        assert found.zone.between[p] == pytest.approx(told, nan_ok=True)
    assert (np.diff(found.both.share[found.order]) <= 0).all()
    assert found.all_packages


def test_candidates_have_the_probabilities_they_have_among_all() -> None:
    draws = uncertain(3, sizes=(4, 3, 4, 2)).draws(40)
    every = robust_domain(draws.mean(), draws)
    some = robust_domain(draws.mean(), draws, most=10)
    assert every.all_packages and not some.all_packages and some.some_zone is None
    assert some.exact == 1.0
    whole = {tuple(p): (z, f) for p, z, f in zip(
        every.packages.tolist(), every.zone.share, every.frontier.share, strict=True)}
    assert {tuple(p) for p in some.packages.tolist()} == {p for p, (_, f) in whole.items() if f}
    for p, z, f in zip(some.packages.tolist(), some.zone.share, some.frontier.share, strict=True):
        assert whole[tuple(p)] == (z, f)


def test_forbidden_packages_count_nowhere() -> None:
    draws = uncertain().draws(20)
    mean = draws.mean()
    cut = Domain(mean.parties, mean.issues, mean.options, mean.worth,
                 forbidden=(Forbidden((0, 1), ((0,), (0, 1))),))
    for most in (100, 5):
        found = robust_domain(cut, draws, most)
        assert (found.packages[:, 0] != 0).all()
        assert found.frontier.share.max() > 0


def test_equal_packages_are_all_on_the_frontier() -> None:
    assert on_frontier(np.array([[1.0, 1.0, 0.0, 2.0, 1.0], [1.0, 1.0, 3.0, 0.0, 0.5]])).tolist(
        ) == [True, True, True, True, False]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(1, 12), st.integers(0, 10_000))
def test_on_frontier_is_brute_force(parties: int, packages: int, seed: int) -> None:
    u = np.random.default_rng(seed).integers(0, 4, (parties, packages)).astype(float)
    expected = [not any((u[:, q] >= u[:, p]).all() and (u[:, q] > u[:, p]).any()
                        for q in range(packages)) for p in range(packages)]
    assert on_frontier(u).tolist() == expected


def test_what_is_certain_has_no_spread() -> None:
    worth = np.array([[[1.0], [0.0]], [[1.0], [0.0]]]).repeat(8, axis=2)
    draws = Draws(("a", "b"), ("i",), (("x", "y"),), (worth,), np.full((2, 8), 0.5),
                  np.ones((2, 1, 8)), np.zeros((2, 8), dtype=np.int64))
    found = robust(np.array([[0], [1]]), draws)
    assert found.zone.share.tolist() == [1.0, 0.0] == found.frontier.share.tolist()
    assert np.isnan(found.zone.between).all()
    assert found.zone.low[0] < 1.0 == found.zone.high[0]


def test_between_experts_is_all_nothing_or_a_part() -> None:
    group = np.arange(1000) % 2
    noise = np.random.default_rng(0).normal(size=1000)
    assert between(group.astype(float), group) == 1.0
    assert between(noise, group) < 0.01
    assert between(noise + 2 * group, group) == pytest.approx(0.5, abs=0.05)


def test_wilson_is_the_textbook_interval() -> None:
    low, high = wilson(np.array([0.0, 0.5, 1.0]), 100)
    assert low == pytest.approx([0.0, 0.40383, 0.963006], abs=1e-5)
    assert high == pytest.approx([0.036994, 0.59617, 1.0], abs=1e-5)


def test_what_cannot_be_asked() -> None:
    draws = uncertain().draws(4)
    with pytest.raises(ArgumentError, match="no package"):
        robust(np.zeros((0, 3), dtype=np.int64), draws)
    mean = draws.mean()
    ruled = Domain(mean.parties, mean.issues, mean.options, mean.worth,
                   (Rule((0, 1), ((0,), (0,)), np.ones(2)),))
    with pytest.raises(ArgumentError, match="rules"):
        robust_domain(ruled, draws)
