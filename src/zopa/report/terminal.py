"""Answers on a terminal: tables with names in place of keys, and what to make of them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from zopa.report.cards import cards
from zopa.report.chart_waiting import waits
from zopa.report.chart_zone import points
from zopa.report.first_page import Statement, statements
from zopa.report.terms import issues
from zopa.report.view import View
from zopa.report.wording import (
    capital,
    decimal,
    percent,
    percent_range,
    qualified,
    spread_range,
)

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 96
NOTE = "In this model, under these inputs. Brackets hold 90 % of the draws."


def headline(statement: Statement, width: int = WIDTH) -> str:
    """One answer as a paragraph of plain text."""
    text = f"{statement.question} {statement.answer}"
    if statement.measure:
        text += f" {capital(statement.measure)}."
    lines = [textwrap.fill(text, min(width, WIDTH), subsequent_indent="  ")]
    lines += [textwrap.fill(f"- {issue}: {option}", min(width, WIDTH), initial_indent="  ",
                            subsequent_indent="    ") for issue, option in statement.items]
    return "\n".join(lines)


def show(view: View, question: str, console: Console | None = None) -> None:
    """Print the answer to a question.

    Args:
        view: whose answers hold it.
        question: one of `SHOWN`.
        console: standard output by default.
    """
    from rich.console import Console as RichConsole

    where = console or RichConsole(highlight=False, soft_wrap=False)
    _say(where, view.scenario.title, "bold")
    for statement in statements(view):
        _say(where, headline(statement, where.width))
    SHOWN[question](view, where)
    _say(where, NOTE, "dim")


def _say(console: Console, text: str, style: str | None = None) -> None:
    console.print(text, style=style, markup=False, emoji=False)


def _table(console: Console, title: str, header: Sequence[str],
           rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in header:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _outlook(view: View, console: Console) -> None:
    answer = view.answers["outlook"]
    now, spread = answer["by_month"], answer["by_month_spread"]
    months = answer["months"]
    chosen = sorted({m for m in (0, 3, 6, 12, 24, 36, 48, months[-1]) if m <= months[-1]})

    def cell(values: Any, band: Any, month: int) -> str:
        span = percent_range(band["low"][month], band["high"][month])
        return f"{percent(values[month])} ({span})"

    series = [("Still fighting", now["fighting"], spread["fighting"])] + [
        (f"{view.party(p)} has won", now["victory"][p], spread["victory"][p]) for p in view.sides]
    _table(console, "If no deal is ever made",
           [f"After {view.scenario.period}s", *(name for name, _, _ in series)],
           [[str(m), *(cell(values, band, m) for _, values, band in series)] for m in chosen])


def _zone(view: View, console: Console) -> None:
    zone = view.answers["zone"]
    _table(console, "Points", ["Point", *(view.party(p) for p in view.sides)], [
        [name, *(f"{decimal(point['utilities'].get(p))} "
                 f"({spread_range((point.get('utilities_spread') or {}).get(p))})"
                 for p in view.sides)] for name, point in points(zone)] + [
        ["No agreement", *(f"{decimal(zone['disagreement'].get(p))} "
                           f"({spread_range(zone['disagreement_spread'].get(p))})"
                           for p in view.sides)]])
    _table(console, "Terms (* stands in the package nearest to the predicted agreement)",
           ["Issue", "Option", "Some package of the zone", "Every package"],
           [[issue.title if i == 0 else "", f"{'* ' if option.predicted else ''}{option.title}",
             option.zone, option.settled]
            for issue in issues(view) for i, option in enumerate(issue.options)])


def _waiting(view: View, console: Console) -> None:
    answer = view.answers["waiting"]
    for party in view.sides:
        rows = []
        for tau in waits(view):
            entry = answer[party][str(tau)]
            rows.append([
                "now" if tau == 0 else f"in {view.periods(tau)}",
                *(f"{decimal(entry.get(k))} ({spread_range(entry.get(f'{k}_spread'))})"
                  for k in ("value", "terms")), percent(entry.get("collapse"))])
        _table(console, view.party(party),
               ["Talks start", "Value today", "Terms", "Collapse in the wait"], rows)


def _verdicts(view: View, console: Console) -> None:
    answer = view.answers["verdicts"]
    rows = []
    for card in cards(view):
        entry = answer[card.key]
        if card.test is not None and card.test.probability is not None:
            mirror = (entry.get("mirror") or {}).get("probability")
            rows.append([card.key, card.says, qualified(
                entry["probability"], card.assumed or entry.get("words"),
                entry.get("confidence")), percent(mirror) if mirror is not None else "–"])
        else:
            rows.append([card.key, card.says, card.reason or card.kind, "–"])
    _table(console, "Claims", ["Claim", "It says", "In this model", "The other side"], rows)


SHOWN: dict[str, Callable[[View, Any], None]] = {
    "outlook": _outlook, "zone": _zone, "waiting": _waiting, "verdicts": _verdicts}
