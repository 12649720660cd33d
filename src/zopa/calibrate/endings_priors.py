"""From the rates of a reference class to the numbers of a scenario, as a joint posterior.

A class has monthly rates v of victories and s of settlements (`endings_forecast.rates`).

    collapse of side A    h_A = (1 - q) v / f_A        of side B    h_B = q v / f_B
    talks                 1 - failure = min(1, s / rate)

1. q is the share of victories that are side A's: between states 1/2; inside a state, side A is the
   government, which must be named.
2. f is the factor that the scenario's present position gives to the hazard, at central values: so
   the hazard at the present position is that of the class.  Momentum and support come and go within
   the wars of the class, so that their factors stand as they are.
3. Talks at the scenario's own rate (its central value) conclude so often that settlements come at
   the rate of the class.  The class holds months in which no terms would have suited both sides, so
   that talks which have such terms conclude more often than this says: it is a lower bound.

Low activity, by which wars fade without any agreement, and an actor that ceases to exist have no
place in a scenario; their rates are told beside these.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from math import exp

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.endings_data import ENDINGS, cases
from zopa.calibrate.endings_fit import Fit
from zopa.calibrate.endings_forecast import ReferenceClass, rates
from zopa.calibrate.posterior import Fitted, Posterior, kept
from zopa.calibrate.termination_file import CITATION, LICENCE, TYPES, TerminationFile
from zopa.core.errors import ArgumentError
from zopa.scenario.number import central
from zopa.scenario.patch import did_you_mean
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
NAME = "endings"
PERIODS_A_MONTH = {"day": 30.4375, "week": 30.4375 / 7.0, "month": 1.0, "quarter": 1.0 / 3.0,
                   "year": 1.0 / 12.0}
NEAR_ONE = 1.0 - 1e-6


@dataclass(frozen=True)
class ClassRates:
    """The rates of a class, for a reader.

    Attributes:
        of: the class.
        wars, months: how many wars of it there were, and their months at risk.
        first, last: first day of a war of any class, and the last day that counts.
        ends: kind of end -> how many.
        draws: `(draw, kind)`, monthly rates.
    """

    of: ReferenceClass
    wars: int
    months: int
    ends: dict[str, int]
    first: dt.date
    last: dt.date
    draws: Floats = field(repr=False)

    def interval(self, kind: str) -> tuple[float, float, float]:
        """5, 50 and 95 percent of the monthly rate of a kind of end."""
        low, middle, high = np.quantile(
            self.draws[:, ENDINGS.index(kind)], [0.05, 0.5, 0.95]).tolist()
        return low, middle, high


def class_rates(file: TerminationFile, fitted: Fit, of: ReferenceClass,
                until: dt.date | None = None) -> ClassRates:
    """What the file and the fit say of a class.

    Args:
        file, fitted: the data and the fit.
        of: the class.
        until: nothing later counts; the end of the file where None.
    """
    last = min(until or file.last, file.last)
    wars, months, ends = cases(file.wars, last, of.kind, of.over)
    return ClassRates(of, wars, months, ends, min(war.start for war in file.wars), last,
                      rates(fitted, of))


def posterior(file: TerminationFile, fitted: Fit, found: ClassRates, scenario: Scenario, seed: int,
              government: str | None = None, talks: bool = True) -> Posterior:
    """The hazards of collapse, and how often talks fail, as joint draws of a scenario's numbers.

    Args:
        file, fitted, found: the data, the fit and the class.
        scenario: with a war.
        seed: of the fit.
        government: belligerent who is side A of the file; needed but for wars between states.
        talks: whether the failure of talks is fitted too.

    Raises:
        ArgumentError: the scenario has no war, or side A is not named.
    """
    war = scenario.war
    if war is None:
        raise ArgumentError("the scenario has no war, so that no war of it can end. Give one with "
                            "a `war` block.")
    side_a, side_b = _sides(scenario, found.of.kind, government)
    periods = PERIODS_A_MONTH[scenario.period]
    victory, settled = (_per_period(found.draws[:, ENDINGS.index(kind)], periods)
                        for kind in ("victory", "settled"))
    share = fitted.shares[:, TYPES.index(found.of.kind)]
    columns = {f"war.hazards.{side_a}.base": (1.0 - share) * victory / position_factor(
                   scenario, side_a),
               f"war.hazards.{side_b}.base": share * victory / position_factor(scenario, side_b)}
    if talks:
        concluded = settled / max(central(war.talks.rate), 1e-9)
        columns["war.talks.failure"] = 1.0 - np.clip(concluded, 1.0 - NEAR_ONE, NEAR_ONE)
    names = tuple(columns)
    return kept(NAME, "endings", names, np.column_stack([columns[name] for name in names]),
                source(file, found, seed))


def source(file: TerminationFile, found: ClassRates, seed: int) -> Fitted:
    """What the numbers were fitted to."""
    ends = ", ".join(f"{count} {kind}" for kind, count in found.ends.items() if count)
    model = ("competing risks of how wars end, partially pooled over ages, regions and periods; "
             f"class {found.of.title}: {found.wars} wars, {found.months} months, {ends or 'no end'}"
             )
    return Fitted(((file.name, file.sha256),), found.first, found.last, _version(), seed, model,
                  CITATION, LICENCE, found.wars)


def position_factor(scenario: Scenario, side: str) -> float:
    """The factor of a side's hazard at the present position, at central values."""
    war = scenario.war
    assert war is not None
    half = 0.5 * (war.position.cells - 1)
    place = (war.position.present_cell - half) / half
    return exp(central(war.hazards[side].position) * place)


def _sides(scenario: Scenario, kind: str, government: str | None) -> tuple[str, str]:
    """Sides A and B of the file, as parties of the scenario."""
    sides = scenario.belligerents
    if kind == "interstate" or government is not None and government in sides:
        first = government if government in sides else sides[0]
        return first, next(side for side in sides if side != first)
    if government is None:
        raise ArgumentError("government must name the side of the state, whose victories the file "
                            f"counts apart in wars that are not between states: "
                            f"{' or '.join(sides)}.")
    raise ArgumentError(f"government names no belligerent, '{government}'."
                        f"{did_you_mean(government, sides)}")


def _per_period(monthly: Floats, months_a_period: float) -> Floats:
    """Probability in a period of what has a probability in a month."""
    result: Floats = 1.0 - (1.0 - monthly) ** (1.0 / months_a_period)
    return result


def _version() -> str:
    try:
        return version("zopa")
    except PackageNotFoundError:
        return "not installed"
