"""Tests of claims about where the war goes with no deal (the analyst's expectations)."""

from __future__ import annotations

from zopa.ensemble.past import cell_of
from zopa.questions import moments
from zopa.questions.deals import deals
from zopa.questions.outcome import Outcome, indicator, unknown
from zopa.questions.study import Study


def only_settlement(study: Study) -> Outcome:
    """P(victory of either side within `outlook`, no deal ever) <= rare, and a zone now."""
    victory = study.outlook.victory[:, -1].sum(axis=0)
    no_victory = victory <= study.scenario.thresholds.rare
    zone = ~deals(study).zone.empty
    return Outcome(indicator(no_victory & zone),
                   extra={"victory_rare": indicator(no_victory), "zone": indicator(zone)})


def victory_unlikely(study: Study, party: str, at: str = "now") -> Outcome:
    """P(i wins within `outlook`, no deal ever) <= rare, from the state at that date."""
    victory = study.at(str(at)).outlook.victory[study.side(party), -1]
    return Outcome(indicator(victory <= study.scenario.thresholds.rare),
                   extra={"victory": victory})


def advancing(study: Study, party: str) -> Outcome:
    """The expected change of position over 3 periods, no deal and no collapse, favours i."""
    sign = 1.0 if study.side(party) == 0 else -1.0
    change = sign * study.outlook.position_change
    return Outcome(indicator(change > 0.0, change), extra={"change_in_cells": change})


def patron_withdraws(study: Study, patron: str) -> Outcome:
    """P(support falls below today's level within `window`)."""
    study.support(patron)
    return Outcome(study.outlook.support_falls[patron])


def support_reflects_position(study: Study, patron: str, since: str) -> Outcome:
    """P(support falls within `window`) is larger from the present position than from that of then.

    Both from the present momentum, support and beliefs: the position alone differs.  Where the
    patron does not choose, its support does not depend on the position, and the test is false.
    """
    study.support(patron)
    state = moments.find(study.scenario, str(since)).state
    if state.position is None:
        return unknown(len(study.draws), f"no position is recorded at {since}")
    outlook = study.outlook
    now = then = outlook.support_falls[patron]
    if patron in outlook.falls_by_cell:
        then = outlook.falls_by_cell[patron][cell_of(study.scenario, state)]
    more = now - then > study.scenario.thresholds.epsilon
    return Outcome(indicator(more), extra={"probability_now": now, "probability_then": then,
                                           "date_then": state.date.isoformat()})
