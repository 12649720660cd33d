"""Predicates that say what somebody holds: is confident that …, is ready to …, was adamant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.rules_verbs import in_long_quote
from zopa.reading.tree import children, negated, noun_phrase, subtree

HOLDING = frozenset(
    "confident convinced sure certain adamant hopeful optimistic pessimistic sceptical skeptical "
    "doubtful aware afraid worried concerned unaware categorical emphatic clear persuaded wary "
    "cautious alarmed satisfied pleased disappointed dismayed unconvinced mindful conscious".split()
)
WILLING = frozenset(
    "ready willing prepared unwilling reluctant determined keen eager inclined loath resolved "
    "committed opposed disposed unprepared".split()
)
COPULAS = frozenset(
    "is are was were be been remains remain remained seems appears appeared seemed sounded felt "
    "feels 's ’s grew became stands stood stand".split()
)


def find(parsed: Parsed) -> Iterator[Found]:
    """Every such predicate with a clause or an infinitive, about somebody who can hold it."""
    for token in parsed.doc:
        low = token.lower_
        if low not in HOLDING and low not in WILLING or in_long_quote(parsed, token.i):
            continue
        verb = _copula(token)
        if verb is None:
            continue
        noun = scope.owner(verb)
        if noun is None or noun.i > token.i or not roles.can_speak(noun):
            continue
        if noun.lower_ == "it" and low in ("clear", "certain", "sure"):
            continue
        tops = [c for c in children(token, "ccomp", "xcomp", "prep") if c.i > token.i]
        tops += [c for c in children(verb, "ccomp", "xcomp") if c.i > token.i and c.i != verb.i]
        tops = [c for c in tops if c.dep_ != "prep" or c.lower_ in ("about", "of", "to", "that")]
        if not tops or low in WILLING and tops[0].dep_ == "ccomp":
            continue
        top = tops[0]
        content = scope.cut_adversary(parsed, verb, {i for i in subtree(top) if i > token.i})
        if top.dep_ == "prep":
            content -= {top.i}
        tokens = tidy(parsed.doc, content)
        if tokens:
            yield Found(
                "predicate", tokens, (token.i,), noun_phrase(parsed, noun), "attitude or intent",
                polarity="denied" if negated(verb) else "asserted",
            )  # fmt: skip


def _copula(token: Any) -> Any | None:
    """The verb that ties an adjective to its subject."""
    if token.dep_ in ("acomp", "oprd", "attr") and token.head.lower_ in COPULAS:
        return token.head
    if token.tag_ in ("VBN", "VBD") and children(token, "auxpass", "nsubjpass"):
        return token
    return None
