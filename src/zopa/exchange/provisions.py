"""Provisions lists: each provision is in or out, and every party scores it.

A CSV file whose first line names `item`, `category`, `provision`, and for every party
`<party>_sat` (satisfaction, at least 0) and, if wanted, `<party>_neg` (negotiability) and
`<party>_pos` (1 supports, 0 opposes, 2 would negotiate).  A draft satisfies a party iff the mean
satisfaction of what is in is at least the party's threshold.

As a domain, a party's utility is the sum of satisfaction less threshold over what is in: it is at
least 0 exactly where the mean is at least the threshold, so the zone is the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from zopa.agreement.space import Floats, Forbidden, Integers
from zopa.core.errors import InputError, Problem
from zopa.exchange.imported import Imported
from zopa.scenario.patch import did_you_mean
from zopa.spaces.domain import Domain
from zopa.spaces.drafts import Drafts

KIND = "provisions list"
NEEDED = ("item", "category", "provision")
POSITIONS = {"0": "opposes", "1": "supports", "2": "would negotiate"}
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, eq=False)
class Provisions:
    """A list, as read.

    Attributes:
        name: of the file.
        parties: names, as in the columns.
        items: the provisions' own numbers or names.
        categories: for each provision its category.
        texts: for each provision what it says.
        satisfaction: `(party, provision)`, in units of 1 / `scale`.
        scale: a power of ten.
        positions: party -> for each provision `supports`, `opposes` or `would negotiate`.
    """

    name: str
    parties: tuple[str, ...]
    items: tuple[str, ...]
    categories: tuple[str, ...]
    texts: tuple[str, ...]
    satisfaction: Integers
    scale: int
    positions: Mapping[str, tuple[str, ...]]

    @property
    def scores(self) -> Floats:
        """`(party, provision)`, satisfaction as in the file."""
        scores: Floats = self.satisfaction / self.scale
        return scores

    def label(self, provision: int) -> str:
        """Item and text: `5 (limits on troops)`."""
        return f"{self.items[provision]} ({self.texts[provision]})"


@dataclass(frozen=True, eq=False)
class ImportedProvisions(Imported):
    """A provisions list with what was asked of it.

    Attributes:
        provisions: the list.
        thresholds: party -> least mean satisfaction.
        exclusions: groups of items of which a draft holds one at most.
    """

    provisions: Provisions | None = None
    thresholds: Mapping[str, float] | None = None
    exclusions: tuple[tuple[str, ...], ...] = ()


def looks_like(text: str) -> bool:
    """Whether a text begins as a provisions list does."""
    header = _header(text)
    return {"item", "provision"} <= set(header) and any(h.endswith("_sat") for h in header)


def read(path: str | Path, thresholds: Mapping[str, float] | None = None,
         exclusions: Sequence[Sequence[str | int]] = ()) -> ImportedProvisions:
    """A provisions list as a domain.

    Args:
        path: of the file.
        thresholds: party -> least mean satisfaction; a party without one accepts every draft.
        exclusions: groups of items of which a draft holds one at most.

    Raises:
        InputError: what cannot be read, each with its line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})")]) from None
    except UnicodeDecodeError:
        raise InputError([Problem(str(path), "it is not UTF-8 text",
                                  "Save it as CSV in UTF-8.")]) from None
    found = parse(text, str(path))
    asked = checked_thresholds(found, thresholds or {})
    groups = checked_exclusions(found, exclusions)
    return ImportedProvisions(domain(found, asked, groups), KIND, _notes(found, asked, groups),
                              found, asked, groups)


