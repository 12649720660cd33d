"""The factorised step under JAX against plainer ways to compute the same numbers.

Both ways run in one process, one after the other, on the same block of draws.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from commands import SCENARIO
from process import line
from solving import size

from zopa import load
from zopa.agreement.hull import hull
from zopa.bargaining import Frontier, solve
from zopa.core.precision import double_precision
from zopa.draws.sobol import sample
from zopa.ensemble.block import Played, play, prepare
from zopa.ensemble.problem import build
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.ensemble.space import from_scenario, positions
from zopa.ensemble.table import as_table, corners
from zopa.scenario.patch import replace_at

BLOCK = 16
REPEATS = 3


def best(call: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, Any]:
    """Seconds of the fastest of some calls, and what it returned."""
    taken, result = [], None
    for _ in range(repeats):
        started = time.perf_counter()
        result = jax.block_until_ready(call())
        taken.append(time.perf_counter() - started)
    return min(taken), result


def values(played: Played) -> tuple[Any, Any]:
    """What one month hands to the month before it."""
    return played.period.value


def numpy_step(quick: bool) -> Iterator[dict[str, Any]]:
    """One block of the demo's lattice: months compiled together, against a loop over NumPy."""
    double_precision()
    scenario, months = load(SCENARIO), 2 if quick else 12
    draws = sample(scenario, BLOCK)
    problem = build(scenario, draws)
    frontier = hull(from_scenario(scenario, draws.values), positions(scenario))
    shape, favours = problem.shape, problem.favours
    start = tuple(np.full((*shape.grid, BLOCK), 0.5) for _ in (0, 1))

    def plain() -> tuple[Any, Any]:
        block = prepare(shape, problem.grid_step, problem.numbers, frontier, np)
        v = start
        for _ in range(months):
            v = play(shape, block, favours, v, values, np)
        return v

    @jax.jit
    def compiled(numbers: Any, lines: Any, v: Any) -> Any:
        block = prepare(shape, problem.grid_step, numbers, lines, jnp)
        return jax.lax.scan(lambda v, _: (play(shape, block, favours, v, values, jnp), None), v,
                            None, length=months)[0]

    fast = partial(compiled, problem.numbers, frontier, start)
    jax.block_until_ready(fast())
    jax_seconds, one = best(fast)
    numpy_seconds, other = best(plain, 1 if quick else REPEATS)
    yield line("times_faster_than_numpy", numpy_seconds / jax_seconds, "ratio",
               numpy_ms_a_draw_and_month=round(1e3 * numpy_seconds / months / BLOCK, 3),
               jax_ms_a_draw_and_month=round(1e3 * jax_seconds / months / BLOCK, 3),
               months=months, draws=BLOCK, largest_difference=difference(one, other),
               lattice=size(scenario))


def table_form(quick: bool) -> Iterator[dict[str, Any]]:
    """A draw of a small lattice in the ensemble, against the table engine that takes any war.

    The demo's scenario without its theories, so that the table (every move of every state written
    out) stays small.  Building the table is not counted.
    """
    double_precision()
    scenario = replace_at(load(SCENARIO), "war.beliefs", None)
    if quick:
        scenario = replace_at(scenario, "war.horizon", 2)
    assert scenario.war is not None
    many = sample(scenario, BLOCK if quick else 8 * BLOCK)
    problem = build(scenario, many)
    lines = hull(from_scenario(scenario, many.values), positions(scenario))
    where = np.unravel_index(np.arange(problem.shape.states), problem.shape.grid)[1]
    cells = [Frontier(vertices) for vertices in corners(problem, lines, 0)]
    frontier = Frontier.by_state([cells[k] for k in where])
    war, horizon = as_table(problem, 0), scenario.war.horizon
    table = partial(solve, war, frontier, horizon=horizon)
    block = partial(solve_ensemble, scenario, many, Parts.BARGAIN)
    table(), block()
    table_seconds, solution = best(table, 1 if quick else REPEATS)
    block_seconds, ensemble = best(block)
    at = int(np.ravel_multi_index(problem.present, problem.shape.grid))
    a_draw = block_seconds / len(many)
    yield line("times_faster_than_table", table_seconds / a_draw, "ratio",
               table_s_a_draw=round(table_seconds, 4), ensemble_s_a_draw=round(a_draw, 4),
               draws=len(many), lattice=size(scenario),
               largest_difference=difference(ensemble.bargain.value[:, 0],
                                             solution.value[:, at]))


def difference(one: Any, other: Any) -> float:
    """The largest absolute difference, with two digits."""
    return float(f"{np.abs(np.asarray(one) - np.asarray(other)).max():.1e}")
