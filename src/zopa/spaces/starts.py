"""Where a single text starts when nobody names a package: as near as can be to no agreement.

The start is the allowed package whose utilities are nearest to the disagreement point d,

    minimise  sum_i ((u_i - d_i) / range_i)^2,

of equals the first.  It favours nobody: it depends on no party's name, scale or place in the order.
Small domains are listed.  In larger ones the nearest is looked for by descent: from an allowed
package whose options are, issue by issue, nearest to an even share of d, by the single or paired
change that comes closest, until none comes closer; it is then near, not proven nearest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Forbidden, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.neighbours import around
from zopa.spaces.ranges import LISTED, in_ranges, ranges

NODES = 200_000
"""Options tried when looking for a package that no constraint forbids."""
PAIRS = 1_000_000
"""Paired changes looked at in a step of the descent; with more, single changes only."""
SMALLER = 1e-12
_BLOCK = 1 << 15


@dataclass(frozen=True, eq=False)
class Start:
    """A package to start from.

    Attributes:
        package: `(issue,)`.
        chosen: how it was chosen, in a sentence.
    """

    package: Integers
    chosen: str


def start(domain: Domain, fixed: Mapping[int, int] | None = None) -> Start:
    """The package to start from.

    Args:
        domain: where.
        fixed: issue -> option, those that the caller names; all of them, some, or none.

    Raises:
        ArgumentError: no allowed package holds them.
    """
    fixed = dict(fixed or {})
    choices = [np.array([fixed[i]]) if i in fixed else np.arange(size)
               for i, size in enumerate(domain.sizes)]
    free = len(domain.issues) - len(fixed)
    named = "the options named, and on the other issues " if fixed else ""
    if not free:
        package = np.array([fixed[i] for i in range(len(domain.issues))], dtype=np.int64)
        if not domain.allowed(package[None])[0]:
            raise ArgumentError("The package to start from is forbidden by a constraint. "
                                "Start from another.")
        return Start(package, "The package that was named.")
    if np.prod([float(len(c)) for c in choices]) <= LISTED:
        return Start(_listed(domain, choices),
                     f"The start has {named}the utilities nearest to the disagreement point, each "
                     "party's measured in its own range.")
    return Start(_descended(domain, choices, fixed),
                 f"The start has {named}utilities near the disagreement point, each party's "
                 "measured in its own range: no change of one or two options comes nearer.")


def _listed(domain: Domain, choices: list[Integers]) -> Integers:
    """The nearest of all."""
    span, _ = ranges(domain)
    sizes = tuple(map(len, choices))
    best, least = None, np.inf
    for first in range(0, int(np.prod(sizes)), _BLOCK):
        index = np.unravel_index(np.arange(first, min(first + _BLOCK, int(np.prod(sizes)))), sizes)
        packages = np.stack([c[i] for c, i in zip(choices, index, strict=True)], axis=1)
        packages = packages[domain.allowed(packages)]
        if not len(packages):
            continue
        distance = _distance(domain, domain.utilities(packages), span)
        here = int(np.flatnonzero(distance <= distance.min() + SMALLER)[0])
        if distance[here] < least - SMALLER:
            best, least = packages[here].astype(np.int64), float(distance[here])
    if best is None:
        raise _nothing(len([c for c in choices if len(c) == 1]) > 0)
    return best


def _distance(domain: Domain, utility: Floats, span: Floats) -> Floats:
    squares: Floats = (in_ranges(utility - domain.disagreement[:, None], span) ** 2).sum(axis=0)
    return squares


def _descended(domain: Domain, choices: list[Integers], fixed: dict[int, int]) -> Integers:
    """Near, by the change that comes closest, again and again."""
    span, _ = ranges(domain)
    package = _allowed(domain, choices, span)
    while True:
        near = around(domain, package)
        utility = domain.utilities(package[None])
        least, best = float(_distance(domain, utility, span)[0]), None
        free = ~np.isin(near.issue, list(fixed))
        for k in (1, 2):
            if k == 2 and len(near.issue) ** 2 / 2 > PAIRS:
                break
            for sets in near.sets(k):
                gain, allowed = near.gains(sets)
                allowed &= free[sets].all(axis=1)
                distance = np.where(allowed, _distance(domain, utility + gain, span), np.inf)
                here = int(np.argmin(distance))
                if distance[here] < least - SMALLER:
                    least, best = float(distance[here]), sets[here]
            if best is not None:
                break
        if best is None:
            return package
        package = near.changed(best)


def _allowed(domain: Domain, choices: list[Integers], span: Floats) -> Integers:
    """An allowed package, depth first, options nearest to an even share of d tried first."""
    ordered = []
    share = (domain.disagreement - domain.base) / len(domain.issues)
    for worth, choice in zip(domain.worth, choices, strict=True):
        away = (in_ranges(worth[:, choice] - share[:, None], span) ** 2).sum(axis=0)
        ordered.append(choice[np.argsort(away.round(12), kind="stable")])
    ends: list[list[Forbidden]] = [[] for _ in choices]
    for rule in domain.forbidden:
        ends[max(rule.issues)].append(rule)
    chosen = np.zeros(len(choices), dtype=np.int64)
    tried = [0] * len(choices)
    depth = 0
    for _ in range(NODES):
        if depth < 0:
            raise _nothing(any(len(c) == 1 for c in choices))
        if depth == len(choices):
            return chosen
        if tried[depth] == len(ordered[depth]):
            tried[depth] = 0
            depth -= 1
            continue
        chosen[depth] = ordered[depth][tried[depth]]
        tried[depth] += 1
        if not any(rule.holds(chosen[None], rule.issues)[0] for rule in ends[depth]):
            depth += 1
    raise ArgumentError(f"No allowed package was found in {NODES} tries. Name one to start from.")


def _nothing(fixed: bool) -> ArgumentError:
    if fixed:
        return ArgumentError("The constraints leave no package with the options named to start "
                             "from. Name others.")
    return ArgumentError("The constraints leave no package: nothing could be agreed. Drop one.")
