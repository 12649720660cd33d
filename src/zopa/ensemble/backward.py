"""Backwards through the months: the solved game, and what the analyst expects of it.

From fight to the finish, one application of the game's step a month (`horizon` of them).  What each
month's talks add in each state is kept for the way forwards (`zopa.ensemble.forward`):

    n      = lambda [pi agree_A + (1 - pi) agree_B]                       chance of a deal
    terms  = lambda [pi agree_A u_i^A + (1 - pi) agree_B u_i^B]
    worth  = lambda [pi agree_A D_i^A + (1 - pi) agree_B D_i^B]

Where waits are asked for, the recursion also carries, for each theory taken as true, what follows
along the solved path from *every* state:

    S   = n + (1 - n) survival E_t[S(s')],        U_i = terms_i + (1 - n) survival E_t[U_i(s')],

so that U_i / S are the expected terms of the first deal from there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from zopa.bargaining.step import Deal, Turn
from zopa.ensemble.block import Block, Played, fighting_on, fought, mixed, play
from zopa.ensemble.finish import never_agree
from zopa.war.lattice import Shape, expect

Array = Any
State = tuple[Any, Any, Any, Any]
Places = tuple[Any, Any, Any]


class Ahead(NamedTuple):
    """What the analyst expects from every state under one theory: S, U `(A, B)`."""

    settle: Array
    terms: tuple[Array, Array]


class Credit(NamedTuple):
    """What one period's talks add in each state.

    Attributes:
        chance: n, the chance of a deal.
        terms: lambda [pi agree_A u_i^A + (1 - pi) agree_B u_i^B], one entry a party.
        worth: the same of D_i.
    """

    chance: Array
    terms: tuple[Array, Array]
    worth: tuple[Array, Array]


class Solved(NamedTuple):
    """The solved game of a block.

    Attributes:
        by_theory: W of each party under each theory, `(party, theory, 1, cell, momentum, support,
            draw)`.
        finish: W `(A, B)`, mixed by each side's posterior, `(belief, cell, momentum, support,
            draw)`.
        converged: `(draw,)`.
        value: V `(A, B)` of the first period in every state.
        first: the first period.
        ahead: one entry a theory, at the first period; empty unless asked for.
        months: what each month's talks add, a leading axis, the last month first; None unless
            asked for.
    """

    by_theory: Array
    finish: tuple[Array, Array]
    converged: Array
    value: tuple[Array, Array]
    first: First
    ahead: tuple[Ahead, ...]
    months: Credit | None


class Longer(NamedTuple):
    """Horizons T + 1, ..., 2 T against T, at one state.

    Attributes:
        value: `(party, draw)`, V with 2 T.
        moved: `(party, draw)`, the largest difference of V.
        differs: `(proposer, draw)`, whether agreement differs for any of them.
    """

    value: Array
    moved: Array
    differs: Array


class First(NamedTuple):
    """The first period: r in every state, and the talks at one state, `(draw,)` each.

    `past`, `(belief, state, draw)`, is the chance that talks held in a recorded state lead to a
    deal; None where nothing is recorded.
    """

    reservation: tuple[Array, Array]
    deal: Deal
    turns: tuple[Turn, Turn]
    past: Array | None


def finish(shape: Shape, block: Block, favours: int) -> tuple[Array, Array]:
    """W of each party under each theory taken as true.

    Returns:
        `(party, theory, 1, cell, momentum, support, draw)`, and `(draw,)` whether all converged.
    """
    import jax.numpy as jnp
    from jax import lax

    bare = shape.without_beliefs()
    plain = block._replace(kernels=block.kernels.forget())

    def one(which: Array) -> tuple[Array, Array]:
        i, t = which[0], which[1]
        return never_agree(lambda w: fought(bare, plain, favours, i, t, w, jnp),
                           jnp.zeros((1, *block.survival.shape[1:])))

    pairs = jnp.array([(i, t) for i in (0, 1) for t in range(shape.theories)])
    values, converged = lax.map(one, pairs)     # one program for all of them
    return values.reshape((2, shape.theories, *values.shape[1:])), converged.all(axis=0)


def credit(block: Block, played: Played) -> Credit:
    """The talks of one period, summed over who proposes."""
    import jax.numpy as jnp

    one, other = played.period.turns
    pi, talks = block.rules.proposer, block.rules.talks

    def over(x: Array, y: Array) -> Array:
        return talks * (pi * jnp.where(one.agree, x if one.ratified is None else x * one.ratified,
                                       0.0)
                        + (1.0 - pi) * jnp.where(
                            other.agree, y if other.ratified is None else y * other.ratified, 0.0))

    return Credit(over(1.0, 1.0),
                  (over(one.offer[0], other.offer[0]), over(one.offer[1], other.offer[1])),
                  (over(one.worth[0], other.worth[0]), over(one.worth[1], other.worth[1])))


def look_ahead(shape: Shape, block: Block, now: Credit, t: int, later: Ahead) -> Ahead:
    """One period of the analyst's recursion under theory t."""
    import jax.numpy as jnp

    none = (0.0, 0.0) if shape.absorbing else None
    fights = (1.0 - now.chance) * block.survival[t]

    def survived(values: Array) -> Array:
        x, = expect(shape, block.kernels, values, none, jnp, (t,))
        return fights * x

    return Ahead(now.chance + survived(later.settle),
                 (now.terms[0] + survived(later.terms[0]),
                  now.terms[1] + survived(later.terms[1])))


def backward(shape: Shape, horizon: int, favours: int, timing: bool, waits: bool,
             at: State, past: Places, block: Block) -> Solved:
    """Solve the game of a block with `horizon` bargaining periods.

    Args:
        shape: the lattice.
        horizon: T >= 1.
        favours: index of the party that higher cells favour.
        timing: whether to keep what each month's talks add.
        waits: whether to carry what the analyst expects from every state.
        at: the present state.
        past: cells, momentum and joint support of the recorded states, `(state,)` each.
        block: the draws.
    """
    import jax
    import jax.numpy as jnp
    from jax import lax

    by_theory, converged = finish(shape, block, favours)
    whole = (*shape.grid, block.discount.shape[-1])
    w, x = (jnp.broadcast_to(mixed(block, i, list(by_theory[i])), whole) for i in (0, 1))
    last, zero = (w, x), jnp.zeros(whole)
    ahead = (Ahead(zero, (zero, zero)),) * shape.theories if waits else ()

    def keep(played: Played) -> tuple[tuple[Array, Array], First, Credit | None]:
        return (played.period.value, at_state(block, played, at, past, whole),
                credit(block, played) if timing or waits else None)

    def body(carry: Any, _: None) -> Any:
        values, later, _ = carry
        value, first, gained = play(shape, block, favours, values, keep, jnp)
        now = later if gained is None else tuple(
            look_ahead(shape, block, gained, t, a) for t, a in enumerate(later))
        return (value, now, first), gained if timing else None

    nothing = jax.tree.map(
        lambda x: jnp.zeros(x.shape, x.dtype),
        jax.eval_shape(lambda v: play(shape, block, favours, v, keep, jnp)[1], last))
    (value, now, first), months = lax.scan(body, (last, ahead, nothing), None, length=horizon)
    return Solved(by_theory, last, converged, value, first, now, months)


def at_state(block: Block, played: Played, at: State, past: Places,
             whole: tuple[int, ...]) -> First:
    """What is kept of a period: r everywhere, the talks at one state and at the recorded ones."""
    import jax
    import jax.numpy as jnp

    deal, turns = jax.tree.map(lambda x: jnp.broadcast_to(x, whole)[at],
                               (played.deal, played.period.turns))
    there = None
    if past[0].shape[0]:
        one, other = (jnp.broadcast_to(turn.chance, whole)[:, past[0], past[1], past[2]]
                      for turn in played.period.turns)
        there = block.rules.proposer * one + (1.0 - block.rules.proposer) * other
    return First(played.reservation, deal, turns, there)


def longer(shape: Shape, horizon: int, favours: int, block: Block,
           values: tuple[Array, Array], agree: Array, at: State) -> Longer:
    """`horizon` further periods: what every horizon up to twice as long changes at one state.

    All of them are looked at, since an answer that alternates with the parity of the horizon is the
    same at T and 2T.

    Args:
        values: V `(A, B)` in every state with the horizon T.
        agree: `(proposer, draw)` at the state, with T.
    """
    import jax.numpy as jnp
    from jax import lax

    def here(pair: tuple[Array, Array]) -> Array:
        return jnp.stack([v[at] for v in pair])

    def keep(played: Played) -> tuple[tuple[Array, Array], Array]:
        period = played.period
        return period.value, jnp.stack([turn.agree[at] for turn in period.turns])

    usual = here(values)

    def body(carry: Any, _: None) -> Any:
        value, moved, differs = carry
        value, now = play(shape, block, favours, value, keep, jnp)
        return (value, jnp.maximum(moved, jnp.abs(here(value) - usual)),
                differs | (now != agree)), None

    start = (values, jnp.zeros_like(usual), jnp.zeros_like(agree))
    (value, moved, differs), _ = lax.scan(body, start, None, length=horizon)
    return Longer(here(value), moved, differs)


def shut(shape: Shape, periods: int, favours: int, block: Block, values: tuple[Array, Array],
         at: State) -> Array:
    """V_i at one state if no talks are held for 0, 1, ..., `periods` periods.

    Returns:
        `(period, party, draw)`.
    """
    import jax.numpy as jnp
    from jax import lax

    def body(carry: Any, _: None) -> Any:
        later = tuple(fighting_on(shape, block, favours, i, carry[i], jnp) for i in (0, 1))
        return later, jnp.stack([v[at] for v in carry])

    return lax.scan(body, values, None, length=periods + 1)[1]
