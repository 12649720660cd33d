"""Quotations in a paragraph: their spans, nested and unbalanced marks, and those that go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

DOUBLE = re.compile(r"[\"“”«»„‟]|''|``")
SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(—–]))[‘'](?=\w)")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])[’'](?=[\s.,;:!?)—–]|$)")


@dataclass(frozen=True)
class Quote:
    """Characters `start:end` of a paragraph between quotation marks, the marks left out.

    Attributes:
        closed: false where the closing mark is missing (a quotation of several paragraphs).
    """

    start: int
    end: int
    closed: bool = True

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end


def quotes(text: str) -> tuple[Quote, ...]:
    """The outermost quotations of a paragraph.

    Curly and angled marks say by themselves whether they open; straight ones open after a space or
    a bracket and close otherwise.  A mark that never closes quotes to the paragraph's end only
    where it opens the paragraph; anywhere else it is left alone.
    """
    found, opened = [], -1
    for mark in DOUBLE.finditer(text):
        sign = mark.group()
        if sign in "“«„``" or sign == "``":
            opens = True
        elif sign in "”»":
            opens = False
        else:
            before = text[mark.start() - 1 : mark.start()]
            opens = opened < 0 and (not before or before.isspace() or before in "([—–-")
        if opens and opened < 0:
            opened = mark.end()
        elif not opens and opened >= 0:
            if re.search(r"\w", text[opened : mark.start()]):
                found.append(Quote(opened, mark.start()))
            opened = -1
    if 0 <= opened <= 3:
        found.append(Quote(opened, len(text), closed=False))
    if not found and not DOUBLE.search(text):
        found = _single(text)
    return tuple(found)


def _single(text: str) -> list[Quote]:
    """Quotations between single marks, where a paragraph has no double ones."""
    found, position = [], 0
    while opening := SINGLE_OPEN.search(text, position):
        closing = SINGLE_CLOSE.search(text, opening.end())
        if closing is None:
            break
        inside = text[opening.end() : closing.start()]
        if len(inside.split()) >= 2:
            found.append(Quote(opening.end(), closing.start()))
        position = closing.end()
    return found
