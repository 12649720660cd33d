"""A domain as a scenario without a war, every number with the file that it comes from.

1. Issues with one option are left out; what the option adds goes to the first issue that is kept.
2. Utilities become weights that sum to 1 and values in [0, 1]: see `scaled`.  Where the scale
   changes a note says so.
3. Rules on two issues become interactions, constraints stay constraints.
4. The value of no agreement is `disagreement`.  A reservation value above it becomes a group with a
   veto that judges as its party does.

Raises `ArgumentError` where a scenario cannot hold the domain.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from zopa.agreement.space import Floats, Forbidden
from zopa.core.errors import ArgumentError
from zopa.exchange.imported import Imported
from zopa.exchange.names import keys
from zopa.exchange.origins import FileRead, of_party
from zopa.exchange.scaled import Scaled, scaled
from zopa.spaces.domain import Domain, Rule

SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
WALK_AWAY = "reservation"
MOST_PAIRS = 5_000
"""Interactions; a scenario has no more numbers than that."""


@dataclass(frozen=True)
class Written:
    """A scenario's text, and what the reader must know."""

    text: str
    notes: tuple[str, ...]


def written(imported: Imported, files: Sequence[FileRead], date: dt.date) -> Written:
    """The text of a scenario; the same input and date give the same text.

    Args:
        imported: what was read.
        files: the files it was read from.
        date: the scenario's date.

    Raises:
        ArgumentError: a rule on three or more issues, no issue with two options, or one party.
    """
    notes = list(imported.notes)
    domain = _folded(_many(imported.domain, notes))
    if len(domain.parties) < 2:
        raise ArgumentError("A scenario needs two parties or more, and this has one. Give a "
                            "profile of another party too.")
    form = scaled(domain, sum_to_one=True)
    notes += form.notes(domain.parties)
    return Written("\n".join(_Text(domain, form, imported.kind, files, date, notes).lines()) + "\n",
                   tuple(notes))


def _many(domain: Domain, notes: list[str]) -> Domain:
    """The domain without issues of one option."""
    kept = [j for j, size in enumerate(domain.sizes) if size > 1]
    if not kept:
        raise ArgumentError("No issue has two options, so there is nothing to agree on.")
    if len(kept) == len(domain.sizes):
        return domain
    left = [j for j in range(len(domain.sizes)) if j not in kept]
    notes.append("Left out, for they have one option: "
                 + ", ".join(domain.issues[j] for j in left) + ".")
    base = domain.base + sum(domain.worth[j][:, 0] for j in left)
    rules, forbidden = [], []
    for rule in domain.rules:
        if (box := _without(rule, kept))[0]:
            rules.append(Rule(*box, rule.bonus))
        else:
            base = base + rule.bonus
    for combination in domain.forbidden:
        if not (box := _without(combination, kept))[0]:
            raise ArgumentError("A constraint forbids every package. Remove it.")
        forbidden.append(Forbidden(*box))
    return Domain(domain.parties, tuple(domain.issues[j] for j in kept),
                  tuple(domain.options[j] for j in kept), tuple(domain.worth[j] for j in kept),
                  tuple(rules), tuple(forbidden), domain.disagreement, domain.reservation, base,
                  domain.title)


def _without(box: Rule | Forbidden, kept: list[int]
             ) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    pairs = [(kept.index(j), options) for j, options in zip(box.issues, box.options, strict=True)
             if j in kept]
    return tuple(j for j, _ in pairs), tuple(options for _, options in pairs)


def _folded(domain: Domain) -> Domain:
    """Rules on one issue added to the worth of its options; the others on pairs of options.

    Raises:
        ArgumentError: a rule on three or more issues.
    """
    worth = [part.copy() for part in domain.worth]
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], Floats] = {}
    for rule in domain.rules:
        if len(rule.issues) > 2:
            named = ", ".join(domain.issues[j] for j in rule.issues[:6])
            raise ArgumentError(f"A scenario holds interactions of two options, and here "
                                f"{len(rule.issues)} issues are joined ({named}). `zopa zone` "
                                "reads the files as they are.")
        if len(rule.issues) == 1:
            worth[rule.issues[0]][:, list(rule.options[0])] += rule.bonus[:, None]
            continue
        if len(pairs) + len(rule.options[0]) * len(rule.options[1]) > MOST_PAIRS:
            raise ArgumentError(f"The rules join more than {MOST_PAIRS} pairs of options, too many "
                                "for a scenario. `zopa zone` reads the files as they are.")
        one, other = rule.issues
        for a, b in product(*rule.options):
            key = ((one, a), (other, b))
            pairs[key] = pairs.get(key, np.zeros(len(domain.parties))) + rule.bonus
    rules = tuple(Rule((a[0], b[0]), ((a[1],), (b[1],)), bonus) for (a, b), bonus in pairs.items())
    return Domain(domain.parties, domain.issues, domain.options, tuple(worth), rules,
                  domain.forbidden, domain.disagreement, domain.reservation, domain.base,
                  domain.title)


