"""What is printed on a terminal: texts and tables in which nothing of a scenario is markup."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zopa.report.section import Section

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 96


def say(console: Console, text: str, style: str | None = None) -> None:
    """Print a text as it is."""
    console.print(text, style=style, markup=False, emoji=False)


def table(console: Console, title: str, header: Sequence[str],
           rows: Iterable[Sequence[str]]) -> None:
    """Print a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in header:
        shown.add_column(Text(name), overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    console.print(shown)


def section(console: Console, shown: Section | None) -> None:
    """Print what a section of the report says: paragraphs, tables, notes."""
    if shown is None:
        return
    for text in shown.said:
        _paragraph(console, text)
    for listing in shown.tables:
        if listing.rows:
            table(console, listing.title, listing.header, listing.rows)
        else:
            say(console, listing.title)
        _paragraph(console, listing.note)
    for text in shown.notes:
        _paragraph(console, text)


def _paragraph(console: Console, text: str) -> None:
    if text:
        say(console, textwrap.fill(text, min(console.width, WIDTH)))
