"""Several reports beside each other: who says the same, and who contradicts whom.

1. Contents are compared by their terms (`matter`), whoever speaks: two are the same claim where
   2 w(a and b) / (w(a) + w(b)) is at least `SAME`, two content words or all are shared, and the
   numbers are the same, for another number is another claim.  A rare term weighs more.
2. Each row joins the nearest first row of a group, so that a group does not drift.
3. Within a group the sign counts: who asserts it, who denies it.
4. A row that answers another one and denies, and rows of the same words with other numbers,
   contradict too.

Nothing here says which of two claims is true.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from zopa.reading.actors import Actors, shipped
from zopa.reading.matter import Matter, Weights, matter, split, with_people
from zopa.reading.row import Row, Source, Strict

SAME = 0.6
FIGURES = 0.75
ANSWERED = 0.35
"""What a denial shares at least with the row that it answers."""

SHARED = 2
"""Content words that two claims need in common; fewer where they have no more."""

MOST = 60
"""A word that more groups than this have finds none of them."""

SIGNED = ("asserted", "denied")
OFFICIAL = ("spokesperson", "named official", "organisation", "metonym", "ambiguous role")


class Told(Strict):
    """One telling of a claim."""

    row: str
    source: str
    document: str
    near: float = Field(description="To the first of the group, which has 1.")


class Group(Strict):
    """The same claim by several sources, or in several documents."""

    says: str
    sources: int
    documents: int
    rows: tuple[Told, ...]


class Contradiction(Strict):
    """Two rows of which one says otherwise than the other."""

    row: str
    source: str
    against: str
    against_source: str
    near: float
    why: str


@dataclass(frozen=True)
class Item:
    """A row ready to be compared.

    Attributes:
        actor: for whom the source speaks; who acts, where it is an action; none where it is open.
        positive: whether the content is affirmed, the row's polarity counted in.
    """

    row: Row
    matter: Matter
    actor: str | None
    positive: bool

    @property
    def source(self) -> str:
        """Who says it, for a person to read."""
        source = self.row.source
        if source.type == "narrator":
            return f"the narrator of {self.row.document}"
        return source.name or (source.surface.text if source.surface else "by whom is not said")

    @property
    def voice(self) -> str:
        """Whose claim it is: a spokesperson's is that of those for whom they speak."""
        attributed = self.row.layer == "attributed" and self.row.what != "action"
        return self.actor or self.source if attributed else self.source

    @property
    def signed(self) -> bool:
        return self.row.polarity in SIGNED


def items_of(rows: Sequence[Row], actors: Actors | None = None) -> tuple[Item, ...]:
    """Rows with what they are about and whose they are."""
    known = with_people(shipped() if actors is None else actors, rows)
    return tuple(_item(row, known) for row in rows)


def _item(row: Row, actors: Actors) -> Item:
    its = matter(row.says, actors)
    if row.what == "action":
        actor = next((p.actor for p in split(row.says, actors) if p.actor is not None), None)
    else:
        actor = _speaks_for(row.source, actors)
    return Item(row, its, actor, its.positive == (row.polarity != "denied"))


def _speaks_for(source: Source, actors: Actors) -> str | None:
    """The actor for whom a source speaks: the one named, or the only one in its name."""
    name = source.on_behalf_of or source.name
    if name is None:
        return None
    inside = {piece.actor for piece in split(name, actors) if piece.actor is not None}
    if source.type in OFFICIAL and len(inside) == 1:
        return inside.pop()
    return actors.find(name) or name


Fits = Callable[[Item, Item], float | None]
Cluster = list[tuple[Item, float]]
"""Items with how near each is to the first."""


def same_claim(weights: Weights) -> Fits:
    """How near two rows are, where they make the same claim whatever their sign."""

    def fits(one: Item, other: Item) -> float | None:
        if one.matter.numbers != other.matter.numbers:
            return None
        return _near(one.matter, other.matter, weights, SAME)

    return fits


def _near(one: Matter, other: Matter, weights: Weights, least: float) -> float | None:
    shared = len(one.words & other.words)
    if not shared or shared < min(SHARED, len(one.words), len(other.words)):
        return None
    near = weights.near(one, other)
    return round(near, 2) if near >= least else None


