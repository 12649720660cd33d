"""The packages one, two or three changes away from a package, and what everybody gains by them.

A change puts one issue from its option to another.  What a set of changes on different issues adds
to u_i is

    sum of the changes of worth_ij  +  sum over rules of bonus_i (held after - held before),

and whether a rule (or a forbidden combination) is held after them follows from counts: m, the
number of its issues on which the package misses it, and e in {-1, 0, 1}, what each change adds to
that number.  It is held iff m plus the sum of e is 0.  No package is built, so that millions of
sets of changes are looked at in a second.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from zopa.agreement.space import Booleans, Floats, Forbidden, Integers
from zopa.spaces.domain import Domain, Rule

BLOCK = 1 << 16
"""Sets of changes looked at together."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """All single changes of a package, in the order of issues and options.

    Attributes:
        domain: where it lies.
        package: `(issue,)`.
        issue: `(change,)`, the issue of each change.
        option: `(change,)`, the option it puts there.
        added: `(party, change)`, what it adds to the sum over issues.
        missed: `(box,)`, on how many issues the package misses each rule, then each forbidden
            combination.
        effect: `(box, change)`, what a change adds to that.
    """

    domain: Domain
    package: Integers
    issue: Integers
    option: Integers
    added: Floats
    missed: Integers
    effect: Integers

    def gains(self, sets: Integers) -> tuple[Floats, Booleans]:
        """What sets of changes bring, and which of them are allowed.

        Args:
            sets: `(set, k)`, indices of changes on k different issues.

        Returns:
            `(party, set)` change of utility, and `(set,)`.
        """
        gain = self.added[:, sets].sum(axis=2)
        for n, rule in enumerate(self.domain.rules):
            held = self.missed[n] + self.effect[n][sets].sum(axis=1) == 0
            step = held.astype(np.int64) - int(self.missed[n] == 0)
            if step.any():
                gain += rule.bonus[:, None] * step
        allowed = np.ones(len(sets), dtype=bool)
        for n in range(len(self.domain.rules), len(self.missed)):
            allowed &= self.missed[n] + self.effect[n][sets].sum(axis=1) != 0
        return gain, allowed

    def changed(self, changes: Integers) -> Integers:
        """`(issue,)`: the package after a set of changes, `(k,)`."""
        package = self.package.copy()
        package[self.issue[changes]] = self.option[changes]
        return package

    def sets(self, k: int) -> Iterator[Integers]:
        """Sets of k = 1, 2 or 3 changes on different issues, `(set, k)`, in blocks, in order."""
        waiting: list[Integers] = []
        count = 0
        for part in self._parts(k):
            waiting.append(part)
            count += len(part)
            if count >= BLOCK:
                yield np.concatenate(waiting)
                waiting, count = [], 0
        if waiting:
            yield np.concatenate(waiting)

    def _parts(self, k: int) -> Iterator[Integers]:
        """Sets whose first k - 1 issues are the same, `BLOCK` at a time at most."""
        issues = len(self.domain.issues)
        starts = np.searchsorted(self.issue, np.arange(issues + 1))
        for leading in combinations(range(issues), k - 1):
            axes = [np.arange(starts[i], starts[i + 1]) for i in leading]
            axes.append(np.arange(starts[leading[-1] + 1] if leading else 0, len(self.issue)))
            shape = tuple(map(len, axes))
            count = math.prod(shape)
            for first in range(0, count, BLOCK):
                place = np.unravel_index(np.arange(first, min(first + BLOCK, count)), shape)
                yield np.stack([a[at] for a, at in zip(axes, place, strict=True)], axis=1)


def around(domain: Domain, package: Integers) -> Neighbours:
    """The single changes of a package, `(issue,)`."""
    pairs = [(i, o) for i, size in enumerate(domain.sizes) for o in range(size)
             if o != package[i]]
    issue, option = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    added = np.concatenate([np.zeros((len(domain.parties), 0)), *(
        np.delete(worth, package[i], axis=1) - worth[:, package[i], None]
        for i, worth in enumerate(domain.worth))], axis=1)
    boxes: tuple[Rule | Forbidden, ...] = (*domain.rules, *domain.forbidden)
    missed = np.zeros(len(boxes), dtype=np.int64)
    effect = np.zeros((len(boxes), len(issue)), dtype=np.int64)
    for n, box in enumerate(boxes):
        for i, options in zip(box.issues, box.options, strict=True):
            outside = int(package[i] not in options)
            missed[n] += outside
            here = issue == i
            effect[n, here] = ~np.isin(option[here], options) - np.int64(outside)
    return Neighbours(domain, package, issue, option, added, missed, effect)
