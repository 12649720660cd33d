"""A handful of draws that stand for all of them.

Few draws taken at random would answer far from the whole ensemble.  So the draws are put into as
many clusters as can be afforded, by what the base case answers in them, and each cluster is stood
for by one of its draws, with the weight of the cluster:

1. Every answer x_j (a column) is divided by its weighted standard deviation; one that does not vary
   is left out.
2. The first centre is the draw nearest to the weighted mean; each further one is the draw with the
   largest w_d min_c |x_d - x_c|^2.
3. Lloyd's iteration with the weights until nothing moves (50 times at most).
4. The draw nearest to its cluster's mean stands for it; ties go to the first.

The draws are real ones: what is solved for them is solved as for any other.

Reference: Lloyd (1982), IEEE Transactions on Information Theory 28:129-137; Kaufman & Rousseeuw
(1990), Finding Groups in Data, for representative objects.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
ROUNDS = 50
TINY = 1e-12


def representatives(answers: Floats, weight: Floats, most: int) -> tuple[Integers, Floats]:
    """Places of the draws that stand for all, ascending, and their weights, which sum to 1.

    Args:
        answers: `(draw, answer)`; a value that is not finite counts as the answer's mean.
        weight: `(draw,)`, not negative, not all zero.
        most: how many at most.
    """
    alive = np.flatnonzero(weight > 0.0)
    share = weight[alive] / weight[alive].sum()
    if len(alive) <= most:
        return alive, share
    points = _scaled(answers[alive], share)
    centres = points[_spread_out(points, share, most)]
    owner = np.zeros(len(points), dtype=np.int64)
    for _ in range(ROUNDS):
        owner = _squares(points, centres).argmin(axis=1)
        moved = np.stack([_centre(points, share, owner == c, centre)
                          for c, centre in enumerate(centres)])
        if np.abs(moved - centres).max() <= TINY:
            break
        centres = moved
    squares = _squares(points, centres)
    chosen, mass = [], []
    for c in range(len(centres)):
        own = np.flatnonzero(owner == c)
        if len(own):
            chosen.append(own[squares[own, c].argmin()])
            mass.append(share[own].sum())
    order = np.argsort(chosen)
    return alive[np.array(chosen)[order]], np.array(mass)[order]


def _scaled(answers: Floats, share: Floats) -> Floats:
    """Columns in standard deviations from their means; those that do not vary are left out."""
    known = np.isfinite(answers)
    held = np.where(known, answers, 0.0)
    total = np.where(known, share[:, None], 0.0).sum(axis=0)
    mean = (held * np.where(known, share[:, None], 0.0)).sum(axis=0) / np.where(
        total > 0.0, total, 1.0)
    away = np.where(known, held - mean, 0.0)
    deviation = np.sqrt((share[:, None] * away**2).sum(axis=0))
    varies = deviation > TINY
    if not varies.any():
        return np.zeros((len(answers), 1))
    scaled: Floats = away[:, varies] / deviation[varies]
    return scaled


def _spread_out(points: Floats, share: Floats, most: int) -> list[int]:
    middle = (share[:, None] * points).sum(axis=0)
    chosen = [int(((points - middle) ** 2).sum(axis=1).argmin())]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < most:
        pick = int((share * nearest).argmax())
        if nearest[pick] <= TINY:  # all that is left equals a centre
            break
        chosen.append(pick)
        nearest = np.minimum(nearest, ((points - points[pick]) ** 2).sum(axis=1))
    return chosen


def _squares(points: Floats, centres: Floats) -> Floats:
    """`(draw, centre)`: squared distances."""
    return np.asarray(((points[:, None] - centres[None]) ** 2).sum(axis=2))


def _centre(points: Floats, share: Floats, own: NDArray[np.bool_], before: Floats) -> Floats:
    if not own.any():
        return before
    return np.asarray((share[own, None] * points[own]).sum(axis=0) / share[own].sum())
