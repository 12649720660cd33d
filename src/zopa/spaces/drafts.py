"""Drafts of provisions, each in or out, judged by a threshold on a mean.

A draft is a set K of provisions, not empty.  Party i, with satisfaction s_ij and threshold t_i,

    is satisfied by K  iff  (1/|K|) sum_{j in K} s_ij >= t_i
                       iff  sum_{j in K} (s_ij - t_i) >= 0.

So *whether* a draft satisfies adds up over provisions, though the mean does not: a mean can rise by
leaving a provision out.  Scores are whole numbers in a common unit, so that every comparison is
exact.  Drafts are enumerated as bit masks, a block at a time: memory does not grow with their
number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.core.errors import ArgumentError

LOW = 16
"""Provisions whose 2^16 combinations make a block."""
MOST = 28
"""Provisions beyond which drafts are not enumerated."""


@dataclass(frozen=True, eq=False)
class Drafts:
    """What drafts are made of and judged by.

    Attributes:
        score: `(party, provision)`, satisfaction in whole units.
        threshold: `(party,)`, the least mean in the same units.
        asks: `(party,)`, False where a party has no threshold.
        exclusive: groups of provisions of which a draft holds one at most.
        category: for each provision the index of its category.
        scale: how many units make 1 as scores are written.

    Raises:
        ArgumentError: another shape, a provision out of range, or too many to enumerate.
    """

    score: Integers
    threshold: Integers
    asks: Booleans
    exclusive: tuple[tuple[int, ...], ...]
    category: tuple[int, ...]
    scale: int = 1

    def __post_init__(self) -> None:
        parties, count = self.score.shape
        if self.threshold.shape != (parties,) or self.asks.shape != (parties,):
            raise ArgumentError(f"`threshold` and `asks` must have shape {(parties,)}.")
        if len(self.category) != count or not count:
            raise ArgumentError(f"`category` must have one entry for each of {count} provisions.")
        if any(not 0 <= j < count for group in self.exclusive for j in group):
            raise ArgumentError(f"`exclusive` must name provisions 0..{count - 1}.")
        if count > MOST:
            raise ArgumentError(
                f"{count} provisions make 2^{count} drafts; up to {MOST} are enumerated. Leave "
                "out provisions that are agreed or hopeless.")


@dataclass(frozen=True, eq=False)
class Block:
    """Some drafts that hold no two provisions of an exclusive group.

    Attributes:
        mask: `(draft,)`, bit j says whether provision j is in.
        total: `(party, draft)`, sum of satisfaction.
        number: `(draft,)`, provisions in.
        covered: `(draft,)`, whether every category has one in.
    """

    mask: Integers
    total: Integers
    number: Integers
    covered: Booleans

    @property
    def mean(self) -> Floats:
        """`(party, draft)`; equal means are equal numbers, as division rounds correctly."""
        mean: Floats = self.total / self.number
        return mean


def blocks(drafts: Drafts) -> Iterator[Block]:
    """All drafts that the exclusive groups allow, in increasing order of their masks."""
    count = drafts.score.shape[1]
    low = min(count, LOW)
    weights = np.vstack([drafts.score, np.ones(count, dtype=np.int64)])
    sums, held = _tables(weights[:, :low], drafts.category[:low])
    everything = _every(drafts.category)
    groups = [sum(1 << j for j in set(group)) for group in drafts.exclusive]
    masks = np.arange(1 << low, dtype=np.int64)
    for high in range(1 << (count - low)):
        above = [low + j for j in range(count - low) if high >> j & 1]
        mask = masks | (high << low)
        fits = mask > 0
        for group in groups:
            inside = mask & group
            fits &= inside & (inside - 1) == 0
        added = weights[:, above].sum(axis=1)
        total = sums[:, fits] + added[:, None]
        cats = held[fits] | sum(1 << c for c in {drafts.category[j] for j in above})
        yield Block(mask[fits], total[:-1], total[-1], cats == everything)


def surplus(drafts: Drafts, block: Block) -> Integers:
    """`(party, draft)`: sum of satisfaction less threshold; at least 0 where it satisfies."""
    found: Integers = block.total - drafts.threshold[:, None] * block.number
    return found


def satisfied(drafts: Drafts, block: Block) -> Booleans:
    """`(party, draft)`: whom a draft satisfies; a party without a threshold always."""
    fine: Booleans = (surplus(drafts, block) >= 0) | ~drafts.asks[:, None]
    return fine


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts over drafts.

    Attributes:
        drafts: how many there are.
        each: `(party,)`, how many satisfy it.
        only: `(party,)`, how many satisfy all but it.
        satisfying: how many satisfy all.
        holding: `(provision,)`, how many of those hold it.
        of_size: `(number + 1,)`, how many drafts have so many provisions.
        satisfying_of_size: the same of those that satisfy all.
        rescued: how many that do not satisfy all would, with one provision left out.
    """

    drafts: int
    each: Integers
    only: Integers
    satisfying: int
    holding: Integers
    of_size: Integers
    satisfying_of_size: Integers
    rescued: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name)
                       for name in self.__dataclass_fields__))


