"""How an actor's stated position moved from date to date, and its words beside its actions.

1. An actor's statements, its officials' and its spokespersons' alike, are put together by what they
   are about: an overlap of at least `ABOUT` with the first of them, whatever numbers they give.
2. By date, each step is set beside the one before: the same, reworded (or with other numbers), or
   reversed where one says and the other denies it.  A reversal is a shift of the stated position.
3. Documents without a date come last and take no part in the comparison.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from zopa.reading.actors import Actors
from zopa.reading.matter import Weights
from zopa.reading.row import Row, Strict
from zopa.reading.several import (
    SAME,
    SHARED,
    Cluster,
    Contradiction,
    Group,
    Item,
    clusters,
    contradictions,
    groups,
    items_of,
    same_claim,
    weights_of,
)

ABOUT = 0.35
WORDS_SHOWN = 5

Move = Literal["first", "the same", "reworded", "reversed", "undated"]


class Step(Strict):
    """A stated position at a date."""

    date: dt.date | None
    document: str
    row: str
    says: str
    polarity: str
    move: Move


class Course(Strict):
    """How an actor's stated position on a matter went on."""

    actor: str
    matter: tuple[str, ...] = Field(description="Stems that its statements share.")
    shift: bool = Field(description="Whether a step says the opposite of the one before.")
    steps: tuple[Step, ...]


class Deed(Strict):
    """What an actor says of a matter, beside what it is reported to do."""

    actor: str
    matter: tuple[str, ...]
    words: tuple[str, ...] = Field(description="Ids of rows.")
    actions: tuple[str, ...]
    otherwise: tuple[str, ...] = Field(
        (), description="Those of the actions that are the opposite of what it said first."
    )


class Several(Strict):
    """What reports say beside each other."""

    dates: dict[str, dt.date | None] = Field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    timeline: tuple[Course, ...] = ()
    words_and_actions: tuple[Deed, ...] = ()


def compare(
    rows: Sequence[Row],
    dates: Mapping[str, dt.date | None] | None = None,
    actors: Actors | None = None,
) -> Several:
    """What the rows of several documents say beside each other.

    Args:
        dates: document -> its date; none where it is not known.
        actors: the gazetteer of the reading.
    """
    items = items_of(rows, actors)
    weights = weights_of(items)
    dated: dict[str, dt.date | None] = dict.fromkeys(row.document for row in rows)
    dated.update(dates or {})
    found = clusters(items, same_claim(weights))
    return Several(
        dates=dated,
        groups=tuple(groups(found)),
        contradictions=tuple(contradictions(items, found, weights)),
        timeline=tuple(timeline(items, dated, weights)),
        words_and_actions=tuple(deeds(items, weights)),
    )


def _about(one: Item, other: Item, weights: Weights) -> float | None:
    """How near two rows are, where they are about the same."""
    if len(one.matter.words & other.matter.words) < SHARED:
        return None
    near = weights.near(one.matter, other.matter)
    return near if near >= ABOUT else None


def _by_actor(items: Sequence[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.actor is not None:
            found[item.actor].append(item)
    return found


def timeline(
    items: Sequence[Item], dates: Mapping[str, dt.date | None], weights: Weights
) -> Iterator[Course]:
    """Positions stated in several documents; those that shifted first."""
    made = []
    for actor, its in sorted(_by_actor(items).items()):
        stated = [i for i in its if i.row.what != "action" and i.row.layer == "attributed"
                  and i.row.polarity != "not said"]  # fmt: skip
        stated.sort(key=lambda i: (dates.get(i.row.document) or dt.date.max, i.row.document))
        for cluster in clusters(stated, lambda a, b: _about(a, b, weights)):
            if len({item.row.document for item, _ in cluster}) > 1:
                steps = tuple(_steps(cluster, dates, weights))
                shift = any(step.move == "reversed" for step in steps)
                made.append(Course(actor=actor, matter=_shared(cluster), shift=shift, steps=steps))
    yield from sorted(made, key=lambda course: (not course.shift, course.actor))


def _steps(
    cluster: Cluster, dates: Mapping[str, dt.date | None], weights: Weights
) -> Iterator[Step]:
    before: Item | None = None
    for item, _ in cluster:
        date = dates.get(item.row.document)
        move: Move = "undated" if date is None else "first"
        if date is not None and before is not None:
            near = weights.near(item.matter, before.matter)
            alike = near >= SAME and item.matter.numbers == before.matter.numbers
            move = "the same" if alike else "reworded"
            if item.signed and before.signed and item.positive != before.positive:
                move = "reversed"
            elif item.row.polarity != before.row.polarity and not (item.signed and before.signed):
                move = "reworded"
        if date is not None:
            before = item
        yield Step(date=date, document=item.row.document, row=item.row.id, says=item.row.says,
                   polarity=item.row.polarity, move=move)  # fmt: skip


def _shared(cluster: Cluster) -> tuple[str, ...]:
    """The stems that most of a cluster has, most frequent first."""
    counts = Counter(word for item, _ in cluster for word in item.matter.words)
    often = [word for word, n in counts.items() if n > 1]
    return tuple(sorted(often, key=lambda word: (-counts[word], word))[:WORDS_SHOWN])


def deeds(items: Sequence[Item], weights: Weights) -> Iterator[Deed]:
    """An actor's words on a matter beside its reported actions."""
    for actor, its in sorted(_by_actor(items).items()):
        for cluster in clusters(its, lambda a, b: _about(a, b, weights)):
            words = [item for item, _ in cluster if item.row.what != "action"]
            acts = [item for item, _ in cluster if item.row.what == "action"]
            if words and acts:
                first = words[0]
                other = [act.row.id for act in acts if act.signed and first.signed
                         and act.positive != first.positive]  # fmt: skip
                yield Deed(
                    actor=actor, matter=_shared(cluster),
                    words=tuple(item.row.id for item in words),
                    actions=tuple(item.row.id for item in acts), otherwise=tuple(other),
                )  # fmt: skip
