"""The Nash point of mixtures: the largest weighted product, with a certificate.

Maximise f(g) = sum_i alpha_i log g_i over the mixtures of many points (von Hohenbalken's simplicial
decomposition):

1. Over the mixtures of the few points at hand, by Newton steps in their shares with a line search;
   a point whose share falls to 0 is dropped.
2. Take up the point p with the largest sum_i alpha_i p_i / g_i; it lies outside the plane of the
   others, since that sum is 1 on all of them.
3. Stop when it is 1 + gap with gap <= GAP.  f is concave, so no mixture has an f above ours plus
   the gap.

Each round raises f and the points at hand never come back, so there are finitely many rounds.

Reference: von Hohenbalken (1977), Mathematical Programming 13:49-68; Eisenberg and Gale (1959),
Annals of Mathematical Statistics 30:165-168, for the condition of optimality.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zopa.agreement.space import Booleans, Floats
from zopa.spaces.columns import Solved
from zopa.spaces.mixed import GAP, STEPS
from zopa.spaces.ties import TIES


def largest_product(atoms: list[Solved], shares: Floats, alpha: Floats,
                    best: Callable[[Floats], Solved]) -> tuple[Solved, float]:
    """The mixture with the largest sum of alpha log g, and its gap: steps 1 to 3.

    Args:
        atoms: affinely independent points to start from.
        shares: of them, such that every party with alpha > 0 gains.
        alpha: `(party,)`, >= 0, summing to 1; a party with 0 does not count.
        best: the point (or mixture of points) with the largest value of an objective `(party,)`.
    """
    counts = alpha > 0.0
    for _ in range(STEPS):
        shares, kept = _corrected(np.array([atom.gain[counts] for atom in atoms]), shares,
                                  alpha[counts])
        atoms = [atom for atom, stays in zip(atoms, kept, strict=True) if stays]
        gain = shares @ np.array([atom.gain for atom in atoms])
        objective = np.where(counts, alpha / np.where(counts, gain, 1.0), 0.0)
        found = best(objective)
        gap = float(found.gain @ objective) - 1.0
        if gap <= GAP:
            break
        atoms, shares = [*atoms, found], np.append(shares, 0.0)
    together: dict[int, float] = {}
    for atom, part in zip(atoms, shares, strict=True):
        for row, own in zip(atom.rows, atom.shares, strict=True):
            together[int(row)] = together.get(int(row), 0.0) + float(part * own)
    rows = sorted(row for row, part in together.items() if part > TIES)
    parts = np.array([together[row] for row in rows])
    return Solved(gain, 0.0, np.zeros(0), np.array(rows), parts / parts.sum()), max(gap, 0.0)


def _corrected(points: Floats, share: Floats, alpha: Floats) -> tuple[Floats, Booleans]:
    """Shares of affinely independent points with the largest sum alpha log g, and who is kept.

    Newton's direction within the plane of the points; a point whose share falls to 0 is dropped.
    """
    kept = np.arange(len(points))
    for _ in range(STEPS):
        own = points[kept]
        gain = share @ own
        slope = own @ (alpha / gain)
        if len(kept) == 1:
            break
        base = np.diff(np.eye(len(kept)), axis=0)
        moves = base @ own
        curved = moves / gain * np.sqrt(alpha)
        towards = base @ slope
        step = np.linalg.lstsq(curved @ curved.T, towards, rcond=None)[0] @ base
        rise = float(step @ slope)
        if rise <= 1e-26:
            break
        shrinks = step < 0.0
        room = np.where(shrinks, share / np.where(shrinks, -step, 1.0), np.inf)
        length, value = min(1.0, float(room.min())), _height(gain, alpha)
        whole = length
        while length > 1e-9 and not (_height(gain + length * (step @ own), alpha)
                                     >= value + 0.1 * length * rise - 1e-15):
            length /= 2.0
        if length <= 1e-9 and whole > 1e-9:
            break
        share = np.maximum(share + length * step, 0.0)
        if length == whole < 1.0:
            share[int(room.argmin())] = 0.0
            kept, share = kept[share > 0.0], share[share > 0.0]
        share = share / share.sum()
    stays = np.zeros(len(points), dtype=bool)
    stays[kept] = True
    return share, stays


def _height(gain: Floats, alpha: Floats) -> float:
    return float(alpha @ np.log(gain)) if (gain > 0.0).all() else -np.inf
