"""Preferences as people gave them: orders, ranges, "don't know"; every expert apart.

A YAML file, which `zopa elicit` writes and anybody may:

    zopa_preferences: 1
    title: The river
    issues: {border: [today, old line], water: [half, third, none]}
    parties: [north, south]
    experts:
      Anna:
        north:
          issues: {order: [border, water], points: {border: 100, water: [40, 60]}}
          options:
            border: {order: [today, old line]}
            water: {points: {half: 100, third: [50, 80], none: 0}}
          reservation: [30, 45]
        south: {issues: unknown, options: {border: unknown}}

An order goes from what matters most (or the best option) down, a list within it ties.  `points` are
of 100 for the first; `weights` may stand in their place, numbers or ranges that sum to 1.  A
reservation value is on a scale on which the party's best package has 100.  What is unknown, or not
there, is drawn as unknown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from zopa.agreement.space import Floats
from zopa.core.errors import ArgumentError, InputError, Problem
from zopa.exchange.imported import Imported
from zopa.scenario.document import Document, compose
from zopa.scenario.document import Path as Place
from zopa.scenario.patch import did_you_mean
from zopa.spaces.known import Ratio, Values, Weights
from zopa.spaces.uncertain import Preferences, Uncertain

KIND = "elicited preferences"
UNKNOWN = "unknown"
VERSION = 1
DRAWS = 1024
KEYS = ("zopa_preferences", "title", "issues", "parties", "experts")
_MARK = re.compile(r"^zopa_preferences\s*:", re.MULTILINE)
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Elicited(Imported):
    """What was read, with what is uncertain in it.

    Attributes:
        uncertain: everything that was said, every expert apart.
    """

    uncertain: Uncertain | None = None


@dataclass
class _Faults:
    """A document, and the faults found in it so far."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def say(self, place: Place, what: str, mend: str = "") -> None:
        self.problems.append(Problem(self.document.where(place), what, mend))


def looks_like(text: str) -> bool:
    """Whether a text is a file of elicited preferences."""
    return _MARK.search(text) is not None


def read(path: str | Path) -> Elicited:
    """A file as a domain at the mean of what is known, with all that is uncertain.

    Raises:
        InputError: what cannot be read, every fault with its place.
    """
    from zopa.scenario.source import decoded

    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})")]) from None
    return parse(decoded(raw, str(path)), str(path))


def parse(text: str, name: str) -> Elicited:
    """The text of such a file.

    Raises:
        InputError: as `read`.
    """
    faults = _Faults(compose(text, name))
    uncertain, notes = _uncertain(faults)
    if faults.problems or uncertain is None:
        raise InputError(faults.problems)
    try:
        domain = uncertain.draws(max(DRAWS, len(uncertain.experts))).mean()
    except ArgumentError as error:
        raise InputError([Problem(name, str(error).rstrip("."),
                                  "Widen a range, or change the order.")]) from None
    return Elicited(domain, KIND, notes, uncertain)


