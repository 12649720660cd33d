"""Regimes: momentum and the patrons' support chains, tilted by theories and by support.

The regime is a product of small Markov chains, (m, l_1, ..., l_n): momentum and one level a patron.
A tilt t towards a party multiplies the odds of the moves that favour it by exp(t), and of those
that favour the other side by exp(-t), before the row is normalised:

    P'(x -> y)  =  P(x -> y) exp(t sign(x, y)) / sum_z P(x -> z) exp(t sign(x, z)).

1. A patron's chain under a theory is tilted by that theory's `support_tilt`; the sign is +1 for a
   move to a higher level, -1 to a lower one, 0 for staying.
2. Momentum is tilted by the theory and, towards the side it supports, by each patron's present
   level; the sign is that of the level moved to.  Tilts add, since normalising commutes with them.
3. Given (m, l_1, ..., l_n) the chains move independently of one another.

The position moves with the momentum of the period, then the regime moves; so the change of position
over n periods is an additive functional of the chain, whose first two moments follow backwards from
M_0 = S_0 = 0 by

    M_n = mu + P M_{n-1},      S_n = sigma2 + 2 mu (P M_{n-1}) + P S_{n-1},

mu and sigma2 the mean and the mean square of one period's move in each regime.

Every array may carry trailing draw axes, written `*draw`; plain NumPy, no JAX.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Patron:
    """One patron's chain and what its level does to momentum.

    Attributes:
        rows: `(level, level, *draw)`, transition rows (already tilted by the theory, if any).
        momentum_tilt: `(level, *draw)`, tilt of momentum towards the supported side.
        sign: `(momentum,)`, +1 where a momentum level favours the supported side, -1 the other, 0.
    """

    rows: Floats
    momentum_tilt: Floats
    sign: Floats


def rows(levels: Sequence[str], transitions: Mapping[str, Mapping[str, ArrayLike]]) -> Floats:
    """Transition rows `(from, to, *draw)`; what a row lacks to 1 stays.

    Args:
        levels: names, in the order of the axes.
        transitions: from -> to -> probability, a scalar or an array `(*draw)`.

    Raises:
        KeyError: for a level that is not in `levels`.
    """
    index = {name: i for i, name in enumerate(levels)}
    shape = np.broadcast_shapes(
        *(np.shape(p) for row in transitions.values() for p in row.values()))
    matrix = np.zeros((len(levels), len(levels), *shape))
    for source, row in transitions.items():
        for target, probability in row.items():
            matrix[index[source], index[target]] += np.asarray(probability, dtype=float)
    for i in range(len(levels)):
        matrix[i, i] += 1.0 - matrix[i].sum(axis=0)
    return matrix


def favour_sign(favours: Sequence[str | None], party: str) -> Floats:
    """Sign of each momentum level for `party`: +1 its own, -1 the other's, 0 nobody's."""
    return np.array([0.0 if f is None else 1.0 if f == party else -1.0 for f in favours])


def upward(levels: int) -> Floats:
    """Sign `(from, to)` of a move in a patron's chain, whose levels stand highest first."""
    place = np.arange(levels)
    return np.sign(place[:, None] - place[None, :]).astype(float)


def exponent(sign: Floats, tilt: ArrayLike) -> Floats:
    """sign x tilt, with `tilt`'s axes `(*draw)` behind those of `sign`."""
    strength = np.asarray(tilt, dtype=float)
    return sign.reshape(sign.shape + (1,) * strength.ndim) * strength


def tilted(rows: Floats, favour_sign: Floats, tilt: ArrayLike) -> Floats:
    """P'(x -> y) proportional to P(x -> y) exp(tilt sign), normalised by row.

    Args:
        rows: `(from, to, *draw)`.
        favour_sign: `(to,)`, or `(from, to)` where the sign depends on the move.
        tilt: a scalar or `(*draw)`; 0 changes nothing.

    Returns:
        `(from, to, *draw)`, with the draw axes of `rows` and `tilt` broadcast.
    """
    sign = favour_sign if favour_sign.ndim == 2 else favour_sign[None, :]
    return weighted(rows, exponent(sign, tilt))


