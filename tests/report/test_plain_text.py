"""What is taken out of a scenario's text before it stands in a document."""

from __future__ import annotations

from zopa.report.plain_text import clean, printable_parts


def test_what_goes_and_what_stays() -> None:
    assert clean(" a\tb\nc\x1b[0m ") == "a b c [0m"
    assert clean("93\u202f% of x\u200cy\u200dz") == "93\u202f% of x\u200cy\u200dz"
    assert clean("\u202ereversed\u2066 \ufeffmark\ud800") == "reversed mark"
    assert clean("“Київ” 東京 😀") == "“Київ” 東京 😀"


def test_nested_data() -> None:
    assert printable_parts({"a\x00": ["b\x07", 1, None, {"c": " "}]}) == {
        "a ": ["b ", 1, None, {"c": " "}]}
