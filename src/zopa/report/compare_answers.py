"""Every number of two runs' answers side by side, by its path in `answers.json`.

1. Lists whose entries have a name (levers, answers) stand by it, other lists by place.  Arrays with
   an axis of the sides become mappings by name, so that the order of the sides counts for nothing.
2. Two numbers are the same where they differ by at most 1e-9 of the larger of 1 and both: answers
   have 10 significant digits.
3. The size of a change is |b - a| / max(1, |a|, |b|): absolute for probabilities and utilities,
   relative for larger numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zopa.report.serialise import rounded

SAME = 1e-9
NOT_COMPARED = ("scenario.sides",)
"""The order of the sides is an input."""


@dataclass(frozen=True)
class Difference:
    """One entry of the answers that differs.

    Attributes:
        path: its address in `answers.json`, names in the place of list indices where there are.
        before, after: numbers or texts; None where the run has none.
        change: after less before; None where one is no number.
        size: for the order, see the module; None where there is no change to measure.
    """

    path: str
    before: Any
    after: Any
    change: float | None
    size: float | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """All entries that differ, the largest change first, then those that cannot be measured."""
    one, two = flat(before), flat(after)
    paths = [*one, *(path for path in two if path not in one)]
    found = [difference(path, one.get(path), two.get(path)) for path in paths
             if not same(one.get(path), two.get(path))]
    return sorted(found, key=lambda d: (d.size is None, -(d.size or 0.0), d.path))


def difference(path: str, before: Any, after: Any) -> Difference:
    """One entry, with the change where both are numbers."""
    if not (is_number(before) and is_number(after)):
        return Difference(path, before, after, None, None)
    change = rounded(after - before)
    return Difference(path, before, after, change,
                      rounded(abs(after - before) / max(1.0, abs(before), abs(after))))


def same(before: Any, after: Any) -> bool:
    """Whether two entries say the same, rounding aside."""
    if is_number(before) and is_number(after):
        return bool(abs(after - before) <= SAME * max(1.0, abs(before), abs(after)))
    return bool(before == after)


def is_number(value: Any) -> bool:
    """Whether something is a number; a flag is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Path -> number, text or flag, for everything that is there."""
    return dict(_leaves(by_name(answers), ""))


def by_name(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers whose arrays with an axis of the sides are mappings by name, in one order.

    The frontier and the cloud of a chart are lists of points; by name and sorted they are the same
    whichever side comes first.
    """
    zone = answers.get("zone")
    if not isinstance(zone, dict) or not isinstance(zone.get("frontier"), dict):
        return answers
    frontier = zone["frontier"]
    names = list(frontier.get("sides") or ())

    def sorted_points(points: Any) -> list[dict[str, Any]]:
        keys = [*names, "in the zone"]
        named = [dict(zip(keys, point, strict=False)) for point in points or ()]
        return sorted(named, key=lambda p: [p.get(k) or 0.0 for k in [*sorted(names), keys[-1]]])

    disagreement = frontier.get("disagreement") or ()
    fresh = {"points": sorted_points(frontier.get("points")),
             "disagreement": dict(zip(names, disagreement, strict=False))}
    rest = {key: value for key, value in frontier.items() if key not in (*fresh, "sides")}
    drawn: dict[str, Any] = {"frontier": rest | fresh}
    if isinstance(zone.get("cloud"), list):
        drawn["cloud"] = sorted_points(zone["cloud"])
    return {**answers, "zone": {**zone, **drawn}}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if path in NOT_COMPARED:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for key, item in _named(value):
            yield from _leaves(item, f"{path}.{key}")
    elif value is not None:
        yield path, value


def _named(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """List entries by their names, where all have one of their own."""
    names = [_name(item) for item in items]
    whole = None not in names and len(set(names)) == len(names)
    for i, item in enumerate(items):
        yield (str(names[i]) if whole else str(i)), item


def _name(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    levers = item.get("levers")
    if isinstance(levers, list):
        return "+".join(map(str, levers))
    name = item.get("answer") or item.get("input")
    return name if isinstance(name, str) else None
