"""How far a content reaches: from the complement to where the narrator or an adversary speaks."""

from __future__ import annotations

from typing import Any

from zopa.reading.cues import verbs
from zopa.reading.found import tidy
from zopa.reading.parse import Parsed
from zopa.reading.reporting import above, reporting, same_tense, tense
from zopa.reading.roles import can_speak
from zopa.reading.tree import children, finite, is_verb, subject, subtree

CONTRAST = frozenset("while whereas although though but as even yet and".split())
SILENT = frozenset(
    "elaborating giving providing offering naming specifying further explaining".split()
)
CONDITIONS = frozenset("if unless until before because once so after since as when".split())
OPPOSING = frozenset("while whereas although though but".split())
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month "
    "statement briefing interview news conference call remarks address speech letter communique "
    "communiqué morning afternoon evening night day post message note january february march april "
    "may june july august september october november december year hours telephone "
    "television".split()
)


def cut_adversary(parsed: Parsed, cue: Any, content: set[int]) -> set[int]:
    """A content without what others say beside the speaker, and without what he says besides.

    1. "X said that A, while Y denied B": the clause after the comma has its own subject and a
       reporting verb in the tense of the first, or denies; Y's words are not X's.
    2. "X blamed Y, which said …": so does a relative clause after a comma.
    3. "X said that A and accused Y": another verb of X (`above`).
    4. ", according to Z": another source.
    """
    doc = parsed.doc
    first = min(content, default=0)
    for i in sorted(content):
        token = doc[i]
        if i == first or token.i == cue.i:
            continue
        if token.lower_ == "according" and i > first + 1 and doc[i - 1].text == ",":
            content = {j for j in content if j < i - 1 or j > token.right_edge.i}
            continue
        if token.lower_ == "without" and i + 1 < len(doc) and doc[i + 1].lower_ in SILENT:
            content = {j for j in content if j < i or j > token.right_edge.i}
            continue
        answer = _answer(doc, token, first)
        if answer is not None:
            content = {j for j in content if j < answer or j > token.right_edge.i}
            continue
        if token.dep_ not in ("advcl", "conj", "parataxis", "ccomp", "relcl"):
            continue
        verb = reporting(token)
        if verb is None or not finite(token) and above(token) is None:
            continue
        if above(token) is not None:
            start = token.i
            while start - 1 > first and (
                doc[start - 1].dep_ in ("cc", "advmod", "aux", "neg")
                or doc[start - 1].text in (",", "—", "–")
            ):
                start -= 1
            content = {j for j in content if j < start}
            continue
        own = children(token, "nsubj", "nsubjpass")
        denies = verb.polarity == "denied"
        if not own or tense(token) == "pluperfect" and not denies:
            continue
        if token.dep_ == "relcl":
            edge = token.left_edge.i
            named = own[0].tag_.startswith("NNP")
            speaks = same_tense(token, cue) and own[0].lower_ in ("who", "which")
            if (speaks or named) and doc[edge - 1].text == "," and edge - 1 > first:
                content = {j for j in content if j < edge - 1 or j > token.right_edge.i}
            continue
        if own[0].lower_ in ("it", "they", "he", "she"):
            top = next((c for c in children(cue, "ccomp") if c.i in content), None)
            lead, opposed = _lead(doc, token, own[0], first)
            if (
                top is not None
                and lead is not None
                and doc[lead].text == ","
                and (same_tense(token, cue) and (opposed or not same_tense(top, cue)))
            ):
                content = {j for j in content if j < lead}
            continue
        if own[0].lower_ in ("that", "which", "who", "this"):
            continue
        lead, opposed = _lead(doc, token, own[0], first)
        if lead is not None and (
            opposed or denies or same_tense(token, cue) or _speaks(token, own[0])
        ):
            content = {j for j in content if j < lead}
    return content


