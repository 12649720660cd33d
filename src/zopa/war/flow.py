"""The lattice forwards: how a distribution over states moves in one period.

The transpose of the expectation in `zopa.war.lattice`, axis by axis in the opposite order
(survival, position, momentum, support), with the same weights: for all m and V,

    <flow(m), V> = <m, E[V]>.

What would pass the end of an axis is added onto it (held), or dropped with absorbing ends of the
window.  Written out rather than left to automatic transposition, which took more than
four times as long (its scattered additions are not fused).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from zopa.war.lattice import (
    Kernels,
    Shape,
    _levels,
    _stage,
    _sum,
    _theory,
    by_patron,
)

Array = Any


def _spread(x: Array, axis: int, reach: tuple[int, int], held: bool, xp: Any,
            weigh: Callable[[int, Array], Array]) -> Array:
    """Sum over the moves r of `weigh(r, x moved by r places)`, along axis 0 or 1.

    Args:
        x: the distribution.
        axis: the axis that is moved along.
        reach: how far down (<= 0) and up (>= 0) a move can go.
        held: whether what passes an end is added onto it; else it is dropped.
        xp: `numpy` or `jax.numpy`.
        weigh: the weighted sum over the levels left, for one move; it acts on any slice.
    """
    down, up = reach
    n = x.shape[axis]

    def cut(y: Array, start: int, stop: int) -> Array:
        return y[start:stop] if axis == 0 else y[:, start:stop]

    pad = [(0, 0)] * x.ndim
    pad[axis] = (up, -down)
    roomy = xp.pad(x, pad) if up - down else x
    inside = _sum(weigh(r, cut(roomy, up - r, up - r + n)) for r in range(down, up + 1))
    if not held or not up - down:
        return inside
    below = [weigh(r, cut(x, 0, min(-r, n)).sum(axis=axis, keepdims=True))
             for r in range(down, 0)]
    above = [weigh(r, cut(x, max(n - r, 0), n).sum(axis=axis, keepdims=True))
             for r in range(1, up + 1)]
    first, last = _sum([cut(inside, 0, 1), *below]), _sum([cut(inside, n - 1, n), *above])
    return xp.concatenate([first, cut(inside, 1, n - 1), last], axis=axis)


def through_survival(shape: Shape, kernels: Kernels, mass: Array, xp: Any) -> Array:
    """Transpose of `after_survival`."""
    reach, shares = shape.reach[-1], kernels.survival
    if not reach or shares is None:
        return mass
    return _spread(mass, 0, (-reach, reach), True, xp, lambda r, x: shares[reach + r] * x)


def through_move(shape: Shape, kernels: Kernels, mass: Array, xp: Any) -> Array:
    """Transpose of `after_move`; what leaves a window with absorbing ends is dropped."""
    first = shape.offsets[0]
    return _spread(mass, 1, (first, shape.offsets[-1]), not shape.absorbing, xp,
                   lambda r, x: kernels.moves[r - first][:, None] * x)


def through_momentum(shape: Shape, kernels: Kernels, t: int, mass: Array, xp: Any) -> Array:
    """Transpose of `after_momentum`."""
    weight, reach = _theory(kernels.momentum, t), shape.reach[-2]
    return _spread(mass, 0, (-reach, reach), True, xp, lambda r, x: _sum(
        weight[reach + r, m] * x[:, :, m:m + 1] for m in range(shape.momentum)))


def through_support(shape: Shape, kernels: Kernels, c: int, t: int, mass: Array,
                    xp: Any) -> Array:
    """Transpose of `after_support`."""
    weight, reach = _theory(kernels.support[c], t), shape.reach[c]
    moved = _spread(_levels(shape, c, mass), 0, (-reach, reach), True, xp, lambda r, x: _sum(
        weight[reach + r, level, :, None] * x[:, :, level:level + 1]
        for level in range(shape.support[c])))
    return moved.reshape(mass.shape)


def _through_support(shape: Shape, kernels: Kernels, c: int, t: int, xp: Any,
                     mass: Array) -> Array:
    return through_support(shape, kernels, c, t, mass, xp)


def through_supports(shape: Shape, kernels: Kernels, t: int, mass: Array, xp: Any) -> Array:
    """Transpose of `after_supports`: mass at this period's support, next cell and momentum."""
    if kernels.stop:
        return _decided(shape, kernels, t, by_patron(shape, mass), (), xp).reshape(mass.shape)
    x = mass
    # the last patron first: news held at an end of the beliefs' grid does not commute
    for c in reversed(range(len(shape.support))):
        x = _stage(partial(_through_support, shape, kernels, c, t, xp), x, kernels, xp)
    return x


def _decided(shape: Shape, kernels: Kernels, t: int, mass: Array, stopped: tuple[bool, ...],
             xp: Any) -> Array:
    """Where the patrons from the next one on go, given who of those before it stops.

    Args:
        mass: one axis a patron; nobody has moved.

    Returns:
        One axis for all patrons: those from the next one on have moved, the axis of an earlier one
        who stops has length 1.
    """
    c = len(stopped)
    if c == len(shape.support):
        gone = tuple(3 + p for p, stop in enumerate(stopped) if stop)
        left = mass.sum(axis=gone, keepdims=True) if gone else mass
        return left.reshape((*mass.shape[:3], -1, mass.shape[-1]))
    move = partial(_through_support, shape, kernels, c, t, xp)
    if (stop := kernels.stop[c]) is None:
        return _stage(move, _decided(shape, kernels, t, mass, (*stopped, False), xp), kernels, xp)
    here = by_patron(shape, stop)
    goes = _stage(move, _decided(shape, kernels, t, xp.where(here, 0.0, mass),
                                 (*stopped, False), xp), kernels, xp)
    low = _decided(shape, kernels, t, xp.where(here, mass, 0.0), (*stopped, True), xp)
    inner = math.prod(shape.support[c + 1:])
    low = low.reshape((low.shape[0], -1, 1, inner, low.shape[-1]))
    none = xp.zeros_like(low)
    placed = xp.concatenate([none] * (shape.support[c] - 1) + [low], axis=2)
    return goes + placed.reshape(goes.shape)


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
    return through_supports(shape, kernels, t, x, xp)
