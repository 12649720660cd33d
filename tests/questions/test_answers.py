"""Outlook, waiting, status and the whole of the answers."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.questions.made import made
from tests.questions.tiny import PEACE, claim, tiny_study
from zopa.questions import outlook, status, waiting
from zopa.questions.answers import QUESTIONS, answer_all
from zopa.questions.rests import together


def test_outlook_by_month_in_the_unit_of_the_position() -> None:
    answer = outlook.answer(made((0.2, 0.2), (0.6, 0.6)))
    assert answer is not None
    assert answer["months"] == [0, 1, 2]
    by_month = answer["by_month"]
    assert by_month["victory"]["south"] == pytest.approx([0.0, 0.1, 0.2])
    assert by_month["fighting"] == pytest.approx([1.0, 0.8, 0.6])
    # cells 2, 3, 4 of width 0.1, from 0.5 at cell 2
    assert by_month["position"] == pytest.approx([0.5, 0.6, 0.7])
    assert answer["by_month_spread"]["cost"]["north"]["high"] == pytest.approx([0.0, 0.05, 0.1])
    assert answer["support_falls"]["west"]["probability"] == pytest.approx(0.25)


def test_waiting_by_party_and_wait() -> None:
    answer = waiting.answer(made((0.2, 0.2), (0.6, 0.6)))
    assert answer is not None
    assert list(answer) == ["north", "south"] and list(answer["north"]) == [
        "0", "3", "6", "12", "24"]
    later = answer["south"]["6"]
    assert (later["value"], later["terms"], later["collapse"]) == pytest.approx((0.3, 0.5, 0.04))
    assert later["terms_defined"] == 1.0 and later["terms_spread"]["low"] == pytest.approx(0.5)


def test_status_counts_what_did_not_converge_or_moves_with_the_horizon() -> None:
    study = made((0.2, 0.2), (0.6, 0.6))
    ensemble = study.solved.ensemble
    assert ensemble is not None
    moved = np.zeros_like(ensemble.bargain.value)
    moved[1, 0] = 0.006
    disagree = np.zeros_like(ensemble.bargain.agree)
    disagree[0, 3] = True
    study.solved.ensemble = replace(ensemble, bargain=replace(
        ensemble.bargain, moved=moved, differs=disagree,
        converged=np.array([True, False, True, True])))
    found = status.answer(study)
    assert (found["horizon_sensitive"], found["not_converged"], found["converged"]) == (2, 1, 3)
    assert found["draws"] == 4 and found["effective_draws"] == pytest.approx(4.0)
    text = " ".join(status.warnings(study, found))
    assert "In 2 of 4 draws doubling the horizon" in text and "In 1 of 4 draws the value" in text
    assert "Only 4 effective draws" in text and "held ends" in text


def test_all_answers_are_plain_data_with_the_keys_of_the_contract() -> None:
    study = made((0.2, 0.2), (0.58, 0.63), draws=64, changes={
        "claims.c": claim("prefers_deal", party="north")})
    answers = answer_all(study)
    assert list(answers) == [
        "scenario", *QUESTIONS, "history", "reasons", "rests_on", "status", "warnings"]
    assert answers["scenario"]["sides"] == ["north", "south"]
    assert answers["zone"]["deal_by_month"] == pytest.approx([0.0, 0.3, 0.5])
    assert answers["zone"]["deal_by_month_spread"][1]["median"] == pytest.approx(0.3)
    assert answers["zone"]["months_of_war"] == pytest.approx(1.7)
    assert answers["verdicts"]["c"]["probability"] == 1.0
    json.dumps(answers, allow_nan=False)


def test_without_a_war_the_other_questions_say_why_not() -> None:
    answers = answer_all(tiny_study(PEACE | {"claims.c": claim("advancing", party="north")}))
    assert answers["outlook"] is None and answers["waiting"] is None
    assert "no war block" in answers["reasons"]["waiting"]
    assert "needs a war block" in answers["verdicts"]["c"]["reason"]
    assert answers["rests_on"]["judgement"] > 0.0
    json.dumps(answers, allow_nan=False)


def test_shares_of_several_answers_are_their_mean() -> None:
    one = {"judgement": 1.0, "cited": 0.0, "calibrated": 0.0, "unexplained": 0.0}
    other = {"judgement": 0.0, "cited": 0.5, "calibrated": 0.0, "unexplained": 0.5}
    assert together([one, other]) == {
        "judgement": 0.5, "cited": 0.25, "calibrated": 0.0, "unexplained": 0.25}
    assert together([])["unexplained"] == 1.0
