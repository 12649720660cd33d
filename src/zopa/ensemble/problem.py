"""From a scenario and its draws to the numbers of the lattice.

1. Regimes: momentum's rows in every combination of support levels and every theory, the patrons'
   chains in every theory (`zopa.war.regimes` has the equations).
2. Hazards and costs: base x factor of momentum x factors of support x exp(g x), x the position in
   [-1, 1] towards the end that `war.position.favours` names; a theory multiplies hazards.  A cost
   that its side alone knows is added at the middle of its range (`zopa.ensemble.screening` asks
   what it does to be the only one who knows it).
3. Beliefs: each side's prior log-odds on the first theory, the analyst's probability of it.
4. Talks that fail for reasons outside the model are talks not held: lambda = rate (1 - failure).
5. Where patrons who choose stop (`zopa.ensemble.patron`).
6. Floors: the higher of the one stated and the one that follows from groups with a veto
   (`zopa.ensemble.floors`).

Cells run as in the scenario's file, from the low to the high end of the position, whichever side
is A: exchanging the sides exchanges the entries of the party axis and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import InputError
from zopa.core.errors import Problem as Fault
from zopa.draws.sobol import Draws
from zopa.ensemble.deciders import deciders
from zopa.ensemble.floors import floors
from zopa.ensemble.numbers import Numbers
from zopa.ensemble.past import recorded
from zopa.ensemble.patron import Choices, decide
from zopa.ensemble.reach import reach
from zopa.scenario.schema import ByRegime, Scenario, Theory, War
from zopa.war.lattice import Shape
from zopa.war.regimes import (
    Patron,
    exponent,
    favour_sign,
    momentum_rows,
    rows,
    tilted,
    upward,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Problem:
    """The lattice of a scenario at every draw.

    Attributes:
        shape: sizes.
        numbers: probabilities, costs and the rest.
        grid_step: of the log-likelihood ratio.
        present: `(belief, cell, momentum, support)`, indices of the present state.
        favours: index of the party for whom a higher cell is better.
        patrons: names, in the order of the support chains.
        levels: present level of each patron.
        past: cells, momentum and joint support of the recorded states.
        choices: where patrons stop; None where no patron chooses.
    """

    shape: Shape
    numbers: Numbers
    grid_step: float
    present: tuple[int, int, int, int]
    favours: int
    patrons: tuple[str, ...]
    levels: tuple[int, ...]
    past: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    choices: Choices | None = None


def build(scenario: Scenario, draws: Draws, alternatives: bool = True) -> Problem:
    """The numbers of the lattice at every draw, with the floors that follow from veto groups.

    Args and errors as `lattice`.
    """
    problem = lattice(scenario, draws, alternatives)
    numbers = problem.numbers
    if any(party.groups for party in scenario.parties.values()):
        floor = np.maximum(numbers.floor, floors(scenario, draws, problem).floor)
        problem = replace(problem, numbers=numbers._replace(floor=floor))
    return problem


def lattice(scenario: Scenario, draws: Draws, alternatives: bool = True) -> Problem:
    """The numbers of the lattice at every draw; floors are the stated ones alone.

    Args:
        scenario: a checked scenario with a war block.
        draws: samples of its numbers.
        alternatives: whether patrons who choose are asked for other solutions too.

    Raises:
        InputError: hazards of both sides above 1 together, or an even number of belief points.
    """
    war = _war(scenario)
    value = _Values(draws)
    sides = scenario.belligerents
    momentum_levels, patrons = tuple(war.momentum.levels), tuple(war.support)
    theories = _theories(war)
    supports = [tuple(war.support[p].levels) for p in patrons]

    favours = [level.favours for level in war.momentum.levels.values()]
    base_rows = rows(momentum_levels, value.table("war.momentum.transitions",
                                                  war.momentum.transitions))
    base_rows = _with_draws(base_rows, 2, value.count)
    chains, conditional = [], []
    base_chains = [
        _with_draws(rows(supports[c], value.table(f"war.support.{p}.transitions",
                                                  war.support[p].transitions)), 2, value.count)
        for c, p in enumerate(patrons)]
    for c, p in enumerate(patrons):
        tilts = [theory is not None and p in theory.support_tilt for _, theory in theories]
        chains.append(np.stack([
            tilted(base_chains[c], upward(len(supports[c])),
                   value[f"war.beliefs.theories.{name}.support_tilt.{p}"])
            if tilt else base_chains[c]
            for (name, _), tilt in zip(theories, tilts, strict=True)])
            if any(tilts) else base_chains[c][None])
    lean = [Patron(base_chains[c],
                   np.stack([value[f"war.support.{p}.levels.{level}.momentum_tilt"]
                             for level in supports[c]]),
                   favour_sign(favours, _supported(scenario, p)))
            for c, p in enumerate(patrons)]
    for name, theory in theories:
        odds = (np.zeros((len(favours), value.count)) if theory is None else
                exponent(favour_sign(favours, theory.favours),
                         value[f"war.beliefs.theories.{name}.momentum_tilt"]))
        table = momentum_rows(base_rows, lean, odds)
        conditional.append(table.reshape(-1, *table.shape[-3:]))
    momentum = np.stack(conditional)
    if all(np.array_equal(momentum[0], other) for other in momentum[1:]):
        momentum = momentum[:1]

    offsets, moves = _moves(war, value)
    factor = np.stack([[value[f"war.beliefs.theories.{name}.hazard_factor.{i}"]
                        if theory is not None and i in theory.hazard_factor
                        else np.ones(value.count) for i in sides] for name, theory in theories])
    numbers = Numbers(
        chains=tuple(chains), momentum=momentum, moves=moves,
        hazard=_by_regime("war.hazards", war.hazards, sides, war, value),
        hazard_slope=np.stack([value[f"war.hazards.{i}.position"] for i in sides]),
        hazard_factor=factor,
        cost=_by_regime("war.costs", war.costs, sides, war, value),
        cost_slope=np.stack([value[f"war.costs.{i}.position"] for i in sides]),
        resolve=np.stack([0.5 * (value[f"war.resolve.{i}.low"] + value[f"war.resolve.{i}.high"])
                          if i in war.resolve else np.zeros(value.count) for i in sides]),
        discount=np.stack([value[f"parties.{i}.discount"] for i in sides]),
        victory=np.stack([value[f"war.terminal.{i}.victory"] for i in sides]),
        defeat=np.stack([value[f"war.terminal.{i}.defeat"] for i in sides]),
        floor=np.stack([value[f"war.floors.{i}.utility"] if i in war.floors
                        else np.full(value.count, -np.inf) for i in sides]),
        spread=_spread(war, sides, value),
        talks=value["war.talks.rate"] * (1.0 - value["war.talks.failure"]),
        proposer=_proposer(war, sides, value),
        enforcement=value["war.enforcement"],
        log_odds=_log_odds(war, sides, value),
        analyst=_analyst(war, value))
    points = war.beliefs.grid_points if war.beliefs else 1
    if points % 2 == 0:
        raise InputError([Fault("war.beliefs.grid_points", f"must be odd, but is {points}",
                                "The present belief is the middle point.")])
    shape = Shape(
        cells=war.position.cells, momentum=len(momentum_levels),
        support=tuple(len(levels) for levels in supports), beliefs=points, offsets=offsets,
        absorbing=war.position.ends == "absorbing", reach=(0,) * (len(patrons) + 2),
        theories=len(theories),
        peace_momentum=(None if war.peace_momentum is None
                        else momentum_levels.index(war.peace_momentum)))
    levels = tuple(supports[c].index(war.support[p].present) for c, p in enumerate(patrons))
    present = (points // 2, war.position.present_cell,
               momentum_levels.index(war.momentum.present),
               int(np.ravel_multi_index(levels, shape.support)) if levels else 0)
    step = war.beliefs.grid_step if war.beliefs else 1.0
    problem = Problem(shape, numbers, step, present, sides.index(war.position.favours), patrons,
                      levels, recorded(scenario))
    problem = replace(problem, shape=replace(shape, reach=reach(numbers, shape, step)))
    if (found := deciders(scenario, value)) is None:
        return problem
    choices = decide(problem.shape, numbers, problem.favours, *found, alternatives)
    return replace(problem, numbers=numbers._replace(stop=choices.stop), choices=choices)


class _Values:
    """Drawn values by path; a default of the schema that the walk left out counts as known."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self.count = len(draws)

    def __getitem__(self, path: str) -> Floats:
        return np.asarray(self._draws.values[path], dtype=float)

    def table(self, prefix: str, nested: Any) -> dict[Any, dict[Any, Floats]]:
        """source -> target -> samples, for a nested mapping of numbers."""
        return {a: {b: self[f"{prefix}.{a}.{b}"] for b in row} for a, row in nested.items()}


