"""A number of a scenario: a value or a distribution, its unit, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from zopa.core import distribution as forms
from zopa.core.distribution import Distribution, Interval

# Tags of unions stand in angle brackets, so that no key of a scenario is mistaken for one in the
# location of an error.
Plain = Annotated[float, Field(strict=True)]


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


def _which_provenance(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, Frozen) else {}
    kind = next((k for k in ("judgement", "calibrated", "cite") if k in keys), None)
    return kind and f"<{kind}>"


Provenance = Annotated[
    Annotated[Cite, Tag("<cite>")] | Annotated[Judgement, Tag("<judgement>")]
    | Annotated[Calibrated, Tag("<calibrated>")],
    Discriminator(_which_provenance)]

FormName = Literal["value", "range", "normal", "beta", "triangular", "lognormal", "quantiles"]
FORMS: tuple[FormName, ...] = get_args(FormName)
Seven = tuple[float, float, float, float, float, float, float]


class Number(Frozen):
    """One number; exactly one of the forms is given.

    value        a known value
    range        [low, high], uniform
    normal       [mean, sd], cut to `within` where that is given
    beta         [a, b], on `within` (default [0, 1])
    triangular   [low, mode, high]
    lognormal    [median, sigma of the logarithm], cut to `within`
    quantiles    [least, 5 %, 25 %, 50 %, 75 %, 95 %, greatest], straight between them
    tied         the same quantile as another input (by its path), of this number's own form
    posterior    drawn together with the other numbers of a calibration, as they were fitted;
                 `quantiles` then say how it is distributed by itself

    `held` puts one value in the place of the form, which stays on record: a what-if.
    """

    value: Plain | None = None
    range: Interval | None = None
    normal: Interval | None = None
    beta: Interval | None = None
    triangular: tuple[float, float, float] | None = None
    lognormal: Interval | None = None
    quantiles: Seven | None = None
    within: Interval | None = None
    tied: str | None = Field(None, description="Path of the input whose quantile this one shares.")
    posterior: str | None = Field(
        None, description="Key of an entry of `calibrations`, whose joint draws hold this number.")
    held: Plain | None = Field(None, description="A value to hold it at, in place of its form.")
    unit: str | None = Field(None, description="Unit, e.g. share, utility, probability per month.")
    source: Provenance | None = None

    @model_validator(mode="after")
    def _one_valid_form(self) -> Number:
        given = [name for name in FORMS if getattr(self, name) is not None]
        if len(given) != 1:
            has = " and ".join(given) if given else "none"
            raise PydanticCustomError(
                "number_form",
                "must have exactly one of {forms}, but has {has}",
                {"forms": ", ".join(FORMS), "has": has})
        if self.posterior is not None and (given != ["quantiles"] or self.tied is not None):
            raise PydanticCustomError("number_posterior", "has `posterior`, which goes with "
                                      "`quantiles` and without `tied`")
        if self.within is not None and given[0] not in CUT:
            raise PydanticCustomError(
                "number_within", "has `within`, which {form} does not take; it goes with {cut}",
                {"form": given[0], "cut": ", ".join(CUT)})
        fault = self.distribution.fault()
        if fault is not None:
            raise PydanticCustomError("number_empty", "{fault}", {"fault": fault})
        return self

    @property
    def form(self) -> FormName:
        """Which of the forms this number has."""
        return next(name for name in FORMS if getattr(self, name) is not None)

    @property
    def distribution(self) -> Distribution:
        """The number as a distribution: central value, support, quantiles."""
        return forms.Fixed(self.held) if self.held is not None else BUILDERS[self.form](self)

    @property
    def free(self) -> Number:
        """The number as it is where nothing holds it."""
        return self if self.held is None else self.model_copy(update={"held": None})

    @property
    def drawn(self) -> bool:
        """Whether it has, or shares, a coordinate of the sequence, even one that is not used while
        it is held: the other inputs' draws are then the same as without holding it."""
        return self.value is None

    @property
    def uncertain(self) -> bool:
        """Whether it differs between draws (anything but a known or a held value)."""
        return self.value is None and self.held is None


CUT = ("normal", "beta", "lognormal")
BUILDERS: dict[str, Callable[[Any], Distribution]] = {
    "value": lambda n: forms.Fixed(n.value),
    "range": lambda n: forms.Uniform(*n.range),
    "normal": lambda n: forms.Normal(n.normal[0], n.normal[1], n.within),
    "beta": lambda n: forms.Beta(n.beta[0], n.beta[1], n.within or (0.0, 1.0)),
    "triangular": lambda n: forms.Triangular(*n.triangular),
    "lognormal": lambda n: forms.Lognormal(n.lognormal[0], n.lognormal[1], n.within),
    "quantiles": lambda n: forms.Quantiles(n.quantiles),
}


def _which_number(value: Any) -> str:
    return "<number>" if isinstance(value, dict | Number) else "<plain>"


NumberLike = Annotated[
    Annotated[Number, Tag("<number>")] | Annotated[Plain, Tag("<plain>")],
    Discriminator(_which_number)]


def as_number(value: Number | float) -> Number:
    """A bare float as a `Number` of known value."""
    return value if isinstance(value, Number) else Number(value=float(value))


def central(value: Number | float) -> float:
    """The central value: value, midpoint, mean (normal, beta), mode, or median (lognormal)."""
    return value.distribution.central() if isinstance(value, Number) else float(value)


def support(value: Number | float) -> Interval:
    """Least and largest value that can be drawn."""
    if isinstance(value, Number):
        return value.distribution.support()
    return float(value), float(value)
