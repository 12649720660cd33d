"""Packages under uncertain preferences: how likely each is acceptable, and efficient.

For every draw of the parties' worths:

1. A package is in the zone iff u_i >= the reservation value of every party i.
2. It is on the frontier iff no package is at least as good for all and better for one.

Shares of draws are the probabilities, with Wilson's 95 % intervals.  Where experts differ, each
one's own share is kept, and how much of the variance lies between them:

    1 - sum_e n_e p_e (1 - p_e) n_e / (n_e - 1) / n  over  p (1 - p) n / (n - 1),  at least 0,

the part of an indicator's variance that is not within experts, free of the bias of small samples.

Where packages are too many to look at, the candidates are the union of the draws' frontiers: any
package left out was on none of them.

Reference: Wilson (1927), Journal of the American Statistical Association 22, 209-212; Lahdelma and
Salminen (2001), Operations Research 49, 444-454, for acceptability as a share of draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.frontier import frontier
from zopa.spaces.pareto import undominated
from zopa.spaces.stream import blocks
from zopa.spaces.uncertain import Draws

Z95 = 1.959963984540054
LISTABLE = 20_000
"""Packages that are all looked at in every draw; with more, candidates are."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Chance:
    """A probability of every package.

    Attributes:
        share: `(package,)`, share of the draws.
        low, high: `(package,)`, ends of its 95 % interval.
        by_expert: `(expert, package)`, share of the draws of one expert's lead.
        between: `(package,)`, share of the variance between experts; NaN where there is none.
    """

    share: Floats
    low: Floats
    high: Floats
    by_expert: Floats
    between: Floats


@dataclass(frozen=True, eq=False)
class Robust:
    """What holds under most draws.

    Attributes:
        packages: `(package, issue)`.
        zone: P(in the zone).
        frontier: P(on the frontier).
        both: P(in the zone and on the frontier).
        order: `(package,)`, indices from the most robust down: by P(both), then P(zone), then
            P(frontier), then as given.
        all_packages: whether `packages` are all there are; else the union of draws' frontiers.
        some_zone: share of the draws in which some package is in the zone; None where packages are
            candidates, which need not hold one.
        exact: share of the draws whose frontier was exact.
    """

    packages: Integers
    zone: Chance
    frontier: Chance
    both: Chance
    order: Integers
    all_packages: bool
    some_zone: float | None
    exact: float = 1.0


def robust(packages: Integers, draws: Draws, rivals: Callable[[int], Floats] | None = None,
           progress: Progress | None = None) -> Robust:
    """Probabilities of packages.

    Args:
        packages: `(package, issue)`; all that may be agreed, unless `rivals` says what else is.
        draws: of the preferences.
        rivals: for a draw `(party, point)`, its frontier, where `packages` are not all there are.
        progress: called with (draws looked at, draws in all).

    Raises:
        ArgumentError: no package.
    """
    if not len(packages):
        raise ArgumentError("There is no package to look at.")
    lead, experts = _leads(draws)
    held = {name: np.zeros((experts, len(packages)), dtype=np.int64)
            for name in ("zone", "frontier", "both")}
    some = 0
    for k in range(draws.count):
        utility = utilities(packages, draws, k)
        zone = (utility >= draws.reservation[:, k, None]).all(axis=0)
        if rivals is None:
            edge = on_frontier(utility)
        else:
            there = rivals(k)
            edge = on_frontier(np.concatenate([there, utility], axis=1))[there.shape[1]:]
        for name, found in (("zone", zone), ("frontier", edge), ("both", zone & edge)):
            held[name][lead[k]] += found
        some += bool(zone.any())
        if progress is not None:
            progress(k + 1, draws.count)
    heard = np.bincount(lead, minlength=experts)
    zone_, edge_, both = (_chance(held[name], heard) for name in ("zone", "frontier", "both"))
    order = np.lexsort((-edge_.share, -zone_.share, -both.share))
    return Robust(packages, zone_, edge_, both, order, rivals is None,
                  some / draws.count if rivals is None else None)


