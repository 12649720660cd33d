"""A brief as a file: the formats, what they need, and the date that they carry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from zopa.core.errors import ArgumentError
from zopa.report.brief import PAGED, Brief, make
from zopa.report.view import View
from zopa.report.write import write_beside

LONG_AGO = dt.datetime(2000, 1, 1)
"""The date of a document whose run has none that can be read."""


def _docx(brief: Brief) -> bytes:
    from zopa.report.brief_docx import to_docx

    return to_docx(brief, written(brief))


def _pptx(brief: Brief) -> bytes:
    from zopa.report.brief_pptx import to_pptx

    return to_pptx(brief, written(brief))


OFFICE: dict[str, tuple[str, str, Callable[[Brief], bytes]]] = {
    "docx": ("docx", "python-docx", _docx), "pptx": ("pptx", "python-pptx", _pptx)}
"""Format -> the module that it needs, the library that has it, and how it is written."""


FORMS = (*OFFICE, "md")


def write_brief(view: View, form: str | None = None, out: str | Path | None = None) -> Path:
    """Write the brief of a run.

    Args:
        view: from `zopa.report.stored.read_run`.
        form: `docx`, `pptx` or `md`; by default what the file's name says, else `md`.
        out: the file, replaced where it is there; the scenario's name with -brief by default.
            Figures of Markdown stand in a folder beside it, the file's name with -figures.

    Returns:
        The file.

    Raises:
        ArgumentError: the file's name says another format, or the library for it is not
            installed.
        WriteError: it cannot be written.
    """
    said = Path(out).suffix.lower().removeprefix(".") if out is not None else ""
    if form and said in FORMS and said != form:
        raise ArgumentError(f"{out}: its name says {said}, but --format says {form}. "
                            "Give one of them.")
    form = form or (said if said in FORMS else "md")
    name = re.sub(r"[^\w.-]+", "-", str(view.manifest["scenario"].get("name") or "scenario"))
    path = Path(out) if out is not None else Path(f"{name.lstrip('.')}-brief.{form}")
    if form in OFFICE:
        module, library, to_bytes = OFFICE[form]
        try:
            import_module(module)
        except ImportError:
            raise ArgumentError(
                f"--format {form} needs {library}, which is not installed. Install the extra "
                "with: pip install 'zopa[brief]', or use --format md.") from None
        return write_beside(path, to_bytes(make(view, PAGED)))
    from zopa.report.brief_md import to_md

    brief, folder = make(view), f"{path.stem}-figures"
    return write_beside(path, to_md(brief, quote(folder)).encode(), folder,
                        {f"{p.name}.png": p.png for p in brief.pictures})


def written(brief: Brief) -> dt.datetime:
    """When the run was made, in UTC without a zone."""
    try:
        when = dt.datetime.fromisoformat(brief.written)
    except ValueError:
        return LONG_AGO
    return when.astimezone(dt.UTC).replace(tzinfo=None) if when.tzinfo else when