def _uncertain(faults: _Faults) -> tuple[Uncertain | None, tuple[str, ...]]:
    data = faults.document.data
    if not isinstance(data, dict):
        faults.say((), "the file is not a mapping", "`zopa elicit FILE` writes one.")
        return None, ()
    for key in data:
        if key not in KEYS:
            faults.say((key,), f"there is no key '{key}' here", _near(key, KEYS))
    if data.get("zopa_preferences") != VERSION:
        faults.say(("zopa_preferences",), f"this version reads zopa_preferences: {VERSION}")
    more = "`zopa elicit` with this file asks for the rest."
    issues: Any = data.get("issues") or {}
    parties: Any = data.get("parties") or []
    experts: Any = data.get("experts") or {}
    if not isinstance(issues, dict) or not issues or not all(
            isinstance(names, list) and names and _texts(names) for names in issues.values()):
        faults.say(("issues",), "`issues` must name issues, each with a list of different options",
                   more)
    if not isinstance(parties, list) or not parties or not _texts(parties):
        faults.say(("parties",), "`parties` must be a list of different names", more)
    if not isinstance(experts, dict):
        faults.say(("experts",), "`experts` must be a mapping of names")
    if faults.problems:
        return None, ()
    title = str(data.get("title") or "")
    options = {issue: tuple(map(str, names)) for issue, names in issues.items()}
    parties = tuple(map(str, parties))
    heard = tuple(experts) or ("nobody",)
    said: dict[tuple[int, int], Preferences] = {}
    open_: list[str] = []
    for e, expert in enumerate(experts):
        spoken = experts[expert] or {}
        if not isinstance(spoken, dict):
            faults.say(("experts", expert), f"what {expert} says must be a mapping of parties")
            continue
        for party in spoken:
            place: Place = ("experts", expert, party)
            if party not in parties:
                faults.say(place, f"there is no party '{party}'", _near(party, parties))
            elif spoken[party] in (None, UNKNOWN):
                continue
            elif not isinstance(spoken[party], dict):
                faults.say(place, f"what {expert} says of {party} must be a mapping")
            elif spoken[party]:
                said[e, parties.index(party)] = _preferences(spoken[party], options, faults, place,
                                                             open_)
    notes = ["Weights, values and reservation values stand at the means of what experts say; "
             "the part on uncertain preferences keeps every expert apart.",
             "Utility is in points of a party's best package, 100; no agreement is worth a "
             "party's reservation value, 0 where it is unknown."]
    for p, party in enumerate(parties):
        if not any((e, p) in said for e in range(len(heard))):
            notes.append(f"Nobody says anything of {party}: all of it is drawn as unknown.")
            said |= {(e, p): _nothing(options) for e in range(len(heard))}
    for p, party in enumerate(parties):
        if all(found.reservation is None for (_, q), found in said.items() if q == p):
            notes.append(f"Nobody says the least that {party} accepts: every package counts as "
                         "acceptable to it.")
    if open_:
        notes.append("Drawn as unknown: " + "; ".join(open_) + ".")
    if faults.problems:
        return None, ()
    return Uncertain(parties, tuple(options), tuple(options.values()), heard, said,
                     title=title), tuple(notes)


def _nothing(options: dict[str, tuple[str, ...]]) -> Preferences:
    return Preferences(Weights(len(options)),
                       tuple(Values(len(names)) for names in options.values()))


def _preferences(said: dict[str, Any], options: dict[str, tuple[str, ...]], faults: _Faults,
                 place: Place, open_: list[str]) -> Preferences:
    """What one expert says of one party."""
    who = " on ".join(map(str, place[1:]))
    for key in said:
        if key not in ("issues", "options", "reservation"):
            faults.say((*place, key), f"there is no key '{key}' here",
                       _near(key, ("issues", "options", "reservation")))
    if said.get("issues") in (None, UNKNOWN):
        open_.append(f"{who}, weights")
    weights = _weights(said.get("issues"), tuple(options), faults, (*place, "issues"))
    worths = said.get("options")
    worths = {} if worths in (None, UNKNOWN) else worths
    if not isinstance(worths, dict):
        faults.say((*place, "options"), "`options` must be a mapping of issues")
        worths = {}
    for issue in worths:
        if issue not in options:
            faults.say((*place, "options", issue), f"there is no issue '{issue}'",
                       _near(issue, tuple(options)))
    values = []
    for issue, names in options.items():
        if len(names) > 1 and worths.get(issue) in (None, UNKNOWN):
            open_.append(f"{who}, {issue}")
        values.append(_values(worths.get(issue), names, faults, (*place, "options", issue)))
    reservation = None
    if said.get("reservation") not in (None, UNKNOWN):
        low, high = _range(said["reservation"], 100.0, faults, (*place, "reservation"))
        reservation = low / 100.0, high / 100.0
    else:
        open_.append(f"{who}, the least it accepts")
    return Preferences(weights, tuple(values), reservation)


def _weights(said: Any, issues: tuple[str, ...], faults: _Faults, place: Place) -> Weights:
    count = len(issues)
    if said in (None, UNKNOWN):
        return Weights(count)
    if not _keys(said, ("order", "points", "weights"), faults, place):
        return Weights(count)
    order = _order(said.get("order"), issues, faults, (*place, "order"))
    low, high = _ranges(said.get("weights"), issues, 1.0, faults, (*place, "weights"))
    ratios: list[Ratio] = []
    if said.get("points") not in (None, UNKNOWN):
        least, most = _ranges(said["points"], issues, 100.0, faults, (*place, "points"))
        firsts = np.flatnonzero(least == 1.0)
        if not len(firsts):
            faults.say((*place, "points"), "no issue has 100 points",
                       "The issue whose swing matters most has 100.")
        else:
            first = int(firsts[0])
            ratios = [Ratio(j, first, float(least[j]), float(most[j])) for j in range(count)
                      if j != first and (least[j] > 0.0 or most[j] < 1.0
                                         or issues[j] in said["points"])]
    return Weights(count, order, low, high, tuple(ratios))


