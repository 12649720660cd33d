"""The answers in plain words: is there a zone, a deal within a year, who gains by waiting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report import short_zone
from zopa.report.view import View
from zopa.report.wording import decimal, join, percent, percent_range, signed, spread_range

YEAR = 12
NONE = 0.0005
"""A change of utility that is shown as none."""


def lines(view: View) -> tuple[str, ...]:
    """One to three sentences, each with its interval where there is one."""
    made = (_zone(view), _deal(view), waiting(view))
    return tuple(text for text in made if text)


def _zone(view: View) -> str:
    zone = view.section("zone")
    if zone is None:
        return ""
    sides = join([view.party(p) for p in view.sides])
    than = "fighting on for good" if view.scenario.war else "no agreement"
    each = "both" if len(view.sides) == 2 else "all of"
    text = (f"Terms that {each} {sides} prefer to {than} exist with probability "
            f"{percent(zone['probability'])}")
    low, high = zone.get("probability_interval") or (None, None)
    ends = percent_range(low, high)
    if low is not None and ends != percent(zone["probability"]):
        text += f" ({ends})"
    return f"{text}{f', {words}' if (words := zone.get('words')) else ''}."


def _deal(view: View) -> str:
    made = short_zone.deal(view)
    if made is None:
        return ""
    curve = (view.section("zone") or {})["deal_by_month"]
    year = min(YEAR, len(curve) - 1)
    band = (view.section("zone") or {})["deal_by_month_spread"][year]
    return (f"A deal within {view.periods(year)}: {percent(curve[year])} "
            f"({percent_range(band['low'], band['high'])}).")


def waiting(view: View) -> str:
    """Who gains and who loses by waiting a year: in what each expects today, and in the terms."""
    answer = view.section("waiting")
    if answer is None:
        return ""
    taus = sorted(int(t) for t in answer[view.sides[0]] if t.isdigit())
    tau = next((t for t in taus if t >= YEAR), taus[-1])
    worth, terms = (_moved(view, answer, key, tau) for key in ("value", "terms"))
    text = f"By waiting {view.periods(tau)}, "
    if worth is None:
        text += "what each side can expect is not defined"
    else:
        text += "in what each expects for itself today, " + join([
            f"{view.party(p)} {_gains(change)}" for p, change in worth])
    if terms is not None:
        text += "; the terms then agreed change by " + join([
            f"{signed(change)} for {view.party(p)}" for p, change in terms])
    return f"{text}."


def _gains(change: float) -> str:
    if abs(change) < NONE:
        return "neither gains nor loses"
    return f"{'gains' if change > 0.0 else 'loses'} {decimal(abs(change), 3)}"


def _moved(view: View, answer: Mapping[str, Any], key: str, tau: int
           ) -> list[tuple[str, float]] | None:
    """Each side's change between talks now and after so many periods; None where not defined."""
    moved = []
    for party in view.sides:
        now, then = answer[party]["0"].get(key), answer[party][str(tau)].get(key)
        if now is None or then is None:
            return None
        moved.append((party, then - now))
    return moved


def fighting_on(view: View) -> str:
    """Each side's value of never agreeing, and of fighting on while a later deal may come."""
    zone = view.section("zone")
    if zone is None or view.scenario.war is None:
        return ""
    parts = []
    for key, what in (("disagreement", "Never agreeing is worth"),
                      ("reservation", "fighting on for now, with later talks open,")):
        values, spread = zone.get(key) or {}, zone.get(f"{key}_spread") or {}
        told = [f"{decimal(values[p])} to {view.party(p)} ({spread_range(spread.get(p))})"
                for p in view.sides if values.get(p) is not None]
        if told:
            parts.append(f"{what} {join(told)}")
    return f"{'; '.join(parts)}." if parts else ""
