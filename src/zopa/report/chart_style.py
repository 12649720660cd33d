"""What every chart shares: the colours of the sides, one look, and the parts of a figure.

The colours are an orange and a violet that stay apart in all common kinds of colour blindness,
stand out on white and on dark paper alike, and are nobody's flag, good or bad.  Whatever belongs to
no side is grey.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zopa.report.view import View

SIDE_COLOURS = ("#c8701b", "#7d6bb8")
NEUTRAL = "#7d858f"
ACCENT = "#2f8f83"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
EXPORT_FONT = "Liberation Sans, DejaVu Sans, Arial, sans-serif"
WIDTH = 680
DATA = "rows"
"""What the data of a chart is called in its specification, so that it can be exchanged alone."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Table:
    """The main numbers of a figure, for those who read rather than look."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """One chart with all that goes with it.

    Attributes:
        name: what `zopa figure` calls it.
        title: what it is about, as a sentence.
        caption: what it shows, in numbers.
        make: makes `spec`, which takes longer than all the rest and is not always asked for.
        rows: the data, one mark a row.
        table: the main numbers; None where the section prints them anyway.
        key: what the specification depends on beside the scenario, where its data stand in one
            place by the name `DATA`, so that a drawn chart of equal key needs new rows alone; None
            where it must be drawn anew.
    """

    name: str
    title: str
    caption: str
    make: Callable[[], dict[str, Any]] = field(repr=False, compare=False)
    rows: Rows
    table: Table | None = None
    key: Hashable = None

    @cached_property
    def spec(self) -> dict[str, Any]:
        """Vega-Lite, data included."""
        return self.make()


def inline(rows: Rows) -> Any:
    """Rows as data inside the chart."""
    import altair as alt

    return alt.Data(values=rows)


def named(rows: Rows) -> Any:
    """Rows as the one dataset of a chart, by the name `DATA`; its layers filter it."""
    import altair as alt

    return alt.InlineData(values=rows, name=DATA)


def colours(view: View, others: Sequence[tuple[str, str]] = ()) -> Any:
    """The scale of colours by name: the two sides, then others with theirs."""
    import altair as alt

    names = [view.party(p) for p in view.sides[:2]] + [name for name, _ in others]
    return alt.Scale(domain=names, range=[*SIDE_COLOURS, *(c for _, c in others)][:len(names)])


def finished(chart: Any, height: int) -> dict[str, Any]:
    """A chart as Vega-Lite, as wide as its container; the look is applied where it is drawn."""
    spec: dict[str, Any] = chart.properties(width="container", height=height).to_dict()
    spec.pop("config", None)
    return _on_one_line(spec)


def _on_one_line(part: Any) -> Any:
    """All texts without line breaks, which Vega's expressions of titles cannot hold."""
    if isinstance(part, dict):
        return {_on_one_line(key): _on_one_line(item) for key, item in part.items()}
    if isinstance(part, list):
        return [_on_one_line(item) for item in part]
    return " ".join(part.splitlines()) if isinstance(part, str) else part


def config(ink: str = "#4a5158", line: str = "#d5d9de", font: str = FONT) -> dict[str, Any]:
    """The look: quiet axes, no frame, the legend below its title.

    Args:
        ink: colour of text.
        line: colour of grid and axes.
        font: family of all text.
    """
    return {
        "background": "transparent",
        "font": font,
        "padding": {"left": 2, "right": 8, "top": 6, "bottom": 4},
        "view": {"stroke": None},
        "axis": {"labelColor": ink, "titleColor": ink, "gridColor": line, "domainColor": line,
                 "tickColor": line, "labelFontSize": 12, "titleFontSize": 12,
                 "titleFontWeight": "normal", "titlePadding": 8, "gridOpacity": 0.7},
        "axisX": {"grid": False},
        "legend": {"labelColor": ink, "titleColor": ink, "labelFontSize": 12, "title": None,
                   "titleFontSize": 12, "orient": "top", "direction": "horizontal",
                   "symbolStrokeWidth": 2, "symbolOpacity": 1, "offset": 6, "labelLimit": 320},
        "title": {"color": ink, "subtitleColor": ink, "anchor": "start", "fontSize": 15,
                  "subtitleFontSize": 12, "offset": 12, "subtitlePadding": 6},
        "text": {"color": ink, "fontSize": 11},
        "line": {"strokeWidth": 2.2},
        "rule": {"color": ink},
    }
