"""Every figure of a report by its name, and figures as files, without a browser.

Altair and vl-convert are imported when a figure is asked for, not before.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable
from typing import Any

from zopa.core.errors import ArgumentError
from zopa.report.chart_hindsight import hindsight
from zopa.report.chart_hinges import hinges
from zopa.report.chart_levers import levers, pairs
from zopa.report.chart_obstacles import obstacles
from zopa.report.chart_style import EXPORT_FONT, WIDTH, Figure, config
from zopa.report.chart_time import costs, deal_by_month, outlook, position
from zopa.report.chart_verdicts import rests_on, verdicts
from zopa.report.chart_waiting import waiting_terms, waiting_value
from zopa.report.chart_zone import zone
from zopa.report.view import View

MAKERS: dict[str, Callable[[View], Figure | None]] = {
    "outlook": outlook, "position": position, "costs": costs, "zone": zone,
    "deal-by-month": deal_by_month, "obstacles": obstacles, "waiting-value": waiting_value,
    "waiting-terms": waiting_terms, "levers": levers, "lever-pairs": pairs,
    "hindsight": hindsight, "verdicts": verdicts, "hinges": hinges, "rests-on": rests_on,
}
"""Name -> maker; a maker returns None where the run has nothing to show."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would compute."""


def figures(view: View) -> dict[str, Figure]:
    """All figures that a run has, in the order of the report."""
    made = {name: make(view) for name, make in MAKERS.items()}
    return {name: figure for name, figure in made.items() if figure is not None}


def figure(view: View, name: str) -> Figure:
    """One figure.

    Raises:
        ArgumentError: no figure of that name, or this run has none; lists those it has.
    """
    made = MAKERS[name](view) if name in MAKERS else None
    if made is None:
        raise ArgumentError(f"there is no figure '{name}' in this run. It has: "
                            f"{', '.join(figures(view))}.")
    return made


def standalone(shown: Figure) -> dict[str, Any]:
    """A figure that carries its own title, look and size."""
    spec = dict(shown.spec)
    spec["width"] = WIDTH
    spec["title"] = {"text": shown.title, "subtitle": textwrap.wrap(shown.caption, 105)}
    spec["config"] = config(font=EXPORT_FONT) | {"background": "white"}
    return spec


def to_svg(shown: Figure) -> str:
    """A figure as SVG."""
    import vl_convert

    text: str = vl_convert.vegalite_to_svg(standalone(shown), allowed_base_urls=[])
    return text


def to_png(shown: Figure) -> bytes:
    """A figure as PNG, at twice the size."""
    import vl_convert

    data: bytes = vl_convert.vegalite_to_png(standalone(shown), scale=2, allowed_base_urls=[])
    return data


def _text(cell: object) -> object:
    """A text that a spreadsheet would compute, after an apostrophe; numbers as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def to_csv(shown: Figure) -> str:
    """The data of a figure, a row a mark; no text is a formula to a spreadsheet."""
    columns = list(dict.fromkeys(key for row in shown.rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _text(cell) for key, cell in row.items()} for row in shown.rows)
    return text.getvalue()
