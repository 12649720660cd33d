"""How much room a zone has: the part of its ideal box that some package of it covers.

With r the reservation point and a_i the most that party i gets in the zone,

    volume = |{x : r <= x <= u(q) for some package q of the zone}| / |{x : r <= x <= a}|

so 1 where one package gives everybody the most there is, and about 1/2 where two parties divide
something even-handedly.  Parties that cannot get more than r_i are left out.

One to three parties: exact, sweeping along the last party's utility and keeping the staircase of
the others.  More parties: exact by slices along the last party's utility, each a volume of one
party less, while that is affordable; else the mean over REPEATS scrambled Sobol sequences with
fixed seeds, of POINTS points or as many as COMPARED allows, with its standard error.

Reference: Fonseca, Paquete and Lopez-Ibanez (2006), IEEE Congress on Evolutionary Computation,
1157-1163, for volumes by sweeping.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np
from scipy.stats import qmc

from zopa.agreement.space import Booleans, Floats
from zopa.spaces.pareto import nondominated

WORK = 100_000
"""Points looked at by slices, at most."""
POINTS = 1 << 12
"""Points of one sequence, at most."""
REPEATS = 8
COMPARED = 1 << 28
"""Pairs of a point of a sequence and a package that are compared, at most."""


class Volume(NamedTuple):
    """A share of a box: `method` is `exact` or says how it was estimated, with which `error`."""

    share: float
    method: str
    error: float


def volume(utility: Floats, least: Floats, most: Floats) -> Volume:
    """The share of the box from `least` to `most` `(party,)` below the points `(point, party)`."""
    width = most - least
    wide = width > 0.0
    if not len(utility):
        return Volume(0.0, "exact", 0.0)
    if not wide.any():
        return Volume(1.0, "exact", 0.0)
    unit = np.clip((utility[:, wide] - least[wide]) / width[wide], 0.0, 1.0)
    unit = unit[(unit > 0.0).all(axis=1)]
    unit = unit[nondominated(unit)] if len(unit) else unit
    parties = unit.shape[1]
    if parties <= 3 or float(len(unit)) ** (parties - 2) <= WORK:
        return Volume(_exact(unit), "exact", 0.0)
    return _sampled(unit)


def _exact(points: Floats) -> float:
    """Volume below points of the unit box, none of which dominates another."""
    parties = points.shape[1]
    if not len(points):
        return 0.0
    if parties == 1:
        return float(points.max())
    order = np.argsort(-points[:, -1], kind="stable")
    points = points[order]
    if parties == 2:
        return float((points[:, 1] * np.diff(np.append(0.0, points[:, 0]))).sum())
    below = np.append(points[1:, -1], 0.0)
    depth = points[:, -1] - below
    if parties == 3:
        return _stairs(points[:, :2].tolist(), depth.tolist())
    total = 0.0
    for n in np.flatnonzero(depth > 0.0):
        part = points[:n + 1, :-1]
        total += float(depth[n]) * _exact(part[nondominated(part)])
    return total


def _stairs(points: list[list[float]], depth: list[float]) -> float:
    """Sum of depth times the area below the points so far, kept as a staircase."""
    across, up = [0.0, 2.0], [2.0, 0.0]
    area = total = 0.0
    for (x, y), deep in zip(points, depth, strict=True):
        # `across` increases, `up` decreases; the steps that the point covers are taken out
        n = bisect_left(across, x)
        if up[n] < y:
            first = n
            while up[first - 1] <= y:
                first -= 1
            if across[n] == x:
                n += 1
            old, left = 0.0, across[first - 1]
            for k in range(first, n):
                old += (across[k] - left) * up[k]
                left = across[k]
            if left < x:
                old += (x - left) * up[n]
            area += (x - across[first - 1]) * y - old
            across[first:n], up[first:n] = [x], [y]
        total += deep * area
    return total


def _sampled(points: Floats) -> Volume:
    shares: list[float] = []
    bits = int(np.log2(np.clip(COMPARED / (REPEATS * len(points)), 64, POINTS)))
    for seed in range(REPEATS):
        sobol = qmc.Sobol(points.shape[1], rng=np.random.default_rng(seed))
        sample = sobol.random_base2(bits)
        held = np.zeros(len(sample), dtype=bool)
        for first in range(0, len(sample), 256):
            some = sample[first:first + 256]
            held[first:first + 256] = _covered(some, points)
        shares.append(float(held.mean()))
    error = float(np.std(shares, ddof=1) / np.sqrt(REPEATS))
    method = f"mean of {REPEATS} x {1 << bits} quasi-random points"
    return Volume(float(np.mean(shares)), method, error)


def _covered(sample: Floats, points: Floats) -> Booleans:
    below = np.ones((len(sample), len(points)), dtype=bool)
    for party in range(points.shape[1]):
        below &= sample[:, party, None] <= points[:, party]
    return np.asarray(below.any(axis=1))
