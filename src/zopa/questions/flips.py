"""The hinge of an answer, and the value of it at which the answer flips.

The hinge is the input with the largest first-order index.  Whether moving it makes the probability
cross 0.5 is read off the draws at hand; where it does so is then found by solving again:

1. E[p | hinge], from classes of the draws along the hinge.  Where it stays on one side of 0.5 the
   answer does not flip, and the reason names its least and largest value.
2. Else solve a smaller ensemble with the hinge held where E[p | hinge] crosses 0.5.
3. Shift the curve by what it was off and solve where it would lie as far on the other side of 0.5;
   once two values stand on either side, take the secant's root.
4. A flip needs both: a value on either side in the same smaller ensemble (common random numbers),
   and at one of them a probability within its Monte Carlo error of 0.5.  The latter alone would
   find flips of answers that stay near 0.5 without ever crossing it.  The search ends early at
   half of that error.

What is assumed (`believe`) weighs the smaller ensembles too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import InputError
from zopa.questions import fix
from zopa.questions.believe import likelihood
from zopa.questions.headlines import Ask
from zopa.questions.rests import Drivers
from zopa.questions.sensitivity import Index, classes, conditional, index
from zopa.questions.spread import Z95, chance, defined, effective
from zopa.questions.study import Study
from zopa.scenario.inputs import inputs

Floats = NDArray[np.float64]
STEPS = 5
HALF = 0.5
BEYOND = 0.02
"""How far beyond 0.5 the second value aims at least, so that the two stand on either side."""
COARSE = 12
"""Classes of the curve at most: fewer than for an index, so that it is not led by noise."""
CLOSE = 0.5
"""Share of the Monte Carlo error within which the search ends early."""
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
        between: the two values solved at, next to each other, between which it crosses 0.5.
        reason: why there is no such value; None where there is.
    """

    value: float | None = None
    unit: str | None = None
    probability: float | None = None
    reason: str | None = None
    between: tuple[float, float] | None = None


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


def flip(study: Study, ask: Ask, answer: Floats, on: Hinge) -> Flip:
    """Where moving the hinge makes a probability cross 0.5.

    Args:
        study: the whole ensemble.
        ask: a study -> `(draw,)`, the probability in every draw of it.
        answer: `(draw,)`, that of the whole ensemble.
        on: the hinge.
    """
    unit = inputs(study.scenario)[on.path].unit
    share = defined(answer, study.weight)[1]
    curve = Curve(*conditional(answer, study.draws[on.path], study.weight,
                               min(COARSE, classes(effective(share)))),
                  fix.reach(study.scenario, study.draws, on.path))
    value = curve.crossing(0.0)
    if value is None:
        return Flip(unit=unit, reason=_stays(list(curve.p), f"over the whole range of {on.path}"))
    tried: dict[float, Tried] = {}
    bracket = None
    for _ in range(STEPS):
        if value is None or value in tried:
            break
        here = tried[value] = _solved(study, ask, on.path, value)
        if math.isnan(here.probability):
            return Flip(unit=unit, reason=f"it cannot be evaluated with {on.path} at {value:.4g}")
        bracket = _bracket(tried)
        if bracket is not None and _nearest(bracket).off <= CLOSE:
            break
        value = _secant(*bracket) if bracket is not None else _next(curve, tried, here)
    if bracket is None:
        return Flip(unit=unit, reason=_stays(
            [point.probability for point in tried.values()],
            f"wherever it was solved again along {on.path}"))
    near = _nearest(bracket)
    if near.off <= 1.0:
        return Flip(near.value, unit, near.probability,
                    between=(bracket[0].value, bracket[1].value))
    one, other = bracket
    return Flip(unit=unit, reason=(
        f"goes from {one.probability:.2f} to {other.probability:.2f} between {one.value:.4g} and "
        f"{other.value:.4g} of {on.path}; no value was found at which it is 0.5"))


def _stays(values: Sequence[float], where: str) -> str:
    return f"stays between {min(values):.2f} and {max(values):.2f} {where}"


@dataclass(frozen=True, eq=False)
class Curve:
    """E[p | x], linear between the means of the classes of x.

    Attributes:
        x, p: `(class,)`, the means.
        reach: least and largest value at which x is held.
    """

    x: Floats
    p: Floats
    reach: tuple[float, float]

    def at(self, value: float) -> float:
        """E[p | x] at a value; beyond the outer classes as in them."""
        return float(np.interp(value, self.x, self.p))

    def crossing(self, shift: float) -> float | None:
        """The first value at which the curve moved up by `shift` crosses 0.5; None without one."""
        off = self.p + shift - HALF
        for n in np.flatnonzero(off[:-1] * off[1:] <= 0.0):
            if off[n] != off[n + 1]:
                share = off[n] / (off[n] - off[n + 1])
                return float(np.clip(self.x[n] + share * (self.x[n + 1] - self.x[n]), *self.reach))
        return None


@dataclass(frozen=True)
class Tried:
    """The probability with the hinge held, and its Monte Carlo error at 0.5."""

    value: float
    probability: float
    error: float

    @property
    def off(self) -> float:
        """How far the probability is from 0.5, in units of its error."""
        return abs(self.probability - HALF) / self.error


def _solved(study: Study, ask: Ask, path: str, value: float) -> Tried:
    small = study.at_value(path, value)
    weight = small.weight
    try:
        if study.assumed:
            weight = weight * likelihood(small, study.assumed)
        n = effective(weight)
        if n < FEWEST:
            return Tried(value, math.nan, 0.0)
        answer = chance(ask(small), weight)
    except InputError:      # no war can have these numbers, say, hazards that come to more than 1
        return Tried(value, math.nan, 0.0)
    error = Z95 * math.sqrt(HALF * HALF / (n * max(1.0 - answer.undecided, 1e-12)))
    return Tried(value, answer.probability, error)


def _next(curve: Curve, tried: dict[float, Tried], here: Tried) -> float | None:
    """The next value to try while all stand on one side; None where the range is used up.

    It is where the curve, moved by what it was off, lies as far on the other side of 0.5.
    """
    off = here.probability - HALF
    shift = here.probability - curve.at(here.value) + math.copysign(max(abs(off), BEYOND), off)
    value = curve.crossing(shift)
    if value is not None and value not in tried:
        return value
    # the shifted curve stays on one side: the end of the range that it comes nearest at
    nearest = int((math.copysign(1.0, off) * curve.p).argmin())
    return curve.reach[int(nearest > 0.5 * (len(curve.p) - 1))]


def _bracket(tried: dict[float, Tried]) -> tuple[Tried, Tried] | None:
    """The closest neighbouring values with the probability on either side of 0.5."""
    points = [tried[value] for value in sorted(tried)]
    pairs = [(one, other) for one, other in zip(points[:-1], points[1:], strict=True)
             if (one.probability - HALF) * (other.probability - HALF) <= 0.0]
    return min(pairs, key=lambda pair: (pair[1].value - pair[0].value, pair[0].value),
               default=None)


def _nearest(bracket: tuple[Tried, Tried]) -> Tried:
    """Of two values the one whose probability is nearer to 0.5."""
    return min(bracket, key=lambda point: point.off)


def _secant(one: Tried, other: Tried) -> float:
    """The secant's root, at least a fifth of the bracket off its ends."""
    rise = other.probability - one.probability
    share = (HALF - one.probability) / rise if rise else 0.5
    return one.value + min(max(share, 0.2), 0.8) * (other.value - one.value)
