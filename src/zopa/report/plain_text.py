"""Text of a scenario without characters that no document may hold, or that hide others."""

from __future__ import annotations

import unicodedata
from typing import Any

JOINERS = "\u200c\u200d"
"""Zero-width characters that some scripts need."""


def clean(text: str) -> str:
    """Text on one line, as `printable`, without space around it."""
    return printable(text).strip()


def printable(text: str) -> str:
    """Text without control characters and marks that reorder it; line ends become spaces.

    Spaces of any width stay, as do the joiners.
    """
    return "".join(_kept(character) for character in text)


def printable_parts(part: Any) -> Any:
    """Nested data, such as the specification of a chart, with all its texts `printable`."""
    if isinstance(part, dict):
        return {printable_parts(key): printable_parts(item) for key, item in part.items()}
    if isinstance(part, list):
        return [printable_parts(item) for item in part]
    return printable(part) if isinstance(part, str) else part


def _kept(character: str) -> str:
    if character in JOINERS:
        return character
    kind = unicodedata.category(character)
    return " " if kind in ("Cc", "Zl", "Zp") else "" if kind[0] == "C" else character
