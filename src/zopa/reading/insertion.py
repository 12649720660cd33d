"""New entries at the end of a mapping of a YAML text; every other byte of it stays."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML

from zopa.core.errors import InputError, Problem

TOP = re.compile(r"[^\s#]")


def refused(name: str, what: str, mend: str) -> InputError:
    """The error of a file that nothing was written into."""
    return InputError([Problem(name, what, mend)])


def inserted(text: str, key: str, entries: Mapping[str, Any], name: str) -> str:
    """A text with entries at the end of one of its top-level mappings.

    Args:
        key: of the mapping; where there is none, it is written at the end of the text.
        name: of the file, for messages.

    Raises:
        InputError: the mapping is written on one line.
    """
    if not entries:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    start = next((k for k, line in enumerate(lines)
                  if re.match(rf"(?:{key}|'{key}'|\"{key}\")\s*:", line)), None)  # fmt: skip
    if start is None:
        bottom = next((k for k in range(len(lines) - 1, -1, -1)
                       if lines[k].strip() not in ("", "...")), 0) + 1  # fmt: skip
        block = ["", f"{key}:", *_block(entries, 2)]
    else:
        value = lines[start].split(":", 1)[1].strip()
        if re.fullmatch(r"\{\s*\}\s*(#.*)?", value):
            lines[start] = re.sub(r"\{ *\} ?", "", lines[start])
        elif value and not value.startswith("#"):
            raise refused(name, f"`{key}` is written on one line",
                           "Write it as a block, a key a line.")  # fmt: skip
        following = next((k for k in range(start + 1, len(lines)) if TOP.match(lines[k])),
                         len(lines))  # fmt: skip
        bottom = following
        while bottom > start + 1 and re.match(r"#|\s*$", lines[bottom - 1]):
            bottom -= 1
        block = _block(entries, _indent(lines[start + 1 : bottom]))
    ended = [line + end[:-1] for line in block]
    fresh = "\n".join([*lines[:bottom], *ended, *lines[bottom:]])
    return fresh if fresh.endswith("\n") else fresh + end


def _indent(lines: Iterable[str]) -> int:
    """How far the entries of a mapping are indented."""
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            return len(line) - len(line.lstrip(" "))
    return 2


def _block(entries: Mapping[str, Any], indent: int) -> list[str]:
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 100_000
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(dict(entries), stream)
    lines = stream.getvalue().rstrip("\n").split("\n")
    return [" " * indent + line if line else "" for line in lines]
