"""XML as a tree of elements with their lines, read so that a file can do no harm.

expat of the standard library parses; no entity of a file's own is ever expanded and nothing
outside the file is fetched, since a document type declaration ends the reading at once.  Elements,
depth and size are limited.

Tolerated: a byte-order mark, blank lines and comments before the XML declaration, a declaration
further down (all of them are taken out), and any encoding that the declaration names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from zopa.core.errors import InputError
from zopa.exchange.raw import decoded, wrong

MOST_ELEMENTS = 500_000
DEEPEST = 60
DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
ENCODING = re.compile(rb"<\?xml\b[^>]{0,300}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
SAYS_ONE_BYTE = ("utf-16", "utf-32", "ucs", "idna", "punycode", "undefined")


@dataclass
class Element:
    """One element.

    Attributes:
        tag: its name, in small letters, without a prefix.
        attributes: names in small letters -> values.
        line: where it starts, from 1.
        children: the elements in it.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """An attribute, or None."""
        return self.attributes.get(name)

    def named(self, *tags: str) -> list[Element]:
        """The children of these names."""
        return [child for child in self.children if child.tag in tags]

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(data: bytes, shown: str) -> Element:
    """The root element of an XML file.

    Raises:
        InputError: it is not XML, has a document type declaration, or is too large.
    """
    text = _text(data, shown)
    parser = expat.ParserCreate("utf-8")
    roots: list[Element] = []
    open_: list[Element] = []
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        here = f"{shown}:{parser.CurrentLineNumber}"
        if count > MOST_ELEMENTS or len(open_) >= DEEPEST:
            raise wrong(here, f"the file has more than {MOST_ELEMENTS} elements or is nested more "
                        f"than {DEEPEST} deep", "Leave out what no answer needs.")
        element = Element(_local(tag), {_local(k): v for k, v in attributes.items()},
                          parser.CurrentLineNumber)
        (open_[-1].children if open_ else roots).append(element)
        open_.append(element)

    def doctype(*_: object) -> None:
        raise wrong(f"{shown}:{parser.CurrentLineNumber}",
                    "it has a document type declaration, which is not read (it can define "
                    "entities)", "Remove the part <!DOCTYPE ...>.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_.pop()
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise _not_xml(error, shown, len(open_)) from None
    except UnicodeEncodeError:
        raise wrong(shown, "it is not valid text", "Save it as UTF-8.") from None
    return roots[0]


def _text(data: bytes, shown: str) -> str:
    named = ENCODING.search(data[:4096])
    encoding = named[1].decode("ascii").lower() if named else ""
    if encoding.startswith(SAYS_ONE_BYTE):
        # the declaration itself could be read byte by byte, so this cannot be the encoding
        encoding = ""
    return DECLARATION.sub(lambda found: "\n" * found[0].count("\n"),
                           decoded(data, shown, encoding)).lstrip("\ufeff")


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _not_xml(error: expat.ExpatError, shown: str, still_open: int) -> InputError:
    what = expat.errors.messages.get(error.code, str(error))
    where = f"{shown}:{error.lineno}"
    if what in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN):
        cut = "the file ends before its XML does" if still_open else "it holds no element"
        return wrong(where, f"not XML: {cut}", "Is the file complete?")
    return wrong(where, f"not XML: {what}",
                 "Look at this line; & in a text is written &amp; and < is written &lt;.")
