"""A second reading of a changed text: what the reviewer decided about the first one is kept.

A row of the ledger before is the reviewer's where it has a decision, or where its speaker, content
or polarity is no longer what its id says it was.  Each of these finds its row in the new reading:

1. Same document and same id; then the same id in another document (a file that was renamed).
2. Same speaker and nearly the same words: the share of words in common, 2|a ∩ b| / (|a| + |b|),
   is at least `NEAR`; best first, one to one.  Numbers and negations must be the same, for another
   number or a `not` is another claim.  The row is then marked for review, with the words before.
3. The reader finds it no more, but its words stand in the text: it stays, at its new place.
4. None of these: it is `lost`, kept in the ledger apart, and looked for again at every reading.

Rows that nobody touched are those of the new reading alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from zopa.reading.row import Row, Source, Span, identify

NEAR = 0.7
SHORTEST = 3
"""Words that a content needs to be looked for in the text by itself."""

NEGATIONS = frozenset(
    "no not none never neither nor nobody nothing nowhere without cannot refuse refused refuses "
    "deny denied denies reject rejected rejects fail failed fails".split()
)
WORD = re.compile(r"\w+(?:['’]\w+)*(?:[.,]\d+)*")
CHANGED = "the text changed since it was decided; it read: "
How = Literal[
    "same id", "same id in another document", "nearly the same words", "its words stand in the text"
]


@dataclass(frozen=True)
class Match:
    """Which row of the ledger before is which row now, and how that is known.

    Attributes:
        before: its id in the ledger before.
        after: its id now.
        overlap: the share of words in common, 1 where the words are the same.
    """

    document: str
    before: str
    after: str
    how: How
    overlap: float = 1.0


@dataclass(frozen=True)
class Merged:
    """The ledger of the new reading with the reviewer's work in it.

    Attributes:
        rows: in the order of the documents and of their text.
        lost: rows of the reviewer's that nothing in the text matches any more.
        matches: one for each row of the reviewer's that is not lost.
    """

    rows: tuple[Row, ...]
    lost: tuple[Row, ...] = ()
    matches: tuple[Match, ...] = field(default=())


def merge(
    fresh: Sequence[Row],
    before: Sequence[Row],
    lost: Sequence[Row] = (),
    texts: Mapping[str, str] | None = None,
) -> Merged:
    """The new reading's rows with the reviewer's decisions and corrections.

    Args:
        fresh: rows of the new reading.
        before: rows of the ledger that the reviewer worked on.
        lost: its rows that were lost already.
        texts: document -> the text that was read now; without it nothing is looked for in it.
    """
    texts = texts or {}
    mine = [row for row in (*before, *lost) if touched(row)]
    pairs = _paired(fresh, mine, {*texts, *(row.document for row in fresh)})
    rows = list(fresh)
    taken = {(row.document, row.id) for row in fresh}
    gone, added, matches = [], [], []
    for old, row in enumerate(mine):
        text = texts.get(row.document)
        if old in pairs:
            new, how, share = pairs[old]
            rows[new] = carried(row, fresh[new], how, texts.get(fresh[new].document))
            matches.append(Match(fresh[new].document, row.id, fresh[new].id, how, share))
        elif (row.document, row.id) not in taken and (placed := _placed(row, text)):
            taken.add((row.document, row.id))
            added.append(placed)
            matches.append(Match(row.document, row.id, row.id, "its words stand in the text"))
        else:
            gone.append(row)
    return Merged(tuple(_in_order([*rows, *added], fresh, texts)), tuple(gone), tuple(matches))


def touched(row: Row) -> bool:
    """Whether the reviewer decided about a row, or changed what it says."""
    return row.decision is not None or edited(row)


def edited(row: Row) -> bool:
    """Whether a row's speaker, cue, content or polarity differs from what its id was made of."""
    cue = row.cue.span.text if row.cue else None
    content = tuple(piece.text for piece in row.content)
    who = speaker(row.source)
    if identify(row.layer, who, cue, content, row.polarity) == row.id:
        return False
    return row.id not in _ids(row.layer, who, cue, content, row.polarity)


