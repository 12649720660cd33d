"""`zopa brief`: what it writes, and how it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call

Call = Callable[..., Called]
STARTS = {"docx": b"PK", "pptx": b"PK", "md": b"# Egypt and Israel"}


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return lambda *arguments: call(capsys, monkeypatch, *map(str, arguments))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import zopa

    return zopa.run(zopa.load("camp-david-1978"), draws=8).write(
        tmp_path_factory.mktemp("runs") / "camp")


def one_line(called: Called) -> bool:
    return (called.code == 2 and called.err.count("\n") == 1 and "Traceback" not in called.err
            and called.out == "")


@pytest.mark.parametrize("form", STARTS)
def test_every_format_is_written(zopa: Call, written: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"mine.{form}"
    called = zopa("brief", written, "--format", form, "--out", out)
    assert called.code == 0 and called.out == f"{out} is written.\n" and called.err == ""
    first = out.read_bytes()
    assert first.startswith(STARTS[form])
    zopa("brief", written, "--format", form, "--out", out)
    assert out.read_bytes() == first


def test_the_format_follows_from_the_file_or_is_markdown(
        zopa: Call, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert zopa("brief", written, "--out", "mine.docx").code == 0
    assert (tmp_path / "mine.docx").read_bytes().startswith(b"PK")
    called = zopa("brief", written)
    assert called.out == "camp-david-1978-brief.md is written.\n"
    assert (tmp_path / "camp-david-1978-brief-figures" / "zone.png").exists()


def test_what_cannot_be_done_is_one_line(zopa: Call, written: Path, tmp_path: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_line(zopa("brief", tmp_path))
    assert one_line(zopa("brief", tmp_path / "nothing"))
    assert one_line(zopa("brief", written, "--out", tmp_path))
    assert one_line(zopa("brief", written, "--out", tmp_path / "no" / "b.md"))
    refused = zopa("brief", written, "--format", "pptx", "--out", tmp_path / "b.docx")
    assert one_line(refused) and "b.docx" in refused.err
    monkeypatch.setitem(sys.modules, "docx", None)
    refused = zopa("brief", written, "--format", "docx", "--out", tmp_path / "b.docx")
    assert one_line(refused) and "pip install 'zopa[brief]'" in refused.err
    assert list(tmp_path.iterdir()) == []
