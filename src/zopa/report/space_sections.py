"""The tables of `zopa zone`, the same on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping

from zopa.report.section import Listing, Section
from zopa.report.space_rows import change_text, evenly
from zopa.report.space_view import SpaceView, point_name, utility_text
from zopa.report.wording import counted, join, percent

SHOWN = 40
"""Rows of the frontier that a table lists."""


def terms(view: SpaceView) -> Section | None:
    """Which options the zone leaves open on every issue."""
    zone = view.data["zone"]
    if zone["exists"] is False or not view.reserved:
        return None
    rows: list[tuple[str, ...]] = []
    for issue in view.issues:
        unsure = zone["unsure"].get(issue, [])
        if issue in zone["settled"]:
            rows.append((issue, "settled", zone["settled"][issue], ""))
        else:
            options = zone["live"].get(issue, [])
            shut = [o for o in view.data["domain"]["issues"][issue]
                    if o not in options and o not in unsure]
            rows.append((issue, "divides" if len(options) > 1 else "not known",
                         ", ".join([*options, *(f"{o} (perhaps)" for o in unsure)]),
                         ", ".join(shut)))
    header: tuple[str, ...] = (
        "Issue", "State", "Options with which some package is in the zone", "Ruled out")
    if not any(row[-1] for row in rows):
        header, rows = header[:-1], [row[:-1] for row in rows]
    return Section((), (Listing("What the zone leaves open, issue by issue", header,
                                tuple(rows)),))


def concession(view: SpaceView) -> Section | None:
    """What each party would have to concede alone to open an empty zone."""
    found = view.data["zone"]["concession"]
    if found is None:
        return None
    rows = []
    for party in view.parties:
        one, least = found["alone"][party], view.data["reservation"][party]
        if least is None:
            continue
        if one is None:
            rows.append((party, utility_text(least), "no concession of its own is enough", "", ""))
        elif one["fall"] > 0:
            rows.append((party, utility_text(least), utility_text(least - one["fall"]),
                         percent(one["share"]), package_text(view, one["package"])))
    return Section((), (Listing(
        "If one party alone lowers its reservation value",
        ("Party", "From", "To", "Of its range", "Package that this lets in"), tuple(rows)),))


def package_text(view: SpaceView, package: Mapping[str, str]) -> str:
    """`issue: option; ...`."""
    return "; ".join(f"{issue}: {option}" for issue, option in view.package(package))


def points(view: SpaceView) -> Section:
    """Every fair point with its convention."""
    tables = []
    for on, said in (("packages", "Fair points on real packages"),
                     ("mixtures", "Fair points on mixtures of packages")):
        rows = [(point_name(p["name"]), *_utilities(view, p["utility"]),
                 p["convention"]) for p in view.data["points"] if p["on"] == on]
        if rows:
            tables.append(Listing(said, ("Point", *view.parties, "Convention"), tuple(rows)))
    start = view.worth(view.data["disagreement"])
    statuses: dict[tuple[str, str], list[str]] = {}
    for p in view.data["points"]:
        if p["status"]:
            statuses.setdefault((p["on"], p["status"]), []).append(point_name(p["name"]))
    return Section((f"No agreement, from which points are measured, is worth {start}. A mixture "
                    "is a lottery over packages, or splits what can be split; it may not be "
                    "practicable.",),
                   tuple(tables), tuple(f"{join(names)} on {on}: {status}."
                                        for (on, status), names in statuses.items()))


def _utilities(view: SpaceView, utility: Mapping[str, float] | None) -> list[str]:
    return [utility_text(utility[party]) if utility else "none" for party in view.parties]


def mixtures(view: SpaceView) -> Section | None:
    """What fair points on mixtures mix, those of the same terms together."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for point in view.data["points"]:
        if len(point["mixture"]) > 1:
            groups.setdefault(tuple(view.terms(point)), []).append(point_name(point["name"]))
    if not groups:
        return None
    rows = []
    for terms, names in groups.items():
        divided = [f"{issue}: {held}" for issue, held in terms if held not in
                   view.data["domain"]["issues"][issue]]
        whole = [f"{issue}: {held}" for issue, held in terms if held in
                 view.data["domain"]["issues"][issue]]
        rows.append((join(names), "; ".join(divided), "; ".join(whole)))
    return Section((), (Listing("What the mixtures mix", (
        "Points", "Mixed, with shares", "The same in all that is mixed"), tuple(rows),
        note="Shares are those of each issue by itself; which packages are mixed stands in the "
        "JSON."),))


def nearest(view: SpaceView) -> Section | None:
    """The packages of the zone nearest to points, those of one package together."""
    found = view.data["zone"]["nearest"]
    groups: dict[str, list[str]] = {}
    for point in view.data["points"]:
        key = point["name"] + ("" if point["on"] == "packages" else " (mixture)")
        if key in found:
            groups.setdefault(package_text(view, found[key]["package"]), []).append(key)
    if not groups or not view.reserved:
        return None
    rows = tuple((
        join([f"{point_name(key)}{_away(found[key]['distance'])}" for key in keys]),
        *_utilities(view, found[keys[0]]["utility"]), package) for package, keys in groups.items())
    return Section((), (Listing(
        "The package of the zone nearest to each point",
        ("Points, and how far away they are", *view.parties, "Package"), rows,
        note="Distance is Euclidean, each party's utility measured in its range over all "
        "packages; a point without a distance is that package."),))


def _away(distance: float) -> str:
    return "" if distance == 0.0 else f" ({utility_text(distance)})"


