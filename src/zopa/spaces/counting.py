"""How many packages leave every party at least so much: counted without listing them.

Issues that a rule or a constraint ties together are one group; utilities add up over groups, and
the packages are the product of the groups' joint options.

**Meet in the middle** (one or two parties).  1. Share the groups out into two halves of about the
same number of joint options, and list the sums of each, leaving out what cannot reach the floor.
2. A pair (a, b) counts iff a_i + b_i >= f_i for both parties: sort the second half by its first
party's utility; for each a the partners that satisfy the first party are then the first k(a).
3. Among the first k(a), count those with b_2 >= f_2 - a_2: a wavelet matrix over the ranks of b_2
answers that for all a at once, one bit of the rank after the other.  Sums that occur several times
are kept once, with their number.

**Bounds** (more parties, or halves too long to list).  As many groups as can be are listed exactly,
as many again are listed and rounded onto a lattice, down for the lower bound of the count and up
for the upper one; what is left is rounded and added group by group.  Suffix sums of the lattice say
how many partners each listed sum has.
A package whose rounded-down utilities reach the floor does reach it, and one whose rounded-up ones
do not, does not.

Reference: Horowitz and Sahni (1974), Journal of the ACM 21:277-292, for the halves; Claude, Navarro
and Ordonez (2015), Information Systems 47:15-32, for wavelet matrices.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Forbidden, Integers
from zopa.spaces.domain import Domain, Rule

JOINT = 1 << 18
"""Joint options of a group, at most, before constraints."""
BOXES = 16
"""Constraints of a group that are included and excluded one by one, at most."""
HALF = 1 << 21
"""Sums of one half, at most."""
CELLS = 1 << 22
"""Cells of a lattice, at most."""
_EXACT = 1 << 62
_GUARD = 1e-13
_WHOLE = 1e-9
"""A number of steps so near to a whole one counts as it; bounds allow for that."""


@dataclass(frozen=True)
class Count:
    """A number of packages.

    Attributes:
        low: no fewer.
        high: no more; equal to `low` where it was counted.
        method: `listed`, `halves`, `lattice`, or `none` where only what is trivial is known.
    """

    low: int
    high: int
    method: str

    @property
    def exact(self) -> int | None:
        """The number, where it is known."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, eq=False)
class Cloud:
    """Sums of utilities and how often each occurs: `utility` (party, sum), `times` (sum,)."""

    utility: Floats
    times: Integers


def clouds(domain: Domain) -> list[Cloud] | None:
    """The joint options of every group of linked issues; None where one has too many."""
    found = []
    for group in linked(domain):
        if math.prod(domain.sizes[issue] for issue in group) > JOINT:
            return None
        found.append(_cloud(domain, group))
    return found


def linked(domain: Domain, rules: bool = True) -> list[tuple[int, ...]]:
    """Issues tied together by constraints, and by rules, in the order of their first issues."""
    owner = list(range(len(domain.issues)))
    boxes: list[Rule | Forbidden] = [*domain.forbidden, *(domain.rules if rules else ())]
    for box in boxes:
        tied = {owner[issue] for issue in box.issues}
        owner = [min(tied) if one in tied else one for one in owner]
    return [tuple(i for i, one in enumerate(owner) if one == first)
            for first in sorted(set(owner))]


def total(domain: Domain) -> Count:
    """How many packages the constraints leave.

    Group by group: listed, or by inclusion and exclusion of at most BOXES constraints.
    """
    number = 1
    for group in linked(domain, rules=False):
        own = [box for box in domain.forbidden if set(box.issues) <= set(group)]
        size = math.prod(domain.sizes[issue] for issue in group)
        if own and size <= JOINT:
            size = int(_allowed(domain, group, _joint(domain, group)).sum())
        elif own and len(own) <= BOXES:
            size = _left(domain, group, own)
        elif own:
            return Count(0, domain.size, "none")
        number *= size
    return Count(number, number, "halves")


def _left(domain: Domain, group: tuple[int, ...], boxes: list[Forbidden]) -> int:
    """Joint options of a group in none of the boxes, by inclusion and exclusion."""
    def held(free: dict[int, frozenset[int]], rest: list[Forbidden]) -> int:
        # of the joint options within `free`, those in none of `rest`
        number = math.prod(len(options) for options in free.values())
        for n, box in enumerate(rest):
            if not number:
                return 0
            inside = free | {issue: free[issue] & set(options)
                             for issue, options in zip(box.issues, box.options, strict=True)}
            # those in this box and in none of the earlier ones
            number -= held(inside, rest[:n]) if all(inside.values()) else 0
        return number

    return held({issue: frozenset(range(domain.sizes[issue])) for issue in group}, boxes)


