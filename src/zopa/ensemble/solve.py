"""The ensemble: the game solved at every draw, block by block.

A block is a fixed number of draws (the last one filled up with copies), so that each draw goes
through the same compiled program whatever else is computed: the same scenario, seed and draws give
the same bits.  Blocks run on as many threads as there are cores, each block on one.

    numbers -> block -> finish -> backward -> (longer horizon, waits, forward) -> arrays
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache, partial
from typing import Any

import numpy as np

from zopa.agreement import remembered
from zopa.agreement.boundary import Hull
from zopa.agreement.stairs import Offered, Stairs, lengthened
from zopa.core.cancel import go_on
from zopa.core.precision import double_precision
from zopa.core.threads import threads
from zopa.draws.sobol import Draws
from zopa.ensemble.frictions import Friction, frontier, without
from zopa.ensemble.gather import gather, gather_outlook
from zopa.ensemble.numbers import chunk
from zopa.ensemble.problem import Problem, build
from zopa.ensemble.result import WAITS, Ensemble, Outlook
from zopa.ensemble.space import from_scenario, positions
from zopa.scenario.schema import Scenario
from zopa.war.lattice import Shape

Progress = Callable[[int, int], None]
State = tuple[Any, Any, Any, Any]
LANES = {"cpu": 16}
WIDE = 1024
"""Draws a block on an accelerator."""
EDGES = 4
"""The number of a frontier's lines is rounded up to a multiple of this: fewer programs."""


class Parts(Flag):
    """What to compute beyond the solved game at the present state.

    DEALS is the part of TIMING that says when a deal is made and on which terms, alone.
    """

    BARGAIN = auto()
    DOUBLED = auto()
    TIMING = auto()
    WAITING = auto()
    OUTLOOK = auto()
    DEALS = auto()
    ALL = BARGAIN | DOUBLED | TIMING | WAITING | OUTLOOK


@dataclass(frozen=True)
class Plan:
    """What is compiled once and runs on every block, from whatever present state.

    `favours` matters only where the window's ends are absorbing; held ends have 0, so that
    exchanging the sides needs no second program.
    """

    shape: Shape
    grid_step: float
    favours: int
    horizon: int
    outlook: int
    waits: tuple[int, ...]
    parts: Parts


def solve_ensemble(scenario: Scenario, draws: Draws, parts: Parts = Parts.ALL,
                   progress: Progress | None = None, lanes: int | None = None,
                   frictions: Friction = Friction.ALL,
                   workers: ThreadPoolExecutor | None = None) -> Ensemble:
    """Solve the game at every draw.

    1. Turn the draws into the lattice's numbers and the frontier at every position.
    2. For each block: W, the game backwards over `war.horizon` months, and the parts asked for.
    3. Put the blocks together; utilities of the real packages at the present position.

    Args:
        scenario: a checked scenario with a war block (levers applied, if any).
        draws: samples of its numbers.
        parts: what to compute; what is left out is None in the result.
        progress: called with (draws done, draws in all).
        lanes: draws a block; by default 16 on a CPU (the arrays of one axis stay in a core's
            cache) and 1,024 on an accelerator.  Answers do not depend on it.
        frictions: those of the scenario that are not switched off (`zopa.ensemble.frictions`).
        workers: threads to run the blocks on; new ones by default.

    Raises:
        InputError: no war block, or hazards above 1.
    """
    double_precision()
    problem, war = without(build(scenario, draws, Parts.DOUBLED in parts), frictions), scenario.war
    assert war is not None
    space = from_scenario(scenario, draws.values)
    plan = Plan(problem.shape, problem.grid_step, _favours(problem), war.horizon, war.outlook,
                _waits(war.window), parts)
    pieces = _run(plan, problem, frontier(scenario, space, frictions), len(draws), progress, lanes,
                  workers)
    x = float(positions(scenario)[problem.present[1]])
    packages = remembered.packages(space)
    return gather(pieces, problem=problem, window=war.window, plan=plan,
                  rare=scenario.thresholds.rare, weight=draws.weight, packages=packages,
                  utilities=remembered.utilities(space, packages, x))


def solve_outlook(scenario: Scenario, draws: Draws, progress: Progress | None = None) -> Outlook:
    """The war with no deal ever, at every draw; nothing of the game is solved."""
    double_precision()
    problem, war = build(scenario, draws, alternatives=False), scenario.war
    assert war is not None
    flat = Hull(*(np.zeros((2, 1, 1, len(draws))),) * 2, *(np.zeros((2, 1, len(draws))),) * 2)
    plan = Plan(problem.shape, problem.grid_step, _favours(problem), 1, war.outlook,
                _waits(war.window), Parts.OUTLOOK)
    pieces = _run(plan, problem, flat, len(draws), progress)
    return gather_outlook(pieces, problem, war.window)


def _favours(problem: Problem) -> int:
    return problem.favours if problem.shape.absorbing else 0


def _waits(window: int) -> tuple[int, ...]:
    return tuple(sorted({*WAITS, window}))


