"""Tests of claims about terms: the zone, the predicted agreement, and what time does to them.

With eps the scenario's threshold and j the side that is not i.
"""

from __future__ import annotations

import numpy as np

from zopa.core.errors import ArgumentError
from zopa.ensemble.result import Waiting
from zopa.ensemble.solve import Parts
from zopa.questions.deals import deals, predicted
from zopa.questions.outcome import Outcome, indicator
from zopa.questions.study import Study


def waiting_worsens_terms(study: Study, party: str) -> Outcome:
    """E[u_i of the terms | talks after `window`, no collapse] < E[u_i | talks now] - eps."""
    waiting, after = _waited(study)
    side = study.side(party)
    now, later = waiting.terms[waiting.taus.index(0), side], waiting.terms[after, side]
    cost = waiting.cost[after, side]
    worse = later < now - study.scenario.thresholds.epsilon
    return Outcome(indicator(worse, now, later),
                   extra={"terms_now": now, "terms_later": later, "cost_of_the_wait": cost})


def leverage_rising(study: Study, party: str) -> Outcome:
    """E[r_i after `window` periods | no deal, no collapse] > r_i now + eps."""
    waiting, after = _waited(study)
    side = study.side(party)
    now = waiting.reservation[waiting.taus.index(0), side]
    later = waiting.reservation[after, side]
    rises = later > now + study.scenario.thresholds.epsilon
    return Outcome(indicator(rises, now, later),
                   extra={"reservation_now": now, "reservation_later": later})


def advantage(study: Study, party: str) -> Outcome:
    """i's share of what the frontier can give it exceeds j's by more than eps.

    The share of i is (u_i - min F_i) / (max F_i - min F_i), u the predicted agreement.
    """
    terms = study.ensemble(Parts.TIMING).timing.terms
    corners, width = deals(study).frontier.utility, deals(study).width
    share = (terms - np.minimum(corners[:, 0], corners[:, -1])) / np.where(width > 0.0, width, 1.0)
    side = study.side(party)
    ahead = share[side] > share[1 - side] + study.scenario.thresholds.epsilon
    return Outcome(indicator(ahead, share[side]),
                   extra={"share": share[side], "share_of_the_other_side": share[1 - side]})


def prefers_deal(study: Study, party: str) -> Outcome:
    """Some package of the zone is worth more to i than W_i, by more than eps."""
    gain = deals(study).best_gain(study.side(party))
    return Outcome(indicator(gain > study.scenario.thresholds.epsilon),
                   extra={"largest_gain": np.where(np.isfinite(gain), gain, np.nan)})


def zone_includes(study: Study, issue: str, options: str | tuple[str, ...]) -> Outcome:
    """Some package of the zone settles the issue by one of the options."""
    ground = deals(study)
    column, chosen = places(study, issue, options)
    return Outcome(indicator(ground.zone.includes(ground.packages, column, chosen)))


def agreement_includes(study: Study, issue: str, options: str | tuple[str, ...]) -> Outcome:
    """The real package nearest to the predicted agreement has one of the options."""
    found = predicted(study)
    column, chosen = places(study, issue, options)
    held = np.isin(deals(study).packages[found.package, column], chosen)
    return Outcome(indicator(held, found.distance))


def places(study: Study, issue: str, options: str | tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
    """The column of an issue and the numbers of its options (one, or several of which any will do).

    Raises:
        ArgumentError: no such issue or option.
    """
    space = deals(study).space
    if issue not in space.issues:
        raise ArgumentError(f"there is no issue '{issue}'. There is {', '.join(space.issues)}.")
    column = space.issues.index(issue)
    names = (options,) if isinstance(options, str) else tuple(options)
    for name in names:
        if name not in space.options[column]:
            raise ArgumentError(f"issue '{issue}' has no option '{name}'. "
                                f"There is {', '.join(space.options[column])}.")
    return column, tuple(space.options[column].index(name) for name in names)


def _waited(study: Study) -> tuple[Waiting, int]:
    """The solved waits, and the place of the scenario's window among them."""
    waiting = study.ensemble(Parts.WAITING).waiting
    return waiting, waiting.taus.index(study.war.window)
