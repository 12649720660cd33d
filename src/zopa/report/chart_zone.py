"""The zone on the plane of the two sides' utilities: packages, frontier, points."""

from __future__ import annotations

from typing import Any

from zopa.report.chart_style import ACCENT, NEUTRAL, Figure, Rows, Table, finished, named
from zopa.report.view import View
from zopa.report.wording import decimal, percent, spread_range
from zopa.scenario.ratification import ratified

POINTS = {"nash": "Nash", "kalai_smorodinsky": "Kalai–Smorodinsky", "egalitarian": "Egalitarian",
          "utilitarian": "Utilitarian"}
PREDICTED = "Predicted agreement"
NO_DEAL = "No agreement"
DOTS = (("package outside the zone", NEUTRAL, 0.28), ("package in the zone", ACCENT, 0.6))
"""Kinds of dots, each with its colour and opacity."""
KINDS = (*(kind for kind, _, _ in DOTS), "frontier", "point")
MANY = 301
"""Dots from which on they are small."""
PAD = 14
"""Pixels between the outermost marks and the end of the plane."""


def zone(view: View) -> Figure | None:
    """Packages, the zone, the frontier and the points of one central draw and of the ensemble."""
    answer = view.section("zone")
    if answer is None or len(view.sides) != 2:
        return None
    rows = _rows(view, answer)
    if not rows:
        return None
    first, second = (view.party(p) for p in view.sides)
    inside = sum(1 for row in rows if row["kind"] == "package in the zone")
    packages = inside + sum(1 for row in rows if row["kind"] == "package outside the zone")
    ratify, below = (", and can ratify it", "Grey dots in the shaded part cannot be ratified. "
                     ) if ratified(view.scenario) else ("", "")
    caption = (
        f"Each dot is a package of terms in the central one of the draws, valued for {first} (to "
        f"the right) and for {second} (upwards). {inside} of the {packages} packages shown are in "
        f"the zone: both sides do better than with no agreement (shaded){ratify}. {below}Over "
        f"all draws the zone is not empty with probability {percent(answer['probability'])}. The "
        "points are averages over the draws, so they need not lie on this one draw's frontier.")
    return Figure("zone", "Which packages both sides prefer to no agreement", caption,
                  lambda: finished(_chart(view, rows), 430), rows, _table(view, answer),
                  (tuple(_names(rows)), *(_size(rows, kind) for kind in KINDS)))


def points(answer: Any) -> list[tuple[str, dict[str, Any]]]:
    """The points of the answer, by name, the predicted agreement first where there is one."""
    found = []
    predicted = answer.get("predicted")
    if predicted and predicted.get("utilities"):
        terms = predicted.get("terms")
        found.append((PREDICTED, {**predicted, "utilities": terms, "utilities_spread":
                                  predicted.get("terms_spread")} if terms else predicted))
    for key, name in POINTS.items():
        point = (answer.get("points") or {}).get(key)
        if point and point.get("utilities"):
            found.append((name, point))
    return found


def _rows(view: View, answer: Any) -> Rows:
    a, b = view.sides
    frontier = answer.get("frontier") or {}
    order = list(frontier.get("sides", view.sides))
    one, two = order.index(a), order.index(b)
    rows: Rows = []
    if answer.get("cloud"):
        rows += [{"kind": f"package {'in' if package[2] else 'outside'} the zone", "name": "",
                  "a": package[one], "b": package[two]} for package in answer["cloud"]]
    if frontier.get("points"):
        line = [(point[one], point[two]) for point in frontier["points"]]
        rows += [{"kind": "frontier", "name": str(i), "a": x, "b": y}
                 for i, (x, y) in enumerate(sorted(line))]
    rows += [{"kind": "point", "name": name, "a": point["utilities"][a],
              "b": point["utilities"][b]} for name, point in points(answer)
             if point["utilities"].get(a) is not None]
    none = answer.get("disagreement") or {}
    if frontier.get("disagreement"):
        none = dict(zip(order, frontier["disagreement"], strict=True))
    if none.get(a) is not None and none.get(b) is not None:
        rows.append({"kind": "point", "name": NO_DEAL, "a": none[a], "b": none[b]})
    return rows


