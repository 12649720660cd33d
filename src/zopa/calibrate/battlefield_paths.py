"""Battlefields drawn from the model: whole series, and what may follow one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import (
    TAIL,
    Parameters,
    Scaled,
    bounded,
    forward,
    log_density,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ahead:
    """What may follow a series.

    Attributes:
        sums: `(path, month)`, change of position since the last month, summed.
        momentum: `(path, month)`, the level of each month.
        changes: `(path, month)`, of each month.
        p: the parameters of each path, in scales.
        last, fresh: `(path,)`, the last month's change, and 1 where it is unknown.
        scale: s; sums, changes and last are in the series' unit.
    """

    sums: Floats
    momentum: NDArray[np.intp]
    changes: Floats
    p: Parameters
    last: Floats
    fresh: Floats
    scale: float

    def log_density(self, months: int, change: float) -> float:
        """Log density of the summed change over so many months, at one value.

        Of each path all months but the last are kept, and the density of the last one, which
        is known in closed form, is averaged over the paths (Rao-Blackwell):

            p(S_h = z)  =  mean over paths of  p(y_h = z - S_(h-1) | r_h, y_(h-1)).
        """
        h = months - 1
        done = self.sums[:, h - 1] if h else np.zeros(len(self.sums))
        before = self.changes[:, h - 1] if h else self.last
        fresh = np.zeros(len(self.sums)) if h else self.fresh
        every = log_density(change / self.scale - done / self.scale, before / self.scale, fresh,
                            self.p)
        each = np.take_along_axis(every, self.momentum[:, h][:, None], axis=-1)[:, 0]
        top = each.max()
        return float(top + np.log(np.mean(np.exp(each - top))) - np.log(self.scale))


def ahead(p: Parameters, data: Scaled, scale: float, months: int, paths: int,
          rng: np.random.Generator) -> Ahead:
    """Paths of the months after a series, from draws of the parameters given it.

    1. The level of the last month is drawn from its filtered probability.
    2. Each month the level moves by its row, then the change is drawn.

    Args:
        p: draws given the series, `(draw, ...)`.
        data: the series, in units of the scale.
        scale: s.
        months: how far ahead.
        paths: paths of each draw.
    """
    _, filtered = forward(data, p)
    p = Parameters(*(np.repeat(np.asarray(part), paths, axis=0) for part in p))
    level = _choose(np.repeat(filtered[:, -1], paths, axis=0), rng)
    count = len(level)
    last = np.full(count, data.change[-1])
    fresh = np.full(count, 1.0 - data.seen[-1])
    before, unknown = last, fresh
    changes = np.empty((count, months))
    momentum = np.empty((count, months), dtype=np.intp)
    for month in range(months):
        level = _choose(p.rows[np.arange(count), level], rng)
        before = _change(p, level, before, unknown, rng)
        unknown = np.zeros(count)
        changes[:, month], momentum[:, month] = before, level
    return Ahead(np.cumsum(changes, axis=1) * scale, momentum, changes * scale, p, last * scale,
                 fresh, scale)


def series(p: Parameters, months: int, rng: np.random.Generator) -> tuple[Floats,
                                                                          NDArray[np.intp]]:
    """One series of each draw of the parameters, from a level at random: `(draw, month)` each."""
    count, levels = np.shape(p.drift)
    level = rng.integers(levels, size=count)
    changes = np.empty((count, months))
    momentum = np.empty((count, months), dtype=np.intp)
    before, unknown = np.zeros(count), np.ones(count)
    for month in range(months):
        if month:
            level = _choose(np.asarray(p.rows)[np.arange(count), level], rng)
        before = _change(p, level, before, unknown, rng)
        unknown = np.zeros(count)
        changes[:, month], momentum[:, month] = before, level
    return changes, momentum


def _choose(weights: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """One place of each row `(row, level)`, by its weights."""
    upper = np.cumsum(weights, axis=1)
    chosen: NDArray[np.intp] = np.minimum(
        (rng.random(len(weights))[:, None] * upper[:, -1:] > upper).sum(axis=1),
        weights.shape[1] - 1)
    return chosen


def _change(p: Parameters, level: NDArray[np.intp], before: Floats, fresh: Floats,
            rng: np.random.Generator) -> Floats:
    """One month's change, at each draw's level."""
    at = np.arange(len(level)), level
    kept = p.memory * (1.0 - fresh)
    centre = (1.0 - kept) * p.drift[at] + kept * bounded(before)
    noise = np.where(fresh > 0, p.noise[at] / np.sqrt(1.0 - p.memory**2), p.noise[at])
    calm = noise * rng.standard_normal(len(level))
    wild = p.spread * rng.standard_t(TAIL, len(level))
    result: Floats = centre + np.where(rng.random(len(level)) < p.jump[at], wild, calm)
    return result
