"""Fewer draws that stand for all of them: distinct ones, with weights.

Where the weights are equal, the first n points of the sequence are taken (they are as even as such
a set can be).  Else threshold resampling (Fearnhead & Clifford 2003), which keeps no draw twice:

1. c solves sum_d min(w_d / c, 1) = n.
2. Draws with w_d >= c are kept, with their weight.
3. Each other draw is kept with probability w_d / c, by systematic sampling in a random order (the
   order of the sequence would pick every k-th point, which is a corner of the cube), and then has
   weight c.

So the expectation of every weighted sum is that over all draws, and of all such schemes this one
has the least variance of the weights.  (The marks of step 3 stand in the middle of their steps and
only the order is random, so that for a handful of draws this holds roughly: of two with weights 0.3
and 0.7 the second is always the one kept.)

Reference: Fearnhead & Clifford (2003), Journal of the Royal Statistical Society B 65:887-899.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws

Floats = NDArray[np.float64]


def check_heavy(heavy: int) -> None:
    """Raises ArgumentError where no draw would be left for what is solved many times over."""
    if heavy < 1:
        raise ArgumentError(f"heavy must be at least 1, but is {heavy}. Give 256, or fewer draws "
                            "for a first look, e.g. 16.")


def thinned(draws: Draws, most: int) -> Draws:
    """At most so many of the draws, distinct, with weights that sum to 1.

    Args:
        draws: with weights.
        most: at least 1.
    """
    chosen, weight = thin(draws.weight, most, draws.seed)
    return draws.take(chosen).with_weight(weight)


def thin(weight: Floats, most: int, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Places of the draws that are kept, ascending, and their weights, which sum to 1.

    Args:
        weight: `(draw,)`, not negative.
        most: how many to keep at most; draws without any weight are never kept unless all are.
        seed: of the random order.
    """
    count = len(weight)
    if most >= count:
        return np.arange(count), weight / weight.sum()
    if np.all(weight == weight[0]):
        return np.arange(most), np.full(most, 1.0 / most)
    share = weight / weight.sum()
    alive = np.flatnonzero(share)
    if len(alive) <= most:
        return alive, share[alive]
    limit = threshold(share[alive], most)
    certain = alive[share[alive] >= limit]
    rest = np.random.default_rng([seed, count, most]).permutation(alive[share[alive] < limit])
    wanted = most - len(certain)
    steps = np.cumsum(share[rest] / limit)
    # the chances come to `wanted` up to rounding; scaled, so that neither end is missed
    marks = (np.arange(wanted) + 0.5) * (steps[-1] / max(wanted, 1))
    picked = rest[np.searchsorted(steps, marks)]
    chosen = np.sort(np.concatenate([certain, picked]))
    kept = np.maximum(share[chosen], limit)
    return chosen, kept / kept.sum()


def threshold(share: Floats, most: int) -> float:
    """c with sum_d min(share_d / c, 1) = most, for fewer places than positive shares."""
    ordered = np.sort(share)[::-1]
    left = np.concatenate([np.cumsum(ordered[::-1])[::-1], [0.0]])
    # with the k largest kept for certain, c = (sum of the rest) / (most - k)
    for kept in range(most):
        limit = left[kept] / (most - kept)
        if ordered[kept] <= limit:
            return float(limit)
    return float(ordered[most - 1])

