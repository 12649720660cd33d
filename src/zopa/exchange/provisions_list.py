"""The text of a provisions list: a CSV file, a provision a line, parties' scores in columns.

The first line names `item`, `category`, `provision`, and for every party `<party>_sat`
(satisfaction, at least 0) and, if wanted, `<party>_neg` (negotiability, which is not used) and
`<party>_pos` (1 supports, 0 opposes, 2 would negotiate).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import InputError, Problem

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


def looks_like(text: str) -> bool:
    """Whether a text begins as a provisions list does."""
    header = _header(text)
    return {"item", "provision"} <= set(header) and any(h.endswith("_sat") for h in header)


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
    digits = max(decimals(score) for party in scores for score in party)
    return Provisions(
        Path(name).name, parties, items, tuple(row["category"] for _, row in rows),
        tuple(row["provision"] for _, row in rows),
        np.array([[int(score.scaleb(digits)) for score in party] for party in scores],
                 dtype=np.int64), 10 ** digits, positions)


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
    if not value.is_finite() or value < 0 or decimals(value) > 6:
        problems.append(Problem(where, f"{column} is '{text}'",
                                "Give a number from 0 up, with 6 decimals at most."))
        return Decimal(0)
    return value


def _position(text: str, where: str, column: str, problems: list[Problem]) -> str:
    if text and text not in POSITIONS:
        problems.append(Problem(where, f"{column} is '{text}'",
                                "Give 1 (supports), 0 (opposes), 2 (would negotiate)."))
    return POSITIONS.get(text, "")


def decimals(value: Decimal) -> int:
    """Digits after the point that a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
