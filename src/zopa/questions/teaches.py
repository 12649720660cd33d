"""What a refused offer teaches, where a side alone knows what the war costs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from zopa.ensemble.screening import Teaching
from zopa.questions.plain import answered, series
from zopa.questions.study import Study


def teaches(study: Study, taught: Sequence[tuple[int, Teaching]]) -> dict[str, Any] | None:
    """Side whose resolve is private -> what a row of refusals in the present state teaches.

    By offer: the weakest type (the highest extra cost a period) thought possible before it and
    after its refusal, the probability that it is accepted, and what it is worth to each side; over
    the draws in which an offer is made that somebody accepts, whose share is `offered`.
    """
    if not taught:
        return None
    result: dict[str, Any] = {}
    for side, teaching in taught:
        low = study.draws[f"war.resolve.{study.sides[side]}.low"]
        entry = answered("low", low, study.weight)
        made = ~np.isnan(teaching.accepted)
        entry["offered"] = series(made.astype(float), study.weight)[0]
        for key in ("before", "after", "accepted"):
            entry[key], entry[f"{key}_spread"] = series(getattr(teaching, key), study.weight)
        entry["offer"] = {}
        for party, name in enumerate(study.sides):
            entry["offer"][name] = series(teaching.offer[:, party], study.weight)[0]
        result[study.sides[side]] = entry
    return result
