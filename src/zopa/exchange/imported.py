"""What was read from a file: a domain, what was assumed on the way, and what is uncertain in it."""

from __future__ import annotations

from dataclasses import dataclass

from zopa.spaces.domain import Domain


@dataclass(frozen=True, eq=False)
class Imported:
    """What was read.

    Attributes:
        domain: the issues, options and utilities.
        kind: the format, in words: `Genius XML`, `GeniusWeb JSON`, `table`, `provisions list`,
            `scenario`.
        notes: what was assumed or left out, a sentence each; shown to the reader of the answer.
    """

    domain: Domain
    kind: str
    notes: tuple[str, ...] = ()
