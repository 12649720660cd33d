"""Counts by halves and their bounds, against listing every package."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import zopa.spaces.counting as module
from tests.spaces.random_domains import domains, every_package, made
from zopa.spaces.counting import Cloud, count, linked, total
from zopa.spaces.domain import Domain
from zopa.spaces.ties import slack

LEVELS = st.sampled_from([-0.1, 0.0, 0.3, 0.5, 0.7, 1.0, 1.1])


def listed(domain: Domain, floor: np.ndarray) -> int:
    utility = domain.utilities(every_package(domain))
    return int((utility >= floor[:, None]).all(axis=0).sum())


def floors(domain: Domain, level: float) -> np.ndarray:
    utility = domain.utilities(every_package(domain))
    low, high = utility.min(axis=1), utility.max(axis=1)
    return low + level * (high - low) - slack(domain)


@given(domains(most_parties=2), LEVELS, st.booleans())
@settings(max_examples=150)
def test_halves_count_what_listing_counts(domain: Domain, level: float, one: bool) -> None:
    assume(len(every_package(domain)))
    floor = floors(domain, level)
    if one:
        floor[0] = -np.inf
    found = count(domain, floor)
    assert found.exact == listed(domain, floor)
    assert total(domain).exact == len(every_package(domain))


@given(domains(), LEVELS)
@settings(max_examples=60)
def test_bounds_hold_what_listing_counts(domain: Domain, level: float) -> None:
    assume(len(every_package(domain)))
    floor = floors(domain, level)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "HALF", 8)
        patch.setattr(module, "CELLS", 1 << 10)
        found = count(domain, floor)
    assert found.low <= listed(domain, floor) <= found.high


def test_bounds_close_in_on_the_count() -> None:
    domain = made(3, 3, (5, 5, 5, 5, 5), "real")
    floor = floors(domain, 0.4)
    exact = listed(domain, floor)
    widths = []
    for cells in (1 << 9, 1 << 15, 1 << 21):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "HALF", 8)
            patch.setattr(module, "CELLS", cells)
            found = count(domain, floor)
        assert found.low <= exact <= found.high
        widths.append(found.high - found.low)
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] < 0.2 * exact


def test_a_space_too_large_to_list() -> None:
    # 30 issues of 3 options worth (0, 1, 2) to one party and (2, 1, 0) to the other: the number of
    # packages with sum s is a trinomial coefficient, and both floors together leave a window
    issues = 30
    worth = np.array([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]])
    domain = Domain(("a", "b"), tuple(f"i{n}" for n in range(issues)), (("x", "y", "z"),) * issues,
                    (worth,) * issues)
    ways = np.array([1], dtype=object)
    for _ in range(issues):
        ways = np.convolve(ways, np.array([1, 1, 1], dtype=object))
    found = count(domain, np.array([25.0, 22.0]))
    assert found.exact == sum(int(number) for number in ways[25:39])
    assert total(domain).exact == 3 ** issues == domain.size


def test_independent_sums_of_two_parties() -> None:
    # the first party cares for the first five issues, the other for the rest: counts multiply
    rng = np.random.default_rng(0)
    own = rng.normal(size=(10, 10))
    worth = tuple(np.stack([row if n < 5 else 0 * row, row if n >= 5 else 0 * row])
                  for n, row in enumerate(own))
    domain = Domain(("a", "b"), tuple(map(str, range(10))), (tuple(map(str, range(10))),) * 10,
                    worth)
    sums = [np.zeros(1), np.zeros(1)]
    for n, row in enumerate(own):
        sums[n // 5] = (sums[n // 5][:, None] + row).reshape(-1)
    floor = np.array([2.0, 1.0])
    expected = math.prod(int((part >= least).sum())
                         for part, least in zip(sums, floor, strict=True))
    assert count(domain, floor).exact == expected > 1_000_000


def test_ranks_counted_at_once_are_those_counted_one_by_one() -> None:
    rng = np.random.default_rng(1)
    for size in (1, 2, 7, 64, 100):
        rank = rng.integers(0, size, size)
        times = rng.integers(1, 5, size)
        until = rng.integers(0, size + 1, 50)
        least = rng.integers(0, size + 2, 50)
        found = module._at_least(rank, times, until, least)
        slow = [int(times[:u][rank[:u] >= q].sum()) for u, q in zip(until, least, strict=True)]
        assert found.tolist() == slow


def test_equal_sums_are_kept_once() -> None:
    cloud = module._merged(Cloud(np.array([[1.0, 0.0, 1.0], [2.0, 5.0, 2.0]]), np.array([1, 2, 4])))
    assert cloud.utility.T.tolist() == [[0.0, 5.0], [1.0, 2.0]]
    assert cloud.times.tolist() == [2, 5]


def test_linked_issues_are_counted_together() -> None:
    domain = made(8, 2, (2, 3, 2, 3), "real", rules=1, forbidden=1)
    groups = linked(domain)
    assert sorted(issue for group in groups for issue in group) == [0, 1, 2, 3]
    for box in (*domain.rules, *domain.forbidden):
        assert any(set(box.issues) <= set(group) for group in groups)
    # what is allowed does not depend on rules
    assert set(linked(domain, rules=False)) >= {
        (n,) for n in range(4) if n not in domain.forbidden[0].issues}
    assert total(domain).exact == len(every_package(domain))


@given(domains(rules=0, forbidden=6))
@settings(max_examples=60)
def test_what_constraints_leave_by_inclusion_and_exclusion(domain: Domain) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "JOINT", 0)
        assert total(domain).exact == len(every_package(domain))
        patch.setattr(module, "BOXES", 0)
        assert total(domain).low <= len(every_package(domain)) <= total(domain).high
