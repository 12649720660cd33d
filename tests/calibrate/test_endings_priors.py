"""A class's rates as numbers of a scenario: sides, periods, position, talks, and the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tests.calibrate.wars import LAST, wars
from tests.questions.tiny import tiny
from zopa.calibrate.checks import Convergence
from zopa.calibrate.endings_data import ENDINGS, table
from zopa.calibrate.endings_fit import Fit
from zopa.calibrate.endings_forecast import ReferenceClass, rates
from zopa.calibrate.endings_model import Priors
from zopa.calibrate.endings_priors import class_rates, posterior
from zopa.calibrate.endings_sbc import prior_draw
from zopa.calibrate.endings_words import class_lines, prior_lines
from zopa.calibrate.posterior import Posterior
from zopa.calibrate.priors_power import Sensitivity
from zopa.calibrate.termination_file import LICENCE, TYPES, TerminationFile
from zopa.calibrate.write_block import write
from zopa.core.errors import ArgumentError
from zopa.scenario.load import load
from zopa.scenario.schema import Scenario
from zopa.scenario.template import template_text

FILE = TerminationFile("made-up.csv", "ab" * 32, wars(240, 7), LAST)
TALKS = {"war.talks.failure": 0.4, "war.talks.rate": 0.5}


def stand_in(draws: int = 40) -> Fit:
    """Draws from the prior in the place of a fit."""
    random = np.random.default_rng(1)
    data = table(FILE.wars, LAST)
    narrow = Priors(spread=0.3, types=0.2, ages=0.2, both=0.1, regions=0.1, periods=0.1)
    sites = [prior_draw(data.months.shape, random, narrow) for _ in range(draws)]
    shares = random.beta(3.0, 2.0, (draws, len(TYPES)))
    shares[:, TYPES.index("interstate")] = 0.5
    return Fit(data, narrow, {name: np.array([one[name] for one in sites]) for name in sites[0]},
               shares, Convergence(("nothing", 1.0), ("nothing", 1e4), 0.0, draws))


FIT = stand_in()


def made(of: ReferenceClass, scenario: Scenario, government: str | None = None,
         talks: bool = True) -> Posterior:
    return posterior(FILE, FIT, class_rates(FILE, FIT, of), scenario, 3, government, talks)


def test_between_states_each_side_has_half_of_the_victories() -> None:
    of = ReferenceClass("interstate", 12)
    found = made(of, tiny(TALKS))
    assert found.columns == ("war.hazards.north.base", "war.hazards.south.base",
                             "war.talks.failure")
    victory = np.sort(rates(FIT, of)[:, ENDINGS.index("victory")])
    for column in found.columns[:2]:
        assert np.sort(found.column(column)) == pytest.approx(0.5 * victory, rel=1e-5)
    settled = np.clip(rates(FIT, of)[:, ENDINGS.index("settled")] / 0.5, 1e-6, 1.0)
    assert np.sort(1.0 - found.column("war.talks.failure")) == pytest.approx(
        np.sort(settled), abs=1e-5)


def test_inside_a_state_the_government_is_named() -> None:
    of = ReferenceClass("internal")
    with pytest.raises(ArgumentError, match="government must name the side of the state"):
        made(of, tiny(TALKS))
    with pytest.raises(ArgumentError, match="government names no belligerent, 'west'"):
        made(of, tiny(TALKS), government="west")
    one, other = (made(of, tiny(TALKS), government=side, talks=False)
                  for side in ("north", "south"))
    assert one.columns == other.columns[::-1]
    assert np.array_equal(np.sort(one.column("war.hazards.north.base")),
                          np.sort(other.column("war.hazards.south.base")))


def test_the_hazard_at_the_present_position_is_that_of_the_class() -> None:
    of = ReferenceClass("interstate")
    moved = tiny(TALKS | {"war.position.present_cell": 4, "war.hazards.north.position": 0.5})
    plain, shifted = (made(of, one).column("war.hazards.north.base") for one in (
        tiny(TALKS), moved))
    assert np.sort(shifted) == pytest.approx(np.sort(plain) / np.exp(0.5), rel=1e-4)


def test_rates_are_those_of_the_scenarios_period() -> None:
    of = ReferenceClass("interstate")
    month, week = (made(of, tiny(TALKS | {"period": period})).column("war.hazards.north.base")
                   for period in ("month", "week"))
    # half of a probability of either side's victory
    assert np.sort(1.0 - (1.0 - 2.0 * week) ** (30.4375 / 7.0)) == pytest.approx(
        np.sort(2.0 * month), rel=1e-4)


def test_what_stands_behind_a_class_is_told() -> None:
    of = ReferenceClass("interstate", 36)
    source = made(of, tiny(TALKS)).source
    found = class_rates(FILE, FIT, of)
    assert (source.cases, source.licence, source.last) == (found.wars, LICENCE, LAST)
    assert f"class interstate, over three years: {found.wars} wars" in source.model
    lines = list(class_lines(found))
    assert lines[0].startswith(f"interstate, over three years: {found.wars} wars, {found.months}")
    assert len(lines) == 3 + len(ENDINGS)
    told = list(prior_lines([Sensitivity("settled, interstate", 0.2, 0.01, True),
                             Sensitivity("victory, interstate", 0.2, 0.3, False),
                             Sensitivity("ceases, interstate", 0.0, 0.3, True)]))
    assert told[1:3] == ["  settled: the prior decides", "  victory: prior and cases both count"]
    assert len(told) == 4 and "not reliable" in told[3]
    earlier = class_rates(FILE, FIT, of, dt.date(1980, 1, 1))
    assert earlier.wars < found.wars and earlier.last == dt.date(1980, 1, 1)


def test_the_numbers_are_written_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text(), encoding="utf-8")
    scenario = load(path)
    found = made(ReferenceClass("interstate", 12, year=scenario.date.year), scenario, talks=False)
    write(path, found)
    assert load(path).calibrations["endings"].draws == "made.endings.json"
