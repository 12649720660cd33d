"""Direct quotations: whose they are, split ones, those that a verb's complement holds in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zopa.reading import scope
from zopa.reading.cues import Verb, verbs
from zopa.reading.cues import noun as reporting_noun
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.rules_verbs import LONG_QUOTE, polarity_of
from zopa.reading.tree import children, is_verb, noun_phrase, passive, subject

REACH = 16
FREE = 6


def find(parsed: Parsed, others: Sequence[Found]) -> list[Found]:
    """The findings of other rules with quotations completed, and the direct quotations.

    1. A finding whose content holds part of a longer quotation holds all of it.
    2. Any other quotation belongs to the nearest reporting verb of its sentence: after it where it
       opens the sentence, else before it.
    3. A quotation that fills its sentence and follows an attributed one directly goes on with it.
    4. What is left has no known speaker and is marked for review.
    """
    found = list(others)
    for number, (start, end) in enumerate(parsed.quotes):
        if end <= start:
            continue
        inside = set(range(start, end))
        best = max(range(len(found)), key=lambda k: len(found[k].content & inside), default=None)
        if (
            best is not None
            and len(found[best].content & inside)
            and not set(found[best].cue) & inside
        ):
            if end - start >= LONG_QUOTE:
                whole = set(found[best].content) | inside
                found[best] = replace(
                    found[best], content=tidy(parsed.doc, whole, keep_leading=True)
                )
            continue
        spoken_short = parsed.doc[end - 1].text in (",", ".", "!", "?")
        if (
            end - start < LONG_QUOTE
            and not spoken_short
            and (not any(is_verb(parsed.doc[i]) for i in inside))
        ):
            continue
        spoken = _speaker(parsed, start, end)
        same = next(
            (k for k, f in enumerate(found) if spoken and set(f.cue) & set(spoken.cue)), None
        )
        if same is not None and found[same].rule in ("complement clause", "direct quotation"):
            found[same] = replace(
                found[same],
                content=found[same].content | tidy(parsed.doc, inside, keep_leading=True),
            )
            continue
        if spoken is not None:
            found.append(replace(spoken, content=tidy(parsed.doc, inside, keep_leading=True)))
            continue
        _unspoken(parsed, number, inside, found)
    return found


def _unspoken(parsed: Parsed, number: int, inside: set[int], found: list[Found]) -> None:
    """A quotation without a reporting verb: it goes on from the one before, or nobody is known."""
    start, end = parsed.quotes[number]
    segment = parsed.segment(start)
    alone = all(not parsed.doc[i].is_alpha for i in range(segment.start, start))
    if number and alone:
        before = set(range(*parsed.quotes[number - 1]))
        for k, earlier in enumerate(found):
            if earlier.content & before and earlier.source and _adjacent(parsed, number):
                whole = earlier.content | tidy(parsed.doc, inside, keep_leading=True)
                found[k] = replace(earlier, content=whole)
                return
    if end - start >= FREE and alone:
        found.append(
            Found(
                "free quotation",
                tidy(parsed.doc, inside, keep_leading=True),
                doubts=("no speaker is named beside the quotation",),
            )
        )


def _adjacent(parsed: Parsed, number: int) -> bool:
    """Whether at most one short clause stands between a quotation and the one before."""
    between = range(parsed.quotes[number - 1][1], parsed.quotes[number][0])
    return sum(parsed.doc[i].is_alpha for i in between) <= REACH


def _speaker(parsed: Parsed, start: int, end: int) -> Found | None:
    """The reporting verb beside a quotation and its subject."""
    opening = parsed.segment(start)
    closing = parsed.segment(end - 1)
    doc = parsed.doc
    opens = not any(doc[i].is_alpha for i in range(opening.start, start))
    after = _cue(parsed, range(end, min(closing.end, end + REACH)))
    before = _cue(parsed, range(start - 1, max(opening.start - 1, start - 1 - REACH), -1))
    if before is None and not opens:
        before = _colon(parsed, start)
    if before is None and opens and opening.start > 0:
        last = opening.start - 1
        while last > 0 and (doc[last].is_space or doc[last].text in "\"“”'"):
            last -= 1
        if doc[last].text == ":":
            before = _colon(parsed, last + 1)
    for candidate in (after, before) if opens else (before, after):
        if candidate is not None:
            return candidate
    return None


def _cue(parsed: Parsed, indices: range) -> Found | None:
    """The first reporting verb on the way, with a subject, outside quotations."""
    doc = parsed.doc
    for i in indices:
        token = doc[i]
        if parsed.quoted[i] >= 0:
            return None
        if not is_verb(token):
            continue
        replied = _replied(parsed, token)
        if replied is not None:
            return replied
        for verb in verbs().get(token.lower_, ()):
            if not {"Q", "S", "A"} & verb.frames:
                continue
            source = _named(parsed, token, verb)
            if source is not None:
                return Found(
                    "direct quotation",
                    frozenset(),
                    (i,),
                    source,
                    verb.what,
                    verb.slant,
                    polarity_of(token, verb),
                )
    return None


def _replied(parsed: Parsed, copula: Any) -> Found | None:
    """ "“…” was her reply": the owner of the reporting noun speaks."""
    if copula.lower_ not in ("was", "is", "came", "ran", "went"):
        return None
    for noun in children(copula, "attr", "nsubj", "dobj"):
        known, owners = reporting_noun(noun.lower_), children(noun, "poss")
        if known is not None and owners and noun.i > copula.i:
            source = noun_phrase(parsed, owners[0])
            return Found("direct quotation", frozenset(), (noun.i,), source, *known)
    return None


def _named(parsed: Parsed, token: Any, verb: Verb) -> tuple[int, int, int] | None:
    """The speaker of a verb beside a quotation."""
    noun = subject(token)
    if passive(token):
        by = next((c for c in token.children if c.dep_ == "agent"), None)
        inner = next(iter(children(by, "pobj")), None) if by is not None else None
        noun = inner or noun
    if noun is None or parsed.quoted[noun.i] >= 0:
        beside = [
            c
            for c in children(token, "dobj", "attr", "npadvmod")
            if c.i == token.i + 1 or c.left_edge.i == token.i + 1
        ]
        noun = beside[0] if beside and parsed.quoted[beside[0].i] < 0 else None
    return noun_phrase(parsed, noun) if noun is not None else None


def _colon(parsed: Parsed, start: int) -> Found | None:
    """ "The minister was blunt: “…”": the subject of the clause before the colon speaks."""
    doc = parsed.doc
    i = start - 1
    while i > 0 and not doc[i].is_alpha and doc[i].text != ":":
        i -= 1
    if doc[i].text != ":":
        return None
    segment = parsed.segment(i)
    roots = [doc[j] for j in range(segment.start, i) if doc[j].dep_ == "ROOT" or is_verb(doc[j])]
    for root in roots:
        noun = subject(root)
        owners = children(noun, "poss") if noun is not None and reporting_noun(noun.lower_) else []
        noun = owners[0] if owners else noun
        if noun is not None and noun.i < i and scope.owner(root) is not None:
            return Found("colon", frozenset(), (root.i,), noun_phrase(parsed, noun))
    return None
