r"""Patrons who choose: where, on the lattice, support no longer pays, at every draw.

Patron c's own problem is solved in the war that is fought to the finish (no deals), on (cell,
momentum, joint support) without beliefs: it does not learn, and reckons with the analyst's mean
over the theories of every probability.  W(k, m, s) is what a period that begins there is worth to
it, cost_c its cost of its own level:

    W(k, m, s)  = -cost_c(s_c) + delta_c { h_other victory_c + h_own defeat_c
                                           + (1 - h_own - h_other) E[U(k', m', s)] }
    U(k', m', s) = max{ E[W(k', m', lowest, s'_-c)],  E[W(k', m', s'_c, s'_-c)] },

h the hazards of collapse of the supported and of the other side.  Position and momentum move first;
all patrons who choose then decide at once, upon them and upon the present levels s.  To stop is to
be at the lowest level next period, whatever the present one; else the level moves by the patron's
chain.  The patron chooses anew every period: one who stopped stays at the lowest level while the
war stays in its stopping set, and outside it comes back as its chain brings it back.  Ties support.

1. From "all support wherever they may", the patrons improve their policies in turn: the value of
   the present policies solves a linear system, and each supports where that is worth as much as
   stopping (policy iteration).
2. Repeat until nobody changes: each policy is then a best response to the others.
3. With several patrons, the same from "all stop".  Where the two differ the draw is not unique (no
   uniqueness is claimed where they agree either), and the first is used.  A draw that comes back to
   policies that it had before, or does not come to rest in `ROUNDS` turns, is a cycle; its last
   policies are used.

A patron with veto groups stops where any of them would: each group solves the problem as if it
alone decided, with its factor on the cost.

Reference: `zopa.war.patron` has the problem of one patron and no regimes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.core.precision import double_precision
from zopa.core.threads import threads
from zopa.ensemble.finish import never_agree
from zopa.ensemble.numbers import Numbers, hazards
from zopa.war.lattice import Kernels, Shape, after_supports, fought_through

Array = Any
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
ROUNDS = 40
"""Improvements of every decider's policy, at most."""
TURNS = 2
"""Of them before the draws that have come to rest are left out."""
TIES = 1e-7
"""Of the largest prize or cost: support within it of stopping counts as a tie."""
TOLERANCE = 1e-10
"""Residual of a policy's value, of its size: well below a tie."""
LANES = 16
FEW = 4
"""So few are solved one by one: on as many cores, and faster each than side by side."""
REMEMBERED = 32


class Deciders(NamedTuple):
    """Whoever decides upon support: a patron who chooses, or each of its groups with a veto.

    Attributes:
        cost: `(decider, support, draw)`, cost of a period at the patron's level.
        victory, defeat: `(decider, draw)`, utilities of the end of the war.
        discount: `(decider, draw)`.
    """

    cost: Array
    victory: Array
    defeat: Array
    discount: Array


@dataclass(frozen=True)
class Who:
    """What is the same in every draw: `(decider,)` each.

    Attributes:
        patron: index of the support chain.
        side: index of the party that the patron supports.
    """

    patron: tuple[int, ...]
    side: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Choices:
    """Where patrons stop.

    Attributes:
        stop: for each patron `(cell, momentum, support, draw)`; None for one who does not choose.
        unique: `(draw,)`, whether both starts led to the same policies (true with one patron);
            None where only the first was tried.
        settled: `(draw,)`, whether the patrons' answers to one another came to rest.
    """

    stop: tuple[Bools | None, ...]
    unique: Bools | None
    settled: Bools


def mean_numbers(numbers: Numbers) -> Numbers:
    """One theory whose probabilities are the analyst's mean over the theories."""
    def mean(kernel: Any) -> Any:
        if kernel.shape[0] == 1:
            return kernel
        return (numbers.analyst.reshape((-1, *(1,) * (kernel.ndim - 2), kernel.shape[-1]))
                * kernel).sum(axis=0)[None]

    return numbers._replace(
        chains=tuple(map(mean, numbers.chains)), momentum=mean(numbers.momentum),
        hazard_factor=mean(numbers.hazard_factor),
        analyst=np.ones((1, numbers.analyst.shape[-1])))


def plain_kernels(chains: tuple[Array, ...], momentum: Array, moves: Array) -> Kernels:
    """The kernels of the lattice without beliefs, of numbers in JAX."""
    import jax.numpy as jnp

    return Kernels(tuple(chain[:, None] for chain in chains),
                   jnp.moveaxis(momentum[:, None], 2, 4), jnp.swapaxes(moves, 0, 1), None)


