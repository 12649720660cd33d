"""The quick look: zone, timing and outlook at a setting, from a handful of draws.

1. The draws stand for those of the base case (`zopa.whatif.representatives`), weighted by the
   record and by what is believed.
2. What the setting holds is put in their place; a draw then counts by how much likelier that makes
   the record, as in the whole ensemble.
3. Levers are switched on, and the game is solved anew at these draws: the same lattice, horizon
   and programs as everywhere, one draw at a time on each core.

Nothing is taken from stored answers.  What differs from the whole ensemble is the number of draws,
and that what is believed weighs them by the tests at the base case.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.core.threads import threads
from zopa.draws.thin import thin
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions import outlook, picture
from zopa.questions.believe import likelihood as believed_likelihood
from zopa.questions.deals import deals
from zopa.questions.plain import answered, by_party, series
from zopa.questions.record import is_evidence, likelihood
from zopa.questions.setting import held, hold, with_ties
from zopa.questions.spread import chance, effective
from zopa.questions.study import Study
from zopa.questions.zone import fair_utilities
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import numbers_at
from zopa.scenario.setting import Setting, checked
from zopa.whatif.representatives import representatives

Floats = NDArray[np.float64]
PARTS = Parts.BARGAIN | Parts.DEALS | Parts.OUTLOOK
LEAST = 2
"""Draws of a quick look at the least."""
SEEN = 16
"""Sets of held numbers of which it is remembered how likely they make the record."""
LOOKED_AT = 64
"""Draws among which those that stand for all are looked for."""
DOTS = 600
"""Packages in the picture of a quick look."""


@dataclass(frozen=True, eq=False)
class Batch:
    """A handful of draws of the base case.

    Attributes:
        study: of these draws, with nothing held or on; its weights say what they stand for.
        stands_for: how many draws they stand for.
        numbers: the scenario's inputs.
        seen: what was held lately -> `(draw,)`, how likely that makes the record: moving a lever's
            dose does not change it.
    """

    study: Study
    stands_for: int
    numbers: Mapping[str, Number]
    seen: dict[tuple[tuple[str, float], ...], Floats] = field(default_factory=dict)


def handful() -> int:
    """How many draws answer in the time of one: one a core."""
    return max(LEAST, threads())


def batch(base: Study, claims: tuple[tuple[str, bool], ...] = (),
          draws: int | None = None) -> Batch:
    """The handful that stands for a study, under what is believed.

    So many as `LOOKED_AT` of its draws are solved to find it.

    Args:
        base: the base case, its draws weighed by the record.
        claims: what is believed.
        draws: how many; by default `handful()`.
    """
    weight = base.weight * believed_likelihood(base, claims)
    some, left = thin(weight, LOOKED_AT, base.draws.seed)
    looked = Study(base.scenario, base.draws.take(some).with_weight(left))
    if base.scenario.war is not None:
        solve(looked)
    place, share = representatives(_answers(looked), left, draws or handful())
    chosen = some[place]
    few = base.draws.take(chosen).with_weight(share)
    seen = base.observed
    if seen is not None:
        seen = replace(seen, weight=share, log=seen.log[chosen])
    return Batch(Study(base.scenario, few, assumed=claims, observed=seen), len(base.draws),
                 inputs(base.scenario))


def at(found: Batch, setting: Setting) -> Study:
    """The batch solved at a setting.

    Raises:
        InputError: a value the scenario cannot take.
        ArgumentError: levers that cannot be combined.
    """
    few = found.study
    checked(setting, few.scenario, found.numbers)
    scenario, study = few.scenario, few
    if setting.inputs:
        values = with_ties(found.numbers, dict(setting.inputs))
        scenario = (numbers_at(scenario, values) if _drawn(found.numbers, values)
                    else held(scenario, setting))
        study = Study(scenario, hold(scenario, few.draws, values), assumed=few.assumed,
                      observed=few.observed)
    on = study.switched(setting.levers)
    if scenario.war is None:
        return on
    solve(on)
    if setting.inputs and few.observed is not None and is_evidence(scenario):
        if setting.inputs not in found.seen:
            without = on.ensemble(Parts.BARGAIN) if on is study else solve_ensemble(
                scenario, study.draws, Parts.BARGAIN, lanes=1, workers=_workers())
            while len(found.seen) >= SEEN:
                del found.seen[next(iter(found.seen))]
            found.seen[setting.inputs] = likelihood(scenario, study.draws, without).log
        change = found.seen[setting.inputs] - few.observed.log
        factor = np.exp(np.clip(change - change.max(), -700.0, 0.0)) if np.isfinite(
            change.max()) else np.ones_like(change)
        on = on.reweighted(study.weight * factor, study.assumed)
    return on


def answers(study: Study) -> dict[str, Any]:
    """What the quick look says: parts of `zone` and `outlook`, as in `answers.json`."""
    ground, weight = deals(study), study.weight
    found = chance((~ground.zone.empty).astype(float), weight)
    zone: dict[str, Any] = {
        "probability": found.probability, "probability_interval": [found.low, found.high],
        "of_packages": len(ground.packages), **answered("share", ground.zone.share, weight),
        **by_party("disagreement", study.sides, ground.disagreement, weight),
        "points": fair_utilities(study)}
    if study.scenario.war is not None:
        timing = study.ensemble(Parts.TIMING).timing
        months, spreads = series(timing.deal_by, weight)
        zone |= {
            "predicted": by_party("terms", study.sides, timing.terms, weight) | by_party(
                "utilities", study.sides, timing.terms, weight),
            "deal_by_month": months,
            "deal_by_month_spread": [dict(zip(spreads, row, strict=True))
                                     for row in zip(*spreads.values(), strict=True)],
            **answered("settle", timing.settle, weight)}
    if ground.reservation is not None:
        zone |= by_party("reservation", study.sides, ground.reservation, weight)
    return {"zone": zone | picture.answer(study, DOTS), "outlook": outlook.answer(study)}


def solve(study: Study) -> None:
    """The game and the war with no deal at these draws, a block a draw."""
    ensemble = solve_ensemble(study.scenario, study.draws, PARTS, lanes=1, workers=_workers())
    study.solved.ensemble, study.solved.outlook = ensemble, ensemble.outlook
    study.solved.parts = Parts.BARGAIN | Parts.TIMING


@cache
def _workers() -> ThreadPoolExecutor:
    """Threads that stay: starting some takes longer than many a slider's step."""
    return ThreadPoolExecutor(threads(), "quick-look")


def effective_draws(study: Study) -> float:
    """Kish's number."""
    return effective(study.weight)


def _drawn(numbers: Mapping[str, Number], values: Mapping[str, float]) -> bool:
    """Whether every value is one that the scenario itself can draw: it has been checked then."""
    for path, value in values.items():
        low, high = numbers[path].distribution.support()
        if not low <= value <= high:
            return False
    return True


def _answers(study: Study) -> Floats:
    """`(draw, answer)`: what tells draws apart in the base case."""
    if study.scenario.war is None:
        ground = deals(study)
        return np.stack([*ground.disagreement, ground.zone.share], axis=1)
    ensemble = study.ensemble(Parts.TIMING)
    timing, bargain, months = ensemble.timing, ensemble.bargain, study.war.window
    columns = [timing.within(months), timing.settle, *bargain.value, *bargain.finish,
               *study.outlook.victory[:, -1], *timing.terms]
    return np.stack(columns, axis=1)
