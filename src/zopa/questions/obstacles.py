"""`obstacles`: why there is no deal yet.

v(S) is the probability of no deal within `window` periods when only the frictions of S are on
(`zopa.ensemble.frictions`), in every draw and at the same draws for every S.

1. Find the frictions that the scenario has; solve the game for every subset S of them.
2. whole = v(all) - v(none), shared among the frictions by their Shapley values, draw by draw
   (`zopa.questions.shapley`); a friction that the scenario does not have gets 0, and a reason.
3. alone: what removing one friction, with all others on, would take off v(all).
4. What remains at v(none) is no friction's: draws in which nothing is better for both than never
   agreeing, even with every friction off; talks that are never held within the window,
   (1 - lambda)^window; and the rest (a side collapsed first, or it paid to wait).

With private resolve (`war.resolve`) every v(S) is of the game in which the uninformed side makes
all offers, with the other's resolve private or known, so that only the information differs.

Each number has two intervals: `*_interval` holds the 5 % and the 95 % point over the weighted draws
(how far the inputs leave it open), `*_monte_carlo` is the 95 % interval of the mean itself (how far
the number of draws does).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.agreement.hull import hull
from zopa.draws.sobol import Draws
from zopa.ensemble.frictions import Friction, frictions
from zopa.ensemble.problem import build
from zopa.ensemble.result import Bargain
from zopa.ensemble.screening import Screener, ScreeningStatus, Teaching
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.ensemble.space import from_scenario
from zopa.questions.deals import present
from zopa.questions.plain import number
from zopa.questions.shapley import shares, subsets
from zopa.questions.spread import Z95, effective, mean, quantiles
from zopa.questions.study import Progress, Study
from zopa.questions.teaches import teaches
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
PRIVATE = 8
"""With private resolve, where a draw carries a grid of types, so many times fewer draws."""
SUBSETS = "Removing frictions"
PARTS = Parts.BARGAIN | Parts.TIMING
TIES = 1e-12


class Played(NamedTuple):
    """The game in which one side makes every offer.

    Attributes:
        deal_by: `(month, draw)`, P(deal by month); NaN in a draw that was not solved.
        doubtful: `(draw,)` bool, where what the solution assumes of refusals does not hold.
        taught: what refusals teach, one entry for each side whose resolve is private, by its place.
    """

    deal_by: Floats
    doubtful: NDArray[np.bool_]
    taught: tuple[tuple[int, Teaching], ...] = ()


Screening = Callable[[Scenario, Draws, Friction, bool, Progress | None], Played | None]
"""(scenario, draws, frictions, resolve is known, progress) -> the game; None where it cannot be
solved together with these frictions."""


class UninformedOffers:
    """`zopa.ensemble.screening`: both of its games, for every set of the other frictions."""

    def __init__(self) -> None:
        self._screener = Screener()

    def __call__(self, scenario: Scenario, draws: Draws, on: Friction, known: bool,
                 progress: Progress | None) -> Played | None:
        """The game with these frictions; see `Screening`."""
        if self._screener(scenario, draws, on, known, progress) is None:
            return None
        game = self._screener.solved[on & ~Friction.PRIVATE_INFORMATION]
        doubtful = np.asarray(game.status == ScreeningStatus.NOT_SKIMMING, dtype=bool)
        solved = doubtful | np.asarray(game.status == ScreeningStatus.SOLVED, dtype=bool)
        deal_by = game.known_deal_by if known else game.deal_by
        return Played(np.where(solved, deal_by, np.nan), doubtful,
                      tuple(zip(game.informed, game.teaching, strict=True)))


ABSENT = {
    Friction.OPTIMISM: "both sides hold the analyst's belief about the war",
    Friction.COMMITMENT: "a deal that is signed is kept for certain",
    Friction.RATIFICATION: "no side has a ratification floor or a group with a veto",
    Friction.PRIVATE_INFORMATION: "no side is said to know more than the other about its own "
                                  "cost of war",
    Friction.INDIVISIBILITY: "mixtures of packages (partial or phased deals) can be agreed"}
UNSUPPORTED = "private resolve is not solved together with this scenario's other frictions"


@dataclass(frozen=True, eq=False)
class Found:
    """v(S) of every subset of the frictions that a scenario has.

    Attributes:
        draws: those it is solved at.
        values: subset -> `(draw,)`, P(no deal within the window).
        talks: `(draw,)`, lambda.
        zone: `(draw,)`, whether something is better for both than never agreeing with every
            friction off.
        absent: friction -> why the scenario does not have it.
        doubtful: `(draw,)`, with private resolve: whether some v(S) is doubtful.
        taught: with private resolve: what refusals teach with every friction on.
    """

    draws: Draws
    values: dict[frozenset[Friction], Floats]
    talks: Floats
    zone: NDArray[np.bool_]
    absent: dict[Friction, str]
    doubtful: NDArray[np.bool_]
    taught: tuple[tuple[int, Teaching], ...] = ()


def answer(study: Study, draws: int | None = None,
           screening: Screening | None = None) -> dict[str, Any] | None:
    """The frictions' shares; null without a war.

    Args:
        study: the scenario at every draw.
        draws: at most so many of them are used, since each is solved once for every subset; by
            default `Study.heavy`, with private resolve an eighth of that.
        screening: solves the game with private resolve; by default `UninformedOffers`.
    """
    if study.scenario.war is None:
        return None
    few = study.thinned(draws or max(
        study.heavy // (PRIVATE if study.war.resolve else 1), 1))
    found = few.keep("obstacles", lambda: solve(few, screening))
    names = [friction.key for friction in Friction]
    weight, window = few.weight, few.war.window
    everything = max(found.values, key=len)
    full, bare = found.values[everything], found.values[frozenset()]
    share = {friction.key: values for friction, values in shares(found.values).items()}
    alone = {friction.key: full - found.values[everything - {friction}]
             for friction in everything}
    nothing = np.zeros(len(weight))
    result: dict[str, Any] = {
        "window": window, "draws": len(weight), "effective_draws": effective(weight),
        **_one("all", full, weight), **_one("none", bare, weight),
        **_one("whole", full - bare, weight),
        **_each("share", {name: share.get(name, nothing) for name in names}, weight),
        **_each("alone", {name: alone.get(name, nothing) for name in names}, weight),
        "absent": {friction.key: why for friction, why in found.absent.items()},
        "remains": _remains(found, bare, weight, window),
        "teaches": teaches(few, found.taught)}
    return result | {"notes": _notes(study, few, found, full - bare)}


def solve(study: Study, screening: Screening | None = None) -> Found:
    """v(S) for every subset of the frictions, at the same draws."""
    scenario, draws = study.scenario, study.draws
    problem = build(scenario, draws, alternatives=False)
    here = frictions(scenario, problem)
    absent = {friction: why for friction, why in ABSENT.items() if friction not in here}
    window = study.war.window
    bare = solve_ensemble(scenario, draws, PARTS, frictions=Friction(0))
    talks = problem.numbers.talks
    zone = mutual_gain(scenario, draws, bare.bargain)
    if Friction.PRIVATE_INFORMATION in here:
        played = _screened(study, list(here), window,
                           screening or UninformedOffers())
        if played is not None:
            return Found(draws, played[0], talks, zone, absent, *played[1:])
        absent[Friction.PRIVATE_INFORMATION] = UNSUPPORTED
        here &= ~Friction.PRIVATE_INFORMATION
    # all by one program: a friction that changes nothing then gets exactly nothing
    values = {subset: no_deal((solve_ensemble(scenario, draws, PARTS, frictions=union(subset))
                               if subset else bare).timing.deal_by, window)
              for subset in study.telling(SUBSETS, list(subsets(here)))}
    return Found(draws, values, talks, zone, absent, np.zeros(len(draws), dtype=bool))


def _screened(study: Study, here: Sequence[Friction], window: int, screening: Screening,
              ) -> tuple[dict[frozenset[Friction], Floats], NDArray[np.bool_],
                         tuple[tuple[int, Teaching], ...]] | None:
    """Every v(S) from the game with one uninformed side, the draws in which one is doubtful, and
    what refusals teach with all frictions on; None where one cannot be solved."""
    scenario, draws = study.scenario, study.draws
    values, doubtful = {}, np.zeros(len(draws), dtype=bool)
    taught: tuple[tuple[int, Teaching], ...] = ()
    for subset in study.telling(SUBSETS, sorted(subsets(here), key=len, reverse=True)):
        known = Friction.PRIVATE_INFORMATION not in subset
        game = screening(scenario, draws, union(subset), known, None)
        if game is None:
            return None
        values[subset] = no_deal(game.deal_by, window)
        doubtful |= game.doubtful
        if len(subset) == len(here):
            taught = game.taught
    # a draw that some subset leaves unsolved is compared in none
    everywhere = ~np.isnan(np.stack(list(values.values()))).any(axis=0)
    return ({subset: np.where(everywhere, v, np.nan) for subset, v in values.items()}, doubtful,
            taught)


def union(some: frozenset[Friction]) -> Friction:
    """The frictions of a set as one flag."""
    on = Friction(0)
    for friction in some:
        on |= friction
    return on


def no_deal(deal_by: Floats, window: int) -> Floats:
    """P(no deal within the window), of P(deal by month), `(month, draw)`; none after its last."""
    left: Floats = 1.0 - deal_by[min(window, len(deal_by) - 1)]
    return np.clip(left, 0.0, 1.0)


def mutual_gain(scenario: Scenario, draws: Draws, bargain: Bargain) -> NDArray[np.bool_]:
    """Whether some point of the hull is worth to both at least what never agreeing is.

    Args:
        bargain: solved with every friction off, so that a deal is worth its utility.
    """
    frontier = hull(from_scenario(scenario, draws.values), np.array([present(scenario)]))
    low, high = frontier.low[:, 0], frontier.high[:, 0]
    slack = TIES * (high - low)
    best, _ = frontier.offer(0, np.clip(bargain.finish[1], low[1], high[1])[None], np, TIES)
    return ((bargain.finish[1] <= high[1] + slack[1])
            & (best[0] >= bargain.finish[0] - slack[0]))


def _remains(found: Found, bare: Floats, weight: Floats, window: int) -> dict[str, Any]:
    """What v(none) is made of; the three parts sum to it."""
    silent = np.minimum((1.0 - found.talks) ** window, bare)
    parts = {"no_zone": np.where(found.zone, 0.0, bare),
             "rare_talks": np.where(found.zone, silent, 0.0),
             "other": np.where(found.zone, bare - silent, 0.0)}
    return {"value": number(mean(bare, weight)),
            **{name: number(mean(part, weight)) for name, part in parts.items()},
            **{f"{name}_interval": over_draws(part, weight) for name, part in parts.items()},
            "draws_without_zone": number(mean((~found.zone).astype(float), weight))}


def _one(key: str, values: Floats, weight: Floats) -> dict[str, Any]:
    """`key`, `key_interval` (90 % of the draws) and `key_monte_carlo` (95 % for the mean)."""
    return {key: number(mean(values, weight)), f"{key}_interval": over_draws(values, weight),
            f"{key}_monte_carlo": of_mean(values, weight)}


def _each(key: str, values: dict[str, Floats], weight: Floats) -> dict[str, Any]:
    """The same of a mapping by friction, in each place."""
    found = {name: _one(key, part, weight) for name, part in values.items()}
    return {place: {name: entry[place] for name, entry in found.items()}
            for place in (key, f"{key}_interval", f"{key}_monte_carlo")}


def over_draws(values: Floats, weight: Floats) -> dict[str, float | None]:
    """The 5 % and the 95 % point over the weighted draws."""
    low, high = quantiles(values, weight, (0.05, 0.95))
    return {"low": number(low), "high": number(high)}


def of_mean(values: Floats, weight: Floats) -> dict[str, float | None]:
    """The 95 % Monte Carlo interval of the mean, m +- 1.96 sqrt(Var / (n - 1)), n effective draws.

    Not defined for fewer than two effective draws.  The points of a Sobol sequence are more even
    than independent ones, so that it errs on the wide side.
    """
    middle, n = mean(values, weight), effective(weight)
    if n <= 1.0 + TIES or math.isnan(middle):
        return {"low": None, "high": None}
    variance = mean((values - middle) ** 2, weight)
    half = Z95 * math.sqrt(variance / (n - 1.0))
    return {"low": number(middle - half), "high": number(middle + half)}


def _notes(study: Study, few: Study, found: Found, whole: Floats) -> list[str]:
    """What a reader of the shares must know about this run."""
    notes, weight, epsilon = [], few.weight, study.scenario.thresholds.epsilon
    if abs(mean(whole, weight)) < epsilon:
        notes.append(f"All frictions together change the probability by less than {epsilon:g}: "
                     "their shares say nothing about why there is no deal yet.")
    if len(few.draws) < len(study.draws):
        notes.append(f"Solved at {len(few.draws)} of the {len(study.draws)} draws, for every "
                     "combination of the frictions.")
    unsolved = mean(np.isnan(whole).astype(float), weight)
    if unsolved > 0.0:
        notes.append(f"In {100.0 * unsolved:.1f} % of the draws, by weight, the game could not be "
                     "solved; they count neither way.")
    if Friction.PRIVATE_INFORMATION not in found.absent:
        notes.append("The side that knows less makes every offer, in every combination, so that "
                     "the probabilities differ from those of the other questions.")
    doubtful = mean(found.doubtful.astype(float), weight)
    if doubtful > 0.0:
        notes.append(f"In {100.0 * doubtful:.1f} % of the draws, by weight, a refusal need not "
                     "show that a side can bear more, as the solution with private resolve takes "
                     "it to.")
    return notes
