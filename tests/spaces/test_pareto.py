"""What is not dominated, against the definition, row against row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.spaces.random_domains import TABLES, by_definition
from zopa.core.errors import ArgumentError
from zopa.spaces import pareto


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


def test_no_rows_and_wrong_tables() -> None:
    assert pareto.nondominated(np.zeros((0, 3))).tolist() == []
    with pytest.raises(ArgumentError, match=r"shape \(row, party\), but has shape \(3,\)"):
        pareto.nondominated(np.zeros(3))
    with pytest.raises(ArgumentError, match="NaN"):
        pareto.nondominated(np.array([[0.0, np.nan]]))
