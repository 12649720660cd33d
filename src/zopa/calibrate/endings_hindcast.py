"""Endings forecast from wars before a date, scored on those that began later.

1. The model is fitted to wars that began before the date, as they were known at it.
2. Each later war is looked at when it begins, and when it is one and three years old, if it lasts
   as long: what will have become of it 12 and 60 months on (`endings_forecast.RESULTS`)?  Only
   wars that the file can follow to the end of that time are taken.
3. The forecast's score is compared with that of the base rate: the share of each result among the
   earlier wars of the same type and age that could be followed as long by the date, with half a
   case added to each result (Jeffreys), so that what never happened is not taken for impossible.
4. The interval of a mean difference is that of a bootstrap over conflicts, since the wars of one
   conflict are alike.

    log score    log p(result)                      larger is better
    Brier score  sum_k (p_k - [k is the result])^2  smaller is better

Between states the order of the two sides means nothing: the base rate of a victory is shared evenly
there, as the model's is.  Reference: Gneiting, T. and Raftery, A. (2007), JASA 102(477).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.checks import Limits
from zopa.calibrate.endings_data import months_between, seen, table
from zopa.calibrate.endings_fit import LONG, Fit, Sampler, Tell, fit
from zopa.calibrate.endings_forecast import RESULTS, forecast
from zopa.calibrate.endings_model import USUAL, Priors
from zopa.calibrate.termination_file import TYPES, Ended, TerminationFile
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
AGES = (0, 12, 36)
"""Months since onset at which a war is looked at."""
AHEAD = (12, 60)
"""Months ahead."""
BEFORE = dt.date(1990, 1, 1)
FEWEST = 20
"""Wars on either side of the date."""
RESAMPLES = 2000


@dataclass(frozen=True)
class Case:
    """One forecast and what came.

    Attributes:
        war: of the file.
        age, ahead: months.
        result: place of what came in `RESULTS`.
        model, base: probabilities of `RESULTS`.
    """

    war: Ended
    age: int
    ahead: int
    result: int
    model: tuple[float, ...]
    base: tuple[float, ...]


@dataclass(frozen=True)
class Compared:
    """Mean scores over some cases, and the model's less the base rate's.

    Attributes:
        title: of the cases.
        cases, conflicts: how many.
        log, log_base, brier, brier_base: means.
        gain, gain_interval: mean difference of the log scores, at 95 percent; above 0 the model
            wins.
        brier_gain, brier_gain_interval: base rate's Brier score less the model's, likewise.
    """

    title: str
    cases: int
    conflicts: int
    log: float
    log_base: float
    gain: float
    gain_interval: tuple[float, float]
    brier: float
    brier_base: float
    brier_gain: float
    brier_gain_interval: tuple[float, float]


@dataclass(frozen=True)
class EndingsHindcast:
    """The hindcast of endings.

    Attributes:
        file, sha256: of the data.
        before: the date; `last`, the end of the file.
        seed: of the sampler and of the bootstrap.
        trained: wars that the model was fitted to.
        scores: all cases first, then by months ahead, age and type.
        cases: each forecast.
    """

    file: str
    sha256: str
    before: dt.date
    last: dt.date
    seed: int
    trained: int
    scores: tuple[Compared, ...]
    cases: tuple[Case, ...] = field(repr=False)

    def to_json(self) -> str:
        """The scores, the same bytes for the same seed."""
        data = {key: value for key, value in asdict(self).items() if key != "cases"}
        data |= {"before": self.before.isoformat(), "last": self.last.isoformat()}
        return json.dumps(_rounded(data), indent=1) + "\n"


def hindcast(file: TerminationFile, before: dt.date = BEFORE, seed: int = 0,
             sampler: Sampler = LONG, priors: Priors = USUAL, limits: Limits | None = None,
             tell: Tell | None = None) -> EndingsHindcast:
    """Train on wars before a date, score on later ones.

    Args:
        file: the wars.
        before: the date; nothing that happened later enters a forecast.
        seed, sampler, priors, limits, tell: as for `endings_fit.fit`.

    Raises:
        ArgumentError: too few wars before or after the date.
        NotConverged: a limit does not hold.
    """
    earlier = [war for war in file.wars if war.start < before]
    later = [war for war in file.wars if war.start >= before]
    if min(len(earlier), len(later)) < FEWEST:
        raise ArgumentError(f"{before} leaves {len(earlier)} wars to learn from and {len(later)} "
                            f"to score, and {FEWEST} of each are needed. Give another date.")
    fitted = fit(table(earlier, before), seed, sampler, priors, limits, tell)
    found = cases(fitted, earlier, later, before, file.last)
    return EndingsHindcast(file.name, file.sha256, before, file.last, seed, len(earlier),
                           compare(found, seed), found)


def cases(fitted: Fit, earlier: Sequence[Ended], later: Sequence[Ended], before: dt.date,
          last: dt.date) -> tuple[Case, ...]:
    """The forecasts of the later wars, and what came."""
    found = []
    for ahead in AHEAD:
        for age in AGES:
            base = {kind: base_rate(earlier, before, kind, age, ahead) for kind in TYPES}
            for war in later:
                result = result_of(war, age, ahead, last)
                if result is not None:
                    model = forecast(fitted, war.kind, war.region, war.start, age, ahead)
                    found.append(Case(war, age, ahead, result, tuple(model.mean(axis=0).tolist()),
                                      base[war.kind]))
    return tuple(found)


def result_of(war: Ended, age: int, ahead: int, until: dt.date) -> int | None:
    """Place in `RESULTS` of what had become of a war some months on.

    None where it did not reach the age, or could not be followed as long by a date.
    """
    outcome, months = seen(war, until)
    if months <= age or months_between(war.start, until) < age + ahead:
        return None
    if months > age + ahead:
        return 0
    if outcome is None:  # lost from sight
        return 0 if months == age + ahead else None
    name = "settled" if outcome in ("agreement", "ceasefire") else outcome
    return RESULTS.index(name)


def base_rate(wars: Sequence[Ended], until: dt.date, kind: str, age: int,
              ahead: int) -> tuple[float, ...]:
    """Share of each result among wars of a type and age, half a case added to each."""
    count = np.full(len(RESULTS), 0.5)
    for war in wars:
        result = result_of(war, age, ahead, until) if war.kind == kind else None
        if result is not None:
            count[result] += 1.0
    if kind == "interstate":
        sides = [RESULTS.index("victory-a"), RESULTS.index("victory-b")]
        count[sides] = count[sides].mean()
    return tuple((count / count.sum()).tolist())


def compare(found: Sequence[Case], seed: int) -> tuple[Compared, ...]:
    """Scores over all cases, then by months ahead, by age and by type."""
    groups = [("all", list(found))]
    groups += [(f"{ahead} months ahead", [c for c in found if c.ahead == ahead]) for ahead in AHEAD]
    groups += [(f"{age} months old", [c for c in found if c.age == age]) for age in AGES]
    groups += [(kind, [c for c in found if c.war.kind == kind]) for kind in TYPES]
    return tuple(_compared(title, some, seed) for title, some in groups if some)


def _compared(title: str, some: Sequence[Case], seed: int) -> Compared:
    came = np.array([case.result for case in some])
    model, base = (np.array([getattr(case, name) for case in some]) for name in ("model", "base"))
    rows = np.arange(len(some))
    logs = [np.log(p[rows, came]) for p in (model, base)]
    truth = np.eye(len(RESULTS))[came]
    briers = [((p - truth) ** 2).sum(axis=1) for p in (model, base)]
    conflicts = np.unique([case.war.conflict for case in some], return_inverse=True)[1]
    gain, other = logs[0] - logs[1], briers[1] - briers[0]
    return Compared(title, len(some), int(conflicts.max()) + 1, float(logs[0].mean()),
                    float(logs[1].mean()), float(gain.mean()), interval(gain, conflicts, seed),
                    float(briers[0].mean()), float(briers[1].mean()), float(other.mean()),
                    interval(other, conflicts, seed))


def interval(values: Floats, clusters: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """95 % interval of a mean by a bootstrap over clusters.

    Args:
        values: `(case,)`.
        clusters: `(case,)`, from 0.
        seed: of the resampling.
    """
    count = int(clusters.max()) + 1
    sums, sizes = (np.bincount(clusters, weights, count) for weights in (values, None))
    drawn = np.random.default_rng(seed).integers(0, count, (RESAMPLES, count))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return low, high


def _rounded(data: object) -> object:
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return float(f"{data:.4g}") if isinstance(data, float) else data
