"""What the tests of the reader share: reading a text, and skipping where it cannot be done."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from zopa.reading.parse import MODEL
from zopa.reading.read import read_text
from zopa.reading.row import Row

needs_reader = pytest.mark.skipif(
    find_spec("spacy") is None or find_spec(MODEL) is None,
    reason="spaCy or its model is not installed: pip install 'zopa[read]'",
)

Said = tuple[str | None, str, str, str]


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a text."""
    return read_text(text).rows


def said(text: str) -> list[Said]:
    """Source, cue, content and polarity of every attributed row."""
    return [
        (row.source.surface.text if row.source.surface else None,
         row.cue.span.text if row.cue else "", row.says, row.polarity)
        for row in rows(text) if row.layer == "attributed"
    ]  # fmt: skip
