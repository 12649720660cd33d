"""The text of a Markdown file: words without their marks, a blank line between blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from zopa.reading.html_text import Extracted, MissingLibrary

MARKS = re.compile(
    r"^#{1,6}[ \t]+\S|^[^\n]+\n(?:={3,}|-{3,})[ \t]*$|!?\[[^\]\n]{1,300}\]\([^)\s]{1,2000}\)|"
    r"(?<![\w*])\*\*\S[^*\n]{0,500}\*\*|(?<![\w_])__\S[^_\n]{0,500}__(?!\w)|^```|^>[ \t]\S",
    re.M,
)
FRONT = re.compile(r"\A---[ \t]*\n(?:[\w .-]+:[^\n]*\n|[ \t]+[^\n]*\n|-[ \t][^\n]*\n)*---[ \t]*\n")
INSTALL = "Reading Markdown needs markdown-it-py: pip install 'zopa[read]'."


def looks_like_markdown(text: str) -> bool:
    """Whether a text has marks of Markdown: headings, links, strong words, quoted blocks."""
    return bool(MARKS.search(text[:200_000]) or FRONT.match(text))


def markdown_text(text: str) -> Extracted:
    """The words of Markdown; code, raw HTML and front matter are left out and said to be.

    Raises:
        MissingLibrary: markdown-it-py is not installed.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise MissingLibrary(INSTALL) from None
    front = FRONT.match(text)
    notes = ["its front matter is left out"] if front else []
    reader = MarkdownIt("commonmark").enable("table").disable("code")
    blocks: list[str] = []
    left_out = 0
    row: list[str] | None = None
    for token in reader.parse(text[front.end() :] if front else text):
        if token.type == "inline":
            words = _words(token.children or ())
            blocks.append(words) if row is None else row.append(words)
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            blocks.append("\t".join(row or ()))
            row = None
        elif token.type in ("fence", "html_block"):
            left_out += 1
    if left_out:
        notes.append(f"{left_out} block{'s' if left_out > 1 else ''} of code or raw HTML left out")
    return Extracted("\n\n".join(block for block in blocks if block.strip()), tuple(notes))


def _words(children: Sequence[Any]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n" if child.type == "hardbreak" else " ")
    return "".join(pieces)
