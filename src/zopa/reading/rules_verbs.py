"""Reporting verbs with their complements: said that …, denied the report, vowed to respond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import SPEAKING, Verb, lemma_of, verbs
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.row import Polarity, What
from zopa.reading.tree import children, finite, is_verb, negated, noun_phrase, passive, subtree

LONG_QUOTE = 4
REFUSING = frozenset("decline refuse".split())
FAILING = frozenset("fail yet have".split())


def find(parsed: Parsed) -> Iterator[Found]:
    """Every active reporting verb of a paragraph outside long quotations."""
    for token in parsed.doc:
        if in_long_quote(parsed, token.i) or not is_verb(token):
            continue
        if token.dep_ in ("amod", "compound", "auxpass", "aux") or passive(token):
            continue
        refused = _refusal(parsed, token)
        if refused is not None:
            yield refused
            continue
        if _governed(token):
            continue
        for verb in verbs().get(token.lower_, ()):
            found = _read(parsed, token, verb)
            if found is not None:
                yield found
                break


def in_long_quote(parsed: Parsed, index: int) -> bool:
    """Whether a token stands in a quotation of some length, whose words are the speaker's."""
    number = parsed.quoted[index]
    return number >= 0 and parsed.quotes[number][1] - parsed.quotes[number][0] >= LONG_QUOTE


def _governed(token: Any) -> bool:
    """Whether the verb belongs to a refusal, or to a `failed to confirm`, read from above."""
    return token.dep_ == "xcomp" and lemma_of(token.head.lower_) in REFUSING


def polarity_of(token: Any, verb: Verb) -> Polarity:
    """The polarity with negation: what is not said, or an attitude that is not held."""
    negative = (
        negated(token)
        or token.dep_ == "xcomp"
        and token.head.lower_ in ("failed", "fails", "yet", "has", "have")
        and token.head.lower_ != "has"
    )
    if (
        not negative
        and token.dep_ in ("xcomp", "relcl")
        and any(c.lower_ == "yet" for c in token.head.children)
    ):
        negative = True
    if not negative:
        return verb.polarity
    if verb.what == "attitude or intent" and verb.polarity == "asserted":
        return "denied"
    modal = any(c.lower_ in ("would", "will", "could", "can") for c in children(token, "aux"))
    return "declined" if modal and verb.lemma in SPEAKING else "not said"


def _refusal(parsed: Parsed, token: Any) -> Found | None:
    """ "declined to comment on X", "refused to withdraw", "would not say"."""
    lemma = lemma_of(token.lower_)
    noun = scope.owner(token)
    if noun is None:
        return None
    below = next(iter(children(token, "xcomp")), None)
    if lemma in REFUSING and below is not None:
        spoken = lemma_of(below.lower_)
        if spoken not in SPEAKING or below.lower_ == "be" and not children(below, "acomp"):
            return Found(
                "infinitive",
                tidy(parsed.doc, subtree(below)),
                (token.i,),
                noun_phrase(parsed, noun),
                "attitude or intent",
                polarity="declined",
            )
        content = _topic(parsed, below)
        cue = (token.i, *(i for i in range(below.i - 1, below.i + 1) if i > token.i))
        return Found("declining", content, cue, noun_phrase(parsed, noun), polarity="declined")
    modal = any(c.lower_ in ("would", "could", "will") for c in children(token, "aux"))
    if lemma in SPEAKING and negated(token) and lemma not in ("give", "provide", "be", "rule"):
        if any(verb for verb in verbs().get(token.lower_, ()) if verb.polarity == "denied"):
            return None
        content = _topic(parsed, token)
        if not content and lemma not in (
            "comment",
            "respond",
            "reply",
            "answer",
            "elaborate",
            "say",
        ):
            return None
        polarity: Polarity = "declined" if modal else "not said"
        return Found("declining", content, (token.i,), noun_phrase(parsed, noun), polarity=polarity)
    return None


def _topic(parsed: Parsed, verb: Any) -> frozenset[int]:
    """What a verb of speaking is about: its clause, object, or the object of its preposition."""
    for child in children(verb, "ccomp", "dobj", "xcomp", "advcl"):
        if child.i > verb.i and child.lower_ not in ("reporters", "journalists"):
            content = (scope.clause if child.dep_ in ("ccomp", "advcl") else scope.object_of)(
                parsed, verb, child
            )
            return tidy(parsed.doc, content)
    for prep in children(verb, "prep"):
        if prep.lower_ in ("on", "about", "to", "upon", "of") and prep.i > verb.i:
            topic = set[int]()
            for noun in prep.children:
                topic |= subtree(noun)
            if topic and not scope._when(prep):
                return tidy(parsed.doc, topic)
    return frozenset()


def _read(parsed: Parsed, token: Any, verb: Verb) -> Found | None:
    """One sense of a verb: the first frame that its complements fill."""
    noun = scope.owner(token)
    if noun is None or noun.i == token.i:
        return None
    rule, content, cue = _complement(parsed, token, verb, noun)
    content = content - set(cue)
    if not content or not rule:
        return None
    named = noun_phrase(parsed, noun)
    if rule != "complement clause" and not roles.can_speak(noun):
        return None
    if noun.tag_ == "VBG" or noun.lower_ in ("this", "that", "these", "those", "what", "there"):
        return None
    content -= set(range(named[0], named[1])) if noun.i < token.i or rule != "object" else set()
    what: What = verb.what
    tidied = tidy(parsed.doc, content, keep_leading=rule in ("object", "naming"))
    if not tidied:
        return None
    return Found(rule, tidied, cue, named, what, verb.slant, polarity_of(token, verb))


