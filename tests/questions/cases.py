"""For every test of a claim three tiny scenarios: true in every draw, in none, in some.

One theory, so that all of them run through the same compiled programs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.questions.tiny import JUDGED

ONE_THEORY: dict[str, Any] = {"war.beliefs": None}
NORTH, SOUTH = {"party": "north"}, {"party": "south"}
QUIET = {"war.hazards.north.base": 0.0005, "war.hazards.south.base": 0.0005}
LOUD = {"war.hazards.north.base": 0.05, "war.hazards.south.base": 0.05}


def heading(north: Any, south: Any) -> dict[str, Any]:
    """Momentum that turns to North and to South with these probabilities a month."""
    return {"war.momentum.transitions": {
        "north-advances": {"static": 0.2}, "south-advances": {"static": 0.2},
        "static": {"north-advances": north, "south-advances": south}}}


def swinging(north: Any, south: Any) -> dict[str, Any]:
    """The same, in a war in which whoever loses ground is soon near collapse."""
    return heading(north, south) | {
        "war.position.moves": {"north-advances": {1: 0.8}, "south-advances": {-1: 0.8}},
        "war.hazards.north": {"base": 0.01, "position": -2.5},
        "war.hazards.south": {"base": 0.01, "position": 2.5}}


def recorded(*positions: Any) -> dict[str, Any]:
    """A history of these positions, month by month up to the one before the scenario's date."""
    months = [f"2023-{month:02d}-01" for month in range(13 - len(positions), 13)]
    return {"history": [{"date": month, "position": position}
                        for month, position in zip(months, positions, strict=True)]}


def levels(*names: str) -> dict[str, Any]:
    """A history of West's level of support."""
    months = [f"2023-{month:02d}-01" for month in range(13 - len(names), 13)]
    return {"history": [{"date": month, "support": {"west": name}}
                        for month, name in zip(months, names, strict=True)]}


def hazard_factor(factor: Any) -> dict[str, Any]:
    """A lever that multiplies South's hazard of collapse."""
    return {"levers.more-support": {
        "title": "More support",
        "changes": [{"path": "war.hazards.south.base", "multiply": factor}]}}


def offered(border: str, harbour: str, **more: Any) -> dict[str, Any]:
    """The offer of that package, at the present state."""
    return {"offers.summer": {
        "title": "The summer offer", "date": "2023-07-01", "source": JUDGED,
        "package": {"border": border, "harbour": harbour},
        "state": {"date": "2023-07-01"}, **more}}


def costs(north: Any, south: Any) -> dict[str, Any]:
    """What a month of war costs each side."""
    return {"war.costs.north.base": north, "war.costs.south.base": south}


def floor(utility: Any) -> dict[str, Any]:
    """What North can ratify."""
    return {"war.floors.north": {"utility": utility, "why": "Made up."}}


def paying(cost: Any) -> dict[str, Any]:
    """A patron of South whose support helps South to win, the more the less North holds.

    Its cost a month at the high level decides from which position on it no longer pays.
    """
    return {"war.hazards.south": {"base": 0.03},
            "war.hazards.north": {"base": 0.03, "position": -1.5,
                                  "support": {"west": {"high": 2.5}}},
            "war.support.west.choice": {"cost": {"high": cost}, "victory": 1.0, "defeat": 0.0,
                                        "discount": 0.96}}


@dataclass(frozen=True)
class Case:
    """One test with its arguments and three scenarios, as changes of the tiny one.

    Attributes:
        some: true in some draws; None where the record alone decides, the same in every draw.
        probability: each draw gives a probability rather than an indicator.
    """

    test: str
    args: dict[str, Any]
    true: dict[str, Any]
    false: dict[str, Any]
    some: dict[str, Any] | None
    probability: bool = False
    name: str = field(default="")


CASES = (
    Case("only_settlement", {}, QUIET, LOUD,
         QUIET | {"war.hazards.north.base": {"range": [0.0005, 0.01]}}),
    Case("only_settlement", {}, QUIET, QUIET | floor(2.0), QUIET | floor({"range": [0.7, 1.2]}),
         name="by the zone"),
    Case("victory_unlikely", NORTH, QUIET, LOUD,
         QUIET | {"war.hazards.south.base": {"range": [0.0005, 0.01]}}),
    Case("victory_unlikely", NORTH | {"at": "2023"}, QUIET, LOUD,
         QUIET | {"war.hazards.south.base": {"range": [0.0005, 0.01]}}, name="at a date"),
    Case("advancing", NORTH, heading(0.4, 0.02), heading(0.02, 0.4),
         heading({"range": [0.02, 0.4]}, 0.1)),
    Case("patron_withdraws", {"patron": "west"},
         {"war.support.west.transitions.high": {"low": 0.99}},
         {"war.support.west.transitions.high": {"low": 0.0}},
         {"war.support.west.transitions.high": {"low": {"range": [0.0, 0.2]}}}, probability=True),
    Case("support_reflects_position", {"patron": "west", "since": "2023-07-01"}, paying(0.04), {},
         paying({"range": [0.0, 0.06]})),
    Case("support_reflects_position", {"patron": "west", "since": "2023-07-01"}, paying(0.04),
         paying(0.0), paying({"range": [0.0, 0.06]}), name="choosing"),
    Case("waiting_worsens_terms", SOUTH, swinging(0.4, 0.02), swinging(0.02, 0.4),
         swinging({"range": [0.02, 0.6]}, 0.1)),
    Case("leverage_rising", NORTH, swinging(0.4, 0.02), swinging(0.02, 0.4),
         swinging({"range": [0.02, 0.6]}, 0.1)),
    Case("advantage", NORTH, costs(0.002, 0.02), costs(0.02, 0.002), {}),
    Case("prefers_deal", SOUTH, {}, floor(2.0), floor({"range": [0.9, 1.1]})),
    Case("zone_includes", {"issue": "border", "options": ["old"]}, {}, floor(0.5),
         floor({"range": [0.3, 0.5]})),
    Case("zone_includes", {"issue": "border", "options": ["old", "freeze"]}, {}, floor(0.9),
         floor({"range": [0.7, 0.85]}), name="of several"),
    Case("agreement_includes", {"issue": "border", "options": "freeze"}, costs(0.01, 0.01),
         floor(0.8), {}),
    Case("prefers_deal", NORTH, {}, floor(2.0), floor({"range": [0.9, 1.1]}), name="North"),
    Case("advanced", NORTH | {"since": "2023"}, recorded(0.2, 0.3, 0.4), recorded(0.8, 0.7, 0.6),
         recorded(0.2, {"range": [0.1, 0.3]})),
    Case("support_declined", {"patron": "west"}, levels("high", "low") | {
        "war.support.west.present": "low"}, levels("low", "high"), None),
    Case("lever_futile", {"lever": "more-support"} | SOUTH, hazard_factor(1.5), hazard_factor(0.2),
         hazard_factor({"range": [0.5, 1.2]})),
    Case("worse_off_if", NORTH | {"lever": "more-support"}, hazard_factor(0.2), hazard_factor(1.5),
         hazard_factor({"range": [0.5, 1.2]})),
    Case("forgone_offer_was_better", SOUTH | {"offer": "summer"}, offered("freeze", "shared"),
         offered("far", "northern") | costs(0.001, 0.001), offered("far", "northern")),
)
