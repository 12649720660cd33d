"""Tests of claims about what would change, or would have: a lever, or an offer forgone.

The same draws with and without the change (common random numbers).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.solve import Parts
from zopa.questions.hindsight import judged
from zopa.questions.outcome import Outcome, indicator
from zopa.questions.study import Study

Floats = NDArray[np.float64]


def lever_futile(study: Study, lever: str, party: str) -> Outcome:
    """The lever raises neither i's expected outcome nor i's expected terms by more than eps.

    Where no agreement is predicted with or without it, the outcome alone can still show that it
    helps; that it does not help cannot be said there.
    """
    outcome, terms = _changes(study, lever, party)
    epsilon = study.scenario.thresholds.epsilon
    holds = indicator((outcome <= epsilon) & ~(terms > epsilon))
    holds = np.where(np.isnan(terms) & (holds > 0.0), np.nan, holds)
    return Outcome(holds, extra={"change_of_outcome": outcome, "change_of_terms": terms})


def worse_off_if(study: Study, party: str, lever: str) -> Outcome:
    """The lever lowers i's expected outcome by more than eps."""
    outcome, terms = _changes(study, lever, party)
    return Outcome(indicator(outcome < -study.scenario.thresholds.epsilon, outcome),
                   extra={"change_of_outcome": outcome, "change_of_terms": terms})


def forgone_offer_was_better(study: Study, party: str, offer: str) -> Outcome:
    """D_i(offer) > W_i + eps at the offer's date, with its state and beliefs (ex ante).

    Beside it, ex post: against the discounted stream of what followed and today's V_i.
    """
    side, found = study.side(party), judged(study, offer)
    gain = found.ex_ante[side]
    return Outcome(indicator(gain > study.scenario.thresholds.epsilon, gain),
                   extra={"gain_over_never_agreeing": gain,
                          "gain_over_what_followed": found.ex_post[side],
                          "utility_of_the_offer": found.utility[side]})


def _changes(study: Study, lever: str, party: str) -> tuple[Floats, Floats]:
    """What the lever adds to i's expected outcome and to i's expected terms, `(draw,)` each.

    Where it is on already, what it adds to the same war without it.
    """
    side = study.side(party)
    without = study.without(lever).ensemble(Parts.TIMING).timing
    with_it = study.with_lever(lever).ensemble(Parts.TIMING).timing
    return (with_it.outcome[side] - without.outcome[side],
            with_it.terms[side] - without.terms[side])
