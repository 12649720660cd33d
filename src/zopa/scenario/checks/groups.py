"""Groups inside a party: who they speak for, their weights and values, what they accept."""

from __future__ import annotations

from zopa.scenario.checks.finding import Finding, Findings, unknown_keys
from zopa.scenario.checks.space import SUM
from zopa.scenario.number import central
from zopa.scenario.schema import Scenario


def groups(scenario: Scenario) -> Findings:
    """A group speaks for a side; its weights and values name issues and options there are.

    A third party's group with a veto states what it accepts: no war is fought from which that would
    follow.
    """
    for party, spec in scenario.parties.items():
        if spec.groups and party not in scenario.sides and spec.supports is None:
            yield Finding(f"parties.{party}.groups", f"parties.{party} has groups but supports "
                          "nobody, so for whom they decide is open",
                          f"Add `supports:` ({' or '.join(scenario.sides)}).")
        for name, group in spec.groups.items():
            path = f"parties.{party}.groups.{name}"
            yield from unknown_keys(f"{path}.weights", "issue", group.weights, scenario.issues)
            yield from unknown_keys(f"{path}.values", "issue", group.values, scenario.issues)
            for issue, values in group.values.items():
                if issue in scenario.issues:
                    yield from unknown_keys(f"{path}.values.{issue}", "option", values,
                                            scenario.issues[issue].options)
            total = sum(central(weight) for weight in group.weights.values())
            if abs(total - 1.0) > SUM:
                yield Finding(f"{path}.weights", f"the weights of {path} over the issues sum to "
                              f"{total:.6g}, not 1",
                              "Change them; issues left out count as 0, at the central values.")
            if group.veto and group.accepts is None and party not in scenario.sides:
                yield Finding(path, f"{path} has a veto but lacks the key 'accepts'",
                              "State the least of its own utility that it accepts, e.g. 0.2.")


def out_of_reach(scenario: Scenario) -> Findings:
    """What a group accepts is within reach: without extra utility no package gives more than 1."""
    for party, spec in scenario.parties.items():
        for name, group in spec.groups.items():
            if (group.veto and group.accepts is not None and central(group.accepts) > 1.0
                    and not scenario.interactions):
                path = f"parties.{party}.groups.{name}.accepts"
                yield Finding(path, f"{path} is {central(group.accepts):g}, more than any package "
                              "gives, so nothing could be ratified",
                              "Utilities run from 0 to 1; choose it on that scale.", "warning")
