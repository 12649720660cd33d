"""The inputs that explain most of each answer, alone and together with others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.chart_rows import Line, Series, chart, data, height
from zopa.report.chart_style import ACCENT, NEUTRAL, Figure, finished
from zopa.report.chart_verdicts import readable
from zopa.report.hinges_section import ALONE, TOTAL, index, top
from zopa.report.inputs import described
from zopa.report.view import View
from zopa.report.wording import counted

SHOWN = 3
"""Inputs that are drawn for an answer."""


def hinges(view: View) -> Figure | None:
    """First-order and total indices with their intervals; those that are not given are not drawn.

    The total index of an input that was exchanged together with others is theirs too, and is left
    to the table.
    """
    answer = view.section("hinges")
    if answer is None:
        return None
    lines: list[Line] = []
    told: list[str] = []
    for name, entry in answer.items():
        foremost = [(path, found) for path, found in top(entry, SHOWN)
                    if entry.get("varies") and not name.endswith(".defined")]
        if not foremost:
            continue
        title = readable(name, view)
        lines.append(Line(title, {}, heading=True))
        for path, found in foremost:
            lines.append(Line(described(view, path), {
                ALONE: _mark(found, "first"),
                TOTAL: (None, None, None) if found.get("group") else _mark(found, "total")}))
        path, found = foremost[0]
        if found.get("first") is not None:
            told.append(f"{title}: {described(view, path)}, {index(found, 'first')} by itself")
    if not data(lines):
        return None
    answers = sum(line.heading for line in lines)
    caption = (f"The foremost inputs of {counted(answers, 'answer')}. "
               + (f"First among them, {'; '.join(told)}. " if told else "")
               + "Circles are first-order indices, diamonds total indices under the prior; lines "
               "are 95 % intervals.")
    series = [Series(ALONE, ACCENT), Series(TOTAL, NEUTRAL, "diamond", 0.2)]
    return Figure("hinges", "Which inputs explain most of the spread of each answer", caption,
                  lambda: finished(chart(lines, series, "Share of the variance", ".0%", (0.0, 1.0),
                                         zero=False), height(lines)), data(lines))


def _mark(found: Mapping[str, Any], key: str) -> tuple[float | None, float | None, float | None]:
    band = found.get(f"{key}_interval") or {}
    return found.get(key), band.get("low"), band.get("high")
