"""Made-up wars with known hazards, followed month by month, and a file of them."""

from __future__ import annotations

import datetime as dt

import numpy as np

from zopa.calibrate.endings_data import AGES
from zopa.calibrate.termination_file import COLUMNS, OUTCOMES, REGIONS, TYPES, Ended

HEADER = ",".join(COLUMNS)
LAST = dt.date(2020, 12, 31)
HAZARDS = {
    # settled, victory, low activity, ceases: in the first year, and later
    "interstate": ((0.05, 0.06, 0.04, 0.0), (0.02, 0.004, 0.008, 0.0)),
    "internal": ((0.01, 0.03, 0.05, 0.01), (0.006, 0.004, 0.02, 0.002)),
}


def row(dyad: int = 1, year: int = 1990, start: str = "3/5/90", end: str = "", outcome: str = "",
        kind: int = 2, region: str = "1", episode: int = 1, conflict: int = 7) -> str:
    """A line of the file."""
    values = {"dyad_id": dyad, "conflict_id": conflict, "dyadepisode": episode, "year": year,
              "location": '"A, B"', "start_date2": start, "ependdate": end, "outcome": outcome,
              "type_of_conflict": kind, "region": f'"{region}"'}
    return ",".join(str(values[column]) for column in COLUMNS)


def text(*rows: str) -> str:
    """The whole file."""
    return "\n".join([HEADER, *rows]) + "\n"


def wars(count: int, seed: int, kinds: tuple[str, ...] = ("interstate", "internal")
         ) -> tuple[Ended, ...]:
    """Wars that began at random since 1946 and ended by `HAZARDS`, or go on."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        start = dt.date(1946, 1, 1) + dt.timedelta(days=int(random.integers(0, 74 * 365)))
        region = REGIONS[int(random.integers(0, len(REGIONS)))]
        end, outcome = _followed(kind, start, random)
        found.append(Ended(number % 40, number, "made up", kind, region, start, end, outcome))
    return tuple(found)


def _followed(kind: str, start: dt.date, random: np.random.Generator) -> tuple[dt.date, str | None]:
    month = 0
    while True:
        day = start + dt.timedelta(days=int(30.4375 * month) + 15)
        if day > LAST:
            return LAST, None
        each = HAZARDS[kind][int(month >= AGES[2])]
        drawn = random.random()
        for ending, chance in zip(("settled", "victory", "low-activity", "ceases"), each,
                                  strict=True):
            if drawn < chance:
                return day, _outcome(ending, random)
            drawn -= chance
        month += 1


def _outcome(ending: str, random: np.random.Generator) -> str:
    names = {"settled": OUTCOMES[:2], "victory": OUTCOMES[2:4]}.get(ending, (ending,))
    return str(names[int(random.integers(0, len(names)))])


assert set(HAZARDS) <= set(TYPES)
