"""What `zopa zone` prints: a few sentences, a small picture, and tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from zopa.report import space_sections as sections
from zopa.report.section import Listing, Section
from zopa.report.space_rows import change_text
from zopa.report.space_view import SpaceView, utility_text
from zopa.report.space_words import statements
from zopa.report.statement import Statement
from zopa.report.terminal import headline
from zopa.report.terminal_parts import WIDTH, say, section

if TYPE_CHECKING:
    from rich.console import Console

ROWS, COLUMNS = 14, 56
OUT, IN, EFFICIENT, NASH = "·", "+", "o", "N"


def show(view: SpaceView, console: Console | None = None) -> None:
    """Print what was found.

    Args:
        view: what was found.
        console: standard output by default.
    """
    from rich.console import Console as RichConsole

    where = console or RichConsole(highlight=False, soft_wrap=False)
    say(where, view.title, "bold")
    for title, lines in view.told.items():
        say(where, title, "bold")
        for line in lines:
            indent = " " * (len(line) - len(line.lstrip()) + 2)
            say(where, textwrap.fill(line, min(where.width, WIDTH), subsequent_indent=indent))
    for statement in statements(view):
        say(where, headline(statement, min(where.width, WIDTH)))
    if len(view.parties) == 2 and where.width >= COLUMNS + 12:
        say(where, "")
        say(where, picture(view))
    section(where, sections.concession(view))
    section(where, sections.gains(view))
    section(where, _without_conventions(view))
    _text(view, where)
    for note in view.data["domain"]["notes"]:
        say(where, headline(Statement("Note:", note, "", ""), min(where.width, WIDTH)))


def _text(view: SpaceView, console: Console) -> None:
    """The single text: a paragraph a step, since changes and reasons are long."""
    text = view.data["text"]
    width = min(console.width, WIDTH)
    say(console, "The single text, step by step", "bold")
    say(console, textwrap.fill(f"Start: worth {view.worth(text['start_utility'])}.", width))
    for n, step in enumerate(text["steps"], start=1):
        say(console, textwrap.fill(
            f"{n}. {change_text(step)}: worth {view.worth(step['utility'])}. {step['reason']}",
            width, subsequent_indent="   "))
    for listing in sections.left_tables(view):
        rows = [(row[0], f"{gains}. {row[-1]}") for row in listing.rows
                for gains in [", ".join(f"{party} {gain}" for party, gain in zip(
                    view.parties, row[1:-1], strict=True))]]
        say(console, f"{listing.title}:", "bold")
        for change, what in rows:
            say(console, textwrap.fill(f"- {change}: {what}", width, subsequent_indent="  "))
    for note in sections.text_notes(view):
        say(console, textwrap.fill(note, width))


def _without_conventions(view: SpaceView) -> Section:
    """Fair points for a narrow screen: their conventions stand in the JSON and on the page."""
    shown = sections.points(view)
    tables = tuple(Listing(table.title, table.header[:-1],
                                    tuple(row[:-1] for row in table.rows))
                   for table in shown.tables)
    return Section(shown.said, tables, shown.notes)


def picture(view: SpaceView) -> str:
    """The utility plane of two parties in characters."""
    first, second = view.parties
    dots = [(p["utility"][first], p["utility"][second], IN if p["in_zone"] else OUT)
            for p in view.drawn]
    dots += [(p["utility"][first], p["utility"][second], EFFICIENT)
             for p in view.data["frontier"]["points"]]
    dots += [(p["utility"][first], p["utility"][second], NASH) for p in view.data["points"]
             if p["name"] == "Nash" and p["on"] == "packages" and p["utility"]]
    return _drawn(dots, first, second, view.reserved)


def _drawn(dots: Iterable[tuple[float, float, str]], first: str, second: str,
           reserved: bool) -> str:
    """Characters on a grid; later dots cover earlier ones."""
    marks = list(dots)
    left, right = min(x for x, _, _ in marks), max(x for x, _, _ in marks)
    low, high = min(y for _, y, _ in marks), max(y for _, y, _ in marks)
    grid = [[" "] * COLUMNS for _ in range(ROWS)]
    for x, y, mark in marks:
        column = round((x - left) / ((right - left) or 1.0) * (COLUMNS - 1))
        line = ROWS - 1 - round((y - low) / ((high - low) or 1.0) * (ROWS - 1))
        grid[line][column] = mark
    top, bottom = utility_text(high), utility_text(low)
    margin = max(len(top), len(bottom))
    lines = [f"{second}, upwards; {first}, to the right"]
    for n, cells in enumerate(grid):
        label = top if n == 0 else bottom if n == ROWS - 1 else ""
        lines.append(f"{label:>{margin}} │{''.join(cells).rstrip()}")
    start, end = utility_text(left), utility_text(right)
    lines.append(" " * margin + " └" + "─" * COLUMNS)
    lines.append(" " * (margin + 2) + start + " " * max(1, COLUMNS - len(start) - len(end)) + end)
    key = f"{EFFICIENT} efficient   {NASH} Nash   "
    lines.append(key + (f"{IN} in the zone   {OUT} outside" if reserved else
                        f"{IN} other packages"))
    return "\n".join(lines)
