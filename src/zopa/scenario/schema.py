"""The scenario: one armed conflict at one date, or one agreement space without a war.

Everything is named by strings, never by the order of the file, with one exception: the first
belligerent of `parties` is side A, the second side B.  Every `NumberLike` is addressed by its path,
`war.costs.kyiv.base`, in messages, draws and levers alike.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic.types import StrictBool, StrictStr
from pydantic_core import PydanticCustomError

from zopa.core.posterior import Posterior
from zopa.scenario.decides import Choice, Group, Resolve
from zopa.scenario.number import Frozen, Number, NumberLike, Plain, Provenance
from zopa.scenario.origin import Origin

PLAIN_NAME = r"^[A-Za-z0-9_][A-Za-z0-9_. -]{0,99}$"
Role = Literal["belligerent", "party", "patron", "sanctioner", "host", "mediator", "guarantor",
               "ally"]


def _written_date(value: Any) -> Any:
    """A date is written YYYY-MM-DD; a bare number is not taken for seconds since 1970."""
    if isinstance(value, str | dt.date):
        return value
    raise PydanticCustomError("written_date", "must be a date, e.g. 2025-05-31")


Date = Annotated[dt.date, BeforeValidator(_written_date)]


def _which_setting(value: Any) -> str:
    if isinstance(value, bool):
        return "<flag>"
    if isinstance(value, str):
        return "<text>"
    return "<number>" if isinstance(value, dict | Number) else "<plain>"


Setting = Annotated[
    Annotated[Number, Tag("<number>")] | Annotated[Plain, Tag("<plain>")]
    | Annotated[StrictStr, Tag("<text>")] | Annotated[StrictBool, Tag("<flag>")],
    Discriminator(_which_setting)]


class Source(Frozen):
    """An entry of the bibliography."""

    title: str
    author: str
    year: int = Field(ge=1, le=9999)
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    known_since: Date | None = Field(None, description="Date from which the value was public.")
    note: str | None = None


class Party(Frozen):
    """Somebody with a part in the conflict; `party` is a side of a scenario without a war."""

    name: str
    roles: tuple[Role, ...]
    supports: str | None = Field(None, description="For a patron or ally: the belligerent.")
    aliases: tuple[str, ...] = ()
    discount: NumberLike | None = Field(None, description="Discount factor per period.")
    groups: dict[str, Group] = Field(
        default_factory=dict, description="Who decides inside the party, some with a veto.")


class Option(Frozen):
    """One way to settle an issue."""

    title: str
    values: dict[str, NumberLike] = Field(description="Party -> value in [0, 1].")
    on_position: dict[str, NumberLike] = Field(
        default_factory=dict,
        description="Party -> change of the value when the position moves from the middle of the "
        "window to the end that `war.position.favours` names; linear, cut to [0, 1].")
    available: bool = Field(True, description="False: only a lever puts it on the table.")
    note: str | None = None


class Issue(Frozen):
    """A question the sides must settle, with at least two options."""

    title: str
    weights: dict[str, NumberLike] = Field(description="Party -> weight; they sum to 1 a party.")
    options: dict[str, Option]


class Forbid(Frozen):
    """A combination of options that cannot be agreed: issue -> options, all of them at once."""

    forbid: dict[str, tuple[str, ...]]
    why: str


class Interaction(Frozen):
    """Extra utility of two options held together (on different issues)."""

    options: dict[str, str] = Field(description="Issue -> option; exactly two.")
    values: dict[str, NumberLike] = Field(description="Party -> utility added.")


class Change(Frozen):
    """Mean and standard deviation of the change of position over some periods."""

    periods: int
    mean: NumberLike
    sd: NumberLike


class Position(Frozen):
    """The battlefield window: cells around the present."""

    title: str
    unit: str
    favours: str = Field(description="The belligerent for whom a higher position is better.")
    cells: int = Field(ge=3, le=401)
    cell: NumberLike = Field(description="Width of a cell, in `unit`.")
    present: NumberLike = Field(description="The level at the scenario's date, in `unit`.")
    present_cell: int = Field(ge=0, description="Cell of the present; 0 is the low end.")
    ends: Literal["held", "absorbing"] = "held"
    moves: dict[str, dict[int, NumberLike]] = Field(
        description="Momentum level -> change in cells -> probability; what is missing to 1 is "
        "the probability of 0.")
    targets: tuple[Change, ...] = Field(
        (), description="What the moves must reproduce within 10 %, from the present regime.")


class MomentumLevel(Frozen):
    favours: str | None = Field(None, description="Belligerent who advances; none when static.")
    title: str


class Momentum(Frozen):
    """A small Markov chain: who has the initiative."""

    levels: dict[str, MomentumLevel]
    present: str
    transitions: dict[str, dict[str, NumberLike]] = Field(
        description="From -> to -> probability a period; what is missing to 1 stays.")


class SupportLevel(Frozen):
    """One level of a patron's support.

    `momentum_tilt` t multiplies the odds of momentum turning for the supported side by exp(t), and
    against it by exp(-t), before the row is normalised.
    """

    title: str
    volume: NumberLike | None = Field(None, description="What the level stands for, e.g. EUR bn.")
    momentum_tilt: NumberLike = 0.0


class Support(Frozen):
    """A patron's chain: levels from the highest to the lowest."""

    levels: dict[str, SupportLevel]
    present: str
    transitions: dict[str, dict[str, NumberLike]]
    choice: Choice | None = Field(
        None, description="What support costs and brings the patron, who may then stop it.")


