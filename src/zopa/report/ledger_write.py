"""A ledger and its page as files: never half-written, and no reviewer's work overwritten.

1. Before anything is read, a file that is there is looked at: a ledger is the ledger before, whose
   decisions are merged into the new one; anything else is refused.
2. A file is written beside its place and moved there in one step.
3. A ledger that changed on disk between 1 and 2, as when a reviewer saves it, is not replaced.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zopa.reading.ledger import (
    Stored,
    stored_in_json_lines,
    stored_in_yaml,
    to_json_lines,
    to_yaml,
)
from zopa.reading.merge import Merged
from zopa.report.write import WriteError

PAGE = b'<meta name="generator" content="zopa '


@dataclass(frozen=True)
class Before:
    """The ledger that stands where the new one is to be written.

    Attributes:
        digest: SHA-256 of its bytes; none where no file is there.
    """

    path: Path
    stored: Stored
    digest: str | None


def ledger_before(path: Path) -> Before:
    """The ledger at a path: an empty one where there is no file, or an empty file.

    Raises:
        InputError: the file is something else than a ledger, or a broken one.
        WriteError: it is a folder, or its folder cannot be written to.
    """
    _check_place(path, "--out")
    if not path.exists():
        return Before(path, Stored(()), None)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WriteError(f"{path}: it cannot be read ({error.strerror}). "
                         "Give another --out.") from None
    text = data.decode("utf-8", errors="replace")
    load = stored_in_json_lines if _is_lines(path) else stored_in_yaml
    stored = load(text, str(path)) if text.strip() else Stored(())
    return Before(path, stored, hashlib.sha256(data).hexdigest())


def check_page(path: Path, ledger: Path | None) -> None:
    """Whether a page may be written at a path: a new file, or an earlier page of zopa's.

    Raises:
        WriteError: it may not.
    """
    _check_place(path, "--page")
    if ledger is not None and path.absolute() == ledger.absolute():
        raise WriteError(f"{path}: --out and --page name the same file. Give two.")
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            if PAGE not in file.read(4000):
                raise WriteError(f"{path}: it holds something else than a page of zopa's. "
                                 "Give another --page.")


def write_ledger(before: Before, merged: Merged, beside: Mapping[str, Any] | None = None) -> None:
    """Write a ledger where the ledger before stood, with its parts beside the rows.

    Raises:
        WriteError: the file has changed since it was read, or the system refuses.
    """
    path = before.path
    text = (to_json_lines if _is_lines(path) else to_yaml)(merged.rows, merged.lost, beside)
    try:
        now = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
    except OSError as error:
        raise WriteError(f"{path}: it cannot be read ({error.strerror}).") from None
    if now != before.digest:
        raise WriteError(f"{path}: it was changed while the reports were read. Run again, so that "
                         "the change is kept.")
    replace_file(path, text.encode("utf-8"))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there in one step, with the mode it had.

    Raises:
        WriteError: the system refuses; what was there is as before.
    """
    place = path.resolve()  # a link stays a link
    fresh = place.with_name(f".{place.name}.new-{secrets.token_hex(6)}")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            fresh.chmod(place.stat().st_mode & 0o777)
        os.replace(fresh, place)
    except OSError as error:
        raise WriteError(f"{path}: it cannot be written ({error.strerror or error}). "
                         "Give another file.") from error
    finally:
        fresh.unlink(missing_ok=True)


def _is_lines(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson")


def _check_place(path: Path, option: str) -> None:
    if path.is_dir():
        raise WriteError(f"{path}: it is a folder. Give a file as {option}.")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise WriteError(f"{path}: there is no folder {folder}. Make it, or give another {option}.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WriteError(f"{path}: {folder} cannot be written to. Give another {option}.")
