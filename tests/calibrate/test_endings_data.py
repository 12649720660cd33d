"""Months at risk and ends: a war counts in the cells that it passed through, and nothing later."""

from __future__ import annotations

import datetime as dt

import numpy as np

from tests.calibrate.wars import LAST, wars
from zopa.calibrate.endings_data import (
    AGES,
    ENDINGS,
    PERIODS,
    ages_of,
    cases,
    months_between,
    periods_of,
    seen,
    table,
)
from zopa.calibrate.termination_file import REGIONS, TYPES, Ended

WAR = Ended(1, 1, "made up", "interstate", "asia", dt.date(1980, 9, 23), dt.date(1988, 8, 20),
            "ceasefire")


def test_a_war_counts_in_every_cell_it_passes_through() -> None:
    found = table([WAR], LAST)
    own = found.months[TYPES.index("interstate"), :, REGIONS.index("asia")]
    months = months_between(WAR.start, WAR.end) + 1
    assert own.sum() == found.months.sum() == months == 95
    assert own.sum(axis=1).tolist() == [1, 11, 24, 59, 0]
    assert own.sum(axis=0).tolist() == [0, 0, 95, 0, 0, 0]
    assert found.ends.sum() == found.ends[1, 3, 2, 2, ENDINGS.index("settled")] == 1.0
    assert found.sides.sum() == 0.0


def test_a_war_of_a_day_is_one_month_at_risk() -> None:
    day = Ended(1, 1, "made up", "interstate", "asia", dt.date(1989, 12, 23),
                dt.date(1989, 12, 23), "victory-b")
    found = table([day], LAST)
    assert found.months.sum() == 1.0 and found.ends[..., ENDINGS.index("victory")].sum() == 1.0
    assert found.sides[TYPES.index("interstate")].tolist() == [0.0, 1.0]


def test_nothing_later_than_the_date_counts() -> None:
    assert seen(WAR, dt.date(1985, 9, 23)) == (None, 59)
    early, late = dt.date(1985, 9, 23), dt.date(1988, 8, 20)
    assert table([WAR], early).ends.sum() == 0.0
    assert table([WAR], late).ends.sum() == 1.0
    assert table([WAR], dt.date(1979, 1, 1)).months.sum() == 0.0
    made = wars(200, 1)
    known = [war for war in made if war.start < early]
    changed = [war if war.end <= early else Ended(
        war.conflict, war.dyad, war.location, war.kind, war.region, war.start, LAST, "ceases")
        for war in known]
    for one, other in zip(table(known, early), table(changed, early), strict=True):
        assert np.array_equal(one, other)


def test_ages_and_periods_have_their_bounds() -> None:
    assert ages_of(np.array([0, 1, 11, 12, 35, 36, 119, 120, 500])).tolist() == [
        0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert periods_of(dt.date(1975, 11, 15), 4).tolist() == [1, 1, 2, 2]
    assert periods_of(dt.date(2020, 6, 1), 20)[-1] == len(PERIODS) - 1
    assert len(AGES) == 5


def test_the_cases_of_a_class_are_those_that_reached_its_age() -> None:
    made = wars(300, 2)
    every, months, ends = cases(made, LAST, "internal", 0)
    older, fewer, _ = cases(made, LAST, "internal", 36)
    found = table(made, LAST)
    place = TYPES.index("internal")
    assert every == 150 and months == found.months[place].sum()
    assert sum(ends.values()) == found.ends[place].sum()
    assert older < every and fewer == found.months[place, 3:].sum()
