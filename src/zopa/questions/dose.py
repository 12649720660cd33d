"""The smallest dose of a lever that opens the zone of agreement in half of the draws.

A dose t scales the lever's changes of numbers (`zopa.draws.levers`): 1 is the lever as written.
Z(t) is the weighted share of the draws in which some real package is better for both sides than
never agreeing, solved at the same draws at every t.

1. Z without the lever of 1/2 or more: the dose is 0.
2. Else Z at the doses of `GRID`, ascending, to the first that reaches 1/2.
3. Bisection between it and the dose before it, to 1 % of the lever as written (0.01 of t), keeping
   a dose that reaches 1/2 at the upper end.

Z need not rise with t.  The result is the smallest dose found: an interval of doses that lies
wholly between two points of the grid is not seen.  Changes of structure are fully on at every
dose above 0; where they alone do it, the dose is 0 and the text says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from zopa.core.errors import InputError
from zopa.draws.levers import has_numbers
from zopa.questions.deals import deals
from zopa.questions.spread import mean
from zopa.questions.study import Study

DOSE_DRAWS = 64
"""Draws at which the dose is sought, at most."""
GRID = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
CLOSE = 0.01
HALF = 0.5


@dataclass(frozen=True)
class Dose:
    """A dose: NaN where there is none.

    Attributes:
        value: t.
        reason: why there is none, or what goes without saying in the number.
    """

    value: float = math.nan
    reason: str | None = None


def dose(study: Study, lever: str) -> Dose:
    """The smallest dose found at which the zone is not empty in half of the draws."""
    few = study.thinned(DOSE_DRAWS)
    if _reaches(open_share(few)):
        return Dose(0.0, "the zone is open in half of the draws without it")
    if not has_numbers(few.scenario, lever):
        return Dose(reason="it changes no number, so it has no dose")
    if _reaches(_at(few, lever, 0.0)):
        return Dose(0.0, "its changes of structure alone open the zone")
    low = 0.0
    for high in GRID:
        if _reaches(_at(few, lever, high)):
            return Dose(_between(few, lever, low, high))
        low = high
    return Dose(reason=f"no dose up to {GRID[-1]:g} times the lever as written opens the zone in "
                       "half of the draws")


def open_share(study: Study) -> float:
    """Weighted share of the draws in which the zone is not empty."""
    return mean((~deals(study).zone.empty).astype(float), study.weight)


def _between(study: Study, lever: str, low: float, high: float) -> float:
    while high - low > CLOSE:
        middle = 0.5 * (low + high)
        if _reaches(_at(study, lever, middle)):
            high = middle
        else:
            low = middle
    return high


def _at(study: Study, lever: str, amount: float) -> float:
    """Z(t); 0 where no war can have these numbers (hazards that come to more than 1, say)."""
    try:
        return open_share(study.with_levers((lever,), amount))
    except InputError:
        return 0.0


def _reaches(share: float) -> bool:
    return share >= HALF - 1e-12