def _run(plan: Plan, problem: Problem, frontier: Offered, draws: int,
         progress: Progress | None, lanes: int | None = None,
         workers: ThreadPoolExecutor | None = None) -> list[dict[str, Any]]:
    """Every block through the compiled program; results as NumPy arrays, in order."""
    import jax

    lanes = lanes or LANES.get(jax.default_backend(), WIDE)
    program = compiled(plan)
    frontier = rounded(frontier)
    blocks = list(blocks_of(draws, lanes))
    done = 0

    def one(index: np.ndarray) -> dict[str, Any]:
        part = jax.tree.map(lambda x: x[..., index], frontier)
        result = program(chunk(problem.numbers, index), part, problem.present, problem.past)
        return jax.tree.map(np.asarray, result)

    pieces = []
    with nullcontext(workers) if workers else ThreadPoolExecutor(threads()) as pool:
        asked = [pool.submit(one, index) for index in blocks]
        try:
            for index, future in zip(blocks, asked, strict=True):
                piece, real = future.result(), min(lanes, draws - done)
                pieces.append(jax.tree.map(lambda x, n=real: x[..., :n], piece))
                done += len(index) if real == lanes else real
                go_on()
                if progress is not None:
                    progress(done, draws)
        finally:
            for future in asked:  # where it was dropped: what has begun still ends
                future.cancel()
    return pieces


def blocks_of(draws: int, lanes: int) -> Iterator[np.ndarray]:
    """Indices of each block's draws; the last block is filled up with its last draw."""
    for first in range(0, draws, lanes):
        yield np.minimum(np.arange(first, first + lanes), draws - 1)


def rounded(frontier: Offered) -> Offered:
    """A length that few programs serve: copies of the flat line up to a multiple of `EDGES` lines,
    of the last package up to a power of two."""
    if isinstance(frontier, Stairs):
        return lengthened(frontier, 1 << (frontier.points.shape[1] - 1).bit_length())
    assert isinstance(frontier, Hull)
    missing = -frontier.intercept.shape[1] % EDGES
    pad = [(0, 0), (0, missing), (0, 0), (0, 0)]
    intercept = np.concatenate(
        [frontier.intercept, np.repeat(frontier.high[:, None], missing, axis=1)], axis=1)
    return frontier._replace(intercept=intercept, slope=np.pad(frontier.slope, pad))


@lru_cache(maxsize=32)
def compiled(plan: Plan) -> Callable[..., dict[str, Any]]:
    """The program of a plan, compiled when it first runs."""
    import jax

    return jax.jit(partial(solve_block, plan))


def solve_block(plan: Plan, numbers: Any, frontier: Offered, at: tuple[Any, ...],
                past: tuple[Any, Any, Any]) -> dict[str, Any]:
    """Everything asked for of one block, at the present state `at`; arrays with the draw last.

    Args:
        past: cells, momentum and joint support of the recorded states.
    """
    import jax
    import jax.numpy as jnp

    from zopa.ensemble.backward import backward, longer, shut
    from zopa.ensemble.block import prepare
    from zopa.ensemble.forward import (
        along_path,
        no_deal,
        outcome,
        start,
    )

    shape, favours, parts = plan.shape, plan.favours, plan.parts
    block = prepare(shape, plan.grid_step, numbers, frontier, jnp)
    mass = start(shape, block, at)
    out: dict[str, Any] = {}
    solved = None
    if Parts.BARGAIN in parts:
        solved = backward(shape, plan.horizon, favours, bool(parts & (Parts.TIMING | Parts.DEALS)),
                          Parts.WAITING in parts, at, past, block)
        out["bargain"] = _at_present(solved, at)
        out["floor"] = jnp.stack(block.rules.floor)
        if Parts.DOUBLED in parts:
            agree = jnp.stack([turn.agree for turn in solved.first.turns])
            out["doubled"] = longer(shape, plan.horizon, favours, block, solved.value, agree, at)
        if solved.months is not None:
            after, path = along_path(shape, favours, block, mass, solved.months)
            if Parts.TIMING in parts:
                out["timing"] = {"path": path, "outcome": outcome(block, path, after,
                                                                  solved.by_theory)}
            else:  # what is not handed out is not computed
                out["deals"] = {"deal": path.deal, "terms": path.terms}
    if Parts.WAITING in parts and solved is not None:
        out["shut"] = shut(shape, max(plan.waits), favours, block, solved.value, at)
    if Parts.WAITING in parts or Parts.OUTLOOK in parts:
        # one program for the months in which a wait may end, one for the rest
        first = max(plan.waits)
        last = max(plan.outlook, first) if Parts.OUTLOOK in parts else first
        if Parts.WAITING not in parts:  # nobody asks what the sides then believe
            shape, block = shape.without_beliefs(), block._replace(kernels=block.kernels.forget())
            mass = start(shape, block, (0, *at[1:]))
        here, record, seen = no_deal(shape, favours, first, block, mass, solved)
        if last > first:
            _, rest, _ = no_deal(shape, favours, last - first, block, here, None)
            record = jax.tree.map(lambda x, y: jnp.concatenate([x, y]), record, rest)
        out["war"], out["waits"] = record, seen
    out["analyst"] = block.analyst
    return out


def _at_present(solved: Any, at: tuple[Any, ...]) -> dict[str, Any]:
    import jax.numpy as jnp

    first = solved.first
    return {
        "value": jnp.stack([v[at] for v in solved.value]),
        "reservation": jnp.stack([r[at] for r in first.reservation]),
        "finish": jnp.stack([w[at] for w in solved.finish]),
        "agree": jnp.stack([turn.agree for turn in first.turns]),
        "offer": jnp.stack([jnp.stack(turn.offer) for turn in first.turns]),
        "deal_weight": jnp.stack(first.deal.weight),
        "deal_constant": jnp.stack(first.deal.constant),
        "converged": solved.converged,
        "past": jnp.zeros((1, 0, 1)) + 0.0 * solved.converged if first.past is None else first.past}
