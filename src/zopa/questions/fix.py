"""One input held at a value, and those tied to it at the same quantile.

The others of its calibration are held at their mean in the draws nearest to that value.

An issue's weight is a share of 1 in every draw: held at a value, the other weights of that party
keep their proportions and share what is left.
"""

from __future__ import annotations

import numpy as np

from zopa.draws.sobol import Draws, end_of_ties, frozen
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.schema import Scenario

TAIL = 0.001
"""The range of an input runs from this quantile to its counterpart."""


def reach(scenario: Scenario, draws: Draws, path: str) -> tuple[float, float]:
    """Least and largest value at which an input is held: its 0.1 % and 99.9 % points."""
    if is_weight(path):
        return float(draws[path].min()), float(draws[path].max())
    low, high = inputs(scenario)[path].distribution.quantile(np.array([TAIL, 1.0 - TAIL]))
    return float(low), float(high)


def fixed(scenario: Scenario, draws: Draws, path: str, value: float) -> Draws:
    """The draws with the input at `value` in each of them."""
    if is_weight(path):
        return draws.with_values(_weights(draws, path, value))
    numbers = inputs(scenario)
    tied = together(numbers, path)
    if numbers[path].posterior is not None:
        return draws.with_values(_near(draws, path, value, tied))
    changed = {path: frozen(np.full(len(draws), value))}
    if len(tied) > 1:
        level = level_of(numbers[path], value)
        changed.update({other: frozen(np.full(
            len(draws), float(numbers[other].distribution.quantile(np.array([level]))[0])))
            for other in tied if other != path})
    return draws.with_values(changed)


def together(numbers: dict[str, Number], path: str) -> tuple[str, ...]:
    """The uncertain inputs that share a coordinate with `path`, itself among them; sorted."""
    end = end_of_ties(path, numbers)
    return tuple(sorted(name for name, number in numbers.items()
                        if number.uncertain and end_of_ties(name, numbers) == end))


def level_of(number: Number, value: float) -> float:
    """The quantile level of a value: F(value), by bisection of the monotone F^-1."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if float(number.distribution.quantile(np.array([middle]))[0]) < value:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def is_weight(path: str) -> bool:
    """Whether a path is the weight of an issue."""
    return path.startswith("issues.") and ".weights." in path


def _near(draws: Draws, path: str, value: float, members: tuple[str, ...]) -> dict[str, np.ndarray]:
    """A calibration's numbers where one of them has a value: the mean of a 16th of the draws."""
    count = min(len(draws), max(8, len(draws) // 16))
    nearest = np.argsort(np.abs(draws[path] - value), kind="stable")[:count]
    held = {other: float(draws[other][nearest].mean()) for other in members} | {path: value}
    return {other: frozen(np.full(len(draws), held[other])) for other in members}


def _weights(draws: Draws, path: str, value: float) -> dict[str, np.ndarray]:
    party = path.rpartition(".")[2]
    left = 1.0 - draws[path]
    factor = (1.0 - value) / np.where(left > 0.0, left, 1.0)
    changed = {other: frozen(draws[other] * factor) for other in sorted(draws.values)
               if is_weight(other) and other.rpartition(".")[2] == party and other != path}
    changed[path] = frozen(np.full(len(draws), value))
    return changed