OCCURRENCES = 10_000
"""How often a text may say exactly the same before its rows count as changed by hand."""


@lru_cache(maxsize=8)
def _ids(
    layer: str, who: str | None, cue: str | None, content: tuple[str, ...], polarity: str
) -> frozenset[str]:
    """The ids that rows which say this have, however often the text says it."""
    return frozenset(
        identify(layer, who, cue, content, polarity, k) for k in range(OCCURRENCES)
    )


def speaker(source: Source) -> str | None:
    """A source's name, else the words that name it."""
    return source.name or (source.surface.text if source.surface else None)


def _paired(
    fresh: Sequence[Row], mine: Sequence[Row], documents: set[str]
) -> dict[int, tuple[int, How, float]]:
    """Row of the reviewer's -> row of the new reading, how, and the share of words in common."""
    pairs: dict[int, tuple[int, How, float]] = {}
    free = set(range(len(fresh)))
    for candidates in (_same_id, _same_id_elsewhere, _near):
        open_ones = [k for k in range(len(mine)) if k not in pairs]
        for share, old, new, how in candidates(fresh, mine, open_ones, sorted(free), documents):
            if old not in pairs and new in free:
                pairs[old] = new, how, share
                free.discard(new)
    return pairs


Candidates = list[tuple[float, int, int, How]]
"""Share of words, row of the reviewer's, row of the new reading, how; best first."""


def _same_id(
    fresh: Sequence[Row],
    mine: Sequence[Row],
    old: Sequence[int],
    new: Sequence[int],
    documents: set[str],
) -> Candidates:
    here = {(fresh[k].document, fresh[k].id): k for k in new}
    return [
        (1.0, k, here[mine[k].document, mine[k].id], "same id")
        for k in old
        if (mine[k].document, mine[k].id) in here
    ]


def _same_id_elsewhere(
    fresh: Sequence[Row],
    mine: Sequence[Row],
    old: Sequence[int],
    new: Sequence[int],
    documents: set[str],
) -> Candidates:
    anywhere: dict[str, list[int]] = {}
    for k in new:
        anywhere.setdefault(fresh[k].id, []).append(k)
    return [
        (1.0, k, other, "same id in another document")
        for k in old
        if mine[k].document not in documents
        for other in anywhere.get(mine[k].id, ())
    ]


def _near(
    fresh: Sequence[Row],
    mine: Sequence[Row],
    old: Sequence[int],
    new: Sequence[int],
    documents: set[str],
) -> Candidates:
    """The same speaker and nearly the same words, in the same document where it is read now."""
    if not old:
        return []
    words = {k: _words(fresh[k].says) for k in new}
    stakes = {k: _stakes(words[k]) for k in new}
    by_speaker: dict[tuple[str, str | None], list[int]] = {}
    for k in new:
        by_speaker.setdefault((fresh[k].layer, speaker(fresh[k].source)), []).append(k)
    left_open = [k for k in new if fresh[k].source.name is None]
    found: Candidates = []
    for k in old:
        row, theirs, changed = mine[k], _words(mine[k].says), edited(mine[k])
        same = by_speaker.get((row.layer, speaker(row.source)), [])
        # where the reviewer named the speaker, the reader may have left it open
        for other in sorted({*same, *left_open}) if changed else same:
            one = fresh[other]
            if row.document in documents and row.document != one.document:
                continue
            if row.polarity != one.polarity and not changed or stakes[other] != _stakes(theirs):
                continue
            share = overlap(theirs, words[other])
            if share >= NEAR:
                found.append((share, k, other, "nearly the same words"))
    return sorted(found, key=lambda entry: (-entry[0], entry[1], entry[2]))


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in WORD.findall(text))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    """The share of words in common: 2|a ∩ b| / (|a| + |b|), as multisets."""
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 0.0


