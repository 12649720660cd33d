"""From the text of a report to a ledger: `read_text`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zopa.reading import hedges, pronouns, roles
from zopa.reading.actors import Actors, shipped
from zopa.reading.attribute import attributions
from zopa.reading.found import Found, pieces
from zopa.reading.measured import measured
from zopa.reading.parse import Parsed, parse
from zopa.reading.row import Cue, Loaded, Mode, Row, Source, Span, identify
from zopa.reading.scope import TIMES
from zopa.reading.sources import Mentions, describe, surface
from zopa.reading.text import Paragraph, clean, paragraphs
from zopa.reading.tree import Noun, noun_phrase

NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP", "DT")
PLACED = frozenset(
    "in at near from to into across through over around outside inside towards toward "
    "along between beyond on".split()
)
ANSWERING = frozenset(
    "deny reject dismiss refute dispute rebut contradict respond reply counter retort "
    "answer".split()
)


@dataclass(frozen=True)
class Ledger:
    """What a document says, by whom.

    Attributes:
        document: its name.
        text: the characters that the rows' spans count in.
        paragraphs: how many it has.
    """

    document: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[Row, ...]


def read_text(text: str, actors: Actors | None = None, document: str = "report") -> Ledger:
    """Every claim of a text: who makes it, on what standing, in which characters.

    Args:
        text: the report, in English.
        actors: the gazetteer; without one, that of zopa.
        document: the name that rows carry.

    Raises:
        InputError: there are no words in it, or it is too long.
        MissingReader: the extra `read` is not installed.
    """
    text = clean(text, document)
    known = (shipped() if actors is None else actors).learned(text)
    cut = paragraphs(text)
    mentions = Mentions()
    rows: list[Row] = []
    for parsed in parse(cut):
        _proper(parsed, known)
        named = _named(parsed, known, mentions)
        found = attributions(parsed, _is_actor(parsed, named))
        rows.extend(_rows(parsed, found, named, document, known, mentions))
    return Ledger(document, text, cut, tuple(_numbered(_answers(rows))))


def _proper(parsed: Parsed, actors: Actors) -> None:
    """Tag as names what the tagger took for common nouns: known places, bare capitals."""
    for token in parsed.doc:
        if (
            token.tag_ in ("NN", "JJ", "NNS")
            and token.text[:1].isupper()
            and (
                actors.places.get(token.lower_)
                or token.tag_ == "NN"
                and not token.is_upper
                and not list(token.lefts)
                and not actors.adjectives.get(token.lower_)
                and roles.kind(token.lower_) is None
                and len(token) > 3
            )
        ):
            if token.tag_ != "JJ" or token.dep_ not in ("amod", "compound"):
                token.tag_ = "NNP"


def _named(parsed: Parsed, actors: Actors, mentions: Mentions) -> dict[int, Source]:
    """Everybody whom a paragraph names, by head token; in order, so that pronouns look back."""
    named: dict[int, Source] = {}
    covered = 0
    for token in parsed.doc:
        if token.tag_ not in NOUNS or token.dep_ in ("compound", "amod", "nmod", "det", "npadvmod"):
            continue
        noun = noun_phrase(parsed, token)
        if token.lower_ in roles.PRONOUNS:
            if token.lower_ in ("he", "she", "they", "it"):
                span = surface(parsed, (token.i, token.i + 1, token.i))
                named[token.i] = pronouns.resolve(span, parsed.paragraph.number, mentions)
            continue
        if not roles.can_speak(token) or token.lower_ in TIMES:
            continue
        if parsed.doc[noun[0]].lower_ == "neither" and noun[0] < token.i:
            noun = (noun[0] + 1, token.i + 1, token.i)
        source = describe(parsed, noun, actors, mentions)
        named[token.i] = source
        placed = (
            token.dep_ == "pobj"
            and token.head.lower_ in PLACED
            and source.type in ("metonym", "person")
        )
        inside = token.i < covered and token.dep_ in ("pobj", "poss")
        if source.type != "unresolved":
            covered = max(covered, noun[1])
        if not placed and not inside and source.type != "unresolved":
            mentions.add(parsed.paragraph.number, token.lower_, source)
    return named


def _is_actor(parsed: Parsed, named: dict[int, Source]) -> Callable[[Any], bool]:
    """Whether a token is the head of a party's name: a government, its organs, its officials."""

    def known(token: Any) -> bool:
        source = named.get(token.i)
        if source is None:
            return token.lower_ in (
                "forces",
                "troops",
                "soldiers",
                "rebels",
                "sides",
                "side",
                "negotiators",
            )
        return (
            source.name is not None
            or source.on_behalf_of is not None
            or source.type in ("organisation", "metonym", "named official")
        )

    return known


def _span(parsed: Parsed, start: int, end: int) -> Span:
    """The characters of tokens `start:end` in the document."""
    doc, offset, text = parsed.doc, parsed.paragraph.start, parsed.paragraph.text
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return Span(start=offset + first, end=offset + last, text=text[first:last])


