"""Annotated texts to score the reader on: the project's gold set, and a user's copy of PolNeAR."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

WORD = re.compile(r"\w+(?:['’]\w+)*")
Tokens = frozenset[int]


@dataclass(frozen=True)
class Attribution:
    """One annotated or predicted claim; tokens are the offsets at which words begin.

    Attributes:
        rule: the reader's rule; empty for annotations.
        cue: the offsets of the words of the cue.
    """

    content: Tokens
    source: str | None
    name: str | None
    layer: str = "attributed"
    cue: Tokens = frozenset()
    polarity: str = ""
    mode: str = ""
    what: str = ""
    tags: tuple[str, ...] = ()
    rule: str = ""
    paragraph: int = 0
    source_tokens: Tokens = frozenset()
    review: bool = False


@dataclass(frozen=True)
class Text:
    """An annotated text."""

    id: str
    text: str
    gold: tuple[Attribution, ...]


def words(text: str, start: int, end: int) -> Tokens:
    """The offsets of the words in `text[start:end]`."""
    return frozenset(m.start() + start for m in WORD.finditer(text[start:end]))


def _occurrences(needle: str, text: str, start: int, end: int) -> list[int]:
    bounded = rf"(?<!\w){re.escape(needle)}(?!\w)"
    found = [m.start() + start for m in re.finditer(bounded, text[start:end])]
    return found or [m.start() + start for m in re.finditer(re.escape(needle), text[start:end])]


def _row(row: dict, text: str, bounds: list[tuple[int, int]], where: str) -> Attribution:
    """A row with its strings placed: near each other, where one occurs more than once."""
    start, end = bounds[row["paragraph"] - 1]
    pieces = [_occurrences(piece, text, start, end) for piece in row["content"]]
    if not all(pieces):
        raise ValueError(f"{where}: {row['content']} is not in paragraph {row['paragraph']}")
    cues = _occurrences(row["cue"], text, start, end) if row["cue"] else []
    sources = _occurrences(row["source"], text, start, end) if row["source"] else []

    def near(place: int, places: list[int]) -> int:
        return min(places, key=lambda p: abs(p - place))

    longest = max(range(len(pieces)), key=lambda k: len(row["content"][k]))
    anchors = [
        (abs(near(c, pieces[longest]) - c) + (abs(near(c, sources) - c) if sources else 0), c)
        for c in cues or pieces[longest]]
    anchor = min(anchors)[1]
    placed = [near(anchor, places) for places in pieces]
    content = frozenset[int]().union(
        *(words(text, p, p + len(piece)) for p, piece in zip(placed, row["content"], strict=True)))
    cue = words(text, anchor, anchor + len(row["cue"])) if row["cue"] else frozenset()
    return Attribution(content, row["source"], row["name"], row["layer"], cue, row["polarity"],
                       row["mode"], row["what"], tuple(row["tags"] or ()), "", row["paragraph"])


def gold(folder: Path) -> Iterator[Text]:
    """The briefings of a half of the gold set.

    Raises:
        ValueError: a string of a row is not in its paragraph.
    """
    for path in sorted(folder.glob("*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        text = data["text"]
        bounds, position = [], 0
        for block in re.split(r"(\n[ \t]*\n\s*)", text):
            if block.strip():
                bounds.append((position, position + len(block)))
            position += len(block)
        rows = tuple(_row(row, text, bounds, path.name) for row in data["rows"])
        yield Text(data["id"], text, rows)


def _spans(listing: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (part.split() for part in listing.split(";"))]


def polnear(folder: Path) -> Iterator[Text]:
    """The articles of a compartment of PolNeAR: `text/NAME.txt` with `attributions/NAME_WHO.ann`.

    The annotations are brat's standoff format: `T` lines with spans in characters (pieces between
    semicolons) typed Source, Cue, Content, and `E` lines that join them.  Of several annotators the
    first by name is taken.
    """
    for path in sorted(folder.rglob("text/*.txt")):
        files = sorted((path.parent.parent / "attributions").glob(f"{path.stem}_*.ann"))
        if not files:
            continue
        text = path.read_text(encoding="utf-8")
        spans: dict[str, list[tuple[int, int]]] = {}
        rows = []
        for line in files[0].read_text(encoding="utf-8").splitlines():
            key, _, rest = line.partition("\t")
            if key.startswith("T"):
                spans[key] = _spans(rest.split("\t")[0].split(" ", 1)[1])
            elif key.startswith("E"):
                parts: dict[str, frozenset[int]] = {}
                for part in rest.split()[1:]:
                    role, _, target = part.partition(":")
                    role = role.rstrip("0123456789")
                    found = frozenset[int]().union(
                        *(words(text, a, b) for a, b in spans.get(target, [])))
                    parts[role] = parts.get(role, frozenset()) | found
                source = parts.get("Source", frozenset())
                if parts.get("Content"):
                    rows.append(Attribution(
                        parts["Content"], None, None, cue=parts.get("Cue", frozenset()),
                        source_tokens=source))
        yield Text(path.stem, text, tuple(rows))
