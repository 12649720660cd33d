"""Pronouns as sources: resolved only where exactly one antecedent fits, left open otherwise.

To give an adversary's words to the other side is the worst error a reader can make, so nothing here
prefers the nearer or the likelier of two.
"""

from __future__ import annotations

from zopa.reading import roles
from zopa.reading.row import Source, SourceType, Span
from zopa.reading.sources import Mentions

PERSONS: frozenset[SourceType] = frozenset(
    {"named official", "spokesperson", "person", "ambiguous role", "anonymous"}
)
COLLECTIVES: frozenset[SourceType] = frozenset({"organisation", "metonym", "document"})
PLURALS: frozenset[SourceType] = frozenset({"unnamed group", "organisation", "metonym"})
BACK = 1
"""How many paragraphs back an antecedent may stand."""


def fits(word: str) -> frozenset[SourceType]:
    """The types of source that a pronoun can stand for."""
    if word in roles.PERSONAL:
        return PERSONS
    return PLURALS if word in roles.GROUPISH else COLLECTIVES


def resolve(span: Span, paragraph: int, mentions: Mentions) -> Source:
    """The only one that fits, in this paragraph before the pronoun, else in the paragraph before.

    Two that fit, or none: unresolved, with the alternatives.
    """
    word = span.text.lower()
    types = fits(word)
    here = mentions.before(paragraph, span.start)
    if word in roles.GROUPISH and any(m.type == "unnamed group" for m in here):
        types = frozenset({"unnamed group"})
    for back in range(BACK + 1):
        here = [m for m in mentions.before(paragraph - back, span.start) if m.type in types]
        labels = list(dict.fromkeys(m.label for m in here))
        if len(labels) == 1:
            return Source(surface=span, name=here[-1].name, type=here[-1].type)
        if labels:
            return Source(surface=span, name=None, type="unresolved", alternatives=tuple(labels))
    return Source(surface=span, name=None, type="unresolved")
