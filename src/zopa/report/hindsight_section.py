"""Should an earlier offer have been taken: as it could be judged then, and by what followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.section import Listing, Section, in_utility, on_scale
from zopa.report.statement import error_of
from zopa.report.view import View
from zopa.report.wording import NONE, join, number, percent, percent_range, stop, within

THEN, SINCE = "as it could be judged then", "by what followed"
NO_FAULT = ("Why no deal came of an offer, and whose doing that was, is not asked: both sides are "
            "judged by the same rule, and neither judgement says who forwent it.")
HOW = ("As it could be judged then, an offer is set against never agreeing, with the state and the "
       "beliefs of its date; by what followed, against the recorded states since, with today's "
       "value of fighting on. An offer can be better in one and worse in the other.")


def hindsight(view: View) -> Section | None:
    """Every offer with both judgements side by side, for both sides."""
    answer = view.section("hindsight")
    if answer is None:
        return None
    tables = tuple(_offer(view, entry) for entry in answer.values())
    return Section((HOW, NO_FAULT), tables, (
        "Gains are on the scale of the packages; brackets hold 90 % of the draws, those of a "
        "probability are its Monte Carlo error.",))


def _offer(view: View, entry: Mapping[str, Any]) -> Listing:
    header = ("Side", "Worth of the offer", f"Gain, {THEN}", "Probability of a gain",
              f"Gain, {SINCE}", "Probability of a gain", "It could have ratified it")
    rows = []
    for party in view.sides:
        then = (entry.get("ex_ante") or {}).get(party) or {}
        since = (entry.get("ex_post") or {}).get(party) or {}
        rows.append((
            view.party(party), on_scale((entry.get("utility") or {}).get(party)),
            in_utility(then, "gain"), likely(then), in_utility(since, "gain"), likely(since),
            _sure(view, (entry.get("ratifiable") or {}).get(party))))
    return Listing(f"{entry['title']} ({entry['date']})", header, tuple(rows),
                   note=" ".join(_notes(view, entry)))


def likely(entry: Mapping[str, Any]) -> str:
    """A probability of a gain with its Monte Carlo interval."""
    if entry.get("probability") is None:
        return NONE
    text, band = percent(entry["probability"]), entry.get("interval") or {}
    span = percent_range(band.get("low"), band.get("high"))
    return text if band.get("low") is None or span == text else f"{text} ({span})"


def _sure(view: View, probability: float | None) -> str:
    found = error_of(view, probability)
    return likely({"probability": probability, "interval":
                   {"low": found[0], "high": found[1]} if found else None})


def _notes(view: View, entry: Mapping[str, Any]) -> list[str]:
    both = entry.get("better_for_both") or {}
    text = f"Both sides gain with probability {_sure(view, both.get('ex_ante'))} {THEN}"
    reason = entry.get("ex_post_reason")
    text += (f"; {SINCE} it is {NONE}: {stop(reason)}" if reason else
             f", and {_sure(view, both.get('ex_post'))} {SINCE}.")
    found = [text, f"Both could have ratified it with probability "
                   f"{_sure(view, entry.get('ratifiable_by_both'))}."]
    if entry.get("months") is not None:
        found.append(f"{view.periods(entry['months'])} lie between the offer and the scenario's "
                     f"date, {number(entry.get('recorded_months'))} of them with a recorded state.")
    lost = entry.get("losses")
    if lost:
        found.append("Losses since then, by the scenario's own rate and no count: " + join(
            [f"{view.party(p)} {within(number(lost[p]['mean']), lost[p], number)}"
             for p in view.sides if p in lost]) + ".")
    return found
