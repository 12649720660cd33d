"""Rows behind the charts of a domain: packages, frontier, points, and the way of the single text.

Column `u0`, `u1`, ... is the utility of the first, the second, ... party; `i0`, `i1`, ... the
option on each issue, for the text under the pointer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zopa.report.chart_style import Rows
from zopa.report.space_view import SpaceView, point_name, utility_text
from zopa.report.wording import join

FRONTIER = 1500
"""Points of a frontier that are drawn."""
TIPS = 14
"""Issues shown one a line under the pointer; of more, all in one text."""
NO_DEAL = "No agreement"
OUTSIDE, INSIDE, EFFICIENT = "package outside the zone", "package in the zone", "efficient package"


def evenly(items: Sequence[Any], most: int) -> list[Any]:
    """At most so many of a list, spread evenly over it, its ends among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(n * (len(items) - 1) / (most - 1))] for n in range(most)]


def row(view: SpaceView, kind: str, name: str, utility: Mapping[str, float | None],
        package: Mapping[str, str] | None) -> dict[str, Any]:
    """One mark."""
    made: dict[str, Any] = {"kind": kind, "name": name}
    made |= {f"u{n}": utility[party] for n, party in enumerate(view.parties)}
    if package is not None:
        terms = view.package(package)
        if len(terms) <= TIPS:
            made |= {f"i{n}": option for n, (_, option) in enumerate(terms)}
        else:
            made["package"] = "; ".join(f"{issue}: {option}" for issue, option in terms)
    return made


def packages(view: SpaceView) -> Rows:
    """Packages in and outside the zone."""
    return [row(view, INSIDE if p["in_zone"] else OUTSIDE, "", p["utility"],
                p["package"]) for p in view.drawn]


def frontier(view: SpaceView, most: int = FRONTIER) -> Rows:
    """Efficient packages."""
    return [row(view, EFFICIENT, "in the zone" if p["in_zone"] else "outside the zone",
                p["utility"], p["package"])
            for p in evenly(view.data["frontier"]["points"], most)]


def points(view: SpaceView) -> Rows:
    """Fair points, those that are the same in one mark; and no agreement.

    Points on mixtures stand apart from those on real packages, which come first.
    """
    marks: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for point in sorted(view.data["points"], key=lambda p: p["on"] != "packages"):
        if point["utility"]:
            utility = tuple(f"{point['utility'][party]:.9g}" for party in view.parties)
            marks.setdefault(utility, []).append(point)
    rows = []
    for same in marks.values():
        real = [p for p in same if p["on"] == "packages"]
        names = list(dict.fromkeys(point_name(p["name"]) for p in real or same))
        what = short(names) + ("" if real else " on mixtures")
        rows.append(row(view, "point" if real else "mixture", what, same[0]["utility"],
                        dict(view.terms((real or same)[0]))) | {"which": join(names)})
    return [*rows, row(view, "none", NO_DEAL, view.data["disagreement"], None) | {
        "which": NO_DEAL}]


def short(names: Sequence[str]) -> str:
    """`Nash and Raiffa`, `Nash and 3 others`."""
    return join(list(names)) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others"


def way(view: SpaceView) -> Rows:
    """The single text from its start to its end."""
    text = view.data["text"]
    places = [("start", text["start_utility"], "The start"),
              *((f"step {n}", step["utility"], change_text(step))
                for n, step in enumerate(text["steps"], start=1))]
    return [row(view, "text", name, utility, None) | {"order": n, "what": what}
            for n, (name, utility, what) in enumerate(places)]


def change_text(step: Mapping[str, Any]) -> str:
    """`issue: option → option`, for every change of a step."""
    return "; ".join(f"{c['issue']}: {c['from']} → {c['to']}" for c in step["changes"])


def stairs(view: SpaceView, rows: Rows) -> Rows:
    """Corners of the edge of what two parties can have: the frontier as a line of steps."""
    ordered = sorted(rows, key=lambda r: (r["u0"], -r["u1"]))
    return [{"u0": r["u0"], "u1": r["u1"], "order": n} for n, r in enumerate(ordered)]


def tips(view: SpaceView, package: bool = True) -> list[Any]:
    """What is shown under the pointer: utilities, then the package."""
    import altair as alt

    shown = [alt.Tooltip(f"u{n}:Q", title=heading(f"Utility for {party}"), format=",.4~g")
             for n, party in enumerate(view.parties)]
    if package and len(view.issues) <= TIPS:
        shown += [alt.Tooltip(f"i{n}:N", title=heading(issue))
                  for n, issue in enumerate(view.issues)]
    elif package:
        shown.append(alt.Tooltip("package:N", title="Package"))
    return shown


def heading(text: str) -> str:
    """A text as the heading of a line under the pointer, where a backslash would end it."""
    return text.replace("\\", "\u2216")


def drawn_text(view: SpaceView) -> str:
    """What of the packages a chart shows, as a sentence."""
    size = view.data["frontier"]["size"]
    every = ("All packages are drawn." if view.all_drawn else
             f"Beside the efficient packages a random sample of {len(view.drawn):,} of the "
             f"{view.data['domain']['packages']:,} packages is drawn, the same every time.")
    if size > FRONTIER:
        every += f" Of {size:,} efficient packages {FRONTIER:,} are drawn."
    return every


def epsilon_text(view: SpaceView) -> str:
    """How far the frontier found may be from the true one; empty where it is the true one."""
    found = view.data["frontier"]
    if view.exact:
        return ""
    gaps = join([f"{utility_text(found['epsilon'][party])} for {party}" for party in view.parties])
    return (f"The frontier is not known exactly; no package lies above it by more than {gaps} "
            "(dashed where drawn).")
