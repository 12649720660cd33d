"""Answers without one party's confidential numbers, and without what gives them away.

1. What goes with a private number goes too: the other weights of the same party (they sum to 1),
   and inputs tied to it (they share its quantile).
2. Of the answers only what is named in `KEPT` stays: probabilities, packages, and counts over the
   draws.  Utilities, disagreement and reservation values, costs, hinges, what history moved, what
   waiting or a lever is worth, and every other number go.
3. A number with decimals that equals a private one is left out where it stands all the same; 0 and
   1, which stand everywhere, stay.
4. What is left keeps two significant digits.  With ten, whoever has the shared scenario could try
   values until the answers agree to the last digit: that makes every answer a hash of the secret.

What still leaks is in `LEAKS`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Any

from zopa.scenario.inputs import inputs
from zopa.scenario.number import FORMS, Number
from zopa.scenario.schema import Scenario

DIGITS = 2
LEFT_OUT = "left out: it would tell of private numbers"
NOTICE = ("This is a redacted copy: the run used private numbers, which are left out with all that "
          "tells of them, and what is left has two significant digits.")
LEAKS = (
    "The answers were computed with the private numbers. Whoever has the shared scenario and zopa "
    "can try values and compare: answers with two digits narrow a number down, and several such "
    "runs narrow it further. Verdicts and probabilities tell the direction. Who wants no inference "
    "at all gives away no answers.")
_CHANCE = ("probability", "probability_interval", "words", "confidence")
_SHARES = ("all", "all_interval", "all_monte_carlo", "none", "none_interval", "none_monte_carlo",
           "whole", "whole_interval", "whole_monte_carlo", "share", "share_interval",
           "share_monte_carlo", "alone", "alone_interval", "alone_monte_carlo")
_CLAIM = ("says", "chain", "how", "kind", "test", "formula", "probability", "reason", "words",
          "confidence", "interval", "undecided", "mirror", "assumed", "assumed_true")
_BOTH = dict.fromkeys(("probability", "interval", "undecided", "test", "reason"), True)
Kept = Mapping[str, Any]
KEPT: Kept = {
    "scenario": True,
    "zone": {**dict.fromkeys((
        *_CHANCE, "of_packages", "packages", "packages_spread", "share", "share_spread", "settled",
        "live", "options", "signable", "deal_by_month", "deal_by_month_spread", "settle",
        "settle_spread", "months_of_war", "months_of_war_spread"), True),
        "points": {"*": {"convention": True, "package": True}}},
    "obstacles": dict.fromkeys(("window", "draws", "effective_draws", *_SHARES), True),
    "verdicts": {"*": {**dict.fromkeys(_CLAIM, True), "mirror": _BOTH}},
    "status": dict.fromkeys(("draws", "effective_draws", "states", "packages"), True),
}
"""What stays of the answers; `*` is every key, True is everything below."""


def together(scenario: Scenario, paths: Collection[str]) -> frozenset[str]:
    """Private paths with what gives them away: weights that sum to 1 with them, tied inputs,
    inputs of one calibration."""
    found = set(paths)
    numbers = inputs(scenario)
    grown = True
    while grown:
        before = len(found)
        parties = {path.rpartition(".")[2] for path in found if _is_weight(path)}
        found |= {path for path in numbers
                  if _is_weight(path) and path.rpartition(".")[2] in parties}
        found |= {path for path, number in numbers.items() if number.tied in found}
        shared = {numbers[path].posterior for path in found if path in numbers} - {None}
        found |= {path for path, number in numbers.items() if number.posterior in shared}
        found |= {number.tied for path, number in numbers.items()
                  if path in found and number.tied is not None}
        grown = len(found) > before
    return frozenset(found)


def numbers_of(scenario: Scenario, paths: Collection[str]) -> frozenset[float]:
    """The private numbers: values, and what their distributions are given by."""
    there = inputs(scenario)
    found: set[float] = set()
    for path in paths:
        number = there.get(path)
        if number is not None:
            found |= _parameters(number)
    return frozenset(found)


def redacted(answers: Mapping[str, Any], scenario: Scenario, paths: Collection[str]
             ) -> dict[str, Any]:
    """The answers without what tells of private numbers; the original is left as it is.

    Args:
        answers: of the run.
        scenario: as it was run, private numbers in place.
        paths: of the private numbers.
    """
    gone, secret = together(scenario, paths), numbers_of(scenario, paths)
    kept: dict[str, Any] = _cleaned(_kept(answers, KEPT), secret, gone)
    for verdict in (kept.get("verdicts") or {}).values():
        for said in (verdict, verdict.get("mirror") or {}):
            if re.search(r"\d\.\d", str(said.get("reason") or "")):
                said["reason"] = LEFT_OUT
    kept["reasons"] = {name: LEFT_OUT for name, answer in answers.items()
                       if answer and name not in (*KEPT, "reasons", "warnings")}
    kept["warnings"] = [NOTICE, LEAKS]
    return kept


def coarse(value: float) -> float | None:
    """A number with two significant digits; None where it is not finite."""
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def _kept(value: Any, keep: Kept | bool) -> Any:
    """Nested data of the same keys, with nothing in the place of what is not named."""
    if keep is True or not isinstance(value, Mapping) or isinstance(keep, bool):
        return value if keep is True else None
    return {key: _kept(item, keep.get(key, keep.get("*", False)))
            for key, item in value.items()}


def _cleaned(value: Any, secret: Collection[float], gone: Collection[str]) -> Any:
    """Nested data, rounded, without private numbers and their paths."""
    if isinstance(value, Mapping):
        return {key: _cleaned(item, secret, gone) for key, item in value.items()
                if str(key) not in gone}
    if isinstance(value, list | tuple):
        return [_cleaned(item, secret, gone) for item in value]
    if isinstance(value, float):
        same = value not in (0.0, 1.0) and any(
            math.isclose(value, number, rel_tol=1e-9, abs_tol=1e-12) for number in secret)
        return None if same else coarse(value)
    if isinstance(value, str) and any(path in value for path in gone):
        return LEFT_OUT
    return value


def _parameters(number: Number) -> set[float]:
    found: set[float] = set()
    for form in (*FORMS, "within"):
        held = getattr(number, form)
        if held is not None:
            found |= {float(held)} if isinstance(held, int | float) else set(map(float, held))
    # a run's answers hold numbers with ten digits
    return found | {float(f"{x:.10g}") for x in found}


def _is_weight(path: str) -> bool:
    return path.startswith("issues.") and ".weights." in path
