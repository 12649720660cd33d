"""The lattice forwards: how a distribution over states moves in one period.

The transpose of the expectation in `zopa.war.lattice`, axis by axis in the opposite order
(survival, position, momentum, support), with the same weights: for all m and V,

    <flow(m), V> = <m, E[V]>.

What would leave an axis is folded back onto its end (held), or dropped with absorbing ends of the
window.  Written out rather than left to automatic transposition, which is some ten times slower
(its scattered additions are not fused).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from zopa.war.lattice import Kernels, Shape, _levels, _stage, _sum, _theory

Array = Any


def _room(x: Array, axis: int, before: int, after: int, xp: Any) -> Array:
    """Zeros before and after the array on axis 0 or 1."""
    pad = [(0, 0)] * x.ndim
    pad[axis] = (before, after)
    return xp.pad(x, pad)


def _fold(x: Array, axis: int, before: int, after: int, xp: Any) -> Array:
    """Add what lies beyond the ends of axis 0 or 1 onto the ends."""
    if before == 0 and after == 0:
        return x
    n = x.shape[axis]
    cut = (lambda a, b: x[a:b]) if axis == 0 else (lambda a, b: x[:, a:b])
    first = cut(0, before + 1).sum(axis=axis, keepdims=True)
    last = cut(n - after - 1, n).sum(axis=axis, keepdims=True)
    return xp.concatenate([first, cut(before + 1, n - after - 1), last], axis=axis)


def through_survival(shape: Shape, kernels: Kernels, mass: Array, xp: Any) -> Array:
    """Transpose of `after_survival`."""
    reach = shape.reach[-1]
    if not reach or kernels.survival is None:
        return mass
    width = mass.shape[0] + 2 * reach
    x = _room(mass, 0, 2 * reach, 2 * reach, xp)
    wide = _sum(kernels.survival[r] * x[2 * reach - r:2 * reach - r + width]
                for r in range(2 * reach + 1))
    return _fold(wide, 0, reach, reach, xp)


def through_move(shape: Shape, kernels: Kernels, mass: Array, xp: Any) -> Array:
    """Transpose of `after_move`; what leaves a window with absorbing ends is dropped."""
    down, up = -shape.offsets[0], shape.offsets[-1]
    spread = down + up
    x = _room(mass, 1, spread, spread, xp)
    width = shape.cells + spread
    wide = _sum(kernels.moves[d][:, None] * x[:, spread - d:spread - d + width]
                for d in range(len(shape.offsets)))
    return wide[:, down:down + shape.cells] if shape.absorbing else _fold(wide, 1, down, up, xp)


def through_momentum(shape: Shape, kernels: Kernels, t: int, mass: Array, xp: Any) -> Array:
    """Transpose of `after_momentum`."""
    weight, reach = _theory(kernels.momentum, t), shape.reach[-2]
    width = mass.shape[0] + 2 * reach
    x = _room(mass, 0, 2 * reach, 2 * reach, xp)
    wide = _sum(weight[r, m] * x[2 * reach - r:2 * reach - r + width, :, m:m + 1]
                for m in range(shape.momentum) for r in range(2 * reach + 1))
    return _fold(wide, 0, reach, reach, xp)


def through_support(shape: Shape, kernels: Kernels, c: int, t: int, mass: Array,
                    xp: Any) -> Array:
    """Transpose of `after_support`."""
    weight, reach = _theory(kernels.support[c], t), shape.reach[c]
    width = mass.shape[0] + 2 * reach
    x = _room(_levels(shape, c, mass), 0, 2 * reach, 2 * reach, xp)
    wide = _sum(weight[r, level, :, None]
                * x[2 * reach - r:2 * reach - r + width, :, level:level + 1]
                for level in range(shape.support[c]) for r in range(2 * reach + 1))
    return _fold(wide, 0, reach, reach, xp).reshape(mass.shape)


def _through_support(shape: Shape, kernels: Kernels, c: int, t: int, xp: Any,
                     mass: Array) -> Array:
    return through_support(shape, kernels, c, t, mass, xp)


def flow(shape: Shape, kernels: Kernels, t: int, mass: Array, xp: Any) -> Array:
    """The distribution after one period in which neither side collapsed, under theory t.

    Args:
        shape: the lattice.
        kernels: its weights.
        t: the theory taken as true.
        mass: `(belief, cell, momentum, support, draw)`, those who fight on and survive.
        xp: `numpy` or `jax.numpy`.
    """
    x = through_survival(shape, kernels, mass, xp)
    x = _stage(lambda y: through_move(shape, kernels, y, xp), x, kernels, xp)
    x = _stage(lambda y: through_momentum(shape, kernels, t, y, xp), x, kernels, xp)
    for c in range(len(shape.support)):
        x = _stage(partial(_through_support, shape, kernels, c, t, xp), x, kernels, xp)
    return x
