"""`hindsight`: every dated offer, against what was known then and against what followed.

For each side i, with the deal's value D_i(u) = a_i u + K_i at the offer's state, under the priors
and the enforcement that the offer carries (where it carries none: today's):

    ex ante    D_i(offer) - W_i                       W_i never agreeing, from the offer's state on
    ex post    D_i(offer) - [sum_{t < n} delta_i^t (-c_i(s_t)) + delta_i^n V_i(now)]

1. n is the number of whole periods from the offer's date to the scenario's.
2. s_t is the last state recorded by period t, the offer's own first; a record's date is rounded to
   whole periods.  What a record leaves out is as at present, and a position outside the window is
   held at its end, as everywhere.  So between records the war stands still.
3. c_i is the drawn cost of a period of war in that state; V_i(now) is i's own expectation today.
4. Losses that followed are the scenario's rate times n: a rate of today, and no count.

What followed is one history, known now and not then: an offer can be better ex ante and worse ex
post, or the reverse.  Whose doing it was that no deal came of it is no question of this model, so
both sides are always judged alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from zopa.agreement.space import Space
from zopa.agreement.vetoes import rejected
from zopa.agreement.zone import TIES
from zopa.ensemble.floors import seen
from zopa.ensemble.past import DAYS, recorded
from zopa.ensemble.problem import build
from zopa.ensemble.solve import Parts
from zopa.ensemble.space import from_scenario
from zopa.questions import moments
from zopa.questions.deals import present
from zopa.questions.groups import groups, stated_floor
from zopa.questions.outcome import indicator
from zopa.questions.plain import number
from zopa.questions.spread import chance, mean, quantiles
from zopa.questions.study import Study
from zopa.scenario.schema import Offer, Scenario, State

Floats = NDArray[np.float64]
READING = ("What the offer was worth to each side, against fighting on as it could be judged then "
           "(ex ante) and against what followed, with today's value of fighting on (ex post). Why "
           "no deal came of it, and whose doing that was, is not asked. Losses are the scenario's "
           "own rate times the months, and no count.")


@dataclass(frozen=True, eq=False)
class Judged:
    """An offer at every draw.

    Attributes:
        utility: `(party, draw)`, of its package at its state.
        ratifiable: `(party, draw)`, probability that the side ratifies it: 1 at or above its floor
            and 0 below, or 1 / (1 + exp(-(u - floor) / spread)) where the floor has a spread; 0
            where a group with a veto that counts for the side rejects the package.
        ex_ante: `(party, draw)`, D_i - W_i.
        ex_post: `(party, draw)`, D_i less what followed and today's V_i; NaN where that cannot be
            said.
        months: n, periods from the offer to the scenario's date.
        recorded: of these, the periods in which a state was recorded, the offer's own among them.
        reason: why there is no ex post judgement; None where there is.
    """

    utility: Floats
    ratifiable: Floats
    ex_ante: Floats
    ex_post: Floats
    months: int
    recorded: int
    reason: str | None


def answer(study: Study) -> dict[str, Any] | None:
    """Offer -> its judgement; None where there is no war or no offer."""
    if study.scenario.war is None or not study.scenario.offers:
        return None
    return {name: _plain(study, name, judged(study, name)) for name in study.scenario.offers}


def judged(study: Study, name: str) -> Judged:
    """An offer judged for both sides, ex ante and ex post.

    Raises:
        ArgumentError: there is no such offer, or the scenario has no war.
    """
    return study.keep(("hindsight", name), lambda: _judged(study, name))


def since(scenario: Scenario, offer: Offer) -> tuple[list[State], list[int], int]:
    """What is recorded from an offer on: states, the periods at which they begin, and n.

    The first state is the offer's own.  Those recorded at or before its date are left out.
    """
    days = DAYS[scenario.period]
    later = sorted((state for state in scenario.history
                    if offer.date < state.date <= scenario.date), key=lambda state: state.date)
    states = [offer.state.model_copy(update={"date": offer.date}), *later]
    begin = [round((state.date - offer.date).days / days) for state in states]
    return states, begin, max(round((scenario.date - offer.date).days / days), 0)


def stream(cost: Floats, discount: Floats, begin: Sequence[int], months: int) -> Floats:
    """sum_{t < n} delta^t (-c(s_t)), `(draw,)`.

    Args:
        cost: `(state, draw)`, a period's cost in every recorded state.
        discount: `(draw,)`.
        begin: the period at which each state is recorded, ascending.
        months: n.
    """
    total = np.zeros_like(discount)
    for t in range(months):
        last = int(np.searchsorted(begin, t, side="right")) - 1
        total = total - discount ** t * cost[last]
    return total


def _judged(study: Study, name: str) -> Judged:
    offer = moments.offer(study.scenario, name)
    then = study.with_offer(name)
    bargain = then.ensemble(Parts.BARGAIN).bargain
    space = then.keep("space", lambda: from_scenario(then.scenario, then.draws.values))
    package = space.indexed(offer.package)
    utility = space.utilities(package[None], present(then.scenario))[:, 0]
    deal = bargain.deal_weight * utility + bargain.deal_constant
    states, begin, months = since(study.scenario, offer)
    reason = None
    if any(state.deal for state in states):
        followed, reason = np.full_like(deal, np.nan), "a deal is recorded after it"
    else:
        followed = _followed(study, states, begin, months)
    return Judged(
        utility, _ratified(then, space, package, utility), deal - bargain.finish,
        deal - followed, months, len({first for first in begin if first < months}), reason)


def _ratified(study: Study, space: Space, package: NDArray[np.int64],
              utility: Floats) -> Floats:
    """Probability that each side ratifies a package at a study's state, `(party, draw)`."""
    floor, inside = stated_floor(study), groups(study)
    result = (utility >= floor - TIES).astype(float)
    for side, party in enumerate(study.sides):
        stated = study.war.floors.get(party)
        if stated is not None and stated.spread is not None:
            spread = study.draws[f"war.floors.{party}.spread"]
            result[side] = expit((utility[side] - floor[side]) / spread)
    if inside is not None:
        theirs = seen(study.scenario, study.draws, space, inside.seats)
        no = rejected(theirs, package[None], present(study.scenario), inside.accepted)[:, 0]
        for seat, against in zip(inside.seats, no, strict=True):
            if seat.group.veto:
                result[seat.side] = np.where(against, 0.0, result[seat.side])
    return result


