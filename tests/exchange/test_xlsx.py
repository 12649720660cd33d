"""Workbooks: the same table, merged cells, formulas, and files that would do harm."""

from __future__ import annotations

import builtins
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from zopa.core.errors import ArgumentError, InputError
from zopa.exchange import table_write, xlsx
from zopa.exchange.read import read
from zopa.spaces.domain import Domain

ROWS = [["Negotiation of a lease"], ["Issue", "Option", "Owner", "Tenant", "Notes"],
        ["Rent", None, 0.6, 0.5], ["Rent", "low", 0, 100], [None, "high", 100.0, 0],
        ["Years", None, "0,4", 0.5], ["Years", 2, 10, 0], [None, 5, 0, 10],
        ["reservation", None, 20, None]]


def book(rows: list[list[Any]], first: str = "Lease") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = first
    for row in rows:
        made.active.append(row)
    return made


def saved(made: openpyxl.Workbook, path: Path) -> Path:
    made.save(path)
    return path


def test_a_workbook(tmp_path: Path) -> None:
    made = book(ROWS)
    made.active.merge_cells("A4:A5")
    made.create_sheet("Talk", 0).append(["nothing here"])
    imported = read([saved(made, tmp_path / "lease.data")])
    domain = imported.domain
    assert imported.kind == "table" and domain.title == "Negotiation of a lease"
    assert domain.parties == ("Owner", "Tenant") and domain.options == (("low", "high"), ("2", "5"))
    np.testing.assert_allclose(domain.worth[0], [[0.0, 60.0], [50.0, 0.0]])
    np.testing.assert_allclose(domain.worth[1], [[4.0, 0.0], [0.0, 5.0]])
    assert domain.reservation.tolist() == [20.0, -np.inf]
    assert "Of 2 sheets 'Lease' is read." in imported.notes


def test_formulas_without_saved_values_are_blanks(tmp_path: Path) -> None:
    path = saved(book([["issue", "option", "A"], ["x", "p", "=1+1"]]), tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=r"a\.xlsx\[Lease\]:2: 'p' of 'x' for A is missing"):
        read([path])


def test_no_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sheet has a header"):
        read([saved(book([["hello"]]), tmp_path / "a.xlsx")])


def test_sheets_that_reach_too_far_are_refused(tmp_path: Path) -> None:
    made = book(ROWS)
    made.active.cell(1_048_576, 16_384, 0)
    with pytest.raises(InputError, match="reaches to row 1048576 and column 16384"):
        read([saved(made, tmp_path / "a.xlsx")])


def test_damaged_files(tmp_path: Path) -> None:
    whole = saved(book(ROWS), tmp_path / "whole.xlsx").read_bytes()
    for data in (whole[:200], whole[: len(whole) // 2], b"PK\x03\x04 and then nothing"):
        path = tmp_path / "a.xlsx"
        path.write_bytes(data)
        with pytest.raises(InputError, match="damaged"):
            read([path])


def packed(path: Path, content: bytes, name: str = "xl/workbook.xml") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no workbook"):
        read([packed(tmp_path / "a.zip", b"<a/>", "a.xml")])


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_UNPACKED", 10_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        read([packed(tmp_path / "a.xlsx", b" " * 20_000)])


def test_document_types_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(InputError, match="document type declaration"):
        read([packed(tmp_path / "a.xlsx", bomb)])


def test_old_workbooks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    with pytest.raises(InputError, match="old binary Office file"):
        read([path])


def test_without_openpyxl_one_line_says_how_to_install_it(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(book(ROWS), tmp_path / "a.xlsx")
    real = builtins.__import__

    def refused(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] == "openpyxl":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "openpyxl")
    monkeypatch.setattr(builtins, "__import__", refused)
    with pytest.raises(ArgumentError, match=r"pip install 'zopa\[xlsx\]'"):
        read([path])


def test_no_name_is_written_as_a_formula() -> None:
    domain = Domain(("=A1", "B"), ("+x", "y"), (("@p", "-q"), ("=HYPERLINK(1)",)),
                    (np.ones((2, 2)), np.ones((2, 1))))
    rows, _ = table_write.cells(domain)
    made = openpyxl.load_workbook(io.BytesIO(xlsx.written(rows, "t")))
    texts = [cell for row in made.active.iter_rows() for cell in row
             if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert not [cell.value for cell in texts if cell.value.startswith(("=", "+", "-", "@"))]
