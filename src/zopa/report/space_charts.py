"""The charts of a domain: the utility plane of two parties, parallel axes of more.

Two parties have the two colours of every report, which are nobody's good or bad; the zone is the
accent colour, all else grey.  Every chart says in its title what it shows, with numbers.
"""

from __future__ import annotations

from typing import Any

from zopa.report import space_rows as made
from zopa.report.chart_style import ACCENT, NEUTRAL, Figure, Rows, finished, inline
from zopa.report.space_view import SpaceView, utility_text
from zopa.report.space_words import held, of_packages
from zopa.report.wording import capital, counted, join

POINT_INK = ("#3f6fb5", "#b3386b", "#6b6b1f", "#8a5a2b", "#2b7a8a", "#5a4fa3")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "triangle-right")
NO_DEAL_INK = "#5d6670"
WAY_INK = "#9a6a00"
LINES = 300
"""Frontier packages drawn on parallel axes."""


def figures(view: SpaceView) -> dict[str, Figure]:
    """The charts by name."""
    shown = (plane(view) if len(view.parties) == 2 else
             parallel(view) if len(view.parties) > 2 else None)
    return {} if shown is None else {shown.name: shown}


def title(view: SpaceView) -> str:
    """What the chart shows, in a sentence with numbers."""
    size = view.data["frontier"]["size"]
    efficient = f"{size:,} {'is' if size == 1 else 'are'} efficient"
    if not view.exact:
        efficient = f"{size:,} nearly efficient ones were found"
    if not view.reserved:
        return f"Of {of_packages(view)} {efficient}"
    if not view.data["zone"]["exists"]:
        return (f"No package gives every party its reservation value; {efficient} of "
                f"{of_packages(view)}")
    who = "both parties" if len(view.parties) == 2 else f"all {len(view.parties)} parties"
    return f"{capital(held(view))} give {who} their reservation value; {efficient}"


def plane(view: SpaceView) -> Figure:
    """Packages, zone, reservation values, frontier, points and single text of two parties."""
    first, second = view.parties
    rows = [*made.packages(view), *made.frontier(view), *made.points(view), *made.way(view)]
    steps = len(view.data["text"]["steps"])
    caption = (
        f"Each dot is a package, valued for {first} (to the right) and for {second} (upwards). "
        "Utilities of the two are not comparable. "
        + (f"Shaded: the zone, where each has at least its reservation value "
           f"({_reservations(view)}). " if view.reserved else "")
        + "Large dots joined by a line are efficient; hollow marks are fair points on mixtures of "
        "packages. "
        + (f"The dotted line is the single text, {counted(steps, 'step')}. " if steps else "")
        + f"{made.drawn_text(view)} {made.epsilon_text(view)}").strip()
    return Figure("plane", title(view), caption,
                  lambda: finished(_plane(view, rows), 460), rows)


def _reservations(view: SpaceView) -> str:
    given = view.data["reservation"]
    return join([f"{utility_text(value)} for {party}" for party, value in
                 ((p, given[p]) for p in view.parties) if value is not None])


def _plane(view: SpaceView, rows: Rows) -> Any:
    import altair as alt

    first, second = view.parties
    across = alt.X("u0:Q", title=f"Utility for {first}", scale=_scale(view, rows, 0),
                   axis=alt.Axis(grid=True, tickCount=6))
    upward = alt.Y("u1:Q", title=f"Utility for {second}", scale=_scale(view, rows, 1),
                   axis=alt.Axis(tickCount=6))
    layers = [*_zone_layers(view, rows, across, upward)]
    for kind, colour, opacity in ((made.OUTSIDE, NEUTRAL, 0.3), (made.INSIDE, ACCENT, 0.4)):
        dots = [r for r in rows if r["kind"] == kind]
        if dots:
            layers.append(alt.Chart(inline(dots)).mark_circle(
                color=colour, opacity=opacity, size=14 if len(dots) > 300 else 26).encode(
                    x=across, y=upward, tooltip=made.tips(view)))
    efficient = [r for r in rows if r["kind"] == made.EFFICIENT]
    layers.append(alt.Chart(inline(made.stairs(view, efficient))).mark_line(
        color=NEUTRAL, strokeWidth=1.4, interpolate="step-before", opacity=0.8).encode(
            x=across, y=upward, order="order:Q"))
    upper = view.data["frontier"]["upper"]
    if upper and not view.exact:
        bound = [{"u0": u[first], "u1": u[second]} for u in made.evenly(upper, made.FRONTIER)]
        layers.append(alt.Chart(inline(made.stairs(view, bound))).mark_line(
            color=NEUTRAL, strokeWidth=1.2, strokeDash=[4, 3],
            interpolate="step-before").encode(x=across, y=upward, order="order:Q"))
    layers += [alt.Chart(inline(group)).mark_circle(
        color=colour, opacity=0.95, size=52 if len(efficient) < 200 else 24).encode(
            x=across, y=upward, tooltip=[alt.Tooltip("kind:N", title="This is an"),
                                         *made.tips(view)])
        for name, colour in (("outside the zone", NEUTRAL), ("in the zone", ACCENT))
        if (group := [r for r in efficient if r["name"] == name])]
    way = [r for r in rows if r["kind"] == "text"]
    if len(way) > 1:
        line = alt.Chart(inline(way)).encode(x=across, y=upward, order="order:Q")
        layers += [line.mark_line(color=WAY_INK, strokeWidth=1.8, strokeDash=[2, 3]),
                   line.mark_point(color=WAY_INK, size=36, filled=False, opacity=1).encode(
                       tooltip=[alt.Tooltip("name:N", title="Single text"),
                                alt.Tooltip("what:N", title="Change"), *made.tips(view, False)])]
    layers.append(_marks(view, rows, across, upward))
    return alt.layer(*layers)


