"""A sieve stops much of what is dominated, and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from tests.spaces.random_domains import TABLES
from zopa.spaces.pareto import undominated
from zopa.spaces.sieve import Sieve


@given(TABLES, TABLES)
@settings(max_examples=100, deadline=None)
def test_a_sieve_stops_only_what_is_dominated(points: np.ndarray, rows: np.ndarray) -> None:
    parties = min(points.shape[1], rows.shape[1])
    points, rows = points[:, :parties], np.concatenate([points, points])[:, :parties]
    passed = set(Sieve(points.T).passed(rows.T).tolist())
    for n, row in enumerate(rows):
        if n not in passed:
            assert ((points >= row).all(axis=1) & (points > row).any(axis=1)).any()


def test_a_sieve_stops_nearly_all_that_is_dominated() -> None:
    rng = np.random.default_rng(5)
    for parties, share in ((2, 0.01), (3, 0.05)):
        u = rng.random((parties, 20_000))
        kept = undominated(u)
        assert kept.size <= Sieve(u[:, kept]).passed(u).size <= share * u.shape[1]
