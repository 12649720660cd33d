"""Two frontiers enclose the true one, with the distance they claim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spaces.random_domains import by_definition, domains, every_package, made
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces import bounds
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.frontier import enumerated, frontier


def encloses(domain: Domain, found: Efficient, utility: np.ndarray) -> None:
    """What a pair of frontiers promises; `utility` is `(package, party)` of allowed packages."""
    assert domain.allowed(found.packages).all()
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)
    assert len(by_definition(found.utility)) == len(found.utility)
    assert found.utility.tolist() == sorted(found.utility.tolist())
    for row in utility:
        assert (row <= found.upper).all(axis=1).any()
        assert (row <= found.utility + found.epsilon).all(axis=1).any()
    for row in found.upper:
        assert (row <= found.utility + found.epsilon).all(axis=1).any()
    assert (found.epsilon >= 0.0).all()


@given(domains(rules=4, forbidden=3), st.integers(8, 40), st.sampled_from((0, 300, 3000)))
@settings(max_examples=150, deadline=None)
def test_bounds_enclose_every_package(domain: Domain, fewest: int, budget: int) -> None:
    packages = every_package(domain)
    with pytest.MonkeyPatch.context() as patch:
        # so few are kept that cells, states and improvements are all needed
        patch.setattr(bounds, "FEWEST", fewest)
        if not len(packages):
            with pytest.raises(ArgumentError, match="No package|leave no package"):
                bounds.bounded(domain, budget)
            return
        try:
            found = bounds.bounded(domain, budget)
        except ArgumentError as error:
            assert "Raise the budget" in str(error) and budget < 1000
            return
    utility = domain.utilities(packages).T
    encloses(domain, found, utility[by_definition(utility)])


@pytest.mark.parametrize("forbidden", [0, 4])
@pytest.mark.parametrize("rules", [0, 12])
@pytest.mark.parametrize("parties", [2, 4])
def test_bounds_of_a_larger_space(parties: int, rules: int, forbidden: int) -> None:
    domain = made(parties + rules, parties, (6,) * 6, "real", rules, forbidden)
    coarse = bounds.bounded(domain, 0)
    fine = bounds.bounded(domain, 400_000)
    exact = enumerated(domain)
    for found in (coarse, fine):
        assert found.method == "bounded"
        encloses(domain, found, exact.utility)
    assert fine.epsilon.max() <= coarse.epsilon.max()


def test_what_is_too_large_to_list_and_not_additive() -> None:
    domain = made(11, 2, (10,) * 12, "real", rules=40, forbidden=5)
    found = frontier(domain, budget=100_000)
    assert found.method == "bounded" and not found.exact
    assert domain.allowed(found.packages).all()
    assert np.array_equal(domain.utilities(found.packages).T, found.utility)
    exact = enumerated(domain)
    assert exact.looked_at < 10**6
    encloses(domain, found, exact.utility)
    rng = np.random.default_rng(0)
    some = rng.integers(0, 10, (20_000, 12))
    some = some[domain.allowed(some)]
    for row in domain.utilities(some).T[::50]:
        assert (row <= found.upper).all(axis=1).any()
        assert (row <= found.utility + found.epsilon).all(axis=1).any()


def test_many_additive_parties_are_bounded_too() -> None:
    domain = made(12, 5, (10,) * 10, "real")
    found = frontier(domain, budget=50_000)
    assert found.method == "bounded" and (found.epsilon > 0.0).all()
    rng = np.random.default_rng(0)
    for row in domain.utilities(rng.integers(0, 10, (300, 10))).T:
        assert (row <= found.upper).all(axis=1).any()


def test_a_single_allowed_package_is_found() -> None:
    domain = made(13, 2, (4,) * 6, "real")
    rng = np.random.default_rng(1)
    only = rng.integers(0, 4, 6)
    ties = tuple(Forbidden((n, n + 1), (tuple(o for o in range(4) if o != only[n]), (o2,)))
                 for n in range(5) for o2 in range(4))
    ties += (Forbidden((5,), (tuple(o for o in range(4) if o != only[5]),)),)
    domain = replace(domain, forbidden=ties)
    found = bounds.bounded(domain, 100_000)
    assert (found.packages == only).all()


def test_nothing_allowed_is_said() -> None:
    domain = made(14, 2, (3,) * 5, "real")
    pairs = tuple(Forbidden((0, n), (tuple(range(3)), tuple(range(3)))) for n in (1, 4))
    with pytest.raises(ArgumentError, match="^The constraints leave no package"):
        bounds.bounded(replace(domain, forbidden=pairs), 10_000)


def test_distance_is_proven_for_every_point() -> None:
    rng = np.random.default_rng(2)
    lower, upper = rng.random((3, 40)), rng.random((3, 50)) + 0.3
    epsilon = bounds.gap(upper, lower, np.ones(3))
    for point in upper.T:
        assert (point[:, None] <= lower + epsilon[:, None]).all(axis=0).any()
    assert not bounds.gap(lower[:, :5], lower + 1.0, np.ones(3)).any()
