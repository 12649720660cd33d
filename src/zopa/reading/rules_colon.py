"""Colons: "Avaria: We are ready", and headlines such as "Talks to resume: ministry"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles
from zopa.reading.found import Found, tidy
from zopa.reading.parse import LABELS, Parsed
from zopa.reading.row import SourceType
from zopa.reading.tree import finite, is_verb

LONGEST = 9
FIRST = frozenset("i we our us my me you".split())


def find(parsed: Parsed) -> Iterator[Found]:
    """Every segment that a name and a colon open, or a colon and a name close."""
    doc = parsed.doc
    for segment in parsed.segments:
        colons = [
            i
            for i in range(segment.start, segment.end)
            if doc[i].text == ":" and parsed.quoted[i] < 0
        ]
        if not colons:
            continue
        i = colons[0]
        head = [j for j in range(segment.start, i) if not doc[j].is_space]
        rest = [j for j in range(i + 1, segment.end) if not doc[j].is_space]
        while head and doc[head[0]].text in "-•*–—":
            head.pop(0)
        if not rest and _names(doc, head):
            role = roles.kind(doc[_head(doc, head)].lower_) in ("spokesperson", "named official")
            rest = _speech(parsed, segment.end, role)
        if _names(doc, head) and len(rest) >= 2 and any(is_verb(doc[j]) for j in rest):
            noun = _head(doc, head)
            yield Found("colon", tidy(doc, rest), (i,), (head[0], head[-1] + 1, noun))
        j = colons[-1]
        tail = [
            k
            for k in range(j + 1, segment.end)
            if doc[k].is_alpha or doc[k].text in ("'s", "-", "’s")
        ]
        front = [k for k in range(segment.start, j) if not doc[k].is_space]
        if len(front) >= 3 and _names(doc, tail, strict=True) and len(tail) <= 6:
            yield Found("colon", tidy(doc, front), (j,), (tail[0], tail[-1] + 1, _head(doc, tail)))


def _speech(parsed: Parsed, start: int, role: bool) -> list[int]:
    """What follows "NAME:" that stands by itself, up to the next such name.

    Of somebody who is no officer only the first sentence, and those in the first person; one
    sentence where the name does not open the paragraph and no other follows.
    """
    doc = parsed.doc
    spoken: list[int] = []
    segments = [s for s in parsed.segments if s.start >= start]
    labels = [s.start for s in parsed.segments if _label(doc, s.start, s.end)]
    for segment in segments:
        if segment.start in labels:
            break
        words = {doc[j].lower_ for j in range(segment.start, segment.end)}
        if spoken and not words & FIRST and not role:
            break
        spoken += [j for j in range(segment.start, segment.end) if not doc[j].is_space]
        if len(labels) == 1 and labels[0] > 0:
            break
    return spoken


def _label(doc: Any, start: int, end: int) -> bool:
    last = end - 1
    while last > start and doc[last].is_space:
        last -= 1
    return bool(doc[last].text == ":") and end - start <= LONGEST


def _names(doc: Any, tokens: list[int], strict: bool = False) -> bool:
    """Whether tokens are a short name of a source without a verb."""
    words = [i for i in tokens if doc[i].is_alpha]
    if not words or len(tokens) > LONGEST:
        return False
    if any(finite(doc[i]) and is_verb(doc[i]) or doc[i].tag_ == "MD" for i in words):
        return False
    noun = doc[_head(doc, tokens)]
    kind: SourceType | None = roles.kind(noun.lower_)
    if noun.lower_ in LABELS:
        return False
    if strict:
        return kind is not None or noun.tag_ == "NNP" and len(words) <= 3 and len(tokens) <= 3
    return kind is not None and kind != "document" or noun.tag_ in ("NNP", "NNPS")


def _head(doc: Any, tokens: list[int]) -> int:
    """The head noun: the last word before a preposition or a comma."""
    last = tokens[-1]
    for i in tokens:
        if doc[i].tag_ == "IN" or doc[i].text == ",":
            break
        if doc[i].is_alpha:
            last = i
    return last
