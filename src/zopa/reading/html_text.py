"""The main text of an HTML page: what its article says, without menus, notices and comments.

Trafilatura finds the main text; nothing is fetched and nothing in the page runs.  How many words of
the page were left out is said, so that a reader can judge whether anything is missing.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from zopa.core.errors import ZopaError

LARGEST_PAGE = 4_000_000
"""Characters of markup above which all of a page is read: finding its article takes too long."""

FAINT = 0.5
"""Below this share of the page's words a main text is said to be a small part of it."""

OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|"
    r"div|p|h[1-6]|title|meta|table|ul|ol|span|blockquote)\b[^<]{0,5000}>",
    re.I | re.S,
)
CLOSING = re.compile(r"</(?:p|div|body|html|article|section|table|h[1-6])\s*>", re.I)
BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
SILENT = frozenset(
    "script style noscript template head iframe object svg math textarea select".split()
)
INSTALL = "Reading HTML needs trafilatura: pip install 'zopa[read]'."


@dataclass(frozen=True)
class Extracted:
    """A text taken out of another format, and what a reader should know about how."""

    text: str
    notes: tuple[str, ...] = ()


class MissingLibrary(ZopaError):
    """A library of the extra `read` is not installed."""


def looks_like_html(text: str) -> bool:
    """Whether a text is markup: it opens with an element, or closes several blocks."""
    return bool(OPENING.match(text[:20_000])) or len(CLOSING.findall(text[:200_000])) >= 3


def main_text(markup: str) -> Extracted:
    """The article of a page, a paragraph a block with a blank line between.

    1. All visible text is taken, as the measure of what there is.
    2. Trafilatura finds the article.  Where it finds none, or the page is larger than
       `LARGEST_PAGE`, the visible text is the answer and a note says so.

    Raises:
        MissingLibrary: trafilatura is not installed.
    """
    whole = visible_text(markup)
    if len(markup) > LARGEST_PAGE:
        return Extracted(
            whole,
            (
                f"the page has more than {LARGEST_PAGE} characters, so all its "
                "text is read, menus too",
            ),
        )
    found = _article(markup)
    words, there = len(found.split()), len(whole.split())
    if not words and not there:
        bare = re.sub(r"<[^<>]{0,2000}>", "\n", markup)
        return Extracted(
            "\n\n".join(filter(None, map(str.strip, bare.splitlines()))),
            ("the page's markup is broken, so it is read as bare text",),
        )
    if not words:
        return Extracted(
            whole, ("no article was found in the page, so all its text is read, menus too",)
        )
    if words >= there:
        return Extracted(found)
    small = "" if words >= FAINT * there else ": a small part, so look whether some is missing"
    return Extracted(found, (f"the page's main text is read, {words} of its {there} words{small}",))


def _article(markup: str) -> str:
    """What trafilatura takes to be the article, lines for blocks."""
    try:
        from trafilatura import extract
        from trafilatura.settings import use_config
    except ImportError:
        raise MissingLibrary(INSTALL) from None
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    config = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", name, "1")  # a briefing may be two lines long
    found = extract(markup, config=config, include_comments=False, favor_recall=True) or ""
    return "\n\n".join(filter(None, map(_line, found.splitlines())))


def _line(line: str) -> str:
    """A line of the article without the marks of lists and tables."""
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        return "" if all(set(cell) <= set("-: ") for cell in cells) else "\t".join(cells)
    return re.sub(r"^\s*[-•]\s+", "", line).strip()


def visible_text(markup: str) -> str:
    """All text of a page but that of scripts and styles, blocks apart by blank lines.

    Raises:
        MissingLibrary: lxml, which trafilatura brings, is not installed.
    """
    try:
        from lxml import etree, html
    except ImportError:
        raise MissingLibrary(INSTALL) from None
    parser = html.HTMLParser(
        no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in BLOCKS:
            pieces.append("\n")
        if event == "start":
            silent += tag in SILENT
            if not silent and element.text:
                pieces.append(_flat(element.text, tag))
        else:
            silent -= tag in SILENT
            if not silent and element.tail:
                pieces.append(_flat(element.tail, ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _flat(text: str, tag: str) -> str:
    return text if tag == "pre" else text.replace("\n", " ")