def _war(scenario: Scenario) -> War:
    if scenario.war is None:
        raise InputError([Fault("war", "is missing, so there is no value of fighting on",
                                "Add a war block, or ask `zone` alone.")])
    return scenario.war


def _theories(war: War) -> list[tuple[str, Theory | None]]:
    return list(war.beliefs.theories.items()) if war.beliefs else [("", None)]


def _supported(scenario: Scenario, patron: str) -> str:
    supported = scenario.parties[patron].supports
    if supported is None:
        raise InputError([Fault(f"parties.{patron}.supports", "is missing",
                                "Name the belligerent that this patron supports.")])
    return supported


def _with_draws(array: Floats, core: int, draws: int) -> Floats:
    """The array with a draw axis at the end."""
    if array.ndim == core:
        array = array[..., None]
    return np.broadcast_to(array, (*array.shape[:-1], draws))


def _moves(war: War, value: _Values) -> tuple[tuple[int, ...], Floats]:
    """Offsets and `(momentum, move, draw)`; what is missing to 1 stays."""
    changes = [change for row in war.position.moves.values() for change in row]
    offsets = tuple(range(min([0, *changes]), max([0, *changes]) + 1))
    moves = np.zeros((len(war.momentum.levels), len(offsets), value.count))
    for m, level in enumerate(war.momentum.levels):
        for change in war.position.moves.get(level, {}):
            if change != 0:
                moves[m, offsets.index(change)] = value[f"war.position.moves.{level}.{change}"]
        moves[m, offsets.index(0)] = 1.0 - moves[m].sum(axis=0)
    return offsets, moves


