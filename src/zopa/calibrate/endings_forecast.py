"""What a fit says of a class of wars: monthly rates, and how a war will have ended by a month.

A war of type t in region r that is m months old in period p ends in way k in the next month with
probability h_k(t, age of m, r, p).  Over months m, m + 1, ..., m + H - 1 the probability of an end
of kind k is sum_j S_j h_k(m + j), with S_j = prod_(i<j) (1 - sum_k h_k(m + i)).  A region that is
not named is one of those of the file, in the shares of the class's months at risk.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.endings_data import AGES, ENDINGS, PERIODS, ages_of, periods_of
from zopa.calibrate.endings_fit import Fit
from zopa.calibrate.endings_model import hazards
from zopa.calibrate.termination_file import REGIONS, TYPES
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
RESULTS = ("goes-on", "settled", "victory-a", "victory-b", "low-activity", "ceases")
"""What has become of a war by a date."""


@dataclass(frozen=True)
class ReferenceClass:
    """A class of wars that another one is compared with.

    Attributes:
        kind: type of conflict, one of `TYPES`.
        over: months since onset that a war of the class has lasted; one of `AGES`.
        region: one of `REGIONS`; None for all of them.
        year: of the calendar, which says the period.

    Raises:
        ArgumentError: a name or an age that the model does not have.
    """

    kind: str
    over: int = 0
    region: str | None = None
    year: int = PERIODS[-1]

    def __post_init__(self) -> None:
        if self.kind not in TYPES:
            raise ArgumentError(f"class must be one of {', '.join(TYPES)}, but is '{self.kind}'.")
        if self.over not in AGES:
            years = ", ".join(f"{months / 12:g}" for months in AGES if months != 1)
            raise ArgumentError(f"over-years must be one of {years}, where the model's ages begin, "
                                f"but is {self.over / 12:g}.")
        if self.region is not None and self.region not in REGIONS:
            raise ArgumentError(
                f"region must be one of {', '.join(REGIONS)}, but is '{self.region}'.")

    @property
    def title(self) -> str:
        """The class in words: `interstate, over one year`."""
        words = {0: "", 12: ", over one year", 36: ", over three years", 120: ", over ten years"}
        age = words.get(self.over, f", over {self.over} months")
        return f"{self.kind}{age}{f', {self.region}' if self.region else ''}"


def rates(fit: Fit, of: ReferenceClass) -> Floats:
    """Monthly probability of each kind of end in a class, `(draw, kind)`, kinds as `ENDINGS`.

    The mean over the class's ages and regions, in the shares of its months at risk in the data.
    Where the class has no months at all, those of all types count.
    """
    kind, first = TYPES.index(of.kind), AGES.index(of.over)
    chances = hazards(fit.log_odds[:, kind, first:, :, period_of(of.year), :])
    months = fit.data.months.sum(axis=-1)
    share = months[kind, first:] if months[kind, first:].any() else months[:, first:].sum(axis=0)
    if of.region is not None:
        ages = share.sum(axis=1)
        share = np.zeros_like(share)
        share[:, REGIONS.index(of.region)] = ages
    mean: Floats = np.einsum("dark,ar->dk", chances, share / share.sum())
    return mean


def period_of(year: int) -> int:
    """Place of a year's period."""
    return max(int(np.searchsorted(np.array(PERIODS), year, side="right")) - 1, 0)


def forecast(fit: Fit, kind: str, region: str, start: dt.date, age: int, months: int) -> Floats:
    """Probabilities of `RESULTS` some months ahead, `(draw, result)`.

    Args:
        fit: of wars known by then.
        kind, region: of the war.
        start: its first day.
        age: months since then.
        months: how far ahead.
    """
    t, r = TYPES.index(kind), REGIONS.index(region)
    ahead = age + np.arange(months)
    each = hazards(fit.log_odds[:, t, ages_of(ahead), r, periods_of(start, months, age), :])
    after = np.cumprod(1.0 - each.sum(axis=-1), axis=1)
    before = np.concatenate([np.ones((len(after), 1)), after[:, :-1]], axis=1)
    ends = np.einsum("dm,dmk->dk", before, each)
    share = fit.shares[:, t]
    victory = ends[:, ENDINGS.index("victory")]
    return np.column_stack([after[:, -1], ends[:, ENDINGS.index("settled")], victory * share,
                            victory * (1.0 - share), ends[:, ENDINGS.index("low-activity")],
                            ends[:, ENDINGS.index("ceases")]])
