"""`history`: the draws weighted by how likely they make what was observed.

A draw that foresees a deal in months in which there was none counts for less
(`zopa.questions.record` has the probabilities).  Few draws may be left, so

1. PILOT draws tell which share of the draws stays effective.
2. So many draws are solved (a power of two) that TARGET effective ones can be expected, at most
   LARGEST times as many as were asked for; fewer than 50 effective ones are an error.
3. Of these as many as were asked for are kept, distinct, with weights (`zopa.draws.thin`), or at
   least KEPT times as many as are effective where that is fewer: more would only carry weights near
   zero through every question.

The weights are bounded by that of a draw in which the record is certain, so their variance is
finite and nothing needs smoothing; the largest weight is reported beside the effective number.

References: Kish (1965) for the effective number; Rubin (1988), sampling-importance-resampling.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws, check, sample
from zopa.draws.thin import thin
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions.record import Likelihood, is_evidence, likelihood
from zopa.questions.spread import effective
from zopa.questions.study import Observed, Progress, Study
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
LEAST = 50
"""Effective draws below which there is no result."""
MARGIN = 30
"""Effective draws aimed at beyond the least, since the pilot is small."""
TARGET = 160
"""Effective draws aimed at where many are asked for."""
PILOT = 256
KEPT = 1.25
"""How many draws are kept for each effective one, at least."""
LARGEST = 8
"""How many times the draws asked for may be solved at most."""
FEWEST = 2048
"""Draws that may be solved in any case."""


def observed(scenario: Scenario, draws: int, seed: int, progress: Progress | None = None) -> Study:
    """A study whose draws are weighted by the scenario's history, if it has any that is evidence.

    Args:
        scenario: checked.
        draws: how many are kept, at most.
        seed: of the samples.
        progress: told of the solves of this step.

    Raises:
        ArgumentError: a wrong number of draws or seed, or fewer than 50 effective draws are left.
    """
    check(draws, seed)
    if not is_evidence(scenario):
        return Study(scenario, sample(scenario, draws, seed), progress)
    size = pool_size(scenario, draws, seed)
    pool = sample(scenario, size, seed)
    found = likelihood(scenario, pool, solve_ensemble(scenario, pool, Parts.BARGAIN, progress))
    weight = weights(found.log)
    left = effective(weight)
    if left < LEAST:
        raise ArgumentError(_collapsed(found, left, size))
    chosen, share = thin(weight, min(draws, 2 ** math.ceil(math.log2(KEPT * left))), seed)
    return Study(scenario, pool.take(chosen).with_weight(share), progress,
                 observed=_observed(pool, found, weight, chosen, share, left))


def pool_size(scenario: Scenario, draws: int, seed: int) -> int:
    """How many draws to solve: a power of two, from the effective share of a pilot."""
    pilot = sample(scenario, PILOT, seed)
    found = likelihood(scenario, pilot, solve_ensemble(scenario, pilot, Parts.BARGAIN))
    share = effective(weights(found.log)) / PILOT
    wanted = min(TARGET, max(draws, LEAST + MARGIN)) / max(share, 1e-9)
    most = max(LARGEST * draws, FEWEST)
    return int(min(max(2 ** math.ceil(math.log2(wanted)), draws, PILOT), most))


def weights(log: Floats) -> Floats:
    """`(draw,)`, sums to 1; zero in every draw where the record is impossible in all of them."""
    top = float(np.max(log))
    if not math.isfinite(top):
        return np.zeros_like(log)
    weight = np.exp(log - top)
    return np.asarray(weight / weight.sum())


def answer(study: Study) -> dict[str, Any] | None:
    """What history did to the draws; null where it says nothing."""
    if study.scenario.war is None:
        return None
    seen = study.observed
    if seen is None:
        return {"effective_draws": effective(study.weight), "draws": len(study.draws),
                "weighs": False, "states": len(study.scenario.history)}
    return {"effective_draws": seen.effective_draws, "draws": seen.pool, "weighs": True,
            "kept": len(study.draws), "largest_weight": seen.largest,
            "states": len(study.scenario.history), "counted": dict(seen.counted),
            "deal_foreseen": {"before": seen.foreseen[0], "after": seen.foreseen[1]},
            "moved": moved(study)}


MOST_MOVED = 5


def moved(study: Study) -> list[dict[str, Any]]:
    """The inputs whose mean history moved most, in standard deviations before it."""
    shift = study.observed.shift if study.observed else {}
    rows = sorted(shift.items(), key=lambda row: (-abs(row[1]), row[0]))
    return [{"input": path, "shift": value} for path, value in rows[:MOST_MOVED]]


def _observed(pool: Draws, found: Likelihood, weight: Floats, chosen: NDArray[np.int64],
              share: Floats, left: float) -> Observed:
    equal = np.full(len(weight), 1.0 / len(weight))
    some = 1.0 - np.prod(1.0 - found.deal, axis=0)
    shift = {}
    for path in pool.names:
        x = pool[path]
        deviation = float(np.std(x))
        if deviation > 0.0:
            shift[path] = float(np.sum((weight - equal) * x)) / deviation
    return Observed(
        weight=share, log=found.log[chosen], pool=len(weight), effective_draws=left,
        largest=float(weight.max()), counted=found.counted,
        foreseen=(float(np.sum(equal * some)), float(np.sum(weight * some))), shift=shift)


def _collapsed(found: Likelihood, left: float, size: int) -> str:
    """What to do where the record is hardly possible in any draw."""
    impossible = float(np.mean(~np.isfinite(found.log)))
    least = min(found.by, key=lambda name: float(np.max(found.by[name])))
    text = (f"history leaves {left:.0f} effective draws of {size}, and {LEAST} are needed: what "
            f"was observed is hardly possible under these inputs, least of all what it says of "
            f"{WORDS[least]}.")
    if impossible == 1.0:
        text += " It is impossible in every draw, so that more draws would not help. Widen"
    elif impossible > 0.0:
        text += f" In {impossible:.0%} of the draws it is impossible. Give more draws, widen"
    else:
        text += " Give more draws, widen"
    return text + (" the inputs that speak about it, or name what calibrated an input in the "
                   "states' `calibrates`.")


WORDS = {"survival": "neither side having collapsed", "support": "support",
         "choice": "patrons having gone on",
         "deal": "deals not made", "momentum": "momentum", "position": "the position"}
