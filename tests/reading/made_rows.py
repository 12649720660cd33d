"""Rows and texts made by hand: a text is sentences `SPEAKER said CONTENT.`, a row for each."""

from __future__ import annotations

from collections.abc import Iterable

from zopa.reading.row import Cue, Row, Source, Span, identify

Claim = tuple[str, str]
"""Speaker and content."""


def written(claims: Iterable[Claim], opening: str = "") -> str:
    """A text that makes these claims, a paragraph each."""
    return opening + "\n\n".join(f"{who} said {what}." for who, what in claims)


def read(claims: Iterable[Claim], opening: str = "", document: str = "report") -> list[Row]:
    """The rows of the text that `written` makes of the same claims."""
    at, rows, seen = len(opening), [], {}
    for number, (who, what) in enumerate(claims, start=1):
        cue = at + len(who) + 1
        start = cue + len("said ")
        parts = ("attributed", who, "said", (what,), "asserted")
        seen[parts] = seen.get(parts, -1) + 1
        rows.append(Row(
            id=identify(*parts, occurrence=seen[parts]), document=document, paragraph=number,
            sentence=1, layer="attributed", mode="indirect", what="words", rule="complement",
            source=Source(surface=Span(start=at, end=at + len(who), text=who), name=who,
                          type="metonym"),
            cue=Cue(span=Span(start=cue, end=cue + 4, text="said")),
            content=(Span(start=start, end=start + len(what), text=what),)))
        at = start + len(what) + len(".\n\n")
    return rows
