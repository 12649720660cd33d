"""Fight to the finish: W, the value of never agreeing, under each theory of the war.

W solves the linear equation W = f(W), f(W) = -c + delta (S E[W] + spoils), with S the probability
that neither side collapses.  It is solved for every draw at once by the stabilised biconjugate
gradient method (van der Vorst 1992) on (I - L) W = f(0), where L W = f(W) - f(0):

1. Iterate with inner products per draw until the residual of every draw is below 1e-13 of the
   size of W, or 400 times.
2. Apply f some times: f is a contraction, so that this can only mend.
3. A draw counts as converged when |f(W) - W| is below 1e-10.

Arrays are `(1, cell, momentum, support, draw)`: with one theory taken as true nothing is learned.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Array = Any
ROUNDS = 400
POLISH = 3
TOLERANCE = 1e-13
CONVERGED = 1e-10


def never_agree(f: Callable[[Array], Array], like: Array, begin: Array | None = None,
                tolerance: float = TOLERANCE) -> tuple[Array, Array]:
    """Solve W = f(W) for every draw.

    Args:
        f: the affine map of one period of fighting.
        like: an array of W's shape, for its shape and type.
        begin: a guess of W; 0 where None.
        tolerance: largest residual, of the size of W.

    Returns:
        W, and `(draw,)` whether it converged.
    """
    import jax.numpy as jnp
    from jax import lax

    constant = f(jnp.zeros_like(like))

    def apply(x: Array) -> Array:
        return x - (f(x) - constant)

    def dot(x: Array, y: Array) -> Array:
        return (x * y).sum(axis=(0, 1, 2, 3))

    def ratio(x: Array, y: Array) -> Array:
        return jnp.where(y == 0.0, 0.0, x / jnp.where(y == 0.0, 1.0, y))

    size = jnp.abs(constant).max(axis=(0, 1, 2, 3))

    def active(x: Array, r: Array) -> Array:
        worst = jnp.abs(r).max(axis=(0, 1, 2, 3))
        scale = jnp.maximum(size, jnp.abs(x).max(axis=(0, 1, 2, 3)))
        return worst > tolerance * scale

    def unfinished(state: Any) -> Array:
        count, x, r, *_ = state
        return (count < ROUNDS) & active(x, r).any()

    def iterate(state: Any) -> Any:
        count, *old = state
        x, r, shadow, p, rho = old
        v = apply(p)
        alpha = ratio(rho, dot(shadow, v))
        s = r - alpha * v
        t = apply(s)
        omega = ratio(dot(t, s), dot(t, t))
        moved = s - omega * t
        next_rho = dot(shadow, moved)
        beta = ratio(next_rho, rho) * ratio(alpha, omega)
        new = (x + alpha * p + omega * s, moved, shadow, moved + beta * (p - omega * v), next_rho)
        # a draw that has converged stays as it is, whatever the others beside it still need
        going = active(x, r)
        return count + 1, *(jnp.where(going, n, o) for n, o in zip(new, old, strict=True))

    x, r = jnp.zeros_like(like), constant
    if begin is not None:
        x, r = begin, constant - apply(begin)
    start = (0, x, r, r, r, dot(r, r))
    w = lax.while_loop(unfinished, iterate, start)[1]
    w = lax.fori_loop(0, POLISH, lambda _, x: f(x), w)
    gap = jnp.abs(f(w) - w).max(axis=(0, 1, 2, 3))
    return w, gap <= CONVERGED
