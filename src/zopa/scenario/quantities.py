"""What each number of a scenario is: its unit, its bounds, its meaning, declared once.

The checks of units and bounds, the clipping of levers and the glossary all read this table.  A
pattern is a path with `*` for one name; units are compared after `normal_unit`, so that spelling,
case and "a month" for "per month" do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

INFINITY = float("inf")
PERIODS = ("day", "week", "month", "quarter", "year")
POSITION = "position"

NEUTRAL = ("1", "dimensionless", "number")
UTILITY = ("utility", "value", "score", "utility point", "annuity utility", "share", *NEUTRAL)
WEIGHT = ("weight", "share", *NEUTRAL)
PROBABILITY = ("probability", "share", *NEUTRAL)
RATE = ("probability per period", "hazard per period", "rate per period", "share per period",
        "per period", "hazard", "rate", *PROBABILITY)
FACTOR = ("factor", "multiplier", "ratio", "share", *NEUTRAL)
LOG = ("log odds", "logit", "tilt", "log factor", "log odds ratio", "log ratio", "nat", *NEUTRAL)
COST = tuple(f"{unit} per period" for unit in UTILITY[:6]) + UTILITY
DISCOUNT = ("factor per period", "discount factor per period", "discount factor", "per period",
            *FACTOR)
CASUALTIES = ("casualty per period", "person per period", "people per period", "death per period",
              "soldier per period", "military casualty per period", "loss per period",
              "casualty", "person", "people")


@dataclass(frozen=True)
class Quantity:
    """One kind of number.

    Attributes:
        pattern: path with `*` for any one name.
        units: accepted units, the preferred first; `(POSITION,)` is the battlefield's own; none
            where any will do.
        low, high: bounds of every value that can be drawn.
        meaning: for the glossary and for messages.
        open_ended: the bounds themselves are excluded.
    """

    pattern: str
    units: tuple[str, ...]
    low: float
    high: float
    meaning: str
    open_ended: bool = False


TABLE: tuple[Quantity, ...] = (
    Quantity("parties.*.discount", DISCOUNT, 0.0, 1.0, "discount factor per period"),
    Quantity("parties.*.groups.*.weights.*", WEIGHT, 0.0, 1.0, "weight of an issue for a group"),
    Quantity("parties.*.groups.*.values.*.*", UTILITY, 0.0, 1.0, "value of an option to a group"),
    Quantity("parties.*.groups.*.cost", FACTOR, 0.0, INFINITY, "factor of a group's cost of war"),
    Quantity("parties.*.groups.*.accepts", UTILITY, -INFINITY, INFINITY,
             "least utility that a group accepts"),
    Quantity("issues.*.weights.*", WEIGHT, 0.0, 1.0, "weight of an issue for a party"),
    Quantity("issues.*.options.*.values.*", UTILITY, 0.0, 1.0, "value of an option to a party"),
    Quantity("issues.*.options.*.on_position.*", UTILITY, -1.0, 1.0,
             "change of an option's value from the middle to an end of the battlefield"),
    Quantity("interactions.*.values.*", UTILITY, -1.0, 1.0, "utility two options add together"),
    Quantity("disagreement.*", UTILITY, -INFINITY, INFINITY, "value of no agreement"),
    Quantity("war.position.cell", (POSITION,), 0.0, INFINITY, "width of a cell", True),
    Quantity("war.position.present", (POSITION,), -INFINITY, INFINITY, "present position"),
    Quantity("war.position.moves.*.*", RATE, 0.0, 1.0, "probability of a move of the position"),
    Quantity("war.position.targets.*.mean", (POSITION,), -INFINITY, INFINITY,
             "mean change of position"),
    Quantity("war.position.targets.*.sd", (POSITION,), 0.0, INFINITY,
             "standard deviation of the change of position", True),
    Quantity("war.momentum.transitions.*.*", RATE, 0.0, 1.0, "transition probability of momentum"),
    Quantity("war.support.*.levels.*.volume", (), 0.0, INFINITY, "volume of support"),
    Quantity("war.support.*.levels.*.momentum_tilt", LOG, -20.0, 20.0,
             "tilt of momentum by a level of support"),
    Quantity("war.support.*.transitions.*.*", RATE, 0.0, 1.0, "transition probability of support"),
    Quantity("war.support.*.choice.cost.*", COST, 0.0, INFINITY, "cost of support to the patron"),
    Quantity("war.support.*.choice.discount", DISCOUNT, 0.0, 1.0, "a patron's discount factor"),
    Quantity("war.support.*.choice.*", UTILITY, -INFINITY, INFINITY,
             "a patron's utility of the supported side's victory or defeat"),
    Quantity("war.resolve.*.*", COST, -INFINITY, INFINITY,
             "cost of a period of war that its side alone knows"),
    Quantity("war.costs.*.base", COST, -INFINITY, INFINITY, "cost of a period of war"),
    Quantity("war.hazards.*.base", RATE, 0.0, 1.0, "hazard of collapse in a period"),
    Quantity("war.*.*.momentum.*", FACTOR, 0.0, INFINITY, "factor of a momentum level"),
    Quantity("war.*.*.support.*.*", FACTOR, 0.0, INFINITY, "factor of a level of support"),
    Quantity("war.*.*.position", LOG, -20.0, 20.0, "logarithm of the factor at the window's end"),
    Quantity("war.terminal.*.*", UTILITY, -INFINITY, INFINITY, "utility of a dictated outcome"),
    Quantity("war.beliefs.theories.*.momentum_tilt", LOG, -20.0, 20.0,
             "tilt of momentum under a theory"),
    Quantity("war.beliefs.theories.*.support_tilt.*", LOG, -20.0, 20.0,
             "tilt of a patron's chain under a theory"),
    Quantity("war.beliefs.theories.*.hazard_factor.*", FACTOR, 0.0, INFINITY,
             "factor of a hazard under a theory"),
    Quantity("war.beliefs.prior.*", PROBABILITY, 0.0, 1.0, "belief in the first theory", True),
    Quantity("war.talks.rate", RATE, 0.0, 1.0, "probability of talks in a period"),
    Quantity("war.talks.failure", RATE, 0.0, 1.0, "rate at which talks fail"),
    Quantity("war.talks.proposer.*", PROBABILITY, 0.0, 1.0, "probability of proposing"),
    Quantity("war.enforcement", RATE, 0.0, 1.0, "probability that a deal lasts a period"),
    Quantity("war.floors.*.utility", UTILITY, -INFINITY, INFINITY, "ratification floor"),
    Quantity("war.floors.*.spread", UTILITY, 0.0, INFINITY, "spread of a ratification floor", True),
    Quantity("war.losses.*", CASUALTIES, 0.0, INFINITY, "military casualties a period"),
    Quantity("history.*.position", (POSITION,), -INFINITY, INFINITY, "recorded position"),
    Quantity("offers.*.state.position", (POSITION,), -INFINITY, INFINITY,
             "position at an offer's date"),
    Quantity("offers.*.prior.*", PROBABILITY, 0.0, 1.0, "belief at an offer's date", True),
    Quantity("offers.*.enforcement", RATE, 0.0, 1.0, "probability that the offer lasts a period"),
    Quantity("levers.*.changes.*.multiply", FACTOR, 0.0, INFINITY, "factor of a lever"),
)


@cache
def quantity(path: str) -> Quantity | None:
    """The table's row for a path; none for a lever's `set` and `add`, which are as their target."""
    parts = path.split(".")
    for row in TABLE:
        pattern = row.pattern.split(".")
        if len(pattern) == len(parts) and all(
                p in ("*", part) for p, part in zip(pattern, parts, strict=True)):
            return row
    return None


def normal_unit(unit: str, period: str) -> str:
    """A unit in one spelling: lower case, singular words, "per period" for the scenario's own."""
    text = unit.strip().lower().replace("-", " ").replace("_", " ")
    text = re.sub(r"\s*/\s*", " per ", text)
    text = re.sub(r"\b(?:a|an|each|every)\s+(?=(?:day|week|month|quarter|year|period)\b)", "per ",
                  text)
    adverb = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
              "annual": "year", "yearly": "year"}
    for word, name in adverb.items():
        if re.search(rf"\b{word}\b", text):
            text = re.sub(rf"\s*\b{word}\b\s*", " ", text).strip() + f" per {name}"
    words = [_singular(word) for word in text.split()]
    if words[-2:] == ["per", period]:
        words[-1] = "period"
    return " ".join(words)


def fits(unit: str, row: Quantity, period: str, position_unit: str | None) -> bool:
    """Whether a stated unit is one of those the quantity takes."""
    if not row.units:
        return True
    given = normal_unit(unit, period)
    if row.units == (POSITION,):
        return position_unit is None or given == normal_unit(position_unit, period)
    return given in {normal_unit(accepted, period) for accepted in row.units}


def preferred_unit(row: Quantity, period: str, position_unit: str | None) -> str:
    """The unit to name in a message."""
    if row.units == (POSITION,):
        return position_unit or "the position's unit"
    return row.units[0].replace("per period", f"per {period}") if row.units else "any"


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
