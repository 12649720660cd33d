"""A setting: what a what-if changes of the base case, as a patch, a query string, or both.

    inputs   path -> the value that a number is held at
    levers   lever -> dose (1 as written; a lever that is not named is off)
    claims   claim -> believed true or false (one that is not named is unknown)

Everything is sorted by name, so that one setting has one text, whatever was clicked first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from zopa.core.errors import InputError, Problem
from zopa.scenario import source
from zopa.scenario.document import Document, compose
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import did_you_mean
from zopa.scenario.quantities import quantity
from zopa.scenario.schema import Scenario

T = TypeVar("T")
PARTS = ("inputs", "levers", "claims")
MOST_DOSE = 10.0
LETTERS = {"i": "inputs", "l": "levers", "c": "claims"}


@dataclass(frozen=True)
class Setting:
    """What differs from the base case.

    Attributes:
        inputs: path -> the value it is held at, sorted.
        levers: lever -> dose, sorted.
        claims: claim -> whether it is believed true, sorted.
    """

    inputs: tuple[tuple[str, float], ...] = ()
    levers: tuple[tuple[str, float], ...] = ()
    claims: tuple[tuple[str, bool], ...] = ()

    @property
    def is_base(self) -> bool:
        """Whether nothing differs."""
        return not (self.inputs or self.levers or self.claims)

    def with_input(self, path: str, value: float | None) -> Setting:
        """A number held at a value; None sets it free."""
        return replace(self, inputs=_changed(self.inputs, path, value))

    def with_lever(self, name: str, dose: float | None) -> Setting:
        """A lever on at a dose; None switches it off."""
        return replace(self, levers=_changed(self.levers, name, dose))

    def with_claim(self, name: str, believed: bool | None) -> Setting:
        """A claim believed true or false; None leaves it unknown."""
        return replace(self, claims=_changed(self.claims, name, believed))

    def to_data(self) -> dict[str, dict[str, Any]]:
        """Plain data, without the parts in which nothing differs."""
        return {part: dict(found) for part in PARTS if (found := getattr(self, part))}

    def to_yaml(self) -> str:
        """A patch, as `from_yaml` reads it; the same setting gives the same text."""
        if self.is_base:
            return "{}\n"
        lines = []
        for part, entries in self.to_data().items():
            lines.append(f"{part}:")
            lines += [f"  {name}: {_written(value)}" for name, value in entries.items()]
        return "\n".join(lines) + "\n"

    def to_query(self) -> str:
        """The same as a query string of an address; empty for the base case."""
        pairs = [(f"{letter}.{name}", _written(value)) for letter, part in LETTERS.items()
                 for name, value in getattr(self, part)]
        return urlencode(pairs, quote_via=quote)


def read(path: str | Path) -> Setting:
    """A setting from a patch's file.

    Raises:
        InputError: it cannot be read, or as `from_yaml`.
    """
    return from_yaml(source.read(path).text, str(path))


def from_yaml(text: str, name: str = "patch.yaml") -> Setting:
    """A setting from the text of a patch.

    Args:
        text: YAML with `inputs`, `levers` and `claims`, each of which may be left out.
        name: file name for messages.

    Raises:
        InputError: not YAML, another part, or a value of the wrong kind; says every problem with
            its place.
    """
    document = compose(text, name)
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        raise InputError([Problem(f"{name}:1:1", "a patch is a mapping of inputs, levers, claims",
                                  "Write `inputs:` and below it `path: value`.")])
    problems = [Problem(document.where((part,)), f"a patch has no part '{part}'",
                        did_you_mean(part, PARTS).strip() or f"There is {', '.join(PARTS)}.")
                for part in data if part not in PARTS]
    found: dict[str, dict[str, Any]] = {}
    for part in PARTS:
        entries = data.get(part)
        if entries is None:
            continue
        if not isinstance(entries, dict):
            problems.append(Problem(document.where((part,)), f"'{part}' is not a mapping",
                                    "Write `name: value`, one a line, below it."))
            continue
        found[part] = entries
        problems += [problem for key, value in entries.items()
                     if (problem := _fault(document, part, key, value)) is not None]
    if problems:
        raise InputError(problems)
    return from_data(found)


def from_data(data: Mapping[str, Mapping[str, Any]]) -> Setting:
    """A setting from plain data of the right kinds."""
    held = {path: float(value) for path, value in data.get("inputs", {}).items()}
    doses = {name: float(value) for name, value in data.get("levers", {}).items()
             if value is not False}
    return Setting(tuple(sorted(held.items())),
                   tuple(sorted((name, 1.0 if data["levers"][name] is True else dose)
                                for name, dose in doses.items())),
                   tuple(sorted(dict(data.get("claims", {})).items())))


def from_query(text: str) -> Setting:
    """A setting from a query string.

    Other parameters of the address are left alone.

    Raises:
        InputError: a value of the wrong kind.
    """
    found: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    problems = []
    for key, value in parse_qsl(text.lstrip("?"), keep_blank_values=True):
        letter, dot, name = key.partition(".")
        if letter not in LETTERS or not dot:
            continue
        part = LETTERS[letter]
        read = _flag(value) if part == "claims" else _number(value)
        if read is None:
            wanted = "true or false" if part == "claims" else "a number"
            problems.append(Problem("the address", f"{name} must be {wanted}, but is '{value}'",
                                    "Correct it, or copy the link again."))
        else:
            found[part][name] = read
    if problems:
        raise InputError(problems)
    return from_data(found)


def checked(setting: Setting, scenario: Scenario,
            numbers: Mapping[str, Number] | None = None) -> None:
    """Every name of a setting is in the scenario, and every value within its quantity's bounds.

    Args:
        setting: to be checked.
        scenario: against which.
        numbers: its inputs, where they are at hand.

    Raises:
        InputError: with every problem.
    """
    numbers = inputs(scenario) if numbers is None else numbers
    problems = []
    for path, value in setting.inputs:
        row = quantity(path)
        if path not in numbers:
            problems.append(_unknown("inputs", path, "number", list(numbers)))
        elif row is not None and not (row.low < value < row.high if row.open_ended
                                      else row.low <= value <= row.high):
            problems.append(Problem(
                f"inputs.{path}", f"it must be {'over' if row.open_ended else 'at least'} "
                f"{row.low:g} and {'under' if row.open_ended else 'at most'} {row.high:g} "
                f"({row.meaning}), but is {value:g}", "Give another value."))
    for name, dose in setting.levers:
        if name not in scenario.levers:
            problems.append(_unknown("levers", name, "lever", list(scenario.levers)))
        elif not 0.0 <= dose <= MOST_DOSE:
            problems.append(Problem(f"levers.{name}", f"the dose must be 0 to {MOST_DOSE:g}, but "
                                    f"is {dose:g}", "1 is the lever as it is written."))
    for name, _ in setting.claims:
        if name not in scenario.claims:
            problems.append(_unknown("claims", name, "claim", list(scenario.claims)))
        elif not scenario.claims[name].tests:
            why = scenario.claims[name].not_modelled or f"it is {scenario.claims[name].kind}"
            problems.append(Problem(f"claims.{name}", "it has no test, so it cannot be believed",
                                    f"{why[:1].upper()}{why[1:].rstrip('.')}."))
    if problems:
        raise InputError(problems)


def _unknown(part: str, name: str, kind: str, there: list[str]) -> Problem:
    return Problem(f"{part}.{name}", f"there is no {kind} '{name}' in this scenario",
                   did_you_mean(name, there).strip() or "Look at its parameter table.")


def _changed(entries: tuple[tuple[str, T], ...], name: str,
             value: T | None) -> tuple[tuple[str, T], ...]:
    kept = {key: old for key, old in entries if key != name}
    return tuple(sorted((kept | ({} if value is None else {name: value})).items()))


def _written(value: float | bool) -> str:
    """As YAML reads it back to the same value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _fault(document: Document, part: str, key: str, value: Any) -> Problem | None:
    where = document.where((part, key))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if part == "claims" and not isinstance(value, bool):
        return Problem(where, f"the claim {key} must be true or false, but is {value!r}",
                       "Leave it out where it is unknown.")
    if part == "levers" and not number and not isinstance(value, bool):
        return Problem(where, f"the lever {key} must be a dose, true or false, but is {value!r}",
                       "1 is the lever as it is written.")
    if part == "inputs" and not number:
        return Problem(where, f"{key} must be a number, but is {value!r}",
                       "A patch holds an input at one value; leave it out to set it free.")
    if number and not math.isfinite(value):
        return Problem(where, f"{key} is not finite", "Give a number.")
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _flag(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())
