r"""The scenario's lattice: position x momentum x support chains x belief, factorised axis by axis.

A state is (k, m, s, l): battlefield cell k, momentum level m, support s (the patrons' levels, one
flat index, last patron fastest) and the point l of the grid of the log-likelihood ratio.  Under a
theory t of the war, what i expects of any array V of next period's values is

    E_t[V](k, m, s, l) = sum over m', s', k' of  M_t(m'|m, s) S_t(s'|s) Q(k'|k, m) V(k', m', s', l')

because, given the present state, momentum, each patron's support and the position move
independently.  The sum is taken one axis at a time (first the support chains, then momentum, then
position), which costs a few multiplications a state instead of one for every pair of states.

What is seen teaches: l' = l + log of the ratio of the probabilities that the two theories gave to it.
Every axis on which the theories differ (a support chain, momentum, the survival of both sides)
carries its own increment; an increment that falls between two grid points is split between them so
that its mean is kept, and what would leave the grid is held at its end.

Arrays have the draws last: `(cell, momentum, support, belief, draw)`.  Everything is a chain of
multiplications and additions over whole arrays, so the draws fill the vector lanes of a CPU and
the same code runs on a GPU.  The forward pass is the exact transpose of the expectation.

Reference: model of `docs/explanation/model.md`, sections "War" and "Learning".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

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
        """`(cell, momentum, support, belief)`."""
        return (self.cells, self.momentum, self.supports, self.beliefs)

    def without_beliefs(self) -> Shape:
        """The same lattice for one theory at a time, with nothing to learn."""
        return Shape(self.cells, self.momentum, self.support, 1, self.offsets, self.absorbing,
                     (0,) * len(self.reach), self.theories, self.peace_momentum)


class Kernels(NamedTuple):
    """The probabilities of the lattice, draws last; a theory axis has length 1 where all agree.

    Attributes:
        support: for each patron `(theory, from, to, draw)`.
        momentum: `(theory, support, from, to, draw)`.
        moves: `(momentum, move, draw)`, aligned with `Shape.offsets`.
        hazard: `(theory, party, cell, momentum, support, draw)`, hazard of the party's collapse.
        learn_support: for each patron `(reach, from, to, draw)` weights of the increments.
        learn_momentum: `(reach, support, from, to, draw)`.
        learn_survival: `(reach, cell, momentum, support, draw)`.
    """

    support: tuple[Array, ...]
    momentum: Array
    moves: Array
    hazard: Array
    learn_support: tuple[Array, ...]
    learn_momentum: Array
    learn_survival: Array

    def forget(self) -> Kernels:
        """The same probabilities with nothing to learn, for `Shape.without_beliefs`."""
        one = np.ones((1, 1, 1, 1))
        return self._replace(learn_support=(one,) * len(self.support),
                             learn_momentum=np.ones((1, 1, 1, 1, 1)), learn_survival=one[..., None])


def increments(first: np.ndarray, second: np.ndarray, grid_step: float, points: int) -> np.ndarray:
    """Increment of the log-likelihood ratio, in grid steps, of seeing what had these probabilities.

    What neither theory allows is never seen (increment 0); what only one allows moves the belief
    to that end of the grid.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(first) - np.log(second)
    ratio = np.where((first == 0) & (second == 0), 0.0, ratio)
    return np.clip(ratio / grid_step, -(points - 1), points - 1)


def split(increment: np.ndarray, reach: int) -> np.ndarray:
    """Weights `(2 reach + 1, ...)` of the neighbouring grid points; their mean is the increment."""
    offsets = np.arange(-reach, reach + 1).reshape((-1,) + (1,) * increment.ndim)
    return np.maximum(0.0, 1.0 - np.abs(increment[None] - offsets))


def _take(x: Array, axis: int, start: int, stop: int) -> Array:
    index = [slice(None)] * x.ndim
    index[axis] = slice(start, stop)
    return x[tuple(index)]


def _hold(x: Array, axis: int, before: int, after: int, xp: Any) -> Array:
    """Repeat the end slices: what would leave the axis is held at its end."""
    if before == 0 and after == 0:
        return x
    n = x.shape[axis]
    first, last = _take(x, axis, 0, 1), _take(x, axis, n - 1, n)
    return xp.concatenate([first] * before + [x] + [last] * after, axis=axis)


def _stage(compute: Callable[[Array], Array], x: Array, kernels: Kernels, xp: Any) -> Array:
    """`compute(x)`, stored once.

    XLA would fuse one axis into the next and compute it again for every neighbour it is read by
    (measured: five to seven times slower), and it drops an optimization barrier before it fuses.
    It never fuses across a conditional, so the stage is put in one that is always taken.
    """
    if xp is np:
        return compute(x)
    import jax

    out = jax.eval_shape(compute, x)
    always = kernels.moves[0, 0, 0] > -1.0
    return jax.lax.cond(always, compute, lambda _: xp.zeros(out.shape, out.dtype), x)


def _theory(kernel: Array, t: int) -> Array:
    return kernel[t if kernel.shape[0] > 1 else 0]


def _sum(terms: Any) -> Array:
    total = None
    for term in terms:
        total = term if total is None else total + term
    return total


