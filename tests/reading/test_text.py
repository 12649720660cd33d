"""Texts: decoding, paragraphs, sentences, and what is refused."""

from __future__ import annotations

import pytest

from zopa.core.errors import InputError
from zopa.reading.text import LARGEST, clean, decode, paragraphs


def test_offsets_are_those_of_the_text() -> None:
    text = "\n One. Two.\n\n\n  Three\nfour. \n"
    found = paragraphs(text)
    assert [text[p.start : p.end] for p in found] == [p.text for p in found] == [
        "One. Two.", "Three\nfour."]  # fmt: skip
    assert [p.number for p in found] == [1, 2]
    assert [found[0].sentence(i) for i in (0, 5)] == [1, 2]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert len(paragraphs("One.\nTwo.\nThree.")) == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. President spoke. Nobody came.", 2),
        ("It was agreed in the U.S. The talks went on.", 2),
        ("Mr. Brown and Gen. White met at 5 p.m. in Orsa.", 1),
        ("He paid 3.5 million. It was too much!", 2),
        ("“Go!” he said. “Stay.”", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    (paragraph,) = paragraphs(text)
    assert len(paragraph.ends) == count


def test_encodings() -> None:
    assert decode("Türkiye said".encode()) == "Türkiye said"
    assert decode("\ufeffTürkiye".encode()) == "Türkiye"
    assert decode("Türkiye".encode("utf-16")).strip("\ufeff") == "Türkiye"
    assert decode("Türkiye “now”".encode("cp1252")) == "Türkiye “now”"
    assert clean("a\x07b\x00c") == "a b c"


@pytest.mark.parametrize(
    "data", [b"", b" \n ", b"...", b"PK\x03\x04\x00\x00\x00word", b"x" * (LARGEST + 1)])
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data, "report.txt")
