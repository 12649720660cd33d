"""Finite horizon: T periods of bargaining, then fight to the finish.

    V^0 = W,  V^{n+1} = T(V^n),  n = 0 .. T-1

with V^n the value when n periods of bargaining remain; a deal is never forced at the end.  The
solution is unique given the rule that ties agree.  A deal that lapses reopens bargaining at the
values of the period after the one in which it was signed.

The answers are those of the first period, V^T; the plan of every period is kept for paths.  The
same steps go on to 2T: if any horizon on the way moves a value by more than 0.005 of the
frontier's range, or changes an agreement, in one of the states asked about, the status says so.
(To look at 2T alone would miss answers that depend on whether the horizon is even or odd.)
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from zopa.bargaining.arrays import Game, frontier_range, period, standard_size
from zopa.bargaining.step import Period

Array = Any

# share of the frontier's range by which doubling the horizon may move a value
SENSITIVITY = 0.005


class Plans(NamedTuple):
    """What the talks lead to in each period, `(period, proposer, state)`, the first period first:
    the probability of a deal (0 or 1 where ratification is certain), and who leaves."""

    chance: Array
    opts_out: Array


class Backward(NamedTuple):
    """Result of going back from the end.

    Attributes:
        value: V^T, `(party, state)`.
        reservation: r of the first period, `(party, state)`.
        first: the step of the first period.
        plans: of every period.
    """

    value: Array
    reservation: Array
    first: Period
    plans: Plans


def backward(game: Game, end: Array, horizon: int) -> Backward:
    """`horizon` steps back from the value `end` `(party, state)`."""
    room = standard_size(horizon, 8)
    value, before, chance, opts_out = _steps(game, jnp.asarray(end), horizon, room=room)
    r, first = look(game, before)
    # the buffers count the periods that remain; users count from the first period
    order = np.arange(horizon)[::-1]
    plans = Plans(np.asarray(chance)[order], np.asarray(opts_out)[order])
    return Backward(value, jnp.stack(r), first, plans)


def sensitive(game: Game, one: Backward, horizon: int, present: Array) -> bool:
    """Whether some horizon from T to 2T gives other answers than `one`.

    Args:
        game: the game, padded.
        one: its solve at `horizon`.
        horizon: T.
        present: `(state,)` flags of the states whose values and agreements are asked about.
    """
    allowed = SENSITIVITY * frontier_range(game)
    agree = jnp.stack([turn.agree for turn in one.first.turns])
    return bool(_moves(game, one.value, agree, horizon, jnp.asarray(allowed),
                       jnp.asarray(present)))


@jax.jit
def _moves(game: Game, value: Array, agree: Array, horizon: int, allowed: Array,
           present: Array) -> Array:
    def unfinished(carry: tuple[Array, ...]) -> Array:
        _, n, other = carry
        return ~other & (n < horizon)

    def once(carry: tuple[Array, ...]) -> tuple[Array, ...]:
        before, n, _ = carry
        here = period(game, before, jnp)[1]
        new = jnp.stack(here.value)
        moved = jnp.abs(new - value) > allowed[:, None]
        changed = jnp.stack([turn.agree for turn in here.turns]) != agree
        return new, n + 1, ((moved | changed) & present).any()

    return lax.while_loop(unfinished, once, (value, jnp.asarray(0), jnp.asarray(False)))[2]


@partial(jax.jit, static_argnames="room")
def _steps(game: Game, end: Array, horizon: int, room: int) -> tuple[Array, ...]:
    kind = bool if game.rules.spread is None else float
    none = jnp.zeros((room, 2, end.shape[1]), dtype=kind)

    def once(n: int, carry: tuple[Array, ...]) -> tuple[Array, ...]:
        value, _, chance, opts_out = carry
        turns = period(game, value, jnp)[1]
        chance = chance.at[n].set(jnp.stack([turn.chance for turn in turns.turns]))
        opts_out = opts_out.at[n].set(jnp.stack([turn.opts_out for turn in turns.turns]))
        return jnp.stack(turns.value), value, chance, opts_out

    start = (end, end, none, none.astype(bool))
    value, before, chance, opts_out = lax.fori_loop(0, horizon, once, start)
    return value, before, chance, opts_out


@jax.jit
def look(game: Game, value: Array) -> tuple[tuple[Array, Array], Period]:
    """One period before next period's `value` `(party, state)`: r, and the step's outcome."""
    return period(game, value, jnp)