def _by_regime(prefix: str, table: dict[str, ByRegime], sides: tuple[str, ...], war: War,
               value: _Values) -> Floats:
    """base x factors of momentum and support, `(party, momentum, support, draw)`."""
    result = []
    for i in sides:
        spec, path = table[i], f"{prefix}.{i}"
        momentum = np.stack([value[f"{path}.momentum.{m}"] if m in spec.momentum
                             else np.ones(value.count) for m in war.momentum.levels])
        support = np.ones((1, value.count))
        for patron, chain in war.support.items():
            factors = spec.support.get(patron, {})
            own = np.stack([value[f"{path}.support.{patron}.{level}"] if level in factors
                            else np.ones(value.count) for level in chain.levels])
            support = (support[:, None] * own[None]).reshape(-1, value.count)
        result.append(value[f"{path}.base"] * momentum[:, None] * support[None])
    return np.stack(result)


def _spread(war: War, sides: tuple[str, ...], value: _Values) -> Floats | None:
    """`(party, draw)`: of uncertain ratification, 0 where a floor is a wall; None if both are."""
    uncertain = [i for i in sides if i in war.floors and war.floors[i].spread is not None]
    if not uncertain:
        return None
    return np.stack([value[f"war.floors.{i}.spread"] if i in uncertain
                     else np.zeros(value.count) for i in sides])


def _proposer(war: War, sides: tuple[str, ...], value: _Values) -> Floats:
    """Probability that side A proposes."""
    given = [i for i in sides if i in war.talks.proposer]
    if not given:
        return np.full(value.count, 0.5)
    share = value[f"war.talks.proposer.{given[0]}"]
    return share if given[0] == sides[0] else 1.0 - share


def _log_odds(war: War, sides: tuple[str, ...], value: _Values) -> Floats:
    if war.beliefs is None:
        return np.zeros((2, value.count))
    tiny = 1e-12
    priors = [np.clip(value[f"war.beliefs.prior.{i}"], tiny, 1.0 - tiny) for i in sides]
    return np.stack([np.log(p) - np.log1p(-p) for p in priors])


def _analyst(war: War, value: _Values) -> Floats:
    if war.beliefs is None:
        return np.ones((1, value.count))
    first = value["war.beliefs.prior.analyst"]
    return np.stack([first, 1.0 - first])
