"""What differs between the inputs of two runs: settings, numbers by path, and structure.

1. A scenario becomes a tree whose leaves are its numbers (value or distribution, unit, source) and
   its other entries.  Records in a list stand by their dates where these differ, else by place.
2. Both trees are walked together.  A part that only one has is one change, whatever it holds.
3. Numbers are ordered by how far they moved: the largest change of their 5 %, 50 % and 95 % points
   over the larger of both absolute values, so 1 is a number that appeared from 0 and 2 one that
   changed its sign.  Numbers of which only unit or source changed come last.

The order of mappings counts for nothing but the sides: see `sides`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel

from zopa.report.inputs import shown, source_of
from zopa.report.view import View
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number, as_number
from zopa.scenario.schema import Scenario

POINTS = (0.05, 0.5, 0.95)
SETTINGS = ("zopa", "draws", "seed", "heavy", "believe")
METHOD = ("solver", "sampling", "frontier")
"""Entries of a manifest's method that are not copies of the scenario's own."""
Tree = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """One entry of how the runs were made that differs."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True)
class NumberChange:
    """One number that both scenarios have, and that differs.

    Attributes:
        path: its address in the scenario.
        parts: what differs, of `value`, `distribution`, `unit`, `source`.
        before, after: the numbers, with unit and source; `words` puts them in words.
        size: how far it moved, see the module.
    """

    path: str
    parts: tuple[str, ...]
    before: Number
    after: Number
    size: float


@dataclass(frozen=True)
class StructureChange:
    """A part that one scenario alone has, or an entry that is no number and differs.

    Attributes:
        path: its address.
        kind: `added`, `removed` or `changed`.
        before, after: the entry; None where absent, and for a part that holds others.
        numbers: how many numbers came or went with it.
    """

    path: str
    kind: str
    before: Any
    after: Any
    numbers: int


@dataclass(frozen=True)
class InputChanges:
    """All of them; `sides` is `same`, `another order` or `others`."""

    sides: str
    settings: tuple[Setting, ...]
    numbers: tuple[NumberChange, ...]
    structure: tuple[StructureChange, ...]

    @property
    def none(self) -> bool:
        """Whether nothing differs, not even the order of the sides."""
        return self.sides == "same" and not (self.settings or self.numbers or self.structure)


def input_changes(before: View, after: View) -> InputChanges:
    """What differs between what two runs were given."""
    numbers: list[NumberChange] = []
    structure: list[StructureChange] = []
    for change in _walk(tree(before.scenario), tree(after.scenario), ""):
        if isinstance(change, NumberChange):
            numbers.append(change)
        else:
            structure.append(change)
    return InputChanges(
        sides(before.scenario, after.scenario), tuple(_settings(before, after)),
        tuple(sorted(numbers, key=lambda c: (-c.size, c.path))), tuple(structure))


def sides(before: Scenario, after: Scenario) -> str:
    """Whether those who must agree are the same, in the same order."""
    if before.sides == after.sides:
        return "same"
    return "another order" if set(before.sides) == set(after.sides) else "others"


def tree(scenario: Scenario) -> Tree:
    """A scenario as nested mappings; its numbers as `Number`, all else as plain data."""
    return dict(_entries(scenario, "", set(inputs(scenario))))


def _entries(part: BaseModel, prefix: str, numbers: set[str]) -> Iterator[tuple[str, Any]]:
    for name in type(part).model_fields:
        yield name, _node(getattr(part, name), f"{prefix}{name}", numbers)


def _node(value: Any, path: str, numbers: set[str]) -> Any:
    """A tree, a number, or plain data; `path` is the address that `inputs` uses."""
    if path in numbers:
        return as_number(value)
    if isinstance(value, BaseModel):
        return dict(_entries(value, f"{path}.", numbers))
    if isinstance(value, dict):
        return {str(k): _node(item, f"{path}.{k}", numbers) for k, item in value.items()}
    if isinstance(value, tuple):
        return _listed(value, path, numbers)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _listed(items: tuple[Any, ...], path: str, numbers: set[str]) -> Any:
    found = [_node(item, f"{path}.{i}", numbers) for i, item in enumerate(items)]
    if not any(isinstance(item, dict | Number) for item in found):
        return found if found else {}
    dates = [item.get("date") if isinstance(item, dict) else None for item in found]
    keys = ([str(date) for date in dates] if None not in dates and len(set(dates)) == len(dates)
            else [str(i) for i in range(len(found))])
    return dict(zip(keys, found, strict=True))


def _walk(before: Any, after: Any, path: str) -> Iterator[NumberChange | StructureChange]:
    if isinstance(before, Number) and isinstance(after, Number):
        change = _number(path, before, after)
        if change is not None:
            yield change
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _walk(before.get(key), after.get(key), f"{path}.{key}".lstrip("."))
    elif before != after and not (_empty(before) and _empty(after)):
        kind = "added" if _empty(before) else "removed" if _empty(after) else "changed"
        yield StructureChange(path, kind, _leaf(before), _leaf(after),
                              abs(_count(after) - _count(before)))


def _empty(part: Any) -> bool:
    return part is None or part == {}


def _leaf(part: Any) -> Any:
    """What a part says by itself: its title or name where it holds others."""
    if isinstance(part, Number):
        return shown(part)
    if isinstance(part, dict):
        return part.get("title") or part.get("name") or part.get("says")
    return part


def _count(part: Any) -> int:
    """How many numbers a part holds."""
    return (1 if isinstance(part, Number) else
            sum(_count(item) for item in part.values()) if isinstance(part, dict) else 0)


def _number(path: str, before: Number, after: Number) -> NumberChange | None:
    one, two = words(before), words(after)
    parts = [name for name in ("unit", "source") if one[name] != two[name]]
    bare = {"unit": None, "source": None}
    if before.model_copy(update=bare) != after.model_copy(update=bare):
        fixed = before.form == after.form == "value" and before.tied == after.tied
        parts.insert(0, "value" if fixed else "distribution")
    return NumberChange(path, tuple(parts), before, after, moved(before, after)) if parts else None


def words(number: Number) -> dict[str, str]:
    """Value or distribution, unit and source."""
    kind, text, cite = source_of(number)
    return {"value": shown(number), "unit": number.unit or "",
            "source": ", ".join(part for part in (kind, cite, text) if part)}


def moved(before: Number, after: Number) -> float:
    """The largest relative change of the 5 %, 50 % and 95 % points, from 0 to 2."""
    levels = np.array(POINTS)
    one, two = (np.asarray(n.distribution.quantile(levels), float) for n in (before, after))
    scale = np.maximum(np.abs(one), np.abs(two))
    return float(np.max(np.abs(two - one) / np.where(scale > 0.0, scale, 1.0)))


def _settings(before: View, after: View) -> Iterator[Setting]:
    one, two = before.manifest, after.manifest
    pairs = [(name, one.get(name), two.get(name)) for name in SETTINGS]
    pairs += [(f"method.{name}", _inside(one, "method", name), _inside(two, "method", name))
              for name in METHOD]
    pairs += [(f"packages.{name}", _inside(one, "packages", name), _inside(two, "packages", name))
              for name in sorted({*(one.get("packages") or {}), *(two.get("packages") or {})})
              if name != "zopa"]
    pairs += [(name, one.get(name), two.get(name)) for name in ("python", "machine")]
    for path, old, new in pairs:
        if (old or None) != (new or None) if path == "believe" else old != new:
            yield Setting(path, old, new)


def _inside(manifest: Mapping[str, Any], part: str, name: str) -> Any:
    return (manifest.get(part) or {}).get(name)
