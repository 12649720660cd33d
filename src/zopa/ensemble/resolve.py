"""Screening on the scenario's lattice, one block of draws: the informed side is party 1.

The recursion is that of `zopa.bargaining.screening`, with every array of the lattice carried for
each point of the grid of types.  A lane is a (type, draw), types slowest, so that the expectation
over the lattice is the usual one with more draws; the choice of the cutoff sees the lane axis as
two.

    X, J / q  --expect-->  R, G / q  --screen_once-->  X, J / q,   q'(state, q)

J is carried a unit of the pool's mass.  The known game is solved beside it, month by month: it is
the counterpart, and gives the K of deals that lapse.  The way forwards carries for each theory a
distribution over (state, q) counted so that an entry times q is a probability: the exact transpose
of the way backwards, so that J of the uninformed side is the expected sum of what the path brings
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from zopa.agreement.stairs import Offered
from zopa.bargaining.cutoffs import grid
from zopa.bargaining.screening import Worth, average, mass, screen_once
from zopa.bargaining.step import Deal, Rules, turn
from zopa.core.once import once
from zopa.ensemble.backward import finish
from zopa.ensemble.block import Block, fight_or_deal, fighting_on, fought, mixed, prepare
from zopa.ensemble.finish import never_agree
from zopa.ensemble.forward import total
from zopa.ensemble.numbers import Numbers
from zopa.war.flow import flow
from zopa.war.lattice import Shape

Array = Any
UNINFORMED, INFORMED = 0, 1


@dataclass(frozen=True)
class ResolvePlan:
    """What is compiled once: sizes and months.

    Attributes:
        shape: the lattice.
        grid_step: of the log-likelihood ratio.
        favours: index of the party that higher cells favour, after the sides are put in order.
        horizon: periods of bargaining, T.
        months: periods of the path, at most T.
        cutoffs: points of the grid of types.
    """

    shape: Shape
    grid_step: float
    favours: int
    horizon: int
    months: int
    cutoffs: int


class Setting(NamedTuple):
    """A block of draws: as it is, and with a lane a (type, draw).

    Attributes:
        block: a lane a draw.
        lanes: a lane a (type, draw).
        extra: theta less its middle, a lane each.
        frontier, rules: for arrays `(..., cutoff, draw)`.
    """

    block: Block
    lanes: Block
    extra: Array
    frontier: Offered
    rules: Rules


class Here(NamedTuple):
    """The talks of one month at one state: q', agreement `(cutoff, draw)`, offer with a party."""

    cutoff: Array
    agree: Array
    offer: Array


class Month(NamedTuple):
    """What a month leaves for the way forwards.

    Attributes:
        cutoff: q' for every pool, `(belief, cell, momentum, support, cutoff, draw)`.
        settles: of the known game, whether talks settle with a type; 0 or 1, of the same shape.
        here: the screening talks at one state.
        rises: `(draw,)`, the largest rise of `need` in the type, over the states.
    """

    cutoff: Array
    settles: Array
    here: Here
    rises: Array


def by_type(x: Array, points: int) -> Array:
    """Lanes as `(..., cutoff, draw)`."""
    return x.reshape((*x.shape[:-1], points, -1))


def flat(x: Array) -> Array:
    """`(..., cutoff, draw)` as lanes."""
    return x.reshape((*x.shape[:-2], -1))


def setting(plan: ResolvePlan, numbers: Numbers, spread: Array, frontier: Offered) -> Setting:
    """Expand a block's numbers.

    Args:
        numbers: the informed side is party 1.
        spread: `(draw,)`, high less low of theta.
        frontier: `(party, edge or package, cell, draw)`.
    """
    import jax
    import jax.numpy as jnp

    block = prepare(plan.shape, plan.grid_step, numbers, frontier, jnp)
    tiled = jax.tree.map(lambda x: jnp.tile(x, plan.cutoffs), numbers)
    lanes = prepare(plan.shape, plan.grid_step, tiled, frontier, jnp)
    extra = (grid(plan.cutoffs, jnp) - 0.5) * spread
    wide = type(frontier)(*(part[..., None, None, None, :] for part in frontier))
    return Setting(block, lanes, flat(extra), wide, block.rules)


