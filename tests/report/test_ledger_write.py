"""A ledger's files: whole or not at all, and no reviewer's work overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.reading.made_rows import read
from zopa.core.errors import InputError
from zopa.reading.ledger import from_yaml, to_yaml
from zopa.reading.merge import Merged
from zopa.report.ledger_write import check_page, ledger_before, replace_file, write_ledger
from zopa.report.write import WriteError

ROWS = read([("Alba", "it would open the port"), ("Beria", "this was not so")])


@pytest.mark.parametrize("name", ["claims.yaml", "claims.jsonl"])
def test_written_and_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_ledger(ledger_before(path), Merged(tuple(ROWS[:1]), tuple(ROWS[1:])))
    stored = ledger_before(path).stored
    assert stored.rows == tuple(ROWS[:1]) and stored.lost == tuple(ROWS[1:])
    assert os.listdir(tmp_path) == [name]


def test_other_files_are_refused(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Alba said no.", encoding="utf-8")
    with pytest.raises(InputError, match="no ledger"):
        ledger_before(report)
    with pytest.raises(WriteError, match="something else"):
        check_page(report, None)
    with pytest.raises(WriteError, match="same file"):
        check_page(tmp_path / "x", tmp_path / "x")
    with pytest.raises(WriteError, match="folder"):
        ledger_before(tmp_path)
    with pytest.raises(WriteError, match="no folder"):
        ledger_before(tmp_path / "none" / "claims.yaml")
    assert report.read_text(encoding="utf-8") == "Alba said no."


def test_a_ledger_is_no_place_for_a_page(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(to_yaml(ROWS), encoding="utf-8")
    with pytest.raises(WriteError, match="something else"):
        check_page(path, None)
    assert from_yaml(path.read_text(encoding="utf-8")) == tuple(ROWS)


def test_a_change_in_the_meantime_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text(to_yaml(ROWS), encoding="utf-8")
    before = ledger_before(path)
    path.write_text(to_yaml(ROWS[:1]), encoding="utf-8")
    with pytest.raises(WriteError, match="changed while"):
        write_ledger(before, Merged(tuple(ROWS)))
    assert from_yaml(path.read_text(encoding="utf-8")) == tuple(ROWS[:1])
    assert os.listdir(tmp_path) == ["claims.yaml"]


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("before", encoding="utf-8")

    def refuse(*places: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WriteError, match="No space left"):
        replace_file(path, b"after")
    assert path.read_text(encoding="utf-8") == "before"
    assert os.listdir(tmp_path) == ["claims.yaml"]


def test_mode_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "claims.yaml", tmp_path / "link.yaml"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    replace_file(link, b"after")
    assert link.is_symlink() and path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o640
