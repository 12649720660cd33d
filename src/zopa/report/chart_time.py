"""Charts over time: the war without a deal, its position and costs, when a deal is predicted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from zopa.report.chart_style import (
    ACCENT,
    NEUTRAL,
    Figure,
    Rows,
    Table,
    colours,
    finished,
    named,
)
from zopa.report.view import View
from zopa.report.wording import capital, decimal, join, number, percent, percent_range

FIGHTING = "Still fighting"


def outlook(view: View) -> Figure | None:
    """Probability of each side's victory and of still fighting, with no deal ever."""
    answer = view.section("outlook")
    if answer is None:
        return None
    now, spread = answer["by_month"], answer["by_month_spread"]
    series = [(FIGHTING, now["fighting"], spread["fighting"])] + [
        (view.party(p), now["victory"][p], spread["victory"][p]) for p in view.sides]
    rows = [row for name, values, band in series
            for row in _rows("outcome", name, answer["months"], values, band)]
    chart = partial(_lines, view, rows, "outcome", "Probability", True, [(FIGHTING, NEUTRAL)])
    last = answer["months"][-1]
    caption = (
        f"If no deal is ever made, the fighting still goes on after {view.periods(last)} with "
        f"probability {percent(now['fighting'][-1])}; the probability of victory is "
        + join([f"{percent(now['victory'][p][-1])} for {view.party(p)}" for p in view.sides])
        + ". Bands hold 90 % of the draws.")
    return Figure("outlook", "How the war goes on if no deal is ever made", caption,
                  lambda: finished(chart(), 300), rows,
                  _table(view, answer["months"], series, percent, percent_range), "outlook")


def _level(value: float | None) -> str:
    """Whole from a thousand on, three significant digits below."""
    return number(value, 6 if value is not None and abs(value) >= 1e3 else 3)


def position(view: View) -> Figure | None:
    """Expected position on the battlefield while the fighting goes on."""
    answer, war = view.section("outlook"), view.scenario.war
    if answer is None or war is None:
        return None
    values, band = answer["by_month"]["position"], answer["by_month_spread"]["position"]
    name = war.position.title
    rows = _rows("quantity", name, answer["months"], values, band)
    chart = partial(_lines, view, rows, "quantity", war.position.unit, False, [(name, ACCENT)],
                    legend=False)
    months = answer["months"]
    caption = (
        f"{name}: {_level(values[0])} {war.position.unit} now, and expected at "
        f"{_level(values[-1])} {war.position.unit} after {view.periods(months[-1])} of fighting "
        f"with no deal and no collapse. Higher is better for {view.party(war.position.favours)}. "
        "The band holds 90 % of the draws.")
    return Figure("position", "Where the battlefield moves while the fighting goes on", caption,
                  lambda: finished(chart(), 220), rows)


def costs(view: View) -> Figure | None:
    """Cumulative cost of each side, on the scale of the packages."""
    answer = view.section("outlook")
    if answer is None:
        return None
    now, spread = answer["by_month"]["cost"], answer["by_month_spread"]["cost"]
    rows = [row for p in view.sides
            for row in _rows("side", view.party(p), answer["months"], now[p], spread[p])]
    chart = partial(_lines, view, rows, "side", "Cost so far, utility", False)
    last = answer["months"][-1]
    caption = (
        f"What {view.periods(last)} of war with no deal are expected to cost, on the scale on "
        "which packages of terms are valued: "
        + join([f"{view.party(p)} {decimal(now[p][-1])}" for p in view.sides])
        + ". Bands hold 90 % of the draws.")
    return Figure("costs", "What the war costs each side if no deal is ever made", caption,
                  lambda: finished(chart(), 220), rows)


def deal_by_month(view: View) -> Figure | None:
    """Probability that a deal has been made by each month."""
    zone = view.section("zone")
    if zone is None or not zone.get("deal_by_month"):
        return None
    values = zone["deal_by_month"]
    months = list(range(len(values)))
    band = {end: [entry[end] for entry in zone["deal_by_month_spread"]]
            for end in ("low", "median", "high")}
    name = "A deal has been made"
    rows = _rows("outcome", name, months, values, band)
    chart = partial(_lines, view, rows, "outcome", "Probability", True, [(name, ACCENT)],
                    legend=False)
    year = min(12, months[-1])
    caption = (
        f"A deal is predicted within {view.periods(year)} with probability "
        f"{percent(values[year])}, and within {view.periods(months[-1])} with probability "
        f"{percent(values[-1])}. The band holds 90 % of the draws.")
    return Figure("deal-by-month", "When a deal is predicted", caption,
                  lambda: finished(chart(), 260), rows,
                  _table(view, months, [(name, values, band)], percent, percent_range),
                  "deal-by-month")


def _rows(key: str, name: str, months: Sequence[int], values: Sequence[Any],
          band: Mapping[str, Sequence[Any]]) -> Rows:
    return [{key: name, "month": month, "value": value, "low": low, "high": high}
            for month, value, low, high in zip(months, values, band["low"], band["high"],
                                               strict=True)]


def _lines(view: View, rows: Rows, key: str, title: str, probability: bool,
           others: Sequence[tuple[str, str]] = (), legend: bool = True) -> Any:
    """A line a series with its band."""
    import altair as alt

    scale = alt.Scale(domain=[0, 1]) if probability else alt.Scale(zero=False, nice=True)
    axis = alt.Axis(format=".0%", tickCount=5) if probability else alt.Axis(tickCount=5)
    written = ".1%" if probability else ".3f"
    base = alt.Chart(named(rows)).encode(
        x=alt.X("month:Q", title=f"{capital(view.scenario.period)}s from now",
                axis=alt.Axis(tickMinStep=1, format="d"), scale=alt.Scale(nice=False)),
        color=alt.Color(f"{key}:N", scale=_scale(view, key, others),
                        legend=alt.Legend() if legend else None))
    band = base.mark_area(opacity=0.16).encode(
        y=alt.Y("low:Q", title=title, scale=scale, axis=axis), y2="high:Q")
    line = base.mark_line().encode(y=alt.Y("value:Q", title=title))
    points = base.mark_circle(size=70, opacity=0).encode(
        y=alt.Y("value:Q", title=title),
        tooltip=[alt.Tooltip(f"{key}:N", title=capital(key)),
                 alt.Tooltip("month:Q", title=capital(view.scenario.period)),
                 alt.Tooltip("value:Q", title="Expected", format=written),
                 alt.Tooltip("low:Q", title="5 %", format=written),
                 alt.Tooltip("high:Q", title="95 %", format=written)])
    return band + line + points


def _scale(view: View, key: str, others: Sequence[tuple[str, str]]) -> Any:
    import altair as alt

    if key in ("quantity",) or (others and others[0][0] != FIGHTING):
        return alt.Scale(domain=[n for n, _ in others], range=[c for _, c in others])
    return colours(view, others)


def _table(view: View, months: Sequence[int], series: Sequence[tuple[str, Any, Any]],
           shown: Any, ranged: Any) -> Table:
    """Every sixth month and the last one."""
    chosen = [i for i, m in enumerate(months) if m % 6 == 0 or i == len(months) - 1]
    header = (f"{capital(view.scenario.period)}", *(name for name, _, _ in series))
    rows = tuple(
        (str(months[i]), *(f"{shown(values[i])} ({ranged(band['low'][i], band['high'][i])})"
                           for _, values, band in series)) for i in chosen)
    return Table(header, rows)