def _speaks(verb: Any, noun: Any) -> bool:
    """Whether a clause after a comma has a speaker and a complement of its own."""
    known = reporting(verb)
    return (
        known is not None
        and known.what == "words"
        and can_speak(noun)
        and tense(verb) in ("past", "present")
        and bool(children(verb, "ccomp", "dobj"))
    )


def _answer(doc: Any, noun: Any, first: int) -> int | None:
    """The comma before "a claim that Y dismissed", "a version rejected by Y"; else none."""
    if not noun.tag_.startswith("NN") or noun.tag_.startswith("NNP"):
        return None
    edge = noun.left_edge.i
    if edge - 1 <= first or doc[edge - 1].text not in (",", "—", "–", "--"):
        return None
    if doc[edge].lower_ not in ("a", "an", "the", "which", "something"):
        return None
    for clause in children(noun, "relcl", "acl"):
        verb = reporting(clause)
        if verb is None:
            continue
        own = children(clause, "nsubj")
        speaks = bool(own) and own[0].lower_ not in ("that", "which", "who", "it", "he", "she")
        if speaks or any(c.lower_ == "by" for c in children(clause, "agent", "prep")):
            return int(edge - 1)
    return None


def _lead(doc: Any, verb: Any, noun: Any, first: int) -> tuple[int | None, bool]:
    """The comma or dash before a contrasting clause, and whether its conjunction opposes.

    None where nothing sets it apart.
    """
    start = noun.left_edge.i
    seen = opposed = False
    for i in range(start - 1, max(first, start - 6), -1):
        token = doc[i]
        if token.lower_ in CONTRAST:
            seen, opposed = True, opposed or token.lower_ in OPPOSING
        elif token.text in (",", "—", "–", "--", ";", ":"):
            return (i if seen or token.text != "," else None), opposed
        elif token.dep_ not in ("advmod", "mark", "cc", "npadvmod", "det", "prep", "pobj"):
            break
    if seen and (opposed or any(v.polarity == "denied" for v in verbs().get(verb.lower_, ()))):
        return int(start - 1), opposed
    return None, opposed


def clause(parsed: Parsed, cue: Any, top: Any) -> set[int]:
    """The content of a finite complement after its cue.

    1. The subtree of the complement's verb.
    2. What the parser hung on the cue after it: adverbials, and a conjoined verb without a subject
       of its own in another form than the cue's ("confirmed that … — and has facilitated").
    3. Less the clause of somebody else beside the speaker.
    """
    segment = parsed.segment(cue.i)
    content = subtree(top)
    for child in cue.children:
        if child.i < top.left_edge.i or child.i == top.i or child.i < cue.i:
            continue
        if child.dep_ in (
            "prep",
            "npadvmod",
            "advmod",
            "dobj",
            "dep",
            "acl",
            "attr",
            "oprd",
            "acomp",
        ):
            if not when(child):
                content |= subtree(child)
        elif child.dep_ == "conj" and is_verb(child) and reporting(child) is None:
            if not children(child, "nsubj", "nsubjpass", "expl") and (
                child.tag_ != cue.tag_ or children(child, "aux", "auxpass")
            ):
                content |= subtree(child)
            elif children(child, "mark") and children(child, "mark")[0].lower_ == "that":
                content |= subtree(child)
        elif child.dep_ == "ccomp" and child.i > top.i:
            content |= subtree(child)
        elif child.dep_ == "advcl" and reporting(child) is None:
            mark = [c.lower_ for c in children(child, "mark", "advmod")]
            if any(m in CONDITIONS for m in mark):
                content |= subtree(child)
    content |= _goes_on(doc=parsed.doc, top=top, last=max(content), end=segment.end)
    content = {i for i in content if segment.start <= i < segment.end and i > cue.i}
    return cut_adversary(parsed, cue, content)


def when(child: Any) -> bool:
    """Whether an adverbial says when or where it was said rather than what."""
    return any(t.lower_ in TIMES for t in child.subtree) and len(subtree(child)) <= 6


