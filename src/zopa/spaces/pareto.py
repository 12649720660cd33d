"""Which rows of a table of utilities no other row dominates.

Row p dominates q iff u_i(p) >= u_i(q) for every party i, and > for one.  Comparisons are exact,
without tolerances; of equal rows the first stands for all.

Two parties: sort by the first party's utility, falling; a row stays iff its second utility exceeds
every one before it (a running maximum).

More parties: sort by a sum that no dominated row can lead, so that whatever dominates a row comes
before it.  Take the rows in batches.  For every party i and every threshold keep, as bits, the set
of the batch's rows that are at least as good for i; the rows of a batch that are at least as good
as q for all parties are the intersection of one such set for each party.  q is dominated iff it is
not empty.  A batch of 2048 rows is compared with a row by 32 machine words for each party.  Tables
with a large frontier are cut into cells first, at the same quantiles for all rows: a row of one
cell can dominate only rows of cells that are no higher for any party, and where its own cell is
higher for a party, the two need not be compared for that party.

Reference: Kung, Luccio and Preparata (1975), Journal of the ACM 22, 469-476, for the sort and the
running maximum; Tan, Eng and Ooi (2001), VLDB, 301-310, for the bit sets.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.sieve import Sieve

FEW = 160
"""Rows of three parties and more, up to so many, are compared each with each."""
MANY = 16_384
"""More rows than this are sifted before they are sorted."""
SAMPLE = 4096
BATCH = 2048
"""Rows whose bit sets are held at a time."""
ROWS_OF_A_CELL = 1024
MOST_CELLS = 256
MOST_CUT = 8
"""Parties whose utilities are cut into cells."""
_QUERIES = 2048


def nondominated(utility: Floats) -> Integers:
    """Rows that no other row dominates.

    Args:
        utility: `(row, party)`, finite.

    Returns:
        Their indices, in increasing order of the first party's utility, then of the second's, ...;
        the first of equal rows.

    Raises:
        ArgumentError: not a table, or a number that cannot be compared.
    """
    table = np.asarray(utility, dtype=np.float64)
    if table.ndim != 2 or not table.shape[1]:
        raise ArgumentError("Argument `utility` must have shape (row, party), "
                            f"but has shape {table.shape}.")
    if np.isnan(table).any():
        raise ArgumentError("Argument `utility` must hold numbers, but holds NaN.")
    kept = undominated(table.T)
    return kept[np.lexsort(table[kept].T[::-1])]


def undominated(u: Floats) -> Integers:
    """The same for `(party, row)`, in increasing order of the rows; nothing is checked."""
    rows: Integers | None = None
    while u.shape[1] > MANY and len(u) > 1:
        places = np.arange(SAMPLE, dtype=np.int64) * 2_654_435_761 % u.shape[1]
        sample = u[:, places]
        passed = Sieve(sample[:, _sorted_out(sample)]).passed(u)
        few = 2 * len(passed) <= u.shape[1]
        rows = passed if rows is None else rows[passed]
        u = u[:, passed]
        if not few:
            break
    kept = _sorted_out(u)
    return kept if rows is None else rows[kept]


def _sorted_out(u: Floats) -> Integers:
    if not u.shape[1]:
        return np.zeros(0, dtype=np.int64)
    if len(u) == 1:
        return np.array([np.argmax(u[0])], dtype=np.int64)
    if len(u) == 2:
        return np.sort(_two(u[0], u[1]))
    return _pairwise(u) if u.shape[1] <= FEW else np.sort(_more(u))


def _pairwise(u: Floats) -> Integers:
    covers = u[0, :, None] >= u[0]
    for row in u[1:]:
        covers &= row[:, None] >= row
    # over equal rows only the first counts
    covers &= ~(covers.T & np.tri(u.shape[1], dtype=bool))
    return np.flatnonzero(~covers.any(axis=0))


def _two(a: Floats, b: Floats) -> Integers:
    order = np.lexsort((-b, -a))
    height = b[order]
    stays = np.ones(len(order), dtype=bool)
    stays[1:] = height[1:] > np.maximum.accumulate(height)[:-1]
    return order[stays]


def _more(u: Floats) -> Integers:
    order = _leaders_first(u)
    ranks = np.stack([_ranks(row) for row in u[:, order]])
    if len(order) > BATCH:
        # the leaders dominate most of what is dominated
        sets = BitSets(ranks[:, :BATCH], len(order))
        leads = np.flatnonzero(~sets.covered(ranks[:, :BATCH], own=True))
        left = BATCH + np.flatnonzero(~sets.covered(ranks[:, BATCH:]))
        ranks = np.stack([_ranks(row) for row in ranks[:, left]])
        rest = _apart(ranks)
        return order[np.concatenate([leads, left[rest]])]
    return order[_apart(ranks)]


def _apart(ranks: Integers) -> Integers:
    """Undominated rows of `(party, row)`, ordered as `_leaders_first` does, without equal rows."""
    levels = ranks.shape[1]
    kept = [np.zeros(0, dtype=np.int64)]
    cells = _cells(ranks)
    # whatever dominates a row is in the same cell, before it, or in one as high for every party
    for cell in sorted(cells, key=lambda given: (-sum(given), given)):
        below = [other for other in cells if other != cell
                 and all(o <= c for o, c in zip(other, cell, strict=True))]
        rest = cells.pop(cell)
        while rest.size:
            batch, rest = rest[:BATCH], rest[BATCH:]
            sets = BitSets(ranks[:, batch], levels)
            kept.append(batch[~sets.covered(ranks[:, batch], own=True)])
            rest = rest[~sets.covered(ranks[:, rest])]
            for other in below:
                ties = [n for n, (o, c) in enumerate(zip(other, cell, strict=True)) if o == c]
                ties += range(len(cell), len(ranks))
                if ties:
                    rows = cells[other]
                    cells[other] = rows[~sets.covered(ranks[:, rows], ties)]
                elif batch.size:
                    cells[other] = cells[other][:0]
    return np.concatenate(kept)


def _cells(ranks: Integers) -> dict[tuple[int, ...], Integers]:
    """Rows by cells of the first parties' ranks; a single cell where they are few."""
    count = ranks.shape[1]
    parties = min(len(ranks), MOST_CUT)
    parts = int(min(count / ROWS_OF_A_CELL, MOST_CELLS) ** (1.0 / parties) + 1e-9)
    if parts < 2:
        return {(): np.arange(count)}
    level = []
    for rank in ranks[:parties]:
        cuts = np.quantile(rank, np.arange(1, parts) / parts)
        level.append(np.searchsorted(cuts, rank))
    code = np.ravel_multi_index(tuple(level), (parts,) * parties)
    order = np.argsort(code, kind="stable")
    codes, first = np.unique(code[order], return_index=True)
    names = zip(*(axis.tolist() for axis in np.unravel_index(codes, (parts,) * parties)),
                strict=True)
    return dict(zip(names, np.split(order, first[1:]), strict=True))