Complement = tuple[str, set[int], tuple[int, ...]]
NOTHING: Complement = ("", set(), ())


def _complement(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """The rule that fits, the content and the tokens of the cue."""
    frames, cue = verb.frames, (token.i,)
    as_clause = any(c.lower_ == "as" and c.i < token.i for c in children(token, "mark", "advmod"))
    if (
        as_clause
        and token.dep_ in ("advcl", "parataxis", "ccomp")
        and "S" in frames | ({"S"} & {"S" if verb.lemma in ("put", "describe", "call") else ""})
    ):
        return _around(parsed, token, noun)
    clauses = [
        c
        for c in children(token, "ccomp")
        if is_verb(c)
        or c.pos_ in ("AUX", "VERB")
        or children(c, "nsubj", "nsubjpass", "cop", "aux", "mark")
    ]
    right = [c for c in clauses if c.i > token.i]
    left = [c for c in clauses if c.i < token.i]
    if "S" in frames:
        if right:
            return "complement clause", scope.clause(parsed, token, right[0]), cue
        if left and (finite(left[0]) or parsed.quoted[left[0].i] >= 0):
            return "complement clause", scope.before(parsed, token, noun, left[0]), cue
    if {"N", "G", "A"} & frames and right:
        rule = "infinitive" if "N" in frames else "object"
        return rule, scope.clause(parsed, token, right[0]), cue
    things = [c for c in children(token, "dobj") if c.i > token.i]
    infinitives = [c for c in children(token, "xcomp") if c.i > token.i]
    if "A" in frames and (things or infinitives):
        taken = [
            c
            for c in children(token, "oprd", "prep", "advcl", "xcomp", "acomp", "attr")
            if c.i > token.i
            and (
                c.dep_ != "prep"
                and c.dep_ != "advcl"
                or c.lower_ == "as"
                or any(g.lower_ == "as" for g in c.children)
            )
        ]
        if taken and things:
            return "naming", scope.object_of(parsed, token, things[0]) | subtree(taken[-1]), cue
        if taken and taken[0].dep_ in ("oprd", "xcomp"):
            return "naming", subtree(taken[0]), cue
    if "N" in frames and things and infinitives:
        return "infinitive", subtree(things[0]) | subtree(infinitives[0]), cue
    if (
        "I" in frames
        or "G" in frames
        or "S" in frames
        and verb.lemma not in ("hold", "put", "begin")
    ) and infinitives:
        if infinitives[0].tag_ != "VBG" or "G" in frames:
            return (
                "infinitive",
                subtree(infinitives[0]) | _after(parsed, token, infinitives[0]),
                cue,
            )
    for prep in children(token, "prep", "prt", "advmod"):
        if prep.i < token.i:
            continue
        objects = [c for c in children(prep, "pobj", "pcomp")]
        if prep.lower_ in verb.keeps and things and objects:
            return "object", scope.object_of(parsed, token, things[0]), cue
        if prep.lower_ in verb.prepositions and objects and not (scope._when(prep) and things):
            content = subtree(objects[0])
            if prep.i > token.i + 1 and things and not {"T"} & frames:
                content |= subtree(things[0])
            for more in infinitives + right:
                content |= subtree(more)
            return "object", content, (token.i, prep.i) if prep.i == token.i + 1 else cue
    if "O" in frames and things and things[0].lower_ not in ("reporters", "journalists"):
        return "object", scope.object_of(parsed, token, things[0]), cue
    if "O" in frames and right:
        return "object", scope.clause(parsed, token, right[0]), cue
    if "S" in frames and not things:
        return _parenthetical(parsed, token, noun)
    return NOTHING


def _after(parsed: Parsed, cue: Any, top: Any) -> set[int]:
    """Adverbials that the parser hung on the cue after an infinitive."""
    gained: set[int] = set()
    for child in cue.children:
        if child.i > top.i and child.dep_ in ("prep", "npadvmod") and not scope._when(child):
            gained |= subtree(child)
        if (
            child.i > top.i
            and child.dep_ == "conj"
            and child.tag_ == "VB"
            and not scope.reporting(child)
        ):
            gained |= subtree(child)
    return gained


def _around(parsed: Parsed, token: Any, noun: Any) -> Complement:
    """ "as A put it": the clause that it stands in."""
    gone = subtree(token)
    if token.head.i == token.i:
        return NOTHING
    content = scope.whole_clause(parsed, token.i, gone)
    return "complement clause", content, (token.i,)


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
    ):
        gone = {i for i in subtree(token) if i >= noun.left_edge.i or i >= token.i}
        if len(gone) < 14:
            content = scope.whole_clause(parsed, token.i, gone)
            return "complement clause", content, (token.i,)
    start = min(token.i, noun.left_edge.i)
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
        if len(rest) <= 8 and any(finite(doc[i]) for i in left) and not children(token, "dobj"):
            return "complement clause", left, (token.i,)
    return NOTHING