def _goes_on(doc: Any, top: Any, last: int, end: int) -> set[int]:
    """A further predicate after a dash or comma that the parser hung higher: "— and has …"."""
    i = last + 1
    if i + 2 >= end or doc[i].text not in (",", "—", "–", "--") or doc[i + 1].lower_ != "and":
        return set()
    aux = doc[i + 2]
    verb = aux.head
    same = {c.lower_ for c in children(top, "aux", "auxpass")}
    if aux.dep_ in ("aux", "auxpass") and aux.lower_ in same and verb.dep_ == "conj":
        if not children(verb, "nsubj", "nsubjpass"):
            return {j for j in subtree(verb) if j > i}
    return set()


def before(parsed: Parsed, cue: Any, noun: Any | None, top: Any) -> set[int]:
    """The content of a complement before its cue: "A, the ministry said"."""
    segment = parsed.segment(cue.i)
    content = {i for i in subtree(top) if segment.start <= i < segment.end}
    gone = {cue.i}
    if noun is not None and noun.i not in subtree(top):
        gone |= subtree(noun)
    content -= gone
    group = min(
        [cue.i, *([noun.left_edge.i] if noun is not None and noun.i not in content else [])]
    )
    if all(i < group for i in content):
        content |= set(range(segment.start, group))
    for child in children(cue, "conj"):
        edge = child.left_edge.i
        lead = parsed.doc[edge - 1].lower_
        if child.i > cue.i and (lead == "nor" or lead == "and" and _one_subject(top, child)):
            content |= {edge - 1, *subtree(child)}
    return content


def _one_subject(one: Any, other: Any) -> bool:
    """Whether two clauses have one pronoun for a subject: "it did, he replied, and it ran …"."""
    mine, theirs = children(one, "nsubj", "nsubjpass"), children(other, "nsubj", "nsubjpass")
    pronouns = bool(mine and theirs) and mine[0].lower_ in ("it", "they", "there", "we")
    return pronouns and mine[0].lower_ == theirs[0].lower_ and reporting(other) is None


def object_of(parsed: Parsed, cue: Any, noun: Any) -> set[int]:
    """A noun complement with the adverbials that belong to what is said, not to when."""
    segment = parsed.segment(cue.i)
    content = subtree(noun)
    for child in cue.children:
        if child.i > noun.i and child.dep_ in (
            "prep",
            "oprd",
            "xcomp",
            "acl",
            "advmod",
            "attr",
            "acomp",
            "pcomp",
            "dative",
        ):
            if child.dep_ == "prep" and child.lower_ == "by" or when(child):
                continue
            if child.dep_ == "advmod" and child.lower_ not in ("as",) and not list(child.children):
                continue
            content |= subtree(child)
        elif child.i > noun.i and child.dep_ == "advcl" and children(child, "mark", "advmod"):
            if children(child, "mark", "advmod")[0].lower_ in CONDITIONS:
                content |= subtree(child)
    content = {i for i in content if segment.start <= i < segment.end}
    return cut_adversary(parsed, cue, content)


def whole_clause(parsed: Parsed, index: int, gone: set[int]) -> set[int]:
    """All of a segment but some of its tokens."""
    segment = parsed.segment(index)
    return set(tidy(parsed.doc, (i for i in range(segment.start, segment.end) if i not in gone)))


def owner(token: Any) -> Any | None:
    """The subject of a verb, `tree.subject`, or none where it is a dummy."""
    main = above(token)
    noun = subject(main) if main is not None else subject(token)
    if noun is not None and noun.lower_ in ("themselves", "itself", "himself", "herself"):
        noun = noun.head if noun.head.tag_.startswith("NN") else token.doc[max(0, noun.i - 1)]
    return None if noun is None or noun.lower_ in ("it", "there") and noun.dep_ == "expl" else noun
