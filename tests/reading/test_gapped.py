"""Second sources without a verb, and cue clauses between commas."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, said

pytestmark = needs_reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army put the loss at six, the town council at twenty.",
         [("The army", "the loss at six"), ("the town council", "the loss … at twenty")]),
        ("The army reports two roads open; the interior ministry, only one.",
         [("The army", "two roads open"), ("the interior ministry", "only one")]),
        ("Some officials predict a pause by spring, others a pause by autumn.",
         [("Some officials", "a pause by spring"), ("others", "a pause by autumn")]),
    ],
)  # fmt: skip
def test_a_source_without_a_verb_takes_the_one_before(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(source, says) for source, _, says, _ in said(text)] == expected


def test_a_list_is_no_second_source() -> None:
    (row,) = said("The army blamed the council, the mayor and two traders.")
    assert row[0] == "The army"


@pytest.mark.parametrize(
    ("text", "source", "says"),
    [
        ("The ford had been closed for a week, began the envoy.",
         "the envoy", "The ford had been closed for a week"),
        ("The letter, countered the second, showed nothing of the kind.",
         "the second", "The letter … showed nothing of the kind"),
        ("The driver in question has never been here, the head of the depot told our "
         "correspondent.", "the head of the depot", "The driver in question has never been here"),
        ("Avaria does not accept the draft, the deputy minister made clear, nor would it return.",
         "the deputy minister", "Avaria does not accept the draft … nor would it return"),
    ],
)  # fmt: skip
def test_cue_clauses_between_commas(text: str, source: str, says: str) -> None:
    (row,) = said(text)
    assert (row[0], row[2]) == (source, says)
