"""Phrases that report as a verb does: took note of X, made no reference to X, was unable to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import verbs
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.reporting import reporting
from zopa.reading.row import What
from zopa.reading.rules_verbs import in_long_quote
from zopa.reading.tree import agent, children, is_verb, noun_phrase, passive, subtree


@dataclass(frozen=True)
class Phrase:
    """A light verb's noun, with the prepositions before what is reported."""

    verbs: frozenset[str]
    prepositions: frozenset[str]
    what: What


TAKE = frozenset("take takes took taken taking".split())
MAKE = frozenset("make makes made making".split())
CAST = frozenset("cast casts casting pour pours poured throw throws threw".split())
PHRASES = {
    "note": Phrase(TAKE, frozenset({"of"}), "words"),
    "view": Phrase(TAKE, frozenset({"of"}), "attitude or intent"),
    "issue": Phrase(TAKE, frozenset({"with"}), "words"),
    "exception": Phrase(TAKE, frozenset({"to"}), "words"),
    "position": Phrase(TAKE, frozenset({"on", "about"}), "words"),
    "reference": Phrase(MAKE, frozenset({"to"}), "words"),
    "mention": Phrase(MAKE, frozenset({"of"}), "words"),
    "allusion": Phrase(MAKE, frozenset({"to"}), "words"),
    "doubt": Phrase(CAST, frozenset({"on", "upon"}), "assessment or prediction"),
    "scorn": Phrase(CAST, frozenset({"on", "upon"}), "words"),
}
CHECKING = frozenset("verify confirm say discuss comment corroborate establish tell".split())
HEARSAY = frozenset("allegedly supposedly purportedly".split())


def find(parsed: Parsed) -> Iterator[Found]:
    """Light verbs with a noun, "unable to verify", and clauses that "allegedly" marks."""
    for token in parsed.doc:
        if in_long_quote(parsed, token.i):
            continue
        found = None
        if token.lower_ in PHRASES and token.dep_ in ("dobj", "nsubjpass"):
            found = _phrase(parsed, token, PHRASES[token.lower_])
        elif token.lower_ in ("unable", "prepared", "willing") and token.dep_ in ("acomp", "ROOT"):
            found = _unable(parsed, token)
        elif token.lower_ in HEARSAY:
            found = _hearsay(parsed, token)
        if found is not None and found.content:
            yield found


def _phrase(parsed: Parsed, noun: Any, phrase: Phrase) -> Found | None:
    """ "took note of X"; "no position was taken on X"."""
    verb = noun.head
    if verb.lower_ not in phrase.verbs:
        return None
    preps = [*children(noun, "prep"), *children(verb, "prep")]
    about = next((p for p in preps if p.lower_ in phrase.prepositions and p.i > noun.i), None)
    if about is None:
        return None
    told = scope.cut_adversary(parsed, verb, {i for i in subtree(about) if i > about.i})
    content = tidy(parsed.doc, told, keep_leading=True)
    none = any(c.lower_ == "no" for c in noun.children) or bool(children(verb, "neg"))
    speaker = agent(verb) if passive(verb) else scope.owner(verb)
    if not passive(verb) and (speaker is None or not roles.can_speak(speaker)):
        return None
    source = noun_phrase(parsed, speaker) if speaker is not None else None
    rule = "object" if source is not None else "agentless passive"
    return Found(rule, content, tuple(sorted((noun.i, verb.i))), source, phrase.what,
                 polarity="not said" if none else "asserted", passive=source is None)  # fmt: skip


def _unable(parsed: Parsed, token: Any) -> Found | None:
    """ "was unable to verify X"; "neither ministry was prepared to discuss X"."""
    copula = token.head
    noun = scope.owner(copula)
    below = next((c for c in (*children(token, "xcomp"), *children(copula, "xcomp"))
                  if c.lower_ in CHECKING and c.i > token.i), None)  # fmt: skip
    if below is None or noun is None or not roles.can_speak(noun):
        return None
    none = bool(children(copula, "neg")) or any(c.lower_ == "neither" for c in noun.children)
    if token.lower_ != "unable" and not none:
        return None
    tops = [c for c in children(below, "dobj", "ccomp", "prep") if c.i > below.i]
    content = subtree(tops[0]) if tops else set()
    first = parsed.segment(token.i).start
    if not content and parsed.doc[first].lower_ in ("whether", "why", "how", "who"):
        content = set(range(first, noun.left_edge.i))
    tokens = tidy(parsed.doc, content, keep_leading=True)
    return Found(
        "declining", tokens, (token.i, below.i), noun_phrase(parsed, noun), polarity="not said"
    )


def _hearsay(parsed: Parsed, token: Any) -> Found | None:
    """ "The poles were cut, allegedly by fighters": a clause without other reporting verbs."""
    verb = token.head
    while not is_verb(verb) and verb.head.i != verb.i:
        verb = verb.head
    if not is_verb(verb):
        return None
    segment = parsed.segment(token.i)
    content = {i for i in subtree(verb) if segment.start <= i < segment.end} - {token.i}
    for child in verb.children:
        if child.dep_ in ("appos", "advcl", "dep", "npadvmod", "dobj") and child.i > token.i:
            if any(t.lower_ in verbs() for t in child.subtree):
                content = {i for i in content if i < child.left_edge.i}
    if any(is_verb(parsed.doc[i]) and reporting(parsed.doc[i]) for i in content):
        return None
    return Found("agentless passive", tidy(parsed.doc, content), (token.i,), passive=True)
