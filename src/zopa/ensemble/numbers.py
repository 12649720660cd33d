"""What of a scenario's lattice differs from draw to draw, in compact form."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Numbers(NamedTuple):
    """What differs from draw to draw; the draw is the last axis.

    Attributes:
        chains: for each patron `(theory, from, to, draw)`; theory axis 1 where the theories agree.
        momentum: `(theory, support, from, to, draw)`.
        moves: `(momentum, move, draw)`.
        hazard: `(party, momentum, support, draw)` at the middle of the window.
        hazard_slope: `(party, draw)`, g.
        hazard_factor: `(theory, party, draw)`.
        cost: `(party, momentum, support, draw)`; cost_slope: `(party, draw)`.
        resolve: `(party, draw)`, middle of the cost that a side alone knows, added to the rest.
        discount, victory, defeat, floor: `(party, draw)`.
        talks, proposer, enforcement: `(draw,)`.
        log_odds: `(party, draw)`, prior log-odds of the first theory.
        analyst: `(theory, draw)`, the analyst's probability of each theory.
        stop: for each patron `(cell, momentum, support, draw)`, where it stops (see
            `zopa.ensemble.patron`); None for one who does not choose, and empty where nobody does.
        spread: `(party, draw)`, spread of an uncertain ratification, 0 where the floor is a wall;
            None where both are.
    """

    chains: tuple[Any, ...]
    momentum: Any
    moves: Any
    hazard: Any
    hazard_slope: Any
    hazard_factor: Any
    cost: Any
    cost_slope: Any
    resolve: Any
    discount: Any
    victory: Any
    defeat: Any
    floor: Any
    talks: Any
    proposer: Any
    enforcement: Any
    log_odds: Any
    analyst: Any
    stop: tuple[Any, ...] = ()
    spread: Any = None


def scaled(base: Any, slope: Any, cells: int, xp: Any) -> Any:
    """base exp(slope x) over the cells: `(party, cell, momentum, support, draw)`."""
    x = xp.linspace(-1.0, 1.0, cells)[None, :, None, None, None]
    return base[:, None] * xp.exp(slope[:, None, None, None, :] * x)


def hazards(numbers: Numbers, cells: int, xp: Any) -> Any:
    """Hazards of collapse, `(theory, party, cell, momentum, support, draw)`."""
    base = scaled(numbers.hazard, numbers.hazard_slope, cells, xp)
    return base[None] * numbers.hazard_factor[:, :, None, None, None, :]


def chunk(numbers: Numbers, draws: int | slice | NDArray[np.int64]) -> Numbers:
    """The numbers of some of the draws; of one alone without the draw axis."""
    def some(part: Any) -> Any:
        return None if part is None else part[..., draws]

    return Numbers(*(tuple(map(some, part)) if isinstance(part, tuple) else some(part)
                     for part in numbers))