def after_support(shape: Shape, kernels: Kernels, t: int, values: Array) -> Array:
    """Expectation over every patron's next support level.

    Args:
        values: `(cell, momentum, support, belief, draw)`, the belief axis widened by the reach of
            the chains that teach; it comes back narrower by as much.
    """
    if not shape.support:
        return values
    cells, momentum, _, width, draws = values.shape
    x = values.reshape((cells * momentum, *shape.support, width, draws))
    count = len(shape.support)
    for c, levels in enumerate(shape.support):
        chain, reach, axis = _theory(kernels.support[c], t), shape.reach[c], 1 + c
        width -= 2 * reach
        spread = (1,) * axis + (levels,) + (1,) * (count - c) + (-1,)
        x = _sum(
            (chain[:, to] * kernels.learn_support[c][r, :, to] if reach else chain[:, to])
            .reshape(spread) * _take(_take(x, axis, to, to + 1), count + 1, r, r + width)
            for to in range(levels) for r in range(2 * reach + 1))
    return x.reshape((cells, momentum, shape.supports, width, draws))


def after_momentum(shape: Shape, kernels: Kernels, t: int, values: Array) -> Array:
    """Expectation over next momentum, given this period's support; narrows the belief axis."""
    probability, reach = _theory(kernels.momentum, t), shape.reach[-2]
    width = values.shape[3] - 2 * reach

    def weight(r: int, to: int) -> Array:
        one = probability[:, :, to]                                     # (support, from, draw)
        if reach:
            one = one * kernels.learn_momentum[r, :, :, to]
        return one.swapaxes(0, 1)[None, :, :, None, :]                  # (1, from, support, 1, draw)

    return _sum(weight(r, to) * values[:, to:to + 1, :, r:r + width]
                for to in range(shape.momentum) for r in range(2 * reach + 1))


def after_move(shape: Shape, kernels: Kernels, values: Array) -> Array:
    """Expectation over the next position, given this period's momentum; narrows the cell axis."""
    return _sum(kernels.moves[:, d][None, :, None, None, :] * values[d:d + shape.cells]
                for d in range(len(shape.offsets)))


def after_survival(shape: Shape, kernels: Kernels, values: Array) -> Array:
    """Shift of the belief from seeing that neither side collapsed; narrows the belief axis."""
    reach = shape.reach[-1]
    if not reach:
        return values
    width = values.shape[3] - 2 * reach
    return _sum(kernels.learn_survival[r][:, :, :, None, :] * values[:, :, :, r:r + width]
                for r in range(2 * reach + 1))


def expect(shape: Shape, kernels: Kernels, values: Array, ends: tuple[Array, Array] | None,
           xp: Any) -> list[Array]:
    """E_t[V] of next period's values for each theory, given that neither side collapses.

    1. The window is widened: beyond its ends lie copies of the end cells (held) or `ends`; beyond
       the belief grid lie copies of its ends.
    2. Support, momentum, position, survival: each axis is summed out and narrows what it shifts.

    Args:
        shape: the lattice.
        kernels: its probabilities.
        values: `(cell, momentum, support, belief, draw)` at next period's state.
        ends: with absorbing ends, the values of leaving the window below and above; else None.
        xp: `numpy` or `jax.numpy`.

    Returns:
        One array a theory, at this period's state.
    """
    down, up, total = -shape.offsets[0], shape.offsets[-1], sum(shape.reach)
    taught = sum(shape.reach[:-2])
    if not taught and (not kernels.support or kernels.support[0].shape[0] == 1):
        # common to the theories: once, before widening
        values = _stage(lambda y: after_support(shape, kernels, 0, y), values, kernels, xp)
        shared = True
    else:
        shared = False
    wide = _hold(values, 3, total, total, xp)
    if ends is None:
        wide = _hold(wide, 0, down, up, xp)
    else:
        like = wide[:1] * 0.0
        wide = xp.concatenate([like + ends[0]] * down + [wide] + [like + ends[1]] * up, axis=0)
    result = []
    for t in range(shape.theories):
        x = wide if shared else _stage(lambda y, t=t: after_support(shape, kernels, t, y), wide,
                                       kernels, xp)
        x = _stage(lambda y, t=t: after_momentum(shape, kernels, t, y), x, kernels, xp)
        x = _stage(lambda y: after_move(shape, kernels, y), x, kernels, xp)
        result.append(after_survival(shape, kernels, x))
    return result


def reopened(shape: Shape, kernels: Kernels, values: Array, xp: Any) -> list[Array]:
    """E^P_t[V]: a deal has lapsed and bargaining reopens.

    The position was held while the deal lasted, each patron's support has moved by its chain, and
    momentum is as `Shape.peace_momentum` says.
    """
    taught = sum(shape.reach[:-2])
    result = []
    for t in range(shape.theories):
        wide = _hold(values, 3, taught, taught, xp)
        x = after_support(shape, kernels, t, wide)
        if shape.peace_momentum is not None:
            one = x[:, shape.peace_momentum:shape.peace_momentum + 1]
            x = xp.broadcast_to(one, x.shape)
        result.append(x)
    return result
