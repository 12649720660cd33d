"""A flip is where the probability of a claim crosses 0.5, not where it comes near it."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.questions.cases import ONE_THEORY, SOUTH
from tests.questions.tiny import tiny_study
from zopa.core.errors import InputError
from zopa.questions import flips
from zopa.questions.evaluate import call_of, evaluate, holds
from zopa.questions.flips import Flip, Hinge, Tried, flip
from zopa.questions.sensitivity import Index
from zopa.scenario.schema import TestCall

HINGE = Hinge("x", (), Index(0.1, 0.05, 0.2), "judgement")


def found(monkeypatch: pytest.MonkeyPatch, level: float, slope: float, seed: int) -> Flip:
    """A claim with P = level + slope (x - 0.5), on 1,024 draws and solved again on 128."""
    random = np.random.default_rng(seed)
    x, u, again = random.random(1024), random.random(1024), random.random(128)

    def solved(study: Any, ask: Any, path: str, value: float) -> Tried:
        p = float((again < level + slope * (value - 0.5)).mean())
        return Tried(value, p, 1.96 * 0.5 / np.sqrt(128))

    monkeypatch.setattr(flips, "_solved", solved)
    monkeypatch.setattr(flips, "inputs", lambda scenario: {"x": SimpleNamespace(unit="1")})
    monkeypatch.setattr(flips.fix, "reach", lambda *args: (0.0, 1.0))
    study: Any = SimpleNamespace(scenario=None, draws={"x": x}, weight=np.full(1024, 1 / 1024))
    ask: Any = None
    return flip(study, ask, (u < level + slope * (x - 0.5)).astype(float), HINGE)


def test_an_answer_that_stays_near_a_half_is_not_said_to_flip(
        monkeypatch: pytest.MonkeyPatch) -> None:
    flat = [found(monkeypatch, 0.57, 0.0, seed) for seed in range(40)]
    assert sum(one.value is not None for one in flat) <= 2
    assert all((one.reason or "").startswith(("stays between", "goes from"))
               for one in flat if one.value is None)


def test_an_answer_that_crosses_flips_between_two_values_solved_at(
        monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(20):
        one = found(monkeypatch, 0.6, 1.0, seed)
        assert one.value is not None and one.between is not None and one.probability is not None
        low, high = one.between
        assert one.value in (low, high) and low < high
        assert abs(one.probability - 0.5) <= 1.96 * 0.5 / np.sqrt(128)
        assert one.value == pytest.approx(0.4, abs=0.15)


FATAL = {"levers.more-support": {"title": "Too much", "changes": [
    {"path": "war.hazards.south.base", "multiply": 5.0}]}}


def test_a_lever_that_no_war_can_have_leaves_the_other_answers() -> None:
    study = tiny_study(ONE_THEORY | FATAL | {"war.hazards.south.base": 0.3}, draws=16)
    call = call_of(TestCall(test="worse_off_if", args=SOUTH | {"lever": "more-support"}))
    outcome = evaluate(study, call)
    assert np.isnan(outcome.holds).all()
    assert "hazards of both sides together reach" in (outcome.reason or "")


def test_a_war_that_cannot_be_is_an_error_in_every_test() -> None:
    study = tiny_study(ONE_THEORY | {"war.hazards.south.base": 0.995}, draws=16)
    with pytest.raises(InputError, match="above 1"):
        evaluate(study, call_of(TestCall(test="victory_unlikely", args=SOUTH)))


def test_a_value_of_the_hinge_that_no_war_can_have_is_no_flip() -> None:
    study = tiny_study(ONE_THEORY | {
        "war.hazards.north.base": 0.4, "war.hazards.south.base": {"range": [0.1, 0.59]}}, draws=16)
    call = call_of(TestCall(test="victory_unlikely", args=SOUTH))
    tried = flips._solved(study, partial(holds, call), "war.hazards.south.base", 0.61)
    assert np.isnan(tried.probability)
