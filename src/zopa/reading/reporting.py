"""Verbs that report: which they are, in which tense, and which of two conjoined ones speaks."""

from __future__ import annotations

from typing import Any

from zopa.reading.cues import Verb, verbs
from zopa.reading.tree import children, finite, is_verb


def reporting(token: Any) -> Verb | None:
    """The reporting verb that a token is, if any."""
    if not is_verb(token) or token.dep_ in ("amod", "compound", "aux", "auxpass"):
        return None
    known = verbs().get(token.lower_)
    return known[0] if known else None


def tense(verb: Any) -> str:
    """The tense of a finite verb, by its first auxiliary."""
    aux = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    tag = aux[0].tag_ if aux else verb.tag_
    if any(c.lower_ == "had" and verb.tag_ == "VBN" for c in aux):
        return "pluperfect"
    if tag == "MD":
        return "modal"
    return "past" if tag in ("VBD", "VBN") else "present"


def same_tense(one: Any, other: Any) -> bool:
    """Whether two finite verbs stand in one tense, so that one is not reported by the other."""
    return tense(one) == tense(other)


def above(token: Any) -> Any | None:
    """The cue beside which a conjoined reporting verb stands, though it hangs in its complement.

    "The ministry said that the bridge was hit and accused Kastria": `accused` has no subject of its
    own and the tense of `said`, so both have one speaker.
    """
    if token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.dep_ == "ccomp":
        verb, cue = reporting(token), token.head.head
        alone = not children(token, "nsubj", "mark", "advmod") and token.i > token.head.i
        comma = token.doc[token.i - 1].text == ","
        if verb is not None and verb.what == "words" and alone and comma and reporting(cue):
            return cue if cue.i < token.head.i else None
    if token.dep_ != "conj" or children(token, "nsubj", "nsubjpass", "mark", "expl"):
        return None
    verb = reporting(token)
    if verb is None or verb.what == "attitude or intent" and verb.polarity == "asserted":
        return None
    top = token.head
    while top.dep_ == "conj" and not children(top, "nsubj", "nsubjpass"):
        top = top.head
    quoted = any(t.is_quote for t in token.doc[token.head.i : token.i])
    if quoted and finite(token) and not children(token, "dobj"):
        for cue in token.ancestors:
            if reporting(cue) is not None and cue.tag_ == token.tag_:
                return cue
    if (
        top.dep_ in ("ccomp", "xcomp")
        and top.head.i < top.i < token.i
        and reporting(top.head) is not None
    ):
        cue = top.head
        active = token.tag_ == "VBN" and cue.tag_ == "VBD" and bool(children(token, "dobj"))
        if active or finite(token) and same_tense(token, cue):
            return cue
    return None