def gains(view: SpaceView) -> Section:
    """Who gets what on every issue of the Nash package."""
    found = view.data["by_issue"]
    what = ("the Nash package" if found["of"] == "Nash" else "the end of the single text")
    rows = [(row["issue"], row["option"], *(
        f"{utility_text(row['got'][p])} of {utility_text(row['most'][p])}" for p in view.parties))
        for row in found["rows"]]
    if any(found["combinations"].values()):
        rows.append(("Combinations", "", *(utility_text(found["combinations"][p])
                                           for p in view.parties)))
    rows.append(("Utility", "", *(utility_text(found["utility"][p]) for p in view.parties)))
    rows.append(("Gain over no agreement", "", *(utility_text(found["gain"][p])
                                                 for p in view.parties)))
    return Section((), (Listing(
        f"Who gets what in {what}", ("Issue", "Option", *view.parties), tuple(rows),
        note="What a party gets by an option beyond its worst option on the issue, of the most "
        f"it could get there. Numbers of different parties are not comparable.{_envy(view)}"),))


def _envy(view: SpaceView) -> str:
    """Whether anybody would rather have the other's lot, where that is defined."""
    found = view.data["by_issue"]["envy"]
    if found is None:
        return ""
    envious = [party for party in view.parties if found[party] > 0]
    if not envious:
        return " Nobody envies the other: each has at least half of its own points."
    return f" {join(envious)} would rather have what the other gets, by its own points."


def text(view: SpaceView) -> Section:
    """The single text, step by step, and what is left."""
    found = view.data["text"]
    rows = [("Start", *_utilities(view, found["start_utility"]), "")]
    rows += [(f"{n}. {change_text(step)}", *(
        f"{utility_text(step['utility'][p])} ({gain_text(step['gain'][p])})" for p in view.parties),
        step["reason"]) for n, step in enumerate(found["steps"], start=1)]
    steps = Listing("The single text, step by step",
                    ("Change", *view.parties, "Reason"), tuple(rows))
    return Section((), (steps, *left_tables(view)), tuple(text_notes(view)))


def left_tables(view: SpaceView) -> list[Listing]:
    """What the end of the single text leaves."""
    left, tables = view.data["text"]["left"], []
    if left["triple"]:
        step = left["triple"]
        tables.append(Listing(
            "A change of three issues that would still help",
            ("Change", *view.parties, "Reason"),
            ((change_text(step), *(gain_text(step["gain"][p]) for p in view.parties),
              step["reason"]),)))
    if left["nearly"]:
        tables.append(Listing(
            "Pairs of issues that nearly trade at the end",
            ("Change", *view.parties, "What is missing"),
            tuple((change_text(step), *(gain_text(step["gain"][p]) for p in view.parties),
                   step["short"]) for step in left["nearly"])))
    return tables


def text_notes(view: SpaceView) -> list[str]:
    """How the single text was made."""
    found = view.data["text"]
    left = found["left"]
    notes = [found["chosen"], found["convention"]]
    if not found["exact_ranges"]:
        notes.append("These ranges are upper bounds, since combinations pay and there are too many "
                     "packages to look at all.")
    if left["triples"]:
        looked = "All" if left["triples_complete"] else "The first"
        notes.append("The one change of three issues at the end was looked at."
                     if left["triples"] == 1 else
                     f"{looked} {left['triples']:,} changes of three issues at the end were looked "
                     "at.")
    return notes


def gain_text(value: float) -> str:
    return f"+{utility_text(value)}" if value > 0 else "0" if value == 0 else utility_text(value)


def frontier(view: SpaceView) -> Section:
    """Efficient packages."""
    found = view.data["frontier"]
    rows = tuple((str(n + 1), *_utilities(view, p["utility"]),
                  "yes" if p["in_zone"] else "no",
                  package_text(view, p["package"]))
                 for n, p in evenly(list(enumerate(found["points"])), SHOWN))
    title = "Efficient packages"
    if found["size"] > SHOWN:
        title = f"{SHOWN} of {found['size']:,} efficient packages, spread evenly"
    looked = f"{found['looked_at']:,} packages or sums were looked at"
    return Section((), (Listing(title, ("Number", *view.parties, "In the zone", "Package"), rows),),
                   (f"Method: {found['method']}; {looked}.",))


def inputs(view: SpaceView) -> Section:
    """Every number that went in."""
    reserved, start = view.data["reservation"], view.data["disagreement"]
    parties = Listing("The parties", ("Party", "No agreement", "Reservation value"), tuple(
        (p, utility_text(start[p]), "none" if reserved[p] is None else utility_text(reserved[p]))
        for p in view.parties))
    values = Listing("What every option adds", ("Issue", "Option", *view.parties), tuple(
        (issue, option, *map(utility_text, worth)) for issue, option, worth in view.values))
    domain = view.data["domain"]
    counts = [counted(len(view.issues), "issue"), f"{domain['packages']:,} packages"]
    counts += [f"{domain['rules']:,} combinations that add to utilities"] if domain["rules"] else []
    counts += [counted(domain["constraints"], "constraint")] if domain["constraints"] else []
    return Section((f"Read from: {domain['kind']}. It has {', '.join(counts)}.",),
                   (parties, values), tuple(domain["notes"]))


def share_text(view: SpaceView) -> str:
    """How much room the zone has, as far as known."""
    zone = view.data["zone"]
    if not zone["exists"] or not view.reserved or zone["volume"] is None:
        return ""
    return (f"Of the box between the reservation values and the most that each party gets in the "
            f"zone, {percent(zone['volume'])} lies under the frontier"
            f"{'' if zone['volume_method'] == 'exact' else ' (estimated)'}.")
