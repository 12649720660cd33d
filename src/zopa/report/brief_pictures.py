"""The figures of a brief: those that matter most, drawn from the specifications of the report."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from zopa.report.chart_style import Figure
from zopa.report.plain_text import printable_parts
from zopa.report.view import View

FIGURES = ("zone", "deal-by-month", "obstacles", "levers", "verdicts")
"""In their order."""
OTHERS = ("outlook", "waiting-terms", "rests-on")
"""What is shown where a run has few of those."""
FEWEST, DOTS = 4, 12
"""Figures that others fill up to; claims that the chart of the verdicts shows."""
NARROW = 460
"""Narrower than in the report, so that labels stay readable at half the width of a page."""
IN_SHAPE = ("zone", "deal-by-month", "outlook")
"""Those that are as much lower as they are narrower; the others have a row for every entry."""


@dataclass(frozen=True)
class Picture:
    """One figure as an image.

    Attributes:
        name: what `zopa figure` calls it.
        title, caption: as in the report, the caption cut to length.
        alt: title and whole caption, for those who do not see it.
        png: the image.
        width, height: in pixels.
    """

    name: str
    title: str
    caption: str
    alt: str
    png: bytes
    width: int
    height: int


def pictures(view: View) -> tuple[Picture, ...]:
    """The figures, drawn."""
    from zopa.report.charts import MAKERS

    found: list[Picture] = []
    for name in (*FIGURES, *OTHERS):
        if name not in MAKERS or (name in OTHERS and len(found) >= FEWEST):
            continue
        figure = MAKERS[name](view)
        if figure is None:
            continue
        title, caption = figure.title, figure.caption
        fewer = _clearest(view) if name == "verdicts" else None
        if fewer is not None:
            figure = MAKERS[name](fewer) or figure
            title += f": the {DOTS} farthest from one half"
        png = drawn_as(figure)
        width, height = struct.unpack(">II", png[16:24])
        found.append(Picture(name, title, caption, f"{title}. {caption}", png, width, height))
    return tuple(found)


def _clearest(view: View) -> View | None:
    """A view with the clearest verdicts alone; None where there are few."""
    verdicts = view.section("verdicts") or {}
    tested = {key: e for key, e in verdicts.items() if e.get("probability") is not None}
    if len(tested) <= DOTS:
        return None
    order = sorted(tested, key=lambda key: -abs(tested[key]["probability"] - 0.5))[:DOTS]
    kept = {key: entry for key, entry in tested.items() if key in order}
    return View(view.scenario, {**view.answers, "verdicts": kept}, view.manifest)


def drawn_as(shown: Figure) -> bytes:
    """A figure as PNG without its title and caption, for a text that prints them itself."""
    import vl_convert

    from zopa.report.charts import standalone

    spec = standalone(shown)
    if shown.name in IN_SHAPE and isinstance(spec.get("height"), int | float):
        spec["height"] = round(spec["height"] * NARROW / spec["width"])
    spec["width"] = NARROW
    del spec["title"]
    data: bytes = vl_convert.vegalite_to_png(
        printable_parts(spec), scale=2, allowed_base_urls=[])
    return data
