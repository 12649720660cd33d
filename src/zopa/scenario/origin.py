"""Where a scenario came from, and what identifies its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True)
class Origin:
    """The text of a scenario as it was read.

    Attributes:
        name: name of a shipped example, or the file's stem.
        path: the path as it was given.
        text: the whole text.
        sha256: of the file's bytes.
    """

    name: str
    path: str
    text: str
    sha256: str


def digest(scenario: BaseModel) -> str:
    """SHA-256 of a scenario's content, whatever the layout of its text.

    The order of mappings counts: the order of `parties` says who is side A.
    """
    return hashlib.sha256(scenario.model_dump_json().encode()).hexdigest()