def ends(plan: ResolvePlan, s: Setting) -> tuple[tuple[Array, Array], Array]:
    """Fight to the finish by lane, `(uninformed, informed)`, and whether it converged.

    A type's value is linear in theta: the middle's, less theta times the expected time at war.
    """
    import jax.numpy as jnp
    from jax import lax

    shape, points = plan.shape, plan.cutoffs
    whole = (*shape.grid, s.extra.shape[-1])
    by_theory, converged = finish(shape, s.block, plan.favours)
    bare = s.block._replace(
        kernels=s.block.kernels.forget(), cost=jnp.ones_like(s.block.cost),
        victory=jnp.zeros_like(s.block.victory), defeat=jnp.zeros_like(s.block.defeat))

    def time(t: Array) -> tuple[Array, Array]:
        return never_agree(
            lambda w: fought(shape.without_beliefs(), bare, plan.favours, INFORMED, t, w, jnp),
            jnp.zeros((1, *s.block.survival.shape[1:])))

    slope, good = lax.map(time, jnp.arange(shape.theories))

    def lanes(side: int, values: Array) -> Array:
        wide = [jnp.tile(x, points) for x in values]
        return jnp.broadcast_to(mixed(s.lanes, side, wide), whole)

    informed = lanes(INFORMED, by_theory[INFORMED]) + s.extra * lanes(INFORMED, slope)
    return (lanes(UNINFORMED, by_theory[UNINFORMED]), informed), converged & good.all(axis=0)


def backward(plan: ResolvePlan, s: Setting,
             at: tuple[Any, ...]) -> tuple[tuple[Array, Array], Array, Month]:
    """Both games, every month back from the end.

    Returns:
        The uninformed side's value at the state `at`, `(draw,)`: screening, and with theta known;
        whether the finish converged; the months, the last one first.
    """
    import jax.numpy as jnp
    from jax import lax

    points = plan.cutoffs
    start, converged = ends(plan, s)
    never = s.block.enforcement[0]
    weight = mass(points, jnp)
    whole = (*plan.shape.grid, points, s.block.discount.shape[-1])

    def typed(x: Array) -> Array:
        return by_type(jnp.broadcast_to(x, s.extra.shape) if x.ndim == 1 else x, points)

    def known_talks(z: Any) -> tuple[tuple[Array, Array], Array]:
        (r0, a0, k0), (r1, a1, k1) = ((typed(x) for x in side) for side in z)
        made = turn(UNINFORMED, (r0, r1), Deal((a0, a1), (k0, k1)), s.frontier, s.rules, jnp)
        talks = s.rules.talks
        new = [flat(talks * made.value[n] + (1.0 - talks) * r) for n, r in enumerate((r0, r1))]
        return (new[0], new[1]), jnp.broadcast_to(jnp.where(made.agree, 1.0, 0.0), whole)

    def talks_held(z: Any) -> tuple[tuple[Array, Array], Array, Here, Array]:
        refuse, left, (_, a0, k0), (_, a1, k1) = z
        worth = Worth(typed(refuse), typed(left) * weight, (typed(a1)[:1], typed(a0)[:1]),
                      (typed(k1), typed(k0)))
        done = screen_once(worth, INFORMED, s.frontier, s.rules, jnp)
        chosen = done.chosen
        cutoff, agree, one, other = (jnp.broadcast_to(x, whole) for x in (
            chosen.cutoff, chosen.agree, *chosen.offer))
        here = Here(cutoff[at], agree[at], jnp.stack([one[at], other[at]]))
        rises = jnp.broadcast_to(done.rises, (*whole[:-2], whole[-1])).max(axis=(0, 1, 2, 3))
        return (flat(done.pool / weight), flat(done.top)), cutoff, here, rises

    def body(carry: Any, _: None) -> Any:
        (pool, top), values = carry
        left = once(partial(_fight, plan, s, UNINFORMED), pool, never, jnp)
        refuse = once(partial(_fight, plan, s, INFORMED), top, never, jnp) - s.extra
        deals = [once(partial(_worth, plan, s, side), values[side], never, jnp)
                 for side in (UNINFORMED, INFORMED)]
        deals[INFORMED] = (deals[INFORMED][0] - s.extra, *deals[INFORMED][1:])
        values, settles = once(known_talks, tuple(deals), never, jnp)
        new, cutoff, here, rises = once(talks_held, (refuse, left, *deals), never, jnp)
        return (new, values), Month(cutoff, settles, here, rises)

    ((pool, _), values), months = lax.scan(body, (start, start), None, length=plan.horizon)
    first, known = (by_type(x, points)[at] for x in (pool, values[UNINFORMED]))
    return (first[-1], average(known)), converged, months


