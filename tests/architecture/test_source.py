"""Files are short, say what they are, and use none of the shortcuts that hide faults."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, modules, parsed, tracked_text

CEILING = 600
FILES = sorted(modules().values())
MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
HOSTS = re.compile(r"(py" r"pi\.org|python" r"hosted|npm" r"js\.|deb\.deb" r"ian|crates\." r"io)")
PLACES = re.compile(r"(?<![\w.~$}/])/(wo" r"rk|ro" r"ot|ho" r"me|o" r"pt|t" r"mp)/")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_source_file(path: Path) -> None:
    tree = parsed(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= CEILING
    assert ast.get_docstring(tree), "a module says in its docstring what it holds"
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
        if isinstance(node, ast.ImportFrom):
            assert all(a.name != "*" for a in node.names), f"line {node.lineno}: import *"
        if isinstance(node, ast.Raise) and node.exc is not None:
            assert "NotImplementedError" not in ast.unparse(node.exc), f"line {node.lineno}: a stub"


def test_test_files_are_short_too() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > CEILING
    ]
    assert long == []


@pytest.mark.parametrize("pattern", [HOSTS, PLACES, MARKS], ids=["hosts", "places", "marks"])
def test_no_file_names_a_machine_or_leaves_a_mark(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in tracked_text()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_the_patterns_find_what_they_forbid() -> None:
    assert HOSTS.search("https://py" + "pi.org/simple")
    assert PLACES.search("open('/t" + "mp/x')") and not PLACES.search("examples/wo" + "rk/x")
    assert MARKS.search("# TO" + "DO later")
