"""The first page's answers about obstacles, levers, offers forgone and assumptions: a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.chart_verdicts import readable
from zopa.report.hindsight_section import SINCE, THEN
from zopa.report.hinges_section import index, top
from zopa.report.inputs import described
from zopa.report.levers_section import split
from zopa.report.obstacles_section import FRICTIONS, chance, entry, ranked
from zopa.report.section import in_points
from zopa.report.statement import Statement
from zopa.report.view import View
from zopa.report.wording import capital, counted, join, percent

CLEAR = 0.01
"""A share of the missing chance of a deal from which on a friction is named."""


def obstacles(view: View) -> Statement | None:
    """What the frictions take off, and the two that take most."""
    answer = view.section("obstacles")
    if answer is None or answer.get("all") is None:
        return None
    text = (f"No deal within {view.periods(answer['window'])} has probability "
            f"{chance(answer, 'all')}, and would have {chance(answer, 'none')} with no friction.")
    named = [name for name in ranked(answer)[:2] if answer["share"][name] >= CLEAR]
    parts = [f"{FRICTIONS[name][0].lower()} "
             f"{in_points(entry(answer, 'share', name)).replace('+', '', 1)}" for name in named]
    text += (f" Of the difference, {join(parts)}." if parts else
             " None of the frictions that are asked about makes the difference.")
    return Statement("Why is there no deal yet?", text, "", "obstacles")


def levers(view: View) -> Statement | None:
    """The lever that adds most to the chance of a deal, and the one that takes most off."""
    singles, _, _ = split(list(view.answers.get("levers") or []))
    if not singles:
        return None
    best, worst = singles[0], singles[-1]
    parts = [f"“{e['title']}” {in_points(e['deal'])}"
             for e in ([best] if best is worst else [best, worst])]
    which = "the one lever" if len(singles) == 1 else f"most and least of {len(singles)} levers"
    return Statement("What would move it?", f"The chance of a deal, {which}: {join(parts)}. "
                     "None is recommended.", "", "levers")


def hindsight(view: View) -> Statement | None:
    """The latest offer, for both sides, by both judgements."""
    answer = view.section("hindsight")
    if answer is None:
        return None
    latest = max(answer.values(), key=lambda found: str(found["date"]))
    then, since = (_chances(view, latest.get(key)) for key in ("ex_ante", "ex_post"))
    text = (f"“{latest['title']}” ({latest['date']}) beat fighting on for "
            f"{join([view.party(p) for p in view.sides])} with probability {then} {THEN}")
    text += (f", {since} {SINCE}." if latest.get("ex_post_reason") is None else
             ". What followed cannot be set against it.")
    if len(answer) > 1:
        text += f" {capital(counted(len(answer) - 1, 'other offer'))} in the report."
    return Statement("Should an earlier offer have been taken?", text, "", "hindsight")


def _chances(view: View, found: Mapping[str, Any] | None) -> str:
    return join([percent((found or {}).get(p, {}).get("probability")) for p in view.sides])


def hinges(view: View) -> Statement | None:
    """The foremost input of the zone, and that of a deal within the window."""
    answer = view.section("hinges")
    if answer is None:
        return None
    parts = []
    for name, found in answer.items():
        asked = name == "zone" or name.startswith("zone.deal_by_month.")
        asked = asked and not name.endswith(".defined")
        foremost = top(found, 1) if found.get("varies") and asked else []
        for path, said in foremost:
            by = ("" if said.get("first") is None else
                  f" ({index(said, 'first')} of the variance by itself)")
            parts.append(f"for {_lower(readable(name, view))}, {described(view, path)}{by}")
    text = (f"Foremost: {'; '.join(parts)}." if parts
            else "No single uncertain input stands out.")
    return Statement("Which assumptions decide the answers?", text, "", "hinges")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
