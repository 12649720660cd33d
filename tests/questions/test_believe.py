"""What the reader takes as true or false."""

from __future__ import annotations

import numpy as np
import pytest

from tests.questions.cases import NORTH, ONE_THEORY, floor
from tests.questions.tiny import claim, tiny_study
from zopa.core.errors import ArgumentError
from zopa.questions.believe import believing, likelihood, parse
from zopa.questions.study import Study
from zopa.questions.verdicts import verdict

CLAIMS = {
    "claims.ahead": claim("advantage", **NORTH),
    "claims.cuts": claim("patron_withdraws", patron="west"),
    "claims.opinion": claim("advantage", **NORTH) | {"tests": [], "kind": "normative"},
    "claims.wins": claim("victory_unlikely", **NORTH)}


@pytest.fixture(scope="module")
def study() -> Study:
    return tiny_study(ONE_THEORY | CLAIMS | {
        "war.support.west.transitions.high": {"low": {"range": [0.0, 0.2]}}}, draws=256)


def test_what_is_written() -> None:
    assert parse("ahead=true") == ("ahead", True) and parse("a-b = False") == ("a-b", False)
    for text in ("ahead", "=true", "ahead=maybe", ""):
        with pytest.raises(ArgumentError, match="CLAIM=true or CLAIM=false"):
            parse(text)


def test_indicator_keeps_the_draws_in_which_it_holds(study: Study) -> None:
    believed = believing(study, [("ahead", True)])
    holds = likelihood(study, [("ahead", True)])
    np.testing.assert_allclose(believed.weight, holds / holds.sum())
    found = verdict(believed, "ahead")
    assert found["probability"] == 1.0 and found["words"] == "assumed" and found["assumed"]
    against = verdict(believing(study, [("ahead", False)]), "ahead")
    assert against["probability"] == 0.0 and against["assumed_true"] is False


def test_probability_weighs_the_draws(study: Study) -> None:
    falls = study.outlook.support_falls["west"]
    for true, factor in ((True, falls), (False, 1.0 - falls)):
        believed = believing(study, [("cuts", true)])
        np.testing.assert_allclose(believed.weight, factor / factor.sum(), rtol=1e-12)


def test_beliefs_multiply_and_their_order_does_not_matter(study: Study) -> None:
    one = believing(study, [("ahead", True), ("cuts", True)])
    other = believing(study, [("cuts", True), ("ahead", True)])
    np.testing.assert_array_equal(one.weight, other.weight)
    assert one.assumed == other.assumed


def test_nothing_believed_changes_nothing(study: Study) -> None:
    assert believing(study, []) is study


def test_too_few_effective_draws_is_an_error_with_advice(study: Study) -> None:
    with pytest.raises(ArgumentError, match="0 effective draws of 256, and 50 are needed"):
        believing(study, [("wins", True)])


def test_draws_that_cannot_be_evaluated_are_left_out() -> None:
    study = tiny_study(ONE_THEORY | CLAIMS | floor({"range": [0.8, 1.6]}), draws=256)
    undefined = np.isnan(study.base.timing.terms[0])
    assert undefined.any()
    for true in (True, False):
        assert (likelihood(study, [("ahead", true)])[undefined] == 0.0).all()


@pytest.mark.parametrize(("beliefs", "message"), [
    ([("aheat", True)], "Did you mean 'ahead'"),
    ([("opinion", True)], "has no test"),
    ([("ahead", True), ("ahead", False)], "believed twice")])
def test_beliefs_that_cannot_be_held(
        study: Study, beliefs: list[tuple[str, bool]], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        believing(study, beliefs)