class ByRegime(Frozen):
    """A base value a period, multiplied by factors of the regime (1 where none is given)."""

    base: NumberLike
    momentum: dict[str, NumberLike] = Field(default_factory=dict)
    support: dict[str, dict[str, NumberLike]] = Field(
        default_factory=dict, description="Patron -> level -> factor.")
    position: NumberLike = Field(
        0.0, description="g: factor exp(g x), x in [-1, 1] from the middle of the window towards "
        "the end that `position.favours` names.")


class Terminal(Frozen):
    """Utilities of dictating and of being dictated to, on the scale of the packages."""

    victory: NumberLike
    defeat: NumberLike


class Theory(Frozen):
    """An account of how the war goes; two of them make the sides learn.

    `momentum_tilt` tilts momentum towards `favours`; `support_tilt` tilts a patron's chain towards
    its higher levels; `hazard_factor` multiplies a side's hazard of collapse.
    """

    title: str
    favours: str
    momentum_tilt: NumberLike = 0.0
    support_tilt: dict[str, NumberLike] = Field(default_factory=dict)
    hazard_factor: dict[str, NumberLike] = Field(default_factory=dict)


class Beliefs(Frozen):
    """Two theories, who believes what, and the grid of the log-likelihood ratio."""

    theories: dict[str, Theory] = Field(
        description="Exactly two, the first one's odds are learned.")
    prior: dict[str, NumberLike] = Field(
        description="Belligerent or `analyst` -> probability of the first theory at the date.")
    grid_points: int = Field(9, ge=3, le=101)
    grid_step: float = Field(1.0, gt=0, description="Step of the log-likelihood ratio's grid.")


class Talks(Frozen):
    rate: NumberLike = Field(description="Probability that talks are held in a period.")
    host: str | None = None
    failure: NumberLike = Field(
        0.0, description="Rate at which talks fail for reasons outside the model.")
    proposer: dict[str, NumberLike] = Field(
        default_factory=dict, description="ONE belligerent -> probability that it proposes (0.5).")


class Floor(Frozen):
    """The least utility that a side can ratify."""

    utility: NumberLike
    spread: NumberLike | None = Field(
        None, description="Where ratification is uncertain: a deal worth u is ratified with "
        "probability 1 / (1 + exp(-(u - utility) / spread)).")
    why: str


class War(Frozen):
    """The war block: what fighting on is worth comes from here."""

    position: Position
    momentum: Momentum
    support: dict[str, Support] = Field(default_factory=dict, description="Patron -> chain.")
    costs: dict[str, ByRegime]
    hazards: dict[str, ByRegime] = Field(description="Belligerent -> hazard of ITS collapse.")
    terminal: dict[str, Terminal]
    beliefs: Beliefs | None = None
    talks: Talks
    enforcement: NumberLike = 1.0
    peace_momentum: str | None = Field(
        None, description="Momentum level in which a lapsed deal reopens (default: unchanged).")
    floors: dict[str, Floor] = Field(default_factory=dict)
    resolve: dict[str, Resolve] = Field(
        default_factory=dict, description="Belligerent -> the cost of war that it alone knows.")
    losses: dict[str, NumberLike] = Field(
        default_factory=dict, description="Belligerent -> military casualties a period.")
    horizon: int = Field(60, ge=1, le=600)
    outlook: int = Field(60, ge=1, le=600)
    window: int = Field(12, ge=1, le=120)


Observed = Literal["position", "momentum", "support", "choice", "survival", "deal"]
"""What history observes: see `State.calibrates`."""


def _which_calibrates(value: Any) -> str:
    return "<flag>" if isinstance(value, bool) else "<list>"


Calibrates = Annotated[
    Annotated[StrictBool, Tag("<flag>")] | Annotated[tuple[Observed, ...], Tag("<list>")],
    Discriminator(_which_calibrates)]


class State(Frozen):
    """A dated state of the war; what is left out is as at present."""

    date: Date
    position: NumberLike | None = Field(None, description="In the position's unit.")
    momentum: str | None = None
    support: dict[str, str] = Field(default_factory=dict)
    deal: bool = False
    talks: bool | None = Field(
        None, description="Whether talks were held in the period that follows; where it is left "
        "out, at the rate of `war.talks`.")
    source: Provenance | None = None
    calibrates: Calibrates = Field(
        False, description="What of this state was used to calibrate an input and so is no "
        "evidence again; true for all of it.")