def _zone_layers(view: SpaceView, rows: Rows, across: Any, upward: Any) -> list[Any]:
    """The zone as a shaded corner, and a line at each reservation value."""
    import altair as alt

    if not view.reserved:
        return []
    layers = []
    low = [view.data["reservation"][party] for party in view.parties]
    (left, right), (below, above) = (_ends(view, rows, n) for n in (0, 1))
    corner = {"u0": left if low[0] is None else low[0], "u1": below if low[1] is None else low[1],
              "u0_end": right, "u1_end": above}
    if corner["u0"] < right and corner["u1"] < above:
        layers.append(alt.Chart(inline([corner])).mark_rect(color=ACCENT, opacity=0.1).encode(
            x=across, x2="u0_end:Q", y=upward, y2="u1_end:Q"))
    rule = alt.Chart(inline([corner])).mark_rule(color=ACCENT, strokeDash=[6, 4], strokeWidth=1.2)
    for n, party in enumerate(view.parties):
        if low[n] is not None:
            channel = {"x": across} if n == 0 else {"y": upward}
            layers.append(rule.encode(**channel, tooltip=[alt.Tooltip(
                f"u{n}:Q", title=made.heading(f"Reservation value of {party}"),
                format=",.4~g")]))
    return layers


def _marks(view: SpaceView, rows: Rows, across: Any, upward: Any) -> Any:
    """Fair points and no agreement, each with its shape and name."""
    import altair as alt

    marks = [r for r in rows if r["kind"] in ("point", "mixture", "none")]
    scale = _looks(marks)
    legend = alt.Legend(columns=1, symbolStrokeWidth=1.5, symbolSize=110)
    fair = [r for r in marks if r["kind"] != "none"]
    layers = []
    for group, tips in ((fair, made.tips(view)), (marks[len(fair):], made.tips(view, False))):
        if group:
            layers.append(alt.Chart(inline(group)).mark_point(
                size=150, opacity=0.95, strokeWidth=2).encode(
                    x=across, y=upward,
                    shape=alt.Shape("name:N", scale=scale["shape"], legend=legend),
                    color=alt.Color("name:N", scale=scale["color"], legend=legend),
                    fill=alt.Fill("name:N", scale=scale["fill"], legend=legend),
                    tooltip=[alt.Tooltip("which:N", title="Point"), *tips]))
    return alt.layer(*layers)


def _looks(marks: Rows) -> dict[str, Any]:
    """Shape, colour and fill of points by name; those on mixtures are hollow."""
    import altair as alt

    names = [r["name"] for r in marks]
    inks = [NO_DEAL_INK if r["kind"] == "none" else POINT_INK[n % len(POINT_INK)]
            for n, r in enumerate(marks)]
    ranges = {
        "shape": ["cross" if r["kind"] == "none" else SHAPES[n % len(SHAPES)]
                  for n, r in enumerate(marks)],
        "color": inks,
        "fill": ["transparent" if r["kind"] == "mixture" else ink
                 for r, ink in zip(marks, inks, strict=True)]}
    return {key: alt.Scale(domain=names, range=values) for key, values in ranges.items()}


