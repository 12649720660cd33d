"""The mediators' table in an XLSX workbook, read and written with openpyxl (extra `zopa[xlsx]`).

The first sheet with a header is read; formulas count with the values that the spreadsheet saved.
Before openpyxl sees the file its parts are looked at: how large they are once unpacked, and whether
one of them declares a document type.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from zopa.core.errors import ArgumentError
from zopa.exchange import cells, table
from zopa.exchange.imported import Imported
from zopa.exchange.raw import wrong

MOST_UNPACKED = 32 * 2**20
MOST_CELLS = 2_000_000
MOST_PARTS = 2_000


def library() -> ModuleType:
    """openpyxl.

    Raises:
        ArgumentError: it is not installed; says how to.
    """
    try:
        import openpyxl
    except ImportError:
        raise ArgumentError("XLSX needs openpyxl, which is not installed. Type: pip install "
                            "'zopa[xlsx]' (or save the sheet as CSV UTF-8).") from None
    return openpyxl


def read(data: bytes, shown: str) -> Imported:
    """A workbook as a domain.

    Raises:
        ArgumentError: openpyxl is not installed.
        InputError: it is no workbook, too large, or its table has a fault, with sheet and row.
    """
    openpyxl = library()
    _looked_at(data, shown)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=False, data_only=True,
                                      keep_links=False)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, SyntaxError,
            zipfile.BadZipFile, zlib.error, openpyxl.utils.exceptions.InvalidFileException):
        raise wrong(shown, "it is a ZIP file, but no workbook that can be read",
                    "Save it as XLSX again, or as CSV UTF-8.") from None
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise wrong(f"{shown}[{sheet.title}]", f"the sheet reaches to row {sheet.max_row} and "
                        f"column {sheet.max_column}", "Delete the empty rows and columns.")
    sheets = {sheet.title: _rows(sheet) for sheet in book.worksheets}
    fitting = [title for title, found in sheets.items() if table.header(found) is not None]
    if not fitting:
        raise wrong(shown, "no sheet has a header with the columns `issue` and `option`",
                    "Write a first row such as: issue | option | Party A | Party B")
    where = f"{shown}[{fitting[0]}]"
    imported = table.from_rows(sheets[fitting[0]], where, cells.Marks(mixed=True))
    if imported.domain.title.endswith("]"):
        imported = replace(imported, domain=replace(imported.domain, title=fitting[0]))
    if len(sheets) > 1:
        imported = replace(imported, notes=(*imported.notes, f"Of {len(sheets)} sheets "
                                            f"'{fitting[0]}' is read."))
    return imported


def _looked_at(data: bytes, shown: str) -> None:
    """Refuses a file that would unpack to too much, or that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise wrong(shown, f"it unpacks to more than {MOST_UNPACKED} bytes",
                            "Keep the table alone in the workbook.")
            for part in parts:
                if not part.filename.endswith((".xml", ".rels", ".vml")):
                    continue
                with archive.open(part) as file:
                    content = file.read(MOST_UNPACKED)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
                    raise wrong(shown, f"its part {part.filename[:60]} has a document type "
                                "declaration or is in UTF-16", "Save it as XLSX again.")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError):
        raise wrong(shown, "it begins like a ZIP file but is damaged",
                    "Save it as XLSX again, or as CSV UTF-8.") from None


def _rows(sheet: Any) -> list[table.Row]:
    """The cells of a sheet as text."""
    found: list[table.Row] = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        found.append((number, [_text(value) for value in row]))
    return found


def _text(value: Any) -> str:
    """A cell as the text that a CSV file would have."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return cells.shown(value) if value - value == 0 else str(value)
    return str(value)


def written(rows: Sequence[Sequence[str | float | None]], title: str) -> bytes:
    """Rows as a workbook with one sheet; texts are never formulas.

    Raises:
        ArgumentError: openpyxl is not installed.
    """
    openpyxl = library()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "table"
    for n, row in enumerate(rows, start=1):
        for m, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(n, m, value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "C2"
    book.properties.title = title
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
