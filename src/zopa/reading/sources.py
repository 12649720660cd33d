"""Who a source is: its type, canonical name, and for whom it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zopa.reading import roles
from zopa.reading.actors import Actors, plain
from zopa.reading.parse import Parsed
from zopa.reading.row import Source, SourceType, Span
from zopa.reading.tree import Noun, children

TITLES = frozenset("mr mrs ms dr gen col lt sgt capt president minister secretary senator".split())
STATE_BODIES = frozenset(
    "ministry army government force forces military navy air-force cabinet presidency authorities "
    "administration side state delegation chancellery junta regime command staff embassy "
    "leadership "
    "republic kingdom country nation capital department headquarters guard guards police troops "
    "negotiators officials parliament mission palace bureau".split()
)
REACH = 2
"""How many paragraphs back a bare "the government" or "the army" may look."""
PERSONAL_TYPES = ("named official", "spokesperson", "person")


@dataclass(frozen=True)
class Mention:
    """Somebody named in the text; `label` is the name, or the words where there is none."""

    paragraph: int
    character: int
    head: str
    name: str | None
    label: str
    type: SourceType


@dataclass
class Mentions:
    """Who has been named so far in the document, in order: what pronouns and roles refer to."""

    paragraphs: dict[int, list[Mention]] = field(default_factory=dict)
    heads: dict[str, dict[str, tuple[int, frozenset[str]]]] = field(default_factory=dict)
    """Head word -> name -> the last paragraph where it stood, and the words that stood with it."""
    surnames: dict[str, Mention] = field(default_factory=dict)

    def add(self, paragraph: int, head: str, source: Source) -> None:
        """One more, as described."""
        if source.surface is None:
            return
        label = source.name or _key(source.surface.text)
        start = source.surface.start
        mention = Mention(paragraph, start, head, source.name, label, source.type)
        self.paragraphs.setdefault(paragraph, []).append(mention)
        if source.name:
            names = self.heads.setdefault(head, {})
            words = frozenset(source.surface.text.lower().replace("’", "'").split())
            names[source.name] = (paragraph, words | names.get(source.name, (0, frozenset()))[1])
            if source.type in PERSONAL_TYPES and " " in source.name:
                self.surnames[source.name.split()[-1]] = mention

    def with_head(self, head: str) -> dict[str, tuple[int, frozenset[str]]]:
        """The distinct names that this head word had, with paragraph and words."""
        return self.heads.get(head, {})

    def before(self, paragraph: int, character: int) -> list[Mention]:
        """Who is named in a paragraph before a character."""
        return [m for m in self.paragraphs.get(paragraph, ()) if m.character < character]


def surface(parsed: Parsed, noun: Noun) -> Span:
    """The characters of a source in the document."""
    doc, offset = parsed.doc, parsed.paragraph.start
    start, end = doc[noun[0]].idx, doc[noun[1] - 1].idx + len(doc[noun[1] - 1])
    return Span(start=offset + start, end=offset + end, text=parsed.paragraph.text[start:end])


def describe(parsed: Parsed, noun: Noun, actors: Actors, mentions: Mentions) -> Source:
    """A source that is no pronoun: its type, its name, on whose behalf.

    1. A name of the gazetteer, the scenario or the user is that actor; a place is a metonym.
    2. A body, office or spokesperson with a state beside it belongs to that state; ministries and
       those who speak for them are the government, an office keeps its own name.
    3. A bare role is whoever had that role before in the text, if only one had.
    4. Any other proper name is a person.
    """
    doc, span, head = parsed.doc, surface(parsed, noun), parsed.doc[noun[2]]
    low = head.lower_
    words = [t for t in doc[noun[0] : noun[1]] if t.dep_ not in ("det",) or t.i == head.i]
    several = _several(parsed, noun, actors)
    if several:
        return Source(surface=span, name=" and ".join(several), type="organisation")
    if low in ("nobody", "none", "neither", "both", "each", "everybody", "everyone"):
        return Source(surface=span, name=None, type="unnamed group")
    name = None
    if any(t.text[:1].isupper() for t in words):
        name = actors.find(span.text) or actors.find(" ".join(t.text for t in words))
    if name is not None:
        key = _key(span.text)
        place = actors.places.get(key) or actors.weak.get(key)
        return Source(surface=span, name=name, type="metonym" if place else "organisation")
    kind = roles.kind(low)
    state = _state(parsed, noun, actors)
    official = _apposed(parsed, head) if kind is None else None
    if head.tag_ in ("NNP", "NNPS") and kind is None:
        if state is not None and len(words) == 1:
            return Source(surface=span, name=state, type="metonym")
        person = _person(words)
        known = mentions.surnames.get(head.text)
        office = (
            kind
            or official
            or next((roles.kind(t.lower_) for t in words if roles.kind(t.lower_)), None)
        )
        type_: SourceType = (
            "spokesperson"
            if office == "spokesperson"
            else "named official"
            if office == "named official"
            else "person"
        )
        if known is not None and person == head.text:
            return Source(surface=span, name=known.name, type=known.type)
        return Source(surface=span, name=person, type=type_, on_behalf_of=state)
    if kind is None:
        type_ = "unnamed group" if head.tag_ == "NNS" else "unresolved"
        return Source(surface=span, name=None, type=type_, on_behalf_of=state)
    return _role(parsed, noun, span, kind, state, mentions)


def _role(
    parsed: Parsed, noun: Noun, span: Span, kind: SourceType, state: str | None, mentions: Mentions
) -> Source:
    doc, head = parsed.doc, parsed.doc[noun[2]]
    low, words = head.lower_, list(doc[noun[0] : noun[1]])
    indefinite = any(t.lower_ in ("a", "an", "one", "another", "some") for t in words[:1])
    if kind in ("unnamed group", "anonymous"):
        if state is not None and low in STATE_BODIES and low != "officials":
            return Source(surface=span, name=state, type="organisation")
        return Source(surface=span, name=None, type=kind, on_behalf_of=state)
    if kind == "document":
        return Source(surface=span, name=None, type="document", on_behalf_of=state)
    if state is not None:
        if kind == "organisation":
            own = low in STATE_BODIES or low.rstrip("s") in STATE_BODIES
            if own:
                return Source(surface=span, name=state, type="organisation")
            return Source(surface=span, name=_title(words), type="organisation", on_behalf_of=state)
        if kind == "spokesperson":
            return Source(surface=span, name=state, type="spokesperson", on_behalf_of=state)
        if indefinite and low not in ("spokesperson",):
            return Source(surface=span, name=None, type="anonymous", on_behalf_of=state)
        return Source(
            surface=span,
            name=_office(parsed, noun, state),
            type="named official",
            on_behalf_of=state,
        )
    before = _before(parsed, words, head, mentions) if not indefinite else []
    if len(before) == 1:
        return Source(surface=span, name=before[0], type=kind)
    if len(before) > 1:
        return Source(surface=span, name=None, type="ambiguous role", alternatives=tuple(before))
    if kind == "named official":
        full = len(noun_words(words)) > 1 and any(t.dep_ in ("prep", "poss") for t in words)
        if indefinite:
            return Source(surface=span, name=None, type="anonymous")
        if not full:
            return Source(surface=span, name=None, type="ambiguous role")
        return Source(surface=span, name=_title(words), type="named official")
    told = any(t.text[:1].isupper() and t.i != words[0].i for t in words) or (
        len(noun_words(words)) > 1
    )
    return Source(surface=span, name=_title(words) if told else None, type=kind)


def _before(parsed: Parsed, words: list[Any], head: Any, mentions: Mentions) -> list[str]:
    """The earlier names of this role: all words before the head must be in the name.

    "The defence minister" is not the prime minister named before, and a bare "the minister" is no
    prime minister either.
    """
    own = {t.lower_ for t in words if t.is_alpha and t.i < head.i} - {"the", "this", "that", "same"}
    if own & {"its", "their", "his", "her", "our"}:
        return []
    found = []
    for name, (paragraph, beside) in mentions.with_head(head.lower_).items():
        known = set(name.lower().split()) | beside
        if own - known:
            continue
        if name.startswith("Government of ") and parsed.paragraph.number - paragraph > REACH:
            continue
        if "prime" in known and "prime" not in own and head.lower_ == "minister":
            continue
        found.append(name)
    return found


def _several(parsed: Parsed, noun: Noun, actors: Actors) -> list[str]:
    """The governments of "Gorvia and Narvia", where the source is two places."""
    doc, head = parsed.doc, parsed.doc[noun[2]]
    found = []
    for token in (head, *children(head, "conj", "nmod", "compound")):
        if noun[0] <= token.i < noun[1]:
            found.append(actors.places.get(token.lower_))
    joined = any(t.lower_ in ("and", "or") for t in doc[noun[0] : noun[1]])
    names = [name for name in dict.fromkeys(found) if name]
    return sorted(names) if joined and len(names) == 2 and len(found) == 2 else []


def noun_words(words: list[Any]) -> list[Any]:
    """The words of a name without articles."""
    return [t for t in words if t.is_alpha and t.lower_ not in ("the", "a", "an")]


def _key(text: str) -> str:
    return plain(text)


def _person(words: list[Any]) -> str:
    """A person's name without titles and what stands before it."""
    names = [t for t in words if t.tag_ in ("NNP", "NNPS") and t.text not in ("'s", "’s")]
    kept = [t for t in names if t.lower_.strip(".") not in TITLES and roles.kind(t.lower_) is None]
    kept = kept or names
    run: list[Any] = []
    for token in reversed(kept):
        if run and run[-1].i - token.i > 1:
            break
        run.append(token)
    run = run[:3] if len(run) > 3 else run
    return " ".join(t.text for t in reversed(run))


