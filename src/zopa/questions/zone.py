"""`zone`: is there a zone of possible agreement, what is in it, which agreement is predicted, when.

At the present state a real package is in the zone of a draw iff D_i >= W_i and u_i >= rho_i for
both sides: better for each than never agreeing, and ratifiable.  Those with D_i >= r_i too could be
signed today; they are few, because each side can also wait.

Without a war W is the scenario's `disagreement`, any number of parties may sit at the table, and
there is no timing.  Probabilities of what is settled or open count every draw; a draw whose zone is
empty holds no option.  Ties between packages go to the first in the order of the issues.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.points import PRINCIPLES, Principle
from zopa.core import words
from zopa.ensemble.solve import Parts
from zopa.questions import blocks, picture
from zopa.questions.deals import Deals, deals, predicted
from zopa.questions.plain import answered, by_party, number, series, spread_of
from zopa.questions.rests import drivers, uncertain
from zopa.questions.spread import chance, mean
from zopa.questions.study import Study

Floats = NDArray[np.float64]
PARTS = Parts.BARGAIN | Parts.TIMING
MIXED = 5
"""Packages named in the mixture that stands for the predicted agreement."""


def answer(study: Study) -> dict[str, Any]:
    """The zone at the present state, and with a war the predicted agreement and when."""
    if study.scenario.war is not None:
        study.ensemble(PARTS)
    ground, weight = deals(study), study.weight
    exists = (~ground.zone.empty).astype(float)
    found = chance(exists, weight)
    if not uncertain(study).paths:  # nothing is drawn: no Monte Carlo error
        found = replace(found, low=found.probability, high=found.probability)
    result: dict[str, Any] = {
        "probability": found.probability,
        "probability_interval": [found.low, found.high],
        "words": words.words(found.probability, found.low, found.high),
        "confidence": drivers(study, exists).confidence(),
        "of_packages": len(ground.packages),
        **answered("packages", ground.zone.mask.sum(axis=0).astype(float), weight),
        **answered("share", ground.zone.share, weight),
        **_options(ground, weight),
        "signable": None if ground.reservation is None else chance(
            (~ground.signable.empty).astype(float), weight).probability,
        **by_party("disagreement", study.sides, ground.disagreement, weight)}
    if ground.reservation is not None:
        result |= by_party("reservation", study.sides, ground.reservation, weight)
    result["points"] = points(study)
    result |= _timing(study) if study.scenario.war is not None else _no_timing()
    result["blocked"] = blocks.answer(study)
    return result | picture.answer(study)


def points(study: Study) -> dict[str, Any]:
    """The fair points: utilities on the frontier, and the real package that is nearest most often.

    With more than two parties the principles pick among real packages.
    """
    ground = deals(study)
    found = study.keep("points", lambda: [_point(ground, principle) for principle in PRINCIPLES])
    result: dict[str, Any] = {}
    for principle, (utility, package) in zip(PRINCIPLES, found, strict=True):
        name = principle.name.lower().replace("-", "_")
        chosen, frequency = most_frequent(package, study.weight)
        result[name] = {
            "convention": principle.convention,
            **by_party("utilities", study.sides, utility, study.weight),
            "package": None if chosen is None else ground.space.named(ground.packages[chosen]),
            "frequency": frequency,
            "share_of_draws": _share(~np.isnan(utility[0]), study.weight)}
    return result


def fair_utilities(study: Study) -> dict[str, Any]:
    """The fair points' utilities on the frontier alone, for two parties; no real package."""
    ground = deals(study)
    if len(ground.space.parties) != 2:
        return {}
    return {principle.name.lower().replace("-", "_"): by_party(
        "utilities", study.sides, principle.on_hull(ground.frontier, ground.least).utility,
        study.weight) for principle in PRINCIPLES}


def most_frequent(package: NDArray[np.int64],
                  weight: Floats) -> tuple[int | None, float | None]:
    """The package of the most draws by weight, and its share of those that have one.

    Args:
        package: `(draw,)`, rows of the list of packages; -1 where there is none.
        weight: `(draw,)`.
    """
    known = package >= 0
    total = float(weight[known].sum())
    if total <= 0.0:
        return None, None
    mass = np.bincount(package[known], weight[known])
    place = int(np.flatnonzero(mass >= mass.max() - 1e-12)[0])
    return place, float(mass[place] / total)


def _point(ground: Deals, principle: Principle) -> tuple[Floats, NDArray[np.int64]]:
    """Utilities `(party, draw)` and the nearest package of the zone `(draw,)`."""
    if len(ground.space.parties) == 2:
        utility = principle.on_hull(ground.frontier, ground.least).utility
        return utility, ground.nearest(utility).package
    point = principle.on_packages(ground.utilities, ground.least, ground.zone.mask)
    assert point.package is not None
    return point.utility, point.package


