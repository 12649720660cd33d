"""`zone.blocked`: which group inside which party blocks what.

The ground is the packages that every side prefers to never agreeing and that clear the floors the
scenario states: the zone as it would be if no group had a veto.  Of these

- a group *blocks* a package that is worth less to it than what it accepts, by its own weights;
- it blocks *alone* what every other group with a veto accepts;
- the option that it blocks most often on an issue is the one with the largest share of packages
  that it alone blocks among the packages of the ground with that option, over all draws; ties go to
  the first in the order of the issue.

A group without a veto blocks nothing: what it would block with one is shown beside it, against the
groups that have one.  What follows from a veto along the frontier, a floor, is shown by the
probability that it binds: that it cuts something off the frontier, and more than any other floor.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.questions.deals import Deals, unvetoed
from zopa.questions.groups import Groups, groups
from zopa.questions.plain import answered, number
from zopa.questions.spread import mean
from zopa.questions.study import Study

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
NOTHING = 1e-12


def answer(study: Study) -> dict[str, Any] | None:
    """Party -> group -> what it accepts and blocks; None where the scenario has no groups."""
    inside = groups(study)
    if inside is None:
        return None
    ground = unvetoed(study)
    result: dict[str, Any] = {}
    for n, seat in enumerate(inside.seats):
        result.setdefault(seat.party, {})[seat.name] = _group(study, inside, ground, n)
    return result


def _group(study: Study, inside: Groups, ground: Deals, n: int) -> dict[str, Any]:
    weight, seat = study.weight, inside.seats[n]
    least, mask = inside.accepted[n], ground.zone.mask
    found: dict[str, Any] = {
        "title": seat.group.title, "veto": seat.group.veto, **answered("accepts", least, weight)}
    found |= _floor(study, inside, n)
    if np.isnan(least).all():
        return found | {"blocks": None, "blocks_spread": None, "alone": None, "options": None}
    others = inside.vetoes.copy()
    others[n] = False
    hit = inside.rejected[n] & mask
    alone = hit & ~inside.rejected[others].any(axis=0)
    return found | {
        **answered("blocks", _share(hit, mask), weight),
        "alone": number(mean(_share(alone, mask), weight)),
        "options": _options(ground, alone, mask, weight)}


def _floor(study: Study, inside: Groups, n: int) -> dict[str, Any]:
    """What follows from the group along the frontier; nulls without a war."""
    if not inside.floors:
        return {"binds": None, "nothing": None}
    own, weight = inside.floors[n], study.weight
    stated = not np.isnan(own.accepted).all()
    return {"binds": mean(own.binds.astype(float), weight),
            "nothing": mean(own.nothing.astype(float), weight) if stated else None}


def _share(part: Booleans, whole: Booleans) -> Floats:
    """`(draw,)`; NaN where there is nothing to have a share of."""
    count = whole.sum(axis=0)
    return np.where(count > 0, part.sum(axis=0) / np.where(count > 0, count, 1), np.nan)


def _options(ground: Deals, alone: Booleans, mask: Booleans,
             weight: Floats) -> dict[str, dict[str, Any] | None]:
    """Issue -> the option that is blocked most often, and how often; None where none is."""
    found: dict[str, dict[str, Any] | None] = {}
    blocked, there = alone @ weight, mask @ weight                       # (package,)
    for column, (issue, names) in enumerate(zip(ground.space.issues, ground.space.options,
                                                strict=True)):
        chosen = ground.packages[:, column]
        count = np.bincount(chosen, there, len(names))
        share = np.bincount(chosen, blocked, len(names)) / np.where(count > 0.0, count, 1.0)
        most = int(np.flatnonzero(share >= share.max() - NOTHING)[0])
        found[issue] = (None if share[most] <= NOTHING
                        else {"option": names[most], "share": float(share[most])})
    return found
