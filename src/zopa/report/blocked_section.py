"""Who inside which party blocks what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.section import Listing, Section
from zopa.report.statement import error_of
from zopa.report.view import View
from zopa.report.wording import NONE, decimal, percent, percent_range, spread_range

MOST = 4
"""Options that are listed for a group."""
HOW = ("A group with a veto blocks what is worth less to it than what it accepts. Shares are of "
       "the packages that would be in the zone if no group had a veto; a group without one blocks "
       "nothing, and what it would block is shown.")


def blocked(view: View) -> Section | None:
    """A row a group; None where no party has groups."""
    answer = (view.section("zone") or {}).get("blocked")
    if not answer:
        return None
    groups = [(party, entry) for party, found in answer.items() for entry in found.values()]
    table = Listing(
        "Who blocks what",
        ("Group", "Party", "Veto", "Accepts at least", "Blocks", "Blocks alone", "Its floor binds"),
        tuple((entry["title"], view.party(party), "yes" if entry.get("veto") else "no",
               _level(entry, "accepts"), _share(entry, "blocks"), percent(entry.get("alone")),
               _sure(view, entry.get("binds"))) for party, entry in groups))
    most = [row for party, entry in groups for row in _options(view, party, entry)]
    options = Listing("The options that a group alone blocks most often",
                      ("Option", "Who blocks it", "Share of the packages with it"), tuple(most))
    return Section((HOW,), (table, options) if most else (table,))


def _options(view: View, party: str, entry: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The foremost options that a group alone blocks, the most often blocked first."""
    found = [(issue, row["option"], row["share"])
             for issue, row in (entry.get("options") or {}).items() if row]
    who = f"{view.party(party)}: {entry['title'].partition(':')[0]}"
    return [(f"{view.issue(issue)}: {view.option(issue, option)}", who, percent(share))
            for issue, option, share in sorted(found, key=lambda row: (-row[2], row[0]))[:MOST]]


def _level(entry: Mapping[str, Any], key: str) -> str:
    if entry.get(key) is None:
        return f"{NONE}: it has no veto and states nothing"
    span = spread_range(entry.get(f"{key}_spread"))
    text = decimal(entry[key])
    return text if span == NONE else f"{text} ({span})"


def _share(entry: Mapping[str, Any], key: str) -> str:
    text, band = percent(entry.get(key)), entry.get(f"{key}_spread") or {}
    if band.get("low") is None:
        return text
    span = percent_range(band["low"], band["high"])
    return text if span == text else f"{text} ({span})"


def _sure(view: View, probability: float | None) -> str:
    found, text = error_of(view, probability), percent(probability)
    if found is None:
        return text
    span = percent_range(*found)
    return text if span == text else f"{text} ({span})"
