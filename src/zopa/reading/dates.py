"""The date of a document: as given, as its file states it, or as its name does; else undated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from zopa.core.errors import ArgumentError

if TYPE_CHECKING:
    from zopa.reading.inputs import Document

FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?$", re.S | re.M)
KEY = re.compile(r"^[ \t]*(?:date|published|published_at|pubdate)[ \t]*:[ \t]*(.+)$", re.I | re.M)
META = re.compile(
    r"<meta\b(?=[^>]*(?:article:published_time|name=[\"']?(?:date|pubdate)\b|datePublished))"
    r"[^>]*\bcontent=[\"']([^\"']+)",
    re.I,
)
ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
MONTHS = (
    "january february march april may june july august september october november december".split()
)
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
WRITTEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {MONTH},?|{MONTH.replace('month', 'first')} "
    r"(?P<second>\d{1,2})(?:st|nd|rd|th)?,?) (?P<year>\d{4})\b",
    re.I,
)
HEAD = 20_000
LINES = 12
"""Lines at the beginning among which `Date: ...` counts."""


def stated(head: str) -> dt.date | None:
    """The date in a file's front matter, its `<meta>` of publication, or a line `Date: ...` at its
    beginning.

    Args:
        head: the beginning of the file, as it stands there.
    """
    front = FRONT.match(head[:HEAD])
    if front is not None:
        found = KEY.search(front.group(1))
        return parsed(found.group(1)) if found else None
    if meta := META.search(head[:HEAD]):
        return parsed(meta.group(1))
    found = KEY.search("\n".join(head[:HEAD].splitlines()[:LINES]))
    return parsed(found.group(1)) if found else None


def in_name(name: str) -> dt.date | None:
    """The date in a file's name: 2025-03-01, 2025_03_01 or 20250301."""
    for found in IN_NAME.finditer(name):
        if date := _date(found.group(1), found.group(3), found.group(4)):
            return date
    return None


def parsed(text: str) -> dt.date | None:
    """A date written 2025-03-01, 1 March 2025 or March 1, 2025; none where it is none of these."""
    if found := ISO.search(text):
        return _date(*found.groups())
    if found := WRITTEN.search(text):
        month = (found["month"] or found["first"]).lower()
        number = next(k for k, name in enumerate(MONTHS, start=1) if name.startswith(month))
        return _date(found["year"], number, found["day"] or found["second"])
    return None


def _date(year: str, month: str | int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def given(options: Iterable[str]) -> dict[str, dt.date]:
    """File -> date, from `FILE=YYYY-MM-DD`.

    Raises:
        ArgumentError: one is of another form.
    """
    dates = {}
    for option in options:
        name, equals, text = option.rpartition("=")
        found = ISO.fullmatch(text.strip())
        date = _date(*found.groups()) if found else None
        if not equals or not name or date is None:
            raise ArgumentError(f"--date must be FILE=YYYY-MM-DD, but is '{option}'.")
        dates[name] = date
    return dates


def dates_of(
    documents: Sequence[Document], options: Mapping[str, dt.date]
) -> dict[str, dt.date | None]:  # fmt: skip
    """The date of each document: as given by its name or path, as stated in it, as in its name.

    Raises:
        ArgumentError: a date is given for no document, or for several.
    """
    dates = {d.name: d.stated or in_name(d.name) for d in documents}
    for name, date in options.items():
        fits = [d.name for d in documents if d.name == name] or [
            d.name for d in documents
            if f"/{d.name}".endswith(f"/{name}") or f"/{name}".endswith(f"/{d.name}")]  # fmt: skip
        if len(fits) != 1:
            fault = "names several of the reports" if fits else "names none of the reports"
            raise ArgumentError(f"--date {name}={date} {fault}: {', '.join(sorted(dates))}.")
        dates[fits[0]] = date
    return dates
