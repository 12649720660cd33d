"""Every consistency check, in order, and what they find together.

The checks of names and of single numbers run first.  Those that compute with the scenario follow
only where the first found no error, since they rely on the names.  Sources are looked at always.
"""

from __future__ import annotations

from collections.abc import Callable

from zopa.core.errors import InputError, Problem
from zopa.scenario.checks import (
    actions,
    calibrations,
    choices,
    claims,
    groups,
    limits,
    numbers,
    parties,
    provenance,
    record,
    resolve,
    space,
    targets,
    war,
)
from zopa.scenario.checks.finding import Finding, Findings, Severity
from zopa.scenario.schema import Scenario

Check = Callable[[Scenario], Findings]

FIRST: tuple[Check, ...] = (
    limits.names, limits.texts, limits.sizes,
    parties.belligerents, parties.roles, parties.discounts, parties.disagreement,
    groups.groups, groups.out_of_reach,
    space.issues, space.weights, space.constraints, space.interactions,
    war.position, war.momentum, war.support_chains, choices.choices, war.regimes,
    resolve.resolve, war.beliefs, war.talks,
    numbers.bounds, numbers.units, numbers.ties, calibrations.calibrations,
    actions.levers, actions.offers, actions.history, record.repeated, record.ratified,
    claims.claims,
    provenance.sources_exist, provenance.states_in_time,
)
COMPUTED: tuple[Check, ...] = (
    space.some_package, war.collapse, war.endless, choices.endless, record.window_of_history,
    record.no_evidence, targets.targets,
)
SOURCES: tuple[Check, ...] = (
    provenance.sourced, provenance.known_in_time, provenance.shared_reasons,
    provenance.later_editions,
)
ORDER: tuple[Severity, ...] = ("error", "warning", "advice")


def findings(scenario: Scenario) -> tuple[Finding, ...]:
    """All that is wrong or doubtful: errors, warnings, advice, each in the order of the checks."""
    found = [finding for check in FIRST for finding in check(scenario)]
    sound = not any(finding.severity == "error" for finding in found)
    rest = (*COMPUTED, *SOURCES) if sound else SOURCES
    found += [finding for check in rest for finding in check(scenario)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: ORDER.index(f.severity)))


def ensure(scenario: Scenario) -> None:
    """Refuse a scenario with errors; for one that was made or changed in Python.

    Raises:
        InputError: every error, with the path in the scenario as its place.
    """
    wrong = [f for f in findings(scenario) if f.severity == "error"]
    if wrong:
        raise InputError([Problem("scenario", f.what, f.mend) for f in wrong])


def notes(scenario: Scenario) -> tuple[str, ...]:
    """Figures worth printing of a scenario without errors."""
    return targets.notes(scenario)
