"""A document's text cut where claims begin and end: nested and crossing claims can be shown.

Every character belongs to one segment; a segment knows which rows' contents, sources and cues it is
part of.  Spans that lie outside the text, as a hand may have left them, are cut to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zopa.reading.row import Row, Span
from zopa.reading.text import paragraphs

CONTENT, SOURCE, CUE = 0, 1, 2


@dataclass(frozen=True)
class Segment:
    """Characters that belong to the same claims.

    Attributes:
        contents: rows whose content they are, the longest first, so that the last is the innermost.
        sources: rows whose speaker they name.
        cues: rows whose reporting words they are.
        begins: rows whose content begins here.
    """

    text: str
    contents: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph in segments."""

    number: int
    segments: tuple[Segment, ...]


def blocks(text: str, rows: Sequence[tuple[int, Row]]) -> tuple[Block, ...]:
    """The paragraphs of a text, each cut at the ends of all spans.

    Args:
        rows: number of each row, and the row.
    """
    marks = sorted(_marks(text, rows))
    length: dict[int, int] = defaultdict(int)
    for start, end, kind, row in marks:
        length[row] += end - start if kind == CONTENT else 0
    begun: set[int] = set()
    found = []
    active: list[tuple[int, int, int, int]] = []
    at = 0
    for paragraph in paragraphs(text):
        while at < len(marks) and marks[at][0] < paragraph.end:
            active.append(marks[at])
            at += 1
        active = [mark for mark in active if mark[1] > paragraph.start]
        found.append(Block(paragraph.number, tuple(
            _segments(text, paragraph.start, paragraph.end, active, length, begun))))
    return tuple(found)


def _marks(text: str, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, kind and row of every span that has characters in the text."""
    def inside(span: Span | None, kind: int, row: int) -> Iterator[tuple[int, int, int, int]]:
        if span is not None and span.start < min(span.end, len(text)):
            yield span.start, min(span.end, len(text)), kind, row

    for number, row in rows:
        for piece in row.content:
            yield from inside(piece, CONTENT, number)
        for source in (row.source, *row.chain):
            yield from inside(source.surface, SOURCE, number)
        yield from inside(row.cue.span if row.cue else None, CUE, number)


def _segments(text: str, start: int, end: int, marks: Sequence[tuple[int, int, int, int]],
              length: dict[int, int], begun: set[int]) -> Iterator[Segment]:
    """The characters `start:end`, cut at the ends of the marks."""
    cuts = sorted({start, end, *(place for mark in marks for place in mark[:2]
                                 if start < place < end)})
    opening: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for mark in marks:
        opening[max(mark[0], start)].append(mark)
    live: list[tuple[int, int, int, int]] = []
    for here, there in zip(cuts, cuts[1:], strict=False):
        live = [mark for mark in live if mark[1] > here] + opening[here]
        kinds: tuple[set[int], set[int], set[int]] = (set(), set(), set())
        for mark in live:
            kinds[mark[2]].add(mark[3])
        contents = sorted(kinds[CONTENT], key=lambda row: (-length[row], row))
        begins = tuple(sorted(row for row in contents if row not in begun))
        begun.update(begins)
        yield Segment(text[here:there], tuple(contents), tuple(sorted(kinds[SOURCE])),
                      tuple(sorted(kinds[CUE])), begins)
