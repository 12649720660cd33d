"""Hand-made answers for the template's two-party scenario, in the shape that the questions give.

The numbers are smooth formulas, not solutions of the model; they are for the page alone.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Any

from tests.report import sample_why
from zopa.report.manifest import manifest
from zopa.report.serialise import plain
from zopa.report.view import View
from zopa.scenario.document import compose
from zopa.scenario.schema import Scenario

SIDES = ("north", "south")
WAITS = (0, 3, 6, 12, 24)
PACKAGE = {"border": "freeze", "harbour": "shared"}


def template_text() -> str:
    """The text of the shipped template."""
    return (files("zopa.scenario") / "template.yaml").read_text(encoding="utf-8")


def scenario(text: str | None = None) -> Scenario:
    """The template's scenario, without its consistency check."""
    return Scenario.model_validate(compose(text or template_text(), "template.yaml").data)


def scenario_without_war() -> Scenario:
    """The template's agreement space alone."""
    whole = scenario().model_dump(exclude_none=True, mode="json")
    for key in ("war", "claims", "levers", "offers"):
        whole.pop(key, None)
    whole["parties"].pop("west")
    for party in whole["parties"].values():
        party["roles"] = ["party"]
        party.pop("discount", None)
    for issue in whole["issues"].values():
        for option in issue["options"].values():
            option.pop("on_position", None)
    whole["disagreement"] = {"north": 0.2, "south": 0.25}
    return Scenario.model_validate(whole)


def spread(value: float, half: float = 0.1) -> dict[str, float]:
    return {"median": value, "low": value - half, "high": value + half}


def bands(values: list[float], half: float = 0.05) -> dict[str, list[float]]:
    return {"low": [max(v - half, 0.0) for v in values], "median": values,
            "high": [min(v + half, 1.0) for v in values]}


def zone(war: bool = True) -> dict[str, Any]:
    point = {"utilities": {"north": 0.62, "south": 0.55},
             "utilities_spread": {p: spread(0.6) for p in SIDES}, "package": dict(PACKAGE)}
    content: dict[str, Any] = {
        "probability": 0.93, "probability_interval": [0.914, 0.944], "words": "very likely",
        "confidence": "low", "packages": 1.9, "packages_spread": spread(2.0, 1.0), "share": 0.6,
        "share_spread": spread(0.6, 0.2),
        "settled": {"border": {"old-line": 0.0, "freeze": 0.8},
                    "harbour": {"northern": 0.02, "shared": 0.5}},
        "live": ["harbour"],
        "options": {"border": {"old-line": 0.12, "freeze": 0.93},
                    "harbour": {"northern": 0.4, "shared": 0.9}},
        "signable": 0.31, "disagreement": {"north": 0.3, "south": 0.28},
        "disagreement_spread": {p: spread(0.3) for p in SIDES},
        "reservation": {"north": 0.41, "south": 0.36},
        "reservation_spread": {p: spread(0.4) for p in SIDES},
        "points": {name: point for name in ("nash", "kalai_smorodinsky", "egalitarian",
                                            "utilitarian")},
        "predicted": {
            "package": dict(PACKAGE), "utilities": {"north": 0.61, "south": 0.56},
            "utilities_spread": {p: spread(0.6) for p in SIDES},
            "terms": {"north": 0.6, "south": 0.58},
            "terms_spread": {p: spread(0.6) for p in SIDES}, "distance": 0.03,
            "share_of_draws": 0.88, "frequency": 0.71,
            "options": {"border": {"old-line": 0.2, "freeze": 0.8},
                        "harbour": {"northern": 0.15, "shared": 0.85}},
            "mixture": [{"package": dict(PACKAGE), "weight": 0.8},
                        {"package": {"border": "freeze", "harbour": "northern"}, "weight": 0.2}]},
        "frontier": {"points": [[0.2, 0.9], [0.6, 0.6], [0.9, 0.1]], "sides": list(SIDES),
                     "disagreement": [0.3, 0.28]},
        "cloud": [[0.2, 0.9, 0], [0.6, 0.6, 1], [0.9, 0.1, 0], [0.3, 0.3, 0]],
    }
    if war:
        curve = [1 - math.exp(-0.04 * m) for m in range(61)]
        content |= {
            "deal_by_month": curve,
            "deal_by_month_spread": [spread(v, min(v, 1 - v, 0.1)) for v in curve],
            "months_of_war": 21.5, "months_of_war_spread": spread(21.0, 9.0),
            "blocked": sample_why.blocked()}
    else:
        for key in ("reservation", "reservation_spread"):
            content.pop(key)
        content |= dict.fromkeys(("signable", "predicted", "deal_by_month",
                                  "deal_by_month_spread", "months_of_war",
                                  "months_of_war_spread"))
    return content