def _stakes(words: Counter[str]) -> Counter[str]:
    """The words that make another claim of it: numbers and negations."""
    return Counter(
        {
            word: n
            for word, n in words.items()
            if word in NEGATIONS or word.endswith(("n't", "n’t")) or any(c.isdigit() for c in word)
        }
    )


def carried(row: Row, fresh: Row, how: How, text: str | None) -> Row:
    """The row of the new reading with the reviewer's work on the row before.

    What the reviewer changed stands; what was not changed is as it reads now.  Where the words
    differ from those decided about, the row is marked for review and says what they were.
    """
    near = how == "nearly the same words"
    names: tuple[str, ...] = ()
    if edited(row) or not near:
        names = STANDING + WORDS
    elif row.decision and row.decision.verdict == "corrected":
        names = STANDING
    kept = {name: getattr(row, name) for name in (*names, "decision", "needs_review")}
    if near and row.says != fresh.says:
        kept["needs_review"] = tuple(
            dict.fromkeys((*row.needs_review, *fresh.needs_review, f"{CHANGED}“{row.says}”"))
        )
    merged = fresh.model_copy(update=kept)
    return _moved(merged, fresh, text) if names else merged


STANDING = ("layer", "polarity", "mode", "what", "chain", "source")
WORDS = ("cue", "content", "hedges", "loaded")


def _moved(row: Row, fresh: Row, text: str | None) -> Row:
    """A row's spans at the places where their words stand near the fresh row's."""
    around = fresh.content[0].start if fresh.content else 0
    ends = max((piece.end for piece in fresh.content), default=around)

    def move(span: Span) -> Span:
        for same in (
            *fresh.content,
            *fresh.hedges,
            *([fresh.source.surface] if fresh.source.surface else []),
            *([fresh.cue.span] if fresh.cue else []),
        ):
            if same.text == span.text:
                return same
        at = _nearest(text, span.text, around) if text else None
        if at is None:
            return Span(start=around, end=max(ends, around), text=span.text)
        return Span(start=at, end=at + len(span.text), text=span.text)

    def source(one: Source) -> Source:
        return one if one.surface is None else one.model_copy(update={"surface": move(one.surface)})

    return row.model_copy(
        update={
            "content": tuple(fresh.content)
            if [p.text for p in row.content] == [p.text for p in fresh.content]
            else tuple(map(move, row.content)),
            "source": source(row.source),
            "chain": tuple(map(source, row.chain)),
            "cue": row.cue and row.cue.model_copy(update={"span": move(row.cue.span)}),
            "hedges": tuple(map(move, row.hedges)),
            "loaded": tuple(one.model_copy(update={"span": move(one.span)}) for one in row.loaded),
        }
    )


def _nearest(text: str, words: str, around: int) -> int | None:
    """Where words stand in a text, nearest to a place; none where they do not."""
    if not words:
        return None
    after = text.find(words, max(around, 0))
    before = text.rfind(words, 0, max(around, 0) + len(words))
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: (abs(at - around), at)) if found else None


def _placed(row: Row, text: str | None) -> Row | None:
    """A row whose words the text has, at their place; none where it has them not."""
    if text is None or not row.content or len(WORD.findall(row.says)) < SHORTEST:
        return None
    places = []
    for piece in row.content:
        at = _nearest(text, piece.text, piece.start)
        if at is None:
            return None
        places.append(Span(start=at, end=at + len(piece.text), text=piece.text))
    moved = row.model_copy(update={"content": tuple(places)})
    return _moved(moved, moved, text).model_copy(update={"responds_to": None})


def _in_order(rows: Sequence[Row], fresh: Sequence[Row], texts: Mapping[str, str]) -> list[Row]:
    """By document, in the order of the reading, and by place in the text."""
    order = {
        name: k for k, name in enumerate(dict.fromkeys((*texts, *(row.document for row in fresh))))
    }
    if len(rows) == len(fresh):
        return list(rows)
    return sorted(
        rows,
        key=lambda row: (
            order.get(row.document, len(order)),
            row.content[0].start if row.content else 0,
        ),
    )
