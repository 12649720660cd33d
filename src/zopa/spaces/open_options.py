"""Which options of an issue some package of the zone holds.

1. `shown`: those of packages known to be in the zone, and of these with one issue changed.
2. `listed`: those of every package of the zone, where the domain can be listed.
3. `decided`: each other option by the domain in which the issue has that option alone: out where a
   party's best options do not add up to its reservation value; else by listing or by the frontier.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zopa.agreement.space import Booleans, Floats, Forbidden, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces import stream
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.frontier import frontier

SMALL = 200_000
"""Packages of a domain that is listed, not merged, to decide on an option."""
BUDGET = 500_000
"""Packages or sums that the frontier may look at to decide on one option."""


def listed(domain: Domain, floor: Floats, opened: list[Booleans]) -> list[Booleans]:
    """Options open, from every package of the zone; stops when all are."""
    for packages, _ in stream.blocks(domain, floor=floor):
        for issue, held in enumerate(opened):
            if not held.all():
                held[np.unique(packages[:, issue])] = True
        if all(held.all() for held in opened):
            break
    return opened


def shown(domain: Domain, floor: Floats, inside: Integers, most: int = 2000) -> list[Booleans]:
    """`(option,)` for each issue: held by packages of the zone, or by them with one issue changed.

    Args:
        domain: the domain.
        floor: `(party,)`, what belongs to the zone.
        inside: `(package, issue)`, packages of the zone.
        most: how many of them are changed.
    """
    opened = [np.zeros(size, dtype=bool) for size in domain.sizes]
    for issue, held in enumerate(opened):
        held[inside[:, issue]] = True
    some = inside[np.linspace(0, len(inside) - 1, min(most, len(inside))).astype(int)] \
        if len(inside) else inside
    for issue, held in enumerate(opened):
        for option in np.flatnonzero(~held):
            changed = some.copy()
            changed[:, issue] = option
            good = (domain.utilities(changed) >= floor[:, None]).all(axis=0)
            held[option] = bool((good & domain.allowed(changed)).any())
    return opened


def decided(domain: Domain, floor: Floats) -> bool | None:
    """Whether a package reaches the floor; None where only bounds are known."""
    best = domain.base + sum(worth.max(axis=1) for worth in domain.worth)
    for rule in domain.rules:
        best = best + np.maximum(rule.bonus, 0.0)
    # a bound that rounding cannot lift over the floor
    if (best < floor - 1e-9 * (np.abs(best) + 1.0)).any():
        return False
    if domain.size <= SMALL:
        return any(len(packages) for packages, _ in stream.blocks(domain, floor=floor))
    try:
        found = frontier(domain, BUDGET)
    except ArgumentError:
        return False                                     # the constraints leave none with it
    if (found.utility >= floor).all(axis=1).any():
        return True
    return None if not found.exact and (found.upper >= floor).all(axis=1).any() else False


def restricted(domain: Domain, issue: int, option: int) -> Domain:
    """The domain in which an issue has one option alone."""
    def box(options: tuple[tuple[int, ...], ...], at: int) -> tuple[tuple[int, ...], ...]:
        return (*options[:at], (0,), *options[at + 1:])

    rules, forbidden = [], []
    for rule in domain.rules:
        at = rule.issues.index(issue) if issue in rule.issues else None
        if at is None:
            rules.append(rule)
        elif option in rule.options[at]:
            rules.append(Rule(rule.issues, box(rule.options, at), rule.bonus))
    for clash in domain.forbidden:
        at = clash.issues.index(issue) if issue in clash.issues else None
        if at is None:
            forbidden.append(clash)
        elif option in clash.options[at]:
            forbidden.append(Forbidden(clash.issues, box(clash.options, at)))
    options, worth = list(domain.options), list(domain.worth)
    options[issue] = (options[issue][option],)
    worth[issue] = worth[issue][:, [option]]
    return replace(domain, options=tuple(options), worth=tuple(worth), rules=tuple(rules),
                   forbidden=tuple(forbidden))
