"""Phrases that report as a verb does."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, said

pytestmark = needs_reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy took note of the concern.", ("The envoy", "the concern", "asserted")),
        ("The letter makes no reference to any conditions.",
         ("The letter", "any conditions", "not said")),
        ("No position was taken on the status of the ford.",
         (None, "the status of the ford", "not said")),
        ("The mission has been unable to verify either account.",
         ("The mission", "either account", "not said")),
        ("Avaria stands ready to host a round of talks.",
         ("Avaria", "to host a round of talks", "asserted")),
        ("The log records three crews at work.", ("The log", "three crews at work", "asserted")),
        ("The council laughed off the charge.", ("The council", "the charge", "denied")),
    ],
)  # fmt: skip
def test_phrases(text: str, expected: tuple[str | None, str, str]) -> None:
    (row,) = said(text)
    assert (row[0], row[2], row[3]) == expected


def test_hearsay_is_attributed_to_nobody_named() -> None:
    (row,) = said("The poles have been removed, allegedly by fighters of the league.")
    assert row[:2] == (None, "allegedly")


def test_a_mission_that_records_is_the_narrators() -> None:
    assert not said("The mission recorded forty violations this week.")