def decide(shape: Shape, numbers: Numbers, favours: int, who: Who, deciders: Deciders,
           alternatives: bool = True) -> Choices:
    """Where every patron stops, at every draw.

    Args:
        shape: the lattice.
        numbers: of all draws, with nobody choosing yet.
        favours: index of the party that higher cells favour.
        who, deciders: at least one.
        alternatives: whether to look for others from the second start too (half of the time).
    """
    import jax

    bare = Shape(shape.cells, shape.momentum, shape.support, 1, shape.offsets, shape.absorbing,
                 (0,) * (len(shape.support) + 2), 1)
    plain = mean_numbers(numbers)
    # only what the problem depends on, so that an ensemble which differs elsewhere finds it again
    parts = (plain.chains, plain.momentum, plain.moves, plain.hazard, plain.hazard_slope,
             plain.hazard_factor, deciders)
    key = _digest((bare, favours, who), jax.tree.leaves(parts))
    if key in _FOUND and (_FOUND[key].unique is not None or not alternatives):
        _FOUND.move_to_end(key)
        return _FOUND[key]
    stop, unique, settled = _solved(bare, favours, who, parts, alternatives)
    found = Choices(tuple(stop[c] if c in who.patron else None for c in range(len(shape.support))),
                    unique if alternatives else None, settled)
    _FOUND[key] = found
    if len(_FOUND) > REMEMBERED:
        _FOUND.popitem(last=False)
    return found


def _solved(shape: Shape, favours: int, who: Who,
            parts: tuple[Any, ...], alternatives: bool) -> tuple[Bools, Bools, Bools]:
    """`(patron, cell, momentum, support, draw)`, and whether each draw is unique and settled.

    Both starts of every draw are answered side by side, `TURNS` turns at a time; those that have
    not come to rest go on in blocks of their own, until they are where they were before (a cycle)
    or out of turns.
    """
    import jax

    double_precision()
    program = _compiled(shape, favours, who)
    draws = parts[-1].discount.shape[-1]
    starts = 2 if alternatives and len(set(who.patron)) > 1 else 1
    place = (len(who.patron), shape.cells, shape.momentum, shape.supports)
    answers = np.repeat(np.arange(starts) == 1, draws) & np.ones((*place, 1), dtype=bool)
    values = np.zeros((place[0], 1, *place[1:], starts * draws))
    rests = np.zeros(starts * draws, dtype=bool)
    seen: list[set[bytes]] = [set() for _ in rests]
    left = np.arange(len(rests))
    width = LANES if len(rests) > FEW else 1

    def some(lanes: NDArray[np.int64]) -> list[NDArray[Any]]:
        padded = np.resize(lanes, width)
        some_parts = jax.tree.map(lambda x: x[..., padded % draws], parts)
        found = program(answers[..., padded], values[..., padded], *some_parts)
        return [np.asarray(x)[..., :len(lanes)] for x in found]

    for _ in range(0, ROUNDS, TURNS):
        blocks = [left[first:first + width] for first in range(0, len(left), width)]
        with ThreadPoolExecutor(threads()) as pool:
            for lanes, found in zip(blocks, list(pool.map(some, blocks)), strict=True):
                answers[..., lanes], values[..., lanes], rests[lanes] = found
        again = []
        for lane in left[~rests[left]]:
            digest = hashlib.sha256(np.packbits(answers[..., lane]).tobytes()).digest()
            if digest not in seen[lane]:
                again.append(lane)
            seen[lane].add(digest)
        left = np.array(again, dtype=np.int64)
        if not len(left):
            break
    member = np.array([[p == c for p in who.patron] for c in range(len(shape.support))])
    both = (answers[None] & member[..., None, None, None, None]).any(axis=1)
    first, last = both[..., :draws], both[..., -draws:]
    settled = rests[:draws]
    unique = (first == last).all(axis=(0, 1, 2, 3)) & settled & rests[-draws:]
    return first, unique, settled


_FOUND: OrderedDict[bytes, Choices] = OrderedDict()


