"""Quotations: their marks, whose they are, and the mode of a row."""

from __future__ import annotations

import pytest

from tests.reading.reader import needs_reader, rows
from zopa.reading.quotes import quotes


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said: "We stay."', ["We stay."]),
        ("“One,” she said, “and two.”", ["One,", "and two."]),
        ("«Ja», sagte er.", ["Ja"]),
        ('"It goes on to the end of the paragraph', ["It goes on to the end of the paragraph"]),
        ('A pipe of 5" was laid.', []),
        ("He said ‘we will stay here’.", ["we will stay here"]),
        ("The minister's house and the soldiers' camp.", []),
    ],
)
def test_spans(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotes(text)] == inside


@needs_reader
@pytest.mark.parametrize(
    ("text", "mode", "says"),
    [
        ("“We stay where we are,” the general said.", "direct", "We stay where we are"),
        ("The general said: “We stay. Nobody will move us.”", "direct",
         "We stay. Nobody will move us"),
        ("“We stay,” the general said, “until the rain comes.”", "direct",
         "We stay … until the rain comes"),
        ("“We stay here,” the general said. “Nobody will move us.”", "direct",
         "We stay here … Nobody will move us"),
        ("The general said the plan was “a gift to the enemy”.", "mixed",
         "the plan was “a gift to the enemy"),
        ("The general said the plan was a gift.", "indirect", "the plan was a gift"),
    ],
)  # fmt: skip
def test_modes(text: str, mode: str, says: str) -> None:
    (row,) = rows(text)
    assert (row.mode, row.says) == (mode, says)
    assert row.source.surface is not None and row.source.surface.text.lower() == "the general"


@needs_reader
def test_a_quotation_without_a_speaker_is_marked() -> None:
    (row,) = rows("“Nobody here believes in that paper any more.”")
    assert row.source.type == "unresolved" and row.needs_review
