"""Who takes part: the sides, the third parties and their roles."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings, lacking, unknown, unknown_keys
from zopa.scenario.schema import Scenario

SIDES = ("belligerent", "party")


def belligerents(scenario: Scenario) -> Findings:
    """A war has exactly two belligerents; an agreement space two or more parties."""
    names = scenario.belligerents
    if scenario.war is not None and len(names) != 2:
        has = ", ".join(names) or "none"
        yield Finding("parties", f"a war needs exactly two belligerents, but parties has "
                      f"{len(names)} ({has})",
                      "Give the role belligerent to two parties; others are patron, ally, ...")
    elif len(scenario.sides) < 2:
        yield Finding("parties", "fewer than two parties have to agree",
                      "Give the role `party` to those who must agree (`belligerent` in a war).")
    elif names and scenario.war is None and len(names) != 2:
        yield Finding("parties", f"parties has {len(names)} belligerents",
                      "Two have the role belligerent, or all who must agree the role party.")


def roles(scenario: Scenario) -> Findings:
    """Every party has a role; a side has no other; a patron or ally says whom it supports."""
    for name, party in scenario.parties.items():
        path = f"parties.{name}"
        if not party.roles:
            yield Finding(f"{path}.roles", f"{path}.roles is empty",
                          "Give a role, e.g. [belligerent] or [patron].")
        if len(set(party.roles)) > 1 and set(party.roles) & set(SIDES):
            yield Finding(f"{path}.roles", f"{path}.roles makes a side a third party too",
                          "A belligerent has that role alone.")
        if "party" in party.roles and scenario.belligerents:
            yield Finding(f"{path}.roles", f"{path} has the role party beside belligerents",
                          "Use belligerent for the two sides, other roles for third parties.")
        if party.supports is not None:
            yield from unknown(f"{path}.supports", "side", party.supports, scenario.sides)
        elif set(party.roles) & {"patron"}:
            yield Finding(path, f"{path} is a patron but supports nobody",
                          f"Add `supports:` ({' or '.join(scenario.sides)}).")


def discounts(scenario: Scenario) -> Findings:
    """In a war each side has a discount factor in (0, 1]."""
    if scenario.war is None:
        return
    for name in scenario.belligerents:
        if scenario.parties[name].discount is None:
            yield Finding(f"parties.{name}", f"parties.{name} lacks the key 'discount'",
                          f"Give it per {scenario.period}, e.g. 0.99.")


def disagreement(scenario: Scenario) -> Findings:
    """Without a war each side has a value of no agreement; with one the war gives it."""
    if scenario.war is None:
        yield from lacking("disagreement", "side", scenario.disagreement, scenario.sides)
    elif scenario.disagreement:
        yield Finding("disagreement", "disagreement stands beside a war, which gives it",
                      "Remove one of them.")
    yield from unknown_keys("disagreement", "side", scenario.disagreement, scenario.sides)
