"""Envy, and the distance of a package from the frontier, against the definitions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from tests.spaces.random_domains import domains, every_package, made
from tests.spaces.small_domains import panama
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.fairness import contest, distance, envy
from zopa.spaces.frontier import frontier
from zopa.spaces.ranges import ranges


def test_envy_is_half_of_ones_points() -> None:
    domain = panama()
    for package in every_package(domain)[::37]:
        own = domain.utilities(package[None])[:, 0]
        found = envy(domain, package)
        assert_allclose(found.amount, 100.0 - 2.0 * own, atol=1e-12)
        assert found.free is bool((own >= 50.0).all())
        # the definition: turn every issue round
        assert_allclose(found.amount, domain.utilities(1 - package[None])[:, 0] - own, atol=1e-12)


def test_envy_is_not_defined_where_nothing_is_divided() -> None:
    for domain in (made(0, 3, (2, 2), "real"), made(0, 2, (2, 3), "real"),
                   replace(panama(), forbidden=(Forbidden((0, 1), ((0,), (0,))),))):
        found = envy(domain, np.zeros(len(domain.issues), dtype=np.int64))
        assert found.free is None and found.reason and np.isnan(found.amount).all()


def test_an_end_belongs_to_whoever_prefers_it() -> None:
    worth = (np.array([[1.0, 5.0], [3.0, 3.0]]), np.array([[0.0, 0.0], [2.0, 1.0]]),
             np.array([[7.0], [8.0]]))
    domain = Domain(("a", "b"), ("x", "y", "z"), (("0", "1"), ("0", "1"), ("0",)), worth)
    division, reason = contest(domain)
    assert division is not None and not reason
    assert division.points.tolist() == [[4, 0, 0], [0, 1, 0]]
    assert division.ends.tolist() == [[1, 1, 0], [0, 0, 0]]
    assert division.least.tolist() == [8, 12]


@given(domains(), st.integers(0, 10**6))
@settings(max_examples=100)
def test_distance_is_the_largest_gain_all_can_have(domain: Domain, which: int) -> None:
    packages = every_package(domain)
    assume(len(packages))
    package = packages[which % len(packages)]
    utility, span = domain.utilities(packages).T, ranges(domain)[0]
    own, moves = domain.utilities(package[None])[:, 0], span > 1e-9
    assume(moves.any())
    smallest = ((utility - own)[:, moves] / span[moves]).min(axis=1)
    better = (utility >= own - 1e-12).all(axis=1) & (utility > own + 1e-9).any(axis=1)
    found = distance(domain, frontier(domain), package)
    assert found.distance == pytest.approx(max(smallest.max(), 0.0), abs=1e-11)
    assert found.largest == pytest.approx(found.distance, abs=1e-12)
    assert found.dominated == better.any()
    if found.dominated:
        assert found.package is not None and found.utility is not None
        assert_allclose(domain.utilities(found.package[None])[:, 0], found.utility, atol=1e-12)
        assert (found.utility >= own - 1e-9).all()
        reached = ((found.utility - own)[moves] / span[moves]).min()
        assert reached == pytest.approx(found.distance, abs=1e-11)


def test_distance_by_hand_and_with_bounds() -> None:
    domain = Domain(("a", "b"), ("x",), (("p", "q", "r"),), (
        np.array([[0.0, 4.0, 10.0], [1.0, 5.0, 2.0]]),))
    efficient = frontier(domain)
    found = distance(domain, efficient, np.array([0]))
    # q gives 4 / 10 and 4 / 4, r 10 / 10 and 1 / 4
    assert found.distance == pytest.approx(0.4) and found.package is not None
    assert found.package.tolist() == [1]
    assert distance(domain, efficient, np.array([1])).dominated is False
    loose = replace(efficient, upper=efficient.utility + 0.4, epsilon=np.array([0.4, 0.4]))
    far = distance(domain, loose, np.array([0]))
    assert far.distance == pytest.approx(0.4) and far.largest == pytest.approx(0.44)


def test_a_package_must_be_one() -> None:
    domain = replace(panama(), forbidden=(Forbidden((0, 1), ((0,), (0,))),))
    efficient = frontier(domain)
    for package in ([0] * 9, [2] + [0] * 9):
        with pytest.raises(ArgumentError, match="`package`"):
            distance(domain, efficient, np.array(package))
    with pytest.raises(ArgumentError, match="forbids"):
        distance(domain, efficient, np.array([0] * 10))
