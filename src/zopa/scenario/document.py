"""A YAML 1.2 text as plain data, with the place of every part of it.

ruamel.yaml scans and parses (with its C scanner where that is installed); the events are composed
here, so that

- plain scalars follow the core schema of YAML 1.2: `NO` and `yes` are text, `017` is 17, dates are
  text until the scenario's own model reads them;
- keys are text, and a key given twice is a fault, named with both its places;
- tags are never evaluated, merge keys do not exist, and aliases count with all that they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zopa.core.errors import InputError, Problem

Path = tuple[str | int, ...]
Mark = tuple[int, int]

MOST_BYTES = 4 * 2**20
MOST_NODES = 200_000
DEEPEST = 40

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
OCTAL = re.compile(r"0o[0-7]{1,18}")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,15}")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None,
         "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
         ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan")}

MENDS = (
    ("mapping values are not allowed", "a ':' where none can be",
     "Put a text with ': ' in it in quotes."),
    ("cannot start any token", "a character that no value can start with",
     "Indent with spaces, and put a text that starts with @, `, %, * or & in quotes."),
    ("unexpected end of stream", "a quote or bracket that is not closed", "Close it."),
    ("expected ',' or", "a list or mapping in brackets that is not closed or lacks a comma",
     "Close the bracket, or put the text in quotes."),
    ("expected <block end>", "a line that is indented unlike its neighbours",
     "Give the lines of one mapping the same indent."),
    ("expected block end", "a line that is indented unlike its neighbours",
     "Give the lines of one mapping the same indent."),
    ("did not find expected key", "a line that is indented unlike its neighbours",
     "Give the lines of one mapping the same indent."),
    ("could not find expected ':'", "a line without ':'", "Write `key: value`."),
)


@dataclass
class Document:
    """Plain data and where its parts stand.

    Attributes:
        name: file name for messages.
        data: dicts with text keys, lists, text, numbers, flags, None.
        marks: path -> line and column, from 1; a mapping's entry is marked at its key.
    """

    name: str
    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)

    def where(self, path: Path) -> str:
        """`file:line:column` of a path, or of the nearest part above it that has a place."""
        for depth in range(len(path), -1, -1):
            if path[:depth] in self.marks:
                line, column = self.marks[path[:depth]]
                return f"{self.name}:{line}:{column}"
        return f"{self.name}:1:1"

    def where_dotted(self, path: str) -> str:
        """`file:line:column` of a dotted path."""
        return self.where(tuple(int(p) if p.isdecimal() and not self._has(path, i) else p
                                for i, p in enumerate(path.split("."))))

    def _has(self, path: str, index: int) -> bool:
        """Whether the part at `index` of a dotted path is a key of a mapping (and not a place)."""
        part = self.data
        for name in path.split(".")[:index]:
            if isinstance(part, dict):
                part = part.get(name)
            elif isinstance(part, list) and name.isdecimal() and int(name) < len(part):
                part = part[int(name)]
        return isinstance(part, dict)


def compose(text: str, name: str) -> Document:
    """Read one YAML document.

    Args:
        text: the whole text.
        name: file name for messages.

    Raises:
        InputError: not YAML, more than one document, keys given twice, a tag, an alias of nothing,
            nested too deep, or too large once aliases are written out.
    """
    if not text.isascii() and (bad := re.search(UNPRINTABLE, text)):
        raise InputError([_unprintable(text, bad.start(), name)])
    if bad := re.search(CONTROL, text):
        raise InputError([_unprintable(text, bad.start(), name)])
    composer = _Composer(Document(name))
    if not composer.read(text):
        # libyaml refuses what YAML 1.2 allows: a colon inside a plain text in brackets, as in a URL
        slower = _Composer(Document(name))
        if slower.read(text, pure=True):
            composer = slower
    if composer.problems:
        raise InputError(composer.problems)
    return composer.document


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNPRINTABLE = re.compile("[\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def _unprintable(text: str, index: int, name: str) -> Problem:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Problem(f"{name}:{line}:{column}",
                   f"YAML does not allow the character U+{ord(text[index]):04X}",
                   "Is it a text file? Remove the character.")


class _Composer:
    """Events of one document to data; keeps every fault it can go on after."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = 0

    def read(self, text: str, pure: bool = False) -> bool:
        """Read a text; whether it is YAML, for libyaml or for the scanner in Python."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        events = iter(YAML(typ="safe", pure=pure).parse(text))
        try:
            self._documents(events)
        except YAMLError as error:
            self.problems.append(self._syntax(error))
            return False
        return True

    def _documents(self, events: Iterator[Any]) -> None:
        seen = False
        for event in events:
            kind = type(event).__name__
            if kind in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent",
                        "DocumentEndEvent"):
                continue
            if seen:
                self._fault(event, "a second document starts here",
                            "Keep one document a file; remove the line '---' above it.")
                raise InputError(self.problems)
            self.document.data, seen = self._node(event, events, ()), True

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._alias(event)
        before = self.nodes
        # long texts count as several values, so that aliases of them are bounded too
        self._count(event, 1 + len(getattr(event, "value", None) or "") // 100)
        if getattr(event, "tag", None) is not None and str(event.tag) != "!":
            self._fault(event, f"{_dotted(path)} has the tag {_short_tag(event.tag)}",
                        "Tags are not used here; remove it.")
        if kind == "ScalarEvent":
            data: Any = scalar(event.value) if event.implicit[0] else event.value
        else:
            if len(path) >= DEEPEST:
                self._fault(event, f"the file is nested more than {DEEPEST} deep",
                            "A scenario needs a dozen levels.")
                raise InputError(self.problems)
            data = (self._mapping if kind == "MappingStartEvent" else self._sequence)(events, path)
        if event.anchor is not None:
            self.anchors[str(event.anchor)] = data, self.nodes - before
        return data

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            if type(event).__name__ != "ScalarEvent":
                self._fault(event, f"a key of {_dotted(path)} is not text",
                            "Write `key: value`; put a text with [ or { in quotes.")
                raise InputError(self.problems)
            self._count(event, 1)
            key = event.value
            here = (*path, key)
            if key == "<<" and event.implicit[0]:
                self._fault(event, f"{_dotted(here)} is a merge key, which YAML 1.2 does not have",
                            "Write the keys out.")
            if key in data:
                line, _ = self.document.marks[here]
                self._fault(event, f"{_dotted(here)} is given twice, first on line {line}",
                            "Remove one of them.")
                self._node(next(events), events, (*path, key, "again"))
                continue
            self.document.marks[here] = _mark(event)
            data[key] = self._node(next(events), events, here)
        return data

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        data: list[Any] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            here = (*path, len(data))
            self.document.marks[here] = _mark(event)
            data.append(self._node(event, events, here))
        return data

    def _alias(self, event: Any) -> Any:
        if str(event.anchor) not in self.anchors:
            self._fault(event, f"*{event.anchor} stands for nothing above it",
                        f"Mark a value with &{event.anchor} first, or put the text in quotes.")
            return None
        data, nodes = self.anchors[str(event.anchor)]
        self._count(event, nodes)
        return data

    def _count(self, event: Any, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            self._fault(event, f"the file holds more than {MOST_NODES} values, aliases written out",
                        "Use fewer aliases, or a smaller scenario.")
            raise InputError(self.problems)

    def _fault(self, event: Any, what: str, mend: str) -> None:
        line, column = _mark(event)
        self.problems.append(Problem(f"{self.document.name}:{line}:{column}", what, mend))

    def _syntax(self, error: Exception) -> Problem:
        said = str(getattr(error, "problem", None) or "it cannot be read")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        for words, what, mend in MENDS:
            if words in said:
                return Problem(f"{self.document.name}:{line}:{column}", f"not YAML: {what}", mend)
        return Problem(f"{self.document.name}:{line}:{column}", f"not YAML: {said}",
                       "Look at this line and the one above it.")


def scalar(text: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2 (dates and everything else stay text)."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if FLOAT.fullmatch(text):
        return float(text)
    if OCTAL.fullmatch(text) or HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if infinite := INFINITE.fullmatch(text):
        return float(f"{infinite[1]}inf")
    return text


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _dotted(path: Path) -> str:
    return ".".join(map(str, path)) or "the file"


def _short_tag(tag: Any) -> str:
    text = str(tag)
    return text.replace("tag:yaml.org,2002:", "!!")