def _worth(plan: ResolvePlan, s: Setting, side: int, values: Array) -> tuple[Array, Array, Array]:
    import jax.numpy as jnp

    return fight_or_deal(plan.shape, s.lanes, plan.favours, side, values, jnp)


def _fight(plan: ResolvePlan, s: Setting, side: int, values: Array) -> Array:
    import jax.numpy as jnp

    return fighting_on(plan.shape, s.lanes, plan.favours, side, values, jnp)


class Path(NamedTuple):
    """Along a solved path, `(month, draw)`.

    Attributes:
        settled: probability of a deal in the month.
        war: probability of being at war before it.
        rank: that times the mean rank of the types left.
    """

    settled: Array
    war: Array
    rank: Array


def forward(plan: ResolvePlan, s: Setting, months: Month, at: tuple[Any, ...],
            known: bool) -> Path:
    """Along the solved path, under the analyst's belief with theta uniform.

    Args:
        known: whether theta is common knowledge; an entry of the distribution is then the
            probability of a type, else it counts as many times as its rank says.
    """
    import jax
    import jax.numpy as jnp
    from jax import lax

    shape, points, talks = plan.shape, plan.cutoffs, s.rules.talks
    ranks = grid(points, jnp)
    end = (ranks == 0.0) | (ranks == 1.0)
    share = jnp.ones_like(ranks) if known else ranks
    middle = ranks if known else 0.5 * ranks
    begin = jnp.where(end, 0.5, 1.0) / (points - 1) if known else 1.0 * (ranks == 1.0)
    zero = jnp.zeros((*shape.grid, points, s.block.discount.shape[-1]))
    here = tuple(zero.at[at].set(begin * s.block.analyst[t]) for t in range(shape.theories))

    def count(arrays: Any, by: Array) -> Array:
        return sum(total((by * x).sum(axis=-2)) for x in arrays)

    def refused(x: Array, plans: Array) -> Array:
        if known:
            return x * (1.0 - plans)
        place = plans * (points - 1)
        return jnp.stack([(jnp.maximum(0.0, 1.0 - jnp.abs(place[..., m:, :] - m))
                           * x[..., m:, :]).sum(axis=-2) for m in range(points)], axis=-2)

    def body(carry: Any, plans: Array) -> Any:
        before = count(carry, share)
        fights = [talks * refused(x, plans) + (1.0 - talks) * x for x in carry]
        later = tuple(by_type(flow(shape, s.lanes.kernels, t, flat(x) * s.lanes.survival[t], jnp),
                              points) for t, x in enumerate(fights))
        return later, Path(before - count(fights, share), before, count(carry, share * middle))

    window = (months.settles if known else months.cutoff)[-plan.months:]
    record = lax.scan(body, here, window, reverse=True)[1]
    turned: Path = jax.tree.map(lambda x: x[::-1], record)
    return turned


def solve_resolve(plan: ResolvePlan, numbers: Numbers, spread: Array, frontier: Offered,
                  at: tuple[Any, ...]) -> dict[str, Any]:
    """One block: both games, the draw last."""
    import jax
    import jax.numpy as jnp

    s = setting(plan, numbers, spread, frontier)
    value, converged, months = backward(plan, s, at)
    here = jax.tree.map(lambda x: x[-plan.months:][::-1], months.here)
    return {"value": value[0], "known_value": value[1], "converged": converged,
            "path": forward(plan, s, months, at, False)._asdict(),
            "known": forward(plan, s, months, at, True)._asdict(), "here": here._asdict(),
            "rises": jnp.max(months.rises, axis=0)}
