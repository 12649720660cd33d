"""Archives that carry no clock."""

from __future__ import annotations

import io
import zipfile

from zopa.report.zipped import FIRST, fixed


def archive(date: tuple[int, int, int, int, int, int]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in ("b.xml", "a/c.xml"):
            made.writestr(zipfile.ZipInfo(name, date), name * 100)
    return stream.getvalue()


def test_time_is_gone_and_all_else_stays() -> None:
    first, second = (fixed(archive((year, 5, 6, 7, 8, 10))) for year in (1999, 2024))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        assert found.namelist() == ["b.xml", "a/c.xml"] and found.testzip() is None
        assert found.read("a/c.xml") == b"a/c.xml" * 100
        assert {entry.date_time for entry in found.infolist()} == {FIRST}
