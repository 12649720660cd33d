"""Tests of claims about what would change, or would have: a lever, or an offer forgone.

The same draws with and without the change (common random numbers).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zopa.ensemble.solve import Parts
from zopa.ensemble.space import from_scenario
from zopa.questions.deals import present
from zopa.questions.moments import offer as offer_of
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
    """D_i(offer) > W_i + eps at the offer's date, with its state and beliefs (ex ante)."""
    side = study.side(party)
    then = study.with_offer(offer)
    bargain = then.ensemble(Parts.BARGAIN).bargain
    space = then.keep("space", lambda: from_scenario(then.scenario, then.draws.values))
    package = space.indexed(offer_of(study.scenario, offer).package)
    utility = space.utilities(package[None], present(then.scenario))[side, 0]
    gain = bargain.deal_weight[side] * utility + bargain.deal_constant[side] - bargain.finish[side]
    return Outcome(indicator(gain > study.scenario.thresholds.epsilon, gain),
                   extra={"gain_over_never_agreeing": gain, "utility_of_the_offer": utility})


def _changes(study: Study, lever: str, party: str) -> tuple[Floats, Floats]:
    """What the lever adds to i's expected outcome and to i's expected terms, `(draw,)` each."""
    side = study.side(party)
    without = study.ensemble(Parts.TIMING).timing
    with_it = study.with_lever(lever).ensemble(Parts.TIMING).timing
    return (with_it.outcome[side] - without.outcome[side],
            with_it.terms[side] - without.terms[side])
