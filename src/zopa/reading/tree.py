"""Questions to the dependency tree that several rules ask."""

from __future__ import annotations

from typing import Any

from zopa.reading.parse import Parsed

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
RELATIVES = frozenset({"who", "which", "that", "whom"})
Noun = tuple[int, int, int]


def children(token: Any, *deps: str) -> list[Any]:
    """The children of a token with one of these dependencies."""
    return [child for child in token.children if child.dep_ in deps]


def subtree(token: Any) -> set[int]:
    """The indices of a token and everything below it."""
    return {t.i for t in token.subtree}


def is_verb(token: Any) -> bool:
    """Whether the tagger calls it a verb."""
    return bool(token.tag_.startswith("VB"))


def finite(token: Any) -> bool:
    """Whether a verb, or an auxiliary of it, has tense."""
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in children(token, "aux", "auxpass")
    )


def passive(token: Any) -> bool:
    """Whether a verb is in the passive, also as a participle after a noun."""
    if token.tag_ != "VBN":
        return False
    if children(token, "auxpass", "nsubjpass"):
        return True
    if token.dep_ in ("acl", "relcl", "advcl") and not children(token, "aux", "nsubj"):
        return True
    if token.dep_ == "conj" and not children(token, "aux", "dobj", *SUBJECTS):
        return passive(token.head)
    return False


def agent(token: Any) -> Any | None:
    """The noun after `by` of a passive verb."""
    for by in children(token, "agent", "prep"):
        if by.lower_ == "by":
            return next(iter(children(by, "pobj")), None)
    return None


def subject(token: Any, depth: int = 0) -> Any | None:
    """The noun that does what a verb says: its own subject, an inherited one, an antecedent."""
    if depth > 8:
        return None
    own = [c for c in children(token, "nsubj", "nsubjpass") if c.i != token.i]
    if own:
        noun = own[-1] if len(own) == 1 else min(own, key=lambda c: abs(c.i - token.i))
        if noun.lower_ in RELATIVES and token.dep_ in ("relcl", "acl", "ccomp", "advcl"):
            return antecedent(token) or noun
        if noun.lower_ in RELATIVES and token.dep_ == "conj":
            return subject(token.head, depth + 1)
        return noun
    head = token.head
    if head.i == token.i:
        return None
    if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep", "aux", "acomp", "parataxis"):
        return subject(head, depth + 1) if is_verb(head) or head.tag_ in ("MD", "JJ") else None
    if token.dep_ in ("acl", "relcl"):
        return head
    if token.dep_ == "pcomp" and head.dep_ == "prep":
        above = head.head
        return subject(above, depth + 1) if is_verb(above) else None
    return None


def antecedent(verb: Any) -> Any | None:
    """The noun that a relative clause is about."""
    head = verb.head
    return head if verb.dep_ in ("relcl", "acl") and not is_verb(head) else None


def noun_phrase(parsed: Parsed, head: Any) -> Noun:
    """A noun with what names it: determiners, compounds, `of` and `for`; no clause after it."""
    doc, start, end = parsed.doc, head.left_edge.i, head.i + 1
    for child in head.children:
        if child.i > head.i:
            if child.dep_ in ("prep", "poss", "case", "compound", "nummod", "amod", "nmod"):
                cut = _short(child)
                end = max(end, cut)
            elif child.dep_ == "conj" and not is_verb(child) or child.dep_ == "cc":
                end = max(end, _short(child))
    for i in range(head.left_edge.i, head.i):
        if doc[i].dep_ in ("relcl", "acl", "advcl") and doc[i].head.i == head.i:
            start = doc[i].right_edge.i + 1
    segment = parsed.segment(head.i)
    start, end = max(start, segment.start), min(end, segment.end)
    while start < head.i and (
        doc[start].is_punct
        or doc[start].is_space
        or doc[start].dep_ == "cc"
        and doc[start].lower_ != "neither"
        or doc[start].dep_ == "mark"
    ):
        start += 1
    while end > head.i + 1 and (
        doc[end - 1].dep_ == "case"
        or doc[end - 1].is_punct
        or doc[end - 1].is_space
        or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return start, end, head.i


def _short(token: Any) -> int:
    """Where the subtree of a token ends, cut before a clause or an apposition in it."""
    end = token.right_edge.i + 1
    for below in token.subtree:
        if below.dep_ in ("relcl", "acl", "appos", "advcl", "parataxis"):
            end = min(end, max(below.left_edge.i, token.i + 1))
    return int(end)


def negated(verb: Any) -> bool:
    """Whether a verb is negated, by itself or by its subject."""
    for child in verb.children:
        near = not any(t.is_punct or t.is_quote for t in verb.doc[child.i + 1 : verb.i])
        if near and (
            child.dep_ == "neg" or child.lower_ in ("never", "nor", "neither") and child.i < verb.i
        ):
            return True
    edge = verb.left_edge.i
    if edge and verb.doc[edge - 1].lower_ == "nor" and verb.dep_ == "conj":
        return True
    noun = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    if noun is None and verb.dep_ == "conj" and not children(verb, "aux"):
        return any(c.lower_ in ("neither",) for c in verb.head.children)
    if noun is None:
        return False
    return noun.lower_ in ("neither", "nobody", "none") or any(
        c.lower_ in ("neither", "no") for c in noun.children
    )