def _chart(view: View, rows: Rows) -> Any:
    import altair as alt

    first, second = (view.party(p) for p in view.sides)
    scale = alt.Scale(nice=False, zero=False, padding=PAD)
    across = alt.X("a:Q", title=f"Utility for {first}", scale=scale,
                   axis=alt.Axis(grid=True, tickCount=6))
    upward = alt.Y("b:Q", title=f"Utility for {second}", scale=scale, axis=alt.Axis(tickCount=6))
    tips = [alt.Tooltip("a:Q", title=first, format=".3f"),
            alt.Tooltip("b:Q", title=second, format=".3f")]
    # the part of the plane where both do better than with no agreement: to its right, above it
    names, layers = _names(rows), []
    if NO_DEAL in names:
        layers.append(_those(alt.datum.name == NO_DEAL).mark_rect(
            color=ACCENT, opacity=0.09).encode(
                x=across, x2=alt.value("width"), y=upward, y2=alt.value(0)))
    layers += [_those(alt.datum.kind == kind).mark_circle(
        color=colour, opacity=opacity, size=16 if _size(rows, kind) == "many" else 34).encode(
            x=across, y=upward, tooltip=[alt.Tooltip("kind:N", title="This is a"), *tips])
        for kind, colour, opacity in DOTS if _count(rows, kind)]
    if _count(rows, "frontier"):
        layers.append(_those(alt.datum.kind == "frontier").mark_line(
            color=NEUTRAL, strokeWidth=1.8).encode(x=across, y=upward, order="a:Q"))
    if not names:
        return alt.layer(*layers, data=named(rows))
    shapes = {PREDICTED: "diamond", "Nash": "circle", "Kalai–Smorodinsky": "square",
              "Egalitarian": "triangle-up", "Utilitarian": "triangle-down", NO_DEAL: "cross"}
    layers.append(_those(alt.datum.kind == "point").mark_point(
        filled=True, size=150, opacity=0.95, stroke="white", strokeWidth=1).encode(
            x=across, y=upward,
            shape=alt.Shape("name:N", scale=alt.Scale(
                domain=names, range=[shapes[n] for n in names]),
                legend=alt.Legend(columns=2, symbolStrokeWidth=1, symbolSize=110)),
            color=alt.Color("name:N", scale=alt.Scale(
                domain=names, range=[_ink(n) for n in names])),
            tooltip=[alt.Tooltip("name:N", title="Point"), *tips]))
    return alt.layer(*layers, data=named(rows))


def _those(test: Any) -> Any:
    """A layer of the rows of which a test holds."""
    import altair as alt

    return alt.Chart().transform_filter(test)


def _names(rows: Rows) -> list[str]:
    return [row["name"] for row in rows if row["kind"] == "point"]


def _size(rows: Rows, kind: str) -> str:
    count = _count(rows, kind)
    return "many" if count >= MANY else "some" if count else "none"


def _count(rows: Rows, kind: str) -> int:
    return sum(1 for row in rows if row["kind"] == kind)


def _ink(name: str) -> str:
    return {PREDICTED: "#b3386b", NO_DEAL: "#5d6670"}.get(name, "#3f6fb5")


def _table(view: View, answer: Any) -> Table:
    header = ("Point", *(f"{view.party(p)} (5–95 % of the draws)" for p in view.sides))
    rows = [(name, *(f"{decimal(point['utilities'].get(p))} "
                     f"({spread_range((point.get('utilities_spread') or {}).get(p))})"
                     for p in view.sides)) for name, point in points(answer)]
    none, spread = answer.get("disagreement") or {}, answer.get("disagreement_spread") or {}
    rows.append((NO_DEAL, *(f"{decimal(none.get(p))} ({spread_range(spread.get(p))})"
                            for p in view.sides)))
    return Table(header, tuple(rows))
