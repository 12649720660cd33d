"""Levers applied to draws: the same samples, changed (common random numbers).

1. Structure (a present level, an option on the table) is set in the scenario.
2. Numbers change in every draw: x' = y (set), x + y (add) or x y (multiply), with y the lever's own
   number, drawn with its own coordinate, so that with and without it differ by the lever alone.
3. Several levers on one path: what is set first, then all factors, then all terms; of a kind by the
   levers' names.  So their order does not matter.  Two levers that set the same path contradict
   each other (even to the same level) and are not combined.
4. A changed number is cut to the bounds of its quantity, once; a row of probabilities that comes to
   more than 1 is divided by its sum; weights of the issues are divided by their sum a party.

A dose t scales the changes of numbers: x + t (y - x), x + t y, x y^t.  t = 1 is the lever as
written; changes of structure have no dose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws, frozen, summing_to_one
from zopa.scenario.patch import did_you_mean, is_numeric, lookup, structural
from zopa.scenario.quantities import quantity
from zopa.scenario.schema import Lever, LeverChange, Scenario

Floats = NDArray[np.float64]
OPERATIONS = ("set", "multiply", "add")
"""In the order in which they act on one path."""


def apply(draws: Draws, scenario: Scenario, lever: str) -> tuple[Draws, Scenario]:
    """The draws and the scenario with a lever on.

    Args:
        draws: samples of the scenario, as `sample` returns them.
        scenario: the scenario they were drawn from.
        lever: its name.

    Raises:
        ArgumentError: no such lever, or a path of its changes does not exist.
    """
    return apply_all(draws, scenario, (lever,))


def apply_all(draws: Draws, scenario: Scenario, levers: Sequence[str],
              dose: float | Mapping[str, float] = 1.0) -> tuple[Draws, Scenario]:
    """The draws and the scenario with several levers on, whatever their order.

    Args:
        draws: samples of the scenario, as `sample` returns them.
        scenario: the scenario they were drawn from.
        levers: their names.
        dose: t, how much of every change of a number; not negative; one for all, or a lever's own.

    Raises:
        ArgumentError: no such lever, a path of its changes does not exist, or two of them set the
            same path.
    """
    specs = {name: _spec(scenario, name) for name in sorted(set(levers))}
    if both := conflicts(scenario, levers):
        raise ArgumentError(f"{' and '.join(specs)} cannot be combined: "
                            f"{'each of them sets' if len(specs) == 2 else 'several set'} "
                            f"{', '.join(both)}. Leave one of them out.")
    values = dict(draws.values)
    changed: set[str] = set()
    doses = dose if isinstance(dose, Mapping) else dict.fromkeys(specs, dose)
    for path, steps in _by_path(scenario, specs).items():
        new = values[path]
        for name, operand, change in steps:
            new = _changed(new, values[operand], change, doses[name])
        new = _bounded(path, new)
        if not np.array_equal(new, values[path]):
            values[path] = new
            changed.add(path)
    values.update(_rows_at_most_one(values, changed))
    if any(_is_weight(path) for path in changed):
        values.update(summing_to_one(scenario, values))
    patched = scenario
    for spec in specs.values():
        patched = structural(patched, spec)
    return draws.with_values(values), patched


def conflicts(scenario: Scenario, levers: Sequence[str]) -> list[str]:
    """Paths that more than one of the levers sets, sorted."""
    setters: dict[str, int] = {}
    for name in set(levers):
        for change in _spec(scenario, name).changes:
            if change.set is not None:
                setters[change.path] = setters.get(change.path, 0) + 1
    return sorted(path for path, count in setters.items() if count > 1)


def has_numbers(scenario: Scenario, lever: str) -> bool:
    """Whether a lever changes a number, so that it has a dose."""
    return any(is_numeric(change, lookup(scenario, change.path))
               for change in _spec(scenario, lever).changes)


def _spec(scenario: Scenario, lever: str) -> Lever:
    if lever not in scenario.levers:
        raise ArgumentError(
            f"there is no lever '{lever}'.{did_you_mean(lever, list(scenario.levers))}")
    return scenario.levers[lever]


def _by_path(scenario: Scenario,
             specs: dict[str, Lever]) -> dict[str, list[tuple[str, str, LeverChange]]]:
    """Path -> (lever, path of the operand, change), in the order in which they act."""
    found: dict[str, list[tuple[str, str, LeverChange]]] = {}
    for operation in OPERATIONS:
        for name, spec in specs.items():
            for index, change in enumerate(spec.changes):
                if (getattr(change, operation) is not None
                        and is_numeric(change, lookup(scenario, change.path))):
                    operand = f"levers.{name}.changes.{index}.{operation}"
                    found.setdefault(change.path, []).append((name, operand, change))
    return found


def _changed(value: Floats, operand: Floats, change: LeverChange, dose: float) -> Floats:
    if change.set is not None:
        return operand if dose == 1.0 else value + dose * (operand - value)
    if change.add is not None:
        return value + dose * operand
    return value * operand ** dose


def _bounded(path: str, value: Floats) -> Floats:
    row = quantity(path)
    if row is None:
        return frozen(np.array(value))
    low, high = row.low, row.high
    if _is_weight(path):
        high = np.inf  # relative to the other issues' weights, divided by their sum below
    if row.open_ended:
        low, high = np.nextafter(low, np.inf), np.nextafter(high, -np.inf)
    return frozen(np.clip(value, low, high))


def _is_weight(path: str) -> bool:
    return path.startswith("issues.") and ".weights." in path


def _rows_at_most_one(values: dict[str, Floats], changed: set[str]) -> dict[str, Floats]:
    """Rows of probabilities with a changed entry, divided by their sum where it is over 1."""
    result: dict[str, Floats] = {}
    rows = {path.rpartition(".")[0] for path in changed
            if ".transitions." in path or path.startswith("war.position.moves.")}
    for row in sorted(rows):
        paths = sorted(path for path in values if path.rpartition(".")[0] == row)
        total = np.maximum(np.sum([values[path] for path in paths], axis=0), 1.0)
        result.update({path: frozen(values[path] / total) for path in paths})
    return result
