"""Numbers as a reader meets them."""

from __future__ import annotations

import pytest

from zopa.report.wording import (
    among,
    decimal,
    join,
    number,
    percent,
    percent_range,
    periods,
    points,
    qualified,
    signed,
    spread_range,
    within,
)


@pytest.mark.parametrize(("share", "text"), [
    (0.934, "93 %"), (0.0, "0 %"), (1.0, "100 %"), (0.001, "less than 1 %"),
    (0.999, "more than 99 %"), (None, "not defined")])
def test_percent(share: float | None, text: str) -> None:
    assert percent(share).replace("\u202f", " ") == text


@pytest.mark.parametrize(("value", "text"), [
    (0.0123456, "0.0123"), (-2.0, "−2"), (1234567.0, "1,234,567"), (0.00012, "0.00012"),
    (1e-9, "1e−09"), (1234.56, "1,235"), (None, "not defined")])
def test_number(value: float | None, text: str) -> None:
    assert number(value) == text


def test_number_keeps_the_digits_asked_for() -> None:
    assert number(117220.5, 6) == "117,220"
    assert number(1234.5, 6) == "1,234.5"
    assert number(1000.0, 6) == "1,000"


def test_ranges_and_signs() -> None:
    assert percent_range(0.914, 0.944).replace("\u202f", " ") == "91–94 %"
    assert percent_range(0.911, 0.912).replace("\u202f", " ") == "91 %"
    assert decimal(-0.001) == "0.00" and decimal(-0.25) == "−0.25"
    assert signed(-0.0361) == "−0.036" and signed(0.0001) == "less than 0.001 either way"
    assert signed(0.0) == "no change"
    assert spread_range({"low": 0.4, "high": 0.61}) == "0.40 to 0.61"
    assert spread_range({"low": None, "high": None}) == "not defined"


def test_lists_and_periods() -> None:
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"], "or")] == [
        "a", "a and b", "a, b or c"]
    assert periods(1, "month") == "1 month" and periods(12, "month") == "12 months"


def test_a_mean_count_has_no_false_digits() -> None:
    assert among(49.625, 72) == "50 of 72 packages"
    assert among(2.44, 3) == "2.4 of 3 packages"
    assert among(11360.7, 14680) == "11,361 of 14,680 packages"


def test_a_probability_comes_with_what_is_known_of_it() -> None:
    text = qualified(0.934, "very likely", "low", [0.914, 0.944]).replace("\u202f", " ")
    assert text == "very likely: 93 % (91–94 %), low confidence"
    assert qualified(0.5).replace("\u202f", " ") == "50 %"


@pytest.mark.parametrize(("change", "text"), [
    (0.12, "+12 points"), (-0.004, "−0.4 points"), (0.0, "no change"), (None, "not defined"),
    (0.0001, "0.0 points")])
def test_changes_of_a_probability_are_points(change: float | None, text: str) -> None:
    assert points(change) == text


def test_a_number_stands_with_its_interval() -> None:
    assert within("+12 points", {"low": 0.03, "high": 0.2}, points) == "+12 points (+3 to +20)"
    assert within("+12 points", {"low": 0.0, "high": 0.2}, points) == "+12 points (0 to +20)"
    assert within("no change", {"low": 0.0, "high": 0.0}, points) == "no change"
    assert within("+12 points", None, points) == "+12 points"
