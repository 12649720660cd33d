"""The agreement space: weights, values, constraints, interactions."""

from __future__ import annotations

from itertools import product
from math import prod

from zopa.scenario.checks.finding import Finding, Findings, lacking, unknown, unknown_keys
from zopa.scenario.checks.limits import MOST_PACKAGES
from zopa.scenario.number import Number, central
from zopa.scenario.schema import Forbid, Scenario

SUM = 1e-6


def issues(scenario: Scenario) -> Findings:
    """At least one issue, each with two options that can be had, valued by every side."""
    if not scenario.issues:
        yield Finding("issues", "issues is empty", "Add at least one, with two options.")
    for name, issue in scenario.issues.items():
        path = f"issues.{name}"
        if sum(option.available for option in issue.options.values()) < 2:
            yield Finding(f"{path}.options", f"{path} has fewer than two options available",
                          "Add another, or leave the issue out.")
        yield from lacking(f"{path}.weights", "side", issue.weights, scenario.sides)
        yield from unknown_keys(f"{path}.weights", "party", issue.weights, scenario.parties)
        for key, option in issue.options.items():
            here = f"{path}.options.{key}"
            yield from lacking(f"{here}.values", "side", option.values, scenario.sides)
            yield from unknown_keys(f"{here}.values", "party", option.values, scenario.parties)
            yield from unknown_keys(f"{here}.on_position", "party", option.on_position,
                                    scenario.parties)
            if option.on_position and scenario.war is None:
                yield Finding(f"{here}.on_position", f"{here}.on_position needs a war block",
                              "Remove it: without a war there is no position.")


def weights(scenario: Scenario) -> Findings:
    """A party's weights sum to 1 over the issues, at their central values (held or not)."""
    parties = dict.fromkeys(p for issue in scenario.issues.values() for p in issue.weights)
    for party in parties:
        total = sum(central(_free(issue.weights[party])) for issue in scenario.issues.values()
                    if party in issue.weights)
        if abs(total - 1.0) > SUM:
            first = next(n for n, issue in scenario.issues.items() if party in issue.weights)
            yield Finding(f"issues.{first}.weights.{party}",
                          f"the weights of {party} over the issues sum to {total:.6g}, not 1",
                          "Change them; every issue's weights count, at their central values.")


def _free(weight: Number | float) -> Number | float:
    """A weight as it is where nothing holds it: a held one leaves the rest to the others."""
    return weight.free if isinstance(weight, Number) else weight


def constraints(scenario: Scenario) -> Findings:
    """Constraints name issues and options there are, and why."""
    for index, rule in enumerate(scenario.constraints):
        path = f"constraints.{index}.forbid"
        yield from unknown_keys(path, "issue", rule.forbid, scenario.issues)
        for issue, options in rule.forbid.items():
            if issue in scenario.issues:
                for place, option in enumerate(options):
                    yield from unknown(f"{path}.{issue}.{place}", "option", option,
                                       scenario.issues[issue].options)
            if not options:
                yield Finding(f"{path}.{issue}", f"{path}.{issue} names no option",
                              "Name one, or remove the line.")
        if not rule.forbid:
            yield Finding(path, f"{path} is empty and would forbid everything", "Remove it.")


def interactions(scenario: Scenario) -> Findings:
    """An interaction joins one option each of two issues."""
    for index, pair in enumerate(scenario.interactions):
        path = f"interactions.{index}"
        if len(pair.options) != 2:
            yield Finding(f"{path}.options", f"{path}.options names {len(pair.options)} issues",
                          "Name two, with one option each.")
        yield from choices(f"{path}.options", pair.options, scenario)
        yield from unknown_keys(f"{path}.values", "party", pair.values, scenario.parties)


def choices(path: str, chosen: dict[str, str], scenario: Scenario) -> Findings:
    """Issue -> option, both known."""
    yield from unknown_keys(path, "issue", chosen, scenario.issues)
    for issue, option in chosen.items():
        if issue in scenario.issues:
            yield from unknown(f"{path}.{issue}", "option", option,
                               scenario.issues[issue].options)


def some_package(scenario: Scenario) -> Findings:
    """The constraints leave a package of options that are on the table."""
    if scenario.constraints and not _can_agree(scenario):
        yield Finding("constraints", "the constraints leave no package",
                      "Every combination of available options is forbidden; relax one of them.")


def _can_agree(scenario: Scenario) -> bool:
    """Whether some package is allowed; only the issues that constraints name are enumerated."""
    named = dict.fromkeys(i for rule in scenario.constraints for i in rule.forbid)
    options = {i: [k for k, o in scenario.issues[i].options.items() if o.available]
               for i in named}
    if prod(len(o) for o in options.values()) > MOST_PACKAGES:
        return True  # above the stated size, which another check reports
    return any(not any(_forbidden(dict(zip(options, package, strict=True)), rule)
                       for rule in scenario.constraints)
               for package in product(*options.values()))


def _forbidden(package: dict[str, str], rule: Forbid) -> bool:
    return all(package[issue] in options for issue, options in rule.forbid.items())
