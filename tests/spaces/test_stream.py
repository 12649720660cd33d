"""Packages block after block: the same as all at once, to the last bit, in little memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spaces.random_domains import domains, every_package, made
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces import stream
from zopa.spaces.domain import Domain


def gathered(domain: Domain, block: int, floor: np.ndarray | None = None
             ) -> tuple[np.ndarray, np.ndarray]:
    found = list(stream.blocks(domain, block, floor))
    most = max(block, *domain.sizes)
    assert all(len(packages) == len(utility) <= most for packages, utility in found)
    packages = [packages for packages, _ in found] or [np.zeros((0, len(domain.issues)), int)]
    utility = [utility for _, utility in found] or [np.zeros((0, len(domain.parties)))]
    return np.concatenate(packages), np.concatenate(utility)


@given(domains(rules=4, forbidden=3), st.integers(1, 90))
@settings(max_examples=120, deadline=None)
def test_blocks_are_all_allowed_packages_in_order(domain: Domain, block: int) -> None:
    expected = every_package(domain)
    packages, utility = gathered(domain, block)
    assert np.array_equal(packages, expected)
    assert np.array_equal(utility, domain.utilities(expected).T)


@given(domains(rules=4, forbidden=2), st.integers(1, 90), st.data())
@settings(max_examples=120, deadline=None)
def test_a_floor_leaves_out_what_is_below_it_and_nothing_else(
        domain: Domain, block: int, data: st.DataObject) -> None:
    everything = every_package(domain)
    if not len(everything):
        return
    # at a package's own utilities: it meets the floor, by nothing
    utility = domain.utilities(everything).T
    floor = utility[data.draw(st.integers(0, len(everything) - 1))].copy()
    floor[data.draw(st.integers(0, len(floor) - 1))] = -np.inf
    meets = (utility >= floor).all(axis=1)
    packages, found = gathered(domain, block, floor)
    assert meets.any() and np.array_equal(packages, everything[meets])
    assert np.array_equal(found, utility[meets])


def test_constraints_and_floors_cut_whole_branches() -> None:
    # 10^15 packages, of which a constraint on the first issues and a floor leave a handful
    domain = made(1, 2, (10,) * 15, "whole")
    worth = tuple(np.tile(np.arange(10.0), (2, 1)) for _ in domain.worth)
    forbidden = (Forbidden((0,), (tuple(range(9)),)),)
    domain = replace(domain, worth=worth, forbidden=forbidden, base=np.zeros(2))
    packages, utility = gathered(domain, 1000, np.full(2, 134.0))
    assert len(packages) == 15 and utility.min() == 134.0
    assert (packages[:, 0] == 9).all()


def test_memory_does_not_grow_with_the_packages() -> None:
    peaks = []
    for issues in (4, 6):
        domain = made(2, 2, (10,) * issues, "real", rules=2, forbidden=1)
        tracemalloc.start()
        count = sum(len(utility) for _, utility in stream.blocks(domain, 4096))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count > 0.1 * domain.size
    # all packages of the second would take 64 MB
    assert peaks[1] < 3_000_000 and peaks[1] < 3 * peaks[0]


def test_what_cannot_be_numbered_is_said() -> None:
    domain = made(3, 2, (10,) * 19, "whole")
    with pytest.raises(ArgumentError, match=r"1e\+19 packages: too many"):
        next(stream.blocks(domain))