def _rows(
    parsed: Parsed,
    found: Iterable[Found],
    named: dict[int, Source],
    document: str,
    actors: Actors,
    mentions: Mentions,
) -> Iterable[Row]:
    for one in found:
        content = tuple(_span(parsed, a, b) for a, b in pieces(parsed.doc, one.content))
        if not content:
            continue
        source = _source(parsed, one, one.source, named, actors, mentions)
        cue = None
        if one.cue:
            cue = Cue(span=_span(parsed, min(one.cue), max(one.cue) + 1), slant=one.slant)
        mode = _mode(parsed, one)
        reasons = list(one.doubts)
        if source.type == "unresolved" and source.surface is not None:
            reasons.append(
                "it is open who the source is"
                if not source.alternatives
                else "several may be the source"
            )
        if source.type == "ambiguous role":
            reasons.append("the role fits several, or nobody named before")
        chain = tuple(_source(parsed, one, link, named, actors, mentions) for link in one.chain)
        yield Row(
            id="", document=document, paragraph=parsed.paragraph.number,
            sentence=parsed.paragraph.sentence(content[0].start - parsed.paragraph.start),
            layer=one.layer, source=source, chain=chain, cue=cue, content=content,
            polarity=one.polarity, mode=mode, what=one.what,
            hedges=tuple(_hits(content, hedges.hedges)),
            loaded=tuple(_loaded(parsed, one, content)),
            rule=one.rule, measured=measured().get(one.rule), needs_review=tuple(reasons),
        )  # fmt: skip


def _source(
    parsed: Parsed,
    one: Found,
    noun: Noun | None,
    named: dict[int, Source],
    actors: Actors,
    mentions: Mentions,
) -> Source:
    if one.layer != "attributed":
        return Source(type="narrator")
    if noun is None:
        return Source(type="passive" if one.passive else "unresolved")
    known = named.get(noun[2])
    span = surface(parsed, noun)
    again = (
        known is None or parsed.doc[noun_phrase(parsed, parsed.doc[noun[2]])[0]].lower_ == "neither"
    )
    if known is not None and not again:
        return known.model_copy(update={"surface": span})
    return describe(parsed, noun, actors, mentions)


def _mode(parsed: Parsed, one: Found) -> Mode:
    """Direct where all words are quoted, mixed where some are."""
    if one.layer != "attributed":
        return "unattributed"
    words = [i for i in one.content if parsed.doc[i].is_alpha or parsed.doc[i].like_num]
    quoted = sum(parsed.quoted[i] >= 0 for i in words)
    if words and quoted >= 0.9 * len(words):
        return "direct"
    return "mixed" if quoted else "indirect"


def _hits(content: Iterable[Span], find: Callable[[str], list[tuple[int, int]]]) -> list[Span]:
    return [
        Span(start=piece.start + a, end=piece.start + b, text=piece.text[a:b])
        for piece in content
        for a, b in find(piece.text)
    ]


def _loaded(parsed: Parsed, one: Found, content: Iterable[Span]) -> Iterable[Loaded]:
    offset = parsed.paragraph.start
    for hit in _hits(content, hedges.loaded):
        quoted = any(q.holds(hit.start - offset) for q in parsed.spans)
        owner = "speaker" if quoted and one.layer == "attributed" else "narrator"
        yield Loaded(span=hit, owner="speaker" if owner == "speaker" else "narrator")


def _numbered(rows: list[Row]) -> list[Row]:
    """Rows with ids: the hash of what each says."""
    seen: dict[str, int] = {}
    numbered, renamed = [], {}
    for position, row in enumerate(rows):
        parts = (
            row.layer,
            row.source.name or (row.source.surface.text if row.source.surface else None),
            row.cue.span.text if row.cue else None,
            tuple(p.text for p in row.content),
            row.polarity,
        )
        first = identify(*parts)
        seen[first] = seen.get(first, -1) + 1
        renamed[str(position)] = (
            first if not seen[first] else identify(*parts, occurrence=seen[first])
        )
        numbered.append(row.model_copy(update={"id": renamed[str(position)]}))
    return [
        row.model_copy(update={"responds_to": renamed[row.responds_to]}) if row.responds_to else row
        for row in numbered
    ]


def _answers(rows: list[Row]) -> list[Row]:
    """Rows that answer: a denial to what somebody else said just before in the paragraph."""
    from zopa.reading.cues import lemma_of

    answered = []
    for position, row in enumerate(rows):
        answering = (
            row.polarity == "denied"
            and row.layer == "attributed"
            or (row.cue is not None and lemma_of(row.cue.span.text.split()[0].lower()) in ANSWERING)
        )
        before = _previous(rows, position) if answering else None
        if before is not None:
            row = row.model_copy(update={"responds_to": str(before)})
        answered.append(row)
    return answered


def _previous(rows: list[Row], position: int) -> int | None:
    """The last row before, in the same paragraph, that somebody else is cited for."""
    for k in range(position - 1, -1, -1):
        if rows[k].paragraph != rows[position].paragraph:
            return None
        if rows[k].layer == "attributed" and _other(rows[k], rows[position]):
            return k
    return None


def _other(one: Row, other: Row) -> bool:
    """Whether two rows have different sources, as far as they are known."""
    a, b = one.source, other.source
    if a.name and b.name:
        return a.name != b.name
    return (a.surface.text if a.surface else "") != (b.surface.text if b.surface else "")
