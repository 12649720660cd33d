"""What is not dominated, against the definition, row against row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.spaces.random_domains import by_definition
from zopa.core.errors import ArgumentError
from zopa.spaces import pareto
from zopa.spaces.running import Running, Spent
from zopa.spaces.sieve import Sieve

TABLES = arrays.arrays(
    np.float64, st.tuples(st.integers(1, 60), st.integers(1, 6)),
    elements=st.one_of(st.integers(-2, 2).map(float),
                       st.floats(-1e6, 1e6, allow_subnormal=False)))


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_rows_kept_are_those_of_the_definition(utility: np.ndarray) -> None:
    assert pareto.nondominated(utility).tolist() == by_definition(utility)


@pytest.mark.parametrize("parties", [2, 3, 4, 6])
@pytest.mark.parametrize("whole", [True, False])
def test_many_rows(parties: int, whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # sifted first, sorted in many batches: every path of large tables on a small one
    rng = np.random.default_rng(parties)
    utility = rng.normal(size=(700, parties))
    utility = np.round(3.0 * utility) if whole else utility
    expected = by_definition(utility)
    monkeypatch.setattr(pareto, "MANY", 100)
    monkeypatch.setattr(pareto, "SAMPLE", 37)
    monkeypatch.setattr(pareto, "BATCH", 19)
    monkeypatch.setattr(pareto, "_QUERIES", 7)
    monkeypatch.setattr(pareto, "ROWS_OF_A_CELL", 5)
    assert pareto.nondominated(utility).tolist() == expected


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
        kept = pareto.undominated(u)
        assert kept.size <= Sieve(u[:, kept]).passed(u).size <= share * u.shape[1]


@given(TABLES, st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_running_frontier_is_that_of_all_rows(utility: np.ndarray, width: int) -> None:
    running = Running(utility.shape[1], utility[::5].T)
    running._room = 4
    for start in range(0, len(utility), width):
        running.add(start, None, utility[start:start + width].T)
    index, kept = running.frontier()
    assert index.tolist() == sorted(by_definition(utility))
    assert np.array_equal(kept.T, utility[index])


def test_a_running_frontier_stops_where_it_takes_too_much() -> None:
    running = Running(3, most=500)
    running.add(0, None, np.random.default_rng(0).random((3, 400)))
    with pytest.raises(Spent):
        running.add(400, None, np.random.default_rng(1).random((3, 400)))


def test_no_rows_and_wrong_tables() -> None:
    assert pareto.nondominated(np.zeros((0, 3))).tolist() == []
    with pytest.raises(ArgumentError, match=r"shape \(row, party\), but has shape \(3,\)"):
        pareto.nondominated(np.zeros(3))
    with pytest.raises(ArgumentError, match="NaN"):
        pareto.nondominated(np.array([[0.0, np.nan]]))
