"""Cells of a table: numbers as people write them, and names that no spreadsheet takes for formulas.

A name that starts with = + - or @ and is no number is written with an apostrophe before it, and
read without it; so is one that starts with apostrophes and then such a sign.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from zopa.exchange.raw import wrong

NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?%?")
THOUSANDS = re.compile(r"[-+]?\d{1,3},\d{3}")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass
class Marks:
    """How a file writes its numbers: one decimal mark throughout.

    Attributes:
        comma_ambiguous: the file separates cells by commas, so that 1,234 may be a thousand.
        mark: the decimal mark seen so far.
        mixed: both marks may be there, as where a workbook holds numbers and texts.
    """

    comma_ambiguous: bool = False
    mark: str = ""
    mixed: bool = False

    def number(self, cell: str, where: str, what: str) -> float:
        """A finite number; `35%` is 0.35.

        Raises:
            InputError: it is missing or none, or the file mixes commas and points.
        """
        text = cell.strip()
        if not text:
            raise wrong(where, f"{what} is missing", "Write a number; 0 where it is worth nothing.")
        if not NUMBER.fullmatch(text):
            raise wrong(where, f"{what} is '{text[:40]}', which is no number",
                        "Write a number such as 40 or 0.4, without a unit.")
        if self.comma_ambiguous and THOUSANDS.fullmatch(text):
            raise wrong(where, f"{what} is '{text}', which can be read in two ways",
                        "Write it without the comma, or with a point.")
        mark = next((m for m in ".," if m in text), "")
        if mark and self.mark and mark != self.mark and not self.mixed:
            raise wrong(where, f"{what} is '{text}', but other numbers have a decimal "
                        f"{'point' if self.mark == '.' else 'comma'}", "Use one of the two.")
        self.mark = self.mark or mark
        value = float(text.rstrip("%").replace(",", ".")) / (100.0 if text.endswith("%") else 1.0)
        if not math.isfinite(value):
            raise wrong(where, f"{what} is '{text[:40]}', which is too large", "Rescale it.")
        return value


def guarded(name: str) -> str:
    """A name as it is written into a cell."""
    return f"'{name}" if FORMULA.match(name) and not NUMBER.fullmatch(name) else name


def plain(cell: str) -> str:
    """A name as it is read from a cell."""
    cell = cell.replace("\ufeff", "")
    return cell[1:] if GUARDED.match(cell) else cell


def shown(value: float) -> str:
    """A number as it is written: the shortest text that is read back as the same."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
