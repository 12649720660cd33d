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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the exchange of detainees, the envoy voiced cautious optimism.",
         ("the envoy", "On the exchange of detainees … cautious optimism", "asserted")),
        ("The draft existed; it did, the envoy replied, and it ran to eleven pages.",
         ("the envoy", "it did … and it ran to eleven pages", "asserted")),
        ("Whether the stalls had been sheltering troops neither ministry was prepared to discuss.",
         ("ministry", "Whether the stalls had been sheltering troops", "not said")),
    ],
)  # fmt: skip
def test_clauses_in_front_and_behind(text: str, expected: tuple[str, str, str]) -> None:
    (row,) = said(text)
    assert (row[0] or "").split()[-1] == expected[0].split()[-1]
    assert (row[2], row[3]) == expected[1:]
