"""The page of a ledger: the text with every claim marked in it, and the rows beside it.

1. Each text is cut at the ends of all spans; a segment carries the numbers of its rows.
2. Rows that need review come first, then those in the order of the text.
3. Every text is escaped by Jinja2; characters that steer the direction of writing or the terminal
   are shown as U+FFFD.  A content security policy names the one script by its hash and allows no
   connection.  Without the script the page shows the same rows and marks, linked to each other.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from zopa.reading.inputs import Document
from zopa.reading.merge import Match
from zopa.reading.row import Row
from zopa.report.ledger_marks import Block, blocks
from zopa.report.ledger_speakers import NARRATOR, Speaker, label, palette, speakers

LISTED = 8
"""So many speakers stand above the text; where there are more, the others can be opened."""

MANY = 600
"""From so many rows and paragraphs on, those out of sight are laid out only when they are near."""

LAYERS = {"attributed": "said by a source", "narrator": "said by the report itself",
          "presupposition": "taken for granted by the report"}
STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Card:
    """A row as the page shows it.

    Attributes:
        number: in the order of the text, from 1.
        marked: whether any of its content stands in the text.
        answers: the number of the row that it answers.
    """

    number: int
    row: Row
    speaker: Speaker
    marked: bool
    answers: int | None = None


@dataclass(frozen=True)
class Shown:
    """A document on the page."""

    document: Document
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Choice:
    """A filter: the name of the data attribute, its label, and value -> how many rows."""

    key: str
    title: str
    options: tuple[tuple[str, int], ...]


def render(documents: Sequence[Document], rows: Sequence[Row], lost: Sequence[Row] = (),
           matches: Sequence[Match] = (), skipped: Sequence[str] = ()) -> str:
    """The whole page as text.

    Args:
        documents: the reports, in the order of reading; rows name theirs.
        rows: the ledger, in the order of the text.
        lost: decided rows whose words the text has no more.
        matches: how decided rows were found in this reading; only those that need a word are shown.
        skipped: files that were not read, and why.
    """
    from importlib.metadata import version

    who = speakers(rows, lost)
    numbers = {(row.document, row.id): number for number, row in enumerate(rows, start=1)}
    shown, marked = [], set()
    for document in documents:
        cut = blocks(document.text, [(number, row) for number, row in enumerate(rows, start=1)
                                     if row.document == document.name])
        marked |= {n for block in cut for segment in block.segments for n in segment.begins}
        shown.append(Shown(document, cut))
    cards = [Card(number, row, who[label(row)], number in marked,
                  numbers.get((row.document, row.responds_to or "")))
             for number, row in enumerate(rows, start=1)]
    script = _package_text("ledger.js")
    return str(_environment().get_template("ledger.html.j2").render(
        shown=shown, cards=sorted(cards, key=_order), by_number={c.number: c for c in cards},
        lost=[(row, who[label(row)]) for row in lost], legend=_legend(who.values()),
        choices=_choices(cards), many=len(cards) + sum(len(one.blocks) for one in shown) > MANY,
        carried=[m for m in matches if not m.how.startswith("same id")], skipped=skipped,
        review=sum(bool(c.row.needs_review) for c in cards),
        decided=sum(c.row.decision is not None for c in cards), layers=LAYERS,
        style=_package_text("style.css") + _package_text("ledger.css") + palette(),
        script=script, policy=_policy(script), version=version("zopa")))


def _legend(who: Iterable[Speaker]) -> tuple[list[Speaker], list[Speaker]]:
    """The speakers who are shown at once, the report itself among them, and the others."""
    listed = [speaker for speaker in who if speaker.rows]
    own = [speaker for speaker in listed if speaker.label == NARRATOR]
    others = [speaker for speaker in listed if speaker.label != NARRATOR]
    first = LISTED if len(others) > LISTED + 2 else len(others)
    return [*others[:first], *own], others[first:]


def _order(card: Card) -> tuple[bool, int]:
    """What needs review and has no decision first."""
    return not (card.row.needs_review and card.row.decision is None), card.number


def _choices(cards: Sequence[Card]) -> list[Choice]:
    def counted(key: str, title: str, values: Sequence[str]) -> Choice:
        found = Counter(values)
        return Choice(key, title, tuple(sorted(found.items(), key=lambda e: (-e[1], e[0]))))

    return [
        counted("who", "Who speaks", [c.speaker.label for c in cards]),
        counted("type", "Standing of the source", [c.row.source.type for c in cards]),
        counted("layer", "Whose claim", [LAYERS[c.row.layer] for c in cards]),
        counted("what", "Words or actions", [c.row.what for c in cards]),
        counted("polarity", "Asserted or denied", [c.row.polarity for c in cards]),
        counted("review", "Review", [state(c.row) for c in cards]),
    ]  # fmt: skip


def state(row: Row) -> str:
    """Where a row stands with its reviewer."""
    if row.decision is not None:
        return row.decision.verdict
    return "needs review" if row.needs_review else "not decided"


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
            "base-uri 'none'; form-action 'none'")


def _package_text(name: str) -> str:
    return (files("zopa.report") / name).read_text(encoding="utf-8")


def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(
            value, Markup) else value

    environment = Environment(loader=PackageLoader("zopa.report", "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              finalize=finalize)
    environment.filters["state"] = state
    return environment


def visible(text: str) -> str:
    """A text of the same length whose steering and control characters can be seen."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if c in STEERING or c not in "\n\t" and unicodedata.category(c) in (
        "Cc", "Cs") else c for c in text)
