"""The answers of `zopa zone` in plain sentences, the same on the terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zopa.report.space_view import SpaceView, listed, point_name, utility_text
from zopa.report.statement import Statement
from zopa.report.wording import counted, join, percent


def statements(view: SpaceView) -> list[Statement]:
    """What a reader wants to know first, a question and its answer each."""
    made = (_at_the_means(view, _zone(view)), _terms(view), _points(view), _frontier(view),
            _text(view))
    return [statement for statement in made if statement is not None]


def _at_the_means(view: SpaceView, said: Statement) -> Statement:
    """Of uncertain preferences, that one answer is not the whole."""
    if view.data["robust"] is None:
        return said
    chance = view.data["robust"]["zone_exists"]
    drawn = "" if chance is None else (
        f"In {percent(chance['probability'])} of the draws some package is in the zone "
        f"({percent(chance['low'])} to {percent(chance['high'])}). ")
    return replace(said, answer=f"{drawn}What follows stands at the means of what is uncertain. "
                   f"{said.answer}")


def _zone(view: SpaceView) -> Statement:
    zone, question = view.data["zone"], "Is there a zone of possible agreement?"
    if zone["exists"] is None:
        return Statement(question, (
            "Not known: no package was found that leaves every party at least its reservation "
            "value, but not all could be looked at. A larger --budget may settle it. "
            f"{_smallest(view)}"), "", "zone", _let_in(view))
    if not zone["exists"]:
        return Statement(question, (
            "No package leaves every party at least its reservation value. "
            f"{_smallest(view)}"), "", "zone", _let_in(view))
    if not view.reserved:
        every = ("the one package that can be agreed is" if zone["allowed"] == 1 else
                 f"all {zone['allowed']:,} packages that can be agreed are" if zone["allowed"] else
                 "all packages that can be agreed are")
        return Statement(question, (
            f"No party has a reservation value, so {every} in it. Give one with --reserve "
            "PARTY=VALUE."), "", "zone")
    count = held(view)
    return Statement(question, (
        f"Yes: {count} {'leaves' if zone['packages'] == 1 else 'leave'} every party at least "
        "its reservation value."), "", "zone")


def held(view: SpaceView) -> str:
    """`312 of 1,024 packages (30 %)`, as far as that is counted."""
    zone = view.data["zone"]
    total = of_packages(view)
    if zone["packages"] is not None:
        said = f" ({percent(zone['share'])})" if zone["share"] is not None else ""
        return f"{zone['packages']:,} of {total}{said}"
    low, high = zone["packages_bounds"]
    if low <= 1 and high >= (zone["allowed"] or view.data["domain"]["packages"]):
        return f"some of {total} (too many to count)"
    return f"between {low:,} and {high:,} of {total}"


def of_packages(view: SpaceView) -> str:
    """`1,024 packages`: those that constraints leave, where they are counted."""
    zone, size = view.data["zone"], view.data["domain"]["packages"]
    count = zone["allowed"] if zone["allowed"] is not None else size
    text = f"{count:,}" if count < 1e15 else f"{float(count):.1e}".replace("e+", " × 10^")
    return f"{text} package{'' if count == 1 else 's'}"


def _smallest(view: SpaceView) -> str:
    """The smallest concession that opens an empty zone."""
    concession = view.data["zone"]["concession"]
    reservation = view.data["reservation"]
    falls = [f"{party} accepts {utility_text(reservation[party] - fall)} in place of "
             f"{utility_text(reservation[party])} ({utility_text(fall)} less)"
             for party in view.parties if (fall := concession["fall"][party])
             and reservation[party] is not None]
    return (f"The smallest concession that opens one, as a share of each party's range: "
            f"{join(falls)}. It lets this package in:")


def _let_in(view: SpaceView) -> tuple[tuple[str, str], ...]:
    return tuple(view.package(view.data["zone"]["concession"]["package"]))


def _terms(view: SpaceView) -> Statement | None:
    zone = view.data["zone"]
    if not zone["exists"] or not view.reserved:
        return None
    unsure = [issue for issue in view.issues if issue in zone["unsure"]]
    settled = [f"{issue} ({zone['settled'][issue]})" for issue in view.issues
               if issue in zone["settled"]]
    live = [issue for issue in view.issues if issue in zone["live"]]
    if not settled:
        text = ("Nothing is settled: packages of the zone differ on "
                f"{'every issue' if len(live) == len(view.issues) else listed(live, 10)}.")
    elif len(settled) == len(view.issues):
        text = f"Everything: the zone agrees on {listed(settled)}."
    else:
        text = (f"All packages of the zone agree on {listed(settled)}. "
                f"{'It still divides' if len(live) == 1 else 'These still divide'}: "
                f"{listed(live, 10)}.")
    if unsure:
        text += f" Not known for some options of {listed(unsure)}."
    return Statement("What is settled, and what still divides?", text, "", "terms")


def _points(view: SpaceView) -> Statement:
    groups: dict[tuple[str, ...], list[str]] = {}
    utilities: dict[tuple[str, ...], Any] = {}
    for point in view.data["points"]:
        if point["on"] == "packages" and point["package"] and point["utility"]:
            key = tuple(option for _, option in view.package(point["package"]))
            groups.setdefault(key, []).append(point_name(point["name"]))
            utilities[key] = point["utility"]
    if not groups:
        return Statement("Which packages are fair?", (
            "None: fair points start from no agreement, and no package leaves every party at least "
            "what it gets then."), "", "points")
    parts = [f"{join(names)} {'pick' if len(names) > 1 else 'picks'} the package worth "
             f"{view.worth(utilities[key])}" for key, names in groups.items()]
    first = next(iter(groups))
    if len(view.parties) > 2 and len(parts) > 1:
        others = counted(len(parts) - 1, "other package")
        parts = [parts[0], f"other principles pick {others}, which the table below lists"]
        said = f"{'; '.join(parts)}. That of {groups[first][0]} is:"
    else:
        said = f"{'; '.join(parts)}. {'The first of these' if len(parts) > 1 else 'It'} is:"
    return Statement("Which packages are fair?", said, "", "points",
                     tuple(zip(view.issues, first, strict=True)))


def _frontier(view: SpaceView) -> Statement:
    found = view.data["frontier"]
    size = counted(found["size"], "package") if found["size"] < 1000 else (
        f"{found['size']:,} packages")
    is_are = "is" if found["size"] == 1 else "are"
    if view.exact:
        text = (f"{size} {is_are} efficient: no other package is better for one party and worse "
                "for none. Packages with equal utilities count once.")
        return Statement("Which packages are efficient?", text, "", "frontier")
    gaps = join([f"{utility_text(found['epsilon'][party])} for {party}" for party in view.parties])
    text = (f"Not known exactly: there are too many packages to look at all. {size} "
            f"{is_are} found that none of those looked at dominates, and no package beats all "
            f"of these by more than {gaps}.")
    return Statement("Which packages are efficient?", text, "", "frontier")


def _text(view: SpaceView) -> Statement:
    text = view.data["text"]
    steps, left = text["steps"], text["left"]
    where = view.worth(text["start_utility"])
    if not steps:
        said = (f"The start, worth {where}, cannot be improved by one or two changes without a "
                "loss to somebody.")
    else:
        pairs = sum(len(step["changes"]) == 2 for step in steps)
        which = ("all of them trades" if pairs == len(steps) > 1 else
                 "a trade" if pairs == len(steps) else
                 "one of them a trade" if pairs == 1 else f"{pairs} of them trades")
        traded = f", {which} across two issues,"
        said = (f"{counted(len(steps), 'step')} in which nobody loses"
                f"{traded if pairs else ''} lead{'s' if len(steps) == 1 else ''} from a package "
                f"worth {where} to one worth {view.worth(text['end_utility'])}.")
    return Statement("How can one text be improved step by step?", f"{said} {standing(view, left)}",
                     "", "text")


def standing(view: SpaceView, left: Mapping[str, Any]) -> str:
    """Where the end of the text stands against the frontier."""
    if left["efficient"]:
        return "No package is better for one party and worse for none."
    if left["efficient"] is None:
        return "Whether some other package is better for all was not settled."
    if left["triple"]:
        return ("It can still be improved: a change of three issues, listed with it, costs nobody "
                "anything.")
    three = "" if left["triples_complete"] else ", as far as those were looked at"
    text = f"It can still be improved, but not by changes of three issues{three}"
    if not left["better"]:
        return f"{text}."
    end = view.data["text"]["end"]
    changed = [issue for issue in view.issues if left["better"][issue] != end[issue]]
    gains = join([f"{utility_text(left['better_gain'][party])} for {party}"
                  for party in view.parties])
    return f"{text}: changing {listed(changed, 10)} at once would gain {gains}."
