"""Levers and pairs of levers, ranked by their effect on the chance of a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zopa.report.chart_rows import POINTS, Line, Series, chart, data, height
from zopa.report.chart_style import ACCENT, Figure, finished
from zopa.report.levers_section import foremost, split
from zopa.report.section import in_points
from zopa.report.view import View
from zopa.report.wording import counted

EFFECT = "Change of the chance of a deal"


def levers(view: View) -> Figure | None:
    """Single levers with 90 % intervals."""
    singles, _, _ = split(list(view.answers.get("levers") or []))
    if not singles:
        return None
    up = sum(1 for e in singles if (e["deal"].get("low") or 0.0) > 0.0)
    down = sum(1 for e in singles if (e["deal"].get("high") or 0.0) < 0.0)
    title = (f"{up} of {counted(len(singles), 'lever')} {'adds' if up == 1 else 'add'} to the "
             f"chance of a deal in 95 % of the draws, {down} {'takes' if down == 1 else 'take'} "
             "from it")
    return _figure(view, "levers", title, singles, "the lever")


def pairs(view: View) -> Figure | None:
    """The pairs with the largest effects."""
    _, found, _ = split(list(view.answers.get("levers") or []))
    if not found:
        return None
    shown = foremost(found)
    title = (f"How two levers together change the chance of a deal: {len(shown)} of "
             f"{counted(len(found), 'pair')}")
    return _figure(view, "lever-pairs", title, shown, "the pair")


def _figure(view: View, name: str, title: str, found: Sequence[Mapping[str, Any]],
            what: str) -> Figure:
    war = view.scenario.war
    assert war is not None
    lines = [Line(e["title"], {EFFECT: (e["deal"]["change"], e["deal"].get("low"),
                                        e["deal"].get("high"))}) for e in found]
    ends = [found[0]] if len(found) == 1 else [found[0], found[-1]]
    told = "; ".join(f"“{e['title']}” {in_points(e['deal'])}" for e in ends)
    caption = (
        f"Change of the chance of a deal within {view.periods(war.window)} with {what}, on the "
        f"same draws, {'the only one' if len(found) == 1 else 'from the largest to the smallest'}: "
        f"{told}. Lines hold 90 % of the draws.")
    return Figure(name, title, caption, lambda: finished(
        chart(lines, [Series(EFFECT, ACCENT)],
              f"{EFFECT} within {view.periods(war.window)}, points", POINTS),
        height(lines)), data(lines))
