"""Two frontiers with a proven distance between them, where the frontier itself is out of reach.

Below: utilities of real, allowed packages.  Above: points such that every allowed package is at
most one of them for every party.  Both are built issue by issue as in `merge`, but no more than a
number of partial packages is kept after each issue:

1. Below: the partial packages of a state are sorted into cells of the utility space, and of each
   cell the one with the greatest sum is kept.  Whatever is lost makes the frontier lower, never
   wrong.  In the end every package is improved by changes of one issue, as long as that helps.
2. Above: the partial packages of a cell are replaced by their joint maximum, party by party, which
   every one of them is at most.  States become fewer by forgetting combinations, those with the
   smallest bonus first and constraints last: of the states that thereby become one, a rule that
   adds is alive if it is alive in any, a rule that takes away, or a constraint, if it is in all.
   (A rule that does both is two rules.)  Each of these only raises what can still be reached, so
   that by induction every allowed package stays below a point.
3. Distance: for every point u above pick a real package l(u) below; then every package is at most
   some l plus

       epsilon_i = max over u of max(0, u_i - l_i(u))

   for every party i at once.  Any pick proves this; a near one is taken.
4. Four times as many are kept, until the budget is used; the closest pair of frontiers stands.

Reference: Legriel, Le Guernic, Cotton and Maler (2010), TACAS, 69-83, and Papadimitriou and
Yannakakis (2000), FOCS, 86-92, for frontiers known within epsilon.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.efficient import Efficient
from zopa.spaces.hints import hints, spreads
from zopa.spaces.merge import NOTHING_LEFT, Group, Merger, Progress, real
from zopa.spaces.pareto import undominated
from zopa.spaces.plan import Alive, Plan, ordered, plan
from zopa.spaces.running import Spent
from zopa.spaces.sieve import Sieve
from zopa.spaces.stream import numbered, parts

FEWEST = 64
"""Partial packages kept at a time in the coarsest pair of frontiers."""
STATES = 256
"""States told apart at a time, at most."""
FINEST = 2.0**-12
"""Width of the smallest cells, as a share of a party's spread."""
WIDER = 1.25
MOST_CODES = 2**62
NEIGHBOURS = 8
CHANGES = 20
"""Changed packages looked at at a time, at most, for every partial package kept."""
ROUNDS = 4


@dataclass(frozen=True, eq=False)
class Pair:
    """Two frontiers and how far they lie apart.

    Attributes:
        utility: `(party, point)`, real packages.
        packages: `(point, issue)`.
        upper: `(party, point)`.
        epsilon: `(party,)`.
    """

    utility: Floats
    packages: Integers
    upper: Floats
    epsilon: Floats


class NotFound(ArgumentError):
    """There may be packages that the constraints allow, but none was found."""


def bounded(domain: Domain, budget: int, progress: Progress | None = None) -> Efficient:
    """A lower and an upper frontier.

    Args:
        domain: the domain.
        budget: sums looked at, about; see `Merger.spent` for what counts as one.
        progress: called with what is spent of the budget, and the budget.

    Raises:
        ArgumentError: the constraints leave no package.
        NotFound: none was found within the budget.
    """
    steps = plan(domain)
    known = hints(domain)
    spread = spreads(domain)
    best: Pair | None = None
    used, looked, kept, last = 0, 0, FEWEST, 0
    while best is None or used + 5 * last <= budget:
        pair, last, seen, whole = _pair(domain, steps, known, kept, budget)
        if best is None or (pair.epsilon / spread).max() < (best.epsilon / spread).max():
            best = pair
        known, used, looked, kept = pair.packages, used + last, looked + seen, 4 * kept
        if progress is not None:
            progress(min(used, budget), budget)
        if whole or not best.epsilon.any():
            break
    order, above = np.lexsort(best.utility[::-1]), np.lexsort(best.upper[::-1])
    return Efficient(np.ascontiguousarray(best.utility[:, order].T), best.packages[order],
                     np.ascontiguousarray(best.upper[:, above].T), best.epsilon, "bounded", looked)


def _pair(domain: Domain, steps: Plan, known: Integers, kept: int,
          budget: int) -> tuple[Pair, int, int, bool]:
    """Both frontiers, what they took, the sums looked at, and whether nothing was left out."""
    below = Merger(domain, steps, domain.utilities(known))
    groups, complete = _through(below, kept, join=False)
    packages = known
    if groups:
        packages = np.concatenate([known, real(domain, steps, groups)[1]])
    if not len(packages):
        packages = _any(domain, budget)
    utility, packages, more = _improved(domain, packages, kept)
    above = Merger(_split(domain), _relaxed(domain, steps), utility)
    tops, whole = _through(above, kept, join=True)
    points = [group.utility + _slack(domain)[:, None] for group in tops]
    upper = np.concatenate([*points, utility], axis=1)
    upper = upper[:, undominated(upper)]
    pair = Pair(utility, packages, upper, gap(upper, utility, spreads(domain)))
    looked = below.looked_at + above.looked_at + more
    return pair, below.spent + above.spent + more, looked, complete and whole


