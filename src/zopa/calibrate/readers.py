"""Reading a series: the form of a file is told by its columns.

    tidy     date,value,unit and, if there are several series in one file, series; any other column
             of numbers can be named instead of value
    UCDP     GED and Candidate Events: fatalities or events a month (`readers_events`)
    ACLED    an export: fatalities or events a month (`readers_events`)

A date given twice is a revision: the later row of the file wins, and a note says so.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zopa.calibrate.readers_events import ACLED, UCDP, Count, events_of
from zopa.calibrate.series import Measure, Origin, Series, month_end
from zopa.core.errors import InputError, Problem

Row = Mapping[str, str]
MOST_SHOWN = 20
"""Faults of one file that are shown."""
STATED = "not stated"
LICENCES = ("CC BY-NC 4.0", "CC BY-SA 4.0", "CC BY 4.0", "CC0", "ODC-By", "MIT")


@dataclass(frozen=True)
class Wanted:
    """What is to be read of a file.

    Attributes:
        column: column of the values in a tidy file; `value` where None.
        series: which of several series of a tidy file, by the column `series`.
        measure: `level` or `flow` in a tidy file; told by the unit where None.
        count: what is counted in a file of events.
        where: column -> value that a row of a file of events must have.
        citation, licence: of the data, over what the file says.
    """

    column: str | None = None
    series: str | None = None
    measure: Measure | None = None
    count: Count = "fatalities"
    where: tuple[tuple[str, str], ...] = ()
    citation: str | None = None
    licence: str | None = None


def read_series(path: Path, wanted: Wanted | None = None) -> Series:
    """The series of a file.

    Raises:
        InputError: the file cannot be read, its columns are of no known form, or cells are wrong,
            each with row and column.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})",
                                  "Give the path of a CSV file.")]) from None
    return parse_series(raw, path.name, wanted)


def parse_series(raw: bytes, name: str, wanted: Wanted | None = None) -> Series:
    """The series of a file's bytes; as `read_series`."""
    wanted = wanted or Wanted()
    rows, header = table(raw, name)
    digest = hashlib.sha256(raw).hexdigest()
    columns = set(header)
    if UCDP <= columns or ACLED <= columns:
        return events_of(rows, header, name, digest, wanted.count, wanted.where,
                         wanted.citation, wanted.licence)
    if "date" in columns and ("value" in columns or wanted.column is not None):
        return _tidy(rows, header, name, digest, wanted)
    raise InputError([Problem(
        f"{name}:1", "its columns are those of no form that is read: "
        + ", ".join(header[:8]) + (" ..." if len(header) > 8 else ""),
        "Give a CSV file with the columns date,value,unit; a UCDP GED or Candidate Events file "
        "(date_start, date_end, best); or an ACLED export (event_id_cnty, event_date, "
        "fatalities).")])


