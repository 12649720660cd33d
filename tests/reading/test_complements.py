"""Complements that the parser hangs elsewhere, and passives in a row."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, said

pytestmark = needs_reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The league had claimed, with reference to an engineer, that tools were brought in.",
         ("The league", "tools were brought in")),
        ("As has been reported repeatedly, the command is running out of crews.",
         (None, "the command is running out of crews")),
        ("The league accused the army of filming last year's convoy.",
         ("The league", "the army of filming last year's convoy")),
        ("Nonsense, say the mining houses.", ("the mining houses", "Nonsense")),
    ],
)  # fmt: skip
def test_complements_set_apart(text: str, expected: tuple[str | None, str]) -> None:
    (row,) = said(text)
    assert (row[0], row[2]) == expected


def test_a_verb_after_a_quotation_is_the_speakers() -> None:
    text = "The envoy likened the pact to “a house where plates fly”, and scoffed at a pause."
    assert [(row[0], row[2]) for row in said(text)][1:] == [("The envoy", "a pause")]


def test_passives_in_a_row_are_about_one_thing() -> None:
    text = "His account was confirmed by a nun at the convent, contradicted by a shepherd."
    assert ("a shepherd", "His account", "denied") in [(r[0], r[2], r[3]) for r in said(text)]
