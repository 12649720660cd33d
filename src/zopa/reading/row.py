"""The row of a ledger: one claim, who makes it, on what standing, and where it stands in the text.

A row never says whether its claim is true.  It points back to its characters, and a person confirms
what matters.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Layer = Literal["attributed", "narrator", "presupposition"]
SourceType = Literal[
    "named official", "spokesperson", "person", "organisation", "metonym", "document", "anonymous",
    "unnamed group", "ambiguous role", "passive", "unresolved", "narrator",
]  # fmt: skip
Slant = Literal["neutral", "factive", "doubting"]
Polarity = Literal["asserted", "denied", "declined", "not said"]
Mode = Literal["direct", "mixed", "indirect", "unattributed"]
What = Literal["words", "attitude or intent", "action", "assessment or prediction"]
Owner = Literal["speaker", "narrator"]
Verdict = Literal["confirmed", "corrected", "rejected"]


class Strict(BaseModel):
    """Frozen, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Strict):
    """Characters of the document's text, `text[start:end]`, and what they read."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Source(Strict):
    """Who is said to speak, think or act."""

    surface: Span | None = Field(
        None,
        description="The words that name the source; none for the "
        "narrator and for a passive without an agent.",
    )
    name: str | None = Field(None, description="Canonical name; none where it is unresolved.")
    type: SourceType
    alternatives: tuple[str, ...] = Field((), description="Who else it may be.")
    on_behalf_of: str | None = Field(
        None, description="For whom an official or spokesperson speaks."
    )


class Cue(Strict):
    """The words that report, and how they present what they report."""

    span: Span
    slant: Slant = "neutral"


class Loaded(Strict):
    """A word that judges; a hint, for such lists find about a quarter of them."""

    span: Span
    owner: Owner = Field(description="Whose word it is: inside quotation marks the speaker's.")


class Measured(Strict):
    """How often a rule was right on the half of the gold set that no rule was made for."""

    precision: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1, description="Lower end of the 95 percent bootstrap interval.")
    high: float = Field(ge=0, le=1, description="Upper end.")
    rows: int = Field(ge=0, description="How many rows it was measured on.")


class Decision(Strict):
    """What the reviewer decided about a row."""

    verdict: Verdict
    note: str | None = None
    by: str | None = None


class Row(Strict):
    """One claim of a ledger."""

    id: str = Field(description="Hash of what the row says, so that it survives a changed text.")
    document: str = Field(description="The report's name.")
    paragraph: int = Field(ge=1, description="Counted within the report.")
    sentence: int = Field(ge=1, description="Counted within the paragraph.")
    layer: Layer = Field(description="Attributed to somebody, said by the report itself, or taken "
                         "for granted by it.")
    source: Source = Field(description="Who makes the claim.")
    chain: tuple[Source, ...] = Field((), description="Further sources inside, outermost first.")
    cue: Cue | None = Field(None, description="The words that report.")
    content: tuple[Span, ...] = Field(description="What is claimed, in one or more pieces.")
    polarity: Polarity = Field("asserted", description="Whether the source asserts it, denies it, "
                               "declines to speak of it, or is said not to have said it.")
    mode: Mode = Field(description="Whether its words are quoted, in part or whole.")
    what: What = Field(description="What is reported of the source.")
    hedges: tuple[Span, ...] = Field((), description="Words that make it less certain; a hint.")
    loaded: tuple[Loaded, ...] = Field((), description="Words that judge; a hint.")
    responds_to: str | None = Field(None, description="The id of the row that this one answers.")
    rule: str = Field(description="The rule that found it.")
    measured: Measured | None = Field(None, description="How often that rule was right.")
    needs_review: tuple[str, ...] = Field(
        (), description="Why a person should look; empty: no particular reason."
    )
    decision: Decision | None = Field(None, description="What the reviewer decided.")

    @property
    def says(self) -> str:
        """The content as one line."""
        return " … ".join(" ".join(piece.text.split()) for piece in self.content)


def identify(
    layer: str,
    source: str | None,
    cue: str | None,
    content: tuple[str, ...],
    polarity: str,
    occurrence: int = 0,
) -> str:
    """Ten hexadecimal digits of SHA-256 over what a row says, regardless of case and spacing.

    Args:
        occurrence: 0 for the first row that says exactly this, 1 for the second, and so on.
    """
    parts = [layer, source or "", cue or "", *content, polarity, str(occurrence)]
    plain = "\x1f".join(" ".join(part.lower().split()) for part in parts)
    return hashlib.sha256(plain.encode()).hexdigest()[:10]
