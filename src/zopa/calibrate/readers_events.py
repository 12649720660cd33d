"""Files of events counted by month: UCDP GED, UCDP Candidate Events, ACLED exports.

An event that lasts several days is spread evenly over them; one that lasts longer than
`LONGEST` days cannot be dated to a month and is left out, which a note says.  Months between the
first and the last event without one are zeros, not gaps.

References: Sundberg, R. and Melander, E. (2013), Introducing the UCDP Georeferenced Event Dataset,
Journal of Peace Research 50(4); Hegre, H. et al. (2020), Introducing the UCDP Candidate Events
Dataset, Research & Politics 7(3); Raleigh, C. et al. (2010), Introducing ACLED, Journal of Peace
Research 47(5).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zopa.calibrate.series import Origin, Series, later, month_end
from zopa.core.errors import InputError, Problem

Count = Literal["fatalities", "events"]
Row = Mapping[str, str]
UCDP = frozenset({"date_start", "date_end", "best", "type_of_violence"})
ACLED = frozenset({"event_id_cnty", "event_date", "fatalities"})
LONGEST = 31
MOST_SHOWN = 20
CANDIDATE = re.compile(r"candidate|v\d+[_.]0[_.]\d+", re.IGNORECASE)
ACLED_DATES = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d/%m/%Y")


@dataclass(frozen=True)
class Form:
    """What is known of a publisher's files."""

    name: str
    citation: str
    licence: str


FORMS = {
    "ged": Form(
        "UCDP GED", "Sundberg, R. and Melander, E. (2013), Introducing the UCDP Georeferenced "
        "Event Dataset, Journal of Peace Research 50(4); Uppsala Conflict Data Program",
        "CC BY 4.0"),
    "candidate": Form(
        "UCDP Candidate Events", "Hegre, H., Croicu, M., Eck, K. and Högbladh, S. (2020), "
        "Introducing the UCDP Candidate Events Dataset, Research & Politics 7(3); Uppsala Conflict "
        "Data Program", "CC BY 4.0"),
    "acled": Form(
        "ACLED", "Raleigh, C., Linke, A., Hegre, H. and Karlsen, J. (2010), Introducing ACLED, "
        "Journal of Peace Research 47(5); acleddata.com",
        "ACLED terms of use (attribution; no redistribution of the data)"),
}


@dataclass(frozen=True)
class Event:
    """One event: its days and its fatalities."""

    first: dt.date
    last: dt.date
    deaths: float


def events_of(rows: Sequence[tuple[int, Row]], header: Sequence[str], name: str, digest: str,
              count: Count, where: Sequence[tuple[str, str]], citation: str | None,
              licence: str | None) -> Series:
    """Fatalities or events a month, of a file of events.

    1. Rows are kept that have the wanted values (`where`), compared without case.
    2. An event counts in its months by the share of its days.
    3. Of an identifier given twice the later row wins (a revision).

    Raises:
        InputError: a column of `where` is not there, no row is left, or cells are wrong.
    """
    ucdp = UCDP <= set(header)
    for column, _ in where:
        if column not in header:
            raise InputError([Problem(f"{name}:1", f"it has no column {column}",
                                      f"--where takes one of {', '.join(header)}.")])
    kept = [(n, row) for n, row in rows
            if all(row[c].strip().casefold() == value.strip().casefold() for c, value in where)]
    key = "id" if ucdp else "event_id_cnty"
    problems: list[Problem] = []
    found: dict[str, Event] = {}
    revised = 0
    for number, row in kept:
        event = (_ucdp if ucdp else _acled)(name, number, row, problems)
        name_of = row.get(key, "").strip() or f"row {number}"
        revised += name_of in found
        if event is not None:
            found[name_of] = event
    if problems:
        raise InputError(problems[:MOST_SHOWN])
    if not found:
        said = " and ".join(f"{c}={v}" for c, v in where) or "its columns"
        raise InputError([Problem(name, f"no event fits {said}",
                                  "Check --where against the file.")])
    short = [e for e in found.values() if (e.last - e.first).days < LONGEST]
    if not short:
        raise InputError([Problem(name, f"every event lasts longer than {LONGEST} days",
                                  "Such events cannot be dated to a month.")])
    notes = []
    if len(short) < len(found):
        notes.append(f"{len(found) - len(short)} of {len(found)} events last longer than {LONGEST} "
                     "days and are left out.")
    if revised:
        notes.append(f"{revised} identifiers given more than once, the later row was taken.")
    months = _by_month(short, count)
    form = FORMS["acled" if not ucdp else "candidate" if _candidate(name, rows) else "ged"]
    origin = Origin(name, digest, form.name, citation or form.citation, licence or form.licence)
    return Series(f"{form.name} {count}", f"{count} per month", "flow", tuple(months),
                  np.array(list(months.values())), origin, tuple(notes))


def _by_month(events: Sequence[Event], count: Count) -> dict[dt.date, float]:
    months: dict[dt.date, float] = {}
    month, last = (month_end(min(e.first for e in events)), month_end(max(e.last for e in events)))
    while month <= last:
        months[month] = 0.0
        month = later(month, 1)
    for event in events:
        days = (event.last - event.first).days + 1
        each = (event.deaths if count == "fatalities" else 1.0) / days
        for day in range(days):
            months[month_end(event.first + dt.timedelta(days=day))] += each
    # a sum of shares of a whole is a whole again, but for the last bits
    return {month: round(value, 6) for month, value in months.items()}


def _ucdp(name: str, number: int, row: Row, problems: list[Problem]) -> Event | None:
    first, last = (_iso(row[c]) for c in ("date_start", "date_end"))
    for column, day in (("date_start", first), ("date_end", last)):
        if day is None:
            problems.append(Problem(f"{name}:{number}, column {column}",
                                    f"{row[column]!r} is no date", "Write it as 2024-05-31."))
    deaths = _count(name, number, row, "best", problems)
    if first is None or last is None or deaths is None:
        return None
    if last < first:
        problems.append(Problem(f"{name}:{number}, column date_end",
                                f"{last} is before date_start, {first}", "Swap the two."))
        return None
    return Event(first, last, deaths)


def _acled(name: str, number: int, row: Row, problems: list[Problem]) -> Event | None:
    day = next((d for d in (_as(row["event_date"].strip(), form) for form in ACLED_DATES)
                if d is not None), None)
    if day is None:
        problems.append(Problem(f"{name}:{number}, column event_date",
                                f"{row['event_date']!r} is no date",
                                "Write it as 2024-05-31 or 31 May 2024."))
    deaths = _count(name, number, row, "fatalities", problems)
    return None if day is None or deaths is None else Event(day, day, deaths)


def _count(name: str, number: int, row: Row, column: str, problems: list[Problem]) -> float | None:
    try:
        value = float(row[column])
    except ValueError:
        value = -1.0
    if not (np.isfinite(value) and value >= 0):
        problems.append(Problem(f"{name}:{number}, column {column}",
                                f"{row[column]!r} is no number of fatalities",
                                "Write a number that is not negative."))
        return None
    return value


def _iso(text: str) -> dt.date | None:
    return _as(text.strip()[:10], "%Y-%m-%d")


def _as(text: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError:
        return None


def _candidate(name: str, rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether a file of UCDP's columns is one of candidates: by its name, or events to check."""
    return bool(CANDIDATE.search(name)) or any(
        row.get("code_status", "").strip().casefold() not in ("", "clear") for _, row in rows)
