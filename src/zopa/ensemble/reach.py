"""How far one period's news can move the belief, so that the lattice reserves room for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import InputError
from zopa.core.errors import Problem as Fault
from zopa.ensemble.numbers import Numbers, chunk, hazards
from zopa.war.lattice import Shape, increments

Floats = NDArray[np.float64]
CHUNK = 512
"""Draws at a time: whole-lattice arrays are needed."""


def reach(numbers: Numbers, shape: Shape, grid_step: float) -> tuple[int, ...]:
    """How many grid points an increment can move, over all draws.

    Args:
        numbers: of all draws.
        shape: the lattice (its own `reach` is not looked at).
        grid_step: step of the log-likelihood ratio.

    Returns:
        One entry a patron's chain, then momentum, then survival.

    Raises:
        InputError: the hazards of both sides come to more than 1 in some draw.
    """
    def widest(first: Floats, second: Floats) -> int:
        moved = increments(first, second, grid_step, shape.beliefs, np)
        return int(np.ceil(np.abs(moved).max() - 1e-12))

    if shape.theories == 1:
        if (worst := _most(numbers, shape.cells)) > 1.0:
            raise InputError([_too_likely(worst)])
        return (0,) * (len(shape.support) + 2)
    result = [widest(*chain) if chain.shape[0] > 1 else 0 for chain in numbers.chains]
    result.append(widest(*numbers.momentum) if numbers.momentum.shape[0] > 1 else 0)
    survival, worst = 0, 0.0
    for first in range(0, numbers.talks.shape[-1], CHUNK):
        part = chunk(numbers, slice(first, first + CHUNK))
        both = hazards(part, shape.cells, np).sum(axis=1)
        worst = max(worst, float(both.max()))
        if worst > 1.0:
            raise InputError([_too_likely(worst)])
        survival = max(survival, widest(1.0 - both[0], 1.0 - both[1]))
    return (*result, survival)


def _most(numbers: Numbers, cells: int) -> float:
    return max(float(hazards(chunk(numbers, slice(first, first + CHUNK)), cells, np)
                     .sum(axis=1).max())
               for first in range(0, numbers.talks.shape[-1], CHUNK))


def _too_likely(worst: float) -> Fault:
    return Fault("war.hazards", f"of both sides together reach {worst:.4g} in some draw, above 1",
                 "Lower a base, a factor or the slope on the position.")
