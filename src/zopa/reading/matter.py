"""What a claim is about: its content words as stems, its actors as markers, its sign.

Two texts are compared by their terms.  A term is the stem of a content word, a number, or an actor
in braces: `{Kyiv}` stands for Kiev, Kyiv and Ukraine's alike.  Words that turn a statement round
(`not`, `refuse`, `halt`) are no terms: they change its sign.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zopa.reading.actors import Actors, Entry, plain

if TYPE_CHECKING:
    from zopa.reading.row import Row

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[’'-]\w+)*[’']?")
LONGEST_NAME = 4
ACTOR_WEIGHT = 0.5
"""What an actor counts beside a content word of the same rarity."""

STOP = frozenset(
    "a an is isn't the this that these those it its he him his she her hers they them their we "
    "us our you your i me my who whom whose which what when where while why how and or but nor "
    "if then than as at by for from in into of off on onto out over per to toward towards under "
    "up upon with within about above after again against all also am any are be became become "
    "been before being below between both can could did do does doing down during each few had "
    "has have having here just may might more most must now only other own same shall should so "
    "some such there through too until very was were will would yet still however further say "
    "says said saying one two it’s it's he’s she’s they’re we’re that’s because since even ever "
    "much many well back way put among amid despite although though".split()
)
NEGATIONS = frozenset(
    "no not none never neither nor nobody nothing cannot without hardly barely unable unlikely "
    "fail fails failed failing lack lacks deny denies denied denying".split()
)
TURNED = {
    "refus": "accept", "reject": "accept", "declin": "accept", "dismiss": "accept",
    "oppos": "support", "resist": "support",
    "halt": "continu", "stop": "continu", "suspend": "continu", "end": "continu",
    "ceas": "continu", "abandon": "continu",
    "clos": "open", "shut": "open", "reduc": "increas", "cut": "increas", "decreas": "increas",
    "lower": "increas", "withhold": "giv", "block": "allow", "forbid": "allow", "ban": "allow",
    "prevent": "allow", "los": "win", "weaken": "strengthen", "impossibl": "possibl",
    "false": "tru", "untru": "tru", "unwill": "will", "disagre": "agre",
}  # fmt: skip
"""Stem -> the stem it is the opposite of, counted as that with the other sign."""

SAME = {
    "dialogu": "talk", "negot": "talk", "discuss": "talk", "deal": "settl", "agreement": "settl",
    "accord": "settl", "pact": "settl", "treat": "settl", "truc": "ceasefir",
    "armistic": "ceasefir", "troop": "forc", "soldier": "forc", "arm": "weapon", "grow": "ris",
    "left": "leav",
    "kept": "keep", "held": "hold", "won": "win", "gave": "giv", "given": "giv", "conflict": "war",
    "check": "chequ", "reopen": "open", "agre": "accept", "resum": "continu", "remain": "stay",
}  # fmt: skip
"""Stem -> the stem that stands for all of its meaning here."""

SUFFIXES = (
    "ational", "ization", "isation", "ations", "ation", "ators", "ator", "iveness", "ately",
    "ition", "ments", "ment", "ness", "ities", "ity", "ially", "ional", "ially", "ably", "ible",
    "able", "ance", "ence", "ial", "ical", "ally", "ous", "ive", "ate", "at", "ion", "al", "ly",
)  # fmt: skip


def stem(word: str) -> str:
    """A word without its endings: negotiate, negotiated, negotiators -> negot.

    Light, after Porter (1980, Program 14): plural and tense first, then one suffix that leaves four
    letters or more (`-ion` five), then a last vowel.
    """
    text = re.sub(r"[’']s?$", "", word.lower())
    if len(text) <= 3 or not text.isalpha():
        return text
    if text.endswith("ies"):
        text = text[:-3] + "y"
    elif text.endswith("s") and not text.endswith(("ss", "us", "is")):
        text = text[:-1]
    for ending in ("ing", "ed"):
        rest = text.removesuffix(ending)
        if rest != text and len(rest) >= 3 and re.search("[aeiouy]", rest):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "lsz"
            text = rest[:-1] if doubled else rest
            break
    for suffix in SUFFIXES:
        if text.endswith(suffix) and len(text) - len(suffix) >= (5 if suffix == "ion" else 4):
            text = text[: -len(suffix)]
            break
    return re.sub(r"(?<=...)[eiy]+$", "", text)


@dataclass(frozen=True)
class Piece:
    """A word of a text, or an actor's name: `text[start:end]`; `actor` is its canonical name."""

    text: str
    start: int
    end: int
    actor: str | None = None


