"""Tests of claims about what has happened: the record alone decides them.

The record is the scenario's `history` with the present at its date.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.past import periods_between
from zopa.questions.outcome import Outcome, unknown
from zopa.questions.study import Study

FIRST = "the first record"
SHARE = 2.0 / 3.0


def advanced(study: Study, party: str, since: str) -> Outcome:
    """The recorded position moved in i's favour in at least 2/3 of the periods since then.

    1. The positions recorded since then, in order of time, the present last.
    2. A move between two records counts for the periods between them, in whole periods, one at
       least.
    """
    window = study.war.position
    sign = 1.0 if party == window.favours else -1.0
    study.side(party)
    recorded = _positions(study, str(since))
    if len(recorded) < 2:
        return unknown(len(study.draws), f"fewer than two positions are recorded since {since}",
                       record=True)
    dates = [date for date, _ in recorded]
    periods = periods_between([date.toordinal() for date in dates], study.scenario.period)
    moves = sign * np.diff(np.stack([position for _, position in recorded]), axis=0)
    share = (periods[:, None] * (moves > 0.0)).sum(axis=0) / periods.sum()
    return Outcome((share >= SHARE - 1e-12).astype(float), record=True,
                   extra={"share_of_periods": share, "moved": moves.sum(axis=0),
                          "records": len(recorded)})


def support_declined(study: Study, patron: str, since: str = FIRST) -> Outcome:
    """The recorded level of support is now lower than at that date."""
    chain = study.support(patron)
    levels = list(chain.levels)
    recorded = sorted((state.date, state.support[patron]) for state in study.scenario.history
                      if patron in state.support)
    if not recorded:
        return unknown(len(study.draws), f"no level of support of {patron} is recorded",
                       record=True)
    if since == FIRST:
        then = recorded[0]
    else:
        text = str(since)
        # dated within the moment (2022 is a year), else the last one before it
        within = [entry for entry in recorded if entry[0].isoformat().startswith(text)]
        before = [entry for entry in recorded if entry[0].isoformat() < text]
        if not within and not before:
            return unknown(len(study.draws),
                           f"no level of support of {patron} is recorded at or before {since}",
                           record=True)
        then = within[0] if within else before[-1]
    lower = levels.index(chain.present) > levels.index(then[1])
    return Outcome(np.full(len(study.draws), float(lower)), record=True,
                   extra={"level_then": then[1], "date_then": then[0].isoformat(),
                          "level_now": chain.present})


def _positions(study: Study, since: str) -> list[tuple[dt.date, NDArray[np.float64]]]:
    """Dates and recorded positions `(draw,)` since then, in order of time, the present last."""
    found = [(state.date, study.draws[f"history.{index}.position"])
             for index, state in enumerate(study.scenario.history)
             if state.position is not None and state.date.isoformat() >= since
             and state.date < study.scenario.date]
    found.sort(key=lambda entry: entry[0])
    return [*found, (study.scenario.date, study.draws["war.position.present"])]
