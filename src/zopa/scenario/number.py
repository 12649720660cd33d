"""A number of a scenario: a value or a distribution, its unit, and where it comes from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Interval = tuple[float, float]


class Frozen(BaseModel):
    """Base of every part of a scenario: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Cite(Frozen):
    """A citation: the key of an entry of `sources`, and the place in it."""

    cite: str = Field(description="Key of an entry of `sources`.")
    where: str | None = Field(None, description="Page, table, row or date inside the source.")


class Judgement(Frozen):
    """A number that rests on somebody's judgement, with the reason for it."""

    judgement: Annotated[str, Field(min_length=8, description="Why this value, in a sentence.")]


class Calibrated(Frozen):
    """A number fitted to stated targets: says to which, and how."""

    calibrated: Annotated[str, Field(min_length=8, description="What it was fitted to, and how.")]
    cite: str | None = Field(None, description="Key of the source of the targets.")


Provenance = Cite | Judgement | Calibrated


class Number(Frozen):
    """One number; exactly one of the forms is given.

    value        a known value
    range        [low, high], uniform
    normal       [mean, sd], cut to `within` where that is given
    beta         [a, b], on `within` (default [0, 1])
    triangular   [low, mode, high]
    lognormal    [median, sigma of the logarithm], cut to `within`
    tied         the same quantile as another input (by its path), of this number's own form
    """

    value: float | None = None
    range: Interval | None = None
    normal: Interval | None = None
    beta: Interval | None = None
    triangular: tuple[float, float, float] | None = None
    lognormal: Interval | None = None
    within: Interval | None = None
    tied: str | None = Field(None, description="Path of the input whose quantile this one shares.")
    unit: str | None = Field(None, description="Unit, e.g. share, utility, probability per month.")
    source: Provenance | None = None


NumberLike = Number | float
FormName = Literal["value", "range", "normal", "beta", "triangular", "lognormal"]
FORMS: tuple[FormName, ...] = ("value", "range", "normal", "beta", "triangular", "lognormal")
