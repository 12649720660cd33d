"""A run's files, written so that results already there are never half-overwritten.

1. Everything is written into a new directory beside the target; a failure here leaves the target
   as it was.
2. A target that does not exist yet: the directory is renamed, in one step.
3. A target that holds an earlier run: its files are moved aside, the new ones moved in, and on a
   failure the old ones moved back.  Other files there are not touched.
4. `manifest.json` holds the hash of every other file, so that a reader of the directory notices
   files that do not belong together.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zopa.core.errors import ZopaError

MANIFEST = "manifest.json"
FILES = ("report.html", "answers.json", "draws.nc", "sources.bib", MANIFEST)
Writer = Callable[[Path], None]


class WriteError(ZopaError):
    """A directory that results cannot be written to."""


def check_target(directory: str | Path, ours: Callable[[Path], bool] | None = None) -> Path:
    """The directory that results may be written to, resolved.

    Args:
        directory: made later where it is absent.
        ours: whether what a directory holds may be replaced; by default that it holds a run.

    Raises:
        WriteError: it is a file, cannot be written to, or holds files of something else.
    """
    target = Path(directory).expanduser().resolve()
    if target.exists() and not target.is_dir():
        raise WriteError(f"{directory}: it is a file. Give a directory.")
    try:
        there = sorted(item.name for item in target.iterdir()) if target.is_dir() else []
    except OSError as error:
        raise WriteError(f"{directory}: it cannot be read ({error.strerror}).") from None
    if there and not (ours or holds_a_run)(target):
        raise WriteError(
            f"{directory}: it holds files of something else ({there[0]}"
            f"{', ...' if len(there) > 1 else ''}). Give a new or an empty directory.")
    _check_parent(directory, target.parent)
    return target


def _check_parent(directory: str | Path, parent: Path) -> None:
    """New files can be made beside the target: said before anything is solved, not after."""
    there = next(folder for folder in (parent, *parent.parents) if folder.exists())
    if not there.is_dir():
        raise WriteError(f"{directory}: {there} is a file. Give another directory.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise WriteError(f"{directory}: {there} cannot be written to. Give another directory.")


def holds_a_run(directory: Path) -> bool:
    """Whether a directory has the manifest of a run."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and "zopa" in manifest


def write_files(directory: str | Path, writers: Mapping[str, Writer],
                ours: Callable[[Path], bool] | None = None) -> Path:
    """Write files together: all of them, or none.

    Args:
        directory: made where it is absent.
        writers: file name -> a function that writes the file at the path it is given; they run in
            this order, and may read what was written before them in the same directory.
        ours: as `check_target`.

    Returns:
        The directory.

    Raises:
        WriteError: as `check_target`, or the system refuses.
    """
    target = check_target(directory, ours)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target, "new") as fresh:
            for name, writer in writers.items():
                writer(fresh / name)
            if target.exists():
                with _beside(target, "old") as old:
                    _exchange(target, fresh, old, tuple(writers))
            else:
                fresh.rename(target)
    except OSError as error:
        raise WriteError(f"{directory}: it cannot be written ({error.strerror or error}). "
                         "Give another directory.") from error
    return target


def write_beside(path: str | Path, content: bytes, folder: str = "",
                 files: Mapping[str, bytes] | None = None) -> Path:
    """Write a file, and where it has any a folder of files beside it: all of them, or none.

    Args:
        path: of the file; one that is there is replaced.
        content: of the file.
        folder: name of the folder; one that is there is replaced.
        files: name -> content, of what the folder holds.

    Returns:
        The path.

    Raises:
        WriteError: it is a directory, the folder holds other files than these might be, or the
            system refuses.
    """
    target = Path(path).expanduser().absolute()
    if target.is_dir():
        raise WriteError(f"{path}: it is a directory. Give a file.")
    beside = target.parent / folder
    if files:
        endings = {Path(name).suffix for name in files}
        if beside.exists() and (not beside.is_dir() or any(
                item.is_dir() or item.suffix not in endings for item in beside.iterdir())):
            raise WriteError(f"{beside}: it holds files of something else. Give another --out.")
    try:
        with _beside(target, "new") as fresh, _beside(target, "old") as old:
            (fresh / target.name).write_bytes(content)
            if files:
                (fresh / folder).mkdir()
                for name, data in files.items():
                    (fresh / folder / name).write_bytes(data)
            _exchange(target.parent, fresh, old, (target.name, *((folder,) if files else ())))
    except OSError as error:
        raise WriteError(f"{path}: it cannot be written ({error.strerror or error}). "
                         "Give another --out.") from error
    return target


@contextmanager
def _beside(target: Path, purpose: str) -> Iterator[Path]:
    """A new directory beside the target, on the same file system, removed at the end."""
    path = target.parent / f".{target.name}.{purpose}-{secrets.token_hex(6)}"
    path.mkdir()  # with the user's own mask: results may be confidential
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _exchange(target: Path, fresh: Path, old: Path, names: tuple[str, ...]) -> None:
    """Move the new files in and the old ones out; on a failure, everything back."""
    done: list[tuple[Path, Path]] = []

    def move(source: Path, destination: Path) -> None:
        source.rename(destination)
        done.append((source, destination))

    try:
        for name in names:
            if (target / name).exists():
                move(target / name, old / name)
        for name in names:
            move(fresh / name, target / name)
    except BaseException:
        for source, destination in reversed(done):
            destination.rename(source)
        raise


def text_writer(text: str) -> Writer:
    """A writer of a text file, with plain newlines on every system."""
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    return write


def read_json(path: Path) -> Any:
    """The content of a JSON file of a run.

    Raises:
        WriteError: it is not there, or not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WriteError(f"{path}: it cannot be read ({error.strerror}).") from None
    except ValueError:
        raise WriteError(f"{path}: it is not JSON. Run again.") from None
