r"""The battlefield: the net change of position a month, by momentum, with rare jumps.

Momentum r_t is a Markov chain with rows P; y_t is the month's change in units of the scale s:

    r_t | r_(t-1)   ~  P[r_(t-1), .]
    y_t | r_t = r   ~  (1 - q_r) Normal(m_rt, sigma_r)  +  q_r StudentT(3, m_rt, omega)
    m_rt            =  (1 - phi) mu_r + phi B tanh(y_(t-1) / B)

mu_r is the drift of a level, sigma_r its noise, q_r the probability of a jump, omega the spread of
jumps, phi the memory (0 in the form that a scenario can carry, whose moves depend on momentum
alone), and B bounds what one month teaches about the next, so that a jump is not expected to
repeat.  The first month, and one after a gap, has m = mu_r and the noise sigma_r / sqrt(1 - phi^2).

The levels are summed out by the forward algorithm: with the log density e_t(r),

    a_1(r) = log(1/K) + e_1(r),     a_t(r) = log sum_q exp(a_(t-1)(q) + log P[q, r]) + e_t(r),
    log likelihood = log sum_r exp a_T(r);      P(r_T = r | y) = exp(a_T(r) - log likelihood).

A gap adds nothing to e_t.  Reference: Hamilton, J. D. (1989), A New Approach to the Economic
Analysis of Nonstationary Time Series and the Business Cycle, Econometrica 57(2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
TAIL = 3.0
"""Degrees of freedom of a jump: heavy, with a variance."""
BOUND = 4.0
"""B, in scales."""
LEAST = 12
"""Months with a change below which nothing is fitted."""
LOG_TAIL = (math.lgamma((TAIL + 1) / 2) - math.lgamma(TAIL / 2)
            - 0.5 * math.log(TAIL * math.pi))
LOG_NORMAL = -0.5 * math.log(2 * math.pi)


@dataclass(frozen=True)
class Structure:
    """What is fitted: the levels of momentum and how they follow one another.

    Attributes:
        levels: names, from the lowest drift to the highest.
        targets: for each level the places of those that can follow it.
        anchor: place of the level whose drift is near zero.
        memory: whether a month's change depends on the one before, beyond its momentum.
    """

    levels: tuple[str, ...]
    targets: tuple[tuple[int, ...], ...]
    anchor: int
    memory: bool = False

    @property
    def count(self) -> int:
        """Number of levels."""
        return len(self.levels)


def neighbours(levels: tuple[str, ...], anchor: int | None = None,
               memory: bool = False) -> Structure:
    """Levels each of which is followed by the next one up or down.

    Raises:
        ArgumentError: fewer than two levels, or a name given twice.
    """
    if len(levels) < 2 or len(set(levels)) < len(levels):
        raise ArgumentError(f"levels must be at least two different names, but are "
                            f"{', '.join(levels) or 'none'}.")
    count = len(levels)
    targets = tuple(tuple(j for j in (i - 1, i + 1) if 0 <= j < count) for i in range(count))
    return Structure(levels, targets, (count - 1) // 2 if anchor is None else anchor, memory)


class Parameters(NamedTuple):
    """Parameters, in scales; leading axes are those of draws.

    Attributes:
        drift, noise, jump: `(*draw, level)`, mu, sigma and q.
        spread: `(*draw)`, omega.
        rows: `(*draw, level, level)`, P.
        memory: `(*draw)`, phi.
    """

    drift: Any
    noise: Any
    jump: Any
    spread: Any
    rows: Any
    memory: Any


class Scaled(NamedTuple):
    """Changes in units of a scale, as the likelihood takes them; `(month,)` each.

    Attributes:
        change: y_t; 0 in a gap.
        before: y_(t-1); 0 where it is unknown.
        seen: 1 where there is a change, 0 in a gap.
        fresh: 1 where the change before is unknown.
    """

    change: Any
    before: Any
    seen: Any
    fresh: Any


def scale_of(changes: Floats) -> float:
    """The robust scale of changes: 1.4826 times the median distance from the median.

    Where more than half of them are equal, the mean distance from the median is taken.

    Raises:
        ArgumentError: fewer than `LEAST` changes, or all of them equal.
    """
    known = changes[np.isfinite(changes)]
    if known.size < LEAST:
        raise ArgumentError(f"a fit needs at least {LEAST} monthly changes, but the series has "
                            f"{known.size}. Take an earlier --since, or a longer series.")
    away = np.abs(known - np.median(known))
    scale = 1.4826 * float(np.median(away)) or float(away.mean())
    if scale == 0:
        raise ArgumentError("every monthly change of the series is the same, so that nothing can "
                            "be fitted. Check the column.")
    return scale


def scaled(changes: Floats, scale: float, length: int | None = None) -> Scaled:
    """Changes in units of the scale, filled up with gaps to a length.

    Args:
        changes: `(month,)`, NaN in a gap.
        scale: s.
        length: months to fill up to, so that series of several lengths share a compiled program.
    """
    y = np.full(length or changes.size, np.nan)
    y[:changes.size] = changes / scale
    seen = np.isfinite(y)
    known = np.concatenate([[False], seen[:-1]])
    change = np.where(seen, y, 0.0)
    before = np.concatenate([[0.0], change[:-1]]) * known
    return Scaled(change, before, seen.astype(float), 1.0 - known)


def bounded(change: Any, xp: Any = np) -> Any:
    """B tanh(y / B)."""
    return BOUND * xp.tanh(change / BOUND)


def log_density(change: Any, before: Any, fresh: Any, p: Parameters, xp: Any = np) -> Any:
    """e(r), the log density of a month's change at each level.

    Args:
        change, before, fresh: shapes that broadcast with `(*draw)`; an axis of levels is added.

    Returns:
        `(..., level)`.
    """
    change, before, fresh = change[..., None], before[..., None], fresh[..., None]
    memory = xp.asarray(p.memory)[..., None]
    kept = memory * (1.0 - fresh)
    centre = (1.0 - kept) * p.drift + kept * bounded(before, xp)
    noise = xp.where(fresh > 0, p.noise / xp.sqrt(1.0 - memory**2), p.noise)
    spread = xp.asarray(p.spread)[..., None]
    calm = LOG_NORMAL - xp.log(noise) - 0.5 * ((change - centre) / noise) ** 2
    wild = (LOG_TAIL - xp.log(spread)
            - 0.5 * (TAIL + 1) * xp.log1p(((change - centre) / spread) ** 2 / TAIL))
    return xp.logaddexp(xp.log1p(-p.jump) + calm, xp.log(p.jump) + wild)


def forward(data: Scaled, p: Parameters) -> tuple[Floats, Floats]:
    """Log likelihood, and the probability of each level after each month.

    Args:
        data: `(month,)` each.
        p: draws of the parameters, `(draw, ...)`.

    Returns:
        `(draw,)` and `(draw, month, level)`.
    """
    rows = np.asarray(p.rows)
    weight = np.full((rows.shape[0], rows.shape[-1]), 1.0 / rows.shape[-1])
    total = np.zeros(rows.shape[0])
    found = np.empty((rows.shape[0], data.change.size, rows.shape[-1]))
    for t in range(data.change.size):
        if t:
            weight = np.einsum("di,dij->dj", weight, rows)
        if data.seen[t]:
            log = log_density(data.change[t], data.before[t], data.fresh[t], p)
            top = log.max(axis=-1, keepdims=True)
            weight = weight * np.exp(log - top)
            norm = weight.sum(axis=-1, keepdims=True)
            total += (np.log(norm) + top)[:, 0]
            weight = weight / norm
        found[:, t] = weight
    return total, found


def smoothed(filtered: Floats, rows: Floats) -> Floats:
    """The probability of each level in each month given the whole series.

    Backwards: g_t(r) = f_t(r) sum_q P[r, q] g_(t+1)(q) / (f_t P)(q), f the filtered ones.

    Args:
        filtered: `(draw, month, level)`, from `forward`.
        rows: `(draw, level, level)`.
    """
    result = filtered.copy()
    for t in range(filtered.shape[1] - 2, -1, -1):
        ahead = np.einsum("di,dij->dj", filtered[:, t], rows)
        ratio = result[:, t + 1] / np.maximum(ahead, 1e-300)
        result[:, t] = filtered[:, t] * np.einsum("dij,dj->di", rows, ratio)
    return result
