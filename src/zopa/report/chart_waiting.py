"""What waiting does to each side: the value of its position, and the terms it can expect."""

from __future__ import annotations

from typing import Any

from zopa.report.chart_style import Figure, Rows, Table, colours, finished, named
from zopa.report.view import View
from zopa.report.wording import capital, decimal, join, percent, signed, spread_range


def waiting_value(view: View) -> Figure | None:
    """V_i now, each side's own expectation, if talks start only later."""
    return _figure(
        view, "waiting-value", "value", "What a later start of talks is worth to each side today",
        "Value to the side today", "each side's own expectation, today, of all that follows")


def waiting_terms(view: View) -> Figure | None:
    """The terms that each side can expect if talks start only later."""
    return _figure(
        view, "waiting-terms", "terms", "Which terms each side can expect if talks start later",
        "Utility of the terms",
        "the utility of the terms agreed, given that nobody collapses in the wait")


def waits(view: View) -> list[int]:
    """The waits that were solved, in periods."""
    answer = view.section("waiting") or {}
    first: dict[str, Any] = next((answer[p] for p in view.sides if p in answer), {})
    return sorted(int(key) for key in first if key.isdigit())


def _figure(view: View, name: str, key: str, title: str, axis: str, meaning: str) -> Figure | None:
    answer = view.section("waiting")
    if answer is None:
        return None
    taus = waits(view)
    rows: Rows = []
    for party in view.sides:
        for tau in taus:
            entry = answer[party][str(tau)]
            band = entry.get(f"{key}_spread") or {}
            rows.append({"side": view.party(party), "wait": tau, "value": entry.get(key),
                         "low": band.get("low"), "high": band.get("high")})
    return Figure(name, title, _caption(view, answer, key, taus, meaning),
                  lambda: finished(_chart(view, rows, axis), 260), rows,
                  _table(view, answer, key, taus), name)


def _caption(view: View, answer: Any, key: str, taus: list[int], meaning: str) -> str:
    first, last = str(taus[0]), str(taus[-1])
    parts = []
    for party in view.sides:
        now, then = answer[party][first].get(key), answer[party][last].get(key)
        if now is None or then is None:
            parts.append(f"for {view.party(party)} it is not defined")
        else:
            parts.append(f"{signed(then - now)} for {view.party(party)}")
    risk = join([f"{view.party(p)} {percent(answer[p][last].get('collapse'))}"
                 for p in view.sides])
    return (f"If talks start after {view.periods(taus[-1])} and not now, {meaning}, changes by: "
            f"{join(parts)}. The risk of collapse during that wait: {risk}. Bars hold 90 % of the "
            "draws.")


def _chart(view: View, rows: Rows, axis: str) -> Any:
    import altair as alt

    base = alt.Chart(named(rows)).transform_filter("isValid(datum.value)").encode(
        x=alt.X("wait:O", title=f"{capital(view.scenario.period)}s until talks start",
                axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("side:N", sort=[view.party(p) for p in view.sides]),
        color=alt.Color("side:N", scale=colours(view), legend=alt.Legend()))
    bars = base.mark_rule(strokeWidth=2, opacity=0.55).encode(
        y=alt.Y("low:Q", title=axis, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5)),
        y2="high:Q")
    dots = base.mark_circle(size=110, opacity=1).encode(
        y=alt.Y("value:Q", title=axis),
        tooltip=[alt.Tooltip("side:N", title="Side"), alt.Tooltip("wait:O", title="Wait"),
                 alt.Tooltip("value:Q", title="Expected", format=".3f"),
                 alt.Tooltip("low:Q", title="5 %", format=".3f"),
                 alt.Tooltip("high:Q", title="95 %", format=".3f")])
    return bars + dots


def _table(view: View, answer: Any, key: str, taus: list[int]) -> Table:
    header = ("Talks start after", *(view.party(p) for p in view.sides))
    rows = []
    for tau in taus:
        cells = []
        for party in view.sides:
            entry = answer[party][str(tau)]
            cells.append(f"{decimal(entry.get(key))} ({spread_range(entry.get(f'{key}_spread'))})")
        rows.append((view.periods(tau), *cells))
    return Table(header, tuple(rows))
