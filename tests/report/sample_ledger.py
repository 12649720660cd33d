"""A ledger for the page's tests: nested, crossing and broken spans, hostile texts, long lines."""

from __future__ import annotations

from typing import Any

from tests.reading.made_rows import read, written
from zopa.reading.inputs import Document
from zopa.reading.row import Decision, Row, Span
from zopa.report.ledger_page import render

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}\u2028]]>"
NAME = "report.txt"
CLAIMS = [("Alba", "it would open the port and the bridge"), ("Beria", "this was not so"),
          ("Alba", "nobody had asked Beria at all")]


def row(base: Row, **changed: Any) -> Row:
    return base.model_copy(update=changed)


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(start=at, end=at + len(words), text=words)


def plain() -> tuple[list[Document], list[Row]]:
    """Three claims, one within the first, one across the first two, one out of the text."""
    text = written(CLAIMS)
    rows = read(CLAIMS, document=NAME)
    rows[1] = row(rows[1], responds_to=rows[0].id, decision=Decision(verdict="confirmed", by="AB"))
    rows[2] = row(rows[2], needs_review=("several may be the source",), what="action")
    narrator = rows[0].source.model_copy(update={"type": "narrator", "name": None, "surface": None})
    rows += [row(rows[0], id="nested", content=(span(text, "the port"),)),
             row(rows[0], id="across", content=(span(text, "the bridge.\n\nBeria said this"),),
                 layer="narrator", source=narrator, mode="unattributed"),
             row(rows[0], id="outside", content=(Span(start=900, end=990, text="somewhere"),
                                                 Span(start=9, end=3, text="backwards")))]
    return [Document(NAME, text, (), "")], rows


def hostile() -> str:
    """The page of a report in which every text is hostile."""
    claims = [("Alba " + HOSTILE, HOSTILE), ("\u202eBeria", "no </mark> " + "word " * 10_000),
              ("Gama", "x" * 50_000)]
    rows = [row(one, needs_review=(HOSTILE,), decision=Decision(
        verdict="corrected", note=HOSTILE, by=HOSTILE), rule=HOSTILE, id=HOSTILE)
        for one in read(claims, document=HOSTILE)]
    document = Document(HOSTILE, written(claims), (HOSTILE,), "")
    return render([document], rows, rows[:1], (), (HOSTILE,))
