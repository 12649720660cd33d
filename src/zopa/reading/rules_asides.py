"""Cue clauses set between commas that the parser did not see: "The map, countered the first, …".

The words alone decide: a comma, a speaker and a reporting verb in either order, a comma or the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import roles, scope
from zopa.reading.cues import Verb, verbs
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.rules_verbs import in_long_quote
from zopa.reading.tree import finite, is_verb

NAMING = ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "IN", "CD", "PRP", "HYPH", "VBN")
ORDINALS = frozenset("first second latter former other".split())
TOLD = frozenset("correspondent reporters journalists us agency newspaper station radio".split())
AFTER = frozenset("and but while whereas as who whose which though although where when".split())
SHORT = 9
OPENERS = frozenset("at earlier meanwhile yet still however later then".split())


def find(parsed: Parsed) -> Iterator[Found]:
    """Every such clause, with the rest of its segment."""
    doc = parsed.doc
    for token in doc:
        if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or in_long_quote(parsed, token.i):
            continue
        known = [v for v in verbs().get(token.lower_, ()) if {"S", "Q"} & v.frames]
        if not known or known[0].what == "attitude or intent":
            continue
        segment = parsed.segment(token.i)
        clause = _inverted(parsed, token.i, segment.start, segment.end) or _plain(
            parsed, token.i, segment.start, segment.end
        )
        if clause is not None:
            found = _found(parsed, token, known[0], *clause)
            if found is not None:
                yield found


def _inverted(parsed: Parsed, i: int, start: int, end: int) -> tuple[int, int, int] | None:
    """The verb first: ", countered the first,".  First token, the one after the last, head."""
    doc = parsed.doc
    if i <= start or doc[i - 1].text not in (",", "”", '"'):
        return None
    stop = next((j for j in range(i + 1, end) if _stops(doc, j)), end)
    anybody = doc[i].lower_ in ("say", "says", "said") and doc[i + 1 : i + 2].text.lower() == "the"
    head = _speaker(parsed, i + 1, stop, anybody)
    return (i, stop, head) if head is not None else None


def _plain(parsed: Parsed, i: int, start: int, end: int) -> tuple[int, int, int] | None:
    """The speaker first: ", the deputy minister made clear,"; as `_inverted`."""
    doc = parsed.doc
    before = i - 1
    while before > start and i - before <= SHORT and doc[before].text != ",":
        before -= 1
    if before <= start or doc[before].text != ",":
        return None
    after = i + 1
    while after < end and doc[after].text not in (",", ".") and after - i <= 4:
        after += 1
    addressed = all(
        doc[j].lower_ in TOLD or doc[j].tag_ in ("PRP$", "DT") for j in range(i + 1, after)
    )
    made = doc[i].lower_ in ("made", "makes") and doc[i + 1].lower_ in ("clear", "plain", "known")
    if doc[i].lower_ in ("made", "makes", "make") and not made:
        return None
    if after < end and doc[after].text not in (",", ".") or not (addressed or made):
        return None
    head = _speaker(parsed, before + 1, i)
    return (before + 1, after, head) if head is not None else None


def _stops(doc: Any, j: int) -> bool:
    return bool(doc[j].text in (",", ".", ":", ";", "—") or doc[j].is_quote)


def _speaker(parsed: Parsed, start: int, stop: int, anybody: bool = False) -> int | None:
    """The head of a short noun phrase without a verb, somebody who can speak."""
    doc = parsed.doc
    if not 0 < stop - start <= SHORT:
        return None
    if any(doc[j].tag_ not in NAMING or parsed.quoted[j] >= 0 for j in range(start, stop)):
        return None
    if doc[start].tag_ in ("IN", "VBN"):
        return None
    head = start
    for j in range(start, stop):
        if doc[j].tag_ == "IN":
            break
        head = j
    token = doc[head]
    noun = token.tag_.startswith("NN") and (anybody or roles.can_speak(token))
    named = token.lower_ in ORDINALS and doc[start].lower_ == "the" or token.text[:1].isupper()
    return head if noun or named or token.lower_ in ("he", "she", "they") else None


def _found(
    parsed: Parsed, token: Any, verb: Verb, first: int, last: int, head: int
) -> Found | None:
    """The finding: what stands before and after, as far as it is one clause."""
    doc, segment = parsed.doc, parsed.segment(token.i)
    before = [i for i in range(segment.start, first) if not doc[i].is_punct]
    after = [i for i in range(last, segment.end) if not doc[i].is_punct]
    goes_on = bool(after) and doc[after[0]].lower_ not in AFTER
    claims = any(is_verb(doc[i]) and finite(doc[i]) for i in before)
    resumed = any(is_verb(doc[i]) and finite(doc[i]) or doc[i].tag_ == "MD" for i in after)
    resumed = resumed and goes_on
    if not before or doc[before[0]].tag_ in ("VBN", "VBG"):
        return None
    if not claims and not resumed and len(before) > 3:
        return None
    content = set(range(last, segment.end)) if resumed or not claims and goes_on else set()
    if claims or not resumed or doc[before[0]].lower_ not in OPENERS:
        content |= set(range(segment.start, first))
    source = (first, token.i, head) if first < token.i else (token.i + 1, last, head)
    start, end = source[0], max(source[1], head + 1)
    content = scope.cut_adversary(parsed, token, content)
    tidied = tidy(doc, content - {token.i} - set(range(start, end)))
    if not tidied:
        return None
    return Found("complement clause", tidied, (token.i,), (start, end, head), verb.what, verb.slant,
                 verb.polarity if verb.polarity != "denied" else "asserted")  # fmt: skip
