"""Reporting nouns: the army's claim that …, Tehran's denial of …, reports that …."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import noun as reporting_noun
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.reporting import reporting
from zopa.reading.rules_verbs import in_long_quote
from zopa.reading.tree import children, noun_phrase, subtree

OWNED = frozenset("of for to against about on".split())
LIGHT = frozenset(
    "make issue deliver give voice express repeat renew raise offer have hold sound "
    "send share".split()
)
GIVING = frozenset(
    "makes made making issues issued issuing delivers delivered gives gave given giving voices "
    "voiced "
    "voicing expresses expressed expressing repeats repeated repeating renews renewed renewing "
    "raises "
    "raised raising offers offered offering has had have holds held sounded sounds sent sends "
    "shares "
    "shared reiterated dismissed".split()
)


def find(parsed: Parsed) -> Iterator[Found]:
    """Every reporting noun with a clause, or with an owner and an object."""
    for token in parsed.doc:
        if token.tag_ not in ("NN", "NNS") or in_long_quote(parsed, token.i):
            continue
        known = reporting_noun(token.lower_)
        if known is None:
            continue
        what, slant, polarity = known
        owner = _owner(token)
        clause = _clause(token)
        if clause is not None:
            content = {i for i in subtree(clause) if i > token.i}
            segment = parsed.segment(token.i)
            content = {i for i in content if segment.start <= i < segment.end}
            content = _before_main(parsed, token, content)
        elif owner is not None and parsed.doc[token.i + 1 : token.i + 2].text == ":":
            content = _listed(parsed, token)
        elif owner is not None and token.lower_ not in (
            "report",
            "reports",
            "position",
            "decision",
            "support",
            "account",
            "order",
            "analysis",
            "sense",
        ):
            content = _object(token) or _drawn(token, polarity)
        else:
            continue
        tokens = tidy(parsed.doc, content)
        if not tokens:
            continue
        source = noun_phrase(parsed, owner) if owner is not None else None
        if source is not None:
            tokens = frozenset(i for i in tokens if not source[0] <= i < source[1])
            if not tokens:
                continue
        yield Found("noun", tokens, (token.i,), source, what, slant, polarity)


def _owner(token: Any) -> Any | None:
    """Whose claim it is: a possessive, "by X", "from X", or the subject of "made a claim"."""
    for child in children(token, "poss"):
        return child
    for prep in children(token, "prep", "agent"):
        if prep.lower_ in ("by", "from"):
            inner = next(iter(children(prep, "pobj")), None)
            if inner is not None and roles.can_speak(inner):
                return inner
    for prep in children(token, "prep"):
        if prep.lower_ in ("of", "among", "in"):
            inner = next(iter(children(prep, "pobj")), None)
            if inner is not None and prep.lower_ == "among" and roles.can_speak(inner):
                return inner
    head = token.head
    if token.dep_ == "dobj" and head.lower_ in GIVING:
        noun = scope.owner(head)
        if noun is not None and roles.can_speak(noun):
            return noun
    return None


def _clause(token: Any) -> Any | None:
    """The finite clause that says what is claimed."""
    for child in children(token, "acl", "ccomp", "relcl", "appos", "advcl"):
        marks = [c.lower_ for c in children(child, "mark")]
        if (
            "that" in marks
            or child.dep_ == "acl"
            and any(
                c.lower_ in ("that", "whether")
                for c in child.children
                if c.dep_ in ("mark", "nsubj") and c.tag_ == "IN"
            )
        ):
            return None if _relative(child) else child
    if token.dep_ == "nsubj":
        for child in children(token.head, "ccomp", "attr"):
            if token.head.lower_ in ("is", "was", "remains") and any(
                c.lower_ == "that" and c.dep_ == "mark" for c in child.children
            ):
                return child
    apart = _set_apart(token)
    if apart is not None:
        return apart
    for child in children(token, "acl"):
        if child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children):
            return child
    return None


def _set_apart(token: Any) -> Any | None:
    """The clause after an aside: "its remark, made in passing, that A"."""
    doc, i = token.doc, token.i + 1
    if i >= len(doc) or doc[i].text != ",":
        return None
    for j in range(i + 1, min(len(doc) - 1, i + 10)):
        if doc[j].text == "," and doc[j + 1].lower_ == "that" and doc[j + 1].dep_ == "mark":
            return doc[j + 1].head
    return None


def _listed(parsed: Parsed, token: Any) -> set[int]:
    """What follows the colon: "The front's version: a missile from the quarry"."""
    end = parsed.segment(token.i).end
    following = parsed.segment(end).end if end < len(parsed.doc) and end == token.i + 2 else end
    return set(range(token.i + 2, following))


def _relative(clause: Any) -> bool:
    """Whether "that" stands for the noun itself: "a claim that Y dismissed"."""
    verb = reporting(clause)
    own = children(clause, "nsubj")
    return (
        verb is not None
        and bool(own)
        and bool({"O", "A"} & verb.frames)
        and not children(clause, "dobj", "ccomp", "xcomp")
    )


def _object(token: Any) -> set[int]:
    """What an owned noun is about: its denial of X, its demand for X."""
    for prep in children(token, "prep"):
        if prep.lower_ in OWNED and prep.i > token.i:
            content: set[int] = set()
            for child in prep.children:
                content |= subtree(child)
            return content
    return set()


def _drawn(token: Any, polarity: str) -> set[int]:
    """ "The charge drew a denial from X": what was denied is the subject."""
    if polarity != "denied" or token.dep_ not in ("dobj", "pobj"):
        return set()
    verb = token.head if token.dep_ == "dobj" else token.head.head
    subjects = children(verb, "nsubj", "nsubjpass")
    return subtree(subjects[0]) if subjects else set()


def _before_main(parsed: Parsed, token: Any, content: set[int]) -> set[int]:
    """The clause, cut where the main verb begins that the noun is subject of."""
    head = token.head
    if token.dep_ in ("nsubj", "nsubjpass") and head.i > token.i:
        first = min(
            [c.i for c in head.children if c.dep_ in ("aux", "auxpass", "neg") and c.i > token.i]
            + [head.i]
        )
        if any(i < first for i in content):
            return {i for i in content if i < first}
    return content
