"""The hinge of an answer, and the value of it at which the answer flips.

The hinge is the input with the largest first-order index.  Where moving it makes the probability
cross 0.5 is found by solving again, never read off the draws alone:

1. Solve a smaller ensemble with the hinge at either end of its range.
2. Add a candidate: where the conditional mean E[p | hinge] of the draws crosses 0.5.
3. Between the closest two values on either side of 0.5, take the secant's root (kept off the ends
   of the bracket) until the probability there is within its Monte Carlo error of 0.5.

What is assumed (`believe`) weighs the smaller ensembles too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.questions import fix
from zopa.questions.believe import likelihood
from zopa.questions.evaluate import Call, evaluate
from zopa.questions.rests import Drivers
from zopa.questions.sensitivity import Index, conditional, index
from zopa.questions.spread import Z95, chance, effective
from zopa.questions.study import Study
from zopa.scenario.inputs import inputs

Floats = NDArray[np.float64]
STEPS = 5
HALF = 0.5
FEWEST = 16
"""Effective draws that a smaller ensemble must keep under what is assumed."""


@dataclass(frozen=True)
class Hinge:
    """The input that an answer hinges on.

    Attributes:
        path: the input; `tied` are those that move with it.
        index: its first-order index with the interval.
        provenance: where it comes from.
    """

    path: str
    tied: tuple[str, ...]
    index: Index
    provenance: str


@dataclass(frozen=True)
class Flip:
    """Where the probability crosses 0.5.

    Attributes:
        value: of the hinge input; None where it does not flip.
        unit: of the value.
        probability: found by solving again at that value.
        reason: why there is no such value; None where there is.
    """

    value: float | None = None
    unit: str | None = None
    probability: float | None = None
    reason: str | None = None


def hinge(study: Study, answer: Floats, found: Drivers) -> Hinge | None:
    """The input with the largest index, of several within rounding the first by name.

    None where no index stands out from the noise, or where its interval is all of [0, 1].
    """
    found_index = found.significant
    if not len(found_index) or not found_index.any():
        return None
    place = int(np.flatnonzero(found_index >= found_index.max() - 1e-12)[0])
    measured = index(answer, found.inputs.samples[place], study.weight)
    if not measured.informative:
        return None
    return Hinge(found.inputs.paths[place], found.inputs.tied[place], measured,
                 found.inputs.provenance[place])


def flip(study: Study, call: Call, answer: Floats, on: Hinge) -> Flip:
    """Where moving the hinge makes the probability of a test cross 0.5.

    Args:
        study: the whole ensemble.
        call: the test.
        answer: `(draw,)`, its probability in every draw.
        on: the hinge.
    """
    low, high = fix.reach(study.scenario, study.draws, on.path)
    unit = inputs(study.scenario)[on.path].unit
    tried: dict[float, _Tried] = {}

    def at(value: float) -> _Tried:
        if value not in tried:
            tried[value] = _probability(study, call, on.path, value)
        return tried[value]

    ends = (at(low), at(high))
    if any(math.isnan(end.probability) for end in ends):
        return Flip(unit=unit, reason=f"it cannot be evaluated over the whole range of {on.path}")
    if (guess := _candidate(answer, study, on.path, low, high)) is not None:
        at(guess)
    for _ in range(STEPS):
        near = min(tried.values(), key=lambda point: (abs(point.probability - HALF), point.value))
        if abs(near.probability - HALF) <= near.error:
            return Flip(near.value, unit, near.probability)
        bracket = _bracket(tried)
        if bracket is None:
            break
        at(_secant(*bracket))
    values = [point.probability for point in tried.values()]
    if _bracket(tried) is None:
        return Flip(unit=unit, reason=f"stays between {min(values):.2f} and {max(values):.2f} over "
                                      f"the whole range of {on.path}")
    one, other = _bracket(tried) or ends
    return Flip(unit=unit, reason=f"jumps across 0.5 between {one.value:.4g} and {other.value:.4g} "
                                  f"of {on.path}, without a value at which it is 0.5")


@dataclass(frozen=True)
class _Tried:
    value: float
    probability: float
    error: float


def _probability(study: Study, call: Call, path: str, value: float) -> _Tried:
    small = study.at_value(path, value)
    weight = small.weight
    if study.assumed:
        weight = weight * likelihood(small, study.assumed)
    n = effective(weight)
    if n < FEWEST:
        return _Tried(value, math.nan, 0.0)
    answer = chance(evaluate(small, call).holds, weight)
    error = Z95 * math.sqrt(HALF * HALF / (n * max(1.0 - answer.undecided, 1e-12)))
    return _Tried(value, answer.probability, error)


def _candidate(answer: Floats, study: Study, path: str, low: float, high: float) -> float | None:
    """Where E[p | x], linear between the classes' means, first crosses 0.5."""
    x, p = conditional(answer, study.draws[path], study.weight)
    for n in range(len(x) - 1):
        below, above = p[n] - HALF, p[n + 1] - HALF
        if below * above <= 0.0 and below != above:
            share = below / (below - above)
            return float(np.clip(x[n] + share * (x[n + 1] - x[n]), low, high))
    return None


def _bracket(tried: dict[float, _Tried]) -> tuple[_Tried, _Tried] | None:
    """The closest neighbouring values with the probability on either side of 0.5."""
    points = [tried[value] for value in sorted(tried) if not math.isnan(tried[value].probability)]
    pairs = [(one, other) for one, other in zip(points[:-1], points[1:], strict=True)
             if (one.probability - HALF) * (other.probability - HALF) <= 0.0]
    return min(pairs, key=lambda pair: (pair[1].value - pair[0].value, pair[0].value),
               default=None)


def _secant(one: _Tried, other: _Tried) -> float:
    """The secant's root, at least a fifth of the bracket off its ends."""
    rise = other.probability - one.probability
    share = (HALF - one.probability) / rise if rise else 0.5
    return one.value + min(max(share, 0.2), 0.8) * (other.value - one.value)