class _Text:
    """The lines of the scenario."""

    def __init__(self, domain: Domain, form: Scaled, kind: str, files: Sequence[FileRead],
                 date: dt.date, notes: list[str]) -> None:
        self.domain, self.form, self.kind = domain, form, kind
        self.files, self.date, self.notes = files, date, notes
        self.parties = keys(domain.parties, "party")
        self.issues = keys(domain.issues, "issue")
        self.options = [keys(options, "option") for options in domain.options]
        self.sources = [f"file-{n + 1}" for n in range(len(files))]
        self.disagreement = form.on_it(domain.disagreement)
        self.reservation = form.on_it(domain.reservation)
        for party, low in zip(domain.parties, self.reservation < self.disagreement - 1e-12,
                              strict=True):
            if low and np.isfinite(domain.reservation[domain.parties.index(party)]):
                notes.append(f"{party}: its reservation value is below its value of no agreement, "
                             "which counts in a scenario.")

    def lines(self) -> list[str]:
        """All of them."""
        title = self.domain.title or "Imported"
        return [
            f"# Read by `zopa import` from {self.kind}: {_shown(self._named())}.",
            "# No war is modelled. Put your own words in `title`, `summary`, `why` and `note`.",
            "", "zopa: 1", f"title: {_quoted(title)}",
            f"summary: {_quoted(f'{title}: issues, options and values as in {self._named()}.')}",
            f"date: {self.date.isoformat()}", "", *self._parties(), "", *self._sources(), "",
            "frontier: packages", "", *self._issues(), *self._interactions(), *self._constraints(),
            "", "disagreement:",
            *(f"  {_key(key)}: {self._number(value, 'utility', i, 'no agreement')}"
              for i, (key, value) in enumerate(zip(self.parties, self.disagreement, strict=True))),
            "", "not_modelled:", "  - A war, and everything else that the file does not say.",
            *(f"  - {_quoted(note)}" for note in self.notes)]

    def _named(self) -> str:
        return ", ".join(file.name for file in self.files)

    def _number(self, value: float, unit: str, party: int, where: str) -> str:
        source = self.sources[of_party(self.files, party)]
        return (f"{{value: {_written(value)}, unit: {unit}, "
                f"source: {{cite: {source}, where: {_quoted(where[:400])}}}}}")

    def _parties(self) -> list[str]:
        found = ["parties:"]
        for i, (key, name) in enumerate(zip(self.parties, self.domain.parties, strict=True)):
            found += [f"  {_key(key)}:", f"    name: {_quoted(name)}", "    roles: [party]"]
            value = self.reservation[i]
            if np.isfinite(value) and value > self.disagreement[i] + 1e-12:
                found += [
                    "    groups:", f"      {WALK_AWAY}:",
                    "        title: The least that the party accepts", "        veto: true",
                    "        weights:",
                    *(f"          {_key(issue)}: " + self._number(
                        self.form.weights[i, j], "weight", i, f"weight of {self.domain.issues[j]}")
                      for j, issue in enumerate(self.issues)),
                    "        accepts: " + self._number(value, "utility", i, "reservation value")]
        return found

    def _sources(self) -> list[str]:
        found = ["sources:"]
        for key, file in zip(self.sources, self.files, strict=True):
            found += [f"  {key}:", f"    title: {_quoted(file.name)}",
                      "    author: Not stated in the file", f"    year: {self.date.year}",
                      f"    note: {_quoted(f'{self.kind}, SHA-256 {file.sha256}')}"]
        return found

    def _issues(self) -> list[str]:
        found = ["issues:"]
        for j, (key, name) in enumerate(zip(self.issues, self.domain.issues, strict=True)):
            found += [f"  {_key(key)}:", f"    title: {_quoted(name)}", "    weights:"]
            found += [f"      {_key(party)}: " + self._number(self.form.weights[i, j], "weight", i,
                                                              f"weight of {name}")
                      for i, party in enumerate(self.parties)]
            found.append("    options:")
            for o, (option, text) in enumerate(zip(self.options[j], self.domain.options[j],
                                                   strict=True)):
                found += [f"      {_key(option)}:", f"        title: {_quoted(text)}",
                          "        values:"]
                found += [f"          {_key(party)}: " + self._number(
                    self.form.values[j][i, o], "utility", i, f"{name}: {text}")
                    for i, party in enumerate(self.parties)]
        return found

    def _interactions(self) -> list[str]:
        if not self.domain.rules:
            return []
        found = ["", "interactions:"]
        for rule in self.domain.rules:
            held = ", ".join(f"{_key(self.issues[j])}: {_key(self.options[j][o[0]])}"
                             for j, o in zip(rule.issues, rule.options, strict=True))
            found += [f"  - options: {{{held}}}", "    values:"]
            where = " with ".join(f"{self.domain.issues[j]}: {self.domain.options[j][o[0]]}"
                                  for j, o in zip(rule.issues, rule.options, strict=True))
            found += [f"      {_key(party)}: " + self._number(
                rule.bonus[i] / self.form.span[i], "utility", i, where)
                for i, party in enumerate(self.parties)]
        return found

    def _constraints(self) -> list[str]:
        if not self.domain.forbidden:
            return []
        found = ["", "constraints:"]
        for box in self.domain.forbidden:
            held = ", ".join(
                f"{_key(self.issues[j])}: [" + ", ".join(_key(self.options[j][o]) for o in options)
                + "]" for j, options in zip(box.issues, box.options, strict=True))
            found += [f"  - forbid: {{{held}}}", "    why: As in the file."]
        return found


def _key(key: str) -> str:
    return key if SIMPLE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Text as a double-quoted scalar of YAML, which JSON's strings are."""
    return json.dumps(_shown(text), ensure_ascii=False)


def _shown(text: str) -> str:
    """Text on one line, of characters that YAML allows."""
    return "".join(c if c.isprintable() else " " for c in text)


def _written(value: float) -> str:
    """A number that is read back as the same float."""
    value = float(value) + 0.0
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
