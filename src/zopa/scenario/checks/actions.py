"""Levers, offers and history: what they name exists and fits its place."""

from __future__ import annotations

from zopa.core.errors import ArgumentError
from zopa.scenario.checks.finding import Finding, Findings, unknown, unknown_keys
from zopa.scenario.checks.space import choices
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Number
from zopa.scenario.patch import is_numeric, lookup, replace_at
from zopa.scenario.schema import LeverChange, Scenario, State

CHANGEABLE = ("parties", "issues", "interactions", "constraints", "disagreement", "war")


def levers(scenario: Scenario) -> Findings:
    """A lever changes what is there, to what its place takes."""
    for name, lever in scenario.levers.items():
        for index, party in enumerate(lever.by):
            yield from unknown(f"levers.{name}.by.{index}", "party", party, scenario.parties)
        if not lever.changes:
            yield Finding(f"levers.{name}.changes", f"levers.{name} changes nothing",
                          "Add a change, e.g. {path: war.talks.rate, multiply: 2}.")
        seen: set[str] = set()
        for index, change in enumerate(lever.changes):
            path = f"levers.{name}.changes.{index}"
            if change.path in seen:
                yield Finding(f"{path}.path", f"{path} changes {change.path} a second time",
                              "Put both into one change.")
            seen.add(change.path)
            yield from _change(path, change, scenario)


def _change(path: str, change: LeverChange, scenario: Scenario) -> Findings:
    head = change.path.split(".")[0]
    if head not in CHANGEABLE:
        yield Finding(f"{path}.path", f"{path} changes '{change.path}'",
                      f"A lever changes something in {', '.join(CHANGEABLE)}.")
        return
    try:
        target = lookup(scenario, change.path)
    except ArgumentError as error:
        what, _, hint = str(error).partition(". ")
        yield Finding(f"{path}.path", f"{path}.path: {what.rstrip('.')}",
                      hint or "Name a path of this scenario.")
        return
    given = change.set if change.set is not None else 0.0
    if is_numeric(change, target):
        if isinstance(given, str | bool):
            yield Finding(f"{path}.set", f"{path} sets {change.path}, a number, to "
                          f"{_shown(given)}", "Give a number.")
        elif _is_setting(scenario, change.path):
            yield Finding(f"{path}.path", f"{path} changes {change.path}, which is a setting and "
                          "no input", "Change a number with a unit.")
        return
    if change.set is None:
        yield Finding(path, f"{path} adds to or multiplies {change.path}, which is no number",
                      "Use `set`.")
    elif isinstance(target, str) and change.path.split(".")[-1] == "present":
        levels = lookup(scenario, f"{change.path.rpartition('.')[0]}.levels")
        yield from unknown(f"{path}.set", "level", str(change.set), levels)
    elif isinstance(change.set, Number | float) or not isinstance(target, str | bool):
        yield Finding(f"{path}.set", f"{path} sets {change.path}, which is no single value of "
                      "that kind", "Name the path of a number, a level or a flag.")
    else:
        try:
            replace_at(scenario, change.path, change.set)
        except ArgumentError as error:
            yield Finding(f"{path}.set", f"{path}: {error}", "")


def _is_setting(scenario: Scenario, path: str) -> bool:
    """Whether a number is a count or a setting of the numerics rather than an input."""
    return path not in inputs(scenario)


def offers(scenario: Scenario) -> Findings:
    """An offer is a package, one option an issue, with a state and beliefs that fit the war."""
    for name, offer in scenario.offers.items():
        path = f"offers.{name}"
        yield from choices(f"{path}.package", offer.package, scenario)
        for issue in scenario.issues:
            if issue not in offer.package:
                yield Finding(f"{path}.package", f"{path}.package has no option for the issue "
                              f"'{issue}'", f"Add `{issue}:` (what it would have meant then).")
        yield from _state(f"{path}.state", offer.state, scenario)
        if offer.state.date != offer.date:
            yield Finding(f"{path}.state.date", f"{path}.state is of {offer.state.date}, the "
                          f"offer of {offer.date}", "Give both the same date.", "warning")
        if offer.prior:
            yield from unknown_keys(f"{path}.prior", "believer", offer.prior,
                                    (*scenario.belligerents, "analyst"))
        if scenario.war is None:
            yield Finding(path, f"{path} needs a war block", "Remove it: without a war there is "
                          "no value of fighting on to compare with.")


def history(scenario: Scenario) -> Findings:
    """Recorded states name levels there are."""
    if scenario.history and scenario.war is None:
        yield Finding("history", "history needs a war block", "Remove it.")
    for index, state in enumerate(scenario.history):
        yield from _state(f"history.{index}", state, scenario)


def _state(path: str, state: State, scenario: Scenario) -> Findings:
    war = scenario.war
    if war is None:
        return
    if state.momentum is not None:
        yield from unknown(f"{path}.momentum", "momentum level", state.momentum,
                           war.momentum.levels)
    yield from unknown_keys(f"{path}.support", "support chain", state.support, war.support)
    for patron, level in state.support.items():
        if patron in war.support:
            yield from unknown(f"{path}.support.{patron}", "level", level,
                               war.support[patron].levels)


def _shown(value: str | bool) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()