def _followed(study: Study, states: list[State], begin: list[int], months: int) -> Floats:
    """The discounted stream of what followed and today's V, `(party, draw)`."""
    value = study.ensemble(Parts.BARGAIN).bargain.value
    problem = build(study.scenario, study.draws, alternatives=False)
    cell, momentum, support = recorded(
        study.scenario.model_copy(update={"history": tuple(states)}))
    x = np.linspace(-1.0, 1.0, problem.shape.cells)[cell]
    numbers = problem.numbers
    result = []
    for side in range(len(value)):
        cost = np.asarray(numbers.cost)[side][momentum, support] * np.exp(
            x[:, None] * numbers.cost_slope[side]) + numbers.resolve[side]
        discount = numbers.discount[side]
        result.append(stream(cost, discount, begin, months) + discount ** months * value[side])
    return np.stack(result)


def _plain(study: Study, name: str, found: Judged) -> dict[str, Any]:
    offer, weight = study.scenario.offers[name], study.weight
    epsilon = study.scenario.thresholds.epsilon
    sides = list(enumerate(study.sides))
    return {
        "title": offer.title, "date": offer.date.isoformat(),
        "utility": {party: _summary("mean", found.utility[side], weight) for side, party in sides},
        "ratifiable": {party: mean(found.ratifiable[side], weight) for side, party in sides},
        "ratifiable_by_both": mean(found.ratifiable.prod(axis=0), weight),
        "ex_ante": {party: _gain(found.ex_ante[side], weight, epsilon) for side, party in sides},
        "ex_post": {party: _gain(found.ex_post[side], weight, epsilon) for side, party in sides},
        "better_for_both": {
            "ex_ante": number(chance(_exceeds(found.ex_ante, epsilon), weight).probability),
            "ex_post": number(chance(_exceeds(found.ex_post, epsilon), weight).probability)},
        "ex_post_reason": found.reason,
        "months": found.months, "recorded_months": found.recorded,
        "losses": {party: _summary(
            "mean", found.months * study.draws[f"war.losses.{party}"], weight)
            for _, party in sides if party in study.war.losses} or None,
        "reading": READING}


def _exceeds(gains: Floats, epsilon: float) -> Floats:
    """1 where every side's gain exceeds epsilon, NaN where one is undefined."""
    return indicator(np.asarray((gains > epsilon).all(axis=0)), *gains)


def _gain(gain: Floats, weight: Floats, epsilon: float) -> dict[str, Any]:
    better = chance(indicator(gain > epsilon, gain), weight)
    return _summary("gain", gain, weight) | {
        "probability": number(better.probability),
        "interval": {"low": number(better.low), "high": number(better.high)}}


def _summary(key: str, values: Floats, weight: Floats) -> dict[str, Any]:
    low, high = quantiles(values, weight, (0.05, 0.95))
    return {key: number(mean(values, weight)), "low": number(low), "high": number(high)}

