"""Screening on the scenario's lattice, one block of draws: the informed side is party 1.

The recursion is that of `zopa.bargaining.screening`, with every array of the lattice carried for
each point of the grid of types.  A lane is a (type, draw), types slowest, so that the expectation
over the lattice is the usual one with more draws; the choice of the cutoff sees the lane axis as
two.

    X, J / q  --expect-->  R, G / q  --screen_once-->  X, J / q,   q'(state, q)

J is carried a unit of the pool's mass.  Where deals lapse the known game is solved beside it, month
by month, for the K of the deals.  The way forwards carries for each theory a distribution over
(state, q) counted so that an entry times q is a probability: the exact transpose of the way
backwards, so that J of the uninformed side is the expected sum of what the path brings it.
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
from zopa.ensemble.block import Block, fight_or_deal, fighting_on, mixed, prepare
from zopa.ensemble.finish import never_agree
from zopa.ensemble.forward import total
from zopa.ensemble.numbers import Numbers
from zopa.war.flow import flow
from zopa.war.lattice import Shape

Array = Any
UNINFORMED, INFORMED = 0, 1


@dataclass(frozen=True)
class ResolvePlan:
    """What is compiled once: sizes, months, and which game.

    Attributes:
        shape: the lattice.
        grid_step: of the log-likelihood ratio.
        favours: index of the party that higher cells favour, after the sides are put in order.
        horizon: periods of bargaining, T.
        months: periods of the path, at most T.
        cutoffs: points of the grid of types.
        known: whether theta is common knowledge.
        lasting: whether every deal is permanent.
    """

    shape: Shape
    grid_step: float
    favours: int
    horizon: int
    months: int
    cutoffs: int
    known: bool
    lasting: bool


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


class Month(NamedTuple):
    """What a month leaves for the way forwards, and its talks at one state.

    Attributes:
        cutoff: q' for every pool, `(belief, cell, momentum, support, cutoff, draw)`; with theta
            known the share of the type that fights on: 0 where talks settle, else 1.
        after, agree: the same at one state, `(cutoff, draw)`.
        offer: `(party, cutoff, draw)` there.
        rises: `(draw,)`, the largest rise of `need` in the type, over the states.
    """

    cutoff: Array
    after: Array
    agree: Array
    offer: Array
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
        from zopa.ensemble.block import fought

        return never_agree(
            lambda w: fought(shape.without_beliefs(), bare, plan.favours, INFORMED, t, w, jnp),
            jnp.zeros((1, *s.block.survival.shape[1:])))

    slope, good = lax.map(time, jnp.arange(shape.theories))

    def lanes(side: int, values: Array) -> Array:
        wide = [jnp.tile(x, points) for x in values]
        return jnp.broadcast_to(mixed(s.lanes, side, wide), whole)

    informed = lanes(INFORMED, by_theory[INFORMED]) + s.extra * lanes(INFORMED, slope)
    return (lanes(UNINFORMED, by_theory[UNINFORMED]), informed), converged & good.all(axis=0)


def backward(plan: ResolvePlan, s: Setting, at: tuple[Any, ...]) -> tuple[Array, Array, Month]:
    """Every month back from the end.

    Returns:
        `(cutoff, draw)` value of the uninformed side at the state `at`, a unit of mass; whether
        the finish converged; the months, the last one first.
    """
    import jax.numpy as jnp
    from jax import lax

    shape, points = plan.shape, plan.cutoffs
    start, converged = ends(plan, s)
    never = s.block.enforcement[0]
    weight = mass(points, jnp)
    whole = (*shape.grid, points, s.block.discount.shape[-1])

    def worth(side: int, values: Array) -> tuple[Array, Array, Array]:
        return once(partial(_worth, plan, s, side), values, never, jnp)

    def theirs(values: tuple[Array, Array]) -> tuple[tuple[Array, Array, Array], ...]:
        r, q = worth(UNINFORMED, values[0]), worth(INFORMED, values[1])
        return r, (q[0] - s.extra, q[1], q[2])

    def typed(x: Array) -> Array:
        return by_type(jnp.broadcast_to(x, s.extra.shape) if x.ndim == 1 else x, points)

    def known_talks(z: tuple[tuple[Array, Array, Array], ...]) -> Any:
        (r0, a0, k0), (r1, a1, k1) = ((typed(x) for x in side) for side in z)
        made = turn(UNINFORMED, (r0, r1), Deal((a0, a1), (k0, k1)), s.frontier, s.rules, jnp)
        talks = s.rules.talks
        new = tuple(flat(talks * made.value[n] + (1.0 - talks) * r)
                    for n, r in enumerate((r0, r1)))
        after = jnp.where(made.agree, 0.0, 1.0)
        return new, _month(after, made.agree, made.offer, None, whole, at)

    def screening_talks(z: Any) -> Any:
        refuse, left, (_, a0, k0), (_, a1, k1) = z
        worths = Worth(typed(refuse), typed(left) * weight, (typed(a1)[:1], typed(a0)[:1]),
                       (typed(k1), typed(k0)))
        done = screen_once(worths, INFORMED, s.frontier, s.rules, jnp)
        month = _month(done.chosen.cutoff, done.chosen.agree, done.chosen.offer, done.rises, whole,
                       at)
        return (flat(done.pool / weight), flat(done.top)), month

    def known_body(values: Any, _: None) -> Any:
        new, month = once(known_talks, theirs(values), never, jnp)
        return new, month

    def body(carry: Any, _: None) -> Any:
        (pool, top), values = carry
        left = once(partial(_fight, plan, s, UNINFORMED), pool, never, jnp)
        refuse = once(partial(_fight, plan, s, INFORMED), top, never, jnp) - s.extra
        none = jnp.zeros_like(s.extra)
        deals: Any = ((none, 1.0 + none, none),) * 2
        if not plan.lasting:
            deals = theirs(values)
            values = once(lambda z: known_talks(z)[0], deals, never, jnp)
        new, month = once(screening_talks, (refuse, left, *deals), never, jnp)
        return (new, values), month

    if plan.known:
        values, months = lax.scan(known_body, start, None, length=plan.horizon)
        first = by_type(values[UNINFORMED], points)[at]
    else:
        side: Any = () if plan.lasting else start
        (values, _), months = lax.scan(body, (start, side), None, length=plan.horizon)
        first = by_type(values[0], points)[at]
    return first, converged, months


def _worth(plan: ResolvePlan, s: Setting, side: int, values: Array) -> tuple[Array, Array, Array]:
    import jax.numpy as jnp

    return fight_or_deal(plan.shape, s.lanes, plan.favours, side, values, jnp)


def _fight(plan: ResolvePlan, s: Setting, side: int, values: Array) -> Array:
    import jax.numpy as jnp

    return fighting_on(plan.shape, s.lanes, plan.favours, side, values, jnp)


def _month(cutoff: Array, agree: Array, offer: tuple[Array, Array], rises: Array | None,
           whole: tuple[int, ...], at: tuple[Any, ...]) -> Month:
    import jax.numpy as jnp

    here = [jnp.broadcast_to(x, whole)[at] for x in offer]
    up = (jnp.full(whole[-1:], -jnp.inf) if rises is None
          else jnp.broadcast_to(rises, (*whole[:-2], whole[-1])).max(axis=(0, 1, 2, 3)))
    return Month(jnp.broadcast_to(cutoff, whole), jnp.broadcast_to(cutoff, whole)[at],
                 jnp.broadcast_to(agree, whole)[at], jnp.stack(here), up)


def forward(plan: ResolvePlan, s: Setting, months: Month, at: tuple[Any, ...]) -> Any:
    """Along the solved path, under the analyst's belief with theta uniform.

    Returns:
        `(month, draw)` mass that settles in a month, mass at war before it, and that mass times
        the mean rank of the types left.
    """
    import jax
    import jax.numpy as jnp
    from jax import lax

    shape, points = plan.shape, plan.cutoffs
    ranks = grid(points, jnp)
    draws = s.block.discount.shape[-1]
    zero = jnp.zeros((*shape.grid, points, draws))
    if plan.known:
        share = jnp.where((ranks == 0.0) | (ranks == 1.0), 0.5, 1.0) / (points - 1)
        begin, middle = share + jnp.zeros((points, draws)), ranks
    else:
        share, begin, middle = ranks, 1.0 * (ranks == 1.0), 0.5 * ranks
    if plan.known:
        share = jnp.ones_like(share)
    here = tuple(zero.at[at].set(begin * s.block.analyst[t]) for t in range(shape.theories))

    def count(arrays: Any, by: Array) -> Array:
        return sum(total((share * by * x).sum(axis=-2)) for x in arrays)

    def refused(x: Array, cutoff: Array) -> Array:
        if plan.known:
            return x * cutoff
        place = cutoff * (points - 1)
        return jnp.stack([(jnp.maximum(0.0, 1.0 - jnp.abs(place - m)) * x).sum(axis=-2)
                          for m in range(points)], axis=-2)

    def body(carry: Any, cutoff: Array) -> Any:
        before, mean = count(carry, 1.0), count(carry, middle)
        talks = s.rules.talks
        fights = [talks * refused(x, cutoff) + (1.0 - talks) * x for x in carry]
        settled = before - count(fights, 1.0)
        later = tuple(by_type(flow(shape, s.lanes.kernels, t,
                                   flat(x) * s.lanes.survival[t], jnp), points)
                      for t, x in enumerate(fights))
        return later, (settled, before, mean)

    window = jax.tree.map(lambda x: x[-plan.months:], months.cutoff)
    record = lax.scan(body, here, window, reverse=True)[1]
    return jax.tree.map(lambda x: x[::-1], record)


def solve_resolve(plan: ResolvePlan, numbers: Numbers, spread: Array, frontier: Offered,
                  at: tuple[Any, ...]) -> dict[str, Any]:
    """One block: what is asked of it at the present state, the draw last."""
    import jax
    import jax.numpy as jnp

    s = setting(plan, numbers, spread, frontier)
    first, converged, months = backward(plan, s, at)
    settled, war, mean = forward(plan, s, months, at)
    window = jax.tree.map(lambda x: x[-plan.months:][::-1], months._replace(cutoff=months.agree))
    return {"value": average(first) if plan.known else first[-1], "converged": converged,
            "settled": settled, "war": war, "mean": mean, "after": window.after,
            "agree": window.agree, "offer": window.offer,
            "rises": jnp.max(months.rises, axis=0)}