def clusters(items: Sequence[Item], fits: Fits) -> list[Cluster]:
    """Each item with the nearest of the items that came first in a cluster, or as a new one."""
    found: list[Cluster] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for item in items:
        votes: Counter[int] = Counter()
        for word in item.matter.words:
            if len(holders[word]) <= MOST:
                votes.update(holders[word])
        best: tuple[float, int] | None = None
        least = min(SHARED, len(item.matter.words))
        for place in sorted(p for p, n in votes.items() if n >= least or n == len(
            found[p][0][0].matter.words)):  # fmt: skip
            near = fits(found[place][0][0], item)
            if near is not None and (best is None or near > best[0]):
                best = near, place
        if best is not None:
            found[best[1]].append((item, best[0]))
        else:
            for word in item.matter.words:
                holders[word].append(len(found))
            found.append([(item, 1.0)])
    return found


def groups(found: Sequence[Cluster]) -> Iterator[Group]:
    """Claims that several sources make, or that stand in several documents; most sources first."""
    made = []
    for cluster in found:
        for sign in (True, False):
            told = [(item, near) for item, near in cluster
                    if item.positive == sign and item.signed]  # fmt: skip
            sources = {item.voice for item, _ in told}
            documents = {item.row.document for item, _ in told}
            if len(sources) > 1 or len(documents) > 1:
                rows = tuple(
                    Told(row=item.row.id, source=item.source, document=item.row.document, near=near)
                    for item, near in told)  # fmt: skip
                made.append(Group(says=told[0][0].row.says, sources=len(sources),
                                  documents=len(documents), rows=rows))  # fmt: skip
    yield from sorted(made, key=lambda group: (-group.sources, -len(group.rows)))


def contradictions(
    items: Sequence[Item], found: Sequence[Cluster], weights: Weights
) -> Iterator[Contradiction]:
    """Who says otherwise than whom; each pair of rows once, each pair of sources once a claim."""
    seen: set[frozenset[str]] = set()
    by_id = {item.row.id: item for item in items}
    for item in items:
        other = by_id.get(item.row.responds_to or "")
        if other is not None and item.row.polarity == "denied" and _apart(item, other):
            near = round(weights.near(item.matter, other.matter), 2)
            if near < ANSWERED:
                continue
            seen.add(frozenset((item.row.id, other.row.id)))
            yield _against(item, other, near, "it answers it with a denial")
    for cluster in found:
        told: set[frozenset[str]] = set()
        signed = [pair for pair in cluster if pair[0].signed]
        for place, (item, near) in enumerate(signed):
            for other, other_near in signed[:place]:
                rows = frozenset((item.row.id, other.row.id))
                sources = frozenset((item.source, other.source))
                if item.positive == other.positive or not _apart(item, other):
                    continue
                if rows not in seen and sources not in told:
                    told.add(sources)
                    yield _against(item, other, min(near, other_near),
                                   "one denies what the other says")  # fmt: skip
    yield from _figures(found, weights)


def _figures(found: Sequence[Cluster], weights: Weights) -> Iterator[Contradiction]:
    """The same words with other numbers."""

    def fits(one: Item, other: Item) -> float | None:
        if one.matter.numbers == other.matter.numbers:
            return None
        a = Matter(one.matter.terms - one.matter.numbers)
        b = Matter(other.matter.terms - other.matter.numbers)
        return _near(a, b, weights, FIGURES)

    heads = [cluster[0][0] for cluster in found if cluster[0][0].matter.numbers]
    for cluster in clusters([item for item in heads if item.signed], fits):
        first = cluster[0][0]
        for item, near in cluster[1:]:
            if item.positive == first.positive and _apart(item, first):
                mine, its = sorted(item.matter.numbers), sorted(first.matter.numbers)
                yield _against(item, first, near, f"the same words with other numbers: "
                               f"{', '.join(mine)}, not {', '.join(its)}")  # fmt: skip


def _apart(one: Item, other: Item) -> bool:
    """Whether two rows have different sources: a position that moved is no contradiction between
    two, and neither are an actor's words and its own actions."""
    acts = (one.row.what == "action") + (other.row.what == "action")
    if one.actor is not None and other.actor is not None and acts < 2:
        return one.actor != other.actor
    return one.source != other.source


def _against(item: Item, other: Item, near: float, why: str) -> Contradiction:
    return Contradiction(row=item.row.id, source=item.source, against=other.row.id,
                         against_source=other.source, near=near, why=why)  # fmt: skip


def weights_of(items: Sequence[Item]) -> Weights:
    """How much each term tells among these rows."""
    return Weights.of(item.matter for item in items)
