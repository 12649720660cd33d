"""A war cut off at earlier dates: nothing later enters, and what is scored is what was forecast."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from zopa.calibrate.posterior import Fitted, Posterior, kept
from zopa.calibrate.series import Monthly, Origin, later
from zopa.calibrate.wars_replayed import (
    PATHS,
    SHIPPED,
    Known,
    Replay,
    at_date,
    fitted,
    paths,
    refuse_later,
    replay,
)
from zopa.calibrate.wars_replayed_words import lines
from zopa.core.errors import ArgumentError, InputError
from zopa.draws.sobol import sample
from zopa.scenario.load import load
from zopa.scenario.number import central
from zopa.scenario.schema import Scenario

MONTHS = tuple(later(dt.date(2022, 4, 30), n) for n in range(30))
DATES = (dt.date(2023, 5, 31), dt.date(2023, 11, 30))


def template() -> Scenario:
    """The shipped template."""
    return load(SHIPPED / "ukraine.yaml")


def series(seed: int = 1) -> Monthly:
    """A made-up series of an area, with drift."""
    steps = np.random.default_rng(seed).normal(100.0, 300.0, len(MONTHS) - 1)
    values = 112000.0 + np.concatenate([[0.0], np.cumsum(steps)])
    return Monthly("a made-up area", "km2", "level", MONTHS, values,
                   Origin("made-up.csv", "ab" * 32, "tidy", "Nobody (2022)", "CC0"))


def stand_in(scenario: Scenario, date: dt.date, last: dt.date | None = None) -> Known:
    """What a fit would bring, made up."""
    random = np.random.default_rng(date.toordinal())
    war = scenario.war
    assert war is not None
    ground = [f"war.momentum.transitions.{one}.{other}"
              for one, row in war.momentum.transitions.items() for other in row]
    ground += [f"war.position.moves.{level}.{change}"
               for level, row in war.position.moves.items() for change in row]
    names = ("war.hazards.moscow.base", "war.hazards.kyiv.base", "war.talks.failure")

    def made(name: str, columns: tuple[str, ...], low: float, high: float) -> Posterior:
        source = Fitted((("made-up.csv", "ab" * 32),), MONTHS[0], last or date, "0.1.0", 1,
                        "a stand-in for a fit", "Nobody (2022)", "CC0")
        draws = random.uniform(low, high, (64, len(columns)))
        if name == "endings":
            draws[:, 2] = random.uniform(0.9, 0.99, 64)
        return kept(name, "battlefield" if name == "battlefield" else "endings", columns, draws,
                    source)

    return Known((made("battlefield", tuple(ground), 0.05, 0.2),
                  made("endings", names, 0.0005, 0.002)), "static", {6: 0.06, 12: 0.11})


@pytest.fixture(scope="module")
def found() -> Replay:
    return replay(template(), series(), stand_in, DATES, draws=16, seed=2)


def test_what_comes_later_changes_no_forecast(found: Replay) -> None:
    changed = series()
    changed.values[MONTHS.index(DATES[-1]) + 1:] += 5000.0
    again = replay(template(), changed, stand_in, DATES, draws=16, seed=2)
    assert [(d.model, d.base) for d in again.deals] == [(d.model, d.base) for d in found.deals]
    last = [(p.low, p.middle, p.high) for p in again.places if p.date == DATES[-1]]
    assert last == [(p.low, p.middle, p.high) for p in found.places if p.date == DATES[-1]]
    assert again.places[-1].came == pytest.approx(found.places[-1].came + 5000.0)


def test_the_same_seed_gives_the_same_bytes(found: Replay) -> None:
    again = replay(template(), series(), stand_in, DATES, draws=16, seed=2)
    assert again.to_json() == found.to_json()
    assert json.loads(found.to_json())["deals"][0]["date"] == "2023-05-31"


def test_every_forecast_that_can_be_scored_is(found: Replay) -> None:
    ends = [(date, ahead) for date in DATES for ahead in (6, 12) if later(date, ahead)
            <= MONTHS[-1]]
    assert [(d.date, d.ahead) for d in found.deals] == ends
    assert [(p.date, p.ahead) for p in found.places] == ends
    assert all(0.0 < d.model < 1.0 and not d.came for d in found.deals)
    for one, other in zip(found.deals[::2], found.deals[1::2], strict=False):
        assert one.model <= other.model
    model, base = found.log_scores()
    assert base == pytest.approx(np.mean([np.log(1.0 - d.base) for d in found.deals]))
    assert model == pytest.approx(np.mean([np.log(1.0 - d.model) for d in found.deals]))
    assert found.brier_scores()[1] == pytest.approx(np.mean([d.base**2 for d in found.deals]))
    assert all(p.low <= p.middle <= p.high and p.crps >= 0.0 for p in found.places)


def test_a_deal_that_came_is_scored_as_one() -> None:
    made = replay(template(), series(), stand_in, DATES[:1], deal=dt.date(2023, 9, 15), draws=16)
    assert [d.came for d in made.deals] == [True, True]
    early = replay(template(), series(), stand_in, DATES[:1], deal=dt.date(2024, 2, 15), draws=16)
    assert [d.came for d in early.deals] == [False, True]


def test_the_scenario_of_a_date_holds_what_was_known(found: Replay) -> None:
    at = at_date(template(), series().until(DATES[0]), DATES[0])
    assert at.date == at.history[-1].date == DATES[0] and len(at.history) == 14
    assert at.war is not None and at.war.position.present_cell == at.war.position.cells // 2
    assert central(at.war.position.present) == series().values[13]
    with pytest.raises(ArgumentError, match="has no value for the month that ends on 2023-06-15"):
        at_date(template(), series().until(dt.date(2023, 6, 15)), dt.date(2023, 6, 15))


def test_later_knowledge_is_refused() -> None:
    with pytest.raises(ArgumentError, match="'istanbul-2022', known only since 2022-03-29"):
        refuse_later(template(), dt.date(2022, 3, 1))
    bare = template()
    entry = bare.sources["isw-2022"].model_copy(update={"known_since": None, "year": 2025})
    later_one = bare.model_copy(update={"sources": {**bare.sources, "isw-2022": entry}})
    with pytest.raises(ArgumentError, match="known only since 2025-12-31"):
        refuse_later(later_one, DATES[0])
    with pytest.raises(InputError, match="was fitted to data up to 2024-01-31, after"):
        replay(template(), series(), lambda s, d: stand_in(s, d, dt.date(2024, 1, 31)), DATES[:1],
               draws=16)


def test_a_template_with_patrons_is_refused() -> None:
    with pytest.raises(ArgumentError, match="without support and beliefs"):
        at_date(load("ukraine-2025"), series().until(DATES[0]), DATES[0])


def test_paths_have_the_moments_of_the_chain() -> None:
    at = at_date(template(), series().until(DATES[0]), DATES[0])
    known = stand_in(at, DATES[0])
    ground, endings = known.posteriors
    drifting = np.array([[0.3 if path.endswith("static.1") else 0.0 for path in ground.columns]])
    scenario = fitted(at, replace(known, posteriors=(replace(ground, draws=drifting), endings)))
    draws = sample(scenario, 256, 1)
    moved = paths(scenario, draws, 4, 3)
    assert moved.shape == (256 * PATHS, 4)
    assert moved[:, 0].mean() == pytest.approx(0.3, abs=0.03)
    assert moved[:, 3].mean() == pytest.approx(4 * 0.3, abs=0.08)


def test_the_tables_hold_every_case(found: Replay) -> None:
    text = list(lines(found))
    assert sum(line.startswith("| 20") for line in text) == len(found.deals) + len(found.places)
    assert any(line.startswith("Deals: log score") for line in text)
    assert text[-1].startswith("Positions: mean CRPS")