def _values(said: Any, names: tuple[str, ...], faults: _Faults, place: Place) -> Values:
    if said in (None, UNKNOWN) or not _keys(said, ("order", "points"), faults, place):
        return Values(len(names))
    order = _order(said.get("order"), names, faults, (*place, "order"))
    if order and sum(map(len, order)) < len(names):
        named = {n for group in order for n in group}
        left = next(name for n, name in enumerate(names) if n not in named)
        faults.say((*place, "order"), f"the order does not name '{left}'", "Name every option.")
        order = ()
    low, high = _ranges(said.get("points"), names, 100.0, faults, (*place, "points"))
    return Values(len(names), order, low, high)


def _keys(said: Any, keys: tuple[str, ...], faults: _Faults, place: Place) -> bool:
    if not isinstance(said, dict):
        faults.say(place, f"it must be '{UNKNOWN}' or a mapping with {' or '.join(keys)}")
        return False
    for key in said:
        if key not in keys:
            faults.say((*place, key), f"there is no key '{key}' here", _near(key, keys))
    return True


def _order(said: Any, names: tuple[str, ...], faults: _Faults, place: Place) -> Groups:
    """Groups of indices from a list of names and lists of names."""
    if said in (None, UNKNOWN):
        return ()
    if not isinstance(said, list):
        faults.say(place, "an order must be a list", "Those that tie stand in a list within it.")
        return ()
    groups: list[tuple[int, ...]] = []
    seen: set[str] = set()
    for n, item in enumerate(said):
        group = []
        for name in map(str, item if isinstance(item, list) else [item]):
            if name not in names:
                faults.say((*place, n), f"there is no '{name}'", _near(name, names))
            elif name in seen:
                faults.say((*place, n), f"'{name}' stands twice in the order")
            else:
                seen.add(name)
                group.append(names.index(name))
        if group:
            groups.append(tuple(group))
    return tuple(groups)


def _ranges(said: Any, names: tuple[str, ...], full: float, faults: _Faults, place: Place
            ) -> tuple[Floats, Floats]:
    """Lower and upper ends as shares of `full`; [0, 1] where nothing is said."""
    low, high = np.zeros(len(names)), np.ones(len(names))
    if said in (None, UNKNOWN):
        return low, high
    if not isinstance(said, dict):
        faults.say(place, "it must be a mapping of names to numbers or ranges")
        return low, high
    for name, value in said.items():
        if name not in names:
            faults.say((*place, name), f"there is no '{name}'", _near(name, names))
        elif value not in (None, UNKNOWN):
            ends = _range(value, full, faults, (*place, name))
            low[names.index(name)], high[names.index(name)] = ends[0] / full, ends[1] / full
    return low, high


def _range(said: Any, full: float, faults: _Faults, place: Place) -> tuple[float, float]:
    """A number as a range of one, or a range, within [0, full]."""
    ends = said if isinstance(said, list) else [said, said]
    if len(ends) != 2 or not all(isinstance(end, int | float) and not isinstance(end, bool)
                                 and math.isfinite(end) for end in ends):
        faults.say(place, f"'{place[-1]}' must be a number, a range [low, high], or '{UNKNOWN}'")
        return 0.0, full
    if not 0 <= ends[0] <= ends[1] <= full:
        faults.say(place, f"{said} does not lie in 0 to {full:g}, the lower end first")
        return 0.0, full
    return float(ends[0]), float(ends[1])


def _near(name: str, names: Sequence[str]) -> str:
    return did_you_mean(str(name), list(names)).strip()


def _texts(names: Sequence[Any]) -> bool:
    """Whether names are plain and different."""
    return (all(isinstance(name, str | int | float) for name in names)
            and len({str(name) for name in names}) == len(names))