def _apposed(parsed: Parsed, head: Any) -> SourceType | None:
    """The office in an apposition: "Bruce, a State Department spokesperson"."""
    for child in children(head, "appos", "compound", "nmod"):
        found = roles.kind(child.lower_)
        if found in ("spokesperson", "named official"):
            return found
    return None


def _state(parsed: Parsed, noun: Noun, actors: Actors) -> str | None:
    """The government that stands beside the head: a possessive, `of X`, an adjective."""
    doc = parsed.doc
    for length in (4, 3, 2, 1):
        for i in range(noun[0], noun[1] - length + 1):
            text = parsed.paragraph.text[
                doc[i].idx : doc[i + length - 1].idx + len(doc[i + length - 1])
            ]
            state = actors.state(text)
            if state is not None and text[:1].isupper():
                return state
    return None


def _title(words: list[Any]) -> str:
    """A body's or an officer's name as the text writes it, without the article."""
    kept = [t for t in words if not (t.i == words[0].i and t.lower_ in ("the", "a", "an"))]
    text = "".join(t.text_with_ws for t in kept).strip()
    return " ".join((text[:1].upper() + text[1:]).split())


def _office(parsed: Parsed, noun: Noun, state: str) -> str:
    """An office with its state: "Foreign minister of Avaria"."""
    doc, head = parsed.doc, parsed.doc[noun[2]]
    if any(t.lower_ in roles.BODIES or roles.kind(t.lower_) for t in doc[head.i + 1 : noun[1]]):
        return _title(list(doc[noun[0] : noun[1]]))
    words = []
    for i in range(noun[0], head.i + 1):
        token = doc[i]
        proper = (
            token.tag_.startswith("NNP") and token.i != head.i and roles.kind(token.lower_) is None
        )
        if (
            token.is_alpha
            and token.lower_ not in ("the", "a", "an", "own", "senior")
            and not proper
        ):
            if token.tag_ == "JJ" and token.text[:1].isupper():
                continue
            words.append(token.text.lower())
    office = " ".join(words)
    return f"{office[:1].upper()}{office[1:]} of {state.removeprefix('Government of ')}"