def count(domain: Domain, floor: Floats) -> Count:
    """How many allowed packages leave every party i at least floor_i `(party,)`."""
    parts = clouds(domain)
    if parts is None:
        return Count(0, total(domain).high, "none")
    if not all(part.times.size for part in parts):
        return Count(0, 0, "halves")
    asked = np.flatnonzero(np.isfinite(floor))
    if not asked.size:
        return total(domain)
    parts = [_merged(Cloud(part.utility[asked], part.times)) for part in parts]
    need = floor[asked] - domain.base[asked]
    if asked.size <= 2 and domain.size < _EXACT:
        first, second = _halves(parts, need)
        if first is not None and second is not None:
            number = _pairs(first, second, need)
            return Count(number, number, "halves")
    return _bounds(parts, need, total(domain).high)


def _joint(domain: Domain, group: tuple[int, ...]) -> Integers:
    sizes = tuple(domain.sizes[issue] for issue in group)
    packages = np.zeros((math.prod(sizes), len(domain.issues)), dtype=np.int64)
    packages[:, list(group)] = np.stack(
        np.unravel_index(np.arange(len(packages)), sizes), axis=1)
    return packages


def _allowed(domain: Domain, group: tuple[int, ...], packages: Integers) -> Booleans:
    allowed = np.ones(len(packages), dtype=bool)
    for box in domain.forbidden:
        if set(box.issues) <= set(group):
            allowed &= ~Rule(box.issues, box.options, np.zeros(0)).fulfilled(packages)
    return allowed


def _cloud(domain: Domain, group: tuple[int, ...]) -> Cloud:
    packages = _joint(domain, group)
    packages = packages[_allowed(domain, group, packages)]
    utility = np.zeros((len(domain.parties), len(packages)))
    for issue in group:
        utility += domain.worth[issue][:, packages[:, issue]]
    for rule in domain.rules:
        if set(rule.issues) <= set(group):
            utility += rule.bonus[:, None] * rule.fulfilled(packages)
    return Cloud(utility, np.ones(len(packages), dtype=np.int64))


