"""The hindcast of endings: nothing later enters, and base rates are those of the class."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from tests.calibrate.wars import LAST, wars
from zopa.calibrate.endings_fit import Sampler
from zopa.calibrate.endings_forecast import RESULTS
from zopa.calibrate.endings_hindcast import (
    EndingsHindcast,
    base_rate,
    hindcast,
    interval,
    result_of,
)
from zopa.calibrate.endings_words import HEADER, hindcast_lines
from zopa.calibrate.termination_file import Ended, TerminationFile
from zopa.core.errors import ArgumentError

BEFORE = dt.date(1985, 1, 1)
BRIEF = Sampler(chains=2, warmup=100, draws=100, accept=0.8)
FILE = TerminationFile("made-up.csv", "ab" * 32, wars(240, 7), LAST)


@pytest.fixture(scope="module")
def found() -> EndingsHindcast:
    return hindcast(FILE, BEFORE, 3, BRIEF)


def test_what_happened_later_changes_no_forecast(found: EndingsHindcast) -> None:
    later = tuple(war if war.start >= BEFORE or war.end < BEFORE else replace(
        war, end=LAST, outcome=None) for war in FILE.wars)
    assert later != FILE.wars
    again = hindcast(replace(FILE, wars=later), BEFORE, 3, BRIEF)
    assert [(c.model, c.base) for c in again.cases] == [(c.model, c.base) for c in found.cases]
    assert again.to_json() == found.to_json()


def test_every_forecast_is_a_probability(found: EndingsHindcast) -> None:
    for case in found.cases:
        assert sum(case.model) == pytest.approx(1.0) and sum(case.base) == pytest.approx(1.0)
        assert min(case.base) > 0.0 and case.war.start >= BEFORE
        if case.war.kind == "interstate":
            assert case.model[2] == pytest.approx(case.model[3])
            assert case.base[2] == case.base[3]


def test_scores_are_those_of_the_cases(found: EndingsHindcast) -> None:
    whole = found.scores[0]
    assert (whole.title, whole.cases) == ("all", len(found.cases))
    logs = [np.log(case.model[case.result]) for case in found.cases]
    briers = [sum((p - (k == case.result)) ** 2 for k, p in enumerate(case.base))
              for case in found.cases]
    assert whole.log == pytest.approx(np.mean(logs))
    assert whole.brier_base == pytest.approx(np.mean(briers))
    assert whole.gain == pytest.approx(whole.log - whole.log_base)
    assert whole.gain_interval[0] <= whole.gain <= whole.gain_interval[1]
    assert json.loads(found.to_json())["trained"] == found.trained
    lines = list(hindcast_lines(found, markdown=True))
    assert len(lines) == 5 + len(found.scores) and all(word in lines[3] for word in HEADER)


WAR = Ended(1, 1, "made up", "interstate", "asia", dt.date(2000, 1, 1), dt.date(2001, 6, 15),
            "victory-a")


@pytest.mark.parametrize(("age", "ahead", "result"), [
    (0, 12, "goes-on"), (0, 60, "victory-a"), (12, 12, "victory-a"), (36, 12, None)])
def test_what_became_of_a_war(age: int, ahead: int, result: str | None) -> None:
    place = result_of(WAR, age, ahead, LAST)
    assert (None if place is None else RESULTS[place]) == result


def test_a_war_that_cannot_be_followed_is_no_case() -> None:
    assert result_of(WAR, 0, 12, dt.date(2000, 12, 1)) is None
    lost = replace(WAR, outcome=None, end=dt.date(2000, 3, 1))
    assert result_of(lost, 0, 12, LAST) is None


def test_base_rates_count_the_class_alone() -> None:
    rate = base_rate([WAR, replace(WAR, kind="internal")], LAST, "interstate", 0, 60)
    # one victory, shared between the sides, and half a case for each of six results
    assert rate == pytest.approx(tuple(np.array([0.5, 0.5, 1.0, 1.0, 0.5, 0.5]) / 4.0))
    assert base_rate([], LAST, "internal", 0, 12) == pytest.approx((1 / 6,) * 6)


def test_the_interval_is_wider_where_cases_come_in_clusters() -> None:
    values = np.repeat(np.random.default_rng(0).normal(size=20), 10)
    alone = interval(values, np.arange(200), 1)
    together = interval(values, np.repeat(np.arange(20), 10), 1)
    assert together[1] - together[0] > 2.0 * (alone[1] - alone[0])


def test_too_few_wars_are_refused() -> None:
    with pytest.raises(ArgumentError, match="leaves 0 wars to learn from"):
        hindcast(FILE, dt.date(1940, 1, 1), 0, BRIEF)
