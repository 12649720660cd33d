"""A lever applied to draws: the same samples, changed (common random numbers).

1. Structure (a present level, an option on the table) is set in the scenario.
2. Numbers change in every draw: x' = y (set), x + y (add) or x y (multiply), with y the lever's own
   number, drawn with its own coordinate, so that with and without it differ by the lever alone.
3. A changed number is cut to the bounds of its quantity; a row of probabilities that comes to more
   than 1 is divided by its sum; weights of the issues are divided by their sum a party.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws, frozen, summing_to_one
from zopa.scenario.patch import did_you_mean, is_numeric, lookup, structural
from zopa.scenario.quantities import quantity
from zopa.scenario.schema import LeverChange, Scenario

Floats = NDArray[np.float64]


def apply(draws: Draws, scenario: Scenario, lever: str) -> tuple[Draws, Scenario]:
    """The draws and the scenario with a lever on.

    Args:
        draws: samples of the scenario, as `sample` returns them.
        scenario: the scenario they were drawn from.
        lever: its name.

    Raises:
        ArgumentError: no such lever, or a path of its changes does not exist.
    """
    if lever not in scenario.levers:
        raise ArgumentError(
            f"there is no lever '{lever}'.{did_you_mean(lever, list(scenario.levers))}")
    spec = scenario.levers[lever]
    values = dict(draws.values)
    changed: set[str] = set()
    for index, change in enumerate(spec.changes):
        if is_numeric(change, lookup(scenario, change.path)):
            operand = _operand(values, f"levers.{lever}.changes.{index}", change)
            values[change.path] = _bounded(
                change.path, _changed(values[change.path], operand, change))
            changed.add(change.path)
    values.update(_rows_at_most_one(values, changed))
    if any(_is_weight(path) for path in changed):
        values.update(summing_to_one(scenario, values))
    return draws.with_values(values), structural(scenario, spec)


def _operand(values: dict[str, Floats], path: str, change: LeverChange) -> Floats:
    name = next(n for n in ("set", "add", "multiply") if getattr(change, n) is not None)
    return values[f"{path}.{name}"]


def _changed(value: Floats, operand: Floats, change: LeverChange) -> Floats:
    if change.set is not None:
        return operand
    return value + operand if change.add is not None else value * operand


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
