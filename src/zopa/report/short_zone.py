"""The first page's answers about what can be agreed: the zone, when, which terms."""

from __future__ import annotations

from collections.abc import Mapping

from zopa.report.statement import Statement, weakest, worded
from zopa.report.view import View
from zopa.report.wording import (
    CONFIDENCE,
    decimal,
    join,
    percent,
    qualified,
    spread_range,
)
from zopa.scenario.ratification import ratified

CLEAR = 0.5
"""Share of the draws from which on one package stands out."""


def zone(view: View) -> Statement | None:
    zone = view.section("zone")
    if zone is None:
        return None
    sides = join([view.party(p) for p in view.sides])
    each = "both" if len(view.sides) == 2 else "all of"
    than = "never agreeing" if view.scenario.war else "no agreement"
    ratify = ", and can ratify," if ratified(view.scenario) else ""
    text = (f"Terms that {each} {sides} prefer to {than}{ratify} exist with probability "
            f"{percent(zone['probability'])}.")
    return Statement("Is there a zone of possible agreement?", text, qualified(
        zone["probability"], zone.get("words"), zone.get("confidence"),
        zone.get("probability_interval")), "zone")


def deal(view: View) -> Statement | None:
    zone = view.section("zone")
    curve = (zone or {}).get("deal_by_month")
    if zone is None or not curve:
        return None
    year, last = min(12, len(curve) - 1), len(curve) - 1
    text = (f"A deal is predicted within {view.periods(year)} with probability "
            f"{percent(curve[year])}")
    text += (f", and within {view.periods(last)} with {percent(curve[last])}."
             if last > year else ".")
    band = zone["deal_by_month_spread"][year]
    measure = qualified(curve[year], worded(view, curve[year]), weakest(view, "zone.settle"),
                        (band["low"], band["high"]))
    return Statement("When is a deal predicted?", text,
                     f"within {view.periods(year)}, {measure}", "deal")


def terms(view: View) -> Statement | None:
    zone = view.section("zone")
    if zone is None:
        return None
    predicted = zone.get("predicted") or {}
    package = predicted.get("package")
    if package:
        frequency = predicted.get("frequency")
        text = ("Listed is the package nearest to the predicted agreement"
                if (frequency or 0.0) >= CLEAR else
                "No one package stands out; listed is the one most often nearest to the predicted "
                "agreement")
        chances = predicted.get("options") or {}
        if chances:
            text += ", and after each term how often it is in the nearest"
        text += "."
        key = "terms" if predicted.get("terms") else "utilities"
        utilities, spread = predicted[key], predicted.get(f"{key}_spread") or {}
        worth = join([f"{decimal(utilities[p])} to {view.party(p)} ({spread_range(spread.get(p))})"
                      for p in view.sides])
        text += f" The agreement is worth {worth}, of 1."
        measure = (f"predicted in {percent(predicted.get('share_of_draws'))} of the draws; this "
                   f"package is nearest in {percent(frequency)} of those")
        confidence = weakest(view, *(f"zone.predicted.{p}" for p in view.sides))
        if confidence is not None:
            measure += f", {CONFIDENCE[confidence]}"
        return Statement("Which terms?", text, measure, "predicted",
                         tuple((view.issue(i), _term(view, chances, i, o))
                               for i, o in package.items()))
    text = ("" if view.scenario.war is None else
            "No agreement is predicted often enough to name its terms. ")
    nash = (zone.get("points") or {}).get("nash") or {}
    if nash.get("package"):
        than = "never agreeing" if view.scenario.war else "no agreement"
        text += (f"The package nearest to the Nash point, where the product of the sides' gains "
                 f"over {than} is largest, is listed below. It is a yardstick, not a prediction.")
        return Statement("Which terms?", text, "", "predicted",
                         tuple(view.package(nash["package"])))
    if not text:
        text = "There are none to name: no package is better for every side than no agreement."
    return Statement("Which terms?", text.strip(), "", "predicted")


def _term(view: View, chances: Mapping[str, Mapping[str, float | None]], issue: str,
          option: str) -> str:
    """An option with its share of the draws, and beside it one that has a clearly larger share."""
    shares = chances.get(issue) or {}
    share = shares.get(option)
    if share is None:
        return view.option(issue, option)
    text = f"{view.option(issue, option)} ({percent(share)})"
    best = max(shares, key=lambda o: shares[o] or 0.0)
    top = shares[best] or 0.0
    if percent(top) == percent(share) or top < share:
        return text
    return f"{text}; by itself more often: {view.option(issue, best)} ({percent(top)})"
