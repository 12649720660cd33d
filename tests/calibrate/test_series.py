"""Series by month: levels, flows, gaps, the month that is not complete."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.calibrate.made import ORIGIN
from zopa.calibrate.series import Measure, Series, later, month_end, monthly
from zopa.core.errors import ArgumentError


def made(measure: Measure, rows: dict[str, float]) -> Series:
    days = tuple(dt.date.fromisoformat(day) for day in rows)
    return Series("area", "km2", measure, days, np.array(list(rows.values())), ORIGIN)


def daily(measure: Measure, first: str, count: int) -> Series:
    start = dt.date.fromisoformat(first)
    return made(measure, {str(start + dt.timedelta(i)): float(i) for i in range(count)})


def test_month_ends() -> None:
    assert month_end(dt.date(2024, 2, 3)) == dt.date(2024, 2, 29)
    assert later(dt.date(2024, 11, 30), 3) == dt.date(2025, 2, 28)
    assert later(dt.date(2024, 1, 31), -1) == dt.date(2023, 12, 31)


def test_a_daily_level_has_the_last_day_of_each_month() -> None:
    found = monthly(daily("level", "2023-01-01", 90))
    assert [str(month) for month in found.months] == ["2023-01-31", "2023-02-28", "2023-03-31"]
    assert found.values.tolist() == [30.0, 58.0, 89.0]
    days, changes = found.changes
    assert changes.tolist() == [28.0, 31.0]
    assert days[0] == dt.date(2023, 2, 28)


def test_a_daily_flow_is_summed() -> None:
    found = monthly(daily("flow", "2023-01-01", 59))
    assert found.values.tolist() == [sum(range(31)), sum(range(31, 59))]
    assert found.changes == (found.months, found.values)


def test_the_month_that_is_not_complete_is_left_out_and_said() -> None:
    found = monthly(daily("level", "2023-01-01", 40))
    assert len(found.months) == 1
    assert "2023-02 is left out" in found.notes[0]


def test_a_weekly_series_that_ends_in_the_last_week_is_complete() -> None:
    start = dt.date(2023, 1, 6)
    weeks = {str(start + dt.timedelta(7 * i)): float(i) for i in range(8)}
    assert len(monthly(made("level", weeks)).months) == 2


def test_gaps_are_not_filled() -> None:
    found = monthly(made("level", {"2023-01-31": 1.0, "2023-02-28": 4.0, "2023-04-30": 9.0,
                                   "2023-05-31": float("nan"), "2023-06-30": 2.0}))
    assert np.isnan(found.values).tolist() == [False, False, True, False, True, False]
    assert np.isnan(found.changes[1]).tolist() == [False, True, True, True, True]
    assert "2023-03, 2023-05" in found.notes[0]


def test_rows_between_dates() -> None:
    part = daily("level", "2023-01-01", 59).between(dt.date(2023, 2, 1), dt.date(2023, 2, 2))
    assert part.values.tolist() == [31.0, 32.0]
    with pytest.raises(ArgumentError, match="no row lies between 2024-01-01 and the end"):
        part.between(dt.date(2024, 1, 1), None)


def test_a_series_without_values() -> None:
    with pytest.raises(ArgumentError, match="no row has a value"):
        monthly(made("level", {"2023-01-31": float("nan")}))
