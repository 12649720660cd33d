"""Who is who: a gazetteer of governments and bodies, extended by a scenario and by the user.

A place stands for the government that sits there, and spelling variants are one actor.  States that
the gazetteer does not know are learned from the text itself: "the president of Avaria",
"Avaria's army", "the Avarian foreign ministry".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from zopa.core.errors import InputError, Problem
from zopa.reading import roles

if TYPE_CHECKING:
    from zopa.scenario.schema import Scenario

CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*?[\w]"
STATE_NOUN = (
    r"(?:government|president|presidency|prime minister|premier|parliament|army|military|navy|"
    r"air force|"
    r"armed forces|forces|defen[cs]e ministry|foreign ministry|foreign minister|"
    r"defen[cs]e minister|"
    r"interior ministry|interior minister|finance minist(?:er|ry)|cabinet|chancellor|"
    r"ambassador|ministry|"
    r"general staff|authorities|state media|state television|state news agency|"
    r"delegation|embassy|admiralty|coast guard|side|leadership|command|negotiators?|"
    r"envoy|king|republic|kingdom|capital|troops|border guards?|border)"
)
OF = re.compile(
    rf"\b(?i:{STATE_NOUN})(?: \w+ affairs)? (?:of|for) "
    rf"(?:the (?:Republic|Kingdom|State) of )?({CAPITAL}(?: {CAPITAL})?)\b"
)
POSSESSIVE = re.compile(rf"\b({CAPITAL}(?: {CAPITAL})?)[’']s? (?:\w+ ){{0,2}}?(?i:{STATE_NOUN})\b")
ADJECTIVE = re.compile(rf"(?=\b({CAPITAL}) (?:\w+ ){{0,1}}?(?:{STATE_NOUN})\b)")
PLACE = re.compile(rf"\b(?:in|across|inside|outside|throughout) ({CAPITAL})\b(?! [A-Z])")
PAIR = re.compile(rf"\b(?:[Bb]oth|[Nn]either|[Bb]etween) ({CAPITAL}) (?:and|nor) ({CAPITAL})\b")
DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|i|ic|ite|er|yan|ine|ene|ard)$")
NOT_STATES = frozenset(
    "The A An This That Its His Her Their Our Both Each Some Any No All Former Senior Deputy "
    "Foreign "
    "Defence Defense Prime Interior Finance Interim Acting Western Eastern Northern Southern "
    "Central "
    "Allied Joint Regional Federal National Local State Royal Supreme General Armed Government "
    "Ministry "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July "
    "August September October November December According While When But And If As In On At By For "
    "Asked Two Three Four New Old President Minister Republic Kingdom One Neither Either".split()
)


class Entry(BaseModel):
    """One actor of a gazetteer file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    places: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actors:
    """Names in lower case -> canonical name.

    Attributes:
        places: places that stand for a government.
        adjectives: `iranian` -> the government.
        aliases: other names, of bodies and parties.
        weak: places of the text that stand for a government only where they speak themselves.
    """

    places: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    weak: dict[str, str] = field(default_factory=dict)

    def state(self, name: str) -> str | None:
        """The government that a place or an adjective stands for."""
        key = plain(name)
        return self.places.get(key) or self.adjectives.get(key)

    def find(self, name: str) -> str | None:
        """The actor of a name, whatever stands for it."""
        key = plain(name)
        return self.aliases.get(key) or self.places.get(key) or self.weak.get(key)

    def extended(self, entries: Iterable[Entry]) -> Actors:
        """With more entries on top; those that share a name with a known actor join it under their
        own canonical name."""
        places, adjectives, aliases = dict(self.places), dict(self.adjectives), dict(self.aliases)
        for entry in entries:
            names = [plain(n) for n in (entry.name, *entry.places, *entry.aliases)]
            old = {t[n] for n in names for t in (places, aliases) if n in t} - {entry.name}
            for table in (places, adjectives, aliases):
                table.update({k: entry.name for k, v in table.items() if v in old})
            places.update({plain(n): entry.name for n in entry.places})
            adjectives.update({plain(n): entry.name for n in entry.adjectives})
            aliases.update({plain(n): entry.name for n in (entry.name, *entry.aliases)})
        return Actors(places, adjectives, aliases)

    def with_scenario(self, scenario: Scenario) -> Actors:
        """With the parties of a scenario, under their names there."""
        return self.extended(
            Entry(name=party.name, places=(party.name, *party.aliases))
            for party in scenario.parties.values()
        )

    def with_file(self, path: str | Path) -> Actors:
        """With a user's own gazetteer on top.

        Raises:
            InputError: the file cannot be read or has another form.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError([Problem(str(path), f"it cannot be read: {error}")]) from None
        return self.extended(entries(text, str(path)))

    def learned(self, text: str) -> Actors:
        """With the states that the text names beside their offices and ministries."""
        counts: dict[str, int] = {}
        for pattern in (OF, POSSESSIVE, ADJECTIVE):
            for match in pattern.finditer(text):
                name = re.sub(r"[’']s?$", "", match.group(1))
                if name.split()[0] in NOT_STATES or roles.kind(name.split()[0]):
                    continue
                if self.state(name) is None and self.find(name) is None:
                    counts[name] = counts.get(name, 0) + (1 if pattern is ADJECTIVE else 2)
        words = set(re.findall(rf"\b{CAPITAL}\b", text))
        places, adjectives = dict(self.places), dict(self.adjectives)
        names = sorted(counts, key=lambda n: (bool(DEMONYM.search(n)), -counts[n], n))
        for name in names:
            root = _root(name, words - {name})
            state = places.get(plain(root)) or f"Government of {root}"
            (adjectives if root != name else places).setdefault(plain(name), state)
            if root != name:
                places.setdefault(plain(root), state)
            for word in words:
                if word != name and DEMONYM.search(word) and _related(name, word):
                    adjectives.setdefault(plain(word), state)
        weak: dict[str, str] = {}
        for pattern in (PLACE, PAIR):
            for match in pattern.finditer(text):
                for name in match.groups():
                    clean = re.sub(r"[’']s?$", "", name)
                    if clean not in NOT_STATES and roles.kind(clean) is None:
                        weak.setdefault(plain(clean), f"Government of {clean}")
        return replace(self, places=places, adjectives=adjectives, weak=weak)


def _related(place: str, word: str) -> bool:
    """Whether a word looks like the adjective of a place: Avaria, Avarian; Belmar, Belmari."""
    a, b = place.lower(), word.lower()
    shared = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return shared >= max(3, len(a) - 2) and len(b) - shared <= 4


def _root(name: str, words: set[str]) -> str:
    """The place of an adjective, where the text has it: Avarian -> Avaria."""
    if not DEMONYM.search(name):
        return name
    found = [w for w in words if len(w) < len(name) + 1 and w != name and _related(w, name)]
    return min(found, key=len) if found else name


def plain(name: str) -> str:
    """A name for comparison: lower case, one space, no article, no possessive."""
    text = " ".join(name.lower().replace("’", "'").split())
    text = re.sub(r"'s?$", "", text)
    return text.removeprefix("the ")


def entries(text: str, where: str) -> list[Entry]:
    """The entries of a gazetteer in YAML.

    Raises:
        InputError: it has another form.
    """
    try:
        data = YAML(typ="safe", pure=True).load(text)
        return [Entry.model_validate(item) for item in data["actors"]]
    except (YAMLError, ValidationError, KeyError, TypeError) as error:
        first = str(error).splitlines()[0] if str(error) else "no actors"
        raise InputError(
            [
                Problem(
                    where,
                    f"this is no list of actors ({first})",
                    "It needs `actors:` with `name`, `places`, `adjectives`, `aliases`.",
                )
            ]
        ) from None


@cache
def shipped() -> Actors:
    """The gazetteer that comes with zopa."""
    text = files("zopa.reading.data").joinpath("actors.yaml").read_text(encoding="utf-8")
    return Actors().extended(entries(text, "actors.yaml"))
