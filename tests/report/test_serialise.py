"""Answers as text: rounded, null where undefined, in order, the same bytes."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from tests.report import sample_answers
from zopa.report.serialise import plain, to_json, to_script


def test_numbers_have_ten_significant_digits() -> None:
    assert plain({"a": 1 / 3, "b": np.float64(2e-7 / 3), "c": 123456789012.5}) == {
        "a": 0.3333333333, "b": 6.666666667e-08, "c": 123456789000.0}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_what_is_not_a_number_is_null(value: float) -> None:
    assert to_json({"a": [value]}) == '{\n "a": [null]\n}\n'


def test_minus_zero_is_zero_and_types_survive() -> None:
    text = to_json([-0.0, True, 3, np.int64(4), np.bool_(False), "NO", None, np.arange(2)])
    assert text == ('[\n 0.0,\n true,\n 3,\n 4,\n false,\n "NO",\n null,\n [0, 1]\n]\n')


def test_order_is_kept_and_text_is_valid_json() -> None:
    answers = sample_answers.answers()
    text = to_json(answers)
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert json.loads(text) == plain(answers)
    assert list(json.loads(text)) == list(answers)
    assert to_json(sample_answers.answers()) == text


def test_what_json_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no form in JSON"):
        to_json({"a": {1}})


def test_no_text_can_close_a_script() -> None:
    hostile = "</script><!-- <script>&\u2028\u2029"
    text = to_script({hostile: hostile})
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == {hostile: hostile}
