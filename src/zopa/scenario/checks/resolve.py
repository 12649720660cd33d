"""A cost of war that its side alone knows: whose it is, and that its range runs upwards."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings, unknown_keys
from zopa.scenario.number import support
from zopa.scenario.schema import Scenario


def resolve(scenario: Scenario) -> Findings:
    """`war.resolve` names belligerents, and low is at most high in every draw."""
    war = scenario.war
    if war is None:
        return
    yield from unknown_keys("war.resolve", "belligerent", war.resolve, scenario.belligerents)
    for side, given in war.resolve.items():
        low, high = support(given.low)[1], support(given.high)[0]
        if low > high:
            yield Finding(f"war.resolve.{side}", f"war.resolve.{side}: low can be {low:g}, above "
                          f"high, which can be {high:g}",
                          "Give ranges that do not overlap: low is the toughest type's cost.")
