"""All rules on one paragraph, and which of their findings stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from zopa.reading import (
    roles,
    rules_according,
    rules_adjectives,
    rules_asides,
    rules_colon,
    rules_continued,
    rules_gapped,
    rules_narrator,
    rules_nouns,
    rules_passive,
    rules_phrases,
    rules_quotes,
    rules_verbs,
)
from zopa.reading.found import Found
from zopa.reading.parse import Parsed
from zopa.reading.tree import children


def attributions(parsed: Parsed, actor: Callable[[Any], bool]) -> list[Found]:
    """The findings of a paragraph, in the order of the text.

    1. Every rule for cues; of two with one cue the first stands.
    2. Two verbs with one complement are two sources ("Analysts believe, and officials concede").
    3. Quotations.
    4. A cue inside another's content is part of it: its source is a further link of the chain.
    5. The narrator's own claims, outside all of that.
    """
    found: list[Found] = []
    for rule in (
        rules_colon,
        rules_phrases,
        rules_verbs,
        rules_asides,
        rules_passive,
        rules_according,
        rules_adjectives,
        rules_nouns,
    ):
        for one in rule.find(parsed):
            if not any(set(one.cue) & set(other.cue) for other in found):
                found.append(one)
    found += _shared(parsed, found)
    found = rules_gapped.find(parsed, found)
    found = rules_quotes.find(parsed, found)
    found = _outermost(parsed, [one for one in found if one.content])
    found = [part for one in found for part in _neither(parsed, one)]
    found = [
        one
        for k, one in enumerate(found)
        if not any(
            one.source == other.source
            and one.content == other.content
            and one.polarity == "not said"
            for other in found[:k]
        )
    ]
    found = rules_continued.find(parsed, found)
    found += rules_narrator.find(parsed, found, actor)
    return sorted(found, key=lambda f: (min(f.cue or tuple(f.content)), min(f.content)))


def _shared(parsed: Parsed, found: list[Found]) -> list[Found]:
    """Reporting verbs without a complement that are conjoined with one that has it."""
    from zopa.reading import scope
    from zopa.reading.cues import verbs
    from zopa.reading.tree import finite, noun_phrase

    extra = []
    by_cue = {one.cue[0]: one for one in found if one.rule == "complement clause"}
    taken = {i for one in found for i in one.cue}
    for index, one in by_cue.items():
        token = parsed.doc[index]
        for other in [*children(token, "conj"), *([token.head] if token.dep_ == "conj" else [])]:
            known = [v for v in verbs().get(other.lower_, ()) if "S" in v.frames]
            if other.i in taken or not known or not finite(other) or other.i in one.content:
                continue
            if children(other, "ccomp", "dobj", "xcomp") or other.i > min(one.content):
                continue
            noun = scope.owner(other)
            if noun is not None and noun.i not in one.content:
                named = noun_phrase(parsed, noun)
                extra.append(
                    Found(
                        one.rule,
                        one.content,
                        (other.i,),
                        named,
                        known[0].what,
                        known[0].slant,
                        rules_verbs.polarity_of(other, known[0]),
                    )
                )
    return extra


def _outermost(parsed: Parsed, found: list[Found]) -> list[Found]:
    """Findings whose cue no other's content holds; those inside become links of the chain."""
    kept: dict[int, Found] = {}
    inside: dict[int, int] = {}
    for k, one in enumerate(found):
        holders = [
            j
            for j, other in enumerate(found)
            if j != k
            and one.cue
            and set(one.cue) <= other.content
            and not set(other.cue) <= one.content
        ]
        holders = [j for j in holders if not _beside(found[j], one)]
        if not holders and one.cue:
            mutual = [
                j
                for j, other in enumerate(found)
                if j != k
                and other.cue
                and set(one.cue) <= other.content
                and set(other.cue) <= one.content
            ]
            if any(
                len(found[j].content) > len(one.content)
                or len(found[j].content) == len(one.content)
                and j < k
                for j in mutual
            ):
                continue
        if holders:
            inside[k] = max(holders, key=lambda j: len(found[j].content))
        else:
            kept[k] = one
    for k, j in sorted(inside.items(), key=lambda pair: min(found[pair[0]].cue)):
        one = found[k]
        if j in kept and one.source is not None and _links(parsed, kept[j], one):
            kept[j] = replace(kept[j], chain=(*kept[j].chain, one.source))
    return [kept[k] for k in sorted(kept)]


def _beside(holder: Found, one: Found) -> bool:
    """Whether a finding inside a denial stands beside it: "X's claim that A was denied by Y"."""
    return (
        holder.polarity == "denied"
        and one.rule == "noun"
        and one.source is not None
        and holder.source != one.source
    )


def _links(parsed: Parsed, outer: Found, inner: Found) -> bool:
    """Whether an inner finding is a source within: with a clause of its own, by somebody else."""
    if inner.source is None or inner.rule not in (
        "complement clause",
        "direct quotation",
        "according to",
        "noun",
        "by-passive",
    ):
        return False
    if any(parsed.quoted[i] >= 0 for i in inner.cue):
        return False
    if inner.rule == "noun" and inner.what != "words":
        return False
    noun = parsed.doc[inner.source[2]]
    if noun.tag_ == "PRP$" or not roles.can_speak(noun):
        return False
    if any(link[2] == inner.source[2] for link in outer.chain):
        return False
    return (
        outer.source is None
        or inner.source[2] != outer.source[2]
        and not _same(parsed, outer, inner)
    )


def _same(parsed: Parsed, outer: Found, inner: Found) -> bool:
    """Whether the inner source is a pronoun, which mostly is the outer one again."""
    return inner.source is not None and parsed.doc[inner.source[2]].lower_ in (
        "it",
        "he",
        "she",
        "they",
    )


def _neither(parsed: Parsed, one: Found) -> list[Found]:
    """ "Neither A nor B confirmed": a finding for each."""
    if one.source is None:
        return [one]
    doc, (start, end, head) = parsed.doc, one.source
    if doc[start].lower_ != "neither" or "nor" not in [t.lower_ for t in doc[start:end]]:
        return [one]
    nor = next(t.i for t in doc[start:end] if t.lower_ == "nor")
    if not start + 1 <= nor - 1 < end - 1:
        return [one]
    first = head if start < head < nor else nor - 1
    second = next((t.i for t in children(doc[first], "conj") if t.i > nor), end - 1)
    return [
        replace(one, source=(start + 1, nor, first)),
        replace(one, source=(nor + 1, end, second)),
    ]
