"""The narrator's own claims: what the parties did, assessments, and what is taken for granted.

"With Avaria holding the heights, …" presupposes; nobody is cited for it.  Descriptive sentences
without an actor and without a judgement make no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from zopa.reading.cues import verbs
from zopa.reading.found import Found, pieces, tidy
from zopa.reading.parse import Parsed
from zopa.reading.row import What
from zopa.reading.rules_verbs import COMMENT, in_long_quote
from zopa.reading.tree import children, finite, is_verb, subject, subtree

JUDGING = frozenset(
    "may might could would appears appear appeared seems seem seemed likely unlikely probably "
    "perhaps "
    "reflects reflect reflected represents represent suggests suggest signals signal marks mark "
    "means "
    "indicates indicate points risks risk remains remain clearest sign shift failed raises raised "
    "underlines underscores shows show leaves makes threatens will should must cannot can".split()
)
ASIDE = frozenset(
    "opening closing introducing presenting answering speaking commenting addressing following "
    "responding asked reached pressed "
    "citing quoting referring interviewed questioned including concerning".split()
)
TURNS = frozenset(
    "shift reversal departure turnaround setback breakthrough retreat change move "
    "concession rebuke blow break".split()
)
STATIVE = frozenset("is are was were be been being has had have lies lie stands stand".split())


def find(parsed: Parsed, others: Sequence[Found], actor: Callable[[Any], bool]) -> Iterator[Found]:
    """Presuppositions and unattributed clauses outside what others are cited for.

    Args:
        actor: whether a noun token names an actor of the text.
    """
    cited: set[int] = set()
    cues: set[int] = set()
    for one in others:
        cited |= one.content
        cues |= set(one.cue)
    for token in parsed.doc:
        taken = _presupposed(parsed, token)
        if taken and not taken & cited:
            yield Found(
                "presupposition",
                tidy(parsed.doc, taken),
                layer="presupposition",
                what=_kind(parsed, taken),
            )
    for segment in parsed.segments:
        for i in range(segment.start, segment.end):
            token = parsed.doc[i]
            if i in cited or i in cues or in_long_quote(parsed, i) or parsed.quoted[i] >= 0:
                continue
            if token.dep_ == "advcl" and token.lower_ in COMMENT and i > segment.start:
                content = {j for j in subtree(token) if j >= i} - cited - cues
                yield Found(
                    "narrator",
                    tidy(parsed.doc, content),
                    layer="narrator",
                    what="assessment or prediction",
                )
                continue
            main = (
                token.dep_ == "ROOT"
                or token.dep_ in ("conj", "parataxis", "advcl")
                and (children(token, "nsubj", "nsubjpass"))
            )
            if not main or not finite(token):
                continue
            if token.dep_ != "ROOT" and not _independent(token, cues, cited):
                continue
            noun = subject(token)
            if noun is None or noun.i in cited:
                continue
            content = {j for j in subtree(token) if segment.start <= j < segment.end}
            content -= {j for c in others if set(c.cue) & content for j in _gone(parsed, c)}
            content = _own(parsed, token, content) - cues
            tokens = tidy(parsed.doc, _worded(parsed, content))
            what = _what(parsed, token, noun, tokens, actor)
            if (
                what is not None
                and len(tokens) >= 4
                and noun.i in tokens
                and not _idle(parsed, tokens)
            ):
                yield Found("narrator", tokens, layer="narrator", what=what)


def _worded(parsed: Parsed, content: set[int]) -> set[int]:
    """A content without the function words that a cut leaves behind: "in which"."""
    kept: set[int] = set()
    for start, end in pieces(parsed.doc, content):
        if any(t.tag_.startswith(("NN", "VB", "JJ", "PRP", "CD")) for t in parsed.doc[start:end]):
            kept |= set(range(start, end))
    return kept


def _idle(parsed: Parsed, tokens: frozenset[int]) -> bool:
    """Whether a clause is a question, or only says that nobody could be asked or that nothing
    could be checked."""
    segment = parsed.segment(min(tokens))
    words = {parsed.doc[i].lower_ for i in tokens}
    asked = any(t.text == "?" for t in parsed.doc[segment.start : segment.end])
    return asked or bool(words & {"verified", "verify"}) or {"available", "comment"} <= words


def _independent(token: Any, cues: set[int], cited: set[int]) -> bool:
    """Whether a clause below another stands in the narrator's voice as a main clause does."""
    if token.dep_ in ("conj", "parataxis"):
        subjects = children(token, "nsubj", "nsubjpass")
        edge = subjects[0].left_edge.i if subjects else token.i
        dashed = {t.text for t in token.doc[max(0, edge - 2) : edge]} & {"—", "–", "--"}
        return token.head.i not in cited or bool(dashed) and token.i not in cited
    if token.dep_ == "advcl":
        mark = [c.lower_ for c in children(token, "mark")]
        return any(m in ("while", "although", "though", "whereas") for m in mark)
    return False


