"""Forwards through the months: where the war goes, under the analyst's belief.

The distribution over states is carried for each theory taken as true, from the present state with
the analyst's probability of the theory.  One period: a deal (on the solved path), else a collapse,
else the state moves by the exact transpose of the expectation that the values were computed with.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zopa.ensemble.backward import Ahead, Credit, Solved
from zopa.ensemble.block import Block
from zopa.war.flow import flow
from zopa.war.lattice import Shape

Array = Any
State = tuple[Any, Any, Any, Any]


class Record(NamedTuple):
    """What happens in one period, summed over states and theories, `(draw,)` each.

    Attributes:
        collapse: `(party, draw)`, mass whose war ends by that party's collapse (or beyond the end
            of the window that is the other side's victory).
        fighting: mass that fights this period.
        left: mass still fighting after the period.
        cost: `(party, draw)`, expected cost of the period.
        deal: mass that settles; 0 where no deal is made.
        terms, worth: `(party, draw)`, expected u_i and D_i of the deals made this period.
        position: cells times the mass left.
    """

    collapse: Array
    fighting: Array
    left: Array
    cost: Array
    deal: Array
    terms: Array
    worth: Array
    position: Array


def start(shape: Shape, block: Block, at: tuple[Any, ...]) -> tuple[Array, ...]:
    """The analyst's distribution at the present state, one array a theory."""
    import jax.numpy as jnp

    zero = jnp.zeros((*shape.grid, block.discount.shape[-1]))
    return tuple(zero.at[at].set(block.analyst[t]) for t in range(shape.theories))


def total(x: Array) -> Array:
    """Sum over states, `(draw,)`."""
    return x.sum(axis=(0, 1, 2, 3))


def advance(shape: Shape, block: Block, favours: int, mass: tuple[Array, ...],
            talks: Credit | None) -> tuple[tuple[Array, ...], Record]:
    """One period.

    Args:
        mass: distribution before the period, one array a theory.
        talks: what this period's talks add in each state; None when no talks are held.
    """
    import jax.numpy as jnp

    everybody = sum(mass[1:], mass[0])
    nobody = jnp.zeros_like(block.discount[0])
    deal, terms, worth = nobody, (nobody, nobody), (nobody, nobody)
    chance: Array = 0.0
    if talks is not None:
        chance, deal = talks.chance, total(everybody * talks.chance)
        terms = (total(everybody * talks.terms[0]), total(everybody * talks.terms[1]))
        worth = (total(everybody * talks.worth[0]), total(everybody * talks.worth[1]))
    fights = everybody * (1.0 - chance)
    cost = jnp.stack([total(fights * block.cost[i]) for i in (0, 1)])
    ended, later = [nobody, nobody], []
    for t, before in enumerate(mass):
        fighting = before * (1.0 - chance)
        stays = fighting * block.survival[t]
        for i in (0, 1):
            ended[i] = ended[i] + total(fighting * block.collapse[t, i])
        if shape.absorbing:
            ended[1 - favours] = ended[1 - favours] + total(stays * beyond(shape, block, True))
            ended[favours] = ended[favours] + total(stays * beyond(shape, block, False))
        later.append(flow(shape, block.kernels, t, stays, jnp))
    count = total(fights)
    cells = jnp.arange(shape.cells, dtype=float)[:, None, None, None]
    position = total(sum(later[1:], later[0]) * cells) if talks is None else nobody
    return tuple(later), Record(jnp.stack(ended), count, count - ended[0] - ended[1], cost, deal,
                                jnp.stack(terms), jnp.stack(worth), position)


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
               months: Credit) -> tuple[tuple[Array, ...], Record]:
    """The war along the solved path, with each month's own policy.

    Args:
        months: what each month's talks add, the last month first, as the way backwards left them
            (turning them round would copy some hundred MB a block).

    Returns:
        The distribution after the last month, and a `Record` with a leading month axis.
    """
    import jax
    from jax import lax

    after, record = lax.scan(lambda carry, month: advance(shape, block, favours, carry, month),
                             mass, months, reverse=True)
    return after, jax.tree.map(lambda x: x[::-1], record)


def outcome(block: Block, record: Record, after: tuple[Array, ...], finish: Array) -> Array:
    """Expected discounted outcome of each party along the path, `(party, draw)`.

    The sum over months t of delta_i^t [worth - cost + delta_i (victory and defeat)], and after the
    last month fight to the finish: delta_i^T times the expected W_i of the theory that is true.
    """
    import jax.numpy as jnp

    result = []
    for i in (0, 1):
        delta, months = block.discount[i], record.deal.shape[0]
        factor = delta[None] ** jnp.arange(months, dtype=float)[:, None]
        spoils = (record.collapse[:, 1 - i] * block.victory[i]
                  + record.collapse[:, i] * block.defeat[i])
        flow_ = record.worth[:, i] - record.cost[:, i] + delta * spoils
        end = sum(total(m * finish[i, t]) for t, m in enumerate(after))
        result.append((factor * flow_).sum(axis=0) + delta**months * end)
    return jnp.stack(result)


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


def no_deal(shape: Shape, favours: int, periods: int, block: Block, mass: tuple[Array, ...],
            solved: Solved | None) -> tuple[tuple[Array, ...], Record, Wait | None]:
    """The war with no deal, for some periods.

    Args:
        solved: the game that is played when talks begin after a wait; None where nobody asks.

    Returns:
        The distribution then; a `Record` with a leading month axis; a `Wait` for 0, 1, ...,
        `periods` months of waiting, None without `solved`.
    """
    import jax
    import jax.numpy as jnp
    from jax import lax

    def look(here: tuple[Array, ...]) -> Wait | None:
        if solved is None or not solved.ahead:
            return None
        return waited(here, solved.ahead, solved.first.reservation)

    def body(carry: Any, _: None) -> Any:
        later, record = advance(shape, block, favours, carry, None)
        return later, (record, look(later))

    after, (record, waits) = lax.scan(body, mass, None, length=periods)
    now = look(mass)
    if now is not None:
        waits = jax.tree.map(lambda x, y: jnp.concatenate([x[None], y]), now, waits)
    return after, record, waits
