"""What can be moved in a scenario, from its own parameter table.

A slider runs over the range that the scenario itself gives a number: from its 0.1 % to its 99.9 %
point.  A known value has no range of its own; its slider runs from half to twice the value, within
the bounds of its quantity.  Anything else can be typed, within those bounds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np

from zopa.draws.levers import has_numbers
from zopa.questions.fix import TAIL
from zopa.report.inputs import InputRow, described, rows
from zopa.report.view import View
from zopa.report.wording import capital, join, number, stop
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import lookup
from zopa.scenario.quantities import quantity
from zopa.scenario.schema import Claim, Lever, LeverChange, Scenario

STEPS = 200
"""Places that a slider can stand at, about."""
DOSE = 2.0
"""Largest dose on a lever's slider; 1 is the lever as it is written."""
MAIN = ("war.talks.*", "war.enforcement", "war.proposer", "war.costs.*.base",
        "war.hazards.*.base", "war.beliefs.prior.*", "war.floors.*.utility",
        "parties.*.discount", "disagreement.*")
"""Inputs that are shown first where they are uncertain, with `*` for any name."""
TITLES = {"issues": "What the issues are worth", "parties": "The parties",
          "war": "The war: battlefield and support", "levers": "Sizes of the levers",
          "disagreement": "No agreement", "interactions": "Options that add to one another",
          "offers": "Offers", "history": "The record"}


@dataclass(frozen=True)
class LeverControl:
    """A lever.

    Attributes:
        name, title: of the lever.
        actor: who can do it; None where nobody is named.
        has_dose: whether it changes a number, so that there can be more or less of it.
        most: the largest dose of its slider.
        changes: what it changes, in words.
        source: its note; empty where it has none.
    """

    name: str
    title: str
    actor: str | None
    has_dose: bool
    most: float
    changes: str
    source: str


@dataclass(frozen=True)
class InputControl:
    """A number.

    Attributes:
        path: its address.
        title: what it is, with names.
        unit: empty where none is given.
        low, high, step: of the slider.
        central: the middle the author wrote.
        source: what it rests on, in words.
        kind: judgement, cited, calibrated or without a source.
        uncertain: whether it is drawn unless it is pinned.
        least, most: bounds of what can be typed.
    """

    path: str
    title: str
    unit: str
    low: float
    high: float
    step: float
    central: float
    source: str
    kind: str
    uncertain: bool
    least: float
    most: float


@dataclass(frozen=True)
class InputGroup:
    """Numbers of one part of the scenario; `main` ones are shown first, the rest folded."""

    title: str
    main: bool
    inputs: tuple[InputControl, ...]


@dataclass(frozen=True)
class ClaimControl:
    """A claim.

    Attributes:
        name: of the claim.
        says: its paraphrase.
        speaker: who says it, from the outermost of the chain to the innermost.
        source: where.
        testable: whether it can be believed true or false.
        why_not: why it cannot; empty where it can.
    """

    name: str
    says: str
    speaker: str
    source: str
    testable: bool
    why_not: str


@dataclass(frozen=True)
class Controls:
    """Everything that can be moved."""

    levers: tuple[LeverControl, ...]
    groups: tuple[InputGroup, ...]
    claims: tuple[ClaimControl, ...]


def controls(scenario: Scenario) -> Controls:
    """The controls of a scenario, in the order of its file; uncertain numbers before known ones."""
    view = View(scenario, {})
    levers = tuple(_lever(view, name, lever) for name, lever in scenario.levers.items())
    claims = tuple(_claim(view, name, claim) for name, claim in scenario.claims.items())
    return Controls(levers, _groups(view), claims)


def _groups(view: View) -> tuple[InputGroup, ...]:
    numbers = inputs(view.scenario)
    groups: dict[tuple[str, bool], list[InputControl]] = {}
    for row in rows(view):
        value = numbers[row.path].free
        main = value.uncertain and any(fnmatchcase(row.path, pattern) for pattern in MAIN)
        title = "Main inputs" if main else TITLES.get(row.path.partition(".")[0], "Other inputs")
        if not value.uncertain and not main:
            title = "Known values"
        groups.setdefault((title, main), []).append(_input(view, row, value))
    order = sorted(groups, key=lambda key: (not key[1], key[0] == "Known values"))
    return tuple(InputGroup(title, main, tuple(groups[title, main])) for title, main in order)


def _input(view: View, row: InputRow, value: Number) -> InputControl:
    quantity_row = quantity(row.path)
    least, most = ((quantity_row.low, quantity_row.high) if quantity_row
                   else (-math.inf, math.inf))
    low, high = _range(value, least, most)
    cited = view.scenario.sources.get(row.cite) if row.cite else None
    source = ": ".join(part for part in (cited.title if cited else "", row.source) if part)
    return InputControl(row.path, row.what, row.unit, low, high, _step(high - low),
                        float(value.distribution.central()), source, row.kind, value.uncertain,
                        least, most)


def _range(value: Number, least: float, most: float) -> tuple[float, float]:
    if value.uncertain:
        low, high = (float(x) for x in value.distribution.quantile(np.array([TAIL, 1.0 - TAIL])))
        return low, high
    middle = float(value.distribution.central())
    spread = abs(middle) or 0.5
    low, high = max(middle - 0.5 * spread, least), min(middle + spread, most)
    return (low, high) if low < high else (middle, middle)


def _step(width: float) -> float:
    """A round step (1, 2 or 5 times a power of ten) that gives about `STEPS` places."""
    if width <= 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(width / STEPS))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0)
                if factor * power >= width / STEPS * (1.0 - 1e-9))


def _lever(view: View, name: str, lever: Lever) -> LeverControl:
    return LeverControl(
        name, lever.title, join([view.party(p) for p in lever.by]) if lever.by else None,
        has_numbers(view.scenario, name), DOSE,
        stop("; ".join(_change(view, change) for change in lever.changes)),
        lever.note or "")


def _change(view: View, change: LeverChange) -> str:
    what = _place(view, change.path)
    if change.add is not None:
        return f"{what}: {_size(change.add)} more"
    if change.multiply is not None:
        return f"{what}: times {_size(change.multiply)}"
    to = change.set
    if isinstance(to, Number | float | int) and not isinstance(to, bool):
        return f"{what}: set to {_size(to)}"
    if isinstance(to, bool):
        return f"{what}: {'yes' if to else 'no'}"
    return f"{what}: {view.named(str(to))}"


def _place(view: View, path: str) -> str:
    """What stands at a path, in words."""
    if isinstance(lookup(view.scenario, path), Number | float) and quantity(path) is not None:
        return described(view, path)
    names = [view.party(part) if part in view.scenario.parties else part.replace("_", " ")
             for part in path.split(".")[1:]]
    return capital(", ".join(names))


def _size(value: Number | float | int) -> str:
    if not isinstance(value, Number):
        return number(float(value))
    low, high = value.distribution.support()
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _claim(view: View, name: str, claim: Claim) -> ClaimControl:
    source = getattr(claim.source, "cite", None)
    cited = view.scenario.sources.get(source) if source else None
    where = getattr(claim.source, "where", None)
    said = ", ".join(part for part in (cited.title if cited else "", where or "") if part)
    why = "" if claim.tests else claim.not_modelled or f"it is {claim.kind}, and has no test"
    return ClaimControl(name, claim.says, ", quoting ".join(link.who for link in claim.chain),
                        said, bool(claim.tests), why)