def _gone(parsed: Parsed, one: Found) -> set[int]:
    """The tokens of somebody's attribution."""
    gone = set(one.content) | set(one.cue)
    if one.source is not None:
        gone |= set(range(one.source[0], one.source[1]))
    return gone


def _own(parsed: Parsed, token: Any, content: set[int]) -> set[int]:
    """A clause without the coordinate clauses that have subjects of their own."""
    for child in children(token, "conj", "parataxis"):
        if children(child, "nsubj", "nsubjpass"):
            content = content - subtree(child)
    for child in children(token, "prep", "advcl"):
        if _presupposed(parsed, child):
            content = content - subtree(child)
    return content


def _presupposed(parsed: Parsed, top: Any) -> set[int]:
    """What "with", a participle, "despite", or "in a shift" take for granted before the clause."""
    if top.lower_ == "with" and top.dep_ in ("prep", "mark", "advcl", "dep", "ROOT"):
        for child in children(top, "pcomp", "pobj"):
            if (child.tag_ in ("VBG", "VBN") or child.dep_ == "pcomp") and children(
                child, "nsubj", "nsubjpass"
            ):
                return {i for i in subtree(top) if i > top.i}
            after = [c for c in children(child, "amod", "acl", "advcl", "prep") if c.i > child.i]
            if top.i == parsed.segment(top.i).start and any(
                c.dep_ != "prep" or c.lower_ == "about" for c in after
            ):
                return {i for i in subtree(top) if i > top.i}
            if child.dep_ == "pobj" and any(
                c.tag_ in ("VBG", "VBN") for c in children(child, "acl")
            ):
                if top.i == parsed.segment(top.i).start or parsed.doc[top.i - 1].text == ",":
                    return {i for i in subtree(top) if i > top.i}
    if top.dep_ == "prep" and top.i <= parsed.segment(top.i).start + 1 and top.head.i > top.i:
        noun = next(iter(children(top, "pobj")), None)
        turned = top.lower_ == "in" and noun is not None and noun.lower_ in TURNS
        if noun is not None and (turned or top.lower_ == "despite") and len(subtree(noun)) >= 3:
            return subtree(noun)
    if top.dep_ == "advcl" and any(c.lower_ == "with" for c in children(top, "mark")):
        return {i for i in subtree(top) if parsed.doc[i].lower_ != "with" or i > top.i}
    segment = parsed.segment(top.i)
    if (
        top.lower_ in verbs()
        or top.lower_ in ASIDE
        or children(top, "advmod")
        and (children(top, "advmod")[0].lower_ in ("when", "as", "if"))
    ):
        return set()
    if top.dep_ == "advcl" and top.tag_ in ("VBG", "VBN") and not children(top, "nsubj", "mark"):
        edge = top.left_edge.i
        if edge <= segment.start + 1 and top.head.i > top.i and len(subtree(top)) >= 3:
            return subtree(top)
    return set()


def _what(
    parsed: Parsed, token: Any, noun: Any, tokens: frozenset[int], actor: Callable[[Any], bool]
) -> What | None:
    """Action or assessment, or none where a clause only describes."""
    clause = {token, *children(token, "aux", "auxpass", "advmod", "acomp", "attr")}
    judging = any(t.lower_ in JUDGING for t in clause) or any(
        g.lower_ in JUDGING for t in clause for g in t.children if t.dep_ in ("attr", "acomp")
    )
    if judging:
        return "assessment or prediction"
    if actor(noun):
        return "assessment or prediction" if token.lower_ in STATIVE else "action"
    return None


def _kind(parsed: Parsed, tokens: set[int]) -> What:
    doc = parsed.doc
    action = any(is_verb(doc[i]) and doc[i].lower_ not in STATIVE for i in tokens)
    return "action" if action else "assessment or prediction"
