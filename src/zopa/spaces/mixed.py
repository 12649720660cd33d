"""A mixture of packages, and what its finders have in common."""

from __future__ import annotations

from dataclasses import dataclass

from zopa.agreement.space import Floats
from zopa.core.errors import ZopaError

GAP = 1e-10
"""Largest gap of the Nash point: how far its weighted log product can be from the best."""
STEPS = 400
"""Most midpoints of Raiffa's sequence, most packages taken up, most rounds of columns."""


@dataclass(frozen=True, eq=False)
class Mixed:
    """A mixture.

    Attributes:
        gain: `(party,)`, over disagreement, in the parties' own units.
        rows: the points mixed.
        shares: their shares, which sum to 1.
        gap: how far from the best it can be: of the Nash point's weighted log product; of Raiffa's
            point the largest gain left, in ranges.
    """

    gain: Floats
    rows: tuple[int, ...]
    shares: tuple[float, ...]
    gap: float = 0.0


class Unsolved(ZopaError):
    """A linear program that the solver gave up."""
