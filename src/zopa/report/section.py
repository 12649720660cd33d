"""What a section of the report says: paragraphs, tables, notes; the terminal prints the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zopa.report.wording import NONE, decimal, points, signed, within

Row = tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """A table.

    Attributes:
        title: above it.
        header: a name a column.
        rows: the first cell of each names the row.
        targets: the place in the page that each row's first cell leads to; empty for none.
        note: a sentence below it; empty for none.
    """

    title: str
    header: Row
    rows: tuple[Row, ...]
    targets: Row = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Paragraphs, tables, and what a reader must know about both."""

    said: tuple[str, ...]
    tables: tuple[Listing, ...] = ()
    notes: tuple[str, ...] = ()


def in_points(entry: Mapping[str, Any] | None, key: str = "change") -> str:
    """A change of a probability and its interval: `+12 points (+3 to +20)`."""
    return _changed(entry, key, points)


def in_utility(entry: Mapping[str, Any] | None, key: str = "change") -> str:
    """A change on the scale of the packages and its interval: `+0.031 (−0.004 to +0.070)`."""
    return _changed(entry, key, _signed)


def in_periods(entry: Mapping[str, Any] | None, key: str = "change") -> str:
    """A change of a number of periods and its interval."""
    return _changed(entry, key, lambda value: _signed(value, 1))


def on_scale(entry: Mapping[str, Any] | None, key: str = "mean") -> str:
    """A level on the scale of the packages and its interval: `0.41 (0.33 to 0.52)`."""
    return _changed(entry, key, decimal)


def _changed(entry: Mapping[str, Any] | None, key: str,
             write: Callable[[float | None], str]) -> str:
    if not entry or entry.get(key) is None:
        return NONE
    return within(write(entry[key]), entry, write)


def _signed(value: float | None, places: int = 3) -> str:
    """A change with its sign; of one that rounds to 0 the zeros, of none at all a single one."""
    if value is None or round(value, places) != 0.0:
        return signed(value, places)
    return "0" if value == 0.0 else f"{0.0:.{places}f}"
