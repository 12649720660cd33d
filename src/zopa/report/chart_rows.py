"""Charts of ranked numbers with intervals: a line of text above each row, so that they fit a phone.

Rows stand on a vertical axis that has no labels; headings are rows without marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zopa.report.chart_style import NEUTRAL, Rows, inline

STEP = 40
"""Pixels of a row."""
HEADING = 30
TEXT = 16
"""How much of a row its text takes, from above."""
POINTS = "+.1%"
"""Format of changes of a probability; their axis is labelled in percentage points."""
IN_POINTS = "datum.value == 0 ? '0' : replace(format(100 * datum.value, '+.2~f'), '-', '\u2212')"


@dataclass(frozen=True)
class Series:
    """One kind of mark.

    Attributes:
        name: in the legend.
        colour: of the mark and its interval.
        shape: of the mark; `bar` is a bar from 0.
        offset: how far below the middle of its row, in rows.
    """

    name: str
    colour: str
    shape: str = "circle"
    offset: float = 0.0


@dataclass(frozen=True)
class Line:
    """One row: its text, and a number with its interval for some of the series.

    Attributes:
        text: above the row.
        marks: series -> value, low, high; a series without a value is not drawn.
        heading: whether the text stands alone and in bold.
        colour: of the marks, in place of the series'; None keeps it.
    """

    text: str
    marks: dict[str, tuple[float | None, float | None, float | None]]
    heading: bool = False
    colour: str | None = None


def data(lines: Sequence[Line]) -> Rows:
    """The rows of a figure's data: text, series, value and interval."""
    found: Rows = []
    heading = ""
    for line in lines:
        if line.heading:
            heading = line.text
        for name, (value, low, high) in line.marks.items():
            if value is not None:
                found.append(({"of": heading} if heading else {}) | {
                    "row": line.text, "what": name, "value": value, "low": low, "high": high})
    return found


def height(lines: Sequence[Line]) -> int:
    """Pixels that the rows need."""
    return sum(HEADING if line.heading else STEP for line in lines)


def chart(lines: Sequence[Line], series: Sequence[Series], axis: str, written: str,
          domain: tuple[float, float] | None = None, zero: bool = True) -> Any:
    """The rows as layers.

    Args:
        lines: from above to below.
        series: in the order of the legend.
        axis: title of the horizontal axis.
        written: format of its numbers.
        domain: its ends; the data decide by default, with 0 among them.
        zero: whether a line marks 0.
    """
    import altair as alt

    total = height(lines)
    across = alt.Scale(domain=list(domain), nice=False, clamp=True) if domain else alt.Scale(
        zero=True, nice=True)
    down = alt.Scale(domain=[total, 0], nice=False, zero=False)
    texts, marks = _placed(lines, series)
    x = alt.X("value:Q", title=axis, scale=across,
              axis=alt.Axis(format=written, tickCount=6, grid=True, labelExpr=(
                  IN_POINTS if written == POINTS else alt.Undefined)))
    y = alt.Y("y:Q", axis=None, scale=down)
    shown = [one for one in series if any(row["what"] == one.name for row in marks)]
    kinds = alt.Scale(domain=[one.name for one in shown], range=[
        "square" if one.shape == "bar" else one.shape for one in shown])
    tips = [alt.Tooltip("text:N", title="Row"), alt.Tooltip("what:N", title="What"),
            alt.Tooltip("value:Q", title="Mean", format=written),
            alt.Tooltip("low:Q", title="From", format=written),
            alt.Tooltip("high:Q", title="To", format=written)]
    colour = alt.Color("colour:N", scale=None)
    layers = []
    if zero:
        layers.append(alt.Chart(inline(_beside(lines))).mark_rule(opacity=0.6).encode(
            x=alt.X("zero:Q", scale=across), y=alt.Y("y:Q", axis=None, scale=down), y2="end:Q"))
    bars = [row for row in marks if row["bar"]]
    if bars:
        layers.append(alt.Chart(inline(bars)).mark_rule(strokeWidth=11, opacity=0.35).encode(
            x=alt.X("zero:Q", scale=across), x2="value:Q", y=y, color=colour))
    ranged = [row for row in marks if row["low"] is not None and row["high"] is not None]
    if ranged:
        layers.append(alt.Chart(inline(ranged)).mark_rule(strokeWidth=2.2, opacity=0.75).encode(
            x=alt.X("low:Q", scale=across), x2="high:Q", y=y, color=colour))
    legend = alt.Legend(symbolFillColor=NEUTRAL, symbolStrokeColor=NEUTRAL, labelLimit=300)
    layers.append(alt.Chart(inline(marks)).mark_point(filled=True, size=90, opacity=1).encode(
        x=x, y=y, color=colour, tooltip=tips, shape=alt.Shape(
            "what:N", scale=kinds, legend=legend if len(shown) > 1 else None)))
    return alt.layer(*layers, *(_texts(texts, y, heading) for heading in (True, False)
                                if any(row["heading"] is heading for row in texts)))


def _texts(texts: Rows, y: Any, heading: bool) -> Any:
    """The texts of the rows, cut where the chart ends."""
    import altair as alt

    some = alt.Chart(inline([row for row in texts if row["heading"] is heading]))
    return some.mark_text(
        align="left", baseline="middle", fontWeight=700 if heading else 400,
        fontSize=12.5 if heading else 12, limit=alt.ExprRef(expr="width")).encode(
            x=alt.value(0), y=y, text="text:N")


def _beside(lines: Sequence[Line]) -> Rows:
    """Where the line at 0 runs: beside the marks, so that it strikes through no text."""
    found: Rows = []
    top = 0
    for line in lines:
        if not line.heading:
            found.append({"zero": 0.0, "y": top + TEXT, "end": top + STEP})
        top += HEADING if line.heading else STEP
    return found


def _placed(lines: Sequence[Line], series: Sequence[Series]) -> tuple[Rows, Rows]:
    """Texts and marks with their places, in pixels from above."""
    texts: Rows = []
    marks: Rows = []
    top = 0
    for line in lines:
        texts.append({"text": line.text, "heading": line.heading,
                      "y": top + (16 if line.heading else 9)})
        for one in series:
            value, low, high = line.marks.get(one.name, (None, None, None))
            if value is not None:
                marks.append({
                    "text": line.text, "what": one.name, "value": value, "low": low, "high": high,
                    "y": top + 26 + STEP * one.offset, "bar": one.shape == "bar", "zero": 0.0,
                    "colour": line.colour or one.colour})
        top += HEADING if line.heading else STEP
    return texts, marks
