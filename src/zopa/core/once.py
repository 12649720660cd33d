"""Compute an array once, though several others are made from it.

XLA fuses an array into everything that reads it and computes it again for each of them: for a
stencil that is read by five neighbours, five times (measured: five to seven times slower).  It
drops an optimization barrier before it fuses, but it never fuses across a conditional, so what is
to be stored is put in one that is always taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any


def once(compute: Callable[[Array], Array], x: Array, never: Array, xp: Any) -> Array:
    """`compute(x)`, stored.

    Args:
        compute: a function of one pytree of arrays.
        x: its argument.
        never: a scalar that is not NaN, known only at run time; it keeps the conditional alive.
        xp: `numpy` (nothing to do) or `jax.numpy`.
    """
    if xp is np:
        return compute(x)
    import jax

    shapes = jax.eval_shape(compute, x)

    def otherwise(_: Array) -> Array:
        return jax.tree.map(lambda s: xp.zeros(s.shape, s.dtype), shapes)

    return jax.lax.cond(never == never, compute, otherwise, x)
