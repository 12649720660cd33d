"""What a test of a claim gives: a probability in every draw, and what is worth saying beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Why an answer hinges on nothing.
RECORD = "the record alone decides it"
SAME = "it is the same in every draw: no uncertain input changes it"
NO_ONE = "no single input stands out"


@dataclass(frozen=True, eq=False)
class Outcome:
    """One test, evaluated.

    Attributes:
        holds: `(draw,)` in [0, 1]; NaN where it cannot be evaluated, which counts neither way.
        reason: why no draw can be evaluated, as a sentence; None where some can.
        record: whether the record alone decides it, so that no input of the model matters.
        extra: plain data to show beside the answer; lists of draws as arrays `(draw,)`.
    """

    holds: Floats
    reason: str | None = None
    record: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


def indicator(condition: NDArray[np.bool_], *needed: Floats) -> Floats:
    """1 where the condition holds, 0 where not, NaN where any of the needed values is NaN."""
    result = np.asarray(condition, dtype=float)
    for values in needed:
        result = np.where(np.isnan(values), np.nan, result)
    return result


def unknown(draws: int, reason: str, record: bool = False) -> Outcome:
    """No draw can be evaluated, and why."""
    return Outcome(np.full(draws, np.nan), reason, record)
