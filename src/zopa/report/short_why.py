"""The first page's answers about obstacles, levers, offers forgone and assumptions: a line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.chart_verdicts import readable
from zopa.report.hindsight_section import SINCE, THEN
from zopa.report.hinges_section import index, top
from zopa.report.inputs import described
from zopa.report.levers_section import split
from zopa.report.obstacles_section import FRICTIONS, chance, entry, makes_some, ranked
from zopa.report.section import in_points
from zopa.report.statement import Statement
from zopa.report.view import View
from zopa.report.wording import capital, counted, join, percent

OFFERS = 2
"""Offers that are named, the latest."""
FEW = 64
"""Draws below which it is said how many there were."""
CLEAR = 0.01
"""A share of the missing chance of a deal from which on a friction is named."""

MOSTLY = {"no_zone": "mostly, there is nothing that both prefer to never agreeing",
          "rare_talks": "mostly, no talks are held in that time",
          "other": "mostly, a side collapses first, or it pays to wait"}


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
    whole = answer.get("whole") or 0.0
    text += (f" Of the difference, {join(parts)}." if parts else
             " Together the frictions hasten a deal." if whole <= -CLEAR else
             f" The frictions make {'hardly any' if makes_some(answer) else 'no'} difference"
             f"{_instead(answer)}.")
    text += f" Solved at {counted(answer['draws'], 'draw')} only." if (
        answer["draws"] < FEW) else ""
    return Statement("Why is there no deal yet?", text, "", "obstacles")


def _instead(answer: Mapping[str, Any]) -> str:
    """What is left is mostly due to."""
    remains = answer.get("remains") or {}
    known = {key: remains[key] for key in MOSTLY if remains.get(key)}
    return f": {MOSTLY[max(known, key=lambda key: known[key])]}" if known else ""


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
    """The latest offers, for both sides, by both judgements."""
    answer = view.section("hindsight")
    if answer is None:
        return None
    latest = sorted(answer.values(), key=lambda found: str(found["date"]))[-OFFERS:]
    sides = join([view.party(p) for p in view.sides])
    parts = [_offer(view, found) for found in latest]
    text = f"Probability that it beat fighting on, for {sides}: {'; '.join(parts)}."
    if len(answer) > len(latest):
        text += f" {capital(counted(len(answer) - len(latest), 'older offer'))} in the report."
    return Statement("Should an earlier offer have been taken?", text, "", "hindsight")


def _offer(view: View, found: Mapping[str, Any]) -> str:
    then, since = (_chances(view, found.get(key)) for key in ("ex_ante", "ex_post"))
    text = f"“{found['title']}”, {then} {THEN}"
    return f"{text}, {since} {SINCE}" if found.get("ex_post_reason") is None else (
        f"{text} ({SINCE}, not defined)")


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
