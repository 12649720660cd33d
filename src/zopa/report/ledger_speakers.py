"""Who speaks in a ledger: one label, one short code and one colour for each.

The colours are those of Okabe and Ito, which stay apart in all common kinds of colour blindness.
From the eighth speaker on they come again with another line under the words; the code, which stands
in the text before each claim, tells speakers apart without any colour.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zopa.reading.row import Row

PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
LINES = ("solid", "dashed", "dotted", "double")
NARRATOR = "the report itself"
UNNAMED = "not named"
EMPTY = frozenset("of the a an and in for on to its his her their this that government ministry "
                  "republic united states kingdom".split())


@dataclass(frozen=True)
class Speaker:
    """Somebody who makes claims.

    Attributes:
        label: the name, else the words that the report has for them.
        code: three or more letters that nobody else has.
        style: class of the colour and line, `c0 l0`; `own` for the report itself.
        rows: how many claims are theirs.
    """

    label: str
    code: str
    style: str
    rows: int


def label(row: Row) -> str:
    """Who makes a row's claim, in words."""
    if row.layer != "attributed" or row.source.type == "narrator":
        return NARRATOR
    source = row.source
    if source.name:
        return " ".join(source.name.split())
    if source.surface and source.surface.text.strip():
        return f"“{' '.join(source.surface.text.split())[:80]}”"
    return f"somebody {UNNAMED}" if source.type == "passive" else f"{source.type}, {UNNAMED}"


def speakers(rows: Sequence[Row], lost: Sequence[Row] = ()) -> dict[str, Speaker]:
    """Label -> speaker, those with the most claims first, the report itself last.

    Args:
        lost: rows whose speakers are named too, but which do not count.
    """
    counts = Counter(map(label, rows))
    counts.update(dict.fromkeys({label(row) for row in lost}, 0))
    names = sorted(counts, key=lambda name: (name == NARRATOR, -counts[name], name))
    codes = _codes(names)
    found = {}
    for number, name in enumerate(names):
        turn, colour = divmod(number, len(PALETTE))
        style = "own" if name == NARRATOR else f"c{colour} l{turn % len(LINES)}"
        found[name] = Speaker(name, codes[name], style, counts[name])
    return found


def _codes(names: Iterable[str]) -> dict[str, str]:
    """Name -> the first letters of its last telling word, with a number where those are taken.

    Without such a word its initials, as in `US`; a question mark where nobody is named.
    """
    codes: dict[str, str] = {}
    for name in names:
        words = re.findall(r"\w+", name)
        telling = [w for w in words if w.lower() not in EMPTY]
        if name == NARRATOR:
            start = "text"
        elif not words or name.endswith(UNNAMED):
            start = "?"
        elif telling:
            start = telling[-1][:3].capitalize()
        else:
            start = "".join(w[0] for w in words if w[0].isupper() and w != "Government") or "?"
        code, turn = start, 2
        while code in codes.values():
            code, turn = f"{start}{turn}", turn + 1
        codes[name] = code
    return codes


def palette() -> str:
    """The colours and lines as CSS."""
    colours = "".join(f".c{k}{{--who:{colour}}}" for k, colour in enumerate(PALETTE))
    return colours + "".join(f".l{k}{{--line-style:{line}}}" for k, line in enumerate(LINES))
