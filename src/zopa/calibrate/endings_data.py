"""How long wars were at risk of ending, and how they ended: the table that the model is fitted to.

1. A war is followed month by month (of 30.4375 days) from its first day.  The month with its last
   day counts, and holds its end; a war that goes on counts whole months only.
2. A month belongs to a cell: type of conflict x age of the war x region x period of the calendar.
3. A cell holds the months at risk and how many of them held an end of each kind.

Agreement and ceasefire are one kind, `settled`; so are the victories of either side (`victory`),
whose sides are counted apart by type.  That an actor ceases to exist is a kind of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.termination_file import REGIONS, TYPES, Ended

Floats = NDArray[np.float64]
MONTH = 30.4375
"""Days of a month."""
ENDINGS = ("settled", "victory", "low-activity", "ceases")
"""Kinds of end that compete."""
AGES = (0, 1, 12, 36, 120)
"""First month of each class of age."""
AGE_WORDS = ("in its first month", "in months 2 to 12", "in years 2 and 3", "in years 4 to 10",
             "after ten years")
PERIODS = (1946, 1961, 1976, 1991, 2006, 2021)
"""First year of each period; the last one is later than the data."""
SHAPE = (len(TYPES), len(AGES), len(REGIONS), len(PERIODS))


class Table(NamedTuple):
    """What the model is fitted to.

    Attributes:
        months: `(type, age, region, period)`, months at risk.
        ends: `(type, age, region, period, kind)`.
        sides: `(type, side)`, victories of side A and of side B.
    """

    months: Floats
    ends: Floats
    sides: Floats


def kind_of(outcome: str | None) -> str | None:
    """The kind of end that an outcome of the file is."""
    if outcome is None:
        return None
    return {"agreement": "settled", "ceasefire": "settled", "victory-a": "victory",
            "victory-b": "victory"}.get(outcome, outcome)


def table(wars: Iterable[Ended], until: dt.date) -> Table:
    """Months at risk and ends, of what was known at a date.

    Args:
        wars: those that started later count for nothing.
        until: nothing that happened later is used.
    """
    months = np.zeros(SHAPE)
    ends = np.zeros((*SHAPE, len(ENDINGS)))
    sides = np.zeros((len(TYPES), 2))
    for war in wars:
        outcome, count = seen(war, until)
        if count <= 0:
            continue
        kind, region = TYPES.index(war.kind), REGIONS.index(war.region)
        ages, periods = ages_of(np.arange(count)), periods_of(war.start, count)
        for age, period in zip(ages.tolist(), periods.tolist(), strict=True):
            months[kind, age, region, period] += 1.0
        ending = kind_of(outcome)
        if ending is not None:
            ends[kind, ages[-1], region, periods[-1], ENDINGS.index(ending)] += 1.0
        if ending == "victory":
            sides[kind, int(outcome == "victory-b")] += 1.0
    return Table(months, ends, sides)


def seen(war: Ended, until: dt.date) -> tuple[str | None, int]:
    """What was known of a war at a date: its outcome, and the months at risk until then."""
    if war.outcome is not None and war.end <= until:
        return war.outcome, months_between(war.start, war.end) + 1
    return None, months_between(war.start, min(until, war.end))


def months_between(start: dt.date, end: dt.date) -> int:
    """Whole months from one date to a later one."""
    return int((end - start).days // MONTH)


def ages_of(months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class of age of each month since the start."""
    return np.searchsorted(np.array(AGES), months, side="right") - 1


def periods_of(start: dt.date, count: int, first: int = 0) -> NDArray[np.int64]:
    """Period of each of `count` months, from month `first` of a war that starts at a date."""
    years = start.year + (start.timetuple().tm_yday + MONTH * (first + np.arange(count))) / 365.25
    found = np.searchsorted(np.array(PERIODS), np.floor(years), side="right") - 1
    return np.clip(found, 0, len(PERIODS) - 1)


def cases(wars: Sequence[Ended], until: dt.date, kind: str,
          over: int) -> tuple[int, int, dict[str, int]]:
    """The wars of a class: how many reached the age, their months at risk since, and their ends.

    Args:
        wars: of a file.
        until: nothing later is used.
        kind: one of `TYPES`.
        over: months.
    """
    count, months, ends = 0, 0, dict.fromkeys(ENDINGS, 0)
    for war in wars:
        outcome, length = seen(war, until)
        if war.kind != kind or length <= over:
            continue
        count, months = count + 1, months + length - over
        ending = kind_of(outcome)
        if ending is not None:
            ends[ending] += 1
    return count, months, ends
