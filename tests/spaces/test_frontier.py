"""The frontier of a domain, against brute force, by whichever way it is found."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spaces.random_domains import by_definition, domains, every_package, made
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.frontier import enumerated, frontier


@given(domains(rules=3, forbidden=2), st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_enumeration_equals_brute_force(domain: Domain, block: int) -> None:
    packages = every_package(domain)
    if not len(packages):
        with pytest.raises(ArgumentError, match="constraints leave no package"):
            enumerated(domain, block=block)
        return
    utility = domain.utilities(packages).T
    expected = by_definition(utility)
    found = enumerated(domain, block=block)
    assert np.array_equal(found.utility, utility[expected])
    assert np.array_equal(found.packages, packages[expected])
    assert found.exact and found.method == "enumerated" and found.looked_at <= len(packages)


@given(domains(rules=3, forbidden=2, kinds=("whole", "real")))
@settings(max_examples=100, deadline=None)
def test_the_frontier_equals_brute_force(domain: Domain) -> None:
    packages = every_package(domain)
    if not len(packages):
        with pytest.raises(ArgumentError, match="constraints leave no package"):
            frontier(domain)
        return
    utility = domain.utilities(packages).T
    found = frontier(domain)
    assert np.array_equal(found.utility, utility[by_definition(utility)])
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)
    assert np.array_equal(found.upper, found.utility) and not found.epsilon.any()


@given(domains(rules=3, forbidden=2, kinds=("tenths",)))
@settings(max_examples=100, deadline=None)
def test_the_frontier_of_tenths_is_that_of_exact_tenths(domain: Domain) -> None:
    packages = every_package(domain)
    if not len(packages):
        return
    tenths = domain.utilities(packages).T.round(9) + 0.0
    found = frontier(domain)
    expected = tenths[by_definition(tenths)].tolist()
    assert sorted((found.utility.round(9) + 0.0).tolist()) == expected
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)


def test_what_is_merged_and_what_is_listed() -> None:
    for parties in (2, 3):
        found = frontier(made(1, parties, (10,) * 10, "real"))
        assert found.method == "merged" and found.looked_at < 10**6
    # so many constraints that merging would tell too many states apart
    rng = np.random.default_rng(0)
    ties = tuple(Forbidden((n, m), ((int(rng.integers(8)),), (int(rng.integers(8)),)))
                 for n in range(9) for m in range(n + 1, 9) for _ in range(2))
    domain = replace(made(4, 2, (8,) * 9, "real"), forbidden=ties)
    found = frontier(domain)
    assert found.method == "enumerated" and found.looked_at < 10**6 < domain.size
    assert frontier(made(1, 3, (10,) * 4, "real", rules=5)).method == "enumerated"
    # 10^12 packages: listed, because nearly all are known to be dominated before they are
    domain = made(11, 2, (10,) * 12, "real", rules=40, forbidden=5)
    found = frontier(domain)
    assert found.method == "enumerated" and found.looked_at < 10**6
    assert frontier(domain, budget=10_000).method == "bounded"


def test_an_all_forbidding_constraint_leaves_nothing() -> None:
    domain = Domain(("A",), ("one",), (("x",),), (np.zeros((1, 1)),),
                    forbidden=(Forbidden((0,), ((0,),)),))
    with pytest.raises(ArgumentError, match="^The constraints leave no package"):
        frontier(domain)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    domain = made(2, 2, (10,) * 5, "real", rules=1)
    enumerated(domain, lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {whole for _, whole in told} == {domain.size} and told[-1][0] <= domain.size


def test_memory_of_a_million_packages_is_bounded() -> None:
    domain = made(3, 3, (10,) * 6, "real", rules=3)
    tracemalloc.start()
    found = enumerated(domain)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.exact and peak < 20_000_000
