"""A domain as GeniusWeb JSON: one file of issues, one profile a party.

Additive utilities become a `LinearAdditiveUtilitySpace` (see `scaled`).  With rules they become a
`SumOfGroupsUtilitySpace`: issues that some rule joins are one group, whose every combination has
its utility.

GeniusWeb states the least that a party accepts as a bid.  Written is the package of least utility
that is at least the reservation value; where none has exactly that utility a note says so.
"""

from __future__ import annotations

import json
import math
from itertools import product
from typing import Any

import numpy as np

from zopa.agreement.space import Integers
from zopa.core.errors import ArgumentError
from zopa.exchange.raw import cleaned
from zopa.exchange.scaled import Scaled, scaled, simple_names, without_constraints
from zopa.spaces.domain import Domain

DOMAIN = "domain"
MOST_TOGETHER = 20_000
"""Combinations of one group."""
MOST_PACKAGES = 1_000_000
"""Packages looked at for a reservation bid."""


def written(domain: Domain) -> tuple[dict[str, str], list[str]]:
    """File name -> text, and what was changed or left out.

    Raises:
        ArgumentError: there are constraints, or a group is too large.
        InputError: a name cannot be written.
    """
    without_constraints(domain, "GeniusWeb JSON")
    for name in (*domain.issues, *(o for options in domain.options for o in options)):
        cleaned(name, "export", "a name")
    title = simple_names((domain.title or DOMAIN,))[0]
    names = simple_names(domain.parties)
    notes = [f"GeniusWeb's names are of letters and digits: {party} is written as {name}."
             for party, name in zip(domain.parties, names, strict=True) if party != name]
    groups = grouped(domain)
    joined = _joined(domain, groups)
    form = scaled(joined, sum_to_one=True)
    notes += form.notes(domain.parties)
    head = {"name": title, "issuesValues": {issue: {"values": list(options)} for issue, options
                                            in zip(domain.issues, domain.options, strict=True)}}
    files = {f"{DOMAIN}.json": _text(head)}
    bids = _bids(domain, notes)
    used = {DOMAIN.casefold()}
    for i, name in enumerate(names):
        body = (_additive(domain, i, form) if domain.additive
                else _groups(domain, i, form, groups))
        space = {"name": name, "domain": head, **body, "reservationBid": bids[i]}
        file = name if name.casefold() not in used else f"{name}-profile"
        used.add(file.casefold())
        kind = "LinearAdditiveUtilitySpace" if domain.additive else "SumOfGroupsUtilitySpace"
        files[f"{file}.json"] = _text({kind: space})
    if np.any(domain.disagreement != 0.0):
        notes.append("Values of no agreement are left out: GeniusWeb has none.")
    return files, notes


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _additive(domain: Domain, party: int, form: Scaled) -> dict[str, Any]:
    return {
        "issueUtilities": {issue: {"discreteutils": {"valueUtilities": {
            option: float(value) for option, value in zip(options, values[party], strict=True)}}}
            for issue, options, values in zip(domain.issues, domain.options, form.values,
                                              strict=True)},
        "issueWeights": {issue: float(w) for issue, w
                         in zip(domain.issues, form.weights[party], strict=True)}}


def _groups(domain: Domain, party: int, form: Scaled,
            groups: list[tuple[int, ...]]) -> dict[str, Any]:
    parts = {}
    for g, group in enumerate(groups):
        utilities = form.weights[party, g] * form.values[g][party]
        entries = [{"values": [domain.options[j][o] for j, o in zip(group, held, strict=True)],
                    "util": float(utility)}
                   for held, utility in zip(_combinations(domain, group), utilities, strict=True)]
        parts[f"group{g + 1}"] = {"partsutils": {
            "issues": [domain.issues[j] for j in group], "utilslist": entries}}
    return {"partUtilities": parts}


def grouped(domain: Domain) -> list[tuple[int, ...]]:
    """Issues that rules join, directly or by others; every issue is in one group.

    Raises:
        ArgumentError: a group has too many combinations.
    """
    owner = list(range(len(domain.issues)))
    for rule in domain.rules:
        joined = {owner[j] for j in rule.issues}
        owner = [min(joined) if o in joined else o for o in owner]
    groups = [tuple(j for j, o in enumerate(owner) if o == root) for root in sorted(set(owner))]
    for group in groups:
        if (count := math.prod(domain.sizes[j] for j in group)) > MOST_TOGETHER:
            raise ArgumentError(
                f"GeniusWeb JSON lists every combination of issues that rules join, and "
                f"{', '.join(domain.issues[j] for j in group[:5])} ... have {count} together, more "
                f"than {MOST_TOGETHER}. Export to Genius XML, which keeps rules as they are.")
    return groups


def _combinations(domain: Domain, group: tuple[int, ...]) -> list[tuple[int, ...]]:
    return list(product(*(range(domain.sizes[j]) for j in group)))


def _joined(domain: Domain, groups: list[tuple[int, ...]]) -> Domain:
    """The same utilities, additive over groups of issues."""
    if domain.additive:
        return domain
    worth = []
    for group in groups:
        held = np.array(_combinations(domain, group), dtype=np.int64)
        packages = np.zeros((len(held), len(domain.issues)), dtype=np.int64)
        packages[:, list(group)] = held
        inside = [rule for rule in domain.rules if set(rule.issues) <= set(group)]
        part = np.zeros((len(domain.parties), len(held)))
        for j in group:
            part += domain.worth[j][:, packages[:, j]]
        for rule in inside:
            part += rule.bonus[:, None] * rule.fulfilled(packages)
        worth.append(part)
    return Domain(domain.parties, tuple(f"group {g}" for g in range(len(groups))),
                  tuple(tuple(map(str, range(part.shape[1]))) for part in worth), tuple(worth),
                  base=domain.base)


def _bids(domain: Domain, notes: list[str]) -> list[dict[str, Any] | None]:
    """For each party the reservation bid, or None."""
    wanted = np.flatnonzero(np.isfinite(domain.reservation))
    bids: list[dict[str, Any] | None] = [None] * len(domain.parties)
    if not len(wanted):
        return bids
    if domain.size > MOST_PACKAGES:
        notes.append("Reservation values are left out: GeniusWeb states them as packages, and "
                     f"there are more than {MOST_PACKAGES} to look at.")
        return bids
    packages = _all(domain)
    utility = domain.utilities(packages)
    for i in wanted:
        least = domain.reservation[i]
        above = np.flatnonzero(utility[i] >= least - 1e-12 * max(1.0, abs(least)))
        if not len(above):
            notes.append(f"{domain.parties[i]}: no package reaches its reservation value, so it "
                         "is left out.")
            continue
        best = above[np.argmin(utility[i, above])]
        bids[i] = {"issuevalues": domain.named(packages[best])}
        if utility[i, best] > least + 1e-12 * max(1.0, abs(least)):
            notes.append(f"{domain.parties[i]}: GeniusWeb states a reservation value as a package; "
                         f"{utility[i, best]:.6g} is the least that is at least {least:.6g}.")
    return bids


def _all(domain: Domain) -> Integers:
    grid = np.indices(domain.sizes).reshape(len(domain.sizes), -1).T
    return np.ascontiguousarray(grid, dtype=np.int64)
