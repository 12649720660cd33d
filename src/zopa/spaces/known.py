"""What is known of one party's weights and values, and uniform draws from it.

1. Weights are uniform on what is said of them: the simplex, cut by an order of the issues (ties
   hold exactly), by ranges, and by ratios of two weights.
2. Values are uniform on what is said of them: with an order of the options, on 1 = v_(1) >= ... >=
   v_(n) = 0; with ranges, on the ranges; with both, on what fulfils both.  Where nothing is said, a
   best and a worst option are drawn and the others lie uniformly between.

Reference: Edwards and Barron (1994), Organizational Behavior and Human Decision Processes 60,
306-325, for rank-order centroids, the means of weights under an order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zopa.agreement.space import Floats
from zopa.core.errors import ArgumentError
from zopa.spaces.polytope import Polytope, Sample, sample, simplex_draws

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Ratio:
    """low * w_other <= w_issue <= high * w_other."""

    issue: int
    other: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Weights:
    """What is known of a party's swing weights.

    Attributes:
        count: number of issues.
        order: issues from the most important down, those that tie together; may leave some out,
            of which nothing is said then.
        low, high: `(issue,)`, ranges; [0, 1] by default.
        ratios: of pairs of weights.
    """

    count: int
    order: Groups = ()
    low: Floats = field(default_factory=lambda: np.zeros(0))
    high: Floats = field(default_factory=lambda: np.zeros(0))
    ratios: tuple[Ratio, ...] = ()

    def __post_init__(self) -> None:
        _complete(self, self.count)
        _ordered(self.order, self.count)

    def draw(self, draws: int, rng: np.random.Generator) -> Sample:
        """`(draw, issue)`, uniform on what is known.

        Raises:
            ArgumentError: nothing fulfils it.
        """
        whole = sum(map(len, self.order)) == self.count
        corners = corners_of(self.order) if whole else np.eye(self.count)
        free = bool((self.low <= 0.0).all() and (self.high >= 1.0).all() and not self.ratios)
        if free and (whole or not self.order):
            return Sample(simplex_draws(corners, draws, rng), "exact")
        rows, equal = _order_rows(self.order, self.count)
        for ratio in self.ratios:
            below, above = np.zeros(self.count), np.zeros(self.count)
            below[ratio.issue], below[ratio.other] = -1.0, ratio.low
            above[ratio.issue], above[ratio.other] = 1.0, -ratio.high
            rows += [below, above]
        eye = np.eye(self.count)
        body = Polytope(np.array([*-eye, *eye, *rows]),
                        np.concatenate([-self.low, self.high, np.zeros(len(rows))]),
                        np.array([*equal, np.ones(self.count)]),
                        np.append(np.zeros(len(equal)), 1.0))
        return sample(body, draws, rng, lambda n, r: simplex_draws(corners, n, r))


@dataclass(frozen=True, eq=False)
class Values:
    """What is known of a party's values of one issue's options.

    Attributes:
        count: number of options.
        order: all options from the best down, those that tie together; empty where unknown.
        low, high: `(option,)`, ranges; [0, 1] by default.
    """

    count: int
    order: Groups = ()
    low: Floats = field(default_factory=lambda: np.zeros(0))
    high: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        _complete(self, self.count)
        _ordered(self.order, self.count)
        if self.order and sum(map(len, self.order)) != self.count:
            raise ArgumentError("`order` of values must name every option.")

    def draw(self, draws: int, rng: np.random.Generator) -> Sample:
        """`(draw, option)`, uniform on what is known.

        Raises:
            ArgumentError: nothing fulfils it.
        """
        ranged = bool((self.low > 0.0).any() or (self.high < 1.0).any())
        if not self.order:
            return Sample(rng.uniform(self.low, self.high, (draws, self.count)) if ranged
                          else _anchored(self.count, draws, rng), "exact")
        if not ranged:
            return Sample(_falling(self.order, draws, rng), "exact")
        low, high = self.low.copy(), self.high.copy()
        if len(self.order) > 1:
            best, worst = list(self.order[0]), list(self.order[-1])
            # an end that its ranges leave open is the scale's own end
            if (high[best] >= 1.0).all():
                low[best] = 1.0
            if (low[worst] <= 0.0).all():
                high[worst] = 0.0
        rows, equal = _order_rows(self.order, self.count)
        eye = np.eye(self.count)
        body = Polytope(np.array([*-eye, *eye, *rows]),
                        np.concatenate([-low, high, np.zeros(len(rows))]),
                        np.array(equal).reshape(-1, self.count), np.zeros(len(equal)))
        return sample(body, draws, rng, lambda n, r: r.uniform(low, high, (n, self.count)))


def corners_of(order: Groups) -> Floats:
    """`(corner, coordinate)` of the weights in an order: equal on the first groups, 0 on the rest.

    Their mean is the rank-order centroid, w_(j) = (1/n) sum_{k >= j} 1/k where nothing ties.
    """
    count = sum(map(len, order))
    corners = np.zeros((len(order), count))
    held: list[int] = []
    for row, group in zip(corners, order, strict=True):
        held += group
        row[held] = 1.0 / len(held)
    return corners


def _complete(known: Weights | Values, count: int) -> None:
    """Ranges left out are [0, 1]; others have the right shape."""
    for name, default in (("low", 0.0), ("high", 1.0)):
        if not getattr(known, name).size:
            object.__setattr__(known, name, np.full(count, default))
        if getattr(known, name).shape != (count,):
            raise ArgumentError(f"`{name}` must have shape {(count,)}.")
    if not (known.low <= known.high).all() or (known.low < 0).any() or (known.high > 1).any():
        raise ArgumentError("ranges must lie in [0, 1], the lower end first.")


def _ordered(order: Groups, count: int) -> None:
    named = [n for group in order for n in group]
    if len(set(named)) < len(named) or any(not 0 <= n < count for n in named):
        raise ArgumentError(f"`order` must name each of 0..{count - 1} once at most.")


def _order_rows(order: Groups, count: int) -> tuple[list[Floats], list[Floats]]:
    """Rows x with x . w <= 0 for a later group, and x . w = 0 within a group."""
    eye = np.eye(count)
    rows = [eye[below[0]] - eye[above[0]] for above, below in zip(order, order[1:], strict=False)]
    equal = [eye[other] - eye[group[0]] for group in order for other in group[1:]]
    return rows, equal


def _falling(order: Groups, draws: int, rng: np.random.Generator) -> Floats:
    """Values 1 and 0 at the ends and sorted uniform draws between; all 1 where all tie."""
    inner = max(len(order) - 2, 0)
    between = -np.sort(-rng.uniform(size=(draws, inner)), axis=1)
    ends = np.concatenate([np.ones((draws, 1)), between, np.zeros((draws, 1))], axis=1)
    values = np.zeros((draws, sum(map(len, order))))
    for n, group in enumerate(order):
        values[:, list(group)] = ends[:, n:n + 1]
    return values


def _anchored(count: int, draws: int, rng: np.random.Generator) -> Floats:
    """A best option at 1, a worst at 0, both drawn, the others uniform."""
    values = rng.uniform(size=(draws, count))
    ranks = np.argsort(rng.uniform(size=(draws, count)), axis=1)
    rows = np.arange(draws)
    values[rows, ranks[:, -1]] = 0.0
    values[rows, ranks[:, 0]] = 1.0
    return values