def _slack(domain: Domain) -> Floats:
    """More than two sums of the same numbers in different orders can differ by."""
    size = np.abs(domain.base) + np.sum([np.abs(w).max(axis=1) for w in domain.worth], axis=0)
    size = size + np.sum([np.abs(rule.bonus) for rule in domain.rules], axis=0)
    return size * (len(domain.worth) + 2 * len(domain.rules) + 2) * 2.0**-50


def _split(domain: Domain) -> Domain:
    """The same with rules that only add or only take away."""
    rules = []
    for rule in domain.rules:
        for bonus in (np.maximum(rule.bonus, 0.0), np.minimum(rule.bonus, 0.0)):
            if bonus.any():
                rules.append(replace(rule, bonus=bonus))
    return replace(domain, rules=tuple(rules))


def _relaxed(domain: Domain, steps: Plan) -> Plan:
    return ordered(_split(domain), tuple(step.issue for step in steps.steps))


def _through(merger: Merger, kept: int, join: bool) -> tuple[list[Group], bool]:
    """All steps with so many partial packages kept; whether nothing had to be left out."""
    groups, whole = merger.start(), True
    spread = spreads(merger.domain)
    width = FINEST
    for depth in range(len(merger.plan.steps)):
        groups = merger.grown(groups, depth)
        states = max(1, min(STATES, kept // 8))
        if len(groups) > states:
            whole = False
            groups = _fewer_states(merger.plan, groups, states, spread) if join \
                else _best_states(groups, states, spread)
        if sum(group.rank.size for group in groups) > kept:
            whole = False
            groups, width = _thinned(groups, kept, width, spread, join)
    return groups, whole


def _thinned(groups: list[Group], kept: int, width: float, spread: Floats,
             join: bool) -> tuple[list[Group], float]:
    """Cells so wide that no more than `kept` partial packages are left, and their width."""
    while True:
        cells = [_cells(group.utility, width * spread) for group in groups]
        if sum(int(cell.max()) + 1 for cell in cells) <= kept or width > 1.0:
            break
        width *= WIDER
    return [_one_each(group, cell, spread, join)
            for group, cell in zip(groups, cells, strict=True)], width


def _one_each(group: Group, cell: Integers, spread: Floats, join: bool) -> Group:
    """One partial package for each cell."""
    if int(cell.max()) + 1 == cell.size:
        return group
    order = np.lexsort((-(group.utility / spread[:, None]).sum(axis=0), cell))
    first = np.flatnonzero(np.diff(cell[order], prepend=-1))
    rows = order[first]
    utility = np.maximum.reduceat(group.utility[:, order], first, axis=1) if join \
        else group.utility[:, rows]
    by_rank = np.argsort(rows)
    rows, utility = rows[by_rank], utility[:, by_rank]
    stay = undominated(utility)
    return Group(group.alive, utility[:, stay], group.rank[rows[stay]], group.held[rows[stay]])


def _cells(utility: Floats, width: Floats) -> Integers:
    """`(row,)`: numbers of cells, without gaps from 0; the same for rows in the same cell."""
    code = np.zeros(utility.shape[1], dtype=np.int64)
    if len(code) == 1:
        return code
    codes = 1
    for row, wide in zip(utility, width, strict=True):
        place = np.floor((row - row.min()) / wide).astype(np.int64)
        count = int(place.max()) + 1
        if codes * count >= MOST_CODES:
            code = np.unique(code, return_inverse=True)[1].reshape(-1)
            codes = len(code)
        code, codes = code * count + place, codes * count
    return np.unique(code, return_inverse=True)[1].reshape(-1)


def _best_states(groups: list[Group], states: int, spread: Floats) -> list[Group]:
    score = [float((group.utility / spread[:, None]).sum(axis=0).max()) for group in groups]
    return [groups[n] for n in sorted(np.argsort(-np.array(score), kind="stable")[:states])]


def _fewer_states(steps: Plan, groups: list[Group], states: int, spread: Floats) -> list[Group]:
    """States told apart by fewer combinations, and optimistic about the others."""
    def weight(box: int) -> tuple[float, int]:
        rule = steps.boxes[box]
        return (float((np.abs(rule.bonus) / spread).max()) if isinstance(rule, Rule)
                else np.inf), box

    boxes = sorted(frozenset[int]().union(*(group.alive for group in groups)), key=weight)
    low, high = 1, len(boxes)
    while low < high:
        middle = (low + high) // 2
        forgotten = frozenset(boxes[:middle])
        if len({group.alive - forgotten for group in groups}) <= states:
            high = middle
        else:
            low = middle + 1
    forgotten = frozenset(boxes[:high])
    adds = frozenset(box for box in boxes if isinstance(rule := steps.boxes[box], Rule)
                     and (rule.bonus > 0.0).any())
    same: dict[Alive, list[Group]] = {}
    for group in groups:
        same.setdefault(group.alive - forgotten, []).append(group)
    return [_one(key | _hoped(members, forgotten, adds), members)
            for key, members in same.items()]


def _hoped(members: list[Group], forgotten: Alive, adds: Alive) -> Alive:
    in_any = frozenset[int]().union(*(group.alive for group in members))
    in_all = members[0].alive.intersection(*(group.alive for group in members))
    return forgotten & ((in_any & adds) | in_all)


def _one(alive: Alive, members: list[Group]) -> Group:
    if len(members) == 1:
        return replace(members[0], alive=alive)
    rank = np.concatenate([group.rank for group in members])
    utility = np.concatenate([group.utility for group in members], axis=1)
    held = np.concatenate([group.held for group in members])
    order = np.argsort(rank)
    order = order[undominated(utility[:, order])]
    return Group(alive, utility[:, order], rank[order], held[order])


def _improved(domain: Domain, packages: Integers, kept: int) -> tuple[Floats, Integers, int]:
    """Packages and all that differ from them in one issue, again while new ones turn up.

    Returns:
        Utilities `(party, package)` and packages that are not dominated, no more than about four
        times `kept`, and how many were looked at.
    """
    packages = np.unique(packages, axis=0)
    utility = domain.utilities(packages)
    rows = undominated(utility)
    packages, utility = packages[rows], utility[:, rows]
    fresh, looked = packages, 0
    for _ in range(ROUNDS):
        if not len(fresh) or len(packages) > 4 * kept:
            break
        changed = [packages]
        fresh = fresh[::1 + len(fresh) * sum(domain.sizes) // (CHANGES * kept)]
        for issue, size in enumerate(domain.sizes):
            others = np.repeat(fresh, size, axis=0)
            others[:, issue] = np.tile(np.arange(size), len(fresh))
            changed.append(others[domain.allowed(others)])
        looked += sum(map(len, changed)) - len(packages)
        everything = np.concatenate(changed)
        utility = domain.utilities(everything)
        rows = undominated(utility)
        fresh = everything[rows[rows >= len(packages)]]
        packages, utility = everything[rows], utility[:, rows]
    return utility, packages, looked


def gap(upper: Floats, lower: Floats, spread: Floats) -> Floats:
    """Epsilon, `(party,)`: every column of `upper` is at most some column of `lower` plus it.

    Args:
        upper: `(party, point)`.
        lower: `(party, point)`.
        spread: `(party,)`, the units in which near is meant.
    """
    from scipy.spatial import cKDTree

    above = upper[:, Sieve(lower).passed(upper)]
    if not above.shape[1]:
        return np.zeros(len(upper))
    count = min(NEIGHBOURS, lower.shape[1])
    near = cKDTree((lower / spread[:, None]).T).query((above / spread[:, None]).T, k=count,
                                                      p=np.inf)[1]
    near = near.reshape(above.shape[1], count)
    missing = np.maximum(above[:, :, None] - lower[:, near], 0.0)
    pick = np.argmin((missing / spread[:, None, None]).max(axis=0), axis=1)
    chosen = missing[:, np.arange(len(pick)), pick].max(axis=1)
    # the difference was rounded; adding it back must not fall short
    return np.where(chosen > 0.0, chosen * (1.0 + 2.0**-50) + np.abs(upper).max(axis=1) * 2.0**-50,
                    0.0)


def _any(domain: Domain, budget: int) -> Integers:
    """Some allowed packages, by walking the tree until there are any."""
    looked = 0

    def count(bound: Floats) -> Integers:
        nonlocal looked
        looked += bound.shape[1]
        if looked > budget:
            raise Spent
        return np.arange(bound.shape[1])

    try:
        for part in parts(domain, hopeful=count):
            return numbered(domain, part.numbers())
    except Spent:
        raise NotFound(f"No package that the constraints allow was found among {budget} "
                       "parts of packages. Raise the budget, or drop a constraint.") from None
    raise ArgumentError(NOTHING_LEFT)
