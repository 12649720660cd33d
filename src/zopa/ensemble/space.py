"""The agreement space of a scenario in every draw.

Parties are the scenario's sides, in its order; weights are divided by their sum in each draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.space import Forbidden, Space
from zopa.core.errors import ArgumentError
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]


def from_scenario(scenario: Scenario, values: Mapping[str, Floats]) -> Space:
    """The space whose numbers are drawn values, addressed by their paths.

    Args:
        scenario: a checked scenario (with a lever's structural changes, if any).
        values: path -> `(draw,)`, as in `zopa.draws.Draws.values`; at least the weights, values,
            slopes and interactions of the scenario's sides.

    Raises:
        ArgumentError: a path has no value.
    """
    sides, issues = scenario.sides, scenario.issues
    draws = next((len(value) for path, value in values.items() if path.startswith("issues.")), 0)
    nothing = np.zeros(draws)

    def drawn(path: str) -> Floats:
        if path not in values:
            raise ArgumentError(f"{path} has no value. State it in the scenario.")
        return values[path]

    weight = np.array([[drawn(f"issues.{j}.weights.{i}") if i in issue.weights else nothing
                        for j, issue in issues.items()] for i in sides])
    weight = weight / _total(weight)[:, None]
    names = [(j, o) for j, issue in issues.items() for o in issue.options]
    value = np.array([[drawn(f"issues.{j}.options.{o}.values.{i}")
                       if i in issues[j].weights else nothing for j, o in names] for i in sides])
    moving = tuple(n for n, (j, o) in enumerate(names)
                   if any(i in issues[j].options[o].on_position for i in sides))
    slope = np.array([[drawn(f"issues.{j}.options.{o}.on_position.{i}")
                       if i in issues[j].options[o].on_position else nothing
                       for j, o in (names[n] for n in moving)] for i in sides])
    flat = {name: n for n, name in enumerate(names)}
    pairs = []
    for interaction in scenario.interactions:
        one, other = (flat[name] for name in interaction.options.items())
        pairs.append((one, other))
    bonus = np.array([[drawn(f"interactions.{n}.values.{i}") if i in interaction.values else nothing
                       for n, interaction in enumerate(scenario.interactions)] for i in sides])
    return Space(
        parties=sides, issues=tuple(issues),
        options=tuple(tuple(issue.options) for issue in issues.values()),
        weight=weight, value=value, moving=moving, slope=slope, pairs=tuple(pairs), bonus=bonus,
        forbidden=_forbidden(scenario),
        available=np.array([issues[j].options[o].available for j, o in names]))


def positions(scenario: Scenario) -> Floats:
    """Where the battlefield's cells lie in [-1, 1], `(cell,)`; without a war the middle, (0,)."""
    cells = scenario.war.position.cells if scenario.war else 1
    return np.linspace(-1.0, 1.0, cells) if cells > 1 else np.zeros(1)


def _total(weight: Floats) -> Floats:
    """`(party, draw)`: sum over issues, one after the other, so that chunks give the same bits."""
    total = np.zeros((weight.shape[0], weight.shape[2]))
    for issue in range(weight.shape[1]):
        total = total + weight[:, issue]
    return total


def _forbidden(scenario: Scenario) -> tuple[Forbidden, ...]:
    number = {issue: n for n, issue in enumerate(scenario.issues)}
    rules = []
    for rule in scenario.constraints:
        options = tuple(tuple(list(scenario.issues[issue].options).index(name) for name in names)
                        for issue, names in rule.forbid.items())
        rules.append(Forbidden(tuple(number[issue] for issue in rule.forbid), options))
    return tuple(rules)
