r"""The scenario's lattice: position x momentum x support chains x belief, factorised axis by axis.

A state is (l, k, m, s): the point l of the grid of the log-likelihood ratio, battlefield cell k,
momentum level m and support s (the patrons' levels, one flat index, last patron fastest).  Under a
theory t of the war, what i expects of any array V of next period's values is

    E_t[V](k, m, s, l) = sum over m', s', k' of  M_t(m'|m, s) S_t(s'|s) Q(k'|k, m) V(k', m', s', l')

because, given the present state, momentum, each patron's support and the position move
independently.  The sum is taken one axis at a time (first the support chains, then momentum, then
position), which costs a few multiplications a state instead of one for every pair of states.

A patron who chooses decides after position and momentum have moved: at (k', m', s) of its stopping
set it goes to its lowest level with certainty, under either theory, so that this teaches nothing;
elsewhere its level moves by its chain.  S_t(s'|s) becomes S_t(s'|s, k', m'), which is summed out
first, where the array still has the next period's position and momentum.

What is seen teaches: l' = l + the logarithm of the ratio of the probabilities that the two theories
gave to it.
Every axis on which the theories differ (a support chain, momentum, the survival of both sides)
carries its own increment; an increment that falls between two grid points is split between them so
that its mean is kept, and what would leave the grid is held at its end.

Arrays are `(belief, cell, momentum, support, draw)`.  Everything is a chain of multiplications
and additions over whole arrays, so the draws fill the vector lanes of a CPU and
the same code runs on a GPU.  The forward pass is the exact transpose of the expectation.

Reference: model of `docs/explanation/model.md`, sections "War" and "Learning".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from zopa.core.once import once

Array = Any


@dataclass(frozen=True)
class Shape:
    """The sizes of the lattice and what is fixed about it.

    Attributes:
        cells: number of battlefield cells.
        momentum: number of momentum levels.
        support: number of levels of each patron's chain, in the order of the scenario.
        beliefs: points of the grid of the log-likelihood ratio; 1 without theories.
        offsets: changes in cells that one period can bring, consecutive integers around 0.
        absorbing: whether leaving the window is victory; else the ends are held.
        reach: for each learning axis (support chains, momentum, survival) how many grid points one
            increment can move; 0 where the theories do not differ.
        theories: 1 or 2.
        peace_momentum: momentum level in which a lapsed deal reopens; None leaves it.
    """

    cells: int
    momentum: int
    support: tuple[int, ...]
    beliefs: int
    offsets: tuple[int, ...]
    absorbing: bool
    reach: tuple[int, ...]
    theories: int
    peace_momentum: int | None = None

    @property
    def supports(self) -> int:
        """Number of joint support levels."""
        return math.prod(self.support)

    @property
    def states(self) -> int:
        """Number of states of the lattice."""
        return self.cells * self.momentum * self.supports * self.beliefs

    @property
    def grid(self) -> tuple[int, int, int, int]:
        """`(belief, cell, momentum, support)`."""
        return (self.beliefs, self.cells, self.momentum, self.supports)

    def without_beliefs(self) -> Shape:
        """The same lattice for one theory at a time, with nothing to learn."""
        return Shape(self.cells, self.momentum, self.support, 1, self.offsets, self.absorbing,
                     (0,) * len(self.reach), self.theories, self.peace_momentum)


class Kernels(NamedTuple):
    """The weights of the lattice's axes, draws last; a theory axis has length 1 where all agree.

    A weight is the probability of a move times the share of it that lands on a neighbouring grid
    point of the belief; `shift` runs over the points -reach..reach of the axis.

    Attributes:
        support: for each patron `(theory, shift, from, to, draw)`.
        momentum: `(theory, shift, from, to, support, draw)`.
        moves: `(move, momentum, draw)`, aligned with `Shape.offsets`.
        survival: `(shift, cell, momentum, support, draw)`: shares of the increment from seeing
            that neither side collapsed; None where it teaches nothing.
        stop: for each patron `(cell, momentum, support, draw)`, whether it stops at next period's
            cell and momentum and this period's support; None for one who does not choose, and
            empty where nobody does.
    """

    support: tuple[Array, ...]
    momentum: Array
    moves: Array
    survival: Array | None
    stop: tuple[Array | None, ...] = ()

    def forget(self) -> Kernels:
        """The same probabilities with nothing to learn, for `Shape.without_beliefs`."""
        return Kernels(tuple(chain.sum(axis=1)[:, None] for chain in self.support),
                       self.momentum.sum(axis=1)[:, None], self.moves, None, self.stop)


def weights(chain: Array, reach: int, grid_step: float, points: int, xp: Any) -> Array:
    """Weights `(theory, shift, ...)` of a chain `(theory, ...)` and of what seeing it teaches."""
    if not reach:
        return chain[:, None]
    shares = split(increments(chain[0], chain[1], grid_step, points, xp), reach, xp)
    return chain[:, None] * shares[None]


def increments(first: Array, second: Array, grid_step: float, points: int, xp: Any) -> Array:
    """Increment of the log-likelihood ratio, in grid steps, of seeing what had these probabilities.

    What neither theory allows is never seen (increment 0); what only one allows moves the belief
    to that end of the grid.
    """
    far = points - 1.0
    possible = (first > 0) & (second > 0)
    ratio = xp.log(xp.where(possible, first, 1.0)) - xp.log(xp.where(possible, second, 1.0))
    only = xp.where(first > second, far, -far) * (first != second)
    return xp.clip(xp.where(possible, ratio / grid_step, only), -far, far)


def split(increment: Array, reach: int, xp: Any) -> Array:
    """Weights `(2 reach + 1, ...)` of the neighbouring grid points; their mean is the increment."""
    return xp.stack([xp.maximum(0.0, 1.0 - abs(increment - r)) for r in range(-reach, reach + 1)])


def _hold(x: Array, axis: int, before: int, after: int, xp: Any) -> Array:
    """Repeat the end slices of axis 0 or 1: what would leave the axis is held at its end."""
    if before == 0 and after == 0:
        return x
    first, last = (x[:1], x[-1:]) if axis == 0 else (x[:, :1], x[:, -1:])
    return xp.concatenate([first] * before + [x] + [last] * after, axis=axis)


def _stage(compute: Callable[[Array], Array], x: Array, kernels: Kernels, xp: Any) -> Array:
    """One axis, computed once for all that read it."""
    return once(compute, x, kernels.moves[0, 0, 0], xp)


def _theory(kernel: Array, t: int) -> Array:
    return kernel[t if kernel.shape[0] > 1 else 0]


def _sum(terms: Iterable[Array]) -> Array:
    total: Array = None
    for term in terms:
        total = term if total is None else total + term
    return total


def _levels(shape: Shape, c: int, x: Array) -> Array:
    """The array with patron c's level as axis 2: `(belief, outer, level, inner, draw)`."""
    inner = math.prod(shape.support[c + 1:])
    return x.reshape((x.shape[0], -1, shape.support[c], inner, x.shape[-1]))


