"""How likely the record is in every draw: regimes, position, survival, and no deal.

From one recorded state to the next, n periods later (the state is held in between):

    survival_t   (1 - h_A - h_B)^n                        hazards under theory t
    support_t    prod over patrons of P_t^n(l -> l')
    choice       0 where a patron who would have stopped is recorded above its lowest level
    momentum_t   P_t^n(m -> m' | support)
    position     P(k -> k' | m), for n = 1 only
    no deal      (1 - lambda (1 - eta) chance)^n

with `chance` that of a deal where talks are held, from the solved game's first period at the
recorded state.  A state that says whether talks were held has 1 or 0 in place of the rate lambda.

1. What was seen moved the common log-likelihood ratio from l to l + sum log(P_1 / P_2), whatever
   calibrates an input; since the priors are those of the scenario's date, l = 0 then, and that of a
   recorded state follows backwards.  `chance` is read between the points of the grid linearly, and
   beyond its ends at them.
2. Evidence E is what does not calibrate.  With pi_t the analyst's belief at the scenario's date,
   which has seen everything (L_t), the belief before the record was P0_t ~ pi_t / L_t, and

       P(E) = sum_t P0_t E_t,     log weight = log P(E) + sum log P(no deal).

A component counts where both states record it and the later one's `calibrates` does not name it;
no deal, which is recorded with the earlier one, where that one's does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.draws.sobol import Draws
from zopa.ensemble.numbers import Numbers
from zopa.ensemble.past import Past, past
from zopa.ensemble.problem import Problem
from zopa.ensemble.result import Ensemble
from zopa.scenario.schema import Scenario, State

Floats = NDArray[np.float64]
NEVER = -700.0
"""Logarithm put in the place of that of 0, where a theory excludes what calibrates an input."""


@dataclass(frozen=True, eq=False)
class Likelihood:
    """How likely the record is.

    Attributes:
        log: `(draw,)`, log probability of the evidence; minus infinity where it is impossible.
        deal: `(state, draw)`, P(a deal in the periods that follow a recorded state).
        by: component -> `(draw,)`, its own log probability (mixed over the theories by itself).
        counted: component -> number of steps between states in which it counts.
    """

    log: Floats
    deal: Floats
    by: Mapping[str, Floats]
    counted: Mapping[str, int]


def is_evidence(scenario: Scenario) -> bool:
    """Whether the record says anything that does not calibrate an input."""
    if scenario.war is None:
        return False
    record = past(scenario)
    return len(record) > 0 and any(_counted(record, scenario).values())


def likelihood(scenario: Scenario, draws: Draws, ensemble: Ensemble) -> Likelihood:
    """The probability of the record in every draw.

    Args:
        scenario: with a war and a record.
        draws: samples of its numbers.
        ensemble: solved at these draws.
    """
    problem, record = ensemble.problem, past(scenario)
    theories, steps = range(problem.shape.theories), range(len(record))
    seen = {name: np.stack([[step(problem, record, n, t) for n in steps] for t in theories])
            for name, step in STEPS.items()}                    # (theory, step, draw) each
    learned = sum(seen[name] for name in LEARNED)
    odds = _odds(np.asarray(learned))
    chance = _between(ensemble.bargain.past[:, :len(record)], odds, problem.grid_step)
    no_deal, deal = _deals(draws, problem.numbers, record, chance)
    counts = _counts(record, scenario)
    kept = {name: np.where(counts[name][None, :, None], seen[name], 0.0).sum(axis=1)
            for name in STEPS}                                  # (theory, draw)
    kept = {name: value for name, value in kept.items() if counts[name].any()}
    before = _before(problem.numbers.analyst, np.asarray(learned).sum(axis=1))
    mixed = {name: _mixed(before, value) for name, value in kept.items()}
    every = sum(kept.values(), np.zeros_like(before))
    if counts["deal"].any():
        mixed["deal"] = np.where(counts["deal"][:, None], no_deal, 0.0).sum(axis=0)
    log = _mixed(before, every) + mixed.get("deal", 0.0)
    return Likelihood(log, deal, mixed, {name: int(count.sum()) for name, count in counts.items()})


def _counted(record: Past, scenario: Scenario) -> dict[str, int]:
    return {name: int(count.sum()) for name, count in _counts(record, scenario).items()}


def _counts(record: Past, scenario: Scenario) -> dict[str, NDArray[np.bool_]]:
    """Component -> `(step,)`: whether it is evidence."""
    pairs = list(zip(record.states[:-1], record.states[1:], strict=True))
    chains = {} if scenario.war is None else scenario.war.support
    patrons, chooses = tuple(chains), {name for name, c in chains.items() if c.choice is not None}

    def new(state: State, what: str) -> bool:
        used = state.calibrates
        return not used if isinstance(used, bool) else what not in used

    def both(held: list[tuple[bool, bool]], what: str) -> NDArray[np.bool_]:
        return np.array([a and b and new(pair[1], what)
                         for (a, b), pair in zip(held, pairs, strict=True)], dtype=bool)

    return {
        "position": both([(None not in (a.position, a.momentum), b.position is not None)
                          for a, b in pairs], "position") & (record.periods == 1),
        "momentum": both([(a.momentum is not None, b.momentum is not None) for a, b in pairs],
                         "momentum"),
        "support": both([(bool(patrons) and set(patrons) <= set(a.support),
                          set(patrons) <= set(b.support)) for a, b in pairs], "support"),
        "choice": both([(bool(chooses & set(a.support)), bool(chooses & set(b.support)))
                        for a, b in pairs], "choice"),
        "survival": np.array([new(b, "survival") for _, b in pairs], dtype=bool),
        "deal": np.array([new(a, "deal") for a, _ in pairs], dtype=bool)}


def _log(x: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        result: Floats = np.log(x)
    return result


def _theory(array: Floats, t: int) -> Floats:
    return array[t if array.shape[0] > 1 else 0]


def _power(rows: Floats, periods: int) -> Floats:
    """`(from, to, draw)` after so many periods."""
    result = rows
    for _ in range(periods - 1):
        result = np.einsum("ijd,jkd->ikd", result, rows)
    return result


def _survival(problem: Problem, record: Past, n: int, t: int) -> Floats:
    numbers, m, s = problem.numbers, record.momentum[n], record.support[n]
    x = np.linspace(-1.0, 1.0, problem.shape.cells)[record.cell[n]]
    hazard = (numbers.hazard[:, m, s] * np.exp(numbers.hazard_slope * x)
              * numbers.hazard_factor[t])
    return np.asarray(record.periods[n] * np.log1p(-hazard.sum(axis=0)))


def _support(problem: Problem, record: Past, n: int, t: int) -> Floats:
    numbers = problem.numbers
    total: Floats = np.zeros(numbers.talks.shape[-1])
    for patron, chain in enumerate(numbers.chains):
        moved = _power(_theory(chain, t), int(record.periods[n]))
        chance = moved[record.levels[n, patron], record.levels[n + 1, patron]]
        total = total + _log(np.where(_stops(problem, record, n, patron), 1.0, chance))
    return total


def _choice(problem: Problem, record: Past, n: int, t: int) -> Floats:
    """Nobody who would have stopped is recorded above the lowest level."""
    total: Floats = np.zeros(problem.numbers.talks.shape[-1])
    told = record.states[n + 1].support
    for patron, levels in enumerate(problem.shape.support):
        if problem.patrons[patron] in told and record.levels[n + 1, patron] < levels - 1:
            total = total + _log(np.where(_stops(problem, record, n, patron), 0.0, 1.0))
    return total


def _stops(problem: Problem, record: Past, n: int, patron: int) -> NDArray[np.bool_]:
    """`(draw,)`: a patron who chooses stops, upon the later state's position and momentum."""
    numbers = problem.numbers
    stop = numbers.stop[patron] if numbers.stop else None
    if stop is None:
        return np.zeros(numbers.talks.shape[-1], dtype=bool)
    found: NDArray[np.bool_] = stop[record.cell[n + 1], record.momentum[n + 1], record.support[n]]
    return found