def _merged(cloud: Cloud) -> Cloud:
    """Equal sums kept once, in increasing order of the first party's."""
    order = np.lexsort(cloud.utility[::-1])
    utility, times = cloud.utility[:, order], cloud.times[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (utility[:, 1:] != utility[:, :-1]).any(axis=0)
    if new.all():
        return Cloud(utility, times)
    return Cloud(utility[:, new], np.add.reduceat(times, np.flatnonzero(new)))


def _sum(one: Cloud, other: Cloud, least: Floats | None = None) -> Cloud | None:
    """All sums of two clouds that reach `least`; None where they are too many."""
    if one.times.size * other.times.size > 2 * HALF:
        return None
    utility = (one.utility[:, :, None] + other.utility[:, None]).reshape(len(one.utility), -1)
    times = (one.times[:, None] * other.times).reshape(-1)
    if least is not None:
        keep = (utility >= least[:, None]).all(axis=0)
        utility, times = utility[:, keep], times[keep]
    whole = _merged(Cloud(utility, times)) if times.size else Cloud(utility, times)
    return whole if whole.times.size <= HALF else None


def _best(parts: list[Cloud]) -> Floats:
    """`(part, party)`, the most that each part can give."""
    return np.array([part.utility.max(axis=1) for part in parts])


def _halves(parts: list[Cloud], need: Floats) -> tuple[Cloud | None, Cloud | None]:
    """Step 1: the sums of both halves."""
    order = sorted(range(len(parts)), key=lambda n: -parts[n].times.size)
    sides: list[list[int]] = [[], []]
    sizes = [1.0, 1.0]
    for n in order:
        side = int(sizes[1] < sizes[0])
        sides[side].append(n)
        sizes[side] *= parts[n].times.size
    best = _best(parts)
    guard = _GUARD * sum(np.abs(part.utility).max(axis=1) for part in parts)
    found: list[Cloud | None] = []
    for members in sides:
        half: Cloud | None = Cloud(np.zeros((len(need), 1)), np.ones(1, dtype=np.int64))
        left = best.sum(axis=0)
        for n in members:
            left = left - best[n]
            half = None if half is None else _sum(half, parts[n], need - left - guard)
        found.append(half)
    return found[0], found[1]


def _pairs(first: Cloud, second: Cloud, need: Floats) -> int:
    """Steps 2 and 3: pairs whose sums reach `need`."""
    if not first.times.size or not second.times.size:
        return 0
    order = np.argsort(-second.utility[0], kind="stable")
    theirs, times = second.utility[:, order], second.times[order]
    partners = np.searchsorted(-theirs[0], first.utility[0] - need[0], side="right")
    if len(need) == 1:
        within = np.append(0, np.cumsum(times))[partners]
    else:
        values, rank = np.unique(theirs[1], return_inverse=True)
        within = _at_least(rank.reshape(-1), times, partners,
                           np.searchsorted(values, need[1] - first.utility[1], side="left"))
    return int((within * first.times).sum())


def _at_least(rank: Integers, times: Integers, until: Integers, least: Integers) -> Integers:
    """Sum of `times[:until]` where `rank[:until] >= least`, for arrays of queries."""
    bits = max(int(rank.max()).bit_length(), 1)
    start, stop = np.zeros_like(until), until.copy()
    total = np.zeros(len(until), dtype=np.int64)
    # a rank beyond all others: nothing reaches it
    stop[least >= 1 << bits] = 0
    for bit in range(bits - 1, -1, -1):
        one = (rank >> bit) & 1 == 1
        ones = np.append(0, np.cumsum(one))
        weight = np.append(0, np.cumsum(np.where(one, times, 0)))
        asked = (least >> bit) & 1 == 1
        # the bit asked for is 0: every 1 is above
        total += np.where(asked, 0, weight[stop] - weight[start])
        zeros = len(rank) - int(ones[-1])
        start, stop = (np.where(asked, zeros + ones[at], at - ones[at]) for at in (start, stop))
        order = np.concatenate([np.flatnonzero(~one), np.flatnonzero(one)])
        rank, times = rank[order], times[order]
    weight = np.append(0, np.cumsum(times))
    return total + weight[stop] - weight[start]


def _bounds(parts: list[Cloud], need: Floats, most: int) -> Count:
    """Both bounds from a lattice."""
    parts = sorted(parts, key=lambda part: part.times.size)
    listed = _longest(parts)
    rest = [_longest(parts), *parts] if parts else []
    low, high = (_rounded(listed, rest, need, up) for up in (False, True))
    # sums of floats: off by no more than this
    slack = 1e-9 if most >= 1 << 50 else 0.0
    return Count(math.ceil(low * (1.0 - slack)),
                 most if high >= most else math.floor(high * (1.0 + slack)), "lattice")


def _longest(parts: list[Cloud]) -> Cloud:
    """The sums of as many of the last parts as can be listed; they are taken out."""
    listed = parts.pop()
    while parts and (longer := _sum(listed, parts[-1])) is not None:
        listed = longer
        parts.pop()
    return listed


def _rounded(listed: Cloud, rest: list[Cloud], need: Floats, up: bool) -> float:
    """Sums of the listed part and of the rest, rounded, that reach `need`."""
    parties = len(need)
    side = int(CELLS ** (1.0 / parties))
    if side < len(rest) + 2:
        return math.inf if up else 0.0
    lowest = np.array([part.utility.min(axis=1) for part in rest]).reshape(-1, parties)
    width = np.array([np.ptp(part.utility, axis=1) for part in rest]).reshape(-1, parties)
    # so that rounding up every part stays on the lattice
    step = width.sum(axis=0) / (side - 1 - len(rest))
    step = np.where(step > 0.0, step, 1.0)
    shape = (side,) * parties
    cells = np.zeros(shape)
    cells[(0,) * parties] = 1.0
    for n, part in enumerate(rest):
        exact = (part.utility - lowest[n][:, None]) / step[:, None]
        place = (np.ceil(exact - _WHOLE) if up else np.floor(exact + _WHOLE)).astype(np.int64)
        flat = np.ravel_multi_index(tuple(place), shape)
        weight = np.zeros(cells.size)
        np.add.at(weight, flat, part.times)
        if not n:
            cells = weight.reshape(shape)
            continue
        moved = np.zeros(shape)
        used = np.flatnonzero(weight)
        for corner, times in zip(np.stack(np.unravel_index(used, shape), axis=1).tolist(),
                                 weight[used].tolist(), strict=True):
            to = tuple(slice(k, None) for k in corner)
            moved[to] += times * cells[tuple(slice(None, side - k) for k in corner)]
        cells = moved
    for axis in range(parties):
        cells = np.flip(np.cumsum(np.flip(cells, axis), axis), axis)
    wanted = (need[:, None] - listed.utility - lowest.sum(axis=0)[:, None]) / step[:, None]
    # the first cell whose corner reaches what is wanted
    guard = _WHOLE * (len(rest) + 1)
    first = np.maximum(np.ceil(wanted + (-guard if up else guard)), 0.0)
    inside = (first < side).all(axis=0)
    return float((cells[tuple(first[:, inside].astype(np.int64))] * listed.times[inside]).sum())
