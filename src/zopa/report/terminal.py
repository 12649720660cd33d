"""Answers on a terminal: tables with names in place of keys, and what to make of them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from zopa.report.blocked_section import blocked
from zopa.report.cards import cards
from zopa.report.chart_waiting import waits
from zopa.report.chart_zone import points
from zopa.report.first_page import statements
from zopa.report.hindsight_section import hindsight
from zopa.report.hinges_section import hinges
from zopa.report.levers_section import levers
from zopa.report.obstacles_section import obstacles
from zopa.report.section import Section
from zopa.report.statement import Statement
from zopa.report.terminal_parts import WIDTH, say, section, table
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

NOTE = "In this model, under these inputs. Brackets hold 90 % of the draws."
BRACKETS = ("outlook", "zone", "obstacles", "waiting", "levers")
"""Questions whose brackets all do; those of the others say what theirs are."""


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
    say(where, view.scenario.title, "bold")
    for statement in statements(view):
        say(where, headline(statement, where.width))
    if question in NOTHING and not view.answers.get(question):
        say(where, NOTHING[question])
        return
    SHOWN[question](view, where)
    say(where, NOTE if question in BRACKETS else NOTE.partition(" Brackets")[0], "dim")


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
    table(console, "If no deal is ever made",
           [f"After {view.scenario.period}s", *(name for name, _, _ in series)],
           [[str(m), *(cell(values, band, m) for _, values, band in series)] for m in chosen])


def _zone(view: View, console: Console) -> None:
    zone = view.answers["zone"]
    table(console, "Points", ["Point", *(view.party(p) for p in view.sides)], [
        [name, *(f"{decimal(point['utilities'].get(p))} "
                 f"({spread_range((point.get('utilities_spread') or {}).get(p))})"
                 for p in view.sides)] for name, point in points(zone)] + [
        ["No agreement", *(f"{decimal(zone['disagreement'].get(p))} "
                           f"({spread_range(zone['disagreement_spread'].get(p))})"
                           for p in view.sides)]])
    table(console, "Terms (* stands in the package nearest to the predicted agreement)",
           ["Issue", "Option", "Some package of the zone", "Every package"],
           [[issue.title if i == 0 else "", f"{'* ' if option.predicted else ''}{option.title}",
             option.zone, option.settled]
            for issue in issues(view) for i, option in enumerate(issue.options)])
    section(console, blocked(view))


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
        table(console, view.party(party),
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
    table(console, "Claims", ["Claim", "It says", "In this model", "The other side"], rows)


def _sections(make: Callable[[View], Section | None]) -> Callable[[View, Console], None]:
    return lambda view, console: section(console, make(view))


SHOWN: dict[str, Callable[[View, Any], None]] = {
    "outlook": _outlook, "zone": _zone, "obstacles": _sections(obstacles), "waiting": _waiting,
    "levers": _sections(levers), "hindsight": _sections(hindsight), "verdicts": _verdicts,
    "hinges": _sections(hinges)}
NOTHING = {"levers": "The scenario has no levers to compare.",
           "hindsight": "The scenario has no dated offers to judge.",
           "hinges": "No number of the scenario is uncertain, so the answers hinge on none.",
           "obstacles": "There is no war block, so there is no delay to explain."}
"""What is said where a scenario has nothing for a question."""
