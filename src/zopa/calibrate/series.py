"""A series of observations, and the same by month: the form in which everything is fitted.

    level   the state at a date (area held): a month has the last row of the month, and its change
            is y_t = level_t - level_(t-1)
    flow    what a period brought (losses, events): a month has the sum of its rows

A month without a row is a gap.  Of a level, the change of a month with no row, and of the month
after it, is unknown: nothing is interpolated.  The last month counts only if it is complete.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
Measure = Literal["level", "flow"]
COMPLETE = 7
"""Days before the end of the last month within which its last row must lie, or one period of it."""


@dataclass(frozen=True)
class Origin:
    """Where a series comes from: what travels into a scenario and a report.

    Attributes:
        file: name of the file.
        sha256: hash of its bytes.
        form: which form of file it is, e.g. `UCDP GED`.
        citation: as the publisher asks for it, or as the file says.
        licence: of the data; "not stated" where neither the form nor the file says.
    """

    file: str
    sha256: str
    form: str
    citation: str
    licence: str


@dataclass(frozen=True, eq=False)
class Series:
    """Observations in the order of their dates, one a date.

    Attributes:
        name: what is measured.
        unit: of the values.
        measure: `level` or `flow`.
        dates: strictly increasing.
        values: `(row,)`, NaN where a row has no value.
        origin: the file.
        notes: what was done to the rows, in sentences.
    """

    name: str
    unit: str
    measure: Measure
    dates: tuple[dt.date, ...]
    values: Floats
    origin: Origin
    notes: tuple[str, ...] = ()

    def between(self, since: dt.date | None, until: dt.date | None) -> Series:
        """Only the rows from one date to another, both included.

        Raises:
            ArgumentError: none is left.
        """
        keep = [i for i, day in enumerate(self.dates)
                if (since is None or day >= since) and (until is None or day <= until)]
        if not keep:
            raise ArgumentError(
                f"{self.origin.file}: no row lies between {since or 'the beginning'} and "
                f"{until or 'the end'}. Its rows run from {self.dates[0]} to {self.dates[-1]}.")
        return replace(self, dates=tuple(self.dates[i] for i in keep), values=self.values[keep])


@dataclass(frozen=True, eq=False)
class Monthly:
    """A series by month.

    Attributes:
        name, unit, measure, origin: as in `Series`.
        months: the last day of each month, none left out.
        values: `(month,)`, level at the month's end or sum over it; NaN in a gap.
        notes: of the series, and what the step to months did.
    """

    name: str
    unit: str
    measure: Measure
    months: tuple[dt.date, ...]
    values: Floats
    origin: Origin
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[tuple[dt.date, ...], Floats]:
        """Months and their net changes y_t; a flow is a change already."""
        if self.measure == "flow":
            return self.months, self.values
        return self.months[1:], np.diff(self.values)

    def until(self, last: dt.date) -> Monthly:
        """Only the months that ended by a date."""
        count = sum(month <= last for month in self.months)
        return replace(self, months=self.months[:count], values=self.values[:count])


def month_end(day: dt.date) -> dt.date:
    """The last day of a date's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def later(month: dt.date, months: int) -> dt.date:
    """The end of the month so many months after another one's end."""
    index = month.year * 12 + month.month - 1 + months
    return month_end(dt.date(index // 12, index % 12 + 1, 1))


def monthly(series: Series) -> Monthly:
    """A daily, weekly or monthly series by month.

    1. Rows without a value are left out.
    2. A level: the last row of a month; a flow: the sum of its rows.
    3. The last month is dropped where its rows stop before its last week, unless the series has no
       more than one row a month.
    4. Months without a row are gaps (NaN).

    Raises:
        ArgumentError: no row has a value.
    """
    rows = [(day, float(value)) for day, value in zip(series.dates, series.values, strict=True)
            if np.isfinite(value)]
    if not rows:
        raise ArgumentError(f"{series.origin.file}: no row has a value. Choose another column "
                            "with --column.")
    months: dict[dt.date, list[tuple[dt.date, float]]] = {}
    for day, value in rows:
        months.setdefault(month_end(day), []).append((day, value))
    notes = list(series.notes)
    end = max(months)
    often = max(len(found) for found in months.values()) > 1
    if often and (end - months[end][-1][0]).days >= COMPLETE and len(months) > 1:
        notes.append(f"The month of {months[end][-1][0]:%Y-%m} is left out: its rows stop on "
                     f"{months[end][-1][0]}.")
        del months[end]
    first, last = min(months), max(months)
    every = [first]
    while every[-1] < last:
        every.append(later(every[-1], 1))
    values = np.array([_one(months.get(month), series.measure) for month in every])
    gaps = [f"{month:%Y-%m}" for month in every if month not in months]
    if gaps:
        notes.append(f"{len(gaps)} of {len(every)} months have no row and count as gaps: "
                     f"{', '.join(gaps[:6])}{' ...' if len(gaps) > 6 else ''}.")
    return Monthly(series.name, series.unit, series.measure, tuple(every), values, series.origin,
                   tuple(notes))


def _one(rows: list[tuple[dt.date, float]] | None, measure: Measure) -> float:
    if rows is None:
        return float("nan")
    return rows[-1][1] if measure == "level" else float(sum(value for _, value in rows))
