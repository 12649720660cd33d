"""A document's text: decoded, cut into paragraphs and sentences, every character offset kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from zopa.core.errors import InputError, Problem

LARGEST = 10_000_000
LONGEST = 20_000
"""Characters of a paragraph that is read at once; a longer one is cut."""
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj cmdr adm gov sen rep rev hon st jr sr no vs etc inc "
    "ltd co corp dept approx est fig vol jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e "
    "a.m "
    "p.m u.s u.n u.k e.u brig fr pres messrs".split()
)
MAY_END = frozenset("u.s u.n u.k e.u a.m p.m etc inc ltd co corp".split())
STARTERS = frozenset(
    "The A An In On At It He She They We But And This That These Those There His Her Its Their "
    "After "
    "Before When While If As By For With Both Neither No Asked According".split()
)
BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*|\r\n[ \t]*\r\n\s*")
STOP = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(\s+|$)")
CONTROL = {c: " " for c in range(32) if chr(c) not in "\n\t\r"} | {0x7F: " "}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its place in the text and the ends of its sentences."""

    number: int
    start: int
    end: int
    text: str
    ends: tuple[int, ...]

    def sentence(self, offset: int) -> int:
        """The sentence, counted from 1, in which a character of the paragraph stands."""
        return min(bisect_right(self.ends, offset), len(self.ends) - 1) + 1


def decode(data: bytes, name: str = "text") -> str:
    """The text of a file's bytes: UTF-8, UTF-16 with a mark, else Windows-1252.

    Control characters become spaces, so that offsets stay.

    Raises:
        InputError: the file is too large, binary, or holds no words.
    """
    if len(data) > LARGEST:
        raise InputError(
            [
                Problem(
                    name,
                    f"the file has {len(data)} bytes, more than {LARGEST}",
                    "Cut it into parts.",
                )
            ]
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data[:4096]:
        raise InputError([Problem(name, "this is a binary file, not text", "Save it as text.")])
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return clean(text, name)


def clean(text: str, name: str = "text") -> str:
    """The text with control characters as spaces; as long as before.

    Raises:
        InputError: it holds no words, or it is too long.
    """
    if len(text) > LARGEST:
        raise InputError(
            [
                Problem(
                    name,
                    f"the text has {len(text)} characters, more than {LARGEST}",
                    "Cut it into parts.",
                )
            ]
        )
    if not re.search(r"\w", text):
        raise InputError([Problem(name, "there are no words in it", "Give a report as text.")])
    return text.translate(CONTROL)


def _starts(text: str, position: int, word: str) -> bool:
    """Whether a sentence starts after an abbreviation that may end one: "in the U.S. The …"."""
    following = re.match(r"[\"'“‘«(\[]*(\w+)", text[position:])
    return word in MAY_END and following is not None and following.group(1) in STARTERS


def _ends(text: str) -> tuple[int, ...]:
    """Where the sentences of a paragraph end."""
    ends = []
    for stop in STOP.finditer(text):
        before = re.search(r"[\w.]*$", text[max(0, stop.start() - 30) : stop.start()])
        word = before.group().lower().strip(".") if before else ""
        after = text[stop.end() :].lstrip("\"'“‘«([—– -")[:1]
        if stop.group(1) == "." and not stop.group(2):
            if word in ABBREVIATIONS and not _starts(text, stop.end(), word):
                continue
            if len(word) == 1 and word.isalpha():
                continue
        if after and (after.islower() or after in ",;:"):
            continue
        ends.append(stop.end())
    if not ends or text[ends[-1] :].strip():
        ends.append(len(text))
    return tuple(ends)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, at blank lines; without any blank line, at every line.

    A single line break inside a paragraph does not end it; a very long one is cut at a sentence.
    """
    pattern = BREAK if BREAK.search(text.strip()) else re.compile(r"\n\s*")
    bounds, last = [], 0
    for gap in pattern.finditer(text):
        bounds.append((last, gap.start()))
        last = gap.end()
    bounds.append((last, len(text)))
    found: list[Paragraph] = []
    for start, end in bounds:
        piece = text[start:end]
        while piece:
            cut = _cut(piece)
            first = piece[:cut].strip()
            begin = start + len(piece) - len(piece.lstrip())
            if re.search(r"\w", first):
                number = len(found) + 1
                found.append(Paragraph(number, begin, begin + len(first), first, _ends(first)))
            start, piece = start + cut, piece[cut:]
    return tuple(found)


def _cut(piece: str) -> int:
    """Where a block of text is cut: at its end, or after a sentence near the longest length."""
    if len(piece) <= LONGEST:
        return len(piece)
    ends = [m.end() for m in STOP.finditer(piece[:LONGEST])]
    if ends:
        return ends[-1]
    space = piece.rfind(" ", 1, LONGEST)
    return space if space > 0 else LONGEST
