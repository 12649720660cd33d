"""One block of draws on the lattice: everything one period of the war and the game needs.

A `Block` holds the kernels, costs, terminals, beliefs and the frontier of a few dozen draws, the
draw last so that it fills the vector lanes.  All functions here are pure and traced by JAX; with
`xp = numpy` the same code runs without it, which is the plain version that speed is measured
against.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from zopa.agreement.boundary import Hull
from zopa.agreement.stairs import Offered
from zopa.bargaining.step import Deal, Period, Rules, enforced, step
from zopa.core.once import once
from zopa.ensemble.numbers import Numbers, hazards, scaled
from zopa.war.lattice import (
    Kernels,
    Shape,
    expect,
    fought_through,
    increments,
    reopened,
    split,
    supported,
    weights,
)

Array = Any
Ends = tuple[Any, Any] | None
Kept_ = TypeVar("Kept_")
TIES = 1e-12


class Block(NamedTuple):
    """The lattice of a few draws, ready for the recursions.

    Attributes:
        kernels: probabilities.
        survival: `(theory, cell, momentum, support, draw)`, neither side collapses.
        collapse: `(theory, party, cell, momentum, support, draw)`, that party collapses.
        cost: `(party, cell, momentum, support, draw)`.
        victory, defeat: `(party, draw)`.
        discount: `(party, draw)`.
        belief: `(party, belief, draw)`, each side's weight on the first theory.
        analyst: `(theory, draw)`.
        frontier: with axes `(party, edge or package, cell, 1, 1, draw)`.
        rules: talks, proposer, floors.
        enforcement: `(draw,)`.
    """

    kernels: Kernels
    survival: Array
    collapse: Array
    cost: Array
    victory: Array
    defeat: Array
    discount: Array
    belief: Array
    analyst: Array
    frontier: Offered
    rules: Rules
    enforcement: Array


def prepare(shape: Shape, grid_step: float, numbers: Numbers, frontier: Offered, xp: Any) -> Block:
    """Expand compact numbers into whole-lattice arrays.

    Args:
        shape: the lattice.
        grid_step: step of the log-likelihood ratio.
        numbers: of the block's draws.
        frontier: `(party, edge or package, cell, draw)`.
        xp: `numpy` or `jax.numpy`.
    """
    collapse = hazards(numbers, shape.cells, xp)
    survival = 1.0 - collapse.sum(axis=1)
    def taught(chain: Array, axis: int) -> Array:
        return weights(chain, shape.reach[axis], grid_step, shape.beliefs, xp)

    chains = tuple(taught(chain, c) for c, chain in enumerate(numbers.chains))
    seen = None
    if shape.reach[-1]:
        moved = increments(survival[0], survival[1], grid_step, shape.beliefs, xp)
        seen = split(moved, shape.reach[-1], xp)
    kernels = Kernels(
        support=chains,
        momentum=xp.moveaxis(taught(numbers.momentum, len(chains)), 2, 4),
        moves=xp.swapaxes(numbers.moves, 0, 1), survival=seen, stop=numbers.stop)
    learning = shape.theories == 2 and shape.beliefs > 1
    grid = (xp.arange(shape.beliefs) - shape.beliefs // 2) * grid_step
    odds = numbers.log_odds[:, None, :] + grid[None, :, None]
    belief = 1.0 / (1.0 + xp.exp(-odds)) if learning else xp.ones_like(odds)
    spread = type(frontier)(*(part[..., None, None, :] for part in frontier))
    nothing = -xp.inf
    return Block(
        kernels=kernels, survival=survival, collapse=collapse,
        cost=scaled(numbers.cost, numbers.cost_slope, shape.cells, xp)
        + numbers.resolve[:, None, None, None, :],
        victory=numbers.victory, defeat=numbers.defeat, discount=numbers.discount, belief=belief,
        analyst=numbers.analyst, frontier=spread,
        rules=Rules(proposer=numbers.proposer, talks=numbers.talks,
                    floor=(numbers.floor[0], numbers.floor[1]), outside=(nothing, nothing),
                    ties=TIES, spread=(None if numbers.spread is None
                                       else (numbers.spread[0], numbers.spread[1]))),
        enforcement=numbers.enforcement)


def ends(shape: Shape, block: Block, favours: int, i: Array, xp: Any) -> Ends:
    """Party i's utilities beyond absorbing ends, `(low, high)`; None where ends are held.

    Args:
        i: 0 or 1, also one known only at run time.
    """
    if not shape.absorbing:
        return None
    mine = i == favours
    high = xp.where(mine, block.victory[i], block.defeat[i])
    low = xp.where(mine, block.defeat[i], block.victory[i])
    return low, high


def spoils(block: Block, t: Array, i: Array) -> Array:
    """Expected terminal utility of party i from a collapse this period, under theory t."""
    return (block.collapse[t, i] * block.defeat[i] + block.collapse[t, 1 - i] * block.victory[i])


def fought(shape: Shape, block: Block, favours: int, i: Array, t: Array, values: Array,
           xp: Any) -> Array:
    """-c_i + delta_i E_t[next], for one party under one theory taken as true."""
    ahead, = expect(shape, block.kernels, values, ends(shape, block, favours, i, xp), xp, (t,))
    return -block.cost[i] + block.discount[i] * (
        block.survival[t] * ahead + spoils(block, t, i))


def fighting_on(shape: Shape, block: Block, favours: int, i: int, values: Array,
                xp: Any) -> Array:
    """r_i = -c_i + delta_i E_i[V_i(s')], with i's own posterior over the theories."""
    ahead = expect(shape, block.kernels, values, ends(shape, block, favours, i, xp), xp)
    worth = [block.survival[t] * x + spoils(block, t, i) for t, x in enumerate(ahead)]
    return -block.cost[i] + block.discount[i] * mixed(block, i, worth)


def mixed(block: Block, i: int, by_theory: list[Array]) -> Array:
    """i's expectation over the theories at each belief of the grid."""
    if len(by_theory) == 1:
        return by_theory[0]
    weight = block.belief[i][:, None, None, None]
    return weight * by_theory[0] + (1.0 - weight) * by_theory[1]


def fight_or_deal(shape: Shape, block: Block, favours: int, i: int, values: Array,
                  xp: Any) -> tuple[Array, Array, Array]:
    """Party i's r_i, and a_i, K_i of D_i = a_i u_i + K_i; support's expectation is shared."""
    outside = ends(shape, block, favours, i, xp)
    fight, peace = [], []
    for t, x in supported(shape, block.kernels, values, xp, range(shape.theories)):
        ahead = fought_through(shape, block.kernels, t, x, outside, xp)
        fight.append(block.survival[t] * ahead + spoils(block, t, i))
        peace.append(reopened(shape, x, xp))
    r = -block.cost[i] + block.discount[i] * mixed(block, i, fight)
    return r, *enforced(block.discount[i], block.enforcement, mixed(block, i, peace))


def _fight_or_deal(shape: Shape, block: Block, favours: int, i: int, xp: Any,
                   values: Array) -> tuple[Array, Array, Array]:
    return fight_or_deal(shape, block, favours, i, values, xp)


class Played(NamedTuple):
    """One period solved: r, the deal's worth, and the outcome of the talks."""

    reservation: tuple[Array, Array]
    deal: Deal
    period: Period


class Kept(NamedTuple):
    """A frontier whose evaluation is stored: five quantities are made from every offer."""

    frontier: Offered

    @property
    def low(self) -> Array:
        """`(party, ...)`, min F."""
        return self.frontier.low

    @property
    def high(self) -> Array:
        """`(party, ...)`, max F."""
        return self.frontier.high

    def offer(self, i: int, x: Array, xp: Any, ties: Array = TIES) -> tuple[Array, Array]:
        """As that of the frontier."""
        frontier = self.frontier
        return once(lambda y: frontier.offer(i, y, xp, ties), x, frontier.low[0, 0, 0, 0, 0], xp)

    def fall(self, i: int, x: Array, xp: Any) -> Array:
        """As that of the frontier, which is then a hull."""
        assert isinstance(self.frontier, Hull)
        return self.frontier.fall(i, x, xp)


def play(shape: Shape, block: Block, favours: int, values: tuple[Array, Array],
         keep: Callable[[Played], Kept_], xp: Any) -> Kept_:
    """One period of the game in every state: model steps 0-4.

    Args:
        values: V `(A, B)` of the next period, each `(belief, cell, momentum, support, draw)`.
        keep: what is kept of the period; what it leaves out is never stored.
    """
    never = block.enforcement[0]
    (r, a, k), (q, b, m) = (
        once(partial(_fight_or_deal, shape, block, favours, i, xp), values[i], never, xp)
        for i in (0, 1))

    def talks(z: tuple[tuple[Array, Array], Deal]) -> Kept_:
        return keep(Played(z[0], z[1], step(z[0], z[1], Kept(block.frontier), block.rules, xp)))

    kept: Kept_ = once(talks, ((r, q), Deal((a, b), (k, m))), never, xp)
    return kept