def tally(drafts: Drafts, block: Block, which: Booleans | None = None) -> Tally:
    """The counts of one block, or of some of its drafts.

    Args:
        drafts: what they are made of.
        block: some of them.
        which: `(draft,)`, the ones to count; all by default.
    """
    parties, count = drafts.score.shape
    which = np.ones(len(block.mask), dtype=bool) if which is None else which
    fine = satisfied(drafts, block)[:, which]
    mask, number = block.mask[which], block.number[which]
    every = fine.all(axis=0)
    others = [fine[[k for k in range(parties) if k != i]].all(axis=0) & ~fine[i]
              for i in range(parties)]
    failing = ~every & (number > 1)
    left = surplus(drafts, block)[:, which][:, failing]
    step = drafts.score - drafts.threshold[:, None]
    rescued = np.zeros(int(failing.sum()), dtype=bool)
    for j in range(count):
        inside = mask[failing] >> j & 1 == 1
        fits = (left - step[:, j:j + 1] >= 0) | ~drafts.asks[:, None]
        rescued |= inside & fits.all(axis=0)
    return Tally(
        len(mask), fine.sum(axis=1), np.array([int(o.sum()) for o in others]),
        int(every.sum()), np.array([int((mask[every] >> j & 1).sum()) for j in range(count)]),
        np.bincount(number, minlength=count + 1),
        np.bincount(number[every], minlength=count + 1), int(rescued.sum()))


def members(mask: int) -> tuple[int, ...]:
    """The provisions that a mask holds."""
    return tuple(j for j in range(mask.bit_length()) if mask >> j & 1)


def _tables(weights: Integers, category: tuple[int, ...]) -> tuple[Integers, Integers]:
    """Sums of every combination of the first provisions, and their categories as bits."""
    sums = np.zeros((len(weights), 1), dtype=np.int64)
    held = np.zeros(1, dtype=np.int64)
    for j in range(weights.shape[1]):
        sums = np.concatenate([sums, sums + weights[:, j:j + 1]], axis=1)
        held = np.concatenate([held, held | (1 << category[j])])
    return sums, held


def _every(category: tuple[int, ...]) -> int:
    return sum(1 << c for c in set(category))


@dataclass(frozen=True, eq=False)
class Undominated:
    """Drafts that no other is better than for one party and as good for all.

    Attributes:
        mean: `(draft, party)`, of the drafts on the frontier, no two rows equal in mean and number.
        number: `(draft,)`, provisions in.
        mask: `(draft,)`; of equals the least.
        in_mean: `(draft,)`, whether it is on the frontier of the means alone.
    """

    mean: Floats
    number: Integers
    mask: Integers
    in_mean: Booleans


class Frontier:
    """The frontier in means and number of provisions, gathered block by block.

    Every draft undominated in the means has one of the same means undominated in means and number,
    so the frontier of the means is part of it; and a draft that dominates a satisfying one
    satisfies, so the frontier of the satisfying drafts is the satisfying part of it.
    """

    def __init__(self, parties: int) -> None:
        self._rows = np.zeros((0, parties + 1))
        self._mask = np.zeros(0, dtype=np.int64)

    def add(self, block: Block, which: Booleans | None = None) -> None:
        """Drafts of a block, or some of them."""
        rows = np.vstack([block.mean, block.number]).T
        mask = block.mask
        if which is not None:
            rows, mask = rows[which], mask[which]
        keep = undominated(rows)
        rows = np.concatenate([self._rows, rows[keep]])
        mask = np.concatenate([self._mask, mask[keep]])
        keep = undominated(rows)
        self._rows, self._mask = rows[keep], mask[keep]

    def found(self) -> Undominated:
        """The frontier of what was added, by decreasing number, then increasing mask."""
        order = np.lexsort((self._mask, -self._rows[:, -1]))
        rows, mask = self._rows[order], self._mask[order]
        in_mean = np.zeros(len(rows), dtype=bool)
        in_mean[undominated(rows[:, :-1])] = True
        return Undominated(rows[:, :-1], rows[:, -1].astype(np.int64), mask, in_mean)


def undominated(rows: Floats) -> Integers:
    """Indices, increasing, of the rows that no row dominates; the first of equal ones.

    1. Order by decreasing sum: nothing is dominated by what comes after it.
    2. Keep the first, drop what it dominates or equals, repeat.
    """
    left = np.argsort(-rows.sum(axis=1), kind="stable")
    kept = []
    while len(left):
        kept.append(left[0])
        rest = rows[left[1:]]
        left = left[1:][(rest > rows[left[0]]).any(axis=1)]
    return np.array(sorted(kept), dtype=np.int64)
