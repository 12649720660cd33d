r"""How likely a patron's support is to fall below today's level, from every position.

F_n(k, m, s), the probability that patron c's level is below today's at some time within n periods
of a war that goes on, given theory t, follows backwards from F_0 = 0:

    F_n(k, m, s) = E_t[ 1 if s'_c is below today's level, else F_{n-1}(k', m', s') ],

the expectation over next position, momentum and support (of patrons who choose upon the first two).
Collapse is left out, whichever side it would be; a war that has left a window with absorbing ends
is over, and support does not fall then.  The analyst's belief weighs the theories.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.core.precision import double_precision
from zopa.core.threads import threads
from zopa.ensemble.patron import LANES, plain_kernels
from zopa.ensemble.problem import Problem
from zopa.war.lattice import Shape, after_supports, fought_through

Array = Any
Floats = NDArray[np.float64]


def falls(problem: Problem, patrons: tuple[int, ...], window: int) -> Floats:
    """P(support below today's level at some time within `window`) of patrons who choose.

    Args:
        problem: the lattice.
        patrons: indices of support chains.
        window: periods.

    Returns:
        `(patron, cell, draw)`: from every cell, momentum and support as at present.
    """
    import jax

    double_precision()
    shape, numbers = problem.shape.without_beliefs(), problem.numbers
    level = np.stack(np.unravel_index(np.arange(shape.supports), shape.support))
    below = np.stack([level[c] > problem.levels[c] for c in patrons])
    program = _compiled(shape, window)
    draws = numbers.talks.shape[-1]
    parts = (numbers.chains, numbers.momentum, numbers.moves, numbers.stop, numbers.analyst)

    def one(first: int) -> Floats:
        index = np.minimum(np.arange(first, first + LANES), draws - 1)
        return np.asarray(program(below, problem.present[2:],
                                  *jax.tree.map(lambda x: x[..., index], parts)))

    with ThreadPoolExecutor(threads()) as pool:
        pieces = list(pool.map(one, range(0, draws, LANES)))
    return np.concatenate(pieces, axis=-1)[..., :draws]


@lru_cache(maxsize=32)
def _compiled(shape: Shape, window: int) -> Callable[..., Any]:
    import jax

    return jax.jit(partial(_block, shape, window))


def _block(shape: Shape, window: int, below: Array, at: tuple[Array, Array],
           chains: tuple[Array, ...], momentum: Array, moves: Array, stop: tuple[Array, ...],
           analyst: Array) -> Array:
    """`(patron, cell, draw)` of one block of draws."""
    import jax.numpy as jnp
    from jax import lax

    kernels = plain_kernels(chains, momentum, moves)._replace(stop=stop)
    outside = (0.0, 0.0) if shape.absorbing else None

    def of_patron(lower: Array) -> Array:
        lower = lower[:, None]

        def within(t: int) -> Array:
            def period(_: Array, fallen: Array) -> Array:
                x = after_supports(shape, kernels, t, jnp.where(lower, 1.0, fallen), jnp)
                return fought_through(shape, kernels, t, x, outside, jnp)

            whole = (*shape.grid, analyst.shape[-1])
            return lax.fori_loop(0, window, period, jnp.zeros(whole))[0, :, at[0], at[1]]

        return sum((analyst[t] * within(t) for t in range(1, shape.theories)),
                   analyst[0] * within(0))

    return lax.map(of_patron, below)
