"""Every number of a scenario as a reader meets it: what it is, its value, its unit, its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from zopa.report.view import View
from zopa.report.wording import capital, counted, number
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Calibrated, Cite, FormName, Judgement, Number
from zopa.scenario.quantities import quantity

GROUPS = {"parties": "Parties", "issues": "Issues and options", "interactions": "Interactions",
          "disagreement": "No agreement", "war": "The war", "history": "History",
          "levers": "Levers", "offers": "Offers"}
KINDS = ("judgement", "cited", "calibrated", "without a source")


@dataclass(frozen=True)
class InputRow:
    """One number.

    Attributes:
        path: its address in the scenario.
        anchor: its place in the page.
        what: its meaning, with names.
        value: the value or the distribution, in words.
        unit: its unit; empty where none is given.
        kind: what it rests on, one of `KINDS`.
        source: the reason, or the place inside the source.
        cite: key of the source; None where it has none.
        uncertain: whether it is drawn.
    """

    path: str
    anchor: str
    what: str
    value: str
    unit: str
    kind: str
    source: str
    cite: str | None
    uncertain: bool


def rows(view: View) -> list[InputRow]:
    """All numbers, in the order of the file."""
    return [_row(view, path, value) for path, value in inputs(view.scenario).items()]


def grouped(found: list[InputRow]) -> list[tuple[str, list[InputRow]]]:
    """Rows by the part of the scenario they stand in."""
    groups: dict[str, list[InputRow]] = {}
    for row in found:
        head = row.path.partition(".")[0]
        groups.setdefault(GROUPS.get(head, capital(head)), []).append(row)
    return list(groups.items())


def counts(found: list[InputRow]) -> dict[str, int]:
    """Kind of provenance -> number of uncertain inputs."""
    return {kind: sum(1 for row in found if row.kind == kind and row.uncertain) for kind in KINDS}


def anchor(path: str) -> str:
    """The id of an input's row."""
    return "input-" + re.sub(r"[^A-Za-z0-9_.-]", "-", path)


def described(view: View, path: str) -> str:
    """What a number is, with the names on its path: `cost of a period of war: North`."""
    row = quantity(path)
    names = _names(view, path) + _details(view, path)
    if row is None:
        return capital(": ".join([names[0], ", ".join(names[1:])]) if len(names) > 1
                       else "".join(names) or path)
    return capital(row.meaning + (f": {', '.join(names)}" if names else ""))


def shown(value: Number) -> str:
    """A value or a distribution in words."""
    text = WORDS[value.form](value)
    if value.held is not None:
        return f"held at {number(value.held, 6)} (without that: {shown(value.free)})"
    if value.within is not None:
        text += f", within {number(value.within[0])} to {number(value.within[1])}"
    if value.posterior:
        return f"{text}; drawn with the calibration {value.posterior}"
    return f"{text}; tied to {value.tied}" if value.tied else text


WORDS: dict[FormName, Callable[[Any], str]] = {
    "value": lambda n: number(n.value, 6),
    "range": lambda n: f"{number(n.range[0])} to {number(n.range[1])}, uniform",
    "normal": lambda n: f"normal, mean {number(n.normal[0])}, sd {number(n.normal[1])}",
    "beta": lambda n: f"beta, a {number(n.beta[0])}, b {number(n.beta[1])}",
    "triangular": lambda n: (f"{number(n.triangular[0])} to {number(n.triangular[2])}, most "
                             f"likely {number(n.triangular[1])}"),
    "lognormal": lambda n: (f"lognormal, median {number(n.lognormal[0])}, sigma "
                            f"{number(n.lognormal[1])}"),
    "quantiles": lambda n: (f"median {number(n.quantiles[3])}, 90 % between "
                            f"{number(n.quantiles[1])} and {number(n.quantiles[5])}"),
}


def _row(view: View, path: str, value: Number) -> InputRow:
    kind, source, cite = source_of(value)
    return InputRow(path, anchor(path), described(view, path), shown(value), value.unit or "",
                    kind, source, cite, value.uncertain)


def source_of(value: Number) -> tuple[str, str, str | None]:
    """What a number rests on: the kind, the reason or the place inside the source, the key."""
    source = value.source
    if isinstance(source, Cite):
        return "cited", source.where or "", source.cite
    if isinstance(source, Calibrated):
        return "calibrated", source.calibrated, source.cite
    if isinstance(source, Judgement):
        return "judgement", source.judgement, None
    return "without a source", "", None


def _names(view: View, path: str) -> list[str]:
    """Titles and names of the things on the way to a number, outermost first."""
    part: Any = view.scenario
    found: list[str] = []
    parts = path.split(".")
    end = parts.index("transitions") if "transitions" in parts else len(parts)
    for name in parts[:end]:
        part = _child(part, name)
        label = getattr(part, "title", None) or getattr(part, "name", None)
        if isinstance(part, BaseModel) and isinstance(label, str):
            found.append(label)
        elif name in view.scenario.parties:
            found.append(view.party(name))
        elif _is_level(view, name):
            found.append(_is_level(view, name))
    return [name for i, name in enumerate(found) if name not in found[:i]]


def _details(view: View, path: str) -> list[str]:
    """What tells a number from its neighbours where their names are the same."""
    war, parts = view.scenario.war, path.split(".")
    if parts[-2:] == ["prior", "analyst"]:
        return ["the analyst"]
    if parts[0] == "history":
        return [view.scenario.history[int(parts[1])].date.isoformat()]
    if war is None or parts[0] != "war":
        return []
    match parts[1:]:
        case ["position", "moves", _, change]:
            return [f"by {signed_count(int(change))}"]
        case ["momentum", "transitions", one, other]:
            titles = {key: level.title for key, level in war.momentum.levels.items()}
            return [f"from “{titles.get(one, one)}” to “{titles.get(other, other)}”"]
        case ["support", patron, "transitions", one, other] if patron in war.support:
            titles = {key: level.title for key, level in war.support[patron].levels.items()}
            return [f"from “{titles.get(one, one)}” to “{titles.get(other, other)}”"]
        case [kind, _, "support", patron, level] if patron in war.support:
            known = war.support[patron].levels.get(level)
            return [f"“{known.title if known else level}”", FACTORS.get(kind, kind)]
        case [kind, _, "momentum", _] | [kind, _, "position"]:
            return [FACTORS.get(kind, kind)]
        case ["terminal", _, which]:
            return [which]
        case ["position", "targets", index, _]:
            return [f"over {view.periods(war.position.targets[int(index)].periods)}"]
    return []


FACTORS = {"costs": "cost of war", "hazards": "hazard of collapse"}
"""What a factor of the regime multiplies."""


def signed_count(change: int) -> str:
    """`+1 cell`, `−2 cells`."""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{counted(abs(change), 'cell')}"


def _is_level(view: View, name: str) -> str:
    """The title of a level of momentum; empty for anything else."""
    war = view.scenario.war
    return war.momentum.levels[name].title if war and name in war.momentum.levels else ""


def _child(part: Any, name: str) -> Any:
    if isinstance(part, BaseModel):
        return getattr(part, name, None)
    if isinstance(part, dict):
        return next((item for key, item in part.items() if str(key) == name), None)
    if isinstance(part, tuple) and name.isdecimal() and int(name) < len(part):
        return part[int(name)]
    return None
