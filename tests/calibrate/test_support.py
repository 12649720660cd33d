"""Support from a series: levels by thresholds, moves counted, exact draws."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.calibrate.made import ORIGIN
from zopa.calibrate.series import Monthly, later
from zopa.calibrate.support import fit_support, levels_of
from zopa.core.errors import ArgumentError

VALUES = np.array([3.0, 3.2, 2.8, 0.5, 0.4, 0.0, 0.6, np.nan, 3.1, 3.3])
LEVELS = ("full", "half", "none")
TARGETS = ((1,), (0, 2), (1,))


def made(values: np.ndarray) -> Monthly:
    months = tuple(later(dt.date(2023, 1, 31), i) for i in range(len(values)))
    return Monthly("aid", "EUR bn per month", "flow", months, values, ORIGIN)


def test_levels_and_smoothing() -> None:
    assert levels_of(VALUES, (2.0, 0.3)).tolist() == [0, 0, 0, 1, 1, 2, 1, -1, 0, 0]
    assert levels_of(VALUES[:6], (2.0, 0.3), 3).tolist() == [-1, -1, 0, 0, 1, 1]


def test_moves_are_counted_across_no_gap() -> None:
    found = fit_support(made(VALUES), "west", LEVELS, TARGETS, (2.0, 0.3), 0)
    assert found.moves.tolist() == [[3, 1, 0], [0, 1, 1], [0, 1, 0]]
    assert found.months == (5, 3, 1)
    down = found.posterior.column("war.support.west.transitions.full.half")
    assert down.mean() == pytest.approx(3 / 24, abs=0.01)
    assert found.posterior.kind == "support"
    again = fit_support(made(VALUES), "west", LEVELS, TARGETS, (2.0, 0.3), 0)
    assert again.posterior.to_json() == found.posterior.to_json()


def test_what_cannot_be_fitted() -> None:
    with pytest.raises(ArgumentError, match="must be 2 falling numbers"):
        fit_support(made(VALUES), "west", LEVELS, TARGETS, (0.3, 2.0), 0)
    with pytest.raises(ArgumentError, match="went from full to half 1 times"):
        fit_support(made(VALUES), "west", LEVELS, ((2,), (0, 2), (1,)), (2.0, 0.3), 0)
    with pytest.raises(ArgumentError, match="transitions is empty"):
        fit_support(made(VALUES[:2]), "west", LEVELS, ((), (), ()), (2.0, 0.3), 0)
