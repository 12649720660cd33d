"""Reporting verbs with their complements: said that …, denied the report, vowed to respond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import SPEAKING, Verb, lemma_of, verbs
from zopa.reading.cues import noun as reporting_noun
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.row import Polarity, What
from zopa.reading.tree import children, finite, is_verb, negated, noun_phrase, passive, subtree

LONG_QUOTE = 4
COMMENT = frozenset(
    "signaling signalling suggesting indicating reflecting raising marking underscoring "
    "underlining showing hinting implying".split()
)
REFUSING = frozenset("decline refuse".split())
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
FORESEEN = frozenset("likely unlikely set bound poised due expected certain able".split())
GRANTING = frozenset("allow grant charge submit".split())
"""Verbs that report only with "that" behind them."""
DOCUMENTARY = frozenset("list record".split())
"""Verbs that report only of documents."""
CALLING = frozenset("call term dub brand label deem".split())
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
    verb = scope.reporting(head)
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
        rule, content, cue = _complement(parsed, token, verb, noun)
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


Complement = tuple[str, set[int], tuple[int, ...]]
NOTHING: Complement = ("", set(), ())


def _complement(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """The rule that fits, the content and the tokens of the cue; the first that finds something."""
    for frame in (_as_clause, _clause, _naming, _infinitive, _preposition, _object):
        rule, content, cue = frame(parsed, token, verb, noun)
        if content:
            if rule == "complement clause":
                content = scope.cut_adversary(parsed, token, content)
            return rule, content, cue
    relative = _relative(parsed, token, verb)
    if relative[1]:
        return relative
    if "S" in verb.frames and not _things(token):
        rule, content, cue = _parenthetical(parsed, token, noun)
        return rule, scope.cut_adversary(parsed, token, content), cue
    return NOTHING


def _relative(parsed: Parsed, token: Any, verb: Verb) -> Complement:
    """ "a claim that Y dismisses": the noun before a relative clause is the object."""
    own = [c for c in children(token, "nsubj") if c.lower_ not in ("that", "which", "who", "what")]
    if token.dep_ not in ("relcl", "acl") or not own or not {"O", "A"} & verb.frames:
        return NOTHING
    if _things(token) and verb.lemma not in CALLING:
        return NOTHING
    head = token.head
    edge = token.left_edge.i
    pronoun = any(c.lower_ in ("that", "which", "whom") for c in token.children)
    if not head.tag_.startswith("NN") or parsed.doc[edge - 1].text == "," and not pronoun:
        return NOTHING
    named = {i for thing in _things(token) for i in subtree(thing)}
    return "object", {*range(head.left_edge.i, head.i + 1), *named}, (token.i,)


def _things(token: Any) -> list[Any]:
    """The direct objects after a verb."""
    return [c for c in children(token, "dobj") if c.i > token.i]


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
    if later and not _things(token):
        return "complement clause", scope.cut_adversary(parsed, token, later), (token.i,)
    if {"N", "G", "A"} & verb.frames and right:
        rule = "infinitive" if "N" in verb.frames else "naming" if "A" in verb.frames else "object"
        return rule, scope.clause(parsed, token, right[0]), (token.i,)
    if "O" in verb.frames and right and not _things(token):
        return "object", scope.clause(parsed, token, right[0]), (token.i,)
    return NOTHING


def _speaks_after(parsed: Parsed, clause: Any) -> bool:
    """Whether a clause is a speaker's ", its minister cautioned" and no complement."""
    verb, doc = scope.reporting(clause), parsed.doc
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


def _naming(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """What something is taken for: called it a trap, sees the talks as a trap."""
    if "A" not in verb.frames and "as" not in verb.keeps:
        return NOTHING
    things = _things(token)
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
            content |= _relative(parsed, token, verb)[1]
        return "naming", content, (token.i,)
    if things and any(c.lower_ == "as" and c.dep_ == "prep" for c in things[0].children):
        return "naming", subtree(things[0]), (token.i,)
    if things and any(parsed.quoted[i] >= 0 for i in subtree(things[0])):
        return "naming", subtree(things[0]), (token.i,)
    return NOTHING


def _infinitive(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """vowed to respond; urged both sides to talk."""
    things = _things(token)
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


def _preposition(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """called for a pause; accused Avaria of shelling."""
    things = _things(token)
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


def _object(parsed: Parsed, token: Any, verb: Verb, noun: Any) -> Complement:
    """denied the report; ruled out talks."""
    things = _things(token)
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
    return "object", scope.object_of(parsed, token, things[0]), (token.i,)


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
            and not scope.reporting(child)
        ):
            gained |= subtree(child)
    return gained


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
        and scope.reporting(token.head) is None
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
