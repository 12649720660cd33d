"""What a test of a claim found beside its probability, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zopa.report.view import View
from zopa.report.wording import capital, number, percent, percent_range, spread_range

Written = tuple[tuple[str, str], ...]
Spread = Mapping[str, float | None]


def extras(view: View, entry: Mapping[str, Any]) -> Written:
    """Name and value of everything a verdict's `extra` holds, in its order."""
    extra = entry.get("extra") or {}
    found = []
    for name, value in extra.items():
        if name.endswith("_spread") or value is None:
            continue
        label, write = MEANT.get(name, (capital(name.replace("_", " ")), _plain))
        test = entry.get("test") or {}
        found.append((label, write(view, value, extra.get(f"{name}_spread") or {}, test)))
    return tuple(found)


def _plain(view: View, value: Any, spread: Spread, test: Mapping[str, Any]) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    text = number(value)
    if spread.get("low") is not None and spread["low"] != spread["high"]:
        text += f" ({spread_range(spread, 3)})"
    return text


def _chance(view: View, value: Any, spread: Spread, test: Mapping[str, Any]) -> str:
    text = percent(value)
    span = percent_range(spread.get("low"), spread.get("high"))
    return text if spread.get("low") is None or span == text else f"{text} ({span})"


def _draws(view: View, value: Any, spread: Spread, test: Mapping[str, Any]) -> str:
    return f"in {percent(value)} of the draws"


def _position(view: View, value: Any, spread: Spread, test: Mapping[str, Any]) -> str:
    war = view.scenario.war
    return f"{_plain(view, value, spread, test)} {war.position.unit}" if war else number(value)


def _level(view: View, value: Any, spread: Spread, test: Mapping[str, Any]) -> str:
    """The title of a level of a patron's support."""
    war = view.scenario.war
    chain = war.support.get(str((test.get("args") or {}).get("patron"))) if war else None
    level = chain.levels.get(str(value)) if chain else None
    return level.title if level else str(value)


MEANT: dict[str, tuple[str, Callable[[View, Any, Spread, Mapping[str, Any]], str]]] = {
    "victory_rare": ("Neither side is likely to win", _draws),
    "zone": ("There are terms both prefer", _draws),
    "victory": ("Probability of that victory", _chance),
    "probability_then": ("Probability of falling support by then", _chance),
    "probability_now": ("Probability of falling support, now", _chance),
    "change_in_cells": ("Expected change of position, in cells", _plain),
    "share_of_periods": ("Share of the recorded time in which it advanced", _chance),
    "moved": ("Recorded change of position", _position),
    "records": ("Records", _plain),
    "level_then": ("Support then", _level),
    "date_then": ("Then was", _plain),
    "level_now": ("Support now", _level),
    "terms_now": ("Terms it can expect from talks now", _plain),
    "terms_later": ("Terms it can expect from talks after the wait", _plain),
    "cost_of_the_wait": ("Cost of the wait", _plain),
    "reservation_now": ("Its value of fighting on, now", _plain),
    "reservation_later": ("Its value of fighting on, later", _plain),
    "share": ("What it gets of the most it could", _chance),
    "share_of_the_other_side": ("What the other side gets of the most it could", _chance),
    "largest_gain": ("Its largest gain from terms over fighting on", _plain),
    "change_of_outcome": ("Change of the outcome it can expect", _plain),
    "change_of_terms": ("Change of the terms it can expect", _plain),
    "gain_over_never_agreeing": ("Gain from the offer over never agreeing", _plain),
    "gain_over_what_followed": ("Gain from the offer over what followed, up to now", _plain),
    "utility_of_the_offer": ("What the offer was worth to it", _plain),
}
"""Name in `answers.json` -> what it is, and how its value is written."""
