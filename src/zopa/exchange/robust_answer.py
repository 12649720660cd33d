"""What uncertain preferences say of a domain, as plain data and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from zopa.agreement.space import Floats
from zopa.exchange.elicited import DRAWS, Elicited
from zopa.spaces.domain import Domain
from zopa.spaces.robust import Chance, Robust, between, robust_domain, wilson
from zopa.spaces.uncertain import Draws

LISTED = 50
"""Packages that the answer names, the most robust first."""
SHOWN = 5
CONVENTION = (
    "Each draw takes one expert's word, experts in equal shares, and is uniform on what that "
    "expert leaves open; intervals are Wilson's 95 % of the draws alone. Packages are ordered by "
    "the probability of being in the zone and on the frontier at once.")


def robust_answer(elicited: Elicited, domain: Domain | None = None, draws: int = DRAWS,
                  seed: int = 0, progress: Callable[[int, int], None] | None = None
                  ) -> dict[str, Any]:
    """The content of `robust` in the JSON of `zopa zone`.

    Args:
        elicited: what was read.
        domain: its domain with other constraints or reservation values, which then hold in every
            draw; its own by default.
        draws: of the preferences.
        seed: of the draws.
        progress: called with (draws looked at, draws in all).
    """
    uncertain = elicited.uncertain
    assert uncertain is not None
    domain = elicited.domain if domain is None else domain
    count = max(draws, len(uncertain.experts))
    drawn = uncertain.draws(count, seed)
    for p in np.flatnonzero(domain.reservation != elicited.domain.reservation):
        drawn.reservation[p] = domain.reservation[p]
    found = robust_domain(domain, drawn, progress=progress)
    some = None
    if found.some_zone is not None:
        low, high = wilson(np.array([found.some_zone]), count)
        some = {"probability": found.some_zone, "low": float(low[0]), "high": float(high[0])}
    return {
        "convention": CONVENTION,
        "draws": count,
        "seed": seed,
        "methods": list(drawn.methods),
        "experts": {expert: [party for p, party in enumerate(uncertain.parties)
                             if (e, p) in uncertain.said]
                    for e, expert in enumerate(uncertain.experts)},
        "zone_exists": some,
        "packages": len(found.packages),
        "all_packages": found.all_packages,
        "exact_frontiers": found.exact,
        "listed": min(LISTED, len(found.packages)),
        "ranked": [_package(found, domain, drawn, int(n)) for n in found.order[:LISTED]],
        "weights": _weights(drawn),
    }


def lines(answer: Mapping[str, Any]) -> list[str]:
    """The answer in words, a sentence a line."""
    told = [f"{answer['draws']:,} draws of what is uncertain, by {len(answer['experts'])} "
            f"expert{'s' if len(answer['experts']) > 1 else ''}."]
    some = answer["zone_exists"]
    if some is not None:
        told.append(f"Some package is in the zone in {_percent(some['probability'])} of the draws "
                    f"({_percent(some['low'])} to {_percent(some['high'])}).")
    if not answer["all_packages"]:
        told.append(f"Packages are too many to look at: the {answer['packages']:,} that are on the "
                    "frontier of some draw are; no other was on any.")
    if answer["exact_frontiers"] < 1:
        told.append(f"The frontier is exact in {_percent(answer['exact_frontiers'])} of the draws; "
                    "in the others it is a lower bound.")
    for row in answer["ranked"][:SHOWN]:
        both = row["zone_and_frontier"]
        told.append(
            f"  {', '.join(f'{issue}: {option}' for issue, option in row['package'].items())}: "
            f"acceptable and efficient in {_percent(both['probability'])} "
            f"({_percent(both['low'])} to {_percent(both['high'])}); acceptable in "
            f"{_percent(row['zone']['probability'])}, efficient in "
            f"{_percent(row['frontier']['probability'])}{_apart(both)}.")
    for party, issues in answer["weights"].items():
        most = max(issues, key=lambda issue: issues[issue]["between_experts"] or 0.0)
        apart = issues[most]["between_experts"]
        if apart is not None and apart >= 0.1 and len(issues[most]["by_expert"]) > 1:
            told.append(f"On {party}, experts differ most about {most}: {_percent(apart)} of the "
                        "variance of its weight lies between them ("
                        + ", ".join(f"{expert} {mean:.2f}" for expert, mean
                                    in issues[most]["by_expert"].items()) + ").")
    return told


def _package(found: Robust, domain: Domain, drawn: Draws, n: int) -> dict[str, Any]:
    return {"package": domain.named(found.packages[n]),
            "zone": _probability(found.zone, drawn, n),
            "frontier": _probability(found.frontier, drawn, n),
            "zone_and_frontier": _probability(found.both, drawn, n)}


def _probability(chance: Chance, drawn: Draws, n: int) -> dict[str, Any]:
    several = len(drawn.experts) > 1
    return {"probability": float(chance.share[n]), "low": float(chance.low[n]),
            "high": float(chance.high[n]),
            "by_expert": {expert: float(chance.by_expert[e, n])
                          for e, expert in enumerate(drawn.experts)} if several else {},
            "between_experts": _or_none(chance.between[n]) if several else None}


def _weights(drawn: Draws) -> dict[str, Any]:
    """Weights by party and issue: mean, middle 90 %, by expert, and the share between them."""
    told: dict[str, Any] = {}
    for p, party in enumerate(drawn.parties):
        group = drawn.expert[p]
        rows = {}
        for j, issue in enumerate(drawn.issues):
            weight: Floats = drawn.weight[p, j]
            low, high = np.quantile(weight, [0.05, 0.95])
            rows[issue] = {
                "mean": float(weight.mean()), "low": float(low), "high": float(high),
                "by_expert": {drawn.experts[e]: float(weight[group == e].mean())
                              for e in np.unique(group)},
                "between_experts": (_or_none(between(weight, group))
                                    if len(np.unique(group)) > 1 else None)}
        told[party] = rows
    return told


def _apart(chance: Mapping[str, Any]) -> str:
    if not chance["by_expert"]:
        return ""
    return " (" + ", ".join(f"{expert} {_percent(share)}"
                            for expert, share in chance["by_expert"].items()) + ")"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
