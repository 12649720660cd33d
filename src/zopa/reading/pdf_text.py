"""The text of a PDF that has text in it: lines joined into paragraphs, running heads left out.

A PDF holds lines, not paragraphs.  They are put together again:

1. A short line at the top or foot of most pages that is the same but for its numbers is left out.
2. A word cut by a hyphen at the end of a line is joined where the next line goes on in lower case.
3. A paragraph ends at a blank line, after a line that ends a sentence and is shorter than most, and
   after a much shorter line, such as a heading, where the next begins like a sentence.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from statistics import quantiles

from zopa.core.errors import InputError, Problem, one_line
from zopa.reading.html_text import Extracted, MissingLibrary

INSTALL = "Reading PDF needs pypdf: pip install 'zopa[read]'."
ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
BEGINS = re.compile(r"[\"'“‘«(]*[A-Z\d•▪●]")
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
ITEM = re.compile(r"^(?:[•▪●◦‣*–—-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")
REPEATS = 3
"""On so many pages, and on more than half, a line must stand to be a running head."""


def looks_like_pdf(data: bytes) -> bool:
    """Whether a file is a PDF: the mark may stand a little behind its beginning."""
    return b"%PDF-" in data[:1024]


def pdf_text(data: bytes, name: str) -> Extracted:
    """The text of a PDF, a blank line between paragraphs.

    Raises:
        InputError: it is damaged, locked, or has no text in it.
        MissingLibrary: pypdf is not installed.
    """
    pages, broken = _pages(data, name)
    if not any(re.search(r"\w", page) for page in pages):
        raise InputError(
            [
                Problem(
                    name,
                    "this PDF has no text in it, only pictures of pages",
                    "Run text recognition (OCR) on it first.",
                )
            ]
        )
    lines, dropped = without_running_heads([page.splitlines() for page in pages])
    notes = []
    if dropped:
        notes.append(f"running heads and page numbers are left out ({dropped} lines)")
    bare = sum(not re.search(r"\w", page) for page in pages) - broken
    if bare > 0:
        notes.append(f"{bare} of {len(pages)} pages have no text in them")
    if broken:
        notes.append(f"{broken} of {len(pages)} pages could not be read")
    return Extracted("\n\n".join(paragraphs(lines)), tuple(notes))


def _pages(data: bytes, name: str) -> tuple[list[str], int]:
    """The text of each page, and how many could not be read."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise MissingLibrary(INSTALL) from None
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    locked = InputError([Problem(name, "this PDF is locked by a password", "Save it without one.")])
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
        pages = list(reader.pages)
    except DependencyError:
        raise locked from None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        AssertionError,
    ) as error:
        raise InputError(
            [
                Problem(
                    name,
                    f"this PDF is damaged ({one_line(str(error))[:120] or type(error).__name__})",
                    "Save it again, or give its text.",
                )
            ]
        ) from None
    texts, broken = [], 0
    for page in pages:
        try:
            texts.append(page.extract_text().translate(LIGATURES))
        except (
            PyPdfError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            OSError,
            RecursionError,
            AssertionError,
        ):
            texts.append("")
            broken += 1
    return texts, broken


def without_running_heads(pages: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The lines of all pages without running heads, feet and page numbers, and how many went.

    Only the two outermost lines at each end of a page are looked at, and of those only short ones
    that end no sentence.
    """

    def shape(line: str) -> str:
        return re.sub(r"\d+", "#", " ".join(line.split()).lower())

    lengths = [len(line) for lines in pages for line in lines if line.strip()]
    short = 0.75 * quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0.0

    def outer(lines: Sequence[str]) -> set[int]:
        full = [k for k, line in enumerate(lines) if line.strip()]
        return {
            k
            for k in (*full[:2], *full[-2:])
            if len(lines[k]) <= short and not ENDS.search(lines[k].strip())
        }

    counts = Counter(s for lines in pages for s in {shape(lines[k]) for k in outer(lines)})
    running = {s for s, n in counts.items() if n >= REPEATS and 2 * n > len(pages)}
    kept: list[str] = []
    dropped = 0
    for lines in pages:
        edge = outer(lines)
        for k, line in enumerate(lines):
            if k in edge and (
                shape(line) in running
                or re.fullmatch(r"(?:page )?#(?: ?(?:of|/) ?#)?", shape(line))
                and len(pages) > 1
            ):
                dropped += 1
            else:
                kept.append(line)
    return kept, dropped


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines put together into paragraphs."""
    tidy = [" ".join(line.split()) for line in lines]
    lengths = [len(line) for line in tidy if line]
    usual = quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0.0
    found: list[str] = []
    going_on = False
    for number, line in enumerate(tidy):
        if not line:
            going_on = False
            continue
        if going_on and not ITEM.match(line):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
        after = next((later for later in tidy[number + 1 :] if later), "")
        heading = len(line) < 0.6 * usual and BEGINS.match(after) and not re.search(r"[,;-]$", line)
        going_on = not heading and not (len(line) < 0.85 * usual and ENDS.search(line))
    return found


def _joined(before: str, line: str) -> str:
    if re.search(r"[a-z][-\u2010\u00ad]$", before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
