"""Ratification floors that follow from who decides inside a party.

A group accepts what is worth at least its threshold to it, in its own utility:

- `accepts` where the scenario states it;
- else what never agreeing is worth to it.  W_g is fight to the finish at the present state with
  the party's discount, terminals and beliefs and with the party's cost times the group's `cost`; a
  deal is worth D_g(u) = a u + K_g, with the party's a and

      K_g = delta (1 - e) / (1 - delta e) E^P[W_g(s')]:

  what follows a lapse is taken to be fighting to the finish, since a group does not bargain.  So
  the threshold is (W_g - K_g) / a, which is W_g where deals are permanent.  Without a war it is
  the party's `disagreement`.

From the thresholds of the groups with a veto `zopa.agreement.vetoes` makes the floors, along the
frontier at the present position; they are held in every state.  A group without a veto makes no
floor, and nothing is solved for it: its threshold is NaN unless it is stated.

Where ratification by a side is a probability (`war.floors.*.spread`), the floor of its groups, if
it is the higher one, takes the place of the stated one in that probability.

A third party's groups look through the eyes of the side that it `supports` where they have no
values of their own, and their vetoes count for that side.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.boundary import Hull
from zopa.agreement.space import Space
from zopa.agreement.vertices import Vertices, vertices
from zopa.agreement.vetoes import corners, of_groups, stretch
from zopa.core.errors import ArgumentError
from zopa.core.precision import double_precision
from zopa.draws.sobol import Draws
from zopa.ensemble.numbers import Numbers, chunk
from zopa.ensemble.space import from_scenario, positions
from zopa.scenario.decides import Group
from zopa.scenario.schema import Scenario
from zopa.war.lattice import Shape

if TYPE_CHECKING:
    from zopa.ensemble.problem import Problem

Floats = NDArray[np.float64]
LANES = 16
"""Draws a block; answers do not depend on it."""
TIES = 1e-9


@dataclass(frozen=True, eq=False)
class Seat:
    """One group: who it is, and the side for which it counts.

    Attributes:
        party, name: its keys in the scenario.
        group: what the scenario says of it.
        side: index of its party among the sides, or of the side that its party supports.
    """

    party: str
    name: str
    group: Group
    side: int

    @property
    def path(self) -> str:
        """Where its numbers stand."""
        return f"parties.{self.party}.groups.{self.name}"


@dataclass(frozen=True, eq=False)
class GroupFloor:
    """What one group accepts, and the floors that follow from it.

    Attributes:
        seat: the group.
        accepted: `(draw,)`, the least of its own utility that it accepts; NaN where it has no veto
            and states nothing.
        floor: `(party, draw)`, the floors that would follow from this group alone; minus infinity
            where there is none.
        nothing: `(draw,)` bool, it accepts no point of the frontier.
        binds: `(draw,)` bool, it has a veto, and one of its floors cuts something off the frontier
            and is as high as any other, stated ones included.
    """

    seat: Seat
    accepted: np.ndarray
    floor: np.ndarray
    nothing: np.ndarray
    binds: np.ndarray


@dataclass(frozen=True, eq=False)
class GroupFloors:
    """The floors of all groups together.

    Attributes:
        floor: `(party, draw)`, from the groups with a veto; minus infinity where there is none.
        groups: one entry a group, in the order of the scenario.
    """

    floor: np.ndarray
    groups: tuple[GroupFloor, ...]


def seats(scenario: Scenario) -> tuple[Seat, ...]:
    """Every group, in the order of the scenario."""
    sides, found = scenario.sides, []
    for party, spec in scenario.parties.items():
        side = party if party in sides else spec.supports
        for name, group in spec.groups.items():
            if side not in sides:
                raise ArgumentError(f"parties.{party}.supports is missing, so for whom its group "
                                    f"'{name}' decides is open. Name a side.")
            found.append(Seat(party, name, group, sides.index(side)))
    return tuple(found)


def seen(scenario: Scenario, draws: Draws, space: Space, sitting: tuple[Seat, ...]) -> Space:
    """The agreement space as groups see it, a group in the place of each party."""
    issues = list(scenario.issues)
    nothing = np.zeros(len(draws))
    weight = np.array([[draws[f"{seat.path}.weights.{j}"] if j in seat.group.weights else nothing
                        for j in issues] for seat in sitting])
    values = [{int(space.offsets[issues.index(j)]) + list(scenario.issues[j].options).index(o):
               draws[f"{seat.path}.values.{j}.{o}"]
               for j, options in seat.group.values.items() for o in options} for seat in sitting]
    return of_groups(space, [seat.side for seat in sitting],
                     [f"{seat.party}.{seat.name}" for seat in sitting], weight, values)


def accepted(scenario: Scenario, draws: Draws, problem: Problem | None,
             sitting: tuple[Seat, ...]) -> Floats:
    """What each group accepts, `(group, draw)`; NaN for one without a veto that states nothing.

    Args:
        problem: the lattice; None without a war.
    """
    found = np.full((len(sitting), len(draws)), np.nan)
    for n, seat in enumerate(sitting):
        if seat.group.accepts is not None:
            found[n] = draws[f"{seat.path}.accepts"]
        elif seat.group.veto:
            if seat.party not in scenario.sides:
                raise ArgumentError(f"{seat.path}.accepts is missing. State it: a third party "
                                    "fights no war from which it would follow.")
            found[n] = (draws[f"disagreement.{seat.party}"] if problem is None
                        else never_agreeing(problem, seat.side, draws[f"{seat.path}.cost"]))
    return found


def floors(scenario: Scenario, draws: Draws, problem: Problem) -> GroupFloors:
    """The floors of every group at every draw, at the present state.

    1. What each group accepts.
    2. The frontier at the present position, as corner packages, and their utility to each group.
    3. The stretch that each group accepts, and the floors; those of groups with a veto together.

    Args:
        scenario: a checked scenario with a war.
        draws: samples of its numbers.
        problem: the lattice of the same draws.
    """
    sitting, count = seats(scenario), len(draws)
    none = np.full((2, count), -np.inf)
    if not sitting:
        return GroupFloors(none, ())
    space = from_scenario(scenario, draws.values)
    x = float(positions(scenario)[problem.present[1]])
    frontier = corners(space, x) if scenario.frontier == "packages" else vertices(space, x)
    theirs = seen(scenario, draws, space, sitting).utilities(frontier.package, x)
    least = accepted(scenario, draws, problem, sitting)
    # a group that states nothing accepts every corner
    asked = np.where(np.isnan(least), theirs.min(axis=1), least)
    cuts = [stretch(frontier, own, own_least, seat.side, scenario.frontier == "hull")
            for seat, own, own_least in zip(sitting, theirs, asked, strict=True)]
    floor = none
    for seat, cut in zip(sitting, cuts, strict=True):
        if seat.group.veto:
            floor = np.maximum(floor, cut.floor)
    highest = np.maximum(floor, problem.numbers.floor)
    return GroupFloors(floor, tuple(
        GroupFloor(seat, own_least, cut.floor, cut.nothing,
                   seat.group.veto & _binds(cut.floor, highest, frontier))
        for seat, own_least, cut in zip(sitting, least, cuts, strict=True)))


def _binds(own: Floats, highest: Floats, frontier: Vertices) -> NDArray[np.bool_]:
    """`(draw,)`: one of the floors lies above min F and is the highest of its side."""
    low = frontier.utility.min(axis=1)
    binds: NDArray[np.bool_] = ((own > low + TIES) & (own >= highest - TIES)).any(axis=0)
    return binds


def never_agreeing(problem: Problem, side: int, factor: Floats) -> Floats:
    """(W_g - K_g) / a at the present state, `(draw,)`: the utility worth never agreeing.

    Args:
        problem: the lattice.
        side: index of the party.
        factor: `(draw,)`, of the party's cost of war.
    """
    import jax

    double_precision()
    cost, resolve = problem.numbers.cost.copy(), problem.numbers.resolve.copy()
    cost[side], resolve[side] = cost[side] * factor, resolve[side] * factor
    numbers = problem.numbers._replace(cost=cost, resolve=resolve)
    program = _compiled(problem.shape, problem.grid_step,
                        problem.favours if problem.shape.absorbing else 0)
    draws = len(factor)

    def one(first: int) -> Floats:
        index = np.minimum(np.arange(first, first + LANES), draws - 1)
        found = program(chunk(numbers, index), problem.present)
        return np.asarray(jax.tree.map(np.asarray, found))[side, :draws - first]

    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(one, range(0, draws, LANES))))


@lru_cache(maxsize=16)
def _compiled(shape: Shape, grid_step: float, favours: int) -> Any:
    import jax

    return jax.jit(partial(_worth, shape, grid_step, favours))


def _worth(shape: Shape, grid_step: float, favours: int, numbers: Numbers,
           at: tuple[Any, ...]) -> Any:
    """(W - K) / a of both parties at one state, `(party, draw)`, with K from W itself.

    Under each theory W is solved without any learning; by each party's weights on the theories
    these are mixed, which is its expectation of W, beliefs included, since they are a martingale.
    """
    import jax.numpy as jnp

    from zopa.bargaining.step import enforced
    from zopa.ensemble.backward import finish
    from zopa.ensemble.block import prepare
    from zopa.war.lattice import reopened, supported

    draws = numbers.discount.shape[-1]
    edge, side = jnp.zeros((2, 1, shape.cells, draws)), jnp.zeros((2, shape.cells, draws))
    block = prepare(shape, grid_step, numbers, Hull(edge, edge, side, side), jnp)
    by_theory, _ = finish(shape, block, favours)
    bare, kernels = shape.without_beliefs(), block.kernels.forget()
    here = (0, *at[1:])
    found = []
    for i in (0, 1):
        share = block.belief[i][at[0]]
        weights = [share, 1.0 - share][:shape.theories]
        worth, peace = 0.0, 0.0
        for t, weight in enumerate(weights):
            (_, ahead), = supported(bare, kernels, by_theory[i, t], jnp, (t,))
            worth = worth + weight * by_theory[i, t][here]
            peace = peace + weight * reopened(bare, ahead, jnp)[here]
        a, k = enforced(block.discount[i], block.enforcement, peace)
        found.append((worth - k) / a)
    return jnp.stack(found)
