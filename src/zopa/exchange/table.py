"""The table that mediators keep: issues down, parties across.

    issue       option         Seller   Buyer   notes
    Price                         0.6     0.5          <- no option: the weights of the issue
    Price       low                 0     100
                high              100       0          <- no issue: the same as above
    reservation                    30      20          <- the least that a party accepts
    disagreement                   10       0          <- what it gets without an agreement

    u_i(package) = sum_j w_ij points_ij(o_j), with w = 1 where the table has no weights.

A reservation value is the worth of the best alternative to an agreement, so that it stands for the
value of no agreement too where the table has no row of that.

The header is the first line with a column `issue` and a column `option`; every other column that
is not one of notes is a party.  CSV with commas, semicolons or tabs; decimal commas; what was
merged in a spreadsheet arrives as blanks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from zopa.core.errors import InputError
from zopa.exchange.cells import Marks, plain
from zopa.exchange.imported import Imported
from zopa.exchange.raw import MOST_OPTIONS, cleaned, wrong
from zopa.spaces.domain import Domain

KIND = "table"
ISSUE = ("issue", "issues", "question", "topic")
OPTION = ("option", "options", "outcome", "outcomes")
NOTES = ("note", "notes", "comment", "comments", "source", "sources", "remark", "remarks")
RESERVATION = ("reservation", "reservation value", "reservation values", "minimum")
DISAGREEMENT = ("disagreement", "no agreement", "no deal", "without agreement")
SEPARATORS = (",", ";", "\t")
HEADER_WITHIN = 20
MOST_ROWS = 200_000

Row = tuple[int, list[str]]
"""Number of a row in its file, and its cells."""


def rows(text: str, shown: str) -> tuple[list[Row], str]:
    """The rows of a CSV text, and its separator.

    Raises:
        InputError: no header is found, or the quotes are broken.
    """
    said = text[:6].lower()
    if said.startswith("sep=") and len(text) > 4:
        found = _split(text, text[4], shown)[1:]
        return found, text[4]
    for separator in SEPARATORS:
        try:
            found = _split(text, separator, shown)
        except InputError:
            if header(_loose(text, separator)) is not None:
                raise
            continue
        if header(found) is not None:
            return found, separator
    return _split(text, ",", shown), ","


def _split(text: str, separator: str, shown: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    start = 1
    try:
        for cells in reader:
            found.append((start, cells))
            start = reader.line_num + 1
            if len(found) > MOST_ROWS:
                raise wrong(f"{shown}:{start}", f"the table has more than {MOST_ROWS} rows",
                            "Leave out what no answer needs.")
    except csv.Error as error:
        raise wrong(f"{shown}:{start}", f"the row cannot be read ({error})",
                    "Is a quote not closed?") from None
    return found


def header(found: Sequence[Row]) -> int | None:
    """Which of the first rows is the header, or None."""
    for place, (_, cells) in enumerate(found[:HEADER_WITHIN]):
        words = [_word(cell) for cell in cells]
        if any(w in ISSUE for w in words) and any(w in OPTION for w in words):
            return place
    return None


def looks_like(text: str) -> bool:
    """Whether a text is such a table, be its rows sound or not."""
    if any(header(_loose(text, separator)) is not None for separator in SEPARATORS):
        return True
    try:
        return header(rows(text, "")[0]) is not None
    except InputError:
        return False


def _loose(text: str, separator: str) -> list[Row]:
    """The first lines, split without regard to quotes, to find the header of a broken file."""
    lines = text[:100_000].splitlines()[:HEADER_WITHIN]
    return [(n, [cell.strip().strip('"') for cell in line.split(separator)])
            for n, line in enumerate(lines)]


def read(text: str, shown: str) -> Imported:
    """A CSV text as a domain.

    Raises:
        InputError: what is wrong, with its row.
    """
    found, separator = rows(text, shown)
    return from_rows(found, shown, Marks(comma_ambiguous=separator == ","))


def from_rows(found: Sequence[Row], shown: str, marks: Marks) -> Imported:
    """Rows of text as a domain; see the module for their meaning.

    Raises:
        InputError: what is wrong, with its row.
    """
    place = header(found)
    if place is None:
        raise wrong(f"{shown}:1", "no header with the columns `issue` and `option` is found",
                    "Write a first row such as: issue,option,Party A,Party B")
    table = _Table(shown, found[place], marks)
    for row in found[place + 1:]:
        table.add(row)
    above = [plain(cell) for _, cells in found[:place] for cell in cells if cell.strip()]
    title = above[0] if above else Path(shown).stem
    return table.imported(" ".join(title.split())[:300])


class _Table:
    """A table as it is read, row by row."""

    def __init__(self, shown: str, head: Row, marks: Marks) -> None:
        self.shown, self.marks = shown, marks
        self.where = f"{shown}:{head[0]}"
        words = [_word(cell) for cell in head[1]]
        self.issue_column = next(n for n, w in enumerate(words) if w in ISSUE)
        self.option_column = next(n for n, w in enumerate(words) if w in OPTION)
        taken = (self.issue_column, self.option_column)
        self.parties = {n: cleaned(plain(head[1][n]), self.where, "the name of a party")
                        for n, w in enumerate(words) if n not in taken and w and w not in NOTES}
        names = list(self.parties.values())
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise wrong(self.where, f"two columns are named '{twice}'", "Rename one.")
        if not names:
            raise wrong(self.where, "there is no column of a party",
                        "Write a column for each, beside `issue` and `option`.")
        self.issue = ""
        self.points: dict[str, dict[str, list[float]]] = {}
        self.weights: dict[str, list[float]] = {}
        self.reservation: list[float] = []
        self.disagreement: list[float] = []

    def add(self, row: Row) -> None:
        """One row below the header."""
        line, cells = row
        where = f"{self.shown}:{line}"
        if not any(cell.strip() for cell in cells):
            return
        issue, option = (plain(cells[n]) if n < len(cells) else ""
                         for n in (self.issue_column, self.option_column))
        numbers = [cells[n].strip() if n < len(cells) else "" for n in self.parties]
        if not option.strip():
            self._without_option(" ".join(issue.split()), numbers, where)
            return
        if issue.strip():
            self.issue = cleaned(issue, where, "the name of an issue")
        if not self.issue:
            raise wrong(where, "an option stands before the first issue",
                        "Write the issue in its column.")
        option = cleaned(option, where, "the name of an option")
        options = self.points.setdefault(self.issue, {})
        if option in options:
            raise wrong(where, f"'{self.issue}' has the option '{option}' twice", "Remove one.")
        if len(options) >= MOST_OPTIONS:
            raise wrong(where, f"'{self.issue}' has more than {MOST_OPTIONS} options", "Split it.")
        options[option] = self._numbers(numbers, where, f"'{option}' of '{self.issue}'")

    def _without_option(self, issue: str, numbers: list[str], where: str) -> None:
        word = issue.lower()
        if not issue and any(numbers):
            raise wrong(where, "a row has numbers but neither an issue nor an option",
                        "Write both, or remove the row.")
        if word in RESERVATION:
            if self.reservation:
                raise wrong(where, "reservation values are given twice", "Remove one row.")
            self.reservation = self._numbers(numbers, where, "the reservation value", -np.inf)
        elif word in DISAGREEMENT:
            if self.disagreement:
                raise wrong(where, "values of no agreement are given twice", "Remove one row.")
            self.disagreement = self._numbers(numbers, where, "the value of no agreement", 0.0)
        elif issue:
            self.issue = cleaned(issue, where, "the name of an issue")
            if not any(numbers):
                return
            if self.issue in self.weights:
                raise wrong(where, f"'{self.issue}' has two rows of weights",
                            "Write the option in its column, or remove one.")
            weights = self._numbers(numbers, where, f"the weight of '{self.issue}'")
            if min(weights) < 0.0:
                raise wrong(where, f"a weight of '{self.issue}' is less than 0",
                            "Write a weight of 0 or more.")
            self.weights[self.issue] = weights

    def _numbers(self, cells: list[str], where: str, what: str,
                 blank: float | None = None) -> list[float]:
        found = []
        for party, cell in zip(self.parties.values(), cells, strict=True):
            if not cell and blank is not None:
                found.append(blank)
                continue
            found.append(self.marks.number(cell, where, f"{what} for {party}"))
        return found

    def imported(self, title: str) -> Imported:
        """The domain."""
        if not self.points:
            raise wrong(self.where, "the table has no option below its header",
                        "Write a row for each option of each issue.")
        notes = []
        if self.weights:
            missing = [issue for issue in self.points if issue not in self.weights]
            if missing:
                raise wrong(self.where, f"'{missing[0]}' has no weights, but other issues have",
                            "Add a row with the issue, no option, and a weight for each party.")
            empty = [issue for issue in self.weights if issue not in self.points]
            if empty:
                raise wrong(self.where, f"'{empty[0]}' has weights but no option",
                            "Add its options, or remove the row.")
            notes.append("Points are multiplied by the weights of their issues, as written.")
        count = len(self.parties)
        worth = tuple(np.array(list(options.values())).T
                      * np.array(self.weights.get(issue, [1.0] * count))[:, None]
                      for issue, options in self.points.items())
        if not self.reservation:
            notes.append("The table states no reservation values: every agreement is acceptable.")
        elif not self.disagreement:
            self.disagreement = [value if np.isfinite(value) else 0.0
                                 for value in self.reservation]
            notes.append("The table does not say what no agreement is worth: the reservation "
                         "values are taken for it, and fair points are measured from them.")
        return Imported(Domain(
            tuple(self.parties.values()), tuple(self.points),
            tuple(tuple(options) for options in self.points.values()), worth,
            disagreement=np.array(self.disagreement), reservation=np.array(self.reservation),
            title=title), KIND, tuple(notes))


def _word(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).lower()
