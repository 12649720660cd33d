"""Distributions of an uncertain number: central value, support, quantiles.

Each form is a frozen value with the same four methods; `quantile` is the inverse of the
distribution function, F^-1(q), so that one uniform coordinate a number makes the whole sample, and
two numbers that share a coordinate move together.

Quantiles are taken at q cut to [TAIL, 1 - TAIL], six standard deviations of a normal; `support` is
the interval that holds every value so drawn.  SciPy is imported only where a quantile needs it, so
that checking a scenario stays fast.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float]
TAIL = 1e-9
DEVIATIONS = 6.0
LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
"""The levels whose values `Quantiles` holds."""


class Distribution(Protocol):
    """What every form offers."""

    def fault(self) -> str | None:
        """What is wrong with the parameters, with the mend; None where nothing is."""

    def central(self) -> float:
        """The middle the author wrote: value, midpoint, mean (normal, beta), mode or median."""

    def support(self) -> Interval:
        """Least and largest value that can be drawn."""

    def quantile(self, q: Floats) -> Floats:
        """F^-1(q), same shape as q."""


@dataclass(frozen=True)
class Fixed:
    """A known value."""

    value: float

    def fault(self) -> str | None:
        return None

    def central(self) -> float:
        return self.value

    def support(self) -> Interval:
        return self.value, self.value

    def quantile(self, q: Floats) -> Floats:
        return np.full(np.shape(q), self.value)


@dataclass(frozen=True)
class Uniform:
    """Uniform on [low, high]: F^-1(q) = low + q (high - low)."""

    low: float
    high: float

    def fault(self) -> str | None:
        if self.low < self.high:
            return None
        return _empty("range", self.low, self.high)

    def central(self) -> float:
        return 0.5 * (self.low + self.high)

    def support(self) -> Interval:
        return self.low, self.high

    def quantile(self, q: Floats) -> Floats:
        result: Floats = self.low + _inner(q) * (self.high - self.low)
        return result


@dataclass(frozen=True)
class Normal:
    """Normal with the given mean and standard deviation before it is cut to `within`."""

    mean: float
    sd: float
    within: Interval | None = None

    def fault(self) -> str | None:
        if self.sd <= 0:
            return f"normal needs sd > 0, but has {self.sd:g}. Give [mean, sd], or `value:`"
        return _cut_fault(self.within, *self._uncut())

    def _uncut(self) -> Interval:
        return self.mean - DEVIATIONS * self.sd, self.mean + DEVIATIONS * self.sd

    def central(self) -> float:
        return _cut(self.mean, self.within)

    def support(self) -> Interval:
        return _meet(self._uncut(), self.within)

    def quantile(self, q: Floats) -> Floats:
        low, high = self.support()
        standard = _normal_quantile(q, (low - self.mean) / self.sd, (high - self.mean) / self.sd)
        return np.clip(self.mean + self.sd * standard, low, high)


@dataclass(frozen=True)
class Lognormal:
    """exp of a normal: median and standard deviation of the logarithm, cut to `within`."""

    median: float
    sigma: float
    within: Interval | None = None

    def fault(self) -> str | None:
        if self.median <= 0:
            return f"lognormal needs a median > 0, but has {self.median:g}"
        if self.sigma <= 0:
            return (f"lognormal needs sigma > 0, but has {self.sigma:g}. Give [median, sigma of "
                    "the logarithm], or `value:`")
        return _cut_fault(self.within, *self._uncut())

    def _uncut(self) -> Interval:
        spread = math.exp(DEVIATIONS * self.sigma)
        return self.median / spread, self.median * spread

    def central(self) -> float:
        return _cut(self.median, self.within)

    def support(self) -> Interval:
        return _meet(self._uncut(), self.within)

    def quantile(self, q: Floats) -> Floats:
        low, high = self.support()
        centre = math.log(self.median)
        standard = _normal_quantile(
            q, (math.log(low) - centre) / self.sigma, (math.log(high) - centre) / self.sigma)
        return np.clip(np.exp(centre + self.sigma * standard), low, high)


@dataclass(frozen=True)
class Beta:
    """Beta(a, b), stretched from [0, 1] to `within`."""

    a: float
    b: float
    within: Interval = (0.0, 1.0)

    def fault(self) -> str | None:
        if self.a <= 0 or self.b <= 0:
            return f"beta needs a > 0 and b > 0, but has [{self.a:g}, {self.b:g}]"
        return None if self.within[0] < self.within[1] else _empty("within", *self.within)

    def central(self) -> float:
        low, high = self.within
        return low + (high - low) * self.a / (self.a + self.b)

    def support(self) -> Interval:
        return self.within

    def quantile(self, q: Floats) -> Floats:
        from scipy.special import betaincinv

        low, high = self.within
        result: Floats = low + (high - low) * betaincinv(self.a, self.b, _inner(q))
        return result


@dataclass(frozen=True)
class Triangular:
    """Triangle over [low, high] with its top at the mode."""

    low: float
    mode: float
    high: float

    def fault(self) -> str | None:
        if self.low >= self.high:
            return _empty("triangular", self.low, self.high)
        if not self.low <= self.mode <= self.high:
            return (f"triangular needs low <= mode <= high, but has [{self.low:g}, {self.mode:g}, "
                    f"{self.high:g}]")
        return None

    def central(self) -> float:
        return self.mode

    def support(self) -> Interval:
        return self.low, self.high

    def quantile(self, q: Floats) -> Floats:
        q = _inner(q)
        width, rise = self.high - self.low, self.mode - self.low
        up = self.low + np.sqrt(q * width * rise)
        down = self.high - np.sqrt((1.0 - q) * width * (self.high - self.mode))
        return np.where(q * width <= rise, up, down)


@dataclass(frozen=True)
class Quantiles:
    """Straight between the least value, five quantiles and the greatest value (`LEVELS`)."""

    points: tuple[float, ...]

    def fault(self) -> str | None:
        if any(one > two for one, two in pairwise(self.points)):
            return (f"quantiles {_shown(self.points)} fall. Give the least value, the 5, 25, 50, "
                    "75 and 95 % points and the greatest value, in this order")
        return None

    def central(self) -> float:
        return self.points[LEVELS.index(0.5)]

    def support(self) -> Interval:
        return self.points[0], self.points[-1]

    def quantile(self, q: Floats) -> Floats:
        return np.interp(_inner(q), LEVELS, self.points)


def _inner(q: Floats) -> Floats:
    return np.clip(np.asarray(q, dtype=float), TAIL, 1.0 - TAIL)


def _normal_quantile(q: Floats, low: float, high: float) -> Floats:
    """Quantile of the standard normal cut to [low, high]; from the nearer tail, for accuracy."""
    from scipy.special import ndtr, ndtri

    q = _inner(q)
    if low > 0:
        return -_normal_quantile(1.0 - q, -high, -low)
    below, above = ndtr(low), ndtr(high)
    result: Floats = ndtri(below + q * (above - below))
    return result


def _cut(value: float, within: Interval | None) -> float:
    return value if within is None else min(max(value, within[0]), within[1])


def _meet(one: Interval, within: Interval | None) -> Interval:
    return one if within is None else (max(one[0], within[0]), min(one[1], within[1]))


def _shown(points: tuple[float, ...]) -> str:
    return f"[{', '.join(f'{point:g}' for point in points)}]"


def _empty(name: str, low: float, high: float) -> str:
    return f"{name} [{low:g}, {high:g}] is empty. Give [low, high] with low < high, or `value:`"


def _cut_fault(within: Interval | None, low: float, high: float) -> str | None:
    if within is None:
        return None
    if within[0] >= within[1]:
        return _empty("within", *within)
    if max(within[0], low) >= min(within[1], high):
        return (f"within [{within[0]:g}, {within[1]:g}] lies more than {DEVIATIONS:g} standard "
                "deviations off. Move it or the centre")
    return None
