"""A study at a setting: numbers held, levers on, claims believed.

1. A number that is held has the same value in every draw.  Uncertain inputs tied to it are held
   at the same quantile, unless the setting holds them itself; an issue's weight is held as a share,
   and the party's other weights share what is left.  All other inputs are drawn as without it
   (common random numbers), so a difference between two settings is no accident of the draws.
2. History weighs the draws as they then are: what is held was so in the past as well.
3. Beliefs weigh them next, by the claims' tests without any lever.
4. Levers are switched on last, from now on: they change neither the past nor the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from zopa.core.errors import InputError, Problem
from zopa.draws.sobol import Draws, below_one, end_of_ties, frozen, summing_to_one
from zopa.questions.believe import believing
from zopa.questions.fix import is_weight, level_of
from zopa.questions.history import observed
from zopa.questions.study import HEAVY, Progress, Study, Tell
from zopa.scenario import check
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import numbers_at
from zopa.scenario.schema import Scenario
from zopa.scenario.setting import Setting, checked


def held(scenario: Scenario, setting: Setting) -> Scenario:
    """The scenario with a setting's inputs held, and those that are tied to them.

    Raises:
        InputError: a name that is not there, a value out of bounds, or a scenario that `check`
            refuses with these values.
    """
    numbers = inputs(scenario)
    checked(setting, scenario, numbers)
    if not setting.inputs:
        return scenario
    changed = numbers_at(scenario, with_ties(numbers, dict(setting.inputs)))
    wrong = [f for f in check.findings(changed) if f.severity == "error"]
    if wrong:
        wrong = [f for f in wrong if f not in check.findings(scenario)]
    if wrong:
        raise InputError([Problem(f.path, f.what, f.mend) for f in wrong])
    return changed


def hold(scenario: Scenario, draws: Draws, values: Mapping[str, float]) -> Draws:
    """Draws of a scenario with what is held in it put in their place.

    The same, up to rounding of the weights, as `sample` gives for the scenario; for draws that were
    chosen and weighted before.

    Args:
        scenario: with these numbers held (`held`).
        draws: sampled without that.
        values: path -> the value it is held at, with those of tied inputs (`with_ties`).
    """
    changed = draws.with_values({path: frozen(np.full(len(draws), value))
                                 for path, value in values.items()})
    if any(is_weight(path) for path in values):
        changed = changed.with_values(summing_to_one(scenario, changed.values))
    if any(".transitions." in path or ".moves." in path for path in values):
        changed = changed.with_values(below_one(inputs(scenario), changed.values))
    return replace(changed, names=tuple(name for name in draws.names if name not in values))


def study_at(scenario: Scenario, setting: Setting, draws: int = 1024, seed: int = 0,
             progress: Progress | None = None, heavy: int = HEAVY,
             tell: Tell | None = None) -> Study:
    """The study of a scenario at a setting.

    Args:
        scenario: checked.
        setting: what differs; nothing gives the scenario's own study.
        draws: how many are kept, at most.
        seed: of the samples.
        progress: told of draws solved.
        heavy, tell: as `Study`.

    Raises:
        InputError: as `held`.
        ArgumentError: fewer than 50 effective draws are left, or two levers that are on set the
            same path.
    """
    weighed = observed(held(scenario, setting), draws, seed, progress)
    return after_history(weighed, setting, heavy, tell)


def after_history(weighed: Study, setting: Setting, heavy: int = HEAVY,
                  tell: Tell | None = None) -> Study:
    """Steps 3 and 4, on a study that holds what the setting holds and that history has weighed."""
    study = believing(replace(weighed, heavy=heavy, tell=tell), setting.claims)
    return study.switched(setting.levers)


def with_ties(numbers: Mapping[str, Number], wanted: Mapping[str, float]) -> dict[str, float]:
    """The wanted values, and those of the inputs tied to them, at the same quantile.

    The numbers of one calibration are no function of one another: the others stay as drawn.
    """
    found: dict[str, float] = {}
    for path, value in wanted.items():
        if not numbers[path].drawn or numbers[path].posterior is not None:
            continue
        end = end_of_ties(path, numbers)
        tied = [name for name, number in numbers.items()
                if number.drawn and name != path and name not in wanted
                and end_of_ties(name, numbers) == end]
        if tied:
            level = level_of(numbers[path].free, value)
            for name in tied:
                found[name] = float(numbers[name].free.distribution.quantile(np.array([level]))[0])
    return found | dict(wanted)