def _leaders_first(u: Floats) -> Integers:
    """Rows in an order in which each stands behind whatever dominates it; one of equal rows."""
    low = u.min(axis=1, keepdims=True)
    spread = u.max(axis=1, keepdims=True) - low
    score = np.add.reduce((u - low) / np.where(spread > 0.0, spread, 1.0), axis=0)
    order = np.argsort(-score, kind="stable")
    if (np.diff(score[order]) == 0.0).any():
        order = np.lexsort((*-u[::-1], -score))
        v = u[:, order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (v[:, 1:] != v[:, :-1]).any(axis=0)
        order = order[new]
    return order


def _ranks(row: Floats | Integers) -> Integers:
    """Equal numbers get equal ranks, from 0, in increasing order."""
    order = np.argsort(row)
    ranked = row[order]
    step = np.zeros(len(row), dtype=np.int64)
    step[1:] = ranked[1:] != ranked[:-1]
    ranks = np.empty(len(row), dtype=np.int64)
    ranks[order] = np.cumsum(step)
    return ranks


class BitSets:
    """For every party and threshold the rows of a batch at or above it, as bits.

    Args:
        ranks: `(party, row)` of the batch.
        levels: all ranks are below it.
    """

    def __init__(self, ranks: Integers, levels: int) -> None:
        count = ranks.shape[1]
        words = -(-count // 64)
        row = np.arange(count)
        self.place, self.bit = row // 64, np.uint64(1) << (row % 64).astype(np.uint64)
        self.sets: list[NDArray[np.uint64]] = []
        self.threshold: list[Integers] = []
        for rank in ranks:
            order = np.argsort(rank, kind="stable")
            table = np.zeros((count + 1, words), dtype=np.uint64)
            table[row, self.place[order]] = self.bit[order]
            backwards = table[::-1]
            np.bitwise_or.accumulate(backwards, axis=0, out=backwards)
            steps = np.diff(rank[order], prepend=-1, append=levels - 1)
            self.sets.append(table)
            self.threshold.append(np.repeat(np.arange(count + 1), steps))

    def covered(self, ranks: Integers, parties: Sequence[int] | None = None,
                own: bool = False) -> Booleans:
        """Which rows some row of the batch equals or exceeds for every party.

        Args:
            ranks: `(party, row)` of the rows asked about.
            parties: the parties to compare, at least one; all by default.
            own: they are the batch itself, and no row counts against itself.
        """
        first, *others = range(len(ranks)) if parties is None else parties
        found = np.zeros(ranks.shape[1], dtype=bool)
        for start in range(0, len(found), _QUERIES):
            some = slice(start, start + _QUERIES)
            common = self.sets[first][self.threshold[first][ranks[first, some]]]
            for party in others:
                common &= self.sets[party][self.threshold[party][ranks[party, some]]]
            if own:
                common[np.arange(len(common)), self.place[some]] &= ~self.bit[some]
            found[some] = common.any(axis=1)
        return found
