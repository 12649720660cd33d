"""The frontier of packages that pass by in blocks: memory for the frontier and a block, no more."""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.spaces.pareto import undominated
from zopa.spaces.sieve import Sieve

WAITING = {1: 4096, 2: 4096, 3: 8192}
"""Packages that wait before they are compared with the frontier, at least, by parties."""
WAITING_OF_MORE = 65_536
TIMES = 3
"""More than three parties' packages wait until they are so many times the frontier."""


COMPARED = 65_536
"""A row compared with so many counts as two."""


class Spent(Exception):
    """More work than was allowed."""


class Running:
    """What is not dominated among all packages added so far.

    Args:
        parties: their number.
        hints: `(party, point)`, utilities of real packages, wherever they stand in the order; they
            help to drop packages early and are not part of the frontier.
        most: work that is allowed, in rows looked at; of more than two parties, a row compared
            with many counts as several.

    Raises:
        Spent: when adding, or asking what is hopeful, takes more.
    """

    def __init__(self, parties: int, hints: Floats | None = None,
                 most: float = np.inf) -> None:
        self._hints = np.zeros((parties, 0)) if hints is None else hints
        self._index: list[Integers] = [np.zeros(0, dtype=np.int64)]
        self._utility: list[Floats] = [np.zeros((parties, 0))]
        self._waiting, self._room = 0, WAITING.get(parties, WAITING_OF_MORE)
        self._parties, self._left = parties, most
        self._times = 1 if parties < 4 else TIMES
        self._sieve = self._made()

    def _made(self) -> Sieve | None:
        points = np.concatenate([self._hints, self._utility[0]], axis=1)
        return Sieve(points[:, undominated(points)]) if points.shape[1] else None

    def hopeful(self, u: Floats) -> Integers:
        """Rows of `(party, row)` that are not known to be dominated by some package."""
        self._spend(u.shape[1])
        return np.arange(u.shape[1]) if self._sieve is None else self._sieve.passed(u)

    def add(self, start: int, index: Integers | None, u: Floats) -> None:
        """Add packages.

        Args:
            start: index of the first of them, where `index` is None and they follow each other.
            index: `(row,)`, their indices, increasing and above all that were added before.
            u: `(party, row)`.
        """
        rows = self.hopeful(u)
        if not rows.size:
            return
        self._index.append(start + rows if index is None else index[rows])
        self._utility.append(u[:, rows])
        self._waiting += rows.size
        if self._waiting >= max(self._room, self._times * self._index[0].size):
            self._settle()

    def _settle(self) -> None:
        index = np.concatenate(self._index)
        if self._parties > 2:
            self._spend(index.size * (self._parties - 2 + index.size // COMPARED))
        u = np.concatenate(self._utility, axis=1)
        kept = undominated(u)
        self._index, self._utility, self._waiting = [index[kept]], [u[:, kept]], 0
        self._sieve = self._made()

    def _spend(self, work: int) -> None:
        self._left -= work
        if self._left < 0.0:
            raise Spent

    def frontier(self) -> tuple[Integers, Floats]:
        """Indices and utilities, `(point,)` and `(party, point)`, in increasing order of index."""
        if self._waiting:
            self._settle()
        return self._index[0], self._utility[0]
