"""All packages of a domain, block after block, in memory that does not grow with their number.

Packages are numbered with the last issue's option changing fastest.  They form a tree: a node at
depth j is a choice of options on the first j issues.  The tree is walked in that order, many
neighbouring nodes at a time:

1. A node's utility is its parent's plus what its own option adds, so that the sum runs over issues
   in the order of `Domain.utilities` and a package costs little more than one addition a party.
   Rules are added at the end, in their order: utilities are those of `Domain.utilities` to the
   last bit.
2. A forbidden combination cuts a node as soon as the node holds all of it, with all below it.
3. A floor cuts a node where even the best options still to come, and every rule that could still
   pay, leave a party below it.  The bound is raised by more than all rounding errors, and packages
   themselves are compared with the floor exactly: none that meets it is lost.

Rounding errors: a sum of n numbers, each of at most m in absolute value, in whatever order, is off
by at most n^2 m 2^-53 (1 + n 2^-52); Higham (2002), Accuracy and Stability of Numerical
Algorithms, section 4.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Forbidden, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, Rule

BLOCK = 32_768
"""Packages at a time: two parties' utilities of so many fit a core's own cache."""
MOST = 2**62
"""Packages that can be numbered."""

Hopeful = Callable[[Floats], Integers]


@dataclass(frozen=True, eq=False)
class Part:
    """Neighbouring nodes of one depth, or packages.

    Attributes:
        start: number of the first node among those of its depth, where they follow each other.
        index: `(node,)`, the numbers, where some between them were cut; else None.
        utility: `(party, node)`.
        boxes: which boxes (rules, then constraints) have begun and may still be fulfilled.
        alive: `(box, node)`, whether a node may still fulfil them, or does.
    """

    start: int
    index: Integers | None
    utility: Floats
    boxes: tuple[int, ...] = ()
    alive: Booleans | None = None

    @property
    def count(self) -> int:
        """Number of nodes."""
        return self.utility.shape[1]

    def numbers(self) -> Integers:
        """`(node,)`, numbers of the nodes."""
        return self.start + np.arange(self.count) if self.index is None else self.index

    def taken(self, rows: Integers | slice) -> Part:
        """Some of the nodes; a slice of neighbours stays one."""
        alive = None if self.alive is None else self.alive[:, rows]
        if isinstance(rows, slice) and self.index is None:
            return Part(self.start + rows.start, None, self.utility[:, rows], self.boxes, alive)
        return Part(0, self.numbers()[rows], self.utility[:, rows], self.boxes, alive)


def blocks(domain: Domain, block: int = BLOCK,
           floor: Floats | None = None) -> Iterator[tuple[Integers, Floats]]:
    """Packages and their utilities, in order, without those that are forbidden.

    Args:
        domain: the domain.
        block: packages at a time, at most (or the options of one issue, where they are more).
        floor: `(party,)`; packages below it for any party are left out.  None by default; the
            reservation values, say.

    Returns:
        Pairs of `(package, issue)` and `(package, party)`, to the last bit `Domain.utilities`.

    Raises:
        ArgumentError: too many packages to be numbered.
    """
    for part in parts(domain, block, floor):
        yield numbered(domain, part.numbers()), part.utility.T


def numbered(domain: Domain, index: Integers) -> Integers:
    """`(package, issue)`, the packages of these numbers."""
    return np.stack(np.unravel_index(index, domain.sizes), axis=-1).astype(np.int64, copy=False)


def parts(domain: Domain, block: int = BLOCK, floor: Floats | None = None,
          hopeful: Hopeful | None = None) -> Iterator[Part]:
    """As `blocks`, with the packages as numbers; what is not hopeful is cut early too.

    Args:
        domain: the domain.
        block: packages at a time.
        floor: see `blocks`.
        hopeful: takes upper bounds of utilities, `(party, node)`, and says which nodes to keep;
            packages themselves are not shown to it.
    """
    if domain.size >= MOST:
        raise ArgumentError(f"The domain has {domain.size:.3g} packages: too many to go through "
                            "one by one. Use fewer issues or options.")
    yield from _Walk(domain, block, floor, hopeful).below(0, _root(domain))


def _root(domain: Domain) -> Part:
    return Part(0, None, domain.base[:, None].copy())


class _Walk:
    """The tree of a domain: what each depth adds, begins, ends, and what is still to come."""

    def __init__(self, domain: Domain, block: int, floor: Floats | None,
                 hopeful: Hopeful | None) -> None:
        self.domain, self.block, self.hopeful = domain, block, hopeful
        self.floor = None if floor is None or np.isneginf(floor).all() else floor
        self.cells: tuple[Rule | Forbidden, ...] = (*domain.rules, *domain.forbidden)
        self.members: list[dict[int, Booleans]] = []
        for cell in self.cells:
            self.members.append({
                issue: np.isin(np.arange(domain.sizes[issue]), options)
                for issue, options in zip(cell.issues, cell.options, strict=True)})
        self.first = [min(cell.issues, default=0) for cell in self.cells]
        self.last = [max(cell.issues, default=0) for cell in self.cells]
        self.gain = np.stack([np.maximum(r.bonus, 0.0) for r in domain.rules]) \
            if domain.rules else np.zeros((0, len(domain.parties)))
        self.to_come = self._to_come()

    def _to_come(self) -> Floats:
        """`(depth, party)`: the most that later issues and rules not yet begun can add."""
        depth = len(self.domain.issues)
        most = np.stack([worth.max(axis=1) for worth in self.domain.worth])
        size = np.abs(self.domain.base) + sum(np.abs(w).max(axis=1) for w in self.domain.worth) \
            + sum((np.abs(rule.bonus) for rule in self.domain.rules), np.zeros(len(most[0])))
        terms = depth + len(self.domain.rules) + 2
        slack = size * terms * 2.0**-50
        come = np.zeros((depth + 1, len(self.domain.parties)))
        for level in range(depth + 1):
            unborn = [n for n in range(len(self.domain.rules)) if self.first[n] >= level]
            come[level] = most[level:].sum(axis=0) + self.gain[unborn].sum(axis=0) + slack
        return come

    def below(self, depth: int, part: Part) -> Iterator[Part]:
        """Packages below these nodes."""
        if depth == len(self.domain.issues):
            yield part
            return
        width = max(1, self.block // self.domain.sizes[depth])
        for start in range(0, part.count, width):
            piece = part if part.count <= width \
                else part.taken(slice(start, min(part.count, start + width)))
            children = self._cut(depth + 1, self._children(depth, piece))
            if children.count:
                yield from self.below(depth + 1, children)

    def _children(self, depth: int, part: Part) -> Part:
        worth = self.domain.worth[depth]
        options = worth.shape[1]
        utility = (part.utility[:, :, None] + worth[:, None, :]).reshape(len(worth), -1)
        index = None if part.index is None else \
            (part.index[:, None] * options + np.arange(options)).reshape(-1)
        begun = [n for n in range(len(self.cells)) if self.first[n] == depth]
        if not part.boxes and not begun:
            return Part(part.start * options, index, utility)
        everything = np.ones(options, dtype=bool)
        alive = [(row[:, None] & self.members[n].get(depth, everything)).reshape(-1)
                 for n, row in zip(part.boxes, () if part.alive is None else part.alive,
                                   strict=True)]
        alive += [np.tile(self.members[n].get(depth, everything), part.count) for n in begun]
        boxes = (*part.boxes, *begun)
        live = [n for n, row in enumerate(alive) if row.any()]
        if not live:
            return Part(part.start * options, index, utility)
        return Part(part.start * options, index, utility, tuple(boxes[n] for n in live),
                    np.stack([alive[n] for n in live]))

    def _cut(self, depth: int, part: Part) -> Part:
        """Without nodes that hold a forbidden combination, or from which nothing good comes."""
        part = self._allowed(depth, part)
        if depth == len(self.domain.issues):
            part = self._with_rules(part)
            if self.floor is not None:
                meets = np.logical_and.reduce(part.utility >= self.floor[:, None], axis=0)
                part = _only(part, meets)
            return part
        if (self.floor is None and self.hopeful is None) or not part.count:
            return part
        bound = self._bound(depth, part)
        if self.floor is not None:
            enough = np.logical_and.reduce(bound >= self.floor[:, None], axis=0)
            part, bound = _only(part, enough), bound[:, enough]
        if self.hopeful is not None and part.count:
            rows = self.hopeful(bound)
            if rows.size < part.count:
                part = part.taken(rows)
        return part

    def _allowed(self, depth: int, part: Part) -> Part:
        if part.alive is None:
            return part
        rules = len(self.domain.rules)
        over = [n for n, box in enumerate(part.boxes) if box >= rules and self.last[box] < depth]
        if not over:
            return part
        held = np.logical_or.reduce(part.alive[over], axis=0)
        stay = [n for n in range(len(part.boxes)) if n not in over]
        part = Part(part.start, part.index, part.utility, tuple(part.boxes[n] for n in stay),
                    part.alive[stay] if stay else None)
        return _only(part, ~held)

    def _with_rules(self, part: Part) -> Part:
        if part.alive is not None:
            for box, held in sorted(zip(part.boxes, part.alive, strict=True),
                                    key=lambda pair: pair[0]):
                rows = np.flatnonzero(held)
                part.utility[:, rows] += self.domain.rules[box].bonus[:, None]
        return Part(part.start, part.index, part.utility)

    def _bound(self, depth: int, part: Part) -> Floats:
        """`(party, node)`: no package below a node is worth more to a party."""
        bound = part.utility + self.to_come[depth][:, None]
        if part.alive is not None:
            for box, alive in zip(part.boxes, part.alive, strict=True):
                if box < len(self.domain.rules):
                    pays = self.domain.rules[box].bonus if self.last[box] < depth \
                        else self.gain[box]
                    bound[:, np.flatnonzero(alive)] += pays[:, None]
        return bound


def _only(part: Part, held: Booleans) -> Part:
    return part if held.all() else part.taken(np.flatnonzero(held))
