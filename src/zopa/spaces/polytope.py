"""Uniform draws from a polytope, {x : upper x <= limit, equal x = value}.

1. Where a proposal that is uniform on a larger body is accepted often enough, by rejection: exact
   and independent.
2. Else by hit-and-run: rows that hold with equality everywhere are found by linear programs, the
   rest is followed in the coordinates of their null space.  Every draw ends a chain of its own, so
   draws are independent; each goes `THIN` steps a dimension, after two runs of as many that find
   the body's covariance, in whose metric directions are then drawn.

Reference: Smith (1984), Operations Research 32, 1296-1308; Lovasz (1999), Mathematical Programming
86, 443-461, for hit-and-run mixing fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import linprog

from zopa.agreement.space import Booleans, Floats
from zopa.core.errors import ArgumentError

THIN = 20
"""Steps of a chain for each dimension between rounds, and before a draw is taken."""
PILOT = 2_000
ACCEPTED = 0.05
"""Share of proposals above which rejection is used."""
EDGE = 1e-9

Propose = Callable[[int, np.random.Generator], Floats]


@dataclass(frozen=True, eq=False)
class Polytope:
    """A bounded body.

    Attributes:
        upper: `(row, coordinate)`.
        limit: `(row,)`.
        equal: `(row, coordinate)`, of the equations.
        value: `(row,)`, of the equations.
    """

    upper: Floats
    limit: Floats
    equal: Floats
    value: Floats

    def holds(self, points: Floats) -> Booleans:
        """`(point,)`: which of `(point, coordinate)` lie in it, to 1e-9."""
        below = points @ self.upper.T <= self.limit + EDGE
        even = abs(points @ self.equal.T - self.value) <= EDGE
        inside: Booleans = np.logical_and.reduce(np.concatenate([below, even], axis=1), axis=1)
        return inside


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws and how they were made.

    Attributes:
        points: `(draw, coordinate)`.
        method: `exact`, `rejection`, `hit-and-run`, `a point`.
    """

    points: Floats
    method: str


def sample(polytope: Polytope, draws: int, rng: np.random.Generator,
           propose: Propose | None = None) -> Sample:
    """Draws uniform on the polytope.

    Args:
        polytope: bounded.
        draws: how many.
        rng: source of randomness.
        propose: makes draws uniform on a body that contains it; none where there is no such body.

    Raises:
        ArgumentError: nothing lies in it.
    """
    if propose is not None:
        tried = propose(PILOT, rng)
        kept = tried[polytope.holds(tried)]
        rate = len(kept) / PILOT
        if rate >= ACCEPTED:
            while len(kept) < draws:
                more = propose(int((draws - len(kept)) / rate * 1.2) + 16, rng)
                kept = np.concatenate([kept, more[polytope.holds(more)]])
            return Sample(kept[:draws], "rejection")
    return _hit_and_run(polytope, draws, rng)


def simplex_draws(vertices: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """`(draw, coordinate)`, uniform on the simplex with these `(vertex, coordinate)`.

    x = sum_k lambda_k vertex_k with lambda ~ Dirichlet(1, ..., 1): an affine map keeps uniformity.
    """
    drawn: Floats = rng.dirichlet(np.ones(len(vertices)), draws) @ vertices
    return drawn


def _hit_and_run(polytope: Polytope, draws: int, rng: np.random.Generator) -> Sample:
    """Draws by chains in the coordinates of the polytope's own affine hull."""
    start, held = _middle(polytope)
    equal = np.concatenate([polytope.equal, polytope.upper[held]])
    basis = (null_space(equal, rcond=EDGE) if len(equal)
             else np.eye(len(start)))
    if not basis.shape[1]:
        return Sample(np.repeat(start[None], draws, axis=0), "a point")
    rows = polytope.upper[~held]
    slack = polytope.limit[~held] - rows @ start
    inner = rows @ basis
    size = basis.shape[1]
    place, metric = np.zeros((draws, size)), np.eye(size)
    for last in (False, False, True):
        place = _walk(place, inner, slack, metric, THIN * size, rng)
        if not last:
            metric = _metric(place)
    return Sample(start + place @ basis.T, "hit-and-run")


def _walk(place: Floats, inner: Floats, slack: Floats, metric: Floats, steps: int,
          rng: np.random.Generator) -> Floats:
    """So many steps of every chain: a random line through the place, a uniform point on it."""
    for _ in range(steps):
        way = rng.standard_normal(place.shape) @ metric.T
        pace = way @ inner.T
        room = np.maximum(slack - place @ inner.T, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = room / pace
        ahead = np.where(pace > 0, reach, np.inf).min(axis=1)
        behind = np.where(pace < 0, reach, -np.inf).max(axis=1)
        place = place + rng.uniform(behind, ahead)[:, None] * way
    return place


def _metric(place: Floats) -> Floats:
    """A square root of the covariance of the chains' places, fit to draw directions with."""
    if len(place) < 8 * place.shape[1]:
        return np.eye(place.shape[1])
    spread, axes = np.linalg.eigh(np.atleast_2d(np.cov(place.T)))
    root: Floats = axes * np.sqrt(np.maximum(spread, 1e-12 * spread.max()))
    return root


def _middle(polytope: Polytope) -> tuple[Floats, Booleans]:
    """A point of the relative interior, and the rows that hold with equality everywhere.

    1. The largest slack that all rows can have at once; where it is positive, its point.
    2. Else the largest slack of every row; the mean of the points where they are taken.
    """
    rows = len(polytope.upper)
    found, room = _most(polytope, np.ones(rows))
    if room > EDGE or not rows:
        return found, np.zeros(rows, dtype=bool)
    ends = [_most(polytope, row) for row in np.eye(rows)]
    held = np.array([slack <= EDGE for _, slack in ends])
    return np.mean([point for point, _ in ends], axis=0), held


def _most(polytope: Polytope, which: Floats) -> tuple[Floats, float]:
    """The point with the largest slack in the rows of `which`, capped at 1, and that slack."""
    count = polytope.upper.shape[1]
    equal = np.concatenate([polytope.equal, np.zeros((len(polytope.equal), 1))], axis=1)
    solved = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.concatenate([polytope.upper, which[:, None]], axis=1), b_ub=polytope.limit,
        A_eq=equal if len(equal) else None, b_eq=polytope.value if len(equal) else None,
        bounds=[(None, None)] * count + [(0, 1)], method="highs")
    if solved.status != 0:
        raise ArgumentError("nothing fulfils all of what was said")
    return solved.x[:-1], float(solved.x[-1])
