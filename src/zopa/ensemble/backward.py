"""Backwards through the months: the solved game, and what the analyst expects of it.

From fight to the finish, one application of the game's step a month (`horizon` of them).  Beside
V_i the recursion carries, for each theory taken as true, what follows along the solved path from
every state:

    n     = lambda [pi agree_A + (1 - pi) agree_B]                     chance of a deal this period
    S     = n + (1 - n) S' ,                                           a deal within the horizon
    U_i   = lambda [pi agree_A u_i^A + (1 - pi) agree_B u_i^B] + (1 - n) U_i'
    O_i   = lambda [pi agree_A D_i^A + (1 - pi) agree_B D_i^B]
            + (1 - n) (-c_i + delta_i (survival O_i' + spoils)),

with X' = E_t[X(s')] for S and U times the probability that neither side collapses.  U_i / S are
the expected terms of the first deal; O_i is the expected discounted outcome.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from zopa.core.once import once
from zopa.ensemble.block import Block, Played, fighting_on, fought, mixed, play
from zopa.ensemble.finish import never_agree
from zopa.war.lattice import Shape, expect

Array = Any


class Ahead(NamedTuple):
    """What the analyst expects from a state under one theory: S, U `(A, B)`, O `(A, B)`."""

    settle: Array
    terms: tuple[Array, Array]
    outcome: tuple[Array, Array]


class Solved(NamedTuple):
    """The solved game of a block.

    Attributes:
        finish: W `(A, B)`, mixed by each side's posterior, `(belief, cell, momentum, support,
            draw)`.
        converged: `(draw,)`.
        played: the first period in every state.
        ahead: one entry a theory, at the first period; empty unless asked for.
        agree: where A's and B's proposals are deals, `(month, belief, cell, momentum, support,
            draw)` each, in order of time; None unless asked for.
    """

    finish: tuple[Array, Array]
    converged: Array
    played: Played
    ahead: tuple[Ahead, ...]
    agree: tuple[Array, Array] | None


def finish(shape: Shape, block: Block, favours: int) -> tuple[list[list[Array]], Array]:
    """W of each party under each theory, `[party][theory]`, and whether all converged."""

    bare = shape.without_beliefs()
    values, good = [], True
    for i in (0, 1):
        own = []
        for t in range(shape.theories):
            f = partial(_fought_bare, bare, block, favours, i, t)
            w, converged = never_agree(f, block.survival[t][None])
            own.append(w)
            good = converged & good
        values.append(own)
    return values, good


def _fought_bare(bare: Shape, block: Block, favours: int, i: int, t: int, values: Array) -> Array:
    import jax.numpy as jnp

    return fought(bare, block._replace(kernels=block.kernels.forget()), favours, i, t, values, jnp)


def chance_of_deal(block: Block, played: Played) -> Array:
    """n: the chance that this period brings a deal."""
    one, other = (turn.agree for turn in played.period.turns)
    pi = block.rules.proposer
    return block.rules.talks * (pi * one + (1.0 - pi) * other)


def _credited(block: Block, played: Played, worth: tuple[Array, Array]) -> Array:
    """lambda [pi agree_A x^A + (1 - pi) agree_B x^B] for a quantity x of each proposer's deal."""
    import jax.numpy as jnp

    pi = block.rules.proposer
    one, other = (jnp.where(turn.agree, x, 0.0)
                  for turn, x in zip(played.period.turns, worth, strict=True))
    return block.rules.talks * (pi * one + (1.0 - pi) * other)


def look_ahead(shape: Shape, block: Block, favours: int, played: Played, t: int,
               later: Ahead) -> Ahead:
    """One period of the analyst's recursion under theory t."""
    import jax.numpy as jnp

    none = (0.0, 0.0) if shape.absorbing else None

    def survived(values: Array) -> Array:
        x, = expect(shape, block.kernels, values, none, jnp, (t,))
        return block.survival[t] * x

    n = once(lambda z: chance_of_deal(block, z), played, block.enforcement[0], jnp)
    turns = played.period.turns
    settle = n + (1.0 - n) * survived(later.settle)
    terms, outcome = [], []
    for i in (0, 1):
        offered = _credited(block, played, (turns[0].offer[i], turns[1].offer[i]))
        terms.append(offered + (1.0 - n) * survived(later.terms[i]))
        dealt = _credited(block, played, (turns[0].value[i], turns[1].value[i]))
        fight = fought(shape, block, favours, i, t, later.outcome[i], jnp)
        outcome.append(dealt + (1.0 - n) * fight)
    return Ahead(settle, (terms[0], terms[1]), (outcome[0], outcome[1]))


def backward(shape: Shape, horizon: int, favours: int, timing: bool, block: Block) -> Solved:
    """Solve the game of a block with `horizon` bargaining periods.

    Args:
        shape: the lattice.
        horizon: T >= 1.
        favours: index of the party that higher cells favour.
        timing: whether to carry what the analyst expects, and the chances of a deal.
        block: the draws.
    """
    import jax.numpy as jnp
    from jax import lax

    by_theory, converged = finish(shape, block, favours)
    whole = (*shape.grid, block.discount.shape[-1])
    last = tuple(jnp.broadcast_to(mixed(block, i, by_theory[i]), whole) for i in (0, 1))
    zero = jnp.zeros(whole)
    ahead = tuple(
        Ahead(zero, (zero, zero), tuple(jnp.broadcast_to(by_theory[i][t], whole) for i in (0, 1)))
        for t in range(shape.theories)) if timing else ()

    def month(values: tuple[Array, Array], later: tuple[Ahead, ...]) -> tuple[Any, Any, Any]:
        played = play(shape, block, favours, values, jnp)
        now = tuple(look_ahead(shape, block, favours, played, t, a) for t, a in enumerate(later))
        flags = (tuple(turn.agree for turn in played.period.turns)) if timing else None
        return played, now, flags

    def body(carry: Any, _: None) -> Any:
        played, now, flags = month(*carry)
        return (played.period.value, now), flags

    carry, flags = lax.scan(body, (last, ahead), None, length=horizon - 1)
    played, now, first = month(*carry)
    agree = None
    if timing:
        agree = tuple(jnp.concatenate([first[p][None], flags[p][::-1]]) for p in (0, 1))
    return Solved(last, converged, played, now, agree)


def longer(shape: Shape, horizon: int, favours: int, block: Block,
           values: tuple[Array, Array]) -> Played:
    """`horizon` further periods: the first period of the game with a longer horizon."""
    import jax.numpy as jnp
    from jax import lax

    def body(carry: Any, _: None) -> Any:
        return play(shape, block, favours, carry, jnp).period.value, None

    carry, _ = lax.scan(body, values, None, length=horizon - 1)
    return play(shape, block, favours, carry, jnp)


def shut(shape: Shape, periods: int, favours: int, block: Block, values: tuple[Array, Array],
         at: tuple[Any, ...]) -> Array:
    """V_i at one state if no talks are held for 0, 1, ..., `periods` periods.

    Returns:
        `(period, party, draw)`.
    """
    import jax.numpy as jnp
    from jax import lax

    def now(pair: tuple[Array, Array]) -> Array:
        return jnp.stack([pair[0][at], pair[1][at]])

    def body(carry: Any, _: None) -> Any:
        pair = tuple(fighting_on(shape, block, favours, i, carry[i], jnp) for i in (0, 1))
        return pair, now(pair)

    _, later = lax.scan(body, values, None, length=periods)
    return jnp.concatenate([now(values)[None], later])