def after_support(shape: Shape, kernels: Kernels, c: int, t: int, values: Array,
                  xp: Any) -> Array:
    """Expectation over the next level of patron c's support by its chain, under theory t."""
    weight, reach, width = _theory(kernels.support[c], t), shape.reach[c], values.shape[0]
    x = _hold(_levels(shape, c, values), 0, reach, reach, xp)
    return _sum(weight[r, :, to, None] * x[r:r + width, :, to:to + 1]
                for to in range(shape.support[c])
                for r in range(2 * reach + 1)).reshape(values.shape)


def _after_support(shape: Shape, kernels: Kernels, c: int, t: int, xp: Any,
                   values: Array) -> Array:
    return after_support(shape, kernels, c, t, values, xp)


def after_supports(shape: Shape, kernels: Kernels, t: int, values: Array, xp: Any) -> Array:
    """Expectation over every patron's next level, under theory t.

    Where no patron chooses the chains are summed out one after the other.  The decisions depend on
    this period's levels of all patrons, so what follows each combination of them (the chain of
    those who go on, the lowest level of those who stop) is worked out, and then chosen from.

    Args:
        values: `(belief, cell, momentum, support, draw)` at next period's state.
    """
    if kernels.stop:
        return _decided(shape, kernels, t, values, (), xp).reshape(values.shape)
    x = values
    for c in range(len(shape.support)):
        x = _stage(partial(_after_support, shape, kernels, c, t, xp), x, kernels, xp)
    return x


def _decided(shape: Shape, kernels: Kernels, t: int, x: Array, stopped: tuple[bool, ...],
             xp: Any) -> Array:
    """The choice of the patrons from the next one on, given who of those before it stops.

    Args:
        x: the earlier patrons' levels are summed out; the axis of one who stops has length 1.
    """
    c = len(stopped)
    if c == len(shape.support):
        return x.reshape((*x.shape[:3], *_widths(shape, stopped), x.shape[-1]))
    moved = _stage(partial(_after_support, shape, kernels, c, t, xp), x, kernels, xp)
    goes = _decided(shape, kernels, t, moved, (*stopped, False), xp)
    if (stop := kernels.stop[c]) is None:
        return goes
    lowest = _levels(shape, c, x)[:, :, -1:].reshape((*x.shape[:3], -1, x.shape[-1]))
    stops = _decided(shape, kernels, t, lowest, (*stopped, True), xp)
    return xp.where(by_patron(shape, stop), stops, goes)


