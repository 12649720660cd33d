"""Reading a page as a browser's parser would: elements, what they would load, headings, ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Page(HTMLParser):
    """A parsed page.

    Attributes:
        elements: tag and attributes, in order.
        scripts: attributes and content of every script.
        unclosed: tags still open at the end.
        text: all text outside scripts and styles.
    """

    source: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "script":
            self.scripts.append((given, ""))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unclosed:
            while self.unclosed.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.unclosed and self.unclosed[-1] == "script":
            given, content = self.scripts[-1]
            self.scripts[-1] = given, content + data
        elif not self.unclosed or self.unclosed[-1] != "style":
            self.text += data

    def loads(self) -> list[str]:
        """Everything the page would fetch by itself."""
        found = []
        for tag, given in self.elements:
            found += [given[a] for a in ("src", "srcset", "data", "poster", "background")
                      if a in given and (tag, a) != ("input", "data")]
            if tag in ("link", "base") and "href" in given:
                found.append(given["href"])
            if tag in ("iframe", "object", "embed", "img", "video", "audio", "form"):
                found.append(tag)
            found += [value for value in given.values() if "url(" in value]
        return found

    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if tag in ("h1", "h2", "h3", "h4", "h5")]

    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.elements if "id" in given]

    def links(self) -> list[str]:
        return [given["href"] for tag, given in self.elements if tag == "a" and "href" in given]