def parse(text: str, name: str) -> Provisions:
    """The text of a list.

    Raises:
        InputError: every fault, with its line.
    """
    delimiter = _delimiter(text)
    header = _header(text)
    missing = [column for column in NEEDED if column not in header]
    parties = tuple(h[:-4] for h in header if h.endswith("_sat") and h != "_sat")
    if missing or not parties:
        what = (f"column `{missing[0]}` is missing" if missing
                else "no column `<party>_sat` is there")
        raise InputError([Problem(f"{name}:1", what, "The first line names item, category, "
                                  "provision and for every party <party>_sat.")])
    if len(set(header)) < len(header):
        twice = next(h for h in header if header.count(h) > 1)
        raise InputError([Problem(f"{name}:1", f"column `{twice}` is there twice")])
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    next(reader)
    problems: list[Problem] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(Problem(
                f"{name}:{line}", f"it has {len(cells)} cells, but the first line has "
                f"{len(header)}", "Put a text that holds a delimiter between double quotes."))
            continue
        rows.append((line, dict(zip(header, map(str.strip, cells), strict=True))))
    scores = [[_score(row[f"{party}_sat"], f"{name}:{line}", f"{party}_sat", problems)
               for line, row in rows] for party in parties]
    positions = {party: tuple(_position(row[f"{party}_pos"], f"{name}:{line}", f"{party}_pos",
                                        problems) for line, row in rows)
                 for party in parties if f"{party}_pos" in header}
    items = tuple(row["item"] for _, row in rows)
    for n, (line, row) in enumerate(rows):
        if not row["item"] or not row["category"]:
            problems.append(Problem(f"{name}:{line}", "item or category is empty"))
        elif row["item"] in items[:n]:
            problems.append(Problem(f"{name}:{line}", f"item {row['item']} is there twice"))
    if not rows and not problems:
        problems.append(Problem(f"{name}:2", "no provision is there"))
    if problems:
        raise InputError(problems)
    digits = max(_decimals(score) for party in scores for score in party)
    return Provisions(
        Path(name).name, parties, items, tuple(row["category"] for _, row in rows),
        tuple(row["provision"] for _, row in rows),
        np.array([[int(score.scaleb(digits)) for score in party] for party in scores],
                 dtype=np.int64), 10 ** digits, positions)


def checked_thresholds(found: Provisions, thresholds: Mapping[str, float]) -> dict[str, float]:
    """Thresholds of parties that are in the list.

    Raises:
        InputError: another party, or not a number.
    """
    for party, least in thresholds.items():
        if party not in found.parties:
            raise InputError([Problem(f"threshold of {party}", f"{found.name} has no party "
                                      f"'{party}'", f"It has {', '.join(found.parties)}."
                                      f"{did_you_mean(party, found.parties)}")])
        if not np.isfinite(least):
            raise InputError([Problem(f"threshold of {party}", f"it is {least}",
                                      "Give a number.")])
    return {party: float(thresholds[party]) for party in found.parties if party in thresholds}


def checked_exclusions(found: Provisions, groups: Sequence[Sequence[str | int]]
                       ) -> tuple[tuple[str, ...], ...]:
    """Groups of items that are in the list.

    Raises:
        InputError: another item, or fewer than two.
    """
    named = tuple(tuple(str(item).strip() for item in group) for group in groups)
    for group in named:
        where = f"exclusion {','.join(group)}"
        for item in group:
            if item not in found.items:
                raise InputError([Problem(where, f"{found.name} has no item '{item}'",
                                          f"It has {', '.join(found.items)}.")])
        if len(set(group)) < 2 or len(set(group)) < len(group):
            raise InputError([Problem(where, "it must name two or more different items")])
    return named


