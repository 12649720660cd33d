"""Solve a war: the one public entry to the engine.

    solution = solve(war, frontier=Frontier.pie(), horizon=None)

A solve never raises on numerics: what it found and how far it can be trusted is its status.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from zopa.agreement.boundary import Steps
from zopa.agreement.frontier import AnyFrontier, Frontier, StateFrontier
from zopa.bargaining import horizon as finite
from zopa.bargaining import stationary
from zopa.bargaining.arrays import Game, Sizes, as_game
from zopa.bargaining.finish import ceiling, finish
from zopa.bargaining.solution import Solution, assemble
from zopa.core.errors import ArgumentError
from zopa.core.precision import double_precision
from zopa.core.status import Status
from zopa.war.table import MarkovWar

# tolerance of ties, as a share of the frontier's range
EXACT_TIES = 1e-12
LIMIT_TIES = 1e-9

PIE = Frontier.pie()


def solve(war: MarkovWar, frontier: AnyFrontier = PIE, horizon: int | None = None, *,
          present: int | Sequence[int] | None = None) -> Solution:
    """Solve the game of one war.

    Args:
        war: the war, as a table of moves.
        frontier: what can be agreed; utilities are annuity values.
        horizon: number of bargaining periods before a fight to the finish (unique); None for
            stationary solutions (see `zopa.bargaining.stationary`).
        present: the state, or states, whose answers a horizon up to twice as long must not
            change; all of them if None.  Only used with a horizon.

    Returns:
        The solution with its status; other solutions found are its `alternatives`.

    Raises:
        ArgumentError: an argument of the wrong kind, or sizes that do not fit.
    """
    _check_kinds(war, frontier)
    if war.ratification_spread is not None and isinstance(frontier.boundary(), Steps):
        raise ArgumentError("Argument `frontier` must be concave where `ratification_spread` is "
                            "given: mixtures of packages. Use Frontier(vertices).")
    if horizon is None:
        return _stationary(war, frontier)
    if isinstance(horizon, bool) or not isinstance(horizon, (int, np.integer)) or horizon < 1:
        raise ArgumentError(f"Argument `horizon` must be a whole number >= 1 or None, but is "
                            f"{horizon!r}.")
    return _finite(war, frontier, int(horizon), _present(present, war.n_states))


def _finite(war: MarkovWar, frontier: AnyFrontier, horizon: int, present: Any) -> Solution:
    double_precision()
    game, sizes = as_game(war, frontier, EXACT_TIES)
    end = finish(war)
    result = finite.backward(game, sizes.pad(end), horizon)
    flags = np.zeros(sizes.padded, dtype=bool)
    flags[present] = True
    sensitive = finite.sensitive(game, result, horizon, flags)
    status = Status.HORIZON_SENSITIVE if sensitive else Status.CONVERGED
    return assemble(war, sizes, end, result.reservation, result.first, status, horizon=horizon,
                    plans=result.plans)


def _stationary(war: MarkovWar, frontier: AnyFrontier) -> Solution:
    double_precision()
    game, sizes = as_game(war, frontier, LIMIT_TIES)
    end = finish(war)
    found = _found(war, frontier, game, sizes, end)
    built: list[Solution] = []
    for each in reversed(found):
        alternatives = tuple(reversed(built)) if each is found[0] else ()
        r, period = finite.look(game, each.value)
        built.append(assemble(war, sizes, end, r, period, each.status, alternatives))
    return built[-1]


def _found(war: MarkovWar, frontier: AnyFrontier, game: Game, sizes: Sizes,
           end: Any) -> list[stationary.Found]:
    lower = sizes.pad(end)
    if war.permanent:
        upper = sizes.pad(ceiling(war, frontier))
        if not war.has_outside_options and war.ratification_spread is None:
            return stationary.permanent_solutions(game, lower, upper)
    high = np.asarray(frontier.boundary().high)
    peace = sizes.pad(np.broadcast_to(high, (2, war.n_states)))
    starts = [lower, peace]
    if not war.permanent:
        return stationary.other_solutions(game, starts, Status.CYCLE)
    starts += [np.stack([lower[0], upper[1]]), np.stack([upper[0], lower[1]])]
    return stationary.other_solutions(game, starts, Status.NOT_SETTLED)


def _check_kinds(war: Any, frontier: Any) -> None:
    if not isinstance(war, MarkovWar):
        raise ArgumentError(f"Argument `war` must be a MarkovWar, but is a {type(war).__name__}.")
    if not isinstance(frontier, (Frontier, StateFrontier)):
        raise ArgumentError("Argument `frontier` must be a Frontier, but is a "
                            f"{type(frontier).__name__}. Use Frontier(vertices), Frontier.pie(), "
                            "Frontier.packages(points) or Frontier.by_state([...]).")


def _present(present: int | Sequence[int] | None, n: int) -> Any:
    if present is None:
        return np.arange(n)
    states = np.atleast_1d(np.asarray(present))
    if not np.issubdtype(states.dtype, np.integer) or (states < 0).any() or (states >= n).any():
        raise ArgumentError(f"Argument `present` must be states from 0 to {n - 1}, but is "
                            f"{present!r}.")
    return states
