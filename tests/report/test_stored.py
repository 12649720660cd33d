"""A run is read back as it was written, or one line says why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.report import sample_answers
from zopa.report.manifest import hashes
from zopa.report.serialise import to_json
from zopa.report.stored import read_run
from zopa.report.write import WriteError

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    view = sample_answers.view()
    (tmp_path / "answers.json").write_text(to_json(view.answers), encoding="utf-8")
    whole = {**view.manifest, "files": hashes(tmp_path, ("answers.json",))}
    (tmp_path / "manifest.json").write_text(to_json(whole), encoding="utf-8")
    return tmp_path


def edit(folder: Path, change: Change) -> None:
    path = folder / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_it_is_the_same_view(folder: Path) -> None:
    found, view = read_run(folder), sample_answers.view()
    assert found.scenario == view.scenario and found.answers == view.answers


@pytest.mark.parametrize(("change", "said"), [
    (lambda m: m["scenario"].pop("text"), "does not hold the scenario's text. Run again."),
    (lambda m: m.pop("scenario"), "does not hold the scenario's text"),
    (lambda m: m["scenario"].update(text="a: ["), "manifest.json that cannot be used"),
    (lambda m: m["scenario"].update(text="title: x"), "manifest.json that cannot be used"),
    (lambda m: (m["scenario"].update(text="title: x"), m.update(zopa="9.9")),
     "was written by zopa 9.9, whose scenario zopa"),
    (lambda m: m.pop("files"), "cannot be used"),
    (lambda m: m.update(files=None), "cannot be used"),
    (lambda m: m["files"].update({"answers.json": "0"}), "is not the one that"),
    (lambda m: m.pop("zopa"), "it is not a run's directory"),
])
def test_what_cannot_be_read_is_one_line(folder: Path, change: Change, said: str) -> None:
    edit(folder, change)
    with pytest.raises(WriteError) as caught:
        read_run(folder)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_damaged_files(folder: Path, text: str) -> None:
    (folder / "answers.json").write_text(text, encoding="utf-8")
    with pytest.raises(WriteError):
        read_run(folder)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(WriteError, match="not a run's directory"):
        read_run(folder)
