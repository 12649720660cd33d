"""Offers forgone: each side's gain as it could be judged then, and by what followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.chart_rows import Line, Series, chart, data, height
from zopa.report.chart_style import NEUTRAL, SIDE_COLOURS, Figure, finished
from zopa.report.hindsight_section import SINCE, THEN
from zopa.report.section import in_utility
from zopa.report.view import View
from zopa.report.wording import capital, counted, join

EX_ANTE, EX_POST = capital(THEN), capital(SINCE)


def hindsight(view: View) -> Figure | None:
    """Gains of every offer and side with their intervals, around 0."""
    answer = view.section("hindsight")
    if answer is None:
        return None
    lines, told = [], []
    for entry in answer.values():
        lines.append(Line(f"{entry['title']} ({entry['date']})", {}, heading=True))
        parts = []
        for place, party in enumerate(view.sides):
            then = (entry.get("ex_ante") or {}).get(party) or {}
            since = (entry.get("ex_post") or {}).get(party) or {}
            lines.append(Line(view.party(party), {EX_ANTE: _mark(then), EX_POST: _mark(since)},
                              colour=SIDE_COLOURS[place] if place < 2 else None))
            parts.append(f"{view.party(party)} {in_utility(then, 'gain')} {THEN} and "
                         f"{in_utility(since, 'gain')} {SINCE}")
        told.append(f"{entry['title']}: {join(parts)}.")
    caption = (" ".join(told) + " To the right of 0 the offer was better than fighting on. Lines "
               "hold 90 % of the draws.")
    series = [Series(EX_ANTE, NEUTRAL, "circle", -0.07), Series(EX_POST, NEUTRAL, "diamond", 0.2)]
    found = data(lines)
    if not found:
        return None
    title = (f"What {counted(len(answer), 'earlier offer') if len(answer) > 1 else 'an old offer'} "
             "would have been worth to each side, against fighting on")
    return Figure("hindsight", title, caption, lambda: finished(chart(
        lines, series, "Gain over fighting on, utility", "+.2f"), height(lines)), found)


def _mark(entry: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    return entry.get("gain"), entry.get("low"), entry.get("high")
