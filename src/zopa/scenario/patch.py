"""Reading and replacing parts of a scenario by path.

Only structure is replaced here: a present level, an option that comes on the table, a text.
Numbers change in the draws (`zopa.draws.levers`), so that a change applies to every sample.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from zopa.core.errors import ArgumentError
from zopa.scenario.number import Number, as_number
from zopa.scenario.schema import Lever, LeverChange, Scenario


def lookup(scenario: Scenario, path: str) -> Any:
    """What stands at a path.

    Raises:
        ArgumentError: nothing stands there; names the part that is missing and what is near it.
    """
    part: Any = scenario
    for depth, name in enumerate(names := path.split(".")):
        there = _names(part)
        if name not in there:
            above = ".".join(names[:depth]) or "the scenario"
            raise ArgumentError(f"{path} does not exist: {above} has no '{name}'."
                                f"{did_you_mean(name, there)}")
        part = _child(part, name)
    return part


def is_numeric(change: LeverChange, target: Any) -> bool:
    """Whether a lever's change applies to samples rather than to structure."""
    return isinstance(target, Number | float | int) and not isinstance(target, bool)


def structural(scenario: Scenario, lever: Lever) -> Scenario:
    """The scenario with a lever's levels, flags and texts set; its numbers are left alone.

    Raises:
        ArgumentError: a path that does not exist, or a value its place does not take.
    """
    for change in lever.changes:
        if not is_numeric(change, lookup(scenario, change.path)):
            scenario = replace_at(scenario, change.path, change.set)
    return scenario


def replace_at(scenario: Scenario, path: str, value: Any) -> Scenario:
    """A copy with the value at an existing path replaced; validated, origin kept.

    Raises:
        ArgumentError: a path that does not exist, or a value its place does not take.
    """
    lookup(scenario, path)
    changed = _replaced(scenario, path.split("."), value, path)
    assert isinstance(changed, Scenario)
    return changed


def numbers_at(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """A copy with numbers held at values (`Number.held`), origin kept.

    Args:
        scenario: checked.
        values: path -> value; each path is that of a number.

    Raises:
        ArgumentError: a path that does not exist.
    """
    changed: Any = scenario
    for path, value in values.items():
        number = as_number(lookup(scenario, path))
        changed = _replaced(changed, path.split("."), number.model_copy(update={"held": value}),
                            path, checked=False)
    assert isinstance(changed, Scenario)
    return changed


def did_you_mean(name: str, there: list[str] | tuple[str, ...]) -> str:
    """A hint: the nearest name, or the names there are when they are few."""
    near = difflib.get_close_matches(name, there, n=1, cutoff=0.6)
    if near:
        return f" Did you mean '{near[0]}'?"
    if 0 < len(there) <= 8:
        return f" There is {', '.join(there)}."
    return ""


def _replaced(part: Any, names: list[str], value: Any, path: str, checked: bool = True) -> Any:
    if not names:
        return value
    name, rest = names[0], names[1:]
    child = _replaced(_child(part, name), rest, value, path, checked)
    if isinstance(part, BaseModel):
        if rest or not checked:
            return part.model_copy(update={name: child})
        return _with_field(part, name, child, path)
    if isinstance(part, dict):
        return {key: child if str(key) == name else item for key, item in part.items()}
    return tuple(child if str(i) == name else item for i, item in enumerate(part))


def _with_field(part: BaseModel, name: str, value: Any, path: str) -> BaseModel:
    """One field replaced, checked against its type."""
    data = {key: getattr(part, key) for key in type(part).model_fields} | {name: value}
    try:
        checked = type(part).model_validate(data)
    except ValidationError as error:
        message = error.errors()[0]["msg"]
        raise ArgumentError(f"{path} cannot be set to {value!r}: {message}.") from None
    return part.model_copy(update={name: getattr(checked, name)})


def _names(part: Any) -> list[str]:
    if isinstance(part, BaseModel):
        return list(type(part).model_fields)
    if isinstance(part, dict):
        return [str(key) for key in part]
    if isinstance(part, tuple):
        return [str(index) for index in range(len(part))]
    return []


def _child(part: Any, name: str) -> Any:
    if isinstance(part, BaseModel):
        return getattr(part, name)
    if isinstance(part, dict):
        return next(item for key, item in part.items() if str(key) == name)
    return part[int(name)]
