"""The worst error: an adversary's words given to the other side."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, rows

pytestmark = needs_reader

HEAD = "The government of Avaria met on Monday. The government of Belmar met on Tuesday.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Avaria said that the ford was open; Belmar denied it.",
        "Avaria said that the ford was open, but Belmar denied it.",
        "Avaria said that the ford was open, while Belmar insists that it is shut.",
        "Avaria said that the ford was open, a claim rejected by Belmar.",
        "Avaria said that the ford was open, a claim that Belmar dismissed as false.",
        "Avaria said the ford was open and Belmar denied it.",
        "Avaria's claim that the ford was open was rejected by Belmar as baseless.",
        "Avaria said that the ford was open. Belmar rejected the statement.",
        "Avaria accused the army of Belmar, which said that the ford had been open.",
    ],
)
def test_each_side_keeps_its_words(text: str) -> None:
    found = [row for row in rows(HEAD + text) if row.layer == "attributed"]
    assert [row.source.name for row in found] == ["Government of Avaria", "Government of Belmar"]
    assert not any("denied" in row.says or "reject" in row.says or "insist" in row.says
                   for row in found)  # fmt: skip


def test_a_denial_answers_the_other_side() -> None:
    one, other = rows("Moscow said the ford was open; Kyiv denied it.")
    assert other.responds_to == one.id and other.polarity == "denied"
    assert (one.source.name, other.source.name) == (
        "Government of Russia", "Government of Ukraine")  # fmt: skip


def test_a_pronoun_that_fits_two_is_left_open() -> None:
    text = ("The president of Avaria met the president of Belmar. "
            "He said that the meeting had been useful.")  # fmt: skip
    row = next(row for row in rows(text) if row.cue and row.cue.span.text == "said")
    assert row.source.name is None and row.needs_review
    assert row.source.alternatives == ("President of Avaria", "President of Belmar")


def test_a_pronoun_that_fits_one_is_resolved() -> None:
    row = rows("The president of Avaria spoke on Monday. He said that the ford was open.")[-1]
    assert row.source.name == "President of Avaria" and not row.needs_review


def test_a_bare_role_that_two_have_is_ambiguous() -> None:
    text = ("The president of Avaria met the president of Belmar. "
            "The president said that the meeting had been useful.")  # fmt: skip
    row = next(row for row in rows(text) if row.cue and row.cue.span.text == "said")
    assert (row.source.type, row.source.name) == ("ambiguous role", None)
    assert row.needs_review
