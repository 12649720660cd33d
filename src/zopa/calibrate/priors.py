"""Priors of the battlefield model: weakly informative, in units of the series' own scale.

With s the robust scale of the monthly changes (`battlefield.scale_of`), levels of momentum ordered
from the lowest drift to the highest and a the level that favours nobody (else the middle one):

    drift of a            Normal(0, anchor_sd) s
    gap to the next       LogNormal(log gap, gap_sigma) s         so drifts are in order
    noise of a level      LogNormal(log noise, noise_sigma) s
    leaving a level       Beta(leave)            a month; where it goes, Dirichlet(split)
    a jump in a level     Beta(jump)             a month
    spread of jumps       LogNormal(log spread, spread_sigma) s
    memory                Beta(memory)           only in the form with memory

What they say: a level lasts some eleven months (90 percent from four to fifty); neighbouring
levels lie half a scale to four scales apart; a jump comes once in forty months on average, at most
levels far more seldom, and is eight scales wide, give or take a factor of five.

Leaving and jumps were set on forecasts of the area controlled in Ukraine up to May 2024 (the part
`developed` of its hindcast), before any forecast of a later month was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True)
class Priors:
    """The hyperparameters; units as in the module's table."""

    anchor_sd: float = 0.5
    gap: float = 1.35
    gap_sigma: float = 0.6
    noise: float = 0.6
    noise_sigma: float = 0.5
    leave: tuple[float, float] = (2.0, 18.0)
    split: float = 2.0
    jump: tuple[float, float] = (0.5, 19.5)
    spread: float = 8.0
    spread_sigma: float = 1.0
    memory: tuple[float, float] = (2.0, 2.0)

    def flat(self) -> np.ndarray:
        """Every figure in one array, in the order of the fields: what a compiled model takes."""
        values: list[float] = []
        for field in fields(self):
            value = getattr(self, field.name)
            values.extend(value if isinstance(value, tuple) else (value,))
        return np.array(values)


USUAL = Priors()
