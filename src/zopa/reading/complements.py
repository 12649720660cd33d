"""Complements that are no clauses: noun phrases, infinitives, what something is taken for."""

from __future__ import annotations

from typing import Any

from zopa.reading import scope
from zopa.reading.cues import Verb
from zopa.reading.parse import Parsed
from zopa.reading.reporting import reporting
from zopa.reading.tree import children, subtree

PARTICLES = {
    "rule": ("out",),
    "play": ("down", "up"),
    "brush": ("off", "aside"),
    "shrug": ("off",),
    "laugh": ("off", "away"),
    "wave": ("away", "off"),
    "lay": ("out",),
    "set": ("out",),
    "spell": ("out",),
}
"""Verbs that report only with one of these particles."""
CALLING = frozenset("call term dub brand label deem".split())

Complement = tuple[str, set[int], tuple[int, ...]]
NOTHING: Complement = ("", set(), ())


def relative(parsed: Parsed, token: Any, verb: Verb) -> Complement:
    """ "a claim that Y dismisses": the noun before a relative clause is the object."""
    own = [c for c in children(token, "nsubj") if c.lower_ not in ("that", "which", "who", "what")]
    if token.dep_ not in ("relcl", "acl") or not own or not {"O", "A"} & verb.frames:
        return NOTHING
    if objects_of(token) and verb.lemma not in CALLING:
        return NOTHING
    head = token.head
    edge = token.left_edge.i
    pronoun = any(c.lower_ in ("that", "which", "whom") for c in token.children)
    if not head.tag_.startswith("NN") or parsed.doc[edge - 1].text == "," and not pronoun:
        return NOTHING
    named = {i for thing in objects_of(token) for i in subtree(thing)}
    return "object", {*range(head.left_edge.i, head.i + 1), *named}, (token.i,)


def objects_of(token: Any) -> list[Any]:
    """The direct objects after a verb."""
    return [c for c in children(token, "dobj") if c.i > token.i]


def naming(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """What something is taken for: called it a trap, sees the talks as a trap."""
    if "A" not in verb.frames and "as" not in verb.keeps:
        return NOTHING
    things = objects_of(token)
    taken = [
        c
        for c in children(token, "oprd", "prep", "advcl", "xcomp", "acomp", "attr", "advmod")
        if c.i > token.i
        and (
            c.dep_ in ("oprd", "xcomp", "acomp", "attr")
            and not children(c, "aux")
            or c.lower_ == "as"
            or any(g.lower_ == "as" for g in c.children)
        )
    ]
    if taken and things and things[0].i > taken[0].i:
        return "naming", subtree(taken[0]) | scope.object_of(parsed, token, things[0]), (token.i,)
    if taken and things:
        content = scope.object_of(parsed, token, things[0]) | subtree(taken[-1])
        return "naming", scope.cut_adversary(parsed, token, content), (token.i,)
    if (
        taken
        and taken[0].dep_ in ("oprd", "xcomp", "acomp", "attr")
        or taken
        and verb.lemma in ("dismiss", "reject", "describe", "denounce")
    ):
        content = subtree(taken[0])
        if token.dep_ in ("relcl", "acl") and not things:
            content |= relative(parsed, token, verb)[1]
        return "naming", content, (token.i,)
    if things and any(c.lower_ == "as" and c.dep_ == "prep" for c in things[0].children):
        return "naming", subtree(things[0]), (token.i,)
    if things and any(parsed.quoted[i] >= 0 for i in subtree(things[0])):
        return "naming", subtree(things[0]), (token.i,)
    return NOTHING


def infinitive(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """vowed to respond; urged both sides to talk."""
    things = objects_of(token)
    below = [c for c in children(token, "xcomp") if c.i > token.i]
    if not below:
        return NOTHING
    if "N" in verb.frames and things:
        content = subtree(things[0]) | subtree(below[0]) | _after(parsed, token, below[0])
        return "infinitive", content, (token.i,)
    bare = "S" in verb.frames and verb.lemma not in ("hold", "put", "begin", "make", "find")
    if not ({"I", "G", "N"} & verb.frames or bare):
        return NOTHING
    if below[0].tag_ == "VBG" and "G" not in verb.frames:
        return NOTHING
    content = subtree(below[0]) | _after(parsed, token, below[0])
    return "infinitive", scope.cut_adversary(parsed, token, content), (token.i,)


def preposition(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """called for a pause; accused Avaria of shelling."""
    things = objects_of(token)
    for prep in children(token, "prep", "prt", "advmod"):
        if prep.i < token.i:
            continue
        objects = children(prep, "pobj", "pcomp")
        if prep.lower_ in verb.keeps and things and objects:
            told = scope.object_of(parsed, token, things[0]) | subtree(prep)
            return "object", scope.cut_adversary(parsed, token, told), (token.i,)
        if prep.lower_ in verb.prepositions and objects:
            if scope.when(prep) and (things or "O" in verb.frames or "S" in verb.frames):
                continue
            content = subtree(objects[0])
            if prep.i > token.i + 1 and things and "T" not in verb.frames:
                content |= subtree(things[0])
            for more in children(token, "xcomp", "ccomp"):
                if more.i > prep.i:
                    content |= subtree(more)
            cue = (token.i, prep.i) if prep.i == token.i + 1 else (token.i,)
            return "object", scope.cut_adversary(parsed, token, content), cue
    return NOTHING


def object_(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """denied the report; ruled out talks."""
    things = objects_of(token)
    if things and verb.lemma == "say" and things[0].tag_ == "CD":
        return "object", subtree(things[0]), (token.i,)
    if "O" not in verb.frames or not things or things[0].lower_ in ("reporters", "journalists"):
        return NOTHING
    particles = [
        c
        for c in children(token, "prt", "advmod")
        if c.i == token.i + 1 and c.lower_ in ("out", "off", "aside", "down", "away", "up")
    ]
    if verb.lemma in PARTICLES:
        if not particles or particles[0].lower_ not in PARTICLES[verb.lemma]:
            return NOTHING
        return "object", scope.object_of(parsed, token, things[0]), (token.i, particles[0].i)
    content = scope.object_of(parsed, token, things[0])
    if verb.lemma in ("voice", "express"):
        content |= _fronted(parsed, token)
    return "object", content, (token.i,)


def _fronted(parsed: Parsed, token: Any) -> set[int]:
    """What a feeling is about where it opens the segment: "On the exchange, he voiced hope"."""
    first = parsed.segment(token.i).start
    for prep in children(token, "prep"):
        if prep.i == first and prep.lower_ in ("on", "about", "over") and not scope.when(prep):
            return subtree(prep)
    return set()


def _after(parsed: Parsed, cue: Any, top: Any) -> set[int]:
    """Adverbials that the parser hung on the cue after an infinitive."""
    gained: set[int] = set()
    for child in cue.children:
        if child.i > top.i and child.dep_ in ("prep", "npadvmod") and not scope.when(child):
            gained |= subtree(child)
        if (
            child.i > top.i
            and child.dep_ == "conj"
            and child.tag_ == "VB"
            and not reporting(child)
        ):
            gained |= subtree(child)
    return gained