def outlook() -> dict[str, Any]:
    months = list(range(61))
    north = [0.09 * (1 - math.exp(-m / 60)) / (1 - math.exp(-1)) for m in months]
    south = [0.05 * (1 - math.exp(-m / 60)) / (1 - math.exp(-1)) for m in months]
    fighting = [1 - a - b for a, b in zip(north, south, strict=True)]
    position = [0.4 + 0.002 * m for m in months]
    cost = {"north": [0.004 * m for m in months], "south": [0.0045 * m for m in months]}
    return {
        "months": months,
        "by_month": {"victory": {"north": north, "south": south}, "fighting": fighting,
                     "position": position, "cost": cost},
        "by_month_spread": {
            "victory": {"north": bands(north), "south": bands(south)}, "fighting": bands(fighting),
            "position": bands(position), "cost": {p: bands(c) for p, c in cost.items()}}}


def waiting() -> dict[str, Any]:
    def entry(side: str, tau: int) -> dict[str, Any]:
        value = (0.5 if side == "north" else 0.45) - 0.002 * tau
        terms = 0.61 + (0.002 if side == "north" else -0.003) * tau
        return {"value": value, "value_spread": spread(value, 0.06), "terms": terms,
                "terms_spread": spread(terms, 0.05), "terms_defined": 0.88,
                "collapse": 0.002 * tau, "collapse_spread": spread(0.002 * tau, 0.001 * tau),
                "reservation": value - 0.05, "reservation_spread": spread(value - 0.05),
                "cost": 0.004 * tau, "cost_spread": spread(0.004 * tau, 0.001 * tau)}

    return {side: {str(tau): entry(side, tau) for tau in WAITS} for side in SIDES}


def verdict(says: str, probability: float | None, **more: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "says": says, "how": "direct", "kind": "testable",
        "chain": [{"who": "A newspaper", "standing": "the report's own voice"},
                  {"who": "A spokesperson of West", "standing": "on the record"}],
        "test": {"name": "only_settlement", "args": {}}, "formula": "P(victory) <= rare",
        "probability": probability, "reason": None, "words": "very likely",
        "confidence": "medium", "interval": [0.91, 0.95], "undecided": 0.0, "mirror": None,
        "hinge": {"input": "war.hazards.north.base", "index": 0.4, "interval": [0.3, 0.5],
                  "provenance": "judgement"},
        "flips_at": {"value": 0.006, "unit": "probability per month",
                     "verified_probability": 0.49},
        "flips_reason": None, "beside": [], "assumed": False, "extra": {}}
    return entry | more


def verdicts() -> dict[str, Any]:
    return {
        "deadlock": verdict("The war cannot be won, so it must be settled.", 0.93),
        "south-stuck": verdict(
            "South cannot win.", 0.47, words=None, interval=[0.32, 0.62], confidence="low",
            test={"name": "victory_unlikely", "args": {"party": "south", "at": "now"}},
            mirror={"test": {"name": "victory_unlikely", "args": {"party": "north", "at": "now"}},
                    "probability": 0.35},
            flips_at=None, flips_reason="no value in its range brings the probability to 0.5",
            undecided=0.12),
        "wrong": verdict(
            "The war is wrong.", None, kind="normative", test=None, formula=None, words=None,
            confidence=None, interval=None, hinge=None, flips_at=None,
            reason="a normative claim: no model can test it"),
    }


def rests_on() -> dict[str, Any]:
    shares = {"judgement": 0.62, "cited": 0.2, "calibrated": 0.05, "unexplained": 0.13}
    return {**shares, "answers": [
        {"answer": "zone", "shares": shares},
        {"answer": "zone.settle", "shares": shares},
        {"answer": "zone.predicted.north", "shares": shares},
        {"answer": "outlook.victory.north",
         "shares": {**shares, "judgement": 0.1, "cited": 0.72}},
        {"answer": "verdicts.deadlock", "shares": shares}]}


def answers(war: bool = True) -> dict[str, Any]:
    """The whole of the answers."""
    whole: dict[str, Any] = {
        "scenario": {"title": "North and South", "date": "2024-01-01", "period": "month",
                     "sides": list(SIDES), "names": {"north": "North", "south": "South"},
                     "assumed": {}},
        "outlook": outlook(), "zone": zone(war), "obstacles": sample_why.obstacles(),
        "waiting": waiting(), "levers": sample_why.levers(), "hindsight": sample_why.hindsight(),
        "verdicts": verdicts(), "hinges": sample_why.hinges(war), "history": sample_why.history(),
        "rests_on": rests_on(),
        "status": {"draws": 1024, "effective_draws": 1024.0, "converged": 1024,
                   "horizon_sensitive": 3, "not_converged": 0},
        "warnings": ["In 3 of 1024 draws doubling the horizon moves an answer."]}
    if not war:
        whole |= {"outlook": None, "waiting": None, "verdicts": {}, "obstacles": None,
                  "levers": None, "hindsight": None, "history": None}
    return whole


def view(war: bool = True) -> View:
    """A run with these answers, as its readers see it."""
    which = scenario() if war else scenario_without_war()
    found = plain(answers(war))
    return View(which, found, manifest(
        which, draws=1024, seed=7, believe={}, status=found["status"], seconds={"answers": 1.0},
        command="zopa run template.yaml"))
