"""One war cut off at earlier dates: what was forecast from what was known then, and what came.

1. A template is brought to each date: position and record are those of the series, momentum is the
   fit's likeliest level of the last month, the window is centred on the present.  A source of the
   template that became known later is refused.
2. Battlefield and endings are fitted to what was known at the date, and their joint draws are the
   template's numbers.
3. The scenario is drawn, weighed by its record (no deal in any month), and solved.
4. Deal or no deal within 6 and 12 months is scored by log and Brier score, beside the rate at which
   wars of the class are settled; the position is scored by CRPS and coverage, given that fighting
   goes on, beside the rules of `baselines`.

One war gives few and overlapping cases, so that these figures can show a model that is badly off,
and no more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.baselines import BASELINES
from zopa.calibrate.posterior import Posterior
from zopa.calibrate.scores import crps
from zopa.calibrate.series import Monthly, later
from zopa.calibrate.write_block import provenance, quantiles
from zopa.core.errors import ArgumentError
from zopa.draws.sobol import Draws
from zopa.ensemble.solve import Parts
from zopa.questions.history import observed
from zopa.questions.study import Study
from zopa.scenario import check
from zopa.scenario.checks.provenance import cited
from zopa.scenario.number import Calibrated, Number, central
from zopa.scenario.patch import replace_at
from zopa.scenario.posteriors import with_posteriors
from zopa.scenario.schema import Calibration, Scenario, State

Floats = NDArray[np.float64]
CUT_OFFS = tuple(dt.date.fromisoformat(text) for text in (
    "2023-05-31", "2023-11-30", "2024-02-29", "2024-05-31", "2024-11-30"))
AHEAD = (6, 12)
PATHS = 16
"""Paths of the position for each draw."""
SHIPPED = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Known:
    """What was fitted at a date.

    Attributes:
        posteriors: joint draws of the template's numbers.
        momentum: the likeliest level of the last month.
        settled: months ahead -> probability that a war of the class is settled within them.
    """

    posteriors: tuple[Posterior, ...]
    momentum: str
    settled: Mapping[int, float]


Fits = Callable[[Scenario, dt.date], Known]


@dataclass(frozen=True)
class Deal:
    """A forecast of a deal within some months, and whether there was one.

    Attributes:
        model, base: probabilities, by the scenario and of the class.
        came: whether there was a deal.
    """

    date: dt.date
    ahead: int
    model: float
    base: float
    came: bool


@dataclass(frozen=True)
class Place:
    """A forecast of the change of position, and what came.

    Attributes:
        low, middle, high: 5, 50 and 95 percent of the forecast.
        came: the change.
        crps: of the forecast; `rules`, of each rule of `baselines`.
    """

    date: dt.date
    ahead: int
    low: float
    middle: float
    high: float
    came: float
    crps: float
    rules: Mapping[str, float]


@dataclass(frozen=True)
class Replay:
    """All cut-offs.

    Attributes:
        template, series: titles.
        draws, seed: of the ensembles.
        deals, places: the forecasts, in the order of the dates.
    """

    template: str
    series: str
    draws: int
    seed: int
    deals: tuple[Deal, ...]
    places: tuple[Place, ...]

    def log_scores(self) -> tuple[float, float]:
        """Mean log score of the deals, by the scenario and by the class."""
        return (_mean_log([(d.model, d.came) for d in self.deals]),
                _mean_log([(d.base, d.came) for d in self.deals]))

    def brier_scores(self) -> tuple[float, float]:
        """Mean Brier score of the deals, likewise."""
        return (float(np.mean([(d.model - d.came) ** 2 for d in self.deals])),
                float(np.mean([(d.base - d.came) ** 2 for d in self.deals])))

    def to_json(self) -> str:
        """Every forecast, the same bytes for the same seed."""
        data = {"template": self.template, "series": self.series, "draws": self.draws,
                "seed": self.seed, "log_score": self.log_scores(), "brier": self.brier_scores(),
                "deals": [asdict(d) for d in self.deals],
                "positions": [asdict(p) for p in self.places]}
        return json.dumps(_plain(data), indent=1) + "\n"


def replay(template: Scenario, series: Monthly, fits: Fits, dates: Sequence[dt.date] = CUT_OFFS,
           deal: dt.date | None = None, draws: int = 128, seed: int = 0,
           tell: Callable[[int, int], None] | None = None) -> Replay:
    """Forecasts from every date, scored.

    Args:
        template: a scenario with a war, without patrons and beliefs.
        series: of its position; only what is later than a date is used to score it.
        fits: from the template at a date, what was fitted by then.
        dates: ends of months.
        deal: when there was a deal; None where there was none by the end of the series.
        draws: a power of two.
        seed: of draws and paths.
        tell: called with the dates done and their total.

    Raises:
        ArgumentError: the template cannot be replayed, or a date is not in the series.
        InputError: the scenario of a date would not check.
    """
    deals, places = [], []
    for number, date in enumerate(dates):
        if tell is not None:
            tell(number, len(dates))
        known = series.until(date)
        bare = at_date(template, known, date)
        found = fits(bare, date)
        scenario = fitted(bare, found)
        check.ensure(scenario)
        study = observed(scenario, draws, seed)
        deals += _deals(study, found, date, series.months[-1], deal)
        places += _places(study, series, date, seed)
    if tell is not None:
        tell(len(dates), len(dates))
    return Replay(template.title, series.name, draws, seed, tuple(deals), tuple(places))


def at_date(template: Scenario, series: Monthly, date: dt.date) -> Scenario:
    """The template at a date: position and record from the series, its window centred.

    Args:
        template: see `replay`.
        series: up to the date.
        date: the end of its last month.

    Raises:
        ArgumentError: see `replay`.
    """
    war = template.war
    if war is None or war.support or war.beliefs is not None:
        raise ArgumentError("the template must have a `war` block without support and beliefs, so "
                            "that its position moves by momentum alone.")
    refuse_later(template, date)
    if not series.months or series.months[-1] != date or not np.isfinite(series.values[-1]):
        raise ArgumentError(f"{series.origin.file} has no value for the month that ends on {date}.")
    unit = war.position.unit
    source = Calibrated(calibrated=f"{series.name}, {series.origin.file}")

    def level(value: float) -> Number:
        return Number(value=float(value), unit=unit, source=source)

    record = tuple(State(date=month, position=level(value), source=source, calibrates=(
        "position", "momentum")) for month, value in zip(series.months, series.values, strict=True)
        if np.isfinite(value))
    position = war.position.model_copy(update={
        "present": level(series.values[-1]), "present_cell": war.position.cells // 2,
        "targets": ()})
    return template.model_copy(update={
        "date": date, "history": record, "war": war.model_copy(update={"position": position})})


def refuse_later(template: Scenario, date: dt.date) -> None:
    """Raise where something in the template rests on what became known after a date.

    Raises:
        ArgumentError: names the first such input, its source and the day it became known.
    """
    for path, source in cited(template):
        entry = template.sources.get(source.cite or "")
        if entry is None:
            continue
        since = entry.known_since or dt.date(entry.year, 12, 31)
        if since > date:
            raise ArgumentError(f"{path} rests on '{source.cite}', known only since {since}, after "
                                f"{date}. Take it out of the template.")


def fitted(scenario: Scenario, known: Known) -> Scenario:
    """A scenario with the numbers of posteriors, and their joint draws at hand."""
    import hashlib

    entries = {}
    for one in known.posteriors:
        for path in one.columns:
            scenario = replace_at(scenario, path, Number(
                quantiles=tuple(quantiles(one.column(path))), posterior=one.name,
                source=Calibrated(calibrated=provenance(one))))
        entries[one.name] = Calibration(draws=f"{one.name}.json", sha256=hashlib.sha256(
            one.to_json().encode()).hexdigest())
    scenario = replace_at(scenario, "war.momentum.present", known.momentum)
    return with_posteriors(scenario.model_copy(update={"calibrations": entries}),
                           {one.name: one for one in known.posteriors})


def paths(scenario: Scenario, draws: Draws, months: int, seed: int) -> NDArray[np.int64]:
    """Cells relative to the present, `(path, month)`, while fighting goes on.

    A month: the position moves by the present momentum's probabilities, and is held in the window;
    then momentum moves.  Draws are taken by their weights, `PATHS` paths for each.
    """
    war = scenario.war
    assert war is not None
    random = np.random.default_rng([seed, months])
    names = list(war.momentum.levels)
    count = len(draws) * PATHS
    own = np.sort(random.choice(len(draws), count, p=draws.weight))
    chain = np.zeros((len(draws), len(names), len(names)))
    changes = sorted({change for row in war.position.moves.values() for change in row} | {0})
    moves = np.zeros((len(draws), len(names), len(changes)))
    for i, name in enumerate(names):
        for other in war.momentum.transitions.get(name, {}):
            chain[:, i, names.index(other)] = draws[f"war.momentum.transitions.{name}.{other}"]
        chain[:, i, i] += 1.0 - chain[:, i].sum(axis=-1)
        for change in war.position.moves[name]:
            moves[:, i, changes.index(change)] = draws[f"war.position.moves.{name}.{change}"]
        moves[:, i, changes.index(0)] += 1.0 - moves[:, i].sum(axis=-1)
    low, high = -war.position.present_cell, war.position.cells - 1 - war.position.present_cell
    at, momentum = np.zeros(count, np.int64), np.full(count, names.index(war.momentum.present))
    found = np.zeros((count, months), np.int64)
    for month in range(months):
        step = _picked(moves[own, momentum], random)
        at = np.clip(at + np.array(changes)[step], low, high)
        momentum = _picked(chain[own, momentum], random)
        found[:, month] = at
    return found


def _picked(chances: Floats, random: np.random.Generator) -> NDArray[np.int64]:
    """One place of each row, by its probabilities."""
    drawn = random.random((len(chances), 1))
    places = (np.cumsum(chances, axis=1) < drawn).sum(axis=1)
    return np.minimum(places, chances.shape[1] - 1)


def _deals(study: Study, known: Known, date: dt.date, end: dt.date,
           deal: dt.date | None) -> list[Deal]:
    by = study.ensemble(Parts.BARGAIN | Parts.TIMING).timing.deal_by
    found = []
    for ahead in AHEAD:
        last = later(date, ahead)
        if last > end and (deal is None or deal > end):
            continue
        chance = float(np.asarray(by[ahead]) @ study.weight)
        came = deal is not None and date < deal <= last
        found.append(Deal(date, ahead, chance, known.settled[ahead], came))
    return found


def _places(study: Study, series: Monthly, date: dt.date, seed: int) -> list[Place]:
    scenario = study.scenario
    assert scenario.war is not None
    width = central(scenario.war.position.cell)
    cells = paths(scenario, study.draws, max(AHEAD), seed)
    known = series.until(date)
    y = known.changes[1]
    found = []
    for ahead in AHEAD:
        if later(date, ahead) > series.months[-1]:
            continue
        now, then = (series.values[series.months.index(day)] for day in (date, later(date, ahead)))
        if not np.isfinite(then):
            continue
        points = np.sort(width * cells[:, ahead - 1])
        came = float(then - now)
        low, middle, high = np.quantile(points, [0.05, 0.5, 0.95]).tolist()
        rules = {rule.name: crps(rule.forecast(y, ahead).points, came) for rule in BASELINES}
        found.append(Place(date, ahead, low, middle, high, came, crps(points, came), rules))
    return found


def _mean_log(pairs: Sequence[tuple[float, bool]]) -> float:
    return float(np.mean([np.log(max(p if came else 1.0 - p, 1e-9)) for p, came in pairs]))


def _plain(data: object) -> object:
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if isinstance(data, dt.date):
        return data.isoformat()
    return float(f"{data:.5g}") if isinstance(data, float) else data