def _ends(view: SpaceView, rows: Rows, n: int) -> tuple[float, float]:
    """The ends of an axis: everything drawn, and the reservation value."""
    values = [r[f"u{n}"] for r in rows if r[f"u{n}"] is not None]
    least = view.data["reservation"][view.parties[n]]
    values += [] if least is None else [least]
    values += [u[view.parties[n]] for u in view.data["frontier"]["upper"] or ()]
    pad = 0.04 * (max(values) - min(values) or 1.0)
    return min(values) - pad, max(values) + pad


def _scale(view: SpaceView, rows: Rows, n: int) -> Any:
    import altair as alt

    return alt.Scale(domain=list(_ends(view, rows, n)), nice=False, zero=False)


def parallel(view: SpaceView) -> Figure:
    """The frontier of three or more parties on parallel axes, the zone highlighted."""
    lines = made.frontier(view, LINES)
    marks = [r for r in made.points(view) if r["kind"] == "point"]
    lines = sorted(lines, key=lambda r: r["name"] == "in the zone")
    inside = sum(r["name"] == "in the zone" for r in lines)
    size = view.data["frontier"]["size"]
    caption = (
        "Each line is an efficient package; where it crosses a party's axis is that party's "
        "utility, from the lowest (bottom) to the highest (top) that is drawn. "
        + (f"Lines in the zone ({inside:,} of {len(lines):,}) are coloured, the others grey; a bar "
           f"on an axis is a reservation value ({_reservations(view)}). " if view.reserved else "")
        + "Thick lines with marks are fair points. Where lines cross between two axes, what is "
        "better for one of the two is worse for the other. "
        + (f"Of {size:,} efficient packages {len(lines):,} are drawn, spread evenly. "
           if size > len(lines) else "") + made.epsilon_text(view)).strip()
    return Figure("parallel", title(view), caption,
                  lambda: finished(_parallel(view, lines, marks), 420), [*lines, *marks])


def _parallel(view: SpaceView, lines: Rows, marks: Rows) -> Any:
    import altair as alt

    ends = [_ends(view, [*lines, *marks], n) for n in range(len(view.parties))]

    def places(rows: Rows) -> Rows:
        """A row for each party's axis."""
        return [r | {"line": line, "party": party, "height":
                     (r[f"u{n}"] - ends[n][0]) / (ends[n][1] - ends[n][0])}
                for line, r in enumerate(rows) for n, party in enumerate(view.parties)
                if r[f"u{n}"] is not None]

    across = alt.X("party:N", sort=view.parties, title=None,
                   axis=alt.Axis(labelAngle=0, grid=True, labelLimit=140, domain=False,
                                 ticks=False), scale=alt.Scale(type="point", padding=0.25))
    upward = alt.Y("height:Q", title="Utility on each party's own scale", axis=alt.Axis(
        labels=False, ticks=False, grid=False, domain=False),
        scale=alt.Scale(domain=[0, 1], nice=False))
    layers = []
    for name, colour, opacity in (("outside the zone", NEUTRAL, 0.35),
                                  ("in the zone", ACCENT, 0.6)):
        group = places([r for r in lines if r["name"] == name])
        if group:
            base = alt.Chart(inline(group)).encode(x=across, y=upward, detail="line:N")
            layers += [base.mark_line(color=colour, opacity=opacity, strokeWidth=1.1),
                       base.mark_circle(color=colour, opacity=0.7, size=18).encode(
                           tooltip=made.tips(view))]
    bars = [{"party": party, "height": (least - ends[n][0]) / (ends[n][1] - ends[n][0]),
             "value": least} for n, party in enumerate(view.parties)
            if (least := view.data["reservation"][party]) is not None]
    if bars:
        layers.append(alt.Chart(inline(bars)).mark_tick(
            color=NO_DEAL_INK, thickness=4, size=38, opacity=1).encode(
                x=across, y=upward, tooltip=[alt.Tooltip("party:N", title="Reservation value of"),
                                             alt.Tooltip("value:Q", format=",.4~g")]))
    if marks:
        scale, legend = _looks(marks), alt.Legend(columns=1)
        base = alt.Chart(inline(places(marks))).encode(
            x=across, y=upward, detail="line:N",
            color=alt.Color("name:N", scale=scale["color"], legend=legend))
        layers += [base.mark_line(strokeWidth=2.4, opacity=0.9),
                   base.mark_point(filled=True, size=110, opacity=1).encode(
                       shape=alt.Shape("name:N", scale=scale["shape"], legend=legend),
                       tooltip=[alt.Tooltip("which:N", title="Point"), *made.tips(view)])]
    return alt.layer(*layers)
