"""Documents from files, folders and standard input: what kind of file it is, its content says.

A file that is named must be readable; in a folder, a file that is not is skipped and said to be.
Nothing is fetched, and nothing in a file runs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from zopa.core.errors import InputError, Problem, one_line
from zopa.reading.dates import HEAD, stated
from zopa.reading.decoding import decode
from zopa.reading.html_text import Extracted, looks_like_html, main_text
from zopa.reading.markdown_text import looks_like_markdown, markdown_text
from zopa.reading.pdf_text import looks_like_pdf, pdf_text
from zopa.reading.text import LARGEST, clean

LARGEST_PDF = 100_000_000
LONGEST_LINE = 10_000
STANDARD_INPUT = "standard input"
GIVE_TEXT = "Save it as text, Markdown, HTML or PDF."

OTHER_FORMATS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a file in Rich Text Format"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
"""How files of other formats begin, and what they are."""

OURS = re.compile(
    r'^\s*(?:zopa-claims:|\{"id": "[0-9a-f]{10}", "document":)|'
    r'<meta name="generator" content="zopa '
)
BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Document:
    """A report as text.

    Attributes:
        name: what rows call it: the file's name, in a folder its path from there.
        text: the characters that the spans of rows count in.
        notes: how the text was come by, where a reader should know; each without a full stop.
        sha256: of the file's bytes, in hexadecimal.
        stated: the date that the file states of itself, where it does.
    """

    name: str
    text: str
    notes: tuple[str, ...]
    sha256: str
    stated: dt.date | None = None


@dataclass(frozen=True)
class Inputs:
    """All documents of a call, and which files of its folders were skipped and why."""

    documents: tuple[Document, ...]
    skipped: tuple[str, ...] = ()


def read_inputs(paths: Sequence[str | Path], stdin: BinaryIO | None = None) -> Inputs:
    """The documents that files, folders and `-` (standard input) hold, in the order given.

    Args:
        paths: a folder stands for its files and those of its folders, by name; hidden ones and
            links to folders are left out.
        stdin: read for `-`; by default the process's own.

    Raises:
        InputError: a file cannot be used, a folder holds nothing that can, or one is named twice.
    """
    documents: list[Document] = []
    places: list[str] = []
    skipped: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            for place, document in _from(path, stdin, skipped):
                documents.append(document)
                places.append(place)
        except InputError as error:
            problems.extend(error.problems)
    for place in sorted({p for p in places if places.count(p) > 1}):
        problems.append(Problem(place, "it is given twice", "Name it once."))
    if problems:
        raise InputError(problems)
    return Inputs(tuple(_named_apart(documents, places)), tuple(skipped))


def _from(
    path: str | Path, stdin: BinaryIO | None, skipped: list[str]
) -> Iterator[tuple[str, Document]]:
    """Where each document stands, and the document."""
    if str(path) == "-":
        data = (stdin or sys.stdin.buffer).read(LARGEST_PDF + 1)
        yield "-", read_bytes(data, STANDARD_INPUT)
        return
    place = Path(path)
    if not place.is_dir():
        yield str(place.absolute()), read_bytes(_bytes(place), place.name, str(path))
        return
    found = False
    for item in _files(place):
        name = item.relative_to(place).as_posix()
        try:
            document = read_bytes(_bytes(item), name, str(item), ours=False)
        except InputError as error:
            skipped.append(str(error.problems[0]))
            continue
        found = True
        yield str(item.absolute()), document
    if not found:
        raise InputError(
            [
                Problem(
                    str(path),
                    "there is no report in this folder",
                    "Reports are text, Markdown, HTML or PDF.",
                )
            ]
        )


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, sorted, hidden ones left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root) / name


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError(
                [
                    Problem(
                        str(path),
                        "this is neither a file nor a folder",
                        "Give a file, a folder, or - for standard input.",
                    )
                ]
            )
        with path.open("rb") as file:
            return file.read(LARGEST_PDF + 1)
    except OSError as error:
        raise InputError(
            [
                Problem(
                    str(path),
                    f"it cannot be read ({error.strerror or error})",
                    "Give the path of a report.",
                )
            ]
        ) from None


def read_bytes(data: bytes, name: str, where: str | None = None, ours: bool = True) -> Document:
    """The document that a file's bytes hold.

    1. PDF, HTML, Markdown and plain text are told apart by their content.
    2. Lines of more than `LONGEST_LINE` characters are cut between sentences.
    3. Characters that are not seen or that turn the direction of writing are left out, control
       characters become spaces; the text's offsets count what is left.

    Args:
        name: what the document is called.
        where: what error messages call it; its name by default.
        ours: whether a ledger that zopa wrote is an error with its own message; else it is one
            anyway, as what a folder's reading skips.

    Raises:
        InputError: it is empty, too large, no text, or has no words in it.
        MissingLibrary: a library that its format needs is not installed.
    """
    place, name = where or name, one_line(name)
    if not data.strip():
        raise InputError([Problem(place, "the file is empty", "Give a report.")])
    extracted = _extracted(data, place, ours)
    text, notes = tidy(extracted.text)
    return Document(
        name,
        clean(text, place).strip("\n"),
        (*extracted.notes, *notes),
        hashlib.sha256(data).hexdigest(),
        stated(data[:HEAD].decode("utf-8", errors="replace")),
    )


def _extracted(data: bytes, place: str, ours: bool) -> Extracted:
    if looks_like_pdf(data):
        _check_size(data, place, LARGEST_PDF)
        return pdf_text(data, place)
    _check_size(data, place, LARGEST)
    for mark, what in OTHER_FORMATS:
        if data.startswith(mark):
            raise InputError([Problem(place, f"this is {what}, not a report as text", GIVE_TEXT)])
    decoded = decode(data, place)
    text = decoded.text
    if OURS.search(text[:5000]):
        raise InputError(
            [
                Problem(
                    place,
                    "this is a ledger that zopa wrote, not a report",
                    "Give the report; --out names the ledger." if ours else "",
                )
            ]
        )
    if looks_like_html(text):
        inner = main_text(text)
    elif looks_like_markdown(text):
        inner = markdown_text(text)
    else:
        inner = Extracted(text)
    return Extracted(inner.text, (*decoded.notes, *inner.notes))


def _check_size(data: bytes, place: str, most: int) -> None:
    if len(data) > most:
        raise InputError(
            [
                Problem(
                    place, f"the file is larger than {most // 1_000_000} MB", "Cut it into parts."
                )
            ]
        )


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with plain line ends, nothing unseen and no endless lines; and what was done."""
    text = BREAKS.sub(lambda found: "\n\n" if found.group() == "\f" else "\n", text)
    text = (
        "".join(c if not 0xD800 <= ord(c) <= 0xDFFF else "\ufffd" for c in text)
        if (re.search("[\ud800-\udfff]", text))
        else text
    )
    text, unseen = UNSEEN.subn("", text)
    notes = []
    if unseen:
        notes.append(
            f"{unseen} unseen character{'s are' if unseen > 1 else ' is'} left out (soft "
            "hyphens, marks of the direction of writing)"
        )
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        gap = "\n\n" if re.search(r"\n[ \t]*\n", text.strip()) else "\n"
        text = "\n".join(gap.join(_cut(line)) for line in text.split("\n"))
        notes.append(f"lines of more than {LONGEST_LINE} characters are cut between sentences")
    return text, tuple(notes)


def _cut(line: str) -> Iterator[str]:
    """A line in pieces of at most `LONGEST_LINE`: after a sentence, else a word, else anywhere."""
    start = 0
    while len(line) - start > LONGEST_LINE:
        piece = line[start : start + LONGEST_LINE]
        ends = [found.end() for found in re.finditer(r"[.!?…][\"'”’»)\]]*\s+(?=[A-Z“\"‘«])", piece)]
        end = ends[-1] if ends else piece.rfind(" ") + 1 or LONGEST_LINE
        yield piece[:end].rstrip()
        start += end
    yield line[start:]


def _named_apart(documents: Sequence[Document], places: Sequence[str]) -> Iterator[Document]:
    """Documents of the same name get more of their path, until all names differ."""
    for document, place in zip(documents, places, strict=True):
        parts = Path(place).parts
        name, depth = document.name, len(Path(document.name).parts)
        rivals = [other for other in places if other != place]
        clash = any(d.name == name for d, p in zip(documents, places, strict=True) if p != place)
        while clash and depth < len(parts):
            depth += 1
            name = one_line(Path(*parts[-depth:]).as_posix())
            clash = any(Path(*Path(other).parts[-depth:]).as_posix() == name for other in rivals)
        yield replace(document, name=name)