def table(raw: bytes, name: str) -> tuple[list[tuple[int, Row]], tuple[str, ...]]:
    """Numbered rows of a CSV file (the first line is 1) and its header, in lower case."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(f"{name}: byte {error.start + 1}", "it is not UTF-8 text",
                                  "Save the file as CSV UTF-8.")]) from None
    lines = list(_lines(text, name))
    if not lines:
        raise InputError([Problem(name, "it is empty", "Give a CSV file with a header.")])
    header = tuple(cell.strip().lower() for cell in lines[0][1])
    double = sorted({cell for cell in header if cell and header.count(cell) > 1})
    if double:
        raise InputError([Problem(f"{name}:1", f"the column {double[0]} is there twice",
                                  "Name each column once.")])
    problems = [
        Problem(f"{name}:{number}", f"it has {len(cells)} cells, and the header {len(header)}",
                "Give every row a cell for each column; quote cells with commas in them.")
        for number, cells in lines[1:] if len(cells) > len(header)]
    if problems:
        raise InputError(problems[:MOST_SHOWN])
    return [(number, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True)))
            for number, cells in lines[1:]], header


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    top = text[:text.find("\n")] if "\n" in text else text
    separator = max(",;\t", key=top.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        before = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise InputError([Problem(f"{name}:{reader.line_num}", f"it is no CSV ({error})",
                                  "Close every quotation mark.")]) from None


def _tidy(rows: Sequence[tuple[int, Row]], header: Sequence[str], name: str, digest: str,
          wanted: Wanted) -> Series:
    column = (wanted.column or "value").lower()
    if column not in header:
        raise InputError([Problem(f"{name}:1", f"it has no column {column}",
                                  f"Its columns are {', '.join(header)}.")])
    rows = _chosen(rows, header, name, wanted.series)
    problems: list[Problem] = []
    found: dict[dt.date, float] = {}
    units: dict[str, int] = {}
    revised: list[dt.date] = []
    for number, row in rows:
        day = as_date(row["date"])
        if day is None:
            problems.append(Problem(
                f"{name}:{number}, column date", f"{row['date']!r} is no date",
                "Write it as 2024-05-31, or 2024-05 for a month."))
        value = as_number(row[column])
        if value is None:
            problems.append(Problem(
                f"{name}:{number}, column {column}", f"{row[column]!r} is no number",
                "Write it with a decimal point, e.g. 112518.05, or leave the cell empty."))
        if day is None or value is None:
            continue
        if day in found:
            revised.append(day)
        found[day] = value
        units.setdefault(row.get("unit", "").strip(), number)
    if len(units) > 1:
        other = list(units)[1]
        problems.append(Problem(
            f"{name}:{units[other]}, column unit", f"the unit is {other!r}, and before it was "
            f"{next(iter(units))!r}", "Choose one series with --series, or split the file."))
    if problems:
        raise InputError(problems[:MOST_SHOWN])
    if not found:
        raise InputError([Problem(name, "it has no rows", "Give at least one row.")])
    dates = sorted(found)
    notes = _revisions(revised)
    unit = "" if column != "value" else next(iter(units))
    source = next((row["source"] for _, row in rows if row.get("source", "").strip()), "")
    title = wanted.series or next((row["series"] for _, row in rows if row.get("series")), column)
    origin = Origin(name, digest, "tidy", wanted.citation or source or name,
                    wanted.licence or _licence(source))
    return Series(title if column == "value" else f"{title}, {column}", unit,
                  wanted.measure or ("level" if not _is_flow(unit, column) else "flow"),
                  tuple(dates), np.array([found[day] for day in dates]), origin, notes)


def _revisions(revised: Sequence[dt.date]) -> tuple[str, ...]:
    if not revised:
        return ()
    days = sorted(set(revised))
    return (f"{len(days)} date{'s' if len(days) > 1 else ''} given more than once, the later row "
            f"of the file was taken: {', '.join(map(str, days[:5]))}"
            f"{' ...' if len(days) > 5 else ''}.",)


def _chosen(rows: Sequence[tuple[int, Row]], header: Sequence[str], name: str,
            series: str | None) -> Sequence[tuple[int, Row]]:
    if "series" not in header:
        if series is not None:
            raise InputError([Problem(f"{name}:1", "it has no column series",
                                      "Leave --series out.")])
        return rows
    names = list(dict.fromkeys(row["series"].strip() for _, row in rows))
    if series is None and len(names) < 2:
        return rows
    if series not in names:
        what = (f"it holds {len(names)} series" if series is None
                else f"it has no series {series!r}")
        raise InputError([Problem(name, what,
                                  f"Choose one with --series: {', '.join(names[:12])}.")])
    return [(number, row) for number, row in rows if row["series"].strip() == series]


def as_date(text: str) -> dt.date | None:
    """A date written as 2024-05-31, with or without a time, or a month's end as 2024-05."""
    text = text.strip()
    try:
        if len(text) == 7:
            return month_end(dt.date.fromisoformat(f"{text}-01"))
        if len(text) > 10 and text[10] not in " T":
            return None
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def as_number(text: str) -> float | None:
    """A finite number; NaN for an empty cell; None for anything else."""
    text = text.strip()
    if not text or text.lower() in ("na", "nan", "n/a"):
        return float("nan")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _is_flow(unit: str, column: str) -> bool:
    """Whether a unit or a column's name says that values belong to a period, not to a date."""
    low = f"{unit} {column}".lower()
    return any(word in low for word in ("per month", "per day", "per week", "a month", "a day",
                                        "a week", "/month", "/day", "/week", "change", "_per_"))


def _licence(source: str) -> str:
    """A licence that the text of a source names."""
    return next((name for name in LICENCES if f"({name.lower()})" in source.lower()
                 or name.lower() in source.lower().split("(")[-1]), STATED)
