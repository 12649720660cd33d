"""A fitted battlefield as a scenario has it: transition rows, and moves in whole cells.

A scenario's position moves by k cells with a probability that depends on momentum alone.  Of the
fitted change of a month at level r, held at half a cell beyond the widest moves of the lattice, let
m be the mean and v the variance in cells.  The moves allowed at r, with 0, get

    p_k  proportional to  q_k exp(a k + b k^2)      with   sum k p_k = m,   sum k^2 p_k - m^2 = v,

the distribution nearest (in relative entropy) to q_k, the probability of rounding to cell k, that
has the two moments.  Where cells are too wide for v (what lies between two cells has at least
f (1 - f), f the fraction of m), the mean is kept and the variance is as near as a small penalty on
b lets it come.  What a jump moves beyond the widest move is lost; `Grid.change` beside the fit's
own change shows what that amounts to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zopa.calibrate.battlefield import TAIL, Parameters, Structure
from zopa.war.regimes import moments

Floats = NDArray[np.float64]
POINTS = 1001
PENALTY = 1e-5
STEPS = 200


@dataclass(frozen=True, eq=False)
class Grid:
    """The fit in a scenario's numbers.

    Attributes:
        structure: the levels.
        offsets: for each level its moves in cells, without 0.
        cell: width of a cell, in the series' unit.
        rows: `(draw, level, level)`.
        moves: for each level `(draw, move)`, aligned with `offsets`.
    """

    structure: Structure
    offsets: tuple[tuple[int, ...], ...]
    cell: float
    rows: Floats
    moves: tuple[Floats, ...]

    def columns(self) -> tuple[tuple[str, ...], Floats]:
        """Paths of the scenario, and their joint draws `(draw, column)`."""
        paths, values = [], []
        names = self.structure.levels
        for i, targets in enumerate(self.structure.targets):
            for j in targets:
                paths.append(f"war.momentum.transitions.{names[i]}.{names[j]}")
                values.append(self.rows[:, i, j])
        for i, offsets in enumerate(self.offsets):
            for place, offset in enumerate(offsets):
                paths.append(f"war.position.moves.{names[i]}.{offset}")
                values.append(self.moves[i][:, place])
        return tuple(paths), np.stack(values, axis=1)

    def change(self, start: Floats, periods: int) -> tuple[float, float]:
        """Mean and sd of the change over some months, in the series' unit, over all draws.

        Args:
            start: `(draw, level)`, the probability of each level in the last month.
        """
        mean = np.stack([(move * np.array(offsets)).sum(axis=1) for move, offsets
                         in zip(self.moves, self.offsets, strict=True)])
        square = np.stack([(move * np.array(offsets) ** 2).sum(axis=1) for move, offsets
                           in zip(self.moves, self.offsets, strict=True)])
        first, second = moments(np.moveaxis(self.rows, 0, -1), mean, square, periods)
        begin = np.einsum("di,dij->jd", start, self.rows)
        one, two = float((begin * first).sum(0).mean()), float((begin * second).sum(0).mean())
        return self.cell * one, self.cell * float(np.sqrt(max(two - one**2, 0.0)))


def to_grid(structure: Structure, p: Parameters, scale: float, cell: float,
            offsets: Sequence[Sequence[int]]) -> Grid:
    """The fit on a grid of cells.

    Args:
        structure: without memory, which a scenario has no place for.
        p: draws, `(draw, ...)`, in scales.
        scale: s, in the series' unit.
        cell: width of a cell in it.
        offsets: for each level its moves in cells; 0 is always among them.
    """
    width = cell / scale
    widest = max(abs(k) for row in offsets for k in row)
    moves = []
    for level, row in enumerate(offsets):
        places = np.array(sorted({0, *row}))
        change = _points(p, level) / width
        held = np.clip(change, -widest - 0.5, widest + 0.5)
        mean, square = held.mean(axis=1), (held**2).mean(axis=1)
        near = _rounded(held, places)
        weights = _tilted(near, places.astype(float), mean, square - mean**2)
        moves.append(weights[:, [int(np.flatnonzero(places == k)[0]) for k in row]])
    return Grid(structure, tuple(tuple(row) for row in offsets), cell, np.asarray(p.rows),
                tuple(moves))


def _points(p: Parameters, level: int) -> Floats:
    """Equally likely changes of a month at a level, `(draw, point)`, in scales.

    The calm part and jumps are each given by their quantiles, the jumps as often as they come.
    """
    at = (np.arange(POINTS) + 0.5) / POINTS
    drift, noise, jump = (np.asarray(part)[:, level, None] for part in p[:3])
    wild = np.asarray(p.spread)[:, None] * stats.t.ppf(at, TAIL)
    calm = noise * stats.norm.ppf(at)
    # the quantiles of the mixture by inverting its distribution on the joint sorted points
    points = np.concatenate([calm, wild], axis=1)
    weight = np.concatenate([np.broadcast_to((1 - jump) / POINTS, calm.shape),
                             np.broadcast_to(jump / POINTS, wild.shape)], axis=1)
    order = np.argsort(points, axis=1)
    points = np.take_along_axis(points, order, axis=1)
    upper = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    places = np.stack([np.searchsorted(row, at) for row in upper])
    return drift + np.take_along_axis(points, np.minimum(places, points.shape[1] - 1), axis=1)


def _rounded(change: Floats, places: NDArray[np.intp]) -> Floats:
    """How often each place is the nearest, `(draw, place)`, no place quite without."""
    middle = (places[1:] + places[:-1]) / 2
    nearest = np.searchsorted(middle, change)
    counts = np.stack([(nearest == i).mean(axis=1) for i in range(len(places))], axis=1)
    floored = counts + 1e-6
    return floored / floored.sum(axis=1, keepdims=True)


def _tilted(near: Floats, places: Floats, mean: Floats, variance: Floats) -> Floats:
    """The nearest weights with a mean and, as far as it goes, a variance, `(draw, place)`.

    Newton's method with halving on the convex dual
    log sum_k q_k exp(a (k - m) + b ((k - m)^2 - v)) + penalty b^2.
    """
    mean = np.clip(mean, places[0] + 1e-4, places[-1] - 1e-4)
    away = places[None, :] - mean[:, None]
    terms = np.stack([away, away**2 - variance[:, None]], axis=2)
    tilt = np.zeros((len(mean), 2))
    ridge = np.array([0.0, PENALTY]) if len(places) > 2 else np.array([0.0, 1.0])
    value = _dual(near, terms, tilt, ridge)
    for _ in range(STEPS):
        weights = _weights(near, terms, tilt)
        slope = np.einsum("dk,dkc->dc", weights, terms) + 2 * ridge * tilt
        centred = terms - np.einsum("dk,dkc->dc", weights, terms)[:, None]
        curve = np.einsum("dk,dkc,dke->dce", weights, centred, centred)
        curve = curve + np.diag(2 * ridge + 1e-12)
        step = -np.linalg.solve(curve, slope[..., None])[..., 0]
        if np.abs(slope).max() < 1e-12:
            break
        size = np.ones(len(mean))
        for _ in range(40):
            trial = _dual(near, terms, tilt + size[:, None] * step, ridge)
            worse = ~(trial <= value + 1e-15)
            if not worse.any():
                break
            size[worse] /= 2
        size[worse] = 0.0
        tilt = tilt + size[:, None] * step
        value = _dual(near, terms, tilt, ridge)
    return _weights(near, terms, tilt)


def _logs(near: Floats, terms: Floats, tilt: Floats) -> Floats:
    logs: Floats = np.log(near) + np.einsum("dkc,dc->dk", terms, tilt)
    return logs


def _dual(near: Floats, terms: Floats, tilt: Floats, ridge: Floats) -> Floats:
    logs = _logs(near, terms, tilt)
    top = logs.max(axis=1)
    total: Floats = np.log(np.exp(logs - top[:, None]).sum(axis=1)) + top + (
        ridge * tilt**2).sum(axis=1)
    return total


def _weights(near: Floats, terms: Floats, tilt: Floats) -> Floats:
    logs = _logs(near, terms, tilt)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    result: Floats = weights / weights.sum(axis=1, keepdims=True)
    return result
