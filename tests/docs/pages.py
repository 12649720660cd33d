"""What the tests of the documentation share: the pages, and the blocks of code in them.

A block in `console` holds commands after `$ ` and, below each, lines that it prints. The line
before the block says what a test does with it:

    <!-- run -->        run the commands, in order, in a folder of their own that the page shares;
                        each must exit with 0 and print the lines below it (`...` stands for any)
    <!-- run: exit 2 -->  the same, but the last command must exit with 2
    (nothing)           too slow, or not for a test: only the shell's syntax and zopa's commands and
                        options are checked
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

FENCE = re.compile(
    r"^(?:<!-- run(?:: exit (?P<code>\d+))? -->\n)?```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Command:
    """A command of a block, and the lines that it must print."""

    text: str
    prints: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    language: str
    body: str
    run: bool
    code: int

    @property
    def commands(self) -> list[Command]:
        """The commands of a `console` block, with what each prints."""
        found = []
        for part in re.split(r"^\$ ", self.body, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            end = next((i for i, line in enumerate(lines) if not line.endswith("\\")), 0)
            prints = [line for line in lines[end + 1 :] if line.strip() not in ("", "...")]
            found.append(Command("\n".join(lines[: end + 1]), tuple(prints)))
        return found


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page."""
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        yield Block(
            page,
            match["language"],
            match["body"],
            match[0].startswith("<!-- run"),
            int(match["code"] or 0),
        )


def label(page: Path) -> str:
    """A page's path inside the project."""
    return str(page.relative_to(ROOT))
