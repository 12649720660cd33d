"""`levers`: what every lever, and every pair of levers, would change.

A lever is on from now on and was not foreseen before.  The game is solved again at the same draws
with it (common random numbers), and the difference is taken draw by draw:

    deal       P(deal within `window`), the analyst's expectation, as are terms, outcome and months
    terms      expected utility of the first agreement, given one; draws in which it is undefined
               with or without the lever are left out, and their share is reported
    value      V_i now, the side's own expectation
    outcome    expected discounted outcome of the path: costs, deal, collapse
    months     expected periods fought within the horizon
    losses     the scenario's rate of losses times the months, where it gives one

A lever that is on already is not asked about; the others come on top of it.

1. Single levers at `Study.heavy` draws at most, pairs at half as many.
2. `change` is the weighted mean of the differences; `low` and `high` are their 5 % and 95 % points
   over the draws: how differently the lever works under different inputs.  `interval` is the 95 %
   Monte Carlo interval of the mean change of `deal`, mean -+ 1.96 s / sqrt(n), n Kish's effective
   number of draws: how far more draws could move it.
3. Ranked by the mean change of `deal`; of equal ones (to 1e-9) by name.  Levers that cannot be
   combined, or whose scenario has no solution, come last, with the reason.

Both sides of every difference come from the same compiled program, so a lever that does nothing
gives 0 and not a rounding error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import InputError
from zopa.draws.levers import conflicts
from zopa.ensemble.result import Ensemble
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions.dose import Dose, dose
from zopa.questions.plain import number
from zopa.questions.spread import Z95, defined, effective, mean, quantiles
from zopa.questions.study import Study

Floats = NDArray[np.float64]
SINGLES = "Comparing levers"
PAIRS = "Comparing levers in pairs"
PLAN = Parts.BARGAIN | Parts.TIMING
OF_ONE = "it is found for single levers"


@dataclass(frozen=True, eq=False)
class Course:
    """What a lever may change, in every draw.

    Attributes:
        deal: `(draw,)`, P(deal within `window`).
        terms, value, outcome: `(party, draw)`.
        months: `(draw,)`.
        losses: party -> `(draw,)`, for parties with a rate.
    """

    deal: Floats
    terms: Floats
    value: Floats
    outcome: Floats
    months: Floats
    losses: dict[str, Floats]


def answer(study: Study) -> list[dict[str, Any]] | None:
    """Every lever and every pair, ranked; None where there is no war or no lever."""
    if study.scenario.war is None or not study.scenario.levers:
        return None
    names = sorted(set(study.scenario.levers) - set(dict(study.on)))
    some, few = study.thinned(study.heavy), study.thinned(max(study.heavy // 2, 1))
    found = [effect(some, (name,), dose(study, name)) for name in study.telling(SINGLES, names)]
    found += [effect(few, pair) for pair in study.telling(PAIRS, list(combinations(names, 2)))]
    return sorted(found, key=_rank)


def effect(study: Study, levers: Sequence[str],
           smallest: Dose | None = None) -> dict[str, Any]:
    """What levers together change in a study, as plain data.

    Args:
        study: at whose draws.
        levers: names; more than one are combined.
        smallest: the smallest dose that opens the zone, found apart.
    """
    names, smallest = sorted(levers), smallest or Dose(reason=OF_ONE)
    titles = [study.scenario.levers[name].title for name in names]
    head = {"levers": names, "title": " + ".join(titles), "draws": len(study.draws),
            "effective_draws": effective(study.weight),
            "dose": number(smallest.value), "dose_reason": smallest.reason}
    if both := conflicts(study.scenario, [*names, *dict(study.on)]):
        return head | _nothing(f"cannot be combined: each sets {', '.join(both)}")
    try:
        after = _course_with(study, names)
    except InputError as error:
        return head | _nothing("no solution with it: " + "; ".join(
            f"{fault.where} {fault.what}" for fault in error.problems))
    before = study.keep("course without levers", lambda: course(study))
    deal, weight = after.deal - before.deal, study.weight
    return head | {
        "reason": None,
        "deal": _change(deal, weight) | {
            "before": number(mean(before.deal, weight)),
            "after": number(mean(after.deal, weight)), "interval": mean_interval(deal, weight)},
        "terms": _by_party(study, after.terms - before.terms, undefined=True),
        "value": _by_party(study, after.value - before.value),
        "outcome": _by_party(study, after.outcome - before.outcome),
        "months": _change(after.months - before.months, weight),
        "losses": {party: _change(after.losses[party] - lost, weight)
                   for party, lost in before.losses.items()} or None}


def course(study: Study) -> Course:
    """The course of a study's war along its solved path."""
    ensemble = timed(study)
    timing, war = ensemble.timing, study.war
    return Course(
        timing.within(war.window), timing.terms, ensemble.bargain.value, timing.outcome,
        timing.months_of_war,
        {party: study.draws[f"war.losses.{party}"] * timing.months_of_war
         for party in sorted(study.sides) if party in war.losses})


def timed(study: Study) -> Ensemble:
    """The ensemble by the program of the game and its timing, whatever else was solved before."""
    if study.solved.parts & ~PLAN:
        return study.keep("timed", lambda: solve_ensemble(study.scenario, study.draws, PLAN))
    return study.ensemble(PLAN)


def mean_interval(values: Floats, weight: Floats) -> dict[str, float | None]:
    """95 % Monte Carlo interval of a weighted mean."""
    kept, share = defined(values, weight)
    if not len(kept):
        return {"low": None, "high": None}
    middle = mean(values, weight)
    off = math.sqrt(math.fsum(share * (kept - middle) ** 2) / effective(share))
    return {"low": middle - Z95 * off, "high": middle + Z95 * off}


def _course_with(study: Study, names: list[str]) -> Course:
    """With the levers on; one that a claim asks for too is kept, so that it is solved once."""
    claimed = {test.args.get("lever") for claim in study.scenario.claims.values()
               for test in claim.tests}
    if len(names) == 1 and names[0] in claimed:
        return course(study.with_lever(names[0]))
    return course(study.with_levers(names))


def _change(values: Floats, weight: Floats) -> dict[str, Any]:
    low, high = quantiles(values, weight, (0.05, 0.95))
    return {"change": number(mean(values, weight)), "low": number(low), "high": number(high)}


def _by_party(study: Study, values: Floats, undefined: bool = False) -> dict[str, dict[str, Any]]:
    """Party -> its change; with the weight of the draws that are left out where asked for."""
    found = {}
    for side, party in enumerate(study.sides):
        found[party] = _change(values[side], study.weight)
        if undefined:
            found[party]["undefined"] = mean(np.isnan(values[side]).astype(float), study.weight)
    return found


def _nothing(reason: str) -> dict[str, Any]:
    return {"reason": reason} | dict.fromkeys(
        ("deal", "terms", "value", "outcome", "months", "losses"))


def _rank(entry: dict[str, Any]) -> tuple[bool, float, list[str]]:
    change = None if entry["deal"] is None else entry["deal"]["change"]
    return change is None, 0.0 if change is None else -round(change, 9), entry["levers"]
