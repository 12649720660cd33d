"""Forwards through the months: where the war goes, under the analyst's belief.

The distribution over states is carried for each theory taken as true, from the present state with
the analyst's probability of the theory.  One period: a deal (on the solved path), else a collapse,
else the state moves by the exact transpose of the expectation that the values were computed with.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zopa.ensemble.backward import Ahead
from zopa.ensemble.block import Block
from zopa.war.flow import flow
from zopa.war.lattice import Shape

Array = Any
State = tuple[Any, Any, Any, Any]


class Record(NamedTuple):
    """What happens in one period, summed over states and theories, `(draw,)` each.

    Attributes:
        deal: mass that settles.
        collapse: `(party, draw)`, mass whose war ends by that party's collapse (or beyond the end
            of the window that is the other side's victory).
        fighting: mass that fights this period.
        left: mass still fighting after the period.
        position: cells times that mass.
        cost: `(party, draw)`, expected cost of the period.

    Position and cost are followed only where no deal is made; else they are None.
    """

    deal: Array
    collapse: Array
    fighting: Array
    left: Array
    position: Array | None = None
    cost: Array | None = None


def start(shape: Shape, block: Block, at: tuple[Any, ...]) -> tuple[Array, ...]:
    """The analyst's distribution at the present state, one array a theory."""
    import jax.numpy as jnp

    zero = jnp.zeros((*shape.grid, block.discount.shape[-1]))
    return tuple(zero.at[at].set(block.analyst[t]) for t in range(shape.theories))


def total(x: Array) -> Array:
    """Sum over states, `(draw,)`."""
    return x.sum(axis=(0, 1, 2, 3))


def advance(shape: Shape, block: Block, favours: int, mass: tuple[Array, ...],
            agree: tuple[Array, Array] | None) -> tuple[tuple[Array, ...], Record]:
    """One period.

    Args:
        mass: distribution before the period, one array a theory.
        agree: where A's and B's proposals are deals; None when no talks are held.
    """
    import jax
    import jax.numpy as jnp

    cells = jnp.arange(shape.cells, dtype=float)[:, None, None, None]
    pi = block.rules.proposer
    later, parts = [], []
    for t, before in enumerate(mass):
        settled = jnp.zeros_like(before)
        if agree is not None:
            settled = before * block.rules.talks * (pi * agree[0] + (1.0 - pi) * agree[1])
        fights = before - settled
        ended = [total(fights * block.collapse[t, i]) for i in (0, 1)]
        stays = fights * block.survival[t]

        moved = flow(shape, block.kernels, t, stays, jnp)
        fighting = total(fights)
        left = fighting - ended[0] - ended[1]
        if shape.absorbing:
            up = total(stays * beyond(shape, block, True))
            down = total(stays * beyond(shape, block, False))
            ended[1 - favours] = ended[1 - favours] + up
            ended[favours] = ended[favours] + down
            left = left - up - down
        record = Record(total(settled), jnp.stack(ended), fighting, left)
        if agree is None:
            cost = jnp.stack([total(fights * block.cost[i]) for i in (0, 1)])
            record = record._replace(position=total(moved * cells), cost=cost)
        parts.append(record)
        later.append(moved)
    return tuple(later), jax.tree.map(lambda *x: sum(x[1:], x[0]), *parts)


def beyond(shape: Shape, block: Block, up: bool) -> Array:
    """Probability of leaving the window upwards (or downwards), `(cell, momentum, 1, draw)`."""
    import jax.numpy as jnp

    rows = []
    for k in range(shape.cells):
        out = [d for d, offset in enumerate(shape.offsets)
               if (k + offset >= shape.cells if up else k + offset < 0)]
        rows.append(sum((block.kernels.moves[d] for d in out),
                        jnp.zeros_like(block.kernels.moves[0])))
    return jnp.stack(rows)[:, :, None, :]


def along_path(shape: Shape, favours: int, block: Block, mass: tuple[Array, ...],
               agree: tuple[Array, Array]) -> Record:
    """The war along the solved path, with each month's own policy.

    Returns:
        A `Record` with a leading month axis.
    """
    from jax import lax

    return lax.scan(lambda carry, month: advance(shape, block, favours, carry, month), mass,
                    agree)[1]


class Wait(NamedTuple):
    """What a wait of some periods leads to, `(draw,)` or `(party, draw)`: S, U, r, mass left."""

    settle: Array
    terms: Array
    reservation: Array
    left: Array


def waited(mass: tuple[Array, ...], ahead: tuple[Ahead, ...],
           reservation: tuple[Array, Array]) -> Wait:
    """Expectations over a distribution of what follows from its states."""
    import jax.numpy as jnp

    def over(arrays: list[Array]) -> Array:
        return sum(total(m * x) for m, x in zip(mass, arrays, strict=True))

    return Wait(
        over([a.settle for a in ahead]),
        jnp.stack([over([a.terms[i] for a in ahead]) for i in (0, 1)]),
        jnp.stack([over([reservation[i]] * len(mass)) for i in (0, 1)]),
        sum(total(m) for m in mass))


def no_deal(shape: Shape, favours: int, periods: int, block: Block,
            mass: tuple[Array, ...]) -> tuple[tuple[Array, ...], Record]:
    """The war with no deal ever, for some periods: the distribution then, and the months."""
    from jax import lax

    return lax.scan(lambda carry, _: advance(shape, block, favours, carry, None), mass, None,
                    length=periods)
