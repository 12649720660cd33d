"""How fast draws are solved, on the lattice of `make demo` and at the size of the aim.

These run in a process of their own (see `run`), whose memory is measured from outside.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from commands import SCENARIO
from process import line

from zopa import load
from zopa.agreement.hull import hull
from zopa.draws.sobol import sample
from zopa.ensemble.problem import build
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.ensemble.space import from_scenario, positions
from zopa.scenario.patch import replace_at
from zopa.scenario.schema import Scenario

AIM_DRAWS, AIM_STATES, AIM_HORIZON, AIM_SECONDS, AIM_MIB = 10_000, 3_000, 60, 90.0, 4096.0


def size(scenario: Scenario) -> dict[str, Any]:
    """The size of a scenario's game."""
    draws = sample(scenario, 16)
    shape = build(scenario, draws).shape
    lines = hull(from_scenario(scenario, draws.values), positions(scenario)).intercept.shape[1]
    assert scenario.war is not None
    return {"cells": shape.cells, "momentum": shape.momentum, "support": list(shape.support),
            "beliefs": shape.beliefs, "states": shape.states, "frontier_lines": lines,
            "horizon": scenario.war.horizon}


def seconds(scenario: Scenario, draws: int, parts: Parts) -> float:
    """Seconds to solve the first so many draws; sampling is not counted, frontiers are."""
    sampled = sample(scenario, 1 << (draws - 1).bit_length()).take(slice(0, draws))
    started = time.perf_counter()
    solve_ensemble(scenario, sampled, parts)
    return time.perf_counter() - started


def draws_per_second(quick: bool) -> Iterator[dict[str, Any]]:
    """Draws a second on the demo's lattice, once compiled; compiling stands beside it."""
    scenario = load(SCENARIO)
    lattice, draws = size(scenario), 32 if quick else 256
    for name, parts in {"bargaining": Parts.BARGAIN, "all_parts": Parts.ALL}.items():
        cold = seconds(scenario, 32, parts)
        warm = seconds(scenario, draws, parts)
        yield line(f"draws_per_second.{name}", draws / warm, "draws/s", draws=draws,
                   first_32_draws_cold_s=round(cold, 2), lattice=lattice)


def aim(quick: bool) -> Iterator[dict[str, Any]]:
    """10,000 draws on about 3,000 states and 60 months, fight to the finish and frontiers too.

    The demo's scenario with that horizon, and with the grid of beliefs that comes nearest to that
    many states.  Compiling is counted.
    """
    scenario = replace_at(load(SCENARIO), "war.horizon", AIM_HORIZON)
    assert scenario.war is not None and scenario.war.beliefs is not None
    a_point = size(scenario)["states"] // scenario.war.beliefs.grid_points
    points = min(range(1, 42, 2), key=lambda n: abs(n * a_point - AIM_STATES))
    scenario = replace_at(scenario, "war.beliefs.grid_points", points)
    draws = 64 if quick else AIM_DRAWS
    taken = seconds(scenario, draws, Parts.BARGAIN)
    yield line("aim.seconds", taken, "s", draws=draws, aim=None if quick else AIM_SECONDS,
               aim_mib=AIM_MIB, lattice=size(scenario))
