"""Reading the UCDP Conflict Termination file of dyads: one row a dyad and year.

1. Rows with the same dyad and episode are one war; it starts at `start_date2` of its first row.  A
   row with an outcome ends it; rows after that, of which the file has a few, are the next war.
2. Its type and region are those of its first year, the first region where several are named.
3. A war without an outcome goes on at the end of the file's last year; one whose rows stop earlier
   is lost from sight at the end of its own last year.

Years have two digits in the dates, so that the century is that of the row's `year`.  Reference:
Kreutz, J. (2010), How and when armed conflicts end, Journal of Peace Research 47(2):243-250.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zopa.core.errors import InputError, Problem

TYPES = ("extrasystemic", "interstate", "internal", "internationalised")
"""Types of conflict, in the order of their codes, 1 to 4."""
REGIONS = ("europe", "middle-east", "asia", "africa", "americas")
"""In the order of their codes, 1 to 5."""
OUTCOMES = ("agreement", "ceasefire", "victory-a", "victory-b", "low-activity", "ceases")
"""How a war ended, in the order of the codes, 1 to 6; in the last an actor ceases to exist."""
CITATION = ("Kreutz, J. (2010): How and when armed conflicts end: introducing the UCDP Conflict "
            "Termination dataset. Journal of Peace Research 47(2). UCDP Conflict Termination "
            "dataset, version 3-2021")
LICENCE = "CC BY 4.0"
COLUMNS = ("dyad_id", "conflict_id", "dyadepisode", "year", "location", "start_date2", "ependdate",
           "outcome", "type_of_conflict", "region")
DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")
MOST_BYTES = 64 * 2**20
MOST_SHOWN = 20
"""Faults of one file that are shown."""
GET = "Give the dyad file of UCDP's Conflict Termination dataset as CSV, as it was downloaded."
Row = Mapping[str, str]


@dataclass(frozen=True)
class Ended:
    """One episode of war of a dyad.

    Attributes:
        conflict, dyad: identifiers of the file.
        location: where.
        kind: one of `TYPES`, as in its first year.
        region: one of `REGIONS`.
        start: first day.
        end: last day; of a war that was lost from sight the last day that is known.
        outcome: one of `OUTCOMES`; None where it goes on or is not known.
    """

    conflict: int
    dyad: int
    location: str
    kind: str
    region: str
    start: dt.date
    end: dt.date
    outcome: str | None


@dataclass(frozen=True)
class TerminationFile:
    """The wars of a file.

    Attributes:
        name, sha256: of the file.
        wars: in the order of dyads and dates.
        last: the end of its last year.
    """

    name: str
    sha256: str
    wars: tuple[Ended, ...]
    last: dt.date


def read_terminations(path: str | Path) -> TerminationFile:
    """The wars of a file.

    Raises:
        InputError: it cannot be read, columns are missing, or cells are wrong, with row and column.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(path.name, f"the file has more than the {MOST_BYTES} bytes allowed", GET)
        raw = path.read_bytes()
    except OSError as error:
        raise _wrong(str(path), f"it cannot be read ({error.strerror})", GET) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    wars, last = terminations(text, path.name)
    return TerminationFile(path.name, hashlib.sha256(raw).hexdigest(), wars, last)


def terminations(text: str, name: str) -> tuple[tuple[Ended, ...], dt.date]:
    """As `read_terminations`, from a text: the wars, and the end of the last year.

    Args:
        text: CSV with a line of column names.
        name: file name for messages.
    """
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        head = reader.fieldnames or ()
        missing = [column for column in COLUMNS if column not in head]
        if missing:
            raise _wrong(f"{name}:1", f"it has no column {', '.join(missing)}", GET)
        rows = [{**{key: value or "" for key, value in row.items() if key}, "row": str(number)}
                for number, row in enumerate(reader, start=2)]
    except csv.Error as error:
        raise _wrong(name, f"it is not CSV ({error})", GET) from None
    if not rows:
        raise _wrong(name, "it has no row below the column names", GET)
    faults = [problem for row in rows for problem in _faults(row, name)]
    if faults:
        raise InputError(faults[:MOST_SHOWN])
    last = dt.date(max(int(row["year"]) for row in rows), 12, 31)
    episodes: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        episodes.setdefault((int(row["dyad_id"]), int(row["dyadepisode"])), []).append(row)
    wars = [war for key in sorted(episodes)
            for war in _wars(sorted(episodes[key], key=lambda row: int(row["year"])), last)]
    return tuple(wars), last


def _wars(rows: Sequence[Row], last: dt.date) -> Iterable[Ended]:
    """The wars of one episode: as many as it has outcomes, and what follows the last of them."""
    first = rows[0]
    for place, row in enumerate(rows):
        ends, final = bool(row["outcome"]), place == len(rows) - 1
        if not (ends or final):
            continue
        start = _date(first["start_date2"], int(first["year"]))
        known = _date(row["ependdate"], int(row["year"]))
        end = (known if ends and known is not None
               else dt.date(int(row["year"]), 12, 31))
        begun = start if start is not None and start.year == int(first["year"]) else dt.date(
            int(first["year"]), 1, 1)
        yield Ended(int(first["conflict_id"]), int(first["dyad_id"]), first["location"],
                    TYPES[int(first["type_of_conflict"]) - 1],
                    REGIONS[int(first["region"].split(",")[0]) - 1], begun,
                    min(max(end, begun), last),
                    OUTCOMES[int(float(row["outcome"])) - 1] if ends else None)
        if not final:
            first = rows[place + 1]


def _faults(row: Row, name: str) -> Iterable[Problem]:
    """What cannot be read in a row."""
    def fault(column: str, wanted: str) -> Problem:
        return Problem(f"{name}:{row['row']}", f"{column} must be {wanted}, but is "
                       f"'{row[column][:40]}'", "Correct the cell, or take UCDP's own file.")

    for column in ("dyad_id", "conflict_id", "dyadepisode"):
        if not row[column].isdecimal():
            yield fault(column, "a whole number")
    if not re.fullmatch(r"(19|20)\d\d", row["year"]):
        yield fault("year", "a year")
        return
    if row["type_of_conflict"] not in ("1", "2", "3", "4"):
        yield fault("type_of_conflict", "a code from 1 to 4")
    if row["region"].split(",")[0] not in ("1", "2", "3", "4", "5"):
        yield fault("region", "codes from 1 to 5")
    if row["outcome"] and not re.fullmatch(r"[1-6](\.0+)?", row["outcome"]):
        yield fault("outcome", "a code from 1 to 6, or empty")
    for column in ("start_date2", "ependdate"):
        if row[column] not in ("", ".") and _date(row[column], int(row["year"])) is None:
            yield fault(column, "a date, month/day/year")


def _date(text: str, year: int) -> dt.date | None:
    """A date of the file; a year of two digits is the one of that century or its neighbours'
    nearest to `year`."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    month, day, given = (int(part) for part in found.groups())
    if len(found[3]) == 2:
        given = min((given + century for century in (1900, 2000)), key=lambda y: abs(y - year))
    try:
        return dt.date(given, month, day)
    except ValueError:
        return None


def _wrong(where: str, what: str, mend: str) -> InputError:
    return InputError([Problem(where, what, mend)])
