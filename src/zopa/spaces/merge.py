"""The frontier of packages, built issue by issue: no package is ever listed that cannot be on it.

Let P_j be the partial packages on the first j issues, by the states of `plan`.  Of each state only
the partial packages that none of the same state dominates are kept, the first of equals:

    K_j = undominated({a + worth_j(o) : a in K_(j-1), o an option of issue j})

Why nothing is lost.  Let partial package b be at least as good as a for every party, in the same
state.  Every completion c of a completes b.  Sums run in one order, and rounding is monotone:
x <= y implies fl(x + z) <= fl(y + z).  So, sum after sum, b with c is at least as good as a with c
for every party, rounding included.  By induction every package is matched or exceeded by one built
from kept partial packages; the undominated values of these are therefore the undominated values of
all packages.  Without rules the sums are those of `Domain.utilities`, so that the utilities equal
those found by enumeration to the last bit.

The package that stands for a value is the first one, as in enumeration, wherever equal sums come
from equal partial sums, hence always in exact arithmetic (whole numbers, say).  Where two sums are
equal only because rounding made them so, it is a package with just these utilities, but perhaps
not the first.

With rules the bonus is added when the rule is fulfilled, so that sums run in another order;
utilities of the packages found are computed anew, and a point may be missing whose gain over
another is within rounding (1e-12 of the utilities' size).

A partial package is dropped too where a known package is better, for every party, than the partial
package with the best options still to come.

Reference: Ehrgott (2005), Multicriteria Optimization, chapter 8, for sums of undominated sets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.efficient import Efficient
from zopa.spaces.hints import hints
from zopa.spaces.pareto import undominated
from zopa.spaces.plan import Alive, Move, Plan, Step, plan
from zopa.spaces.running import Running
from zopa.spaces.sieve import Sieve
from zopa.spaces.stream import BLOCK

COMPARED = 65_536
"""Comparing a sum with so many of three parties costs about as much as a sum of two parties."""
PIECE = 4096
"""More sums than this on the way from one state to another are thinned out at once."""
A_STATE = 500
"""A state costs as much as so many sums."""
UNHINTED = 2048
"""Sums of a step; fewer are compared with each other at once, for to find hints takes longer."""
Progress = Callable[[int, int], None]
NOTHING_LEFT = "The constraints leave no package. Drop one of them, or add an option."


@dataclass(frozen=True, eq=False)
class Group:
    """Partial packages in the same state.

    Attributes:
        alive: the combinations open and alive.
        utility: `(party, partial)`.
        rank: `(partial,)`, their places in the order of all partial packages kept, increasing.
        held: `(partial, step)`, the options chosen.
    """

    alive: Alive
    utility: Floats
    rank: Integers
    held: Integers


class Merger:
    """Takes the steps of a plan, keeping what is not dominated.

    Args:
        domain: the domain.
        steps: its plan.
        known: `(party, package)`, utilities of real packages.

    Attributes:
        looked_at: sums looked at so far.
        spent: what that cost, see `work`.
    """

    def __init__(self, domain: Domain, steps: Plan, known: Floats) -> None:
        self.domain, self.plan = domain, steps
        self.sieve: Sieve | None = None
        self.know(known)
        self.looked_at = self.spent = 0
        most = np.stack([step.worth.max(axis=1) for step in steps.steps])
        size = np.abs(domain.base) + np.sum([np.abs(w).max(axis=1) for w in domain.worth], axis=0)
        for rule in domain.rules:
            size = size + np.abs(rule.bonus)
        slack = size * (len(most) + len(domain.rules) + 2) * 2.0**-50
        self.to_come = np.zeros((len(most) + 1, len(domain.parties)))
        begun: set[int] = set()
        for depth in range(len(most) + 1):
            later = sum((np.maximum(rule.bonus, 0.0) for n, rule in enumerate(domain.rules)
                         if rule.issues and n not in begun), np.zeros(len(domain.parties)))
            self.to_come[depth] = most[depth:].sum(axis=0) + later + slack
            if depth < len(most):
                begun |= steps.steps[depth].begins

    def know(self, known: Floats) -> None:
        """Drop from now on what is worse than these, `(party, package)`."""
        self.sieve = Sieve(known) if known.shape[1] else None

    def start(self) -> list[Group]:
        """Nothing settled yet; combinations of no issue hold already."""
        if any(not box.issues for box in self.domain.forbidden):
            return []
        base = self.domain.base.copy()
        for rule in self.domain.rules:
            if not rule.issues:
                base += rule.bonus
        return [Group(frozenset(), base[:, None], np.zeros(1, dtype=np.int64),
                      np.zeros((1, 0), dtype=np.int16))]

    def work(self, groups: list[Group], step: Step) -> int:
        """What a step costs, about, in sums of two parties."""
        rows = [group.rank.size for group in groups]
        parties = self.plan.parties
        each = 1 if parties < 3 else parties - 2 + parties * max(rows, default=0) // COMPARED
        return sum(rows) * step.worth.shape[1] * each + (len(rows) - 1) * A_STATE

    def grown(self, groups: list[Group], depth: int) -> list[Group]:
        """One more issue settled."""
        step = self.plan.steps[depth]
        self.spent += self.work(groups, step)
        sources: dict[Alive, list[tuple[Group, Move]]] = {}
        for group in groups:
            for move in self.plan.moves(step, group.alive):
                sources.setdefault(move.alive, []).append((group, move))
        return _ranked([self._joined(alive, given, step, depth + 1)
                        for alive, given in sources.items()], step.worth.shape[1])

    def _joined(self, alive: Alive, sources: list[tuple[Group, Move]], step: Step,
                depth: int) -> Group:
        """All that leads to a state, without what is dominated; ranks are those of the sums."""
        come = self.to_come[depth].copy()
        for box in alive:
            rule = self.plan.boxes[box]
            if isinstance(rule, Rule):
                come += np.maximum(rule.bonus, 0.0)
        options = step.worth.shape[1]
        many = sum(group.utility.shape[1] * len(move.options) for group, move in sources) > BLOCK
        running = Running(self.plan.parties) if many and len(sources) == 1 else None
        kept: list[tuple[Floats, Integers]] = []
        for group, move in sources:
            width = max(1, BLOCK // len(move.options))
            for start in range(0, group.utility.shape[1], width):
                some = slice(start, start + width)
                u = group.utility[:, some, None] + step.worth[:, None, list(move.options)]
                u = u.reshape(len(u), -1)
                if move.bonus is not None:
                    u += move.bonus[:, None]
                index = (group.rank[some, None] * options + np.array(move.options)).reshape(-1)
                self.looked_at += len(index)
                if self.sieve is not None:
                    hopeful = self.sieve.passed(u + come[:, None])
                    if hopeful.size < len(index):
                        u, index = u[:, hopeful], index[hopeful]
                if running is not None:
                    running.add(0, index, u)
                else:
                    rows = undominated(u) if len(sources) > 1 and len(index) > PIECE \
                        else np.arange(len(index))
                    kept.append((u[:, rows], index[rows]))
        if running is not None:
            rank, utility = running.frontier()
        else:
            utility = np.concatenate([u for u, _ in kept], axis=1)
            rank = np.concatenate([index for _, index in kept])
            if len(sources) > 1:
                order = np.argsort(rank)
                utility, rank = utility[:, order], rank[order]
            rows = undominated(utility)
            utility, rank = utility[:, rows], rank[rows]
        return Group(alive, utility, rank, _held(sources, rank, options))


def _held(sources: list[tuple[Group, Move]], rank: Integers, options: int) -> Integers:
    """Options of the parents, then the new one."""
    parent, option = np.divmod(rank, options)
    groups = list({id(group): group for group, _ in sources}.values())
    ranks = np.concatenate([group.rank for group in groups])
    held = np.concatenate([group.held for group in groups])
    order = np.argsort(ranks)
    rows = order[np.searchsorted(ranks, parent, sorter=order)]
    return np.concatenate([held[rows], option[:, None].astype(held.dtype)], axis=1)


def _ranked(groups: list[Group], options: int) -> list[Group]:
    """Ranks counted anew over all groups, so that they stay small."""
    groups = [group for group in groups if group.rank.size]
    if not groups:
        return []
    order = np.sort(np.concatenate([group.rank for group in groups]))
    return [Group(group.alive, group.utility, np.searchsorted(order, group.rank), group.held)
            for group in groups]


def merged(domain: Domain, budget: int, progress: Progress | None = None) -> Efficient | None:
    """The exact frontier, or None where it would take more than the budget.

    Args:
        domain: the domain.
        budget: what may be spent, see `Merger.work`.
        progress: called with the issues settled and their number.

    Raises:
        ArgumentError: the constraints leave no package.
    """
    steps = plan(domain)
    if steps.crowded:
        return None
    merger = Merger(domain, steps, np.zeros((len(domain.parties), 0)))
    groups = merger.start()
    hinted = False
    for depth, step in enumerate(steps.steps):
        if not hinted and sum(g.rank.size for g in groups) * step.worth.shape[1] > UNHINTED:
            hinted = True
            merger.know(domain.utilities(hints(domain)))
        if merger.spent + merger.work(groups, step) > budget:
            return None
        groups = merger.grown(groups, depth)
        if progress is not None:
            progress(depth + 1, len(steps.steps))
    if not groups:
        raise ArgumentError(NOTHING_LEFT)
    utility, packages = real(domain, steps, groups)
    return Efficient(utility, packages, utility, np.zeros(len(domain.parties)), "merged",
                     merger.looked_at)


def real(domain: Domain, steps: Plan, groups: list[Group]) -> tuple[Floats, Integers]:
    """Utilities and packages of complete groups, undominated, in the order of `Efficient`."""
    held = np.concatenate([group.held for group in groups])
    packages = np.empty(held.shape, dtype=np.int64)
    packages[:, [step.issue for step in steps.steps]] = held
    packages = packages[np.lexsort(packages.T[::-1])]
    utility = domain.utilities(packages)
    kept = undominated(utility)
    kept = kept[np.lexsort(utility[::-1, kept])]
    return np.ascontiguousarray(utility[:, kept].T), packages[kept]
