"""Answers as plain data: what a question found, in the form of `answers.json`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.questions.spread import mean, spread, spreads

Floats = NDArray[np.float64]


def number(value: float) -> float | None:
    """A plain number; None where it is not finite."""
    return float(value) if math.isfinite(value) else None


def answered(key: str, values: Floats, weight: Floats) -> dict[str, Any]:
    """`{key: expectation, key_spread: {median, low, high}}` over the draws where it is defined."""
    return {key: number(mean(values, weight)), f"{key}_spread": spread_of(values, weight)}


def spread_of(values: Floats, weight: Floats) -> dict[str, float | None]:
    """The median and the 5 % and 95 % points, as plain numbers."""
    return {name: number(value) for name, value in spread(values, weight).items()}


def by_party(key: str, parties: tuple[str, ...], values: Floats,
             weight: Floats) -> dict[str, Any]:
    """The same with a mapping by party in either place; `values` is `(party, draw)`."""
    return {key: {p: number(mean(row, weight)) for p, row in zip(parties, values, strict=True)},
            f"{key}_spread": {p: spread_of(row, weight)
                              for p, row in zip(parties, values, strict=True)}}


def series(values: Floats, weight: Floats) -> tuple[list[float | None], dict[str, Any]]:
    """Expectations by month, and the lists of their medians and 5 % and 95 % points.

    Args:
        values: `(month, draw)`.
        weight: `(draw,)`.
    """
    rows = spreads(values, weight)
    return ([number(mean(row, weight)) for row in values],
            {name: [number(entry[name]) for entry in rows] for name in ("low", "median", "high")})