def _digest(fixed: object, arrays: list[Floats]) -> bytes:
    found = hashlib.sha256(repr(fixed).encode())
    for array in arrays:
        found.update(repr(array.shape).encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.digest()


@lru_cache(maxsize=32)
def _compiled(shape: Shape, favours: int, who: Who) -> Callable[..., Any]:
    import jax

    return jax.jit(partial(_block, shape, favours, who))


def _block(shape: Shape, favours: int, who: Who, answers: Array, values: Array,
           chains: tuple[Array, ...], momentum: Array, moves: Array, hazard: Array, slope: Array,
           factor: Array, deciders: Deciders) -> tuple[Array, Array, Array]:
    """`TURNS` turns of one block of draws, fewer if all come to rest.

    Args:
        answers: `(decider, cell, momentum, support, draw)`, where each stops to begin with.
        values: `(decider, 1, cell, momentum, support, draw)`, a guess of what that is worth.

    Returns:
        Where each stops now, what it is worth, and `(draw,)` whether they have come to rest.
    """
    import jax.numpy as jnp
    from jax import lax

    part: Any = _Hazards(hazard, slope, factor)
    collapse = hazards(part, shape.cells, jnp)[0]
    survival = 1.0 - collapse.sum(axis=0)
    kernels = plain_kernels(chains, momentum, moves)
    patrons, count = len(shape.support), len(who.patron)
    member = jnp.array([[p == c for p in who.patron] for c in range(patrons)])
    patron, side = jnp.array(who.patron), jnp.array(who.side)
    draws = slope.shape[-1]
    places = (shape.cells, shape.momentum, shape.supports, draws)

    def joint(answers: Array) -> Array:
        """A patron stops where any of its deciders would, `(patron, cell, ...)`."""
        return (answers[None] & member[:, :, None, None, None, None]).any(axis=1)

    def with_stops(stops: Array) -> Kernels:
        return kernels._replace(stop=tuple(stops[c] if c in who.patron else None
                                           for c in range(patrons)))

    level = np.unravel_index(np.arange(shape.supports), shape.support)

    def rows(stops: Array) -> list[Array]:
        """For each joint level its probability next period, `(cell, momentum, support, draw)`."""
        found = []
        for to in np.ndindex(*shape.support):
            row = jnp.ones(places)
            for c, target in enumerate(to):
                goes = chains[c][0][level[c], target]
                row = row * jnp.where(stops[c], float(target == shape.support[c] - 1), goes)
            found.append(row)
        return found

    def improved(p: Array, answers: Array, guess: Array) -> tuple[Array, Array]:
        """One step of policy iteration of decider p: its better policy, the value of the old."""
        cost, discount = deciders.cost[p], deciders.discount[p]
        victory, defeat, own = deciders.victory[p], deciders.defeat[p], side[p]
        spoils = collapse[own] * defeat + collapse[1 - own] * victory
        others, mine = joint(answers), patron[p]       # a group decides as if it were alone
        up = jnp.where(own == favours, victory, defeat)
        down = jnp.where(own == favours, defeat, victory)
        outside = (down, up) if shape.absorbing else None
        ties = TIES * jnp.maximum(jnp.maximum(jnp.abs(victory), jnp.abs(defeat)),
                                  jnp.abs(cost).max(axis=0))
        reached = rows(others.at[mine].set(answers[p]))

        def period(w: Array) -> Array:
            x = sum((row * w[:, :, :, to:to + 1] for to, row in enumerate(reached[1:], 1)),
                    reached[0] * w[:, :, :, :1])
            ahead = fought_through(shape, kernels, 0, x, outside, jnp)
            return -cost + discount * (survival * ahead + spoils)

        w, _ = never_agree(period, guess, guess, TOLERANCE)
        stops, goes = (
            after_supports(shape, with_stops(others.at[mine].set(jnp.full(places, choice))), 0, w,
                           jnp)[0] for choice in (True, False))
        return stops > goes + ties, w

    def in_turn(answers: Array, values: Array) -> tuple[Array, Array]:
        def one(p: Array, state: Any) -> Any:
            now, w = state
            policy, value = improved(p, now, w[p])
            return now.at[p].set(policy), w.at[p].set(value)

        return lax.fori_loop(0, count, one, (answers, values))

    def moving(state: Any) -> Array:
        turn, (now, _), last = state
        return (turn < TURNS) & ((turn == 0) | (now != last).any())

    def next_turn(state: Any) -> Any:
        turn, (now, values), _ = state
        return turn + 1, in_turn(now, values), now

    _, (now, values), last = lax.while_loop(moving, next_turn, (0, (answers, values), answers))
    return now, values, (now == last).all(axis=(0, 1, 2, 3))


class _Hazards(NamedTuple):
    """The part of `Numbers` that hazards are made from."""

    hazard: Array
    hazard_slope: Array
    hazard_factor: Array