class LeverChange(Frozen):
    """One change a lever makes, at a path: exactly one of the operations."""

    path: str
    set: Setting | None = None
    add: NumberLike | None = None
    multiply: NumberLike | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> LeverChange:
        given = [n for n in ("set", "add", "multiply") if getattr(self, n) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "lever_operation", "must have exactly one of set, add, multiply, but has {given}",
                {"given": " and ".join(given) or "none"})
        return self


class Lever(Frozen):
    """What an outsider can do: a named change of parameters."""

    title: str
    by: tuple[str, ...] = ()
    changes: tuple[LeverChange, ...]
    note: str | None = None


class Offer(Frozen):
    """A dated offer, with the state and the beliefs of its date."""

    title: str
    date: Date
    package: dict[str, str]
    state: State
    prior: dict[str, NumberLike] = Field(default_factory=dict)
    enforcement: NumberLike | None = None
    source: Provenance
    note: str | None = None


Standing = Literal["on the record", "unnamed", "the report's own voice", "published"]


class Speaker(Frozen):
    """One link of a claim's chain of sources."""

    who: str
    standing: Standing
    office: str | None = None


class TestCall(Frozen):
    """A typed test of the table in `zopa.claims`: its name and its arguments."""

    __test__: ClassVar[bool] = False  # no class of tests, whatever a test runner makes of its name

    test: str
    args: dict[str, Any] = Field(default_factory=dict)


class Claim(Frozen):
    """Somebody's statement: never a fact, tested under the scenario's assumptions."""

    says: str = Field(description="A paraphrase.")
    chain: tuple[Speaker, ...] = Field(min_length=1, description="From outermost to innermost.")
    how: Literal["direct", "indirect"]
    kind: Literal["testable", "event", "evaluative", "normative"]
    source: Provenance
    tests: tuple[TestCall, ...] = Field((), description="The first is the claim's, others beside.")
    not_modelled: str | None = Field(None, description="Why no test speaks to it.")
    date: Date | None = None
    sentences: tuple[int, ...] = Field((), description="Sentences of the report it stands in.")


class Thresholds(Frozen):
    rare: float = Field(0.10, gt=0, lt=1)
    epsilon: float = Field(0.005, gt=0, lt=1)


class Calibration(Frozen):
    """The joint draws of numbers that were fitted to data together."""

    draws: Annotated[str, Field(pattern=PLAIN_NAME)] = Field(
        description="Name of the file of draws, beside the scenario's own.")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of that file, so that it is the one the numbers came from.")


class Scenario(Frozen):
    """One conflict, at one date."""

    zopa: Literal[1] = Field(description="Version of the format.")
    title: str
    summary: str
    date: Date
    period: Literal["day", "week", "month", "quarter", "year"] = "month"
    parties: dict[str, Party]
    sources: dict[str, Source] = Field(default_factory=dict)
    calibrations: dict[str, Calibration] = Field(
        default_factory=dict, description="Name -> the draws of numbers fitted together.")
    issues: dict[str, Issue]
    constraints: tuple[Forbid, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    frontier: Literal["hull", "packages"] = Field(
        "hull", description="What can be agreed: mixtures of packages too (partial or phased "
        "deals), or `packages` alone, where the issues cannot be divided.")
    disagreement: dict[str, NumberLike] = Field(
        default_factory=dict, description="Without a war: party -> value of no agreement.")
    war: War | None = None
    thresholds: Thresholds = Thresholds()
    history: tuple[State, ...] = ()
    levers: dict[str, Lever] = Field(default_factory=dict)
    offers: dict[str, Offer] = Field(default_factory=dict)
    claims: dict[str, Claim] = Field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Place -> other spellings.")
    not_modelled: tuple[str, ...] = Field((), description="What this scenario leaves out.")
    _origin: Origin | None = PrivateAttr(None)
    _posteriors: dict[str, Posterior] | None = PrivateAttr(None)

    @property
    def origin(self) -> Origin | None:
        """The text it was loaded from; none where it was made in Python.

        It stays with copies (`swapped`, levers), which differ from that text: see
        `zopa.scenario.origin.digest` for a hash of the content.
        """
        return self._origin

    @property
    def belligerents(self) -> tuple[str, ...]:
        """Names of side A and side B, in the order of `parties`."""
        return tuple(k for k, p in self.parties.items() if "belligerent" in p.roles)

    @property
    def sides(self) -> tuple[str, ...]:
        """Who must agree: the belligerents, or without a war every `party`."""
        return self.belligerents or tuple(
            k for k, p in self.parties.items() if "party" in p.roles)

    def swapped(self) -> Scenario:
        """The same scenario with sides A and B exchanged; no answer by name may change."""
        order = list(self.parties)
        first, second = self.sides[:2]
        a, b = order.index(first), order.index(second)
        order[a], order[b] = order[b], order[a]
        return self.model_copy(update={"parties": {k: self.parties[k] for k in order}})
