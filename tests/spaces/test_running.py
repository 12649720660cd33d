"""A frontier that grows as rows pass by is that of all rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spaces.random_domains import TABLES, by_definition
from zopa.spaces.running import Running, Spent


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
