"""A test call of a scenario, evaluated: the one place where names of tests meet functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.claims.table import TESTS, Kind, Mirror, TestSpec
from zopa.core.errors import ArgumentError, InputError
from zopa.questions import tests_change, tests_outlook, tests_record, tests_terms
from zopa.questions.outcome import Outcome, unknown
from zopa.questions.study import Study
from zopa.scenario.schema import TestCall

NO_WAR = "it needs a war block, which this scenario does not have"

FUNCTIONS: dict[str, Callable[..., Outcome]] = {
    function.__name__: function
    for function in (
        tests_outlook.only_settlement, tests_outlook.victory_unlikely, tests_outlook.advancing,
        tests_outlook.patron_withdraws, tests_outlook.support_reflects_position,
        tests_terms.waiting_worsens_terms,
        tests_terms.leverage_rising, tests_terms.advantage, tests_terms.prefers_deal,
        tests_terms.zone_includes, tests_terms.agreement_includes, tests_record.advanced,
        tests_record.support_declined, tests_change.lever_futile, tests_change.worse_off_if,
        tests_change.forgone_offer_was_better)}


@dataclass(frozen=True)
class Call:
    """A test with its arguments, defaults filled in.

    Attributes:
        spec: the row of the table.
        args: argument -> what it names, in the order of the table.
    """

    spec: TestSpec
    args: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the call."""
        return self.spec.name, repr(sorted(self.args.items()))


def call_of(test: TestCall) -> Call:
    """A scenario's test call.

    Raises:
        ArgumentError: no such test, or an argument is missing or unknown.
    """
    if test.test not in TESTS:
        raise ArgumentError(f"there is no test '{test.test}'. There is {', '.join(TESTS)}.")
    spec = TESTS[test.test]
    unknown_names = [name for name in test.args if spec.argument(name) is None]
    if unknown_names:
        raise ArgumentError(f"{spec.signature} takes no argument '{unknown_names[0]}'.")
    args: dict[str, Any] = {}
    for argument in spec.arguments:
        value = test.args.get(argument.name, argument.default)
        if value is None:
            raise ArgumentError(f"{spec.signature} needs the argument '{argument.name}'.")
        args[argument.name] = _value(value)
    return Call(spec, args)


def evaluate(study: Study, call: Call) -> Outcome:
    """The test in every draw of a study.

    A test that the scenario has nothing for (no war, no state recorded at that date) cannot be
    evaluated in any draw; the outcome says why.

    Raises:
        InputError: the scenario itself has no solution.
    """
    if study.scenario.war is None and call.spec.war:
        return unknown(len(study.draws), NO_WAR)
    function = FUNCTIONS[call.spec.name]
    return study.keep(("test", call.key), lambda: _evaluated(study, function, call))


def holds(call: Call, study: Study) -> NDArray[np.float64]:
    """`(draw,)`: the probability with which a test holds in every draw of a study."""
    return evaluate(study, call).holds


def mirror_of(call: Call, study: Study) -> Call | None:
    """The same test for the other side; None where it names no side or there are not two."""
    if call.spec.mirror is Mirror.NONE or len(study.sides) != 2:
        return None
    first, second = study.sides
    other = {first: second, second: first}
    party = next(a.name for a in call.spec.arguments if a.kind is Kind.PARTY)
    return Call(call.spec, {**call.args, party: other[call.args[party]]})


def _evaluated(study: Study, function: Callable[..., Outcome], call: Call) -> Outcome:
    try:
        return function(study, **call.args)
    except ArgumentError as error:
        return unknown(len(study.draws), str(error))
    except InputError as error:
        if not any(argument.kind is Kind.LEVER for argument in call.spec.arguments):
            raise
        # the scenario can be solved, but not with the lever on
        return unknown(len(study.draws), "; ".join(
            f"{problem.where} {problem.what}" for problem in error.problems))


def _value(value: Any) -> Any:
    """Lists as tuples, dates and years as text; names stay as they are."""
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    return value if isinstance(value, str) else str(value)
