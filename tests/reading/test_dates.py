"""Dates of documents: given, stated, in the name, or none."""

from __future__ import annotations

import datetime as dt

import pytest

from zopa.core.errors import ArgumentError
from zopa.reading.dates import dates_of, given, in_name, parsed, stated
from zopa.reading.inputs import Document, read_bytes

DAY = dt.date(2031, 3, 1)


@pytest.mark.parametrize("text", [
    "2031-03-01", "2031-03-01T10:00:00Z", '"2031-03-01"', "1 March 2031", "March 1, 2031",
    "Sat, 1 Mar 2031", "1st March 2031",
])
def test_forms_of_a_date(text: str) -> None:
    assert parsed(text) == DAY


@pytest.mark.parametrize("text", ["2031-13-01", "31 February 2031", "spring 2031", ""])
def test_what_is_no_date(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize("head", [
    "---\ntitle: x\ndate: 2031-03-01\n---\nText on 2 May 2029.\n",
    "A title\nDate: 1 March 2031\n\nText.",
    '<html><meta property="article:published_time" content="2031-03-01T08:00"><p>x',
])
def test_a_file_states_its_date(head: str) -> None:
    assert stated(head) == DAY


def test_a_date_in_the_text_is_not_that_of_the_document() -> None:
    assert stated("On 1 March 2031 the minister said so.") is None
    assert stated("---\ntitle: x\n---\nDate: 2031-03-01\n") is None


@pytest.mark.parametrize(("name", "date"), [
    ("2031-03-01-wire.txt", DAY), ("wire_20310301.md", DAY), ("a/2031_03_01.html", DAY),
    ("wire.txt", None), ("20311301.txt", None), ("1234567890.txt", None),
])
def test_a_name_has_a_date(name: str, date: dt.date | None) -> None:
    assert in_name(name) == date


def document(name: str, text: str = "Words.") -> Document:
    return read_bytes(text.encode(), name)


def test_given_goes_before_stated_before_name() -> None:
    documents = [document("2031-01-01.txt", "Date: 2031-02-02\nWords."),
                 document("2031-01-02.txt"), document("b.txt")]
    assert dates_of(documents, {}) == {
        "2031-01-01.txt": dt.date(2031, 2, 2), "2031-01-02.txt": dt.date(2031, 1, 2), "b.txt": None}
    assert dates_of(documents, {"folder/b.txt": DAY})["b.txt"] == DAY


@pytest.mark.parametrize("option", ["a.txt", "a.txt=yesterday", "=2031-03-01", "a=2031-02-30"])
def test_dates_of_another_form_are_refused(option: str) -> None:
    with pytest.raises(ArgumentError, match="FILE=YYYY-MM-DD"):
        given([option])


def test_a_date_of_no_report_is_refused() -> None:
    with pytest.raises(ArgumentError, match="names none of the reports"):
        dates_of([document("a.txt")], given(["c.txt=2031-03-01"]))
