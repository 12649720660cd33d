"""What each friction takes off the chance of a deal: its share, and by itself."""

from __future__ import annotations

from zopa.report.chart_rows import POINTS, Line, Series, chart, data, height
from zopa.report.chart_style import ACCENT, NEUTRAL, Figure, finished
from zopa.report.obstacles_section import FRICTIONS, entry, makes_some, ranked, whole
from zopa.report.section import in_points
from zopa.report.view import View
from zopa.report.wording import join, points

SHARE, ALONE = "Its share", "If it alone were removed"


def obstacles(view: View) -> Figure | None:
    """Bars of the shares, and marks of what removing each friction alone would do."""
    answer = view.section("obstacles")
    if answer is None:
        return None
    absent = answer.get("absent") or {}
    here = [name for name in ranked(answer) if name not in absent]
    if not here:
        return None
    lines = []
    for name in here:
        marks = {}
        for label, key in ((SHARE, "share"), (ALONE, "alone")):
            found = entry(answer, key, name)
            marks[label] = (found["change"], found.get("low"), found.get("high"))
        lines.append(Line(FRICTIONS[name][0], marks))
    series = [Series(SHARE, ACCENT, "bar"), Series(ALONE, NEUTRAL, "diamond", 0.2)]
    parts = [f"{FRICTIONS[name][0].lower()} {points(answer['share'][name])}" for name in here]
    some = makes_some(answer)
    caption = (
        (f"Of the {whole(answer)} by which all frictions together lower the chance of a deal"
         if some else "All frictions together leave the chance of a deal as it is")
        + f" within {view.periods(answer['window'])}: {join(parts)}. Bars are these shares, "
        "diamonds what removing that friction alone would add; lines hold 90 % of the draws.")
    title = (f"{FRICTIONS[here[0]][0]} takes most off the chance of a deal, "
             f"{in_points(entry(answer, 'share', here[0])).replace('+', '', 1)}"
             if some and answer["share"][here[0]] > 0.0 else
             "Together the frictions take nothing off the chance of a deal" if not some else
             "No friction by its share takes anything off the chance of a deal")
    return Figure("obstacles", title, caption, lambda: finished(
        chart(lines, series, "Chance of a deal, points", POINTS), height(lines)), data(lines))
