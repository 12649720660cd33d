"""Frontiers built issue by issue equal those of enumeration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.spaces.random_domains import by_definition, domains, every_package, made
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces import merge
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.frontier import enumerated

PLENTY = 10**9


def merged(domain: Domain) -> Efficient:
    found = merge.merged(domain, PLENTY)
    assert found is not None and found.exact and found.method == "merged"
    return found


@given(domains(rules=0, forbidden=2))
@settings(max_examples=120, deadline=None)
def test_without_rules_utilities_equal_those_of_enumeration_to_the_last_bit(
        domain: Domain) -> None:
    packages = every_package(domain)
    if not len(packages):
        with pytest.raises(ArgumentError, match="constraints leave no package"):
            merge.merged(domain, PLENTY)
        return
    utility = domain.utilities(packages).T
    found = merged(domain)
    assert np.array_equal(found.utility, utility[by_definition(utility)])
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)
    assert domain.allowed(found.packages).all()


@given(domains(kinds=("whole",), rules=3, forbidden=2))
@settings(max_examples=120, deadline=None)
def test_with_exact_sums_rules_and_packages_are_equal_too(domain: Domain) -> None:
    packages = every_package(domain)
    if not len(packages):
        return
    utility = domain.utilities(packages).T
    found, expected = merged(domain), by_definition(utility)
    assert np.array_equal(found.utility, utility[expected])
    if not domain.rules:
        assert np.array_equal(found.packages, packages[expected])


@given(domains(kinds=("tenths", "real"), rules=4, forbidden=2))
@settings(max_examples=120, deadline=None)
def test_with_rules_nothing_is_missed_by_more_than_rounding(domain: Domain) -> None:
    packages = every_package(domain)
    if not len(packages):
        return
    utility = domain.utilities(packages).T
    found = merged(domain)
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)
    for row in utility[by_definition(utility)]:
        assert (found.utility >= row - 1e-12).all(axis=1).any()
    for row in found.utility:
        assert not (utility >= row + 1e-12).all(axis=1).any()


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_a_larger_space_is_the_same_both_ways(parties: int) -> None:
    domain = made(parties, parties, (8,) * 5, "real")
    found, listed = merged(domain), enumerated(domain)
    assert np.array_equal(found.utility, listed.utility)
    assert np.array_equal(found.packages, listed.packages)
    assert found.looked_at < listed.looked_at or parties > 2


def test_a_chain_of_ties_is_merged_where_it_cannot_be_listed() -> None:
    # 10^10 packages; neighbours exclude each other's options, so that two states at most are open
    domain = made(7, 2, (10,) * 10, "whole")
    ties = tuple(Forbidden((n, n + 1), ((0, 1, 2), (0, 1, 2))) for n in range(9))
    tied = Domain(domain.parties, domain.issues, domain.options, domain.worth, forbidden=ties)
    found = merged(tied)
    assert tied.allowed(found.packages).all() and found.looked_at < 10**6
    free = merged(Domain(domain.parties, domain.issues, domain.options, domain.worth))
    for row in found.utility:
        assert (free.utility >= row).all(axis=1).any()


def test_more_than_the_budget_is_refused() -> None:
    assert merge.merged(made(8, 3, (8,) * 6, "real"), 1000) is None
