"""The files of `zopa zone --out`: the page and its data, both or neither."""

from __future__ import annotations

from pathlib import Path

from zopa.report.serialise import to_json
from zopa.report.space_page import render
from zopa.report.space_view import SpaceView
from zopa.report.write import MANIFEST, text_writer, write_files

PAGE, DATA = "zone.html", "answers.json"


def ours(directory: Path) -> bool:
    """Whether a directory holds an earlier answer, which may be replaced."""
    return (directory / PAGE).is_file() and (directory / DATA).is_file() and not (
        directory / MANIFEST).exists()


def write(view: SpaceView, directory: str | Path) -> Path:
    """Write the page and its data: both, or nothing.

    Returns:
        The directory.

    Raises:
        WriteError: it holds something else, or cannot be written to.
    """
    texts = {PAGE: render(view), DATA: to_json(view.data)}
    return write_files(directory, {name: text_writer(text) for name, text in texts.items()}, ours)
