"""Bytes and names of other people's files: limits, encodings, and what a name may hold.

Everything here ends in text that is shown and written again, never evaluated.
"""

from __future__ import annotations

import math
import re
import unicodedata
from pathlib import Path

from zopa.core.errors import InputError, Problem

MOST_BYTES = 16 * 2**20
MOST_OPTIONS = 10_000
"""Options of one issue, e.g. of a range of whole numbers."""
MOST_NAME = 300
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def wrong(where: str, what: str, mend: str = "") -> InputError:
    """One problem as an error."""
    return InputError([Problem(where, what, mend)])


def raw(path: str | Path, most: int = MOST_BYTES) -> bytes:
    """A file's bytes.

    Raises:
        InputError: nothing there, no file, no right to read it, too large, empty.
    """
    shown, path = str(path), Path(path)
    if not path.exists():
        raise wrong(shown, "there is no such file", "Check the name and the folder.")
    if not path.is_file():
        raise wrong(shown, "it is a directory or no regular file", "Give the files inside it.")
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise wrong(shown, f"it cannot be read ({error.strerror})",
                    "Check who may read it.") from None
    if len(data) > most:
        raise wrong(shown, f"the file has more than the {most} bytes allowed",
                    "Leave out what no answer needs.")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise wrong(shown, "the file is empty", "Check that it was saved.")
    return data


def decoded(data: bytes, shown: str, encoding: str = "") -> str:
    """Text of a file: UTF-8, or what its byte-order mark or its own declaration says.

    Raises:
        InputError: it is not text, or in another encoding.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            data, encoding = data[len(bom):], name
            break
    else:
        if b"\x00" in data:
            raise wrong(shown, "it is not a text file (it holds zero bytes)",
                        "Give XML, JSON, CSV, XLSX or a scenario.")
    try:
        return data.decode(encoding or "utf-8")
    except LookupError:
        raise wrong(shown, f"it names the encoding '{encoding[:40]}', which is not known",
                    "Save it as UTF-8.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise wrong(f"{shown}:{line}", f"it is not {(encoding or 'UTF-8').upper()} text",
                    "Save it as UTF-8 (in a spreadsheet: 'CSV UTF-8').") from None


def cleaned(text: str, where: str, what: str = "a name") -> str:
    """A name from a file: blanks at its ends and runs of blanks removed.

    Raises:
        InputError: it is empty, too long, or holds a control character.
    """
    name = " ".join(text.split())
    if not name:
        raise wrong(where, f"{what} is empty", "Write it.")
    if len(name) > MOST_NAME:
        raise wrong(where, f"{what} has {len(name)} characters, more than {MOST_NAME}",
                    "Shorten it.")
    bad = next((c for c in name if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Cf")
                and c not in "\u200c\u200d\u200e\u200f"), None)
    if bad is not None:
        raise wrong(where, f"{what} holds the control character U+{ord(bad):04X}", "Remove it.")
    return name


NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


def number(text: str | None, where: str, what: str) -> float:
    """A finite number written with a decimal point.

    Raises:
        InputError: it is none.
    """
    value = float(text.strip()) if text and NUMBER.fullmatch(text.strip()) else math.nan
    if not math.isfinite(value):
        shown = "missing" if text is None else f"'{text.strip()[:40]}', which is no number"
        raise wrong(where, f"{what} is {shown}", "Write a number such as 0.25.")
    return value


def distinct(names: list[str]) -> tuple[str, ...]:
    """Names made distinct: the second `x` becomes `x (2)`."""
    made: list[str] = []
    for name in names:
        n, candidate = 1, name
        while candidate in made:
            n += 1
            candidate = f"{name} ({n})"
        made.append(candidate)
    return tuple(made)