def _widths(shape: Shape, stopped: tuple[bool, ...]) -> tuple[int, ...]:
    return tuple(1 if stop else n for n, stop in zip(shape.support, stopped, strict=True))


def by_patron(shape: Shape, x: Array) -> Array:
    """The joint axis of support as one axis a patron, `(..., level, ..., level, draw)`."""
    return x.reshape((*x.shape[:-2], *shape.support, x.shape[-1]))


def after_momentum(shape: Shape, kernels: Kernels, t: int, values: Array, xp: Any) -> Array:
    """Expectation over next momentum, given this period's support, under theory t."""
    weight, reach, width = _theory(kernels.momentum, t), shape.reach[-2], values.shape[0]
    x = _hold(values, 0, reach, reach, xp)
    return _sum(weight[r, :, to] * x[r:r + width, :, to:to + 1]
                for to in range(shape.momentum) for r in range(2 * reach + 1))


def after_move(shape: Shape, kernels: Kernels, values: Array, ends: tuple[Array, Array] | None,
               xp: Any) -> Array:
    """Expectation over the next position, given this period's momentum.

    Args:
        ends: with absorbing ends, the values of leaving the window below and above; else None,
            and what would leave is held at the end.
    """
    down, up = -shape.offsets[0], shape.offsets[-1]
    if ends is None:
        x = _hold(values, 1, down, up, xp)
    else:
        like = values[:, :1] * 0.0
        x = xp.concatenate([like + ends[0]] * down + [values] + [like + ends[1]] * up, axis=1)
    return _sum(kernels.moves[d][:, None] * x[:, d:d + shape.cells]
                for d in range(len(shape.offsets)))


def after_survival(shape: Shape, kernels: Kernels, values: Array, xp: Any) -> Array:
    """Shift of the belief from seeing that neither side collapsed."""
    reach, width = shape.reach[-1], values.shape[0]
    if not reach or kernels.survival is None:
        return values
    x = _hold(values, 0, reach, reach, xp)
    return _sum(kernels.survival[r] * x[r:r + width] for r in range(2 * reach + 1))


def expect(shape: Shape, kernels: Kernels, values: Array, ends: tuple[Array, Array] | None,
           xp: Any, theories: tuple[int, ...] | None = None) -> list[Array]:
    """E_t[V] of next period's values for each theory, given that neither side collapses.

    The axes are summed out in the order support, momentum, position, survival: momentum's rows
    need this period's support, the moves and survival this period's momentum.

    Args:
        shape: the lattice.
        kernels: its weights.
        values: `(belief, cell, momentum, support, draw)` at next period's state.
        ends: with absorbing ends, the values of leaving the window below and above; else None.
        xp: `numpy` or `jax.numpy`.
        theories: which ones; all where None.

    Returns:
        One array a theory, at this period's state.
    """
    return [fought_through(shape, kernels, t, x, ends, xp)
            for t, x in supported(shape, kernels, values, xp,
                                  range(shape.theories) if theories is None else theories)]


def fought_through(shape: Shape, kernels: Kernels, t: int, x: Array,
                   ends: tuple[Array, Array] | None, xp: Any) -> Array:
    """From the expectation over support to that over momentum, position and survival."""
    x = _stage(lambda y: after_momentum(shape, kernels, t, y, xp), x, kernels, xp)
    x = _stage(lambda y: after_move(shape, kernels, y, ends, xp), x, kernels, xp)
    return after_survival(shape, kernels, x, xp)


def supported(shape: Shape, kernels: Kernels, values: Array, xp: Any,
              theories: Iterable[int]) -> Iterator[tuple[int, Array]]:
    """Expectation over every patron's next level, by theory; once where the theories agree."""
    common = all(chain.shape[0] == 1 for chain in kernels.support)
    x = values
    for n, t in enumerate(theories):
        if n == 0 or not common:
            x = after_supports(shape, kernels, t, values, xp)
        yield t, x


def reopened(shape: Shape, x: Array, xp: Any) -> Array:
    """E^P_t[V]: a deal has lapsed and bargaining reopens.

    The position was held while the deal lasted, momentum is as `Shape.peace_momentum` says, and
    each patron's support has moved as it does there (by its chain, or as the patron chooses).

    Args:
        x: the expectation over support, as `supported` yields it.
    """
    if shape.peace_momentum is None:
        return x
    one = x[:, :, shape.peace_momentum:shape.peace_momentum + 1]
    return xp.broadcast_to(one, x.shape)
