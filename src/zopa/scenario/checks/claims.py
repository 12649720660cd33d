"""Claims: what is testable has a test of the table, with arguments that exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from zopa.claims.table import TESTS, Argument, Kind
from zopa.scenario.checks.finding import Finding, Findings, unknown
from zopa.scenario.patch import did_you_mean
from zopa.scenario.schema import Claim, Scenario, TestCall

Values = dict[str, Any]


def claims(scenario: Scenario) -> Findings:
    """A testable claim has a test or says why none speaks to it; the others have none first."""
    for name, claim in scenario.claims.items():
        path = f"claims.{name}"
        yield from _kind(path, claim)
        for index, call in enumerate(claim.tests):
            yield from _call(f"{path}.tests.{index}", call, scenario)


def _kind(path: str, claim: Claim) -> Findings:
    if claim.kind == "testable" and not claim.tests and claim.not_modelled is None:
        yield Finding(path, f"{path} is testable but has neither a test nor `not_modelled`",
                      "Add `tests:`, or say why none speaks to it.")
    if claim.kind != "testable" and claim.tests:
        yield Finding(f"{path}.kind", f"{path} is {claim.kind} but has a test",
                      "Make it testable, or remove the test.")


def _call(path: str, call: TestCall, scenario: Scenario) -> Findings:
    spec = TESTS.get(call.test)
    if spec is None:
        hint = did_you_mean(call.test, list(TESTS)).strip()
        yield Finding(f"{path}.test", f"{path}.test is '{call.test}', which is no test",
                      hint or f"The tests are {', '.join(TESTS)}.")
        return
    if spec.war and scenario.war is None:
        yield Finding(f"{path}.test", f"{path}.test {call.test} needs a war block",
                      "Use a test of the agreement space, or `not_modelled`.")
        return
    for name in call.args:
        if spec.argument(name) is None:
            names = [a.name for a in spec.arguments]
            hint = did_you_mean(name, names).strip()
            yield Finding(f"{path}.args.{name}",
                          f"{path}.args has '{name}', which {call.test} does not take",
                          hint or f"It is written {spec.signature}.")
    for argument in spec.arguments:
        if argument.name in call.args:
            here = f"{path}.args.{argument.name}"
            yield from ARGUMENTS[argument.kind](
                here, call.args[argument.name], call.args, scenario)
        elif argument.required:
            yield Finding(path, f"{path} lacks the argument '{argument.name}' "
                          f"({argument.kind.value})", f"It is written {spec.signature}.")
    yield from _recorded(path, call, spec.arguments, scenario)


def _recorded(path: str, call: TestCall, arguments: tuple[Argument, ...],
              scenario: Scenario) -> Findings:
    """A test of the record needs a record."""
    if call.test == "advanced":
        since = date_of(call.args.get("since"))
        places = [s for s in scenario.history
                  if s.position is not None and (since is None or s.date >= since)]
        if not places:
            yield Finding(path, f"{path} tests the record, but history has no position since then",
                          "Add dated positions to `history`.", "warning")
    if call.test == "support_declined":
        patron = call.args.get("patron")
        if not any(patron in s.support for s in scenario.history):
            yield Finding(path, f"{path} tests the record, but history has no level of support of "
                          f"{patron}", "Add dated levels to `history`.", "warning")


def date_of(value: Any) -> dt.date | None:
    """A date from YYYY-MM-DD; none where it is not one."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else (
            value if isinstance(value, dt.date) else None)
    except ValueError:
        return None


def _party(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    yield from unknown(path, "side", str(value), scenario.sides)


def _patron(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    known = scenario.war.support if scenario.war is not None else {}
    yield from unknown(path, "support chain", str(value), known)


def _lever(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    yield from unknown(path, "lever", str(value), scenario.levers)


def _offer(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    yield from unknown(path, "offer", str(value), scenario.offers)


def _date(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    date = date_of(value)
    if date is None:
        yield Finding(path, f"{path} must be a date, but is '{value}'", "Write it as 2025-05-31.")
    elif date > scenario.date:
        yield Finding(path, f"{path} {date} is after the scenario's date {scenario.date}",
                      "Give an earlier one.")


def _moment(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    if value == "now":
        return
    date = date_of(value)
    if date is None:
        yield Finding(path, f"{path} must be a date or `now`, but is '{value}'",
                      "Write it as 2022-04-01.")
        return
    yield from _date(path, value, args, scenario)
    states = [*scenario.history, *(offer.state for offer in scenario.offers.values())]
    if not any(state.date <= date for state in states):
        yield Finding(path, f"{path} {date} is before every recorded state",
                      "Add the state of that date to `history`, or an offer with its state.")


def _issue(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    yield from unknown(path, "issue", str(value), scenario.issues)


def _options(path: str, value: Any, args: Values, scenario: Scenario) -> Findings:
    issue = scenario.issues.get(str(args.get("issue")))
    if not isinstance(value, list | tuple) or not value:
        yield Finding(path, f"{path} must be a list of options, but is '{value}'",
                      "Write [option, option].")
    elif issue is not None:
        for option in value:
            yield from unknown(path, "option", str(option), issue.options)


ARGUMENTS: dict[Kind, Callable[[str, Any, Values, Scenario], Findings]] = {
    Kind.PARTY: _party, Kind.PATRON: _patron, Kind.LEVER: _lever, Kind.OFFER: _offer,
    Kind.DATE: _date, Kind.MOMENT: _moment, Kind.ISSUE: _issue, Kind.OPTIONS: _options,
}