def weighted(rows: Floats, log_odds: Floats) -> Floats:
    """Rows `(from, to, *draw)` with odds multiplied by exp(log_odds) `(from | 1, to, *draw)`."""
    rows, log_odds = _with_draws(rows, 2, log_odds, 2)
    odds = rows * np.exp(log_odds)
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def momentum_rows(momentum: Floats, patrons: Sequence[Patron],
                  log_odds: ArrayLike = 0.0) -> Floats:
    """Momentum's rows in every combination of support levels.

    Args:
        momentum: `(momentum, momentum, *draw)`, as the scenario gives them.
        patrons: one entry a patron.
        log_odds: the theory's tilt times its sign, `(momentum, *draw)`; 0 for none.

    Returns:
        `(l_1, ..., l_n, momentum, momentum, *draw)`.
    """
    size = momentum.shape[0]
    base = np.asarray(log_odds, dtype=float)
    if base.ndim == 0:
        base = np.full(size, float(base))
    shapes = tuple(p.momentum_tilt.shape[0] for p in patrons)
    cells = []
    for levels in np.ndindex(*shapes):
        total: Floats = base
        for patron, level in zip(patrons, levels, strict=True):
            lean = exponent(patron.sign, patron.momentum_tilt[level])
            total, lean = _with_draws(total, 1, lean, 1)
            total = total + lean
        cells.append(weighted(momentum, total[None]))
    shape = np.broadcast_shapes(*(cell.shape for cell in cells))
    return np.stack([np.broadcast_to(c, shape) for c in cells]).reshape(*shapes, *shape)


def joint(momentum: Floats, patrons: Sequence[Patron], log_odds: ArrayLike = 0.0) -> Floats:
    """The chain of the whole regime, `(regime, regime, *draw)`.

    A regime's index runs over (m, l_1, ..., l_n) with the last level fastest, as NumPy's C order:
    `numpy.ravel_multi_index((m, l_1, ..., l_n), shape)`.

    Args:
        momentum, patrons, log_odds: as for `momentum_rows`.
    """
    conditional = momentum_rows(momentum, patrons, log_odds)
    count = len(patrons)
    draw = np.broadcast_shapes(conditional.shape[count + 2:], *(p.rows.shape[2:] for p in patrons))
    shape = (momentum.shape[0], *(p.rows.shape[0] for p in patrons))
    # (m, l_1..l_n, m', *draw), then one axis l_p' behind the last one for each patron
    kernel = np.moveaxis(conditional, count, 0)
    kernel = kernel.reshape(kernel.shape[:count + 2]
                            + (1,) * (len(draw) - kernel.ndim + count + 2)
                            + kernel.shape[count + 2:])
    for p, patron in enumerate(patrons):
        size = patron.rows.shape[0]
        moves = patron.rows.reshape(
            (size, size) + (1,) * (len(draw) - patron.rows.ndim + 2) + patron.rows.shape[2:])
        lead = [1] * (count + 2 + p)
        lead[1 + p] = size
        kernel = np.expand_dims(kernel, count + 2 + p) * moves.reshape(
            *lead, size, *moves.shape[2:])
    total = int(np.prod(shape))
    return np.ascontiguousarray(
        np.broadcast_to(kernel, (*shape, *shape, *draw))).reshape(total, total, *draw)


def moments(chain: Floats, mean: Floats, square: Floats, periods: int) -> tuple[Floats, Floats]:
    """Mean and mean square of the change over `periods`, from every regime.

    Args:
        chain: `(regime, regime, *draw)`.
        mean: `(regime, *draw)`, mean of one period's move.
        square: `(regime, *draw)`, its mean square.
        periods: how many moves.

    Returns:
        Two arrays `(regime, *draw)`.  Of a mixture of chains, mix these two before taking the
        standard deviation.
    """
    first = np.zeros_like(mean)
    second = np.zeros_like(square)
    for _ in range(periods):
        ahead = np.einsum("ij...,j...->i...", chain, first)
        second = square + 2.0 * mean * ahead + np.einsum("ij...,j...->i...", chain, second)
        first = mean + ahead
    return first, second


def _with_draws(one: Any, one_core: int, two: Any, two_core: int) -> tuple[Floats, Floats]:
    """Both arrays with as many draw axes, so that they broadcast (core axes stay in front)."""
    extra_one, extra_two = one.ndim - one_core, two.ndim - two_core
    most = max(extra_one, extra_two)
    return (
        one.reshape(one.shape[:one_core] + (1,) * (most - extra_one) + one.shape[one_core:]),
        two.reshape(two.shape[:two_core] + (1,) * (most - extra_two) + two.shape[two_core:]))
