"""What `zopa zone` found as plain data: the content of its JSON.

Everything is addressed by the names of parties, issues and options.  What is not defined is None;
keys are sorted, so that equal answers are equal text.  `docs/reference/zone.md` names every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.exchange.answer import Answered
from zopa.spaces.domain import Domain
from zopa.spaces.fairness import distance, envy
from zopa.spaces.points import FairPoint
from zopa.spaces.reasons import reason, shortfall
from zopa.spaces.single_text import CONVENTION, Step
from zopa.spaces.zone import Concession, ZoneFound

NASH = "Nash"


def to_data(answered: Answered) -> dict[str, Any]:
    """Everything that was found, keys sorted."""
    domain = answered.domain
    data: dict[str, Any] = {
        "by_issue": _by_issue(answered),
        "disagreement": _each(domain, domain.disagreement),
        "domain": _domain(answered),
        "frontier": _frontier(answered),
        "points": [_point(domain, point) for point in answered.points],
        "reservation": _each(domain, domain.reservation),
        "provisions": answered.provisions,
        "robust": answered.robust,
        "text": _text(answered),
        "zone": _zone(domain, answered.zone),
    }
    found: dict[str, Any] = in_order(data)
    return found


def in_order(data: Any) -> Any:
    """Nested data with the keys of every mapping sorted."""
    if isinstance(data, Mapping):
        return {str(key): in_order(data[key]) for key in sorted(data, key=str)}
    if isinstance(data, list | tuple):
        return [in_order(item) for item in data]
    return data


def _each(domain: Domain, values: Floats) -> dict[str, float | None]:
    """A number a party; None where it is not finite."""
    return {party: float(value) if np.isfinite(value) else None
            for party, value in zip(domain.parties, values, strict=True)}


def _named(domain: Domain, package: Integers | None) -> dict[str, str] | None:
    return None if package is None else domain.named(package)


def _domain(answered: Answered) -> dict[str, Any]:
    domain = answered.domain
    return {
        "additive": domain.additive, "constraints": len(domain.forbidden),
        "issue_order": list(domain.issues),
        "issues": {issue: list(options) for issue, options
                   in zip(domain.issues, domain.options, strict=True)},
        "kind": answered.imported.kind, "notes": list(answered.imported.notes),
        "packages": domain.size, "parties": list(domain.parties), "rules": len(domain.rules),
        "title": domain.title}


def _frontier(answered: Answered) -> dict[str, Any]:
    domain, found = answered.domain, answered.efficient
    return {
        "epsilon": _each(domain, found.epsilon), "exact": found.exact,
        "looked_at": int(found.looked_at), "method": found.method, "size": len(found.utility),
        "upper": None if found.exact else [_each(domain, utility) for utility in found.upper],
        "points": placed(answered, found.packages, found.utility)}


def placed(answered: Answered, packages: Integers, utility: Floats) -> list[dict[str, Any]]:
    """Packages `(package, issue)` with their utilities `(package, party)`; whether in the zone."""
    domain = answered.domain
    return [{"in_zone": bool(inside), "package": domain.named(package),
             "utility": _each(domain, worth)}
            for package, worth, inside in zip(packages, utility, answered.inside(utility),
                                              strict=True)]


def _point(domain: Domain, point: FairPoint) -> dict[str, Any]:
    return {
        "beyond": _each(domain, point.beyond) if point.beyond.size else None,
        "convention": point.convention,
        "mixture": [{"package": domain.named(package), "share": float(share)}
                    for package, share in point.mixture],
        "gap": point.gap, "name": point.name, "on": point.on,
        "package": _named(domain, point.package), "status": point.status,
        "utility": _each(domain, point.utility) if point.exists else None}


def _zone(domain: Domain, found: ZoneFound) -> dict[str, Any]:
    return {
        "allowed": found.allowed, "concession": _concession(domain, found.concession),
        "exists": found.exists, "live": _options(domain, found.live),
        "nearest": {key: {"distance": near.distance, "package": domain.named(near.package),
                          "utility": _each(domain, near.utility)}
                    for key, near in found.nearest.items()},
        "packages": found.packages, "packages_bounds": list(found.packages_bounds),
        "settled": {domain.issues[i]: domain.options[i][o] for i, o in found.settled.items()},
        "share": found.share, "unsure": _options(domain, found.unsure), "volume": found.volume,
        "volume_bounds": list(found.volume_bounds), "volume_method": found.volume_method}


def _options(domain: Domain, chosen: Mapping[int, tuple[int, ...]]) -> dict[str, list[str]]:
    return {domain.issues[i]: [domain.options[i][o] for o in options]
            for i, options in chosen.items()}


def _concession(domain: Domain, found: Concession | None) -> dict[str, Any] | None:
    """What opens an empty zone: together, and for each party alone."""
    if found is None:
        return None
    alone = {party: None if one is None else {
        "fall": one.fall, "package": domain.named(one.package), "share": one.share,
        "utility": _each(domain, one.utility)}
        for party, one in zip(domain.parties, found.alone, strict=True)}
    return {"alone": alone, "fall": _each(domain, found.fall),
            "package": domain.named(found.package), "share": found.share,
            "utility": _each(domain, found.utility)}


def _text(answered: Answered) -> dict[str, Any]:
    text = answered.text
    domain, left = text.domain, text.left
    away = distance(domain, answered.efficient, text.end)
    return {
        "chosen": text.chosen, "convention": CONVENTION,
        "end": domain.named(text.end), "end_utility": _utility(domain, text.end),
        "exact_ranges": text.exact_ranges, "ranges": _each(domain, text.ranges),
        "start": domain.named(text.start), "start_utility": _utility(domain, text.start),
        "steps": [_step(domain, step) for step in text.steps],
        "left": {
            "better": _named(domain, left.better),
            "better_gain": None if left.better_gain is None else _each(domain, left.better_gain),
            "distance": away.distance, "distance_most": away.largest,
            "efficient": left.efficient,
            "nearly": [_step(domain, step) | {"short": shortfall(domain, step)}
                       for step in left.nearly],
            "triple": None if left.triple is None else _step(domain, left.triple),
            "triples": left.triples, "triples_complete": left.complete}}


def _utility(domain: Domain, package: Integers) -> dict[str, float | None]:
    return _each(domain, domain.utilities(package[None])[:, 0])


def _step(domain: Domain, step: Step) -> dict[str, Any]:
    return {
        "changes": [{"issue": domain.issues[c.issue],
                     "from": domain.options[c.issue][c.before],
                     "to": domain.options[c.issue][c.after]} for c in step.changes],
        "gain": _each(domain, step.gain), "joint": step.joint, "reason": reason(domain, step),
        "utility": _utility(domain, step.package)}


def _by_issue(answered: Answered) -> dict[str, Any]:
    """What every party gets on every issue of the Nash package, else of the end of the text."""
    domain = answered.domain
    nash = next((point for point in answered.points if point.name == NASH
                 and point.on == "packages" and point.package is not None), None)
    package = answered.text.end if nash is None or nash.package is None else nash.package
    rows = [{"issue": issue, "option": names[int(o)],
             "got": _each(domain, worth[:, int(o)] - worth.min(axis=1)),
             "most": _each(domain, worth.max(axis=1) - worth.min(axis=1))}
            for issue, names, worth, o
            in zip(domain.issues, domain.options, domain.worth, package, strict=True)]
    bonus = np.zeros(len(domain.parties))
    for rule in domain.rules:
        bonus = bonus + rule.bonus * rule.fulfilled(package[None])[0]
    utility = domain.utilities(package[None])[:, 0]
    lots = envy(domain, package)
    return {"envy": None if lots.free is None else _each(domain, lots.amount),
            "of": "single text" if package is answered.text.end else NASH,
            "package": domain.named(package), "rows": rows,
            "combinations": _each(domain, bonus), "utility": _each(domain, utility),
            "gain": _each(domain, utility - domain.disagreement)}
