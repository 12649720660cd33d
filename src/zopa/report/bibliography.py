"""The sources that a scenario cites, as BibTeX.

An entry is `@misc`, whose fields every style prints; the key is that of the scenario.  What TeX
would read as a command is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from zopa.scenario.number import Calibrated, Cite
from zopa.scenario.schema import Scenario, Source

SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
           "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9:./+-]")


def cited(scenario: Scenario) -> dict[str, Source]:
    """The entries of `sources` that something in the scenario cites, in their order."""
    used = set(_citations(scenario))
    return {key: source for key, source in scenario.sources.items() if key in used}


def to_bibtex(scenario: Scenario) -> str:
    """All cited sources, one entry each; empty where nothing is cited."""
    return "\n".join(entry(key, source) for key, source in cited(scenario).items())


def entry(key: str, source: Source) -> str:
    """One source as a BibTeX entry."""
    note = ". ".join(part.rstrip(".") for part in (
        source.note or "", f"Licence: {source.licence}" if source.licence else "",
        f"Known since {source.known_since}" if source.known_since else "") if part)
    fields = {
        # braces keep a body's name, with commas and `and` in it, from being split into persons
        "author": f"{{{escaped(source.author)}}}",
        "title": f"{{{escaped(source.title)}}}",
        "year": str(source.year),
        "publisher": escaped(source.publisher or ""),
        "url": address(source.url) or "",
        "note": escaped(note),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return f"@misc{{{NOT_IN_A_KEY.sub('-', key)},\n" + ",\n".join(lines) + "\n}\n"


def escaped(text: str) -> str:
    """Text for a BibTeX field: one line, no commands, balanced braces."""
    return "".join(SPECIAL.get(character, character) for character in " ".join(text.split()))


def address(url: str | None) -> str | None:
    """A web address that may be linked; None for anything else, such as `javascript:`."""
    if url is None or not re.fullmatch(r"https?://[^\s<>\"'{}\\^`]+", url, re.IGNORECASE):
        return None
    return url


def _citations(part: Any) -> Iterator[str]:
    if isinstance(part, Cite | Calibrated):
        if part.cite is not None:
            yield part.cite
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _citations(getattr(part, name))
    elif isinstance(part, dict):
        for item in part.values():
            yield from _citations(item)
    elif isinstance(part, tuple):
        for item in part:
            yield from _citations(item)
