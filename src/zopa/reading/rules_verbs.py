"""Reporting verbs with their complements: said that …, denied the report, vowed to respond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import SPEAKING, Verb, lemma_of, verbs
from zopa.reading.cues import noun as reporting_noun
from zopa.reading.found import Found, tidy
from zopa.reading.frames import complement
from zopa.reading.parse import Parsed
from zopa.reading.reporting import reporting
from zopa.reading.row import Polarity, What
from zopa.reading.tree import children, finite, is_verb, negated, noun_phrase, passive, subtree

LONG_QUOTE = 4
COMMENT = frozenset(
    "signaling signalling suggesting indicating reflecting raising marking underscoring "
    "underlining showing hinting implying".split()
)
REFUSING = frozenset("decline refuse".split())
FORESEEN = frozenset("likely unlikely set bound poised due expected certain able".split())
DOCUMENTARY = frozenset("list record".split())
"""Verbs that report only of documents."""
ASIDE = frozenset("comment speak respond reply refer".split())
DETAILS = frozenset(
    "details comment information figures figure reasons reason number names answer "
    "explanation".split()
)
SAYING_LESS = frozenset(
    "give provide be rule release publish endorse report admit estimate deny".split()
)


def find(parsed: Parsed) -> Iterator[Found]:
    """Every active reporting verb of a paragraph outside long quotations."""
    for token in parsed.doc:
        if in_long_quote(parsed, token.i) or not is_verb(token):
            continue
        if token.dep_ in ("amod", "compound", "auxpass", "aux") or passive(token):
            continue
        if token.dep_ == "xcomp" and token.head.lower_ in FORESEEN:
            continue
        asked = token.lower_ in ("asked", "pressed", "questioned")
        if asked and token.i and parsed.doc[token.i - 1].text == ",":
            continue
        if token.dep_ == "advcl" and token.lower_ in ("citing", "quoting"):
            continue
        if token.dep_ == "advcl" and token.lower_ in COMMENT and _narrated(token.head):
            continue
        refused = _refusal(parsed, token)
        if refused is not None:
            yield refused
            continue
        if (
            _governed(token)
            or token.dep_ == "advcl"
            and token.tag_ == "VBG"
            and (lemma_of(token.lower_) in ASIDE)
        ):
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


def _narrated(head: Any) -> bool:
    """Whether a main verb reports no words, so that ", signalling …" is the narrator's comment."""
    verb = reporting(head)
    return verb is None or verb.what != "words"


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
    longer = any(c.lower_ == "longer" for c in token.children)
    if longer and verb.polarity == "denied":
        return "asserted"
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
        drawn = below.lower_ == "drawn"
        detail = any(c.lower_ in DETAILS for c in children(below, "dobj"))
        if not drawn and (spoken not in SPEAKING or spoken in SAYING_LESS and not detail):
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
    detail = any(c.lower_ in DETAILS for c in children(token, "dobj"))
    if lemma in SPEAKING and negated(token) and (lemma not in SAYING_LESS or detail and modal):
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
        if prep.lower_ in ("on", "about", "to", "upon", "of", "into") and prep.i > verb.i:
            topic = set[int]()
            for noun in prep.children:
                topic |= subtree(noun)
            if topic and not scope.when(prep):
                return tidy(parsed.doc, topic)
    return frozenset()


def _read(parsed: Parsed, token: Any, verb: Verb) -> Found | None:
    """One sense of a verb: the first frame that its complements fill."""
    noun = scope.owner(token)
    inserted = _inserted(parsed, token, noun) if "S" in verb.frames else None
    if inserted is not None:
        noun, rule, content = inserted
        cue: tuple[int, ...] = (token.i,)
    elif noun is None or noun.i == token.i:
        return None
    else:
        rule, content, cue = complement(parsed, token, verb, noun)
    if {"named", "identified", "quoted"} & {parsed.doc[i].lower_ for i in content} and (
        len(content) <= 6 and rule == "infinitive"
    ):
        return None
    content = content - set(cue)
    if not content or not rule:
        return None
    named = noun_phrase(parsed, noun)
    if rule != "complement clause" and not roles.can_speak(noun):
        return None
    if verb.lemma == "find" and reporting_noun(noun.lower_) is not None:
        return None
    if verb.lemma in DOCUMENTARY and roles.kind(noun.lower_) != "document":
        return None
    if noun.tag_ == "VBG" or noun.lower_ in ("this", "that", "these", "those", "what", "there"):
        return None
    content -= set(range(named[0], named[1])) if noun.i < token.i or rule != "object" else set()
    what: What = verb.what
    if rule == "naming" and content and parsed.doc[min(content)].lower_ == "as":
        content = content - {min(content)}
    tidied = tidy(parsed.doc, content, keep_leading=rule in ("object", "naming"))
    if not tidied:
        return None
    modal = any(c.tag_ == "MD" for c in children(token, "aux"))
    if modal and verb.what == "attitude or intent" and rule in ("object", "infinitive"):
        return None
    chain = _quoted_source(parsed, token)
    return Found(rule, tidied, cue, named, what, verb.slant, polarity_of(token, verb), chain=chain)


def _quoted_source(parsed: Parsed, token: Any) -> tuple[tuple[int, int, int], ...]:
    """ "The agency, citing an officer, said", "quoted an officer as saying": the source within."""
    prep = token.head
    if (
        token.dep_ != "pcomp"
        or prep.lower_ != "as"
        or lemma_of(prep.head.lower_) not in ("quote", "cite")
    ):
        return ()
    return tuple(noun_phrase(parsed, c) for c in children(prep.head, "dobj")[:1])


def _inserted(parsed: Parsed, token: Any, noun: Any | None) -> tuple[Any, str, set[int]] | None:
    """ "The talks, two diplomats with knowledge of them said, collapsed" where the parser took the
    first noun for the subject; and "Border to open, says minister" where it found none."""
    doc, segment = parsed.doc, parsed.segment(token.i)
    if not finite(token) or token.i + 1 >= segment.end:
        return None
    before = token.i - 1
    while before > segment.start and doc[before].text != "," and token.i - before < 12:
        before -= 1
    if before <= segment.start or doc[before].text != ",":
        return None
    if noun is None and before == token.i - 1:
        rest = [i for i in range(token.i + 1, segment.end) if doc[i].is_alpha]
        if not rest or len(rest) > 8 or any(is_verb(doc[i]) for i in rest):
            return None
        head = next((doc[i] for i in rest if _heads(doc, i)), None)
        return (head, "complement clause", set(range(segment.start, before))) if head else None
    if doc[token.i + 1].text != "," or noun is not None and noun.i > before:
        return None
    between = range(before + 1, token.i)
    if any(is_verb(doc[i]) and finite(doc[i]) for i in between):
        return None
    head = next((doc[i] for i in between if _heads(doc, i)), None)
    after = range(token.i + 2, segment.end)
    if head is None or not any(is_verb(doc[i]) for i in after) or not roles.can_speak(head):
        return None
    return head, "complement clause", {*range(segment.start, before), *after}


def _heads(doc: Any, index: int) -> bool:
    """Whether a token is the last noun of a noun phrase."""
    token = doc[index]
    following = doc[index + 1] if index + 1 < len(doc) else None
    return bool(token.tag_.startswith(("NN", "PRP")) and token.tag_ != "PRP$") and not (
        following is not None and (following.tag_.startswith("NN") or following.dep_ == "case")
    )
