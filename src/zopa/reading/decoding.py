"""The characters of a file's bytes, and which encoding they were read by."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from zopa.core.errors import InputError, Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I)
TYPOGRAPHIC = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xab\xbb"
"""Windows-1252 for the euro, the ellipsis, quotation marks, dashes and the fixed space."""
MOSTLY = 0.95
"""Share of ASCII and these from which a text is taken to be Western, in Windows-1252."""


@dataclass(frozen=True)
class Decoded:
    """A text, and a note where its encoding was not plain."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, place: str) -> Decoded:
    """The text of a file.

    1. By its byte-order mark; else UTF-16 where every other byte is zero.
    2. UTF-8, without a fault.
    3. The encoding that an HTML page declares, without a fault.
    4. Windows-1252 where nearly all is ASCII; else what charset-normalizer finds, where it is
       installed; else Windows-1252.  A note says which, for it is a guess.

    Raises:
        InputError: it is a binary file.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _by(data, encoding, place)
    if b"\0" in data[:4096]:
        return _by(data, _zeros(data[:4096], place), place)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text:
        return Decoded(_not_binary(text, place))
    declared = DECLARED.search(data[:4096])
    guesses = [declared.group(1).decode("ascii")] if declared else []
    plain = len(data.translate(None, bytes(b for b in range(128, 256) if b not in TYPOGRAPHIC)))
    if plain < MOSTLY * len(data):
        guesses += _guessed(data)
    for guess in (*guesses, "cp1252", "latin-1"):
        try:
            name = codecs.lookup(guess).name
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError, TypeError):
            continue
        break
    named = {"cp1252": "Windows-1252"}.get(name, name)
    told = f"the file is not UTF-8; it is read as {named}, " + (
        "which it declares"
        if declared and guess == guesses[0]
        else "which is a guess: look at names and quotation marks"
    )
    return Decoded(_not_binary(text, place), (told,))


def _by(data: bytes, encoding: str, place: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    notes = (
        (f"{broken} characters could not be read as {encoding.removesuffix('-sig').upper()}",)
        if broken
        else ()
    )
    return Decoded(_not_binary(text, place), notes)


def _zeros(head: bytes, place: str) -> str:
    """The kind of UTF-16 whose zero bytes these are.

    Raises:
        InputError: none.
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    for name, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 0.7 * len(head) / 2 and few < 0.05 * len(head):
            return name
    raise _binary(place)


def _guessed(data: bytes) -> list[str]:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return []
    best = from_bytes(data[:200_000]).best()
    return [best.encoding] if best is not None else []


def _not_binary(text: str, place: str) -> str:
    """The text, where few of its first characters are control characters.

    Raises:
        InputError: it is a binary file.
    """
    head = text[:4096]
    odd = sum(
        (ord(c) < 32 and c not in "\n\t\r\f\v\b\x1b")
        or 0x7F <= ord(c) < 0xA0
        and c != "\x85"
        or c == "\ufffd"
        for c in head
    )
    if odd > 0.1 * len(head):
        raise _binary(place)
    return text


def _binary(place: str) -> InputError:
    return InputError(
        [
            Problem(
                place,
                "this is a binary file, not a report as text",
                "Save it as text, Markdown, HTML or PDF.",
            )
        ]
    )
