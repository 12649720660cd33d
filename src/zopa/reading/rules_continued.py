"""Reported speech that goes on without a verb of saying: "He insisted … . Leaflets had been …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed, Segment
from zopa.reading.reporting import reporting, tense
from zopa.reading.tree import children, finite, is_verb

DOUBT = "the sentence after it is taken as going on with it"
NARRATED = frozenset("since earlier previously already".split())


def find(parsed: Parsed, others: Sequence[Found]) -> list[Found]:
    """The findings, with the sentences that go on with a reported one.

    A sentence goes on with the one before where that one is reported to its end, by somebody, in
    the past, and where every finite verb of its own is a pluperfect or has "would": the tenses of
    what is reported in the past.  The row is marked for review, as a narrator may write so too.
    """
    found = list(others)
    for before, segment in zip(parsed.segments, parsed.segments[1:], strict=False):
        if not _shifted(parsed, segment, found):
            continue
        for k, one in enumerate(found):
            if _reaches_end(parsed, one, before):
                whole = one.content | tidy(parsed.doc, range(segment.start, segment.end))
                found[k] = replace(one, content=whole, doubts=(*one.doubts, DOUBT))
                break
    return found


def _shifted(parsed: Parsed, segment: Segment, found: Sequence[Found]) -> bool:
    """Whether a segment that nobody is cited for is in the tenses of reported speech."""
    tokens = range(segment.start, segment.end)
    if any(i in one.content or i in one.cue for one in found for i in tokens):
        return False
    if any(parsed.quoted[i] >= 0 or parsed.doc[i].lower_ in NARRATED for i in tokens):
        return False
    if any(reporting(parsed.doc[i]) is not None for i in tokens):
        return False
    main = [parsed.doc[i] for i in tokens if _main(parsed.doc[i])]
    return bool(main) and all(_back(verb) for verb in main)


def _main(token: Any) -> bool:
    """Whether a verb stands in a main clause."""
    return is_verb(token) and finite(token) and token.dep_ in ("ROOT", "conj", "parataxis", "ccomp")


def _back(verb: Any) -> bool:
    """Whether a verb is a pluperfect or has "would"."""
    auxiliaries = {c.lower_ for c in children(verb, "aux", "auxpass")}
    if verb.dep_ == "conj" and not auxiliaries & {"would", "had"} and is_verb(verb.head):
        return verb.tag_ == "VBN" and _back(verb.head)
    return "would" in auxiliaries or "had" in auxiliaries and tense(verb) == "pluperfect"


def _reaches_end(parsed: Parsed, one: Found, before: Segment) -> bool:
    """Whether a finding is somebody's indirect speech, in the past, up to the end of a segment."""
    doc = parsed.doc
    if one.source is None or one.rule not in ("complement clause", "according to"):
        return False
    if one.polarity != "asserted" or not one.cue or doc[max(one.cue)].tag_ not in ("VBD", "VBN"):
        return False
    last = before.end - 1
    while last > before.start and not doc[last].is_alpha and not doc[last].like_num:
        last -= 1
    return last in one.content and parsed.quoted[last] < 0