def drafts(found: Provisions, thresholds: Mapping[str, float],
           exclusions: Sequence[Sequence[str]]) -> Drafts:
    """The list as sets of provisions with exact scores."""
    least = [Decimal(repr(thresholds.get(party, 0.0))) for party in found.parties]
    scale = max(found.scale, *(10 ** _decimals(value) for value in least))
    kinds = list(dict.fromkeys(found.categories))
    return Drafts(
        found.satisfaction * (scale // found.scale),
        np.array([int(value * scale) for value in least], dtype=np.int64),
        np.array([party in thresholds for party in found.parties]),
        tuple(tuple(found.items.index(item) for item in group) for group in exclusions),
        tuple(kinds.index(category) for category in found.categories), scale)


def domain(found: Provisions, thresholds: Mapping[str, float],
           exclusions: Sequence[Sequence[str]]) -> Domain:
    """Every provision an issue with the options `out` and `in`, an exclusive group one issue.

    Groups that share an item stay apart, and two of them together are forbidden.
    """
    least = np.array([thresholds.get(party, 0.0) for party in found.parties])
    worth = found.scores - least[:, None]
    members = [item for group in exclusions for item in group]
    whole = [group for group in exclusions if all(members.count(item) == 1 for item in group)]
    of = {item: group for group in whole for item in group}
    issues: list[tuple[str, tuple[str, ...], list[int]]] = []
    place: dict[str, tuple[int, int]] = {}
    for item in found.items:
        if item in place:
            continue
        group = of.get(item, (item,))
        held = [found.items.index(other) for other in found.items if other in group]
        names = (tuple(found.label(j) for j in held) if len(held) > 1 else ("in",))
        place |= {found.items[j]: (len(issues), n + 1) for n, j in enumerate(held)}
        title = " / ".join(found.items[j] for j in held) if len(held) > 1 else found.label(held[0])
        issues.append((title, ("out", *names), held))
    forbidden = []
    for group in exclusions:
        for n, one in enumerate(group):
            for other in group[n + 1:]:
                if place[one][0] != place[other][0]:
                    pair = sorted((place[one], place[other]))
                    forbidden.append(Forbidden(tuple(i for i, _ in pair),
                                               tuple((o,) for _, o in pair)))
    return Domain(
        found.parties, tuple(title for title, _, _ in issues),
        tuple(names for _, names, _ in issues),
        tuple(np.concatenate([np.zeros((len(worth), 1)), worth[:, held]], axis=1)
              for _, _, held in issues),
        forbidden=tuple(forbidden),
        reservation=np.array([0.0 if party in thresholds else -np.inf
                              for party in found.parties]),
        title=found.name)


@dataclass(frozen=True)
class Suggestion:
    """Two provisions that may exclude each other.

    Attributes:
        items: the two.
        crossed: one party supports the first and opposes the second, another the reverse.
        words: of four letters or more that both texts hold.
    """

    items: tuple[str, str]
    crossed: bool
    words: tuple[str, ...]


def suggested(found: Provisions) -> list[Suggestion]:
    """Pairs of one category that may exclude each other; a suggestion, used nowhere by itself.

    Positions are crossed, or the texts share two words or more; those that are both come first.
    """
    pairs: list[Suggestion] = []
    words = [set(re.findall(r"[^\W\d_]{4,}", text.lower())) for text in found.texts]
    for j, one in enumerate(found.items):
        for k in range(j + 1, len(found.items)):
            if found.categories[j] != found.categories[k]:
                continue
            ways = {(said[j], said[k]) for said in found.positions.values()}
            crossed = {("supports", "opposes"), ("opposes", "supports")} <= ways
            shared = sorted(words[j] & words[k])
            if crossed or len(shared) >= 2:
                pairs.append(Suggestion((one, found.items[k]), crossed, tuple(shared)))
    return sorted(pairs, key=lambda pair: (len(pair.words) < 2, not pair.crossed))


def _notes(found: Provisions, thresholds: Mapping[str, float],
           groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    notes = ["Utility is the sum of satisfaction less threshold over the provisions that are in: "
             "at least 0 exactly where their mean is at least the threshold. The draft with "
             "nothing in has no mean; as a package it counts as satisfying."]
    without = [party for party in found.parties if party not in thresholds]
    if without:
        notes.append(f"No threshold is given for {', '.join(without)}: every draft is accepted "
                     "there, and utility is the sum of satisfaction.")
    if not groups:
        notes.append("No provisions are said to exclude each other; give the groups that do.")
    return tuple(notes)


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _header(text: str) -> list[str]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    cells = next(csv.reader([first], delimiter=_delimiter(text)), [])
    return [cell.strip().lower() for cell in cells]


def _score(text: str, where: str, column: str, problems: list[Problem]) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or _decimals(value) > 6:
        problems.append(Problem(where, f"{column} is '{text}'",
                                "Give a number from 0 up, with 6 decimals at most."))
        return Decimal(0)
    return value


def _position(text: str, where: str, column: str, problems: list[Problem]) -> str:
    if text and text not in POSITIONS:
        problems.append(Problem(where, f"{column} is '{text}'",
                                "Give 1 (supports), 0 (opposes), 2 (would negotiate)."))
    return POSITIONS.get(text, "")


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
