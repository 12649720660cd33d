"""Results are written together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from zopa.report.write import (
    FILES,
    WriteError,
    check_target,
    text_writer,
    write_beside,
    write_files,
)

OLD = {name: text_writer('{"zopa": "0"}' if name == "manifest.json" else "old") for name in FILES}
NEW = {name: text_writer('{"zopa": "1"}' if name == "manifest.json" else "new") for name in FILES}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def broken(path: Path) -> None:
    path.write_text("half", encoding="utf-8")
    raise ValueError("in the middle")


def test_a_new_directory_and_its_parents_are_made(tmp_path: Path) -> None:
    target = write_files(tmp_path / "a" / "b", NEW)
    assert set(contents(target)) == set(FILES)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b"]


def test_a_run_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    target = write_files(tmp_path / "run", OLD)
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    write_files(target, NEW)
    assert contents(target) == {**dict.fromkeys(FILES, "new"), "manifest.json": '{"zopa": "1"}',
                                "notes.txt": "mine"}
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("place", range(len(FILES)))
def test_a_failure_midway_leaves_the_old_results(tmp_path: Path, place: int) -> None:
    target = write_files(tmp_path / "run", OLD)
    before = contents(target)
    with pytest.raises(ValueError, match="in the middle"):
        write_files(target, {**NEW, FILES[place]: broken})
    assert contents(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("place", range(1, 2 * len(FILES) + 1))
def test_a_failure_while_files_are_exchanged_puts_them_back(
        tmp_path: Path, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    target = write_files(tmp_path / "run", OLD)
    before = contents(target)
    moves = 0
    rename = Path.rename

    def failing(self: Path, destination: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == place:
            raise OSError(28, "No space left on device")
        return rename(self, destination)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(WriteError, match="cannot be written .No space left"):
        write_files(target, NEW)
    assert contents(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_what_is_not_a_run_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("my own", encoding="utf-8")
    with pytest.raises(WriteError, match="holds files of something else .report.html"):
        write_files(tmp_path, NEW)
    assert contents(tmp_path) == {"report.html": "my own"}


def test_a_manifest_of_something_else_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    with pytest.raises(WriteError, match="something else"):
        check_target(tmp_path)


def test_a_file_is_refused_and_an_empty_directory_taken(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="it is a file"):
        check_target(file)
    (tmp_path / "empty").mkdir()
    assert set(contents(write_files(tmp_path / "empty", NEW))) == set(FILES)


def test_a_directory_under_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="is a file. Give another"):
        write_files(tmp_path / "file" / "run", NEW)


def test_a_place_that_cannot_be_written_to_is_refused_before_anything_is_solved(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match="file is a file. Give another directory"):
        check_target(tmp_path / "file" / "run")
    assert check_target(tmp_path / "a" / "b" / "run").name == "run"
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(WriteError, match="cannot be written to. Give another directory"):
        check_target(tmp_path / "a" / "run")


def test_a_file_and_a_folder_beside_it_are_written_together(tmp_path: Path) -> None:
    path = write_beside(tmp_path / "b.md", b"text", "pictures", {"a.png": b"1", "b.png": b"2"})
    assert path.read_bytes() == b"text"
    write_beside(path, b"fresh", "pictures", {"c.png": b"3"})
    assert path.read_bytes() == b"fresh"
    assert [item.name for item in (tmp_path / "pictures").iterdir()] == ["c.png"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["b.md", "pictures"]


def test_a_failure_leaves_file_and_folder_as_they_were(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_beside(tmp_path / "b.md", b"text", "pictures", {"a.png": b"1"})
    rename = Path.rename

    def refuse(source: Path, target: Path) -> Path:
        if source.name == "pictures" and ".new-" in source.parent.name:
            raise PermissionError(13, "no")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteError, match="cannot be written"):
        write_beside(path, b"fresh", "pictures", {"c.png": b"3"})
    assert path.read_bytes() == b"text"
    assert [item.name for item in (tmp_path / "pictures").iterdir()] == ["a.png"]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["b.md", "pictures"]


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="files of something else"):
        write_beside(tmp_path / "b.md", b"text", "pictures", {"a.png": b"1"})
    with pytest.raises(WriteError, match="it is a directory"):
        write_beside(tmp_path / "pictures", b"text")
    with pytest.raises(WriteError, match="cannot be written"):
        write_beside(tmp_path / "none" / "b.md", b"text")
    assert [item.name for item in tmp_path.iterdir()] == ["pictures"]