def robust_domain(domain: Domain, draws: Draws, most: int = LISTABLE,
                  progress: Progress | None = None) -> Robust:
    """Probabilities of all packages of a domain, or of the candidates where they are too many.

    Args:
        domain: issues, options and constraints; its worths are not looked at.
        draws: of the preferences.
        most: packages that are all looked at.
        progress: called with (draws looked at, draws in all).

    Raises:
        ArgumentError: the constraints leave no package, or a rule adds to utilities.
    """
    if domain.rules:
        raise ArgumentError("Uncertain preferences add up over issues; this domain has rules.")
    if domain.size <= most:
        every = np.concatenate([packages for packages, _ in blocks(domain)])
        return robust(every, draws, None, progress)
    fronts: list[Floats] = []
    seen: dict[bytes, Integers] = {}
    exact = 0
    for k in range(draws.count):
        one = draws.domain(k)
        found = frontier(Domain(one.parties, one.issues, one.options, one.worth,
                                forbidden=domain.forbidden, reservation=one.reservation))
        exact += found.exact
        fronts.append(np.ascontiguousarray(found.utility.T))
        for package in found.packages:
            seen.setdefault(package.tobytes(), package)
        if progress is not None:
            progress(k + 1, 2 * draws.count)
    every = np.array(sorted(map(tuple, seen.values())), dtype=np.int64)
    told = None if progress is None else (
        lambda done, total, tell=progress: tell(total + done, 2 * total))
    union = robust(every, draws, fronts.__getitem__, told)
    return Robust(union.packages, union.zone, union.frontier, union.both, union.order, False, None,
                  exact / draws.count)


def utilities(packages: Integers, draws: Draws, draw: int) -> Floats:
    """`(party, package)` in one draw; issues are added one after the other, as in `Domain`."""
    utility = np.zeros((len(draws.parties), len(packages)))
    for issue, worth in enumerate(draws.worth):
        utility += worth[:, :, draw][:, packages[:, issue]]
    return utility


def on_frontier(utility: Floats) -> Booleans:
    """`(package,)`: which of `(party, package)` are on the frontier, all of equal ones."""
    kept = undominated(utility)
    edge = np.zeros(utility.shape[1], dtype=bool)
    edge[kept] = True
    first = utility[0]
    for n in np.flatnonzero(~edge & np.isin(first, first[kept])):
        same = kept[first[kept] == first[n]]
        edge[n] = bool((utility[:, same] == utility[:, n:n + 1]).all(axis=0).any())
    return edge


def between(values: Floats, group: Integers) -> float:
    """Share of the variance of numbers that lies between groups; NaN where they are all equal.

    Args:
        values: `(draw,)`.
        group: `(draw,)`, indices.
    """
    total = float(values.var(ddof=1)) if len(values) > 1 else 0.0
    if total <= 1e-15 * max(1.0, float(abs(values).max(initial=0.0)) ** 2):
        return float("nan")
    within = 0.0
    for g in np.unique(group):
        mine = values[group == g]
        within += len(mine) / len(values) * (float(mine.var(ddof=1)) if len(mine) > 1 else 0.0)
    return max(0.0, 1.0 - within / total)


def wilson(share: Floats, count: int) -> tuple[Floats, Floats]:
    """Ends of Wilson's 95 % interval of shares of so many draws."""
    z = Z95 * Z95 / count
    centre = (share + 0.5 * z) / (1.0 + z)
    half = np.sqrt(z * share * (1.0 - share) + 0.25 * z * z) / (1.0 + z)
    return np.clip(centre - half, 0.0, share), np.clip(centre + half, share, 1.0)


def _chance(held: Integers, heard: Integers) -> Chance:
    """Counts by expert, `(expert, package)`, as probabilities."""
    count = int(heard.sum())
    share = held.sum(axis=0) / count
    mine = held / heard[:, None]
    total = share * (1.0 - share) * count / max(count - 1, 1)
    within = (heard[:, None] / count * mine * (1.0 - mine)
              * (heard / np.maximum(heard - 1, 1))[:, None]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(total > 0, np.maximum(1.0 - within / total, 0.0), np.nan)
    low, high = wilson(share, count)
    return Chance(share, low, high, mine, part)


def _leads(draws: Draws) -> tuple[Integers, int]:
    """`(draw,)`: the expert that leads each draw, and how many do."""
    experts = len(draws.experts)
    return np.arange(draws.count) % experts, experts
