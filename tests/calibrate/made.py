"""Small made-up series and files for the tests of what is fitted to series."""

from __future__ import annotations

import datetime as dt

import numpy as np

from zopa.calibrate.battlefield import Parameters, neighbours
from zopa.calibrate.battlefield_fit import Sampler
from zopa.calibrate.battlefield_paths import series
from zopa.calibrate.series import Monthly, Origin, later

ORIGIN = Origin("made-up.csv", "ab" * 32, "tidy", "Nobody (2024)", "CC0")
TWO = neighbours(("down", "up"))
BRIEF = Sampler(warmup=300, draws=300, accept=0.85)
TRUE = Parameters(
    np.array([[-0.5, 1.5]]), np.array([[0.5, 0.6]]), np.array([[0.01, 0.01]]), np.array([8.0]),
    np.array([[[0.9, 0.1], [0.08, 0.92]]]), np.array([0.0]))
"""One draw of two levels."""


def changes(months: int, seed: int) -> np.ndarray:
    """Changes of a made-up war, in units of its scale."""
    return series(TRUE, months, np.random.default_rng(seed))[0][0]


def position(months: int, seed: int, scale: float = 100.0, start: float = 5000.0) -> Monthly:
    """A made-up position by month, from 2020-01 on."""
    values = start + np.concatenate([[0.0], np.cumsum(changes(months, seed))]) * scale
    first = dt.date(2020, 1, 31)
    days = tuple(later(first, i) for i in range(months + 1))
    return Monthly("area", "km2", "level", days, values, ORIGIN)


TIDY = """date,value,unit
2023-01-31,100.0,km2
2023-02-28,110.5,km2
2023-04-30,120.0,km2
2023-02-28,111.0,km2
2023-05-31,,km2
2023-06-30,90.25,km2
"""

GED = """id,year,type_of_violence,conflict_name,dyad_name,code_status,country,date_start,date_end,\
deaths_a,best,high,low
1,2021,1,Hill: Government,North - South,Clear,Hill,2021-01-05 00:00:00.000,2021-01-05,1,3,4,2
2,2021,1,Hill: Government,North - South,Clear,Hill,2021-01-30,2021-02-02,0,8,9,7
3,2021,3,Dale: Government,East - civilians,Clear,Dale,2021-02-11,2021-02-11,0,2,2,2
4,2021,1,Hill: Government,North - South,Clear,Hill,2021-01-01,2021-12-31,0,50,60,40
5,2021,1,Hill: Government,North - South,Clear,Hill,2021-04-02,2021-04-02,0,4,4,4
"""

ACLED = """event_id_cnty,event_date,year,disorder_type,event_type,country,admin1,fatalities
HIL1,05 January 2024,2024,Political violence,Battles,Hill,Upper,3
HIL2,2024-01-20,2024,Political violence,Battles,Hill,Lower,0
HIL3,1 March 2024,2024,Demonstrations,Protests,Hill,Lower,0
HIL1,05 January 2024,2024,Political violence,Battles,Hill,Upper,5
"""
