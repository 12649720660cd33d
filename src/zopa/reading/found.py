"""What a rule finds in a paragraph, before sources are named and rows are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zopa.reading.row import Layer, Polarity, Slant, What

EDGE = frozenset(",;:.—–-\"“”«»„'‘’`()[]…?!*•/") | {"--", "''", "``", "...", "- "}
LEADING = frozenset({"that", "and", "but", "or"})


@dataclass(frozen=True)
class Found:
    """One attribution, by tokens of its paragraph.

    Attributes:
        source: first token and the one after the last, and the head; none without a source.
        cue: the tokens of the reporting words.
        content: the tokens of what is attributed.
        passive: without an agent.
        chain: further sources inside, outermost first, as `source`.
    """

    rule: str
    content: frozenset[int]
    cue: tuple[int, ...] = ()
    source: tuple[int, int, int] | None = None
    what: What = "words"
    slant: Slant = "neutral"
    polarity: Polarity = "asserted"
    layer: Layer = "attributed"
    passive: bool = False
    chain: tuple[tuple[int, int, int], ...] = ()
    doubts: tuple[str, ...] = ()


def tidy(doc: Any, tokens: Iterable[int], keep_leading: bool = False) -> frozenset[int]:
    """The tokens without punctuation, complementisers and conjunctions at the two ends."""
    kept = sorted(i for i in tokens if not doc[i].is_space)
    while kept and (doc[kept[-1]].text in EDGE or doc[kept[-1]].lower_ in ("and", "but", "or")):
        kept.pop()
    while kept:
        first = doc[kept[0]]
        if first.text in EDGE:
            kept.pop(0)
        elif (
            first.lower_ in ("only", "simply", "merely")
            and len(kept) > 1
            and (doc[kept[1]].lower_ == "that")
        ):
            kept.pop(0)
        elif not keep_leading and (
            first.lower_ in ("and", "but", "or")
            or first.lower_ == "that"
            and (
                first.tag_ == "IN"
                or first.dep_ == "mark"
                or len(kept) > 1
                and (doc[kept[1]].tag_ in ("DT", "PRP", "PRP$", "NNP", "NNS", "EX"))
            )
        ):
            kept.pop(0)
        else:
            break
    return frozenset(kept)


def pieces(doc: Any, tokens: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of tokens as (first, after the last); punctuation alone between two runs joins them."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        gap = range(runs[-1][1], i) if runs else range(0)
        if runs and all(doc[j].text in EDGE or doc[j].is_space for j in gap):
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    found = []
    for start, end in runs:
        while start < end and (doc[start].text in EDGE or doc[start].is_space):
            start += 1
        while end > start and (doc[end - 1].text in EDGE or doc[end - 1].is_space):
            end -= 1
        if end > start:
            found.append((start, end))
    return found