def _options(ground: Deals, weight: Floats) -> dict[str, Any]:
    """What the zone settles, what stays live, and which options are in it."""
    space = ground.space
    sizes = tuple(len(names) for names in space.options)
    settled = ground.zone.settled(ground.packages, sizes)
    result: dict[str, Any] = {"settled": {}, "live": [], "options": {}}
    for column, (issue, names) in enumerate(zip(space.issues, space.options, strict=True)):
        held = ground.zone.open(ground.packages, column, len(names))
        result["settled"][issue] = {
            name: mean((settled[column] == n).astype(float), weight)
            for n, name in enumerate(names)}
        result["options"][issue] = {name: mean(held[n].astype(float), weight)
                                    for n, name in enumerate(names)}
        if mean((settled[column] == -1).astype(float), weight) > max(
                result["settled"][issue].values()):
            result["live"].append(issue)
    return result


def _timing(study: Study) -> dict[str, Any]:
    timing, weight = study.ensemble(Parts.TIMING).timing, study.weight
    months, spreads = series(timing.deal_by, weight)
    return {"predicted": _predicted(study), "deal_by_month": months,
            "deal_by_month_spread": [dict(zip(spreads, row, strict=True))
                                     for row in zip(*spreads.values(), strict=True)],
            **answered("settle", timing.settle, weight),
            **answered("months_of_war", timing.months_of_war, weight)}


def _no_timing() -> dict[str, Any]:
    return {"predicted": None, "predicted_reason": "there is no war block, so the timing of an "
            "agreement and the terms that bargaining leads to are not asked",
            "deal_by_month": None, "deal_by_month_spread": None, "months_of_war": None,
            "months_of_war_spread": None}


def _predicted(study: Study) -> dict[str, Any]:
    """The predicted agreement as a real package, and as a mixture of real packages.

    `utilities` are the expected terms themselves, from which `distance` to the nearest package is
    measured in every draw; `package_utilities` those of the package that is nearest most often.
    """
    ground, weight = deals(study), study.weight
    terms = study.ensemble(Parts.TIMING).timing.terms
    near = predicted(study)
    known = ~np.isnan(terms[0])
    chosen, frequency = most_frequent(near.package, weight)
    result: dict[str, Any] = {"package": None}
    if chosen is not None:
        result["package"] = ground.space.named(ground.packages[chosen])
        utility = np.where(near.package >= 0, ground.utilities[:, chosen], np.nan)
    else:
        utility = np.full_like(terms, np.nan)
    return {
        **result,
        **by_party("utilities", study.sides, terms, weight),
        **by_party("package_utilities", study.sides, utility, weight),
        "distance": number(mean(near.distance, weight)),
        "distance_spread": spread_of(near.distance, weight),
        "share_of_draws": _share(near.package >= 0, weight),
        "share_with_terms": _share(known, weight),
        "options": _nearest_options(ground, near.package, weight),
        "mixture": _mixture(study, terms), "frequency": frequency}


def _nearest_options(ground: Deals, package: NDArray[np.int64],
                     weight: Floats) -> dict[str, dict[str, float | None]]:
    """Issue -> option -> share of the draws whose nearest package has it; null where none has one.

    Args:
        package: `(draw,)`, rows of the list of packages; -1 where there is none.
        weight: `(draw,)`.
    """
    space, known = ground.space, package >= 0
    chosen = ground.packages[np.where(known, package, 0)]
    return {issue: {option: number(mean(np.where(known, chosen[:, column] == n, np.nan), weight))
                    for n, option in enumerate(space.options[column])}
            for column, issue in enumerate(space.issues)}


def _mixture(study: Study, terms: Floats) -> list[dict[str, Any]]:
    """Corner packages by their expected weight in the mixture that gives the terms."""
    ground = deals(study)
    mixed = study.keep("mixture", lambda: ground.mixture(terms))
    share = np.where(np.isnan(mixed.weight), 0.0, mixed.weight) * study.weight
    total = float(share.sum())
    if total <= 0.0:
        return []
    packages = mixed.package.reshape(-1, mixed.package.shape[-1])
    kinds, place = np.unique(packages, axis=0, return_inverse=True)
    mass = np.bincount(place.reshape(-1), share.reshape(-1)) / total
    # rounded, so that packages of equal weight stand in the order of the issues' options
    order = np.lexsort((np.arange(len(mass)), -np.round(mass, 9)))
    return [{"package": ground.space.named(kinds[n]), "weight": float(mass[n])}
            for n in order[:MIXED] if mass[n] > 1e-9]


def _share(known: NDArray[np.bool_], weight: Floats) -> float:
    return mean(known.astype(float), weight)
