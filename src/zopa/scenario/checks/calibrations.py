"""Calibrations: draws that are there, fit the numbers that name them, and are no later knowledge.

A series that calibrates is evidence once: states of the record inside its dates say in `calibrates`
that their position and momentum were used.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zopa.core.distribution import LEVELS
from zopa.core.errors import InputError
from zopa.core.posterior import Floats, Posterior
from zopa.scenario.checks.finding import Finding, Findings, unknown
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.posteriors import posteriors
from zopa.scenario.schema import Scenario

ROUNDING = 1e-5
CLOSE = 0.005
"""How far a stated quantile may be from that of the draws, as a share of their range."""
AGAIN = "Run `zopa calibrate` again, which writes the numbers and the draws together."
ONCE = ("position", "momentum")


def calibrations(scenario: Scenario) -> Findings:
    """Every number that is drawn with a calibration has one, and its draws hold that number."""
    fitted = {path: number for path, number in inputs(scenario).items() if number.posterior}
    for path, number in fitted.items():
        yield from unknown(f"{path}.posterior", "calibration", str(number.posterior),
                           scenario.calibrations)
    for path, number in inputs(scenario).items():
        if number.tied in fitted:
            yield Finding(path, f"{path} is tied to {number.tied}, which is drawn with a "
                          "calibration", "Untie it, or tie it to another input.")
    try:
        found = posteriors(scenario)
    except InputError as error:
        for problem in error.problems:
            yield Finding(problem.where, f"{problem.where}: {problem.what}", problem.mend)
        return
    for name, posterior in found.items():
        own = {path: n for path, n in fitted.items() if n.posterior == name}
        if not own:
            yield Finding(f"calibrations.{name}", f"calibrations.{name} is used by no number",
                          "Remove it, or calibrate again.", "advice")
        yield from _fits(name, posterior, own)
        yield from _in_time(scenario, name, posterior)
    yield from _rows(scenario, fitted, found)


def _fits(name: str, posterior: Posterior, own: Mapping[str, Number]) -> Findings:
    """The draws have a column for each number, distributed as the scenario says."""
    for path, number in own.items():
        if path not in posterior.columns:
            yield Finding(path, f"{path} is not in the draws of the calibration {name}", AGAIN)
            continue
        drawn = np.quantile(posterior.column(path), LEVELS)
        off = np.abs(drawn - np.array(number.quantiles))
        if np.any(off > CLOSE * (drawn[-1] - drawn[0]) + 1e-4 * np.abs(drawn).max()):
            yield Finding(path, f"{path} states other quantiles than the draws of the calibration "
                          f"{name} have", AGAIN)


def _in_time(scenario: Scenario, name: str, posterior: Posterior) -> Findings:
    """Nothing after the scenario's date, and nothing counted twice."""
    source = posterior.source
    if source.last > scenario.date:
        yield Finding(f"calibrations.{name}", f"calibrations.{name} was fitted to data up to "
                      f"{source.last}, after the scenario's date {scenario.date}",
                      "Calibrate on what was known then.")
    if posterior.kind != "battlefield":
        return
    for index, state in enumerate(scenario.history):
        used = state.calibrates
        if source.first <= state.date <= source.last and used is not True and not (
                used and set(ONCE) <= set(used)):
            yield Finding(f"history.{index}", f"history.{index} lies inside the series that "
                          f"calibrations.{name} was fitted to, so that its position and momentum "
                          "would count twice", "Add `calibrates: [position, momentum]` to it.")


def _rows(scenario: Scenario, fitted: Mapping[str, Number],
          found: Mapping[str, Posterior]) -> Findings:
    """Rows of probabilities come to 1 at most in every joint draw."""
    numbers = inputs(scenario)
    rows = {path.rpartition(".")[0] for path in fitted
            if ".transitions." in path or path.startswith("war.position.moves.")}
    for row in sorted(rows):
        highest = 0.0
        joint: dict[str, Floats] = {}
        for path, number in numbers.items():
            if path.rpartition(".")[0] != row:
                continue
            posterior = found.get(number.posterior or "")
            if posterior is not None and path in posterior.columns:
                joint[posterior.name] = (joint.get(posterior.name, 0.0)
                                         + posterior.column(path))
            else:
                highest += number.distribution.support()[1]
        total = highest + sum(float(np.max(part)) for part in joint.values())
        if total > 1.0 + ROUNDING:
            yield Finding(row, f"{row} can sum to {total:.6g} in a draw, more than 1",
                          "Lower the number beside the calibrated ones.")