def _momentum(problem: Problem, record: Past, n: int, t: int) -> Floats:
    rows = _theory(problem.numbers.momentum, t)[record.support[n]]
    moved = _power(rows, int(record.periods[n]))
    return _log(moved[record.momentum[n], record.momentum[n + 1]])


def _position(problem: Problem, record: Past, n: int, t: int) -> Floats:
    if record.periods[n] != 1:
        return np.zeros(problem.numbers.talks.shape[-1])
    shape = problem.shape
    landed = record.cell[n] + np.array(shape.offsets)
    if not shape.absorbing:                     # beyond an absorbing end the war would be over
        landed = np.clip(landed, 0, shape.cells - 1)
    reached = landed == record.cell[n + 1]
    return _log(problem.numbers.moves[record.momentum[n], reached].sum(axis=0))


STEPS = {"survival": _survival, "support": _support, "choice": _choice, "momentum": _momentum,
         "position": _position}
LEARNED = ("survival", "support", "momentum")
"""What the theories differ in: the position moves with momentum whatever the theory."""


def _odds(seen: Floats) -> Floats:
    """`(state, draw)`: the log-likelihood ratio at each recorded state, 0 at the present."""
    if len(seen) == 1:
        return np.zeros(seen.shape[1:])
    first, second = np.maximum(seen[0], NEVER), np.maximum(seen[1], NEVER)
    ahead: Floats = np.cumsum((first - second)[::-1], axis=0)[::-1]
    return -ahead


def _between(chance: Floats, odds: Floats, step: float) -> Floats:
    """`(state, draw)`: the chance `(belief, state, draw)` between the points of the grid."""
    points = chance.shape[0]
    place = np.clip(odds / step + points // 2, 0.0, points - 1.0)
    low = np.minimum(place.astype(np.int64), max(points - 2, 0))
    share = place - low
    high = np.minimum(low + 1, points - 1)

    def at(index: NDArray[np.int64]) -> Floats:
        return np.take_along_axis(chance, index[None], axis=0)[0]

    return np.asarray((1.0 - share) * at(low) + share * at(high))


def _deals(draws: Draws, numbers: Numbers, record: Past,
           chance: Floats) -> tuple[Floats, Floats]:
    """`(state, draw)` each: log probability of what is recorded about a deal, P(a deal)."""
    held = 1.0 - draws["war.talks.failure"]
    rate = np.stack([np.zeros_like(held) if state.talks is False else
                     held if state.talks else numbers.talks for state in record.states[:-1]])
    none = (1.0 - rate * chance) ** record.periods[:, None]
    made = np.array([state.deal for state in record.states[:-1]])
    return _log(np.where(made[:, None], 1.0 - none, none)), np.asarray(1.0 - none)


def _before(analyst: Floats, learned: Floats) -> Floats:
    """`(theory, draw)`: the analyst's belief before the record, in logarithms."""
    log = _log(analyst) - np.maximum(learned, NEVER)
    return np.asarray(log - _logsum(log))


def _mixed(before: Floats, log: Floats) -> Floats:
    """log sum_t P0_t exp(log_t)."""
    return _logsum(before + log)


def _logsum(x: Floats) -> Floats:
    top = np.max(x, axis=0)
    safe = np.where(np.isfinite(top), top, 0.0)
    return np.asarray(safe + _log(np.exp(x - safe).sum(axis=0)))
