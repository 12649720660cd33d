"""Why there is no deal yet: what each friction has to do with it, and what is no friction's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.section import Listing, Section, in_points
from zopa.report.view import View
from zopa.report.wording import capital, decimal, join, percent, percent_range, stop

FRICTIONS = {
    "optimism": ("Optimism", "each side believes in its own account of the war"),
    "commitment": ("Commitment", "a deal may be broken after it is signed"),
    "ratification": ("Ratification", "a deal must pass those at home who can say no"),
    "private_information": ("Private information", "a side alone knows what it can bear"),
    "indivisibility": ("Indivisibility", "only whole packages can be agreed, no mixtures")}
"""Friction -> its name, and what stands in the way."""
REMAINS = {
    "no_zone": "where nothing is better for both sides than never agreeing",
    "rare_talks": "because no talks are held within that time",
    "other": "for other reasons: a side collapsed first, or it paid to wait"}
HOW = ("Each friction is removed in every combination with the others; its share is what removing "
       "it brings on average over these (Shapley values), so the shares sum to the whole. Removing "
       "one alone can bring less than its share, where another still stands in the way, or more.")


def obstacles(view: View) -> Section | None:
    """The shares, what removing each friction alone would do, and what remains."""
    answer = view.section("obstacles")
    if answer is None:
        return None
    window = view.periods(answer["window"])
    absent = answer.get("absent") or {}
    here = [name for name in ranked(answer) if name not in absent]
    said = [f"With every friction on, no deal is made within {window} with probability "
            f"{chance(answer, 'all')}; with none of them, with probability "
            f"{chance(answer, 'none')}. "
            + (f"The difference of {whole(answer)} is shared out among the frictions."
               if makes_some(answer) and here else
               "So there is no difference to share out." if here else
               "The scenario has none of the frictions that this question knows.")]
    if here:
        said.append(HOW)
    said += [_alone(view, answer, here), _remains(answer, window)]
    rows = [(f"{FRICTIONS[name][0]}: {FRICTIONS[name][1]}", in_points(entry(answer, "share", name)),
             in_points(entry(answer, "alone", name))) for name in here]
    tables = [Listing("What each friction takes off the chance of a deal",
                      ("Friction", "Its share of what is missing",
                       "Added if it alone were removed"),
                      tuple(rows))] if rows else []
    tables += _teaching(view, answer)
    missing = [(FRICTIONS[name][0], capital(stop(why))) for name, why in absent.items()
               if name in FRICTIONS]
    if missing:
        tables.append(Listing("Frictions that this scenario does not have", ("Friction", "Why"),
                              tuple(missing)))
    return Section(tuple(text for text in said if text), tuple(tables),
                   tuple(answer.get("notes") or ()))


OFFERS = 3
"""Offers in a row that are shown."""


def _teaching(view: View, answer: Mapping[str, Any]) -> list[Listing]:
    """What a row of refusals teaches about the side that alone knows its cost of war."""
    rows = []
    for party, entry in (answer.get("teaches") or {}).items():
        for n in range(min(OFFERS, len(entry["accepted"]))):
            if entry["accepted"][n] is None:
                continue
            rows.append((
                view.party(party), str(n + 1), percent(entry["offered"][n]),
                percent(entry["accepted"][n]),
                f"{decimal(entry['before'][n], 5)} → {decimal(entry['after'][n], 5)}",
                join([f"{decimal(entry['offer'][side][n])} to {view.party(side)}"
                      for side in view.sides])))
    if not rows:
        return []
    return [Listing(
        "What a refused offer teaches (the other side makes all offers, every friction on)",
        ("Who alone knows its cost of war", "Offer", "Made in", "Accepted with",
         f"Highest extra cost a {view.scenario.period} thought possible, before → after a refusal",
         "Worth"), tuple(rows))]


def ranked(answer: Mapping[str, Any]) -> list[str]:
    """The frictions by their share, the largest first."""
    share = answer.get("share") or {}
    return sorted((name for name in FRICTIONS if share.get(name) is not None),
                  key=lambda name: (-round(share[name], 9), list(FRICTIONS).index(name)))


def entry(answer: Mapping[str, Any], key: str, friction: str) -> dict[str, Any]:
    """A friction's number with its interval, as a change."""
    band = (answer.get(f"{key}_interval") or {}).get(friction) or {}
    return {"change": (answer.get(key) or {}).get(friction), **band}


def makes_some(answer: Mapping[str, Any]) -> bool:
    """Whether there is a difference to speak of."""
    return abs(answer.get("whole") or 0.0) >= 0.0005


def whole(answer: Mapping[str, Any]) -> str:
    """The difference that is shared out: `38 points (12 to 60)`."""
    return in_points({"change": answer.get("whole"), **(answer.get("whole_interval") or {})}
                     ).replace("+", "")


def chance(answer: Mapping[str, Any], key: str) -> str:
    """A probability with 90 % of the draws: `78 % (60–90 %)`."""
    text, band = percent(answer.get(key)), answer.get(f"{key}_interval")
    if not band or band.get("low") is None:
        return text
    span = percent_range(band["low"], band["high"])
    return text if span == text else f"{text} ({span})"


def _alone(view: View, answer: Mapping[str, Any], here: list[str]) -> str:
    if not here:
        return ""
    parts = [f"{FRICTIONS[name][0].lower()} {in_points(entry(answer, 'alone', name))}"
             for name in here]
    return ("If one friction alone were removed and all others stayed, the chance of a deal would "
            f"change by: {join(parts)}.")


def _remains(answer: Mapping[str, Any], window: str) -> str:
    remains = answer.get("remains") or {}
    if remains.get("value") is None:
        return ""
    parts = [f"{chance(remains, key)} {why}" for key, why in REMAINS.items()
             if remains.get(key) is not None]
    return (f"What remains without any friction, no deal within {window} with probability "
            f"{chance(answer, 'none')}, is no friction's: {join(parts)}.")
