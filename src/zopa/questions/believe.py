"""What the reader takes as true or false: draws weighted by the claim's own test.

`CLAIM=true` multiplies the weight of every draw by the probability with which the claim's first
test holds in it, `CLAIM=false` by one minus that.  A draw in which the test cannot be evaluated
says nothing about the claim and is left out.  Several beliefs multiply.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError
from zopa.questions.evaluate import call_of, evaluate
from zopa.questions.spread import effective
from zopa.questions.study import Study
from zopa.scenario.patch import did_you_mean
from zopa.scenario.schema import TestCall

Floats = NDArray[np.float64]
LEAST = 50
"""Effective draws below which an answer is refused."""
_WORDS = {"true": True, "false": False}


def parse(text: str) -> tuple[str, bool]:
    """A claim and whether it is taken as true, from `CLAIM=true` or `CLAIM=false`.

    Raises:
        ArgumentError: any other text.
    """
    claim, equals, word = text.partition("=")
    if not claim or not equals or word.strip().lower() not in _WORDS:
        raise ArgumentError(f"believe must read CLAIM=true or CLAIM=false, but is '{text}'.")
    return claim.strip(), _WORDS[word.strip().lower()]


def believing(study: Study, beliefs: Iterable[tuple[str, bool]]) -> Study:
    """The study under beliefs; nothing is solved again.

    Args:
        study: with the weights to start from.
        beliefs: claims, each with whether it is taken as true.

    Raises:
        ArgumentError: a claim that does not exist or cannot be tested, or fewer than 50 effective
            draws left.
    """
    assumed = tuple(sorted(beliefs))
    if not assumed:
        return study
    names = [claim for claim, _ in assumed]
    for claim in names:
        if names.count(claim) > 1:
            raise ArgumentError(f"claim '{claim}' is believed twice. Give it once.")
    if study.scenario.war is not None:
        _ = study.base  # all of it at once, since every question is asked next
    weight = study.weight * likelihood(study, assumed)
    left = effective(weight)
    if left < LEAST:
        raise ArgumentError(
            f"believing {', '.join(names)} leaves {left:.0f} effective draws of "
            f"{len(study.draws)}, and {LEAST} are needed. Give more draws, believe less, or look "
            "at the claim's verdict: the scenario speaks against it.")
    return study.reweighted(weight, study.assumed + assumed)


def likelihood(study: Study, beliefs: Iterable[tuple[str, bool]]) -> Floats:
    """`(draw,)`: the probability of what is believed in every draw, 0 where it is undefined."""
    factor = np.ones(len(study.draws))
    for claim, true in beliefs:
        holds = evaluate(study, call_of(_test(study, claim))).holds
        factor = factor * np.nan_to_num(holds if true else 1.0 - holds, nan=0.0)
    return factor


def _test(study: Study, claim: str) -> TestCall:
    claims = study.scenario.claims
    if claim not in claims:
        raise ArgumentError(f"there is no claim '{claim}'.{did_you_mean(claim, list(claims))}")
    if not claims[claim].tests:
        raise ArgumentError(f"claim '{claim}' has no test, so it cannot be believed. "
                            f"{claims[claim].not_modelled or 'It is ' + claims[claim].kind + '.'}")
    return claims[claim].tests[0]
