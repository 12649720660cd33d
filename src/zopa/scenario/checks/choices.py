"""Patrons who choose: levels that there are, a side that they support, a war with a value."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings, unknown_keys
from zopa.scenario.number import support
from zopa.scenario.schema import Scenario


def choices(scenario: Scenario) -> Findings:
    """Who chooses is a patron who supports a side; costs name its levels, the lowest is free."""
    war = scenario.war
    if war is None:
        return
    for name, chain in war.support.items():
        spec, party = chain.choice, scenario.parties.get(name)
        if spec is None or not chain.levels:
            continue
        path = f"war.support.{name}.choice"
        if party is not None and "patron" not in party.roles:
            yield Finding(path, f"{path}: only a patron chooses, but {name} has not that role",
                          f"Add patron to parties.{name}.roles, or remove `choice`.")
        elif party is not None and party.supports is None:
            yield Finding(path, f"{path}: {name} supports nobody, so no end of the war is its own",
                          f"Add `supports:` to parties.{name}.")
        yield from unknown_keys(f"{path}.cost", "level of support", spec.cost, chain.levels)
        lowest = list(chain.levels)[-1]
        if lowest in spec.cost and support(spec.cost[lowest])[1] > 0.0:
            yield Finding(f"{path}.cost.{lowest}", f"{path}.cost.{lowest} is above 0, so that a "
                          "patron who has stopped goes on paying",
                          "Leave the lowest level out, unless that is meant.", "advice")
        if len(chain.levels) == 1:
            yield Finding(path, f"{path}: there is one level of support, so nothing to choose",
                          "Add a level below it.", "advice")
        if support(spec.defeat)[0] > support(spec.victory)[1]:
            yield Finding(path, f"{path}: the supported side's defeat is worth more to {name} "
                          "than its victory in every draw", "Exchange them.", "advice")


def endless(scenario: Scenario) -> Findings:
    """A patron who does not discount needs a war that ends."""
    war = scenario.war
    if war is None or war.position.ends != "held":
        return
    if any(support(hazard.base)[1] > 0.0 for hazard in war.hazards.values()):
        return
    for name, chain in war.support.items():
        if chain.choice is not None and support(chain.choice.discount)[1] >= 1.0:
            yield Finding(f"war.support.{name}.choice.discount",
                          f"war.support.{name}.choice.discount can be 1 in a war that nothing ends "
                          "(both hazards of collapse are 0, the window's ends are held), so that "
                          "support has no finite value",
                          "Give a discount below 1, or a hazard above 0.")
