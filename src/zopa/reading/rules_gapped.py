"""Second sources without a verb of their own: "The army put the toll at nine, the council at two".

A clause that leaves its verb out takes it from the clause before: the words after its source are
reported with the same cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zopa.reading import roles
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.tree import is_verb

LONGEST = 14
OTHERS = frozenset("another others one some most a-few minority majority latter former".split())
INSIDE = ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "VBN", "JJR")
SAME = frozenset("the a an its his her their , of and".split())
RULES = ("object", "naming", "complement clause", "infinitive")


def find(parsed: Parsed, others: Sequence[Found]) -> list[Found]:
    """The findings, each without the gapped clause behind it, and the sources of those.

    1. The rest of a segment after its last comma, or a segment of its own after a semicolon, has
       no verb and opens with somebody who can speak.
    2. What follows is built as the content before it: both count something, or they share a
       preposition or a noun; after a semicolon a comma behind the source is enough.
    3. Where two findings could lend their verb, the later one does.
    """
    found = list(others)
    for segment in parsed.segments:
        for start in _starts(parsed, segment.start, segment.end):
            head = _head(parsed, start, segment.end)
            if head is None:
                continue
            lender = _lender(parsed, found, start, segment.start)
            if lender is None:
                continue
            one = found[lender]
            told, commas = _told(parsed, head + 1, segment.end)
            alone = start == segment.start
            rest = tidy(parsed.doc, told)
            own = tidy(parsed.doc, (i for i in one.content if i < start)) or tidy(
                parsed.doc, range(max(one.cue) + 1, start)
            )
            one = replace(one, content=own)
            if not rest or not own or not (alone and commas or _parallel(parsed, one, rest)):
                continue
            whole = _completed(parsed, one, rest)
            found[lender] = one
            found.append(replace(one, content=whole, source=(start, head + 1, head), chain=()))
            break
    return found


def _starts(parsed: Parsed, start: int, end: int) -> list[int]:
    """Where a clause without a verb may begin: the segment itself, or after its last commas."""
    doc = parsed.doc
    verbs = [i for i in range(start, end) if is_verb(doc[i]) and doc[i].dep_ != "amod"]
    if end - start > 60:
        return []
    found = [] if verbs or end - start > LONGEST or start == 0 else [start]
    last = max(verbs, default=end)
    commas = [i + 1 for i in range(last, end) if doc[i].text == "," and parsed.quoted[i] < 0]
    return found + [i for i in commas if end - i <= LONGEST]


def _head(parsed: Parsed, start: int, end: int) -> int | None:
    """The last word of the source that opens the clause."""
    doc = parsed.doc
    for i in range(start, min(end - 1, start + 6)):
        token = doc[i]
        if parsed.quoted[i] >= 0 or token.tag_ not in INSIDE and token.lower_ not in OTHERS:
            return None
        if token.lower_ in OTHERS:
            return i if i == start or doc[i - 1].lower_ in ("a", "the") else None
        speaks = token.tag_.startswith("NN") and roles.can_speak(token)
        following = doc[i + 1]
        if speaks and not following.tag_.startswith(("NN", "POS")) and following.lower_ not in (
            "of", "for", "and", "or", "who", "which", ".", "–", "—", ":"
        ):  # fmt: skip
            return i
    return None


def _lender(parsed: Parsed, found: Sequence[Found], start: int, first: int) -> int | None:
    """The nearest finding before, in this segment or the one before it."""
    reach = parsed.segment(first - 1).start if start == first and first else first
    known = [
        (max(one.cue), k)
        for k, one in enumerate(found)
        if one.cue
        and one.source is not None
        and one.rule in RULES
        and one.polarity == "asserted"
        and reach <= max(one.cue) < start
        and min(one.content) > max(one.cue)
        and one.source[0] < max(one.cue)
    ]
    if not known:
        return None
    if start == first and parsed.doc[start - 1].text != ";":
        return None
    return max(known)[1]


def _told(parsed: Parsed, start: int, end: int) -> tuple[set[int], bool]:
    """What follows the source, without ", in contrast,"; and whether a comma set it apart."""
    doc = parsed.doc
    if start < end and doc[start].text == ",":
        aside = next((i for i in range(start + 1, min(end, start + 5)) if doc[i].text == ","), None)
        lead = aside if aside is not None and doc[start + 1].tag_ in ("IN", "RB") else start
        return set(range(lead + 1, end)), True
    return set(range(start, end)), False


def _parallel(parsed: Parsed, one: Found, rest: frozenset[int]) -> bool:
    """Whether the words after the second source are built as those of the first."""
    doc: Any = parsed.doc
    before = [doc[i] for i in (*one.cue, *sorted(one.content)) if i < min(rest)]
    after = [doc[i] for i in sorted(rest)]
    counted = any(t.tag_ == "CD" for t in before) and any(t.tag_ == "CD" for t in after)
    shared = {t.lower_ for t in before} & {t.lower_ for t in after} - SAME
    return counted or bool(shared)


def _completed(parsed: Parsed, one: Found, rest: frozenset[int]) -> frozenset[int]:
    """A gapped content with what the shared preposition hangs on: "the loss … at twenty"."""
    doc, first = parsed.doc, min(rest)
    word = doc[first].lower_
    if doc[first].tag_ != "IN":
        return rest
    if word in (doc[i].lower_ for i in one.cue) or word == doc[min(one.content) - 1].lower_:
        return rest - {first}
    same = [i for i in one.content if doc[i].lower_ == word]
    return rest | {i for i in one.content if i < max(same)} if same else rest
