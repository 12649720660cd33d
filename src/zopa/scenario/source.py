"""The text of a scenario: a shipped example by its name, or a file; with everything that can be
wrong with a file said in one line."""

from __future__ import annotations

import difflib
import hashlib
from importlib.resources import files
from pathlib import Path

from zopa.core.errors import ArgumentError, InputError, Problem
from zopa.scenario.document import MOST_BYTES
from zopa.scenario.origin import Origin

SUFFIX = ".yaml"
EXAMPLES = Path(str(files("zopa.scenario"))) / "examples"


def examples() -> dict[str, Path]:
    """Name -> file of the shipped examples, sorted."""
    return {path.stem: path for path in sorted(EXAMPLES.glob(f"*{SUFFIX}"))}


def example_text(name: str) -> str:
    """The text of a shipped example.

    Raises:
        ArgumentError: there is no such example.
    """
    shipped = examples()
    if name not in shipped:
        raise ArgumentError(f"there is no example '{name}'. There is {', '.join(shipped)}.")
    return shipped[name].read_text(encoding="utf-8")


def read(name_or_path: str | Path) -> Origin:
    """The text of a shipped example (by its name) or of a file.

    Raises:
        InputError: nothing there, a directory, no right to read it, too large, empty, not UTF-8.
    """
    shown = str(name_or_path)
    shipped = examples()
    path = shipped.get(shown, Path(name_or_path))
    if shown not in shipped and not path.exists():
        near = difflib.get_close_matches(shown, shipped, n=1)
        hint = f"Did you mean the example '{near[0]}'?" if near else (
            f"Give a file, or an example: {', '.join(shipped)}." if shipped else "Give a file.")
        raise InputError([Problem(shown, "there is no such file and no such example", hint)])
    name = path.name if shown in shipped else shown
    if path.is_dir():
        raise _wrong(name, "it is a directory", "Give a file, e.g. the scenario inside it.")
    if not path.is_file():
        raise _wrong(name, "it is not a regular file", "Give a text file.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _wrong(name, f"the file has {size} bytes, more than the {MOST_BYTES} allowed",
                         "Split it, or leave out what no answer needs.")
        raw = path.read_bytes()
    except OSError as error:
        raise _wrong(name, f"it cannot be read ({error.strerror})",
                     "Check who may read it.") from None
    return Origin(path.stem, name, decoded(raw, name), hashlib.sha256(raw).hexdigest())


def decoded(raw: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte-order mark.

    Raises:
        InputError: empty, another encoding, or not text.
    """
    if not raw.strip():
        raise _wrong(name, "the file is empty", "`zopa new FILE` writes a template.")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _wrong(name, "the text is in UTF-16", "Save it as UTF-8.")
    if b"\x00" in raw:
        raise _wrong(name, "it is not a text file (it holds zero bytes)",
                     "Give a scenario in YAML, saved as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise InputError([Problem(
            f"{name}:{line}:{column}", "it is not UTF-8 text",
            "Save it as UTF-8; if it is no text at all, give a scenario in YAML.")]) from None


def _wrong(name: str, what: str, mend: str) -> InputError:
    return InputError([Problem(name, what, mend)])


def from_text(text: str, name: str) -> Origin:
    """A text in memory as if it had been read from a file of that name."""
    raw = text.encode()
    return Origin(Path(name).stem, name, decoded(raw, name), hashlib.sha256(raw).hexdigest())