def split(text: str, actors: Actors) -> tuple[Piece, ...]:
    """The words of a text, names of actors of up to four words taken together."""
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    pieces, at = [], 0
    while at < len(words):
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            start, end = words[at][1], words[at + size - 1][2]
            name = text[start:end]
            actor = _actor(name, actors)
            if actor is not None or size == 1:
                pieces.append(Piece(name, start, end, actor))
                at += size
                break
    return tuple(pieces)


def _actor(name: str, actors: Actors) -> str | None:
    if not any(word[:1].isupper() for word in name.split()) or plain(name) == "us" != name.lower():
        return None
    if plain(name) == "us" and not name.startswith("US"):
        return None
    return actors.find(name) or actors.adjectives.get(plain(name))


def marked(text: str, actors: Actors, keys: Mapping[str, str]) -> str:
    """The words in lower case, one space between, with `{key}` for an actor that has a key.

    Args:
        keys: canonical name -> key of the party in a scenario.
    """
    words = []
    for piece in split(text, actors):
        if piece.actor is not None and piece.actor in keys:
            words.append("{" + keys[piece.actor] + "}")
        else:
            words.append(piece.text.lower().replace("’", "'"))
    return " ".join(words)


@dataclass(frozen=True)
class Matter:
    """What is stated, and whether it is affirmed.

    Attributes:
        terms: stems, numbers and `{actor}`s.
        positive: False after an odd number of words that turn it round.
    """

    terms: frozenset[str]
    positive: bool = True

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(term for term in self.terms if any(c.isdigit() for c in term))

    @property
    def words(self) -> frozenset[str]:
        """The terms that are neither actors nor numbers."""
        return frozenset(t for t in self.terms - self.numbers if not t.startswith("{"))


def matter(text: str, actors: Actors) -> Matter:
    """The terms and the sign of a text."""
    terms, turns = set(), 0
    for piece in split(text, actors):
        if piece.actor is not None:
            terms.add("{" + piece.actor + "}")
            continue
        word = piece.text.lower().replace("’", "'")
        if word in NEGATIONS or word.endswith("n't"):
            turns += 1
            continue
        if word in STOP:
            continue
        root = stem(word)
        if root in TURNED:
            turns += 1
            root = TURNED[root]
        if len(root) > 1 or root.isdigit():
            terms.add(SAME.get(root, root))
    return Matter(frozenset(terms), turns % 2 == 0)


def with_people(actors: Actors, rows: Iterable[Row]) -> Actors:
    """With the officials of a ledger as names of those for whom they speak.

    A family name that two of them share, for different governments, stands for neither.
    """
    people: dict[str, set[str]] = {}
    for row in rows:
        source = row.source
        if source.name and source.on_behalf_of and source.name != source.on_behalf_of:
            for name in {source.name, source.name.split()[-1]}:
                people.setdefault(name, set()).add(source.on_behalf_of)
    return actors.extended(
        Entry(name=next(iter(for_whom)), aliases=(name,))
        for name, for_whom in sorted(people.items())
        if len(for_whom) == 1 and actors.find(name) is None
    )


@dataclass(frozen=True)
class Weights:
    """How much a term tells: log(1 + N / n), where n of N texts have it; actors count half."""

    texts: int
    found: Mapping[str, int]

    @classmethod
    def of(cls, matters: Iterable[Matter]) -> Weights:
        found: Counter[str] = Counter()
        texts = 0
        for one in matters:
            found.update(one.terms)
            texts += 1
        return cls(texts, found)

    def weight(self, terms: Iterable[str]) -> float:
        return sum(
            math.log1p(self.texts / max(1, self.found.get(term, 0)))
            * (ACTOR_WEIGHT if term.startswith("{") else 1.0)
            for term in terms
        )

    def covered(self, whole: Matter, by: Matter) -> float:
        """The share of a text's weight that another one has too."""
        total = self.weight(whole.terms)
        return self.weight(whole.terms & by.terms) / total if total else 0.0

    def near(self, one: Matter, other: Matter) -> float:
        """2 w(a and b) / (w(a) + w(b)): 1 where both have the same terms."""
        both = self.weight(one.terms) + self.weight(other.terms)
        return 2 * self.weight(one.terms & other.terms) / both if both else 0.0
