"""How large a scenario may be, stated once."""

from __future__ import annotations

from math import prod
from unicodedata import category

from pydantic import BaseModel

from zopa.scenario.checks.finding import Finding, Findings
from zopa.scenario.inputs import inputs
from zopa.scenario.schema import Scenario, War

MOST_PACKAGES = 250_000
MOST_STATES = 50_000
MOST_NUMBERS = 5_000
MOST_UNCERTAIN = 1_000
MOST_TEXT = 4_000
MOST_NAME = 60
SPACING = "\t\n\r"
"""Control characters that a text may hold."""


def sizes(scenario: Scenario) -> Findings:
    """Packages, states and numbers within what can be solved."""
    packages = prod(max(len(issue.options), 1) for issue in scenario.issues.values())
    if packages > MOST_PACKAGES:
        yield Finding("issues", f"issues make {packages} packages, more than {MOST_PACKAGES}",
                      "Use fewer options, or fewer issues.")
    if scenario.war is not None and (states := n_states(scenario.war)) > MOST_STATES:
        yield Finding("war", f"the war has {states} states, more than {MOST_STATES}",
                      "Use fewer cells, levels of support or grid points.")
    numbers = inputs(scenario)
    uncertain = sum(number.uncertain for number in numbers.values())
    if len(numbers) > MOST_NUMBERS:
        yield Finding("issues", f"the scenario has {len(numbers)} numbers, more than "
                      f"{MOST_NUMBERS}", "Leave out what no answer needs.")
    if uncertain > MOST_UNCERTAIN:
        yield Finding("issues", f"the scenario has {uncertain} uncertain numbers, more than "
                      f"{MOST_UNCERTAIN}", "Fix the least important ones.")


def n_states(war: War) -> int:
    """Cells x momentum levels x support levels x grid points of the belief."""
    support = prod(max(len(chain.levels), 1) for chain in war.support.values())
    grid = war.beliefs.grid_points if war.beliefs is not None else 1
    return war.position.cells * max(len(war.momentum.levels), 1) * support * grid


def texts(scenario: Scenario) -> Findings:
    """No text is a book, and none holds what a terminal or a file would take for a command."""
    yield from _texts(scenario, "")


def _texts(value: object, path: str) -> Findings:
    if isinstance(value, str):
        if len(value) > MOST_TEXT:
            yield Finding(path, f"{path} has {len(value)} characters, more than {MOST_TEXT}",
                          "Shorten it.")
        if (control := next((c for c in value if category(c) == "Cc" and c not in SPACING), None)):
            yield Finding(path, f"{path} holds the control character U+{ord(control):04X}",
                          "Remove it: only tabs and line breaks can be written.")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}.{index}")


def names(scenario: Scenario) -> Findings:
    """Names can stand in a path: short, without dots or spaces."""
    groups: dict[str, object] = {
        "parties": scenario.parties, "sources": scenario.sources,
        "calibrations": scenario.calibrations, "issues": scenario.issues,
        "levers": scenario.levers, "offers": scenario.offers, "claims": scenario.claims}
    groups |= {f"issues.{n}.options": i.options for n, i in scenario.issues.items()}
    groups |= {f"parties.{n}.groups": p.groups for n, p in scenario.parties.items()}
    if scenario.war is not None:
        groups["war.momentum.levels"] = scenario.war.momentum.levels
        groups |= {f"war.support.{n}.levels": s.levels for n, s in scenario.war.support.items()}
        if scenario.war.beliefs is not None:
            groups["war.beliefs.theories"] = scenario.war.beliefs.theories
    for path, group in groups.items():
        for name in group if isinstance(group, dict) else ():
            if not name or len(name) > MOST_NAME or not all(
                    c.isalnum() or c in "-_" for c in name):
                yield Finding(path, f"{path} has the name '{name[:MOST_NAME]}'",
                              f"Names are letters, digits, - and _, {MOST_NAME} at most.")
