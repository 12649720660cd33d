"""The numbers: bounds, units, ties."""

from __future__ import annotations

from collections.abc import Mapping

from zopa.scenario.checks.finding import Finding, Findings
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import did_you_mean
from zopa.scenario.quantities import Quantity, fits, preferred_unit, quantity
from zopa.scenario.schema import Scenario


def bounds(scenario: Scenario) -> Findings:
    """Every value that can be drawn lies within the bounds of its quantity."""
    for path, number in inputs(scenario).items():
        row = quantity(path)
        if row is None:
            continue
        low, high = number.distribution.support()
        if row.open_ended:
            wrong = low <= row.low or high >= row.high
        else:
            wrong = low < row.low or high > row.high
        if wrong:
            yield Finding(path, _outside(path, number, row), _bound_mend(number, row))


def units(scenario: Scenario) -> Findings:
    """A stated unit is that of the quantity."""
    position = scenario.war.position.unit if scenario.war is not None else None
    for path, number in inputs(scenario).items():
        if number.unit is None:
            continue
        row = quantity(_target(path, scenario))
        if row is not None and not fits(number.unit, row, scenario.period, position):
            meaning = row.meaning if row.meaning.startswith("a ") else f"a {row.meaning}"
            yield Finding(path, f"{path} has the unit '{number.unit}', but {meaning} is in "
                          f"'{preferred_unit(row, scenario.period, position)}'",
                          "Convert the number, or correct the unit.")


def ties(scenario: Scenario) -> Findings:
    """A tie leads to an uncertain input, and not in a circle."""
    numbers = inputs(scenario)
    for path, number in numbers.items():
        if number.tied is None:
            continue
        target = numbers.get(number.tied)
        if target is None:
            hint = did_you_mean(number.tied, list(numbers)).strip()
            yield Finding(path, f"{path} is tied to '{number.tied}', which is no number here",
                          hint or "Name the path of an uncertain input.")
        elif not target.drawn:
            yield Finding(path, f"{path} is tied to {number.tied}, which is a known value",
                          "Tie it to an uncertain input, or untie it.")
        elif not number.drawn:
            yield Finding(path, f"{path} is tied but is a known value",
                          "Give it a range or another form, or untie it.")
        elif _in_circle(path, numbers):
            yield Finding(path, f"{path} is tied in a circle", "Untie one input of the circle.")


def _target(path: str, scenario: Scenario) -> str:
    """The path whose quantity a number has: a lever's `set` and `add` have their target's."""
    parts = path.split(".")
    if parts[0] == "levers" and parts[-1] in ("set", "add"):
        return scenario.levers[parts[1]].changes[int(parts[3])].path
    return path


def _in_circle(path: str, numbers: Mapping[str, Number]) -> bool:
    seen = [path]
    while (after := numbers[seen[-1]].tied) is not None and after in numbers:
        if after == path:
            return True
        if after in seen:
            return False  # a circle further on, reported at its own members
        seen.append(after)
    return False


def _outside(path: str, number: Number, row: Quantity) -> str:
    low, high = number.distribution.support()
    value = f"is {low:g}" if low == high else f"can be {low:g} to {high:g}"
    return f"{path} must be {_interval(row)} ({row.meaning}), but {value}"


def _interval(row: Quantity) -> str:
    unbounded = row.high == float("inf")
    if row.open_ended:
        return f"> {row.low:g}" if unbounded else f"> {row.low:g} and < {row.high:g}"
    return f">= {row.low:g}" if unbounded else f"between {row.low:g} and {row.high:g}"


def _bound_mend(number: Number, row: Quantity) -> str:
    if number.form in ("normal", "lognormal"):
        return "Cut it with `within: [low, high]`."
    if row.units and "per period" in row.units[0] and row.high == 1.0:
        return "Give it per period, as a share of 1."
    return "Change the value or its range."
