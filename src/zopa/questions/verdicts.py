"""`verdicts`: which claims hold, in this model, under these inputs.

For every claim with a test: the probability over the weighted draws with its Monte Carlo interval,
the calibrated word where the interval lies in one band, the confidence from what the inputs that
drive it rest on, the mirror for the other side, the input it hinges on, and the value of that input
at which it flips.  Claims without a test are named with the reason.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from zopa.claims.table import Kind
from zopa.core import words
from zopa.questions import moments
from zopa.questions.evaluate import Call, call_of, evaluate, holds, mirror_of
from zopa.questions.flips import Flip, Hinge, flip, hinge
from zopa.questions.outcome import NO_ONE, RECORD, SAME, Outcome
from zopa.questions.plain import number
from zopa.questions.rests import Drivers, drivers, meaning, uncertain
from zopa.questions.spread import Chance, chance, mean, spread
from zopa.questions.study import Study
from zopa.scenario.schema import Claim

NOT_ASKED = "it was not looked for"
UNTESTED = {
    "event": "it says that something happened; no test of the model speaks to it",
    "evaluative": "it is a judgement of value, which no test of the model can settle",
    "normative": "it says what ought to be, which no test of the model can settle",
    "testable": "it has no test in this scenario"}


def answer(study: Study, flips: bool = True) -> dict[str, Any]:
    """Claim -> its verdict.

    Args:
        study: at whose draws.
        flips: whether to look for what each hinges on and where it flips, which takes solves.
    """
    return {name: verdict(study, name, flips) for name in study.scenario.claims}


def verdict(study: Study, name: str, flips: bool = True) -> dict[str, Any]:
    """The verdict on one claim."""
    claim = study.scenario.claims[name]
    assumed = dict(study.assumed)
    calls = [call_of(test) for test in claim.tests]
    first = _tested(study, calls[0], flips) if calls else _untested(claim)
    if name in assumed:
        first["words"] = "assumed"
    return {
        "says": claim.says,
        "chain": [{"who": link.who, "standing": link.standing, "office": link.office}
                  for link in claim.chain],
        "how": claim.how, "kind": claim.kind,
        **first,
        "beside": [_tested(study, call, flips) for call in calls[1:]],
        "assumed": name in assumed,
        "assumed_true": assumed.get(name)}


def depends_on(study: Study, call: Call) -> list[str]:
    """The levers and offers whose own inputs a test depends on."""
    names = [str(call.args[argument.name]) for argument in call.spec.arguments
             if argument.kind in (Kind.LEVER, Kind.OFFER)]
    for argument in call.spec.arguments:
        moment = str(call.args[argument.name])
        if argument.kind is Kind.MOMENT and moment != moments.NOW:
            found = moments.find(study.scenario, moment).offer
            names += [] if found is None else [found]
    return names


def _tested(study: Study, call: Call, flips: bool) -> dict[str, Any]:
    outcome = evaluate(study, call)
    found = _chance(study, outcome)
    result: dict[str, Any] = {"test": {"name": call.spec.name, "args": _args(call)},
                              "formula": call.spec.formula}
    if math.isnan(found.probability):
        reason = outcome.reason or call.spec.undefined or "it cannot be evaluated in any draw"
        return result | _no_probability(reason) | {"mirror": _mirror(study, call)}
    causes = drivers(study, outcome.holds, depends_on(study, call))
    lever, moved, why = (_hinge_and_flip(study, call, outcome, causes) if flips
                         else (None, Flip(reason=NOT_ASKED), NOT_ASKED))
    return result | {
        "probability": found.probability, "reason": None,
        "words": words.words(found.probability, found.low, found.high),
        "confidence": "high" if outcome.record else causes.confidence(),
        "interval": [found.low, found.high], "undecided": found.undecided,
        "mirror": _mirror(study, call),
        "hinge": None if lever is None else {
            "input": lever.path, "title": meaning(lever.path), "tied": list(lever.tied),
            "index": lever.index.value, "interval": [lever.index.low, lever.index.high],
            "provenance": lever.provenance},
        "hinge_reason": why if lever is None else None,
        "flips_at": None if moved.value is None else {
            "value": moved.value, "unit": moved.unit,
            "verified_probability": moved.probability,
            "between": None if moved.between is None else list(moved.between)},
        "flips_reason": moved.reason,
        "extra": _extra(outcome, study)}


def _chance(study: Study, outcome: Outcome) -> Chance:
    """The probability; without a Monte Carlo error where nothing drawn enters it."""
    found = chance(outcome.holds, study.weight)
    known = outcome.holds[~np.isnan(outcome.holds)]
    drawn = bool(uncertain(study).paths) and not outcome.record
    if drawn or not len(known) or float(np.ptp(known)) > 0.0:
        return found
    return replace(found, low=found.probability, high=found.probability)


def _hinge_and_flip(study: Study, call: Call, outcome: Outcome,
                    causes: Drivers) -> tuple[Hinge | None, Flip, str | None]:
    why = None
    if outcome.record:
        why = RECORD
    elif not causes.varies:
        why = SAME
    else:
        lever = hinge(study, outcome.holds, causes)
        if lever is not None:
            ask = partial(holds, call)
            return lever, flip(study, ask, outcome.holds, lever), None
        why = NO_ONE
    return None, Flip(reason=why), why


def _no_probability(reason: str) -> dict[str, Any]:
    return {"probability": None, "reason": reason, "words": None, "confidence": None,
            "interval": None, "undecided": 1.0, "mirror": None, "hinge": None,
            "hinge_reason": reason, "flips_at": None, "flips_reason": reason, "extra": {}}


def _untested(claim: Claim) -> dict[str, Any]:
    reason = claim.not_modelled or UNTESTED[claim.kind]
    return {"test": None, "formula": None} | _no_probability(reason) | {"undecided": None}


def _mirror(study: Study, call: Call) -> dict[str, Any] | None:
    other = mirror_of(call, study)
    if other is None:
        return None
    outcome = evaluate(study, other)
    found = _chance(study, outcome)
    return {"test": {"name": other.spec.name, "args": _args(other)},
            "probability": number(found.probability),
            "interval": [number(found.low), number(found.high)], "undecided": found.undecided,
            "reason": outcome.reason}


def _args(call: Call) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value
            for name, value in call.args.items()}


def _extra(outcome: Outcome, study: Study) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for name, value in outcome.extra.items():
        if isinstance(value, np.ndarray):
            extra[name] = number(mean(value, study.weight))
            extra[f"{name}_spread"] = {key: number(x)
                                       for key, x in spread(value, study.weight).items()}
        else:
            extra[name] = value
    return extra
