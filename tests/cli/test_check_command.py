"""`zopa check`: every kind of error is one line with its place, exit code 2, no traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call
from tests.scenario.made import line_of, with_change
from zopa.scenario.document import MOST_BYTES
from zopa.scenario.source import examples
from zopa.scenario.template import template_text

Call = Callable[..., Called]

BOMB = "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
                  *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20))])
BAD: dict[str, tuple[str | bytes, str]] = {
    "bad YAML": ("title: [North\nparties: 3\n", "not YAML"),
    "a tab": ("title:\n\tx: 1\n", "Indent with spaces"),
    "an alias bomb": (BOMB, "aliases written out"),
    "a key given twice": (template_text() + "\ntitle: Again\n", "title is given twice"),
    "a tag": ("title: !!python/object:os.system x\n", "Tags are not used"),
    "an unknown key": (with_change("summary:", "sumary:"), "Did you mean 'summary'?"),
    "a missing key": (with_change("title: North and South\n", ""), "lacks the key 'title'"),
    "weights that do not sum to 1": (with_change("north: {value: 0.6", "north: {value: 0.5"),
                                     "sum to 0.9, not 1"),
    "a row of probabilities": (with_change("{1: 0.30, -1: 0.05}", "{1: 0.99, -1: 0.05}"),
                               "sums to 1.04, more than 1"),
    "an empty range": (with_change("range: [0.05, 0.3]", "range: [0.3, 0.3]"), "is empty"),
    "a wrong unit": (with_change("rate: {range: [0.05, 0.3], unit: probability per month",
                                 "rate: {range: [0.05, 0.3], unit: percent"),
                     "has the unit 'percent'"),
    "no package left": (with_change("forbid: {border: [old-line], harbour: [northern]}",
                                    "forbid: {border: [old-line, freeze]}"), "leave no package"),
    "a party that does not exist": (with_change("supports: south", "supports: soth"),
                                    "Did you mean 'south'?"),
    "no number": (with_change("cell: 0.05", "cell: wide"), "must be a number, but is 'wide'"),
    "above the stated size": (b"#" * (MOST_BYTES + 1), "allowed"),
    "too many states": (with_change("    prior: {north", "    grid_points: 101\n    prior: {north")
                        .replace("cells: 9", "cells: 401"), "states, more than"),
    "not text": (b"\x7fELF\x02\x01\x00\x00", "not a text file"),
    "another encoding": (b"title: caf\xe9\n", "not UTF-8"),
    "UTF-16": ("title: x".encode("utf-16"), "UTF-16"),
    "empty": (b"", "is empty"),
    "a list": (b"- a\n", "not a mapping"),
    "two documents": (b"a: 1\n---\nb: 2\n", "second document"),
    "deep nesting": (b"[" * 5000, "nested more than"),
}


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return lambda *arguments: call(capsys, monkeypatch, *arguments)


@pytest.mark.parametrize("kind", BAD)
def test_every_kind_of_error(kind: str, zopa: Call, tmp_path: Path) -> None:
    content, words = BAD[kind]
    path = tmp_path / "bad.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    called = zopa("check", str(path))
    assert called.code == 2
    assert called.out == ""
    assert "Traceback" not in called.err
    *lines, last = called.err.splitlines()
    assert any(words in line for line in lines), called.err
    assert all(re.match(rf"{re.escape(str(path))}(:\d+:\d+)?: .+\.", line) for line in lines)
    assert re.fullmatch(rf"{re.escape(str(path))}: \d+ errors?", last)


def test_a_directory_and_nothing_there(zopa: Call, tmp_path: Path) -> None:
    called = zopa("check", str(tmp_path))
    assert called.code == 2 and "it is a directory" in called.err
    called = zopa("check", str(tmp_path / "absent.yaml"))
    assert called.code == 2 and "there is no such file" in called.err


def test_all_errors_at_once(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(with_change("present_cell: 4", "present_cell: 9").replace(
        "only_settlement", "only_setlement").replace("by: [west]", "by: [wets]"))
    called = zopa("check", str(path))
    assert len(called.err.splitlines()) == 4
    assert called.err.splitlines()[-1] == f"{path}: 3 errors"


@pytest.mark.parametrize("name", sorted(examples()))
def test_shipped_scenarios_pass_the_strict_check(name: str, zopa: Call) -> None:
    called = zopa("check", name, "--strict")
    assert (called.code, called.err) == (0, "")
    assert called.out.splitlines()[-1].startswith(f"{name}: no errors")


def test_the_moves_are_printed(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text())
    called = zopa("check", str(path))
    assert called.code == 0
    assert "change of position over 1 month: mean 0, sd 0.01581 share (target: mean 0, sd 0.0158)" \
        in called.out
    assert "change of position over 12 months: mean " in called.out


def test_strict(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text())
    assert zopa("check", str(path)).code == 0
    called = zopa("check", str(path), "--strict")
    assert called.code == 2 and "war.position.cell has no source" in called.err


def test_json(zopa: Call, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text())
    called = zopa("check", str(path), "--json")
    data = json.loads(called.out)
    assert called.code == 0 and data["errors"] == []
    assert set(data["warnings"][0]) == {"where", "what", "mend"}
    wrong = with_change("period: month", "period: mnth")
    path.write_text(wrong)
    called = zopa("check", str(path), "--json")
    data = json.loads(called.out)
    assert called.code == 2 and called.err == ""
    assert data["errors"] == [{
        "where": f"{path}:{line_of(wrong, 'period: mnth')}:1",
        "what": "period must be one of 'day', 'week', 'month', 'quarter', 'year', but is 'mnth'",
        "mend": "Did you mean 'month'?"}]
