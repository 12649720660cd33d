"""Passives: "was rejected by Tehran as baseless", "are expected to resume", "it was said that"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading.cues import Verb, verbs
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.row import Polarity
from zopa.reading.rules_verbs import in_long_quote, polarity_of
from zopa.reading.tree import agent, children, is_verb, noun_phrase, passive, subtree

ALONE = frozenset("announce confirm report allege deny condemn dispute contest reject".split())
ADDRESSED = frozenset(
    "tell inform assure warn remind order instruct urge ask advise notify".split()
)


def find(parsed: Parsed) -> Iterator[Found]:
    """Every passive reporting verb outside long quotations."""
    for token in parsed.doc:
        if in_long_quote(parsed, token.i) or not is_verb(token) or not passive(token):
            continue
        if token.dep_ == "amod":
            continue
        known = verbs().get(token.lower_, ())
        for verb in known:
            found = _read(parsed, token, verb)
            if found is not None:
                yield found
                break


def _as_reported(parsed: Parsed, token: Any, verb: Verb) -> Found | None:
    """ "As has been reported repeatedly, A": the rest of the segment."""
    segment = parsed.segment(token.i)
    if parsed.doc[segment.start].lower_ != "as" or token.i - segment.start > 5:
        return None
    if children(token, "nsubj", "nsubjpass", "agent") or "S" not in verb.frames:
        return None
    comma = next((i for i in range(token.i, segment.end) if parsed.doc[i].text == ","), None)
    if comma is None or comma - token.i > 4:
        return None
    content = tidy(parsed.doc, range(comma + 1, segment.end))
    return Found("agentless passive", content, (token.i,), None, verb.what, verb.slant,
                 passive=True)  # fmt: skip


def _listed(token: Any) -> Any | None:
    """The subject of "was backed by A, contradicted by B", where the parser hung B's verb on A."""
    head = token.head
    if token.dep_ != "acl" or head.dep_ != "pobj" or head.head.dep_ != "agent":
        return None
    main = head.head.head
    set_apart = any(t.text == "," for t in token.doc[head.i : token.i])
    subjects = children(main, "nsubjpass")
    return subjects[0] if passive(main) and set_apart and subjects else None


def _read(parsed: Parsed, token: Any, verb: Verb) -> Found | None:
    if token.dep_ == "advcl" and any(c.lower_ == "as" for c in children(token, "mark", "advmod")):
        reported = _as_reported(parsed, token, verb)
        if reported is not None:
            return reported
    by = agent(token)
    content, patient = _content(parsed, token, verb)
    if by is not None and any(c.tag_ == "VBG" for c in [by]):
        by = None
    if by is None and (token.dep_ in ("acl", "advcl") or not _alone(token, verb)):
        return None
    if token.dep_ == "acl" and not {"O", "A"} & verb.frames:
        return None
    if not {"O", "A", "N"} & verb.frames and not _alone(token, verb):
        return None
    if verb.frames == {"A"} and not _alone(token, verb):
        return None
    tokens = tidy(parsed.doc, content)
    if not tokens:
        return None
    polarity: Polarity = polarity_of(token, verb)
    source = noun_phrase(parsed, by) if by is not None else None
    if source is not None:
        tokens = frozenset(i for i in tokens if not source[0] <= i < source[1])
    return Found(
        "by-passive" if by is not None else "agentless passive",
        tokens,
        (token.i,),
        source,
        verb.what,
        verb.slant,
        polarity,
        passive=by is None,
    )


def _alone(token: Any, verb: Verb) -> bool:
    """Whether a passive without an agent reports: "is seen as", "was announced"."""
    below = children(token, "xcomp", "ccomp", "oprd", "advcl")
    taken = any(c.lower_ == "as" for c in children(token, "prep", "mark", "advmod"))
    if verb.lemma in ALONE:
        return bool(children(token, "nsubjpass")) or bool(below)
    if verb.what == "words" and verb.lemma not in (
        "say",
        "report",
        "allege",
        "rumour",
        "rumor",
        "claim",
        "describe",
        "call",
        "tell",
        "order",
        "urge",
        "warn",
    ):
        return False
    if verb.lemma in ("expect", "plan") and token.i + 1 < len(token.doc):
        return bool(below) or any(c.i > token.i for c in children(token, "npadvmod", "prep"))
    subjects = children(token, "nsubjpass")
    if subjects and subjects[0].lower_ == "it" and token.dep_ == "parataxis":
        return True
    return bool(below) or taken and "A" in verb.frames


def _content(parsed: Parsed, token: Any, verb: Verb) -> tuple[set[int], Any | None]:
    """What is reported: the clause, or the subject with what it is taken for."""
    subjects = children(token, "nsubjpass", "nsubj", "csubjpass", "csubj")
    top = token
    while not subjects and top.dep_ == "conj":
        top = top.head
        subjects = children(top, "nsubjpass", "nsubj")
    clauses = [c for c in children(token, "ccomp", "xcomp", "oprd", "acomp") if c.i > token.i]
    content: set[int] = set()
    if subjects and subjects[0].lower_ == "it" and not clauses:
        clauses = [c for c in children(token, "ccomp") if c.i < subjects[0].i]
        clauses += [token.head] if token.dep_ == "parataxis" and is_verb(token.head) else []
        aside = subtree(token) if token.dep_ == "parataxis" else {token.i}
        return {i for c in clauses for i in subtree(c) if i not in aside}, subjects[0]
    for clause in clauses:
        content |= subtree(clause)
    for child in token.children:
        if (
            child.i > token.i
            and verb.lemma in ("expect", "plan")
            and child.dep_ in ("npadvmod", "prep", "advmod")
            and child.lower_ != "by"
        ):
            content |= subtree(child)
        if child.i > token.i and (
            child.lower_ == "as" or any(g.lower_ == "as" for g in child.children)
        ):
            if child.dep_ in ("prep", "advcl", "advmod", "mark"):
                content |= subtree(child)
    listed = _listed(token)
    if listed is not None:
        return content | subtree(listed), listed
    if token.dep_ in ("acl", "relcl") and (not subjects or subjects[0].lower_ in ("which", "that")):
        head = token.head
        content |= subtree(head) - subtree(token) if not is_verb(head) else set()
        return content, head
    if subjects and subjects[0].lower_ not in ("it", "there") and verb.lemma not in ADDRESSED:
        content |= {i for i in subtree(subjects[0])}
    elif subjects and subjects[0].lower_ == "it" and not any(c.dep_ == "ccomp" for c in clauses):
        content |= {subjects[0].i}
    return content, subjects[0] if subjects else None
