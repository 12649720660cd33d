"""Writes the tables and figures of docs/explanation/how-far-to-trust-it.md that come from a series.

    python bench/hindcast_page.py --data ../shared/data            writes them
    python bench/hindcast_page.py --data ../shared/data --check    exits with 1 where they differ

The series is not part of the project.  Where it is absent nothing is done.  The same series and
seed give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zopa.calibrate.hindcast import REMEMBERED, Hindcast, hindcast
from zopa.calibrate.hindcast_tables import (
    HEADER,
    HEADER_AGAINST,
    Part,
    as_markdown,
    parts,
    rows,
    rows_against,
    short,
)
from zopa.calibrate.readers import Wanted, read_series
from zopa.calibrate.series import later, monthly
from zopa.cli.progress import metered

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "how-far-to-trust-it.md"
FIGURES = ROOT / "docs" / "explanation" / "hindcast"
SERIES = "area_controlled_monthly.csv"
SINCE, FROZEN, SEED = dt.date(2022, 5, 31), dt.date(2024, 5, 31), 0
BEGIN = "<!-- battlefield: written by bench/hindcast_page.py -->"
END = "<!-- battlefield: end -->"
SHOWN = 3
TITLES = {
    "after": "After: origin and what came are later than the model",
    "across": "Across: origins before the model was frozen, of what came after",
    "developed": "Developed on: the model was changed in sight of these",
}
CREDIT = "Area controlled: ISW/CTP, area by The Economist (CC BY 4.0)"


def section(result: Hindcast) -> str:
    """The generated part of the page."""
    tables = {part.name: part for part in parts(result, FROZEN)}
    return "\n".join([BEGIN, "", *_section(result, tables), END])


def _section(result: Hindcast, tables: dict[str, Part]) -> Iterator[str]:
    first, last = result.series.months[0], result.series.months[-1]
    yield (f"Series `{SERIES}` (SHA-256 {result.series.origin.sha256[:12]}), {first:%Y-%m} to "
           f"{last:%Y-%m}, km2, seed {result.seed}. {CREDIT}.")
    yield ""
    for name, title in TITLES.items():
        part = tables[name]
        yield f"### {title}"
        yield ""
        yield from as_markdown(HEADER_AGAINST, rows_against(part))
        yield ""
        yield from as_markdown(HEADER, rows(part))
        yield ""
    yield (f"![Forecasts {SHOWN} months ahead and what came](hindcast/three-months.svg)")
    yield ""
    yield "![Where what came fell in the forecasts](hindcast/pit.svg)"
    yield ""


def fan(result: Hindcast) -> dict[str, Any]:
    """Forecasts of one horizon with their intervals, and what came."""
    data = [{"month": later(case.origin, case.months).isoformat(),
             **{key: short(value) for key, value in zip(
                 ("q05", "q25", "q50", "q75", "q95"), case.scored.quantiles, strict=True)},
             "came": short(case.came)}
            for case in result.cases if case.model == REMEMBERED and case.months == SHOWN]
    x = {"field": "month", "type": "temporal", "scale": {"type": "utc"},
         "title": "End of the three months"}
    y = {"type": "quantitative", "title": "Change over three months, km2",
         "scale": {"domain": [-4000, 4000]}}

    def band(low: str, high: str, shade: float) -> dict[str, Any]:
        return {"mark": {"type": "area", "opacity": shade, "color": "#7d858f", "clip": True},
                "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}}}

    return _figure("Three months ahead: forecast and what came", [
        band("q05", "q95", 0.25), band("q25", "q75", 0.45),
        {"mark": {"type": "line", "color": "#7d858f"},
         "encoding": {"x": x, "y": {**y, "field": "q50"}}},
        {"mark": {"type": "point", "filled": True, "color": "#2f8f83", "size": 45},
         "encoding": {"x": x, "y": {**y, "field": "came"}}},
        {"mark": {"type": "rule", "strokeDash": [4, 4]}, "data": {"values": [{"at": str(FROZEN)}]},
         "encoding": {"x": {"field": "at", "type": "temporal", "scale": {"type": "utc"}}}},
    ], data, ["Bands hold 50 and 90 percent (momentum with memory); dots are what came; the dashed "
              "line is when the", f"model was frozen. Cut at 4,000 km2. {CREDIT}."])


def pit(result: Hindcast) -> dict[str, Any]:
    """Histogram of the PIT by horizon, of forecasts of what came after the model was frozen."""
    data = [{"pit": short(case.scored.pit), "months": case.months}
            for case in result.cases if case.model == REMEMBERED
            and later(case.origin, case.months) > FROZEN]
    layer = {"mark": {"type": "bar", "color": "#2f8f83"}, "encoding": {
        "x": {"field": "pit", "type": "quantitative", "bin": {"extent": [0, 1], "step": 0.2},
              "title": "PIT"},
        "y": {"aggregate": "count", "type": "quantitative", "title": "Forecasts"},
        "column": {"field": "months", "type": "ordinal", "title": None,
                   "header": {"labelExpr": "'months ahead: ' + datum.value"}}}}
    figure = _figure("Where what came fell in the forecasts, since the model was frozen", [], data,
                     ["PIT: the probability that the forecast gave to no more than what came. Even "
                      "bars would be right;", "high bars on the right: the position moved up more "
                      f"than was forecast. {CREDIT}."])
    return {**{k: v for k, v in figure.items() if k not in ("layer", "height")}, **layer,
            "width": 130, "height": 140}


def _figure(title: str, layers: list[dict[str, Any]], data: list[dict[str, Any]],
            caption: list[str]) -> dict[str, Any]:
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 620,
            "height": 260, "data": {"values": data}, "layer": layers, "background": "white",
            "title": {"text": title, "subtitle": caption, "anchor": "start"},
            "config": {"font": "Liberation Sans, DejaVu Sans, Arial, sans-serif"}}


def written(data: Path) -> dict[Path, str]:
    """Every file and the text that it should have."""
    import vl_convert

    months = monthly(read_series(data / SERIES, Wanted(licence="CC BY 4.0")).between(SINCE, None))
    with metered(quiet=False) as meter:
        result = hindcast(months, SEED,
                          tell=lambda at, total: meter.work("Forecasting", at, total))
    before = PAGE.read_text(encoding="utf-8")
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    found = {PAGE: head + section(result) + tail}
    for name, spec in (("three-months", fan(result)), ("pit", pit(result))):
        found[FIGURES / f"{name}.svg"] = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return found


def main() -> int:
    """Write or compare; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if not (given.data / SERIES).is_file():
        print(f"{given.data / SERIES} is not there; nothing is done.")
        return 0
    stale = 0
    for path, text in written(given.data).items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if given.check:
            print(f"{path.relative_to(ROOT)} would differ", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if given.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
