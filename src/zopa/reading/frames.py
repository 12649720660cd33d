"""The complement that a reporting verb has: the frames in order, and those that are clauses."""

from __future__ import annotations

from typing import Any

from zopa.reading import scope
from zopa.reading.complements import (
    NOTHING,
    Complement,
    infinitive,
    naming,
    object_,
    objects_of,
    preposition,
    relative,
)
from zopa.reading.cues import Verb, verbs
from zopa.reading.parse import Parsed
from zopa.reading.reporting import reporting
from zopa.reading.tree import children, finite, is_verb, subtree

GRANTING = frozenset("allow grant charge submit".split())
"""Verbs that report only with "that" behind them."""


def complement(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """The rule that fits, the content and the tokens of the cue; the first that finds something."""
    for frame in (_as_clause, _clause, naming, infinitive, preposition, object_):
        rule, content, cue = frame(parsed, token, verb, noun)
        if content:
            if rule == "complement clause":
                content = scope.cut_adversary(parsed, token, content)
            return rule, content, cue
    behind = relative(parsed, token, verb)
    if behind[1]:
        return behind
    if "S" in verb.frames and not objects_of(token):
        rule, content, cue = _parenthetical(parsed, token, noun)
        return rule, scope.cut_adversary(parsed, token, content), cue
    return NOTHING


def _as_clause(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """ "as A put it": the clause that it stands in."""
    leads = any(c.lower_ == "as" and c.i < token.i for c in children(token, "mark", "advmod"))
    fits = "S" in verb.frames or verb.lemma in ("put", "describe", "call")
    segment = parsed.segment(token.i)
    if leads and fits and token.dep_ == "ROOT" and parsed.doc[segment.start].lower_ == "as":
        if token.i + 2 < segment.end and parsed.doc[token.i + 1].text == ",":
            return "complement clause", set(range(token.i + 2, segment.end)), (token.i,)
    if not leads or not fits or token.dep_ not in ("advcl", "parataxis", "ccomp"):
        return NOTHING
    if children(token, "ccomp") or token.head.i == token.i:
        return NOTHING
    if len(subtree(token)) > 9:
        return NOTHING
    gone = subtree(token)
    for other in (c for top in token.ancestors for c in children(top, "conj")):
        edge = other.left_edge.i
        if other.i > token.i and children(other, "nsubj", "nsubjpass") and edge > token.i:
            gone |= set(range(edge, parsed.segment(token.i).end))
    content = scope.whole_clause(parsed, token.i, gone)
    return "complement clause", content, (token.i,)


def _clause(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """A finite clause after the verb or before it; a small clause for verbs of naming."""
    if verb.lemma == "make" and not any(
        t.lower_ in ("clear", "plain", "known") for t in parsed.doc[token.i + 1 : token.i + 3]
    ):
        return NOTHING
    if verb.lemma in GRANTING and parsed.doc[token.i + 1 : token.i + 2].text.lower() != "that":
        return NOTHING
    clauses = [
        c
        for c in children(token, "ccomp")
        if is_verb(c) or c.tag_ == "MD" or children(c, "nsubj", "nsubjpass", "aux", "mark")
    ]
    right = [c for c in clauses if c.i > token.i and not _speaks_after(parsed, c)]
    left = [c for c in clauses if c.i < token.i]
    if "S" in verb.frames:
        after = parsed.doc[token.i + 1].text if token.i + 1 < len(parsed.doc) else ""
        if left and right and after == "," and finite(left[0]):
            whole = scope.before(parsed, token, noun, left[0]) | subtree(right[0])
            return "complement clause", whole, (token.i,)
        if right:
            top = right[-1] if verb.lemma == "make" else right[0]
            return "complement clause", scope.clause(parsed, token, top), (token.i,)
        asked = (
            left and left[0].tag_ in ("VBN", "VBG") and not children(left[0], "nsubj", "nsubjpass")
        )
        if (
            left
            and not asked
            and (
                finite(left[0])
                or children(left[0], "nsubj", "nsubjpass")
                or parsed.quoted[left[0].i] >= 0
            )
        ):
            content = scope.before(parsed, token, noun, left[0])
            return "complement clause", content, (token.i,)
    displaced = _displaced(token) if "S" in verb.frames and not right else None
    if displaced is not None:
        return "complement clause", scope.clause(parsed, token, displaced), (token.i,)
    later = _later(parsed, token) if "S" in verb.frames and not right else set()
    if later and not objects_of(token):
        return "complement clause", scope.cut_adversary(parsed, token, later), (token.i,)
    if {"N", "G", "A"} & verb.frames and right:
        rule = "infinitive" if "N" in verb.frames else "naming" if "A" in verb.frames else "object"
        return rule, scope.clause(parsed, token, right[0]), (token.i,)
    if "O" in verb.frames and right and not objects_of(token):
        return "object", scope.clause(parsed, token, right[0]), (token.i,)
    return NOTHING


def _speaks_after(parsed: Parsed, clause: Any) -> bool:
    """Whether a clause is a speaker's ", its minister cautioned" and no complement."""
    verb, doc = reporting(clause), parsed.doc
    own = children(clause, "nsubj")
    if (
        verb is None
        or "S" not in verb.frames
        or not own
        or children(clause, "mark", "ccomp", "dobj")
    ):
        return False
    before = min(own[0].left_edge.i, clause.i) - 1
    while before > 0 and doc[before].text in "\"”“'’":
        before -= 1
    return bool(doc[before].text == ",") and parsed.segment(clause.i).end - clause.i <= 8


def _displaced(token: Any) -> Any | None:
    """The complement that the parser hung on an adverbial: "said in a briefing that A had left"."""
    told = "T" in {f for v in verbs().get(token.lower_, ()) for f in v.frames}
    for prep in [*children(token, "prep", "dative"), *([token] if told else [])]:
        for noun in children(prep, "dobj" if prep.i == token.i else "pobj"):
            for clause in children(noun, "relcl", "acl"):
                own = children(clause, "nsubj", "nsubjpass")
                leads = any(c.lower_ == "that" for c in children(clause, "mark", "dobj", "advmod"))
                if noun.i > token.i and leads and own and own[0].lower_ != "that":
                    return clause
    return None


def _later(parsed: Parsed, token: Any) -> set[int]:
    """The clause after an aside: "claimed, with reference to an engineer, that A"."""
    doc, end = parsed.doc, parsed.segment(token.i).end
    if token.i + 1 >= end or doc[token.i + 1].text != ",":
        return set()
    for j in range(token.i + 2, min(end - 2, token.i + 20)):
        if is_verb(doc[j]) and finite(doc[j]):
            return set()
        if doc[j].lower_ == "that" and doc[j - 1].text == ",":
            return set(range(j + 1, end))
    return set()


def _parenthetical(parsed: Parsed, token: Any, noun: Any) -> Complement:
    """A cue clause between commas, or at the end, whose complement the parser hung elsewhere."""
    if verbs()[token.lower_][0].what == "attitude or intent" and token.dep_ != "parataxis":
        return NOTHING
    doc, segment = parsed.doc, parsed.segment(token.i)
    for i in range(token.i + 1, min(segment.end - 1, token.i + 14)):
        if doc[i].text == ":" and i + 1 < segment.end:
            return "complement clause", set(range(i + 1, segment.end)), (token.i,)
        if finite(doc[i]) and is_verb(doc[i]) and i > token.i:
            break
    if (
        token.dep_ == "parataxis"
        or token.dep_ in ("ccomp", "advcl")
        and doc[token.i].head.i > token.i
        and reporting(token.head) is None
    ):
        gone = {i for i in subtree(token) if i >= noun.left_edge.i or i >= token.i}
        if len(gone) < 14:
            content = scope.whole_clause(parsed, token.i, gone)
            return "complement clause", content, (token.i,)
    start = min(token.i, noun.left_edge.i)
    while start - 1 > segment.start and doc[start - 1].text in '"”“':
        start -= 1
    if (
        start - 1 > segment.start
        and doc[start - 1].text in (",", "—", "–")
        and token.i - start < 14
    ):
        rest = [
            i
            for i in range(max(token.i, noun.right_edge.i) + 1, segment.end)
            if doc[i].text not in (".", ",")
        ]
        left = set(range(segment.start, start - 1))
        if doc[segment.start].tag_ in ("VBN", "VBG") or doc[segment.start].lower_ in (
            "when",
            "if",
            "as",
            "while",
            "after",
            "before",
        ):
            return NOTHING
        if len(rest) <= 8 and any(finite(doc[i]) for i in left) and not children(token, "dobj"):
            return "complement clause", left, (token.i,)
    return NOTHING
