"""The table of typed tests of claims: the one place that says which tests there are.

A claim is somebody's statement; a test is the sentence of the model that comes nearest to it.  Each
is evaluated at every draw (an indicator, or a probability where the draw itself leaves one), then
averaged with the draws' weights.  "Now" is the present state; expectations are the analyst's, never
a side's own.  Thresholds (rare, eps), `horizon`, `outlook` and `window` are the scenario's.

Symbols: V_i value, r_i value of fighting on, W_i value of never agreeing, D_i value of a deal, u_i
utility of a package, F the frontier, x_t position (all utilities are annuity values).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """What an argument names; the value is how messages call it."""

    PARTY = "a side"
    PATRON = "a patron with a support chain"
    LEVER = "a lever"
    OFFER = "an offer"
    DATE = "a date"
    MOMENT = "a date, or now"
    ISSUE = "an issue"
    OPTIONS = "options of the issue"


class Mirror(Enum):
    """What the test is shown beside."""

    NONE = "it names no side"
    OTHER_SIDE = "the same test for the other side"


class Answer(Enum):
    """What one draw gives."""

    INDICATOR = "holds or not"
    PROBABILITY = "a probability"


@dataclass(frozen=True)
class Argument:
    """One argument of a test.

    Attributes:
        name: key under `args`.
        kind: what it names.
        default: text that stands for it when it is left out; None where it is required.
    """

    name: str
    kind: Kind
    default: str | None = None

    @property
    def required(self) -> bool:
        return self.default is None


@dataclass(frozen=True)
class TestSpec:
    """One row of the table.

    Attributes:
        name: name in a scenario.
        arguments: in the order in which they are written.
        reads: the sentence tested, with `{argument}` for the arguments.
        formula: when it holds in a draw.
        unit: of the answer averaged over the draws.
        answer: an indicator or a probability a draw.
        mirror: what it is shown beside.
        war: it needs a `war` block.
        undefined: when a draw counts neither way; empty where that cannot be.
    """

    __test__: ClassVar[bool] = False  # no class of tests, whatever a test runner makes of its name

    name: str
    arguments: tuple[Argument, ...]
    reads: str
    formula: str
    answer: Answer = Answer.INDICATOR
    mirror: Mirror = Mirror.OTHER_SIDE
    unit: str = "probability"
    war: bool = True
    undefined: str = ""

    def argument(self, name: str) -> Argument | None:
        """The argument of that name."""
        return next((a for a in self.arguments if a.name == name), None)

    @property
    def signature(self) -> str:
        """How it is written, e.g. `victory_unlikely(party, at=now)`."""
        shown = (a.name if a.required else f"{a.name}={a.default}" for a in self.arguments)
        return f"{self.name}({', '.join(shown)})"


PARTY = Argument("party", Kind.PARTY)
PATRON = Argument("patron", Kind.PATRON)
LEVER = Argument("lever", Kind.LEVER)
OFFER = Argument("offer", Kind.OFFER)
ISSUE = Argument("issue", Kind.ISSUE)
OPTIONS = Argument("options", Kind.OPTIONS)
NO_AGREEMENT = "no agreement is predicted: P(an agreement within horizon) < rare"

_ROWS = (
    TestSpec(
        "only_settlement", (),
        "neither side is likely to win, and there are terms both prefer to fighting on",
        "P(victory of either side within outlook, no deal ever) <= rare, and the zone is not "
        "empty now",
        mirror=Mirror.NONE),
    TestSpec(
        "victory_unlikely", (PARTY, Argument("at", Kind.MOMENT, "now")),
        "{party} is unlikely to win the war",
        "P(i wins within outlook, no deal ever) <= rare, from the state at that date"),
    TestSpec(
        "waiting_worsens_terms", (PARTY,),
        "delay makes the terms worse for {party}",
        "E[u_i of the terms | talks start after window periods of fighting, nobody collapsed] < "
        "E[u_i of the terms | talks start now] - eps",
        undefined=NO_AGREEMENT),
    TestSpec(
        "leverage_rising", (PARTY,),
        "the leverage of {party} grows",
        "E[r_i(s_window) | no deal, no collapse] > r_i(s_0) + eps"),
    TestSpec(
        "advantage", (PARTY,),
        "{party} holds the advantage",
        "u_i / max F_i > u_j / max F_j + eps in the predicted agreement, both counted from min F",
        undefined=NO_AGREEMENT),
    TestSpec(
        "advanced", (PARTY, Argument("since", Kind.DATE)),
        "{party} has advanced",
        "the recorded position moved in favour of i in >= 2/3 of the periods since then",
        undefined="fewer than two positions are recorded since then"),
    TestSpec(
        "advancing", (PARTY,),
        "{party} is advancing",
        "E[x_3 - x_0 | no deal, no collapse] favours i (zero does not)"),
    TestSpec(
        "support_declined", (PATRON, Argument("since", Kind.DATE, "the first record")),
        "the support of {patron} has declined",
        "the recorded level of support is now lower than at that date",
        mirror=Mirror.NONE, undefined="no level is recorded at that date"),
    TestSpec(
        "patron_withdraws", (PATRON,),
        "{patron} gives less support before long",
        "P(support falls below today's level at some time within window), the analyst's",
        answer=Answer.PROBABILITY, mirror=Mirror.NONE),
    TestSpec(
        "support_reflects_position", (PATRON, Argument("since", Kind.DATE)),
        "the position at the front makes {patron} likelier to give less support than the position "
        "of that date would",
        "P(support falls below today's level within window, from the present position) > "
        "P(the same from the recorded position at that date, all else as at present) + eps",
        mirror=Mirror.NONE, undefined="no position is recorded at that date"),
    TestSpec(
        "zone_includes", (ISSUE, OPTIONS),
        "terms that both sides prefer to fighting on can include {options} on {issue}",
        "some package of the zone has one of the options",
        mirror=Mirror.NONE, war=False),
    TestSpec(
        "agreement_includes", (ISSUE, OPTIONS),
        "the predicted agreement includes {options} on {issue}",
        "the real package nearest to the predicted agreement has one of the options",
        mirror=Mirror.NONE, undefined=NO_AGREEMENT),
    TestSpec(
        "prefers_deal", (PARTY,),
        "{party} is better off with some terms the other side accepts than fighting on",
        "max over the zone of D_i > W_i + eps", war=False),
    TestSpec(
        "lever_futile", (LEVER, PARTY),
        "{lever} does not help {party}",
        "with the lever neither E[outcome of i along the solved path] nor E[terms of i] rises by "
        "more than eps"),
    TestSpec(
        "worse_off_if", (PARTY, LEVER),
        "{party} is worse off with {lever}",
        "E[outcome of i | lever] < E[outcome of i] - eps"),
    TestSpec(
        "forgone_offer_was_better", (PARTY, OFFER),
        "the offer {offer} was better for {party} than fighting on",
        "D_i(offer) > W_i + eps at the offer's date, state and beliefs (ex ante); ex post beside "
        "it"),
)
TESTS: dict[str, TestSpec] = {row.name: row for row in _ROWS}
