"""Hints are real packages, each party's best among them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from tests.spaces.random_domains import domains
from zopa.spaces.domain import Domain
from zopa.spaces.hints import hints, spreads


@given(domains(rules=2, forbidden=2))
@settings(max_examples=60, deadline=None)
def test_hints_are_allowed_and_distinct(domain: Domain) -> None:
    packages = hints(domain)
    assert domain.allowed(packages).all()
    assert len({tuple(package) for package in packages.tolist()}) == len(packages)
    assert (spreads(domain) > 0.0).all()
    if not domain.forbidden:
        best = domain.base + np.sum([worth.max(axis=1) for worth in domain.worth], axis=0)
        added = np.sum([w[:, packages[:, n]] for n, w in enumerate(domain.worth)], axis=0)
        assert np.allclose((added + domain.base[:, None]).max(axis=1), best)
