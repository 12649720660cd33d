"""`zopa read` with files of every kind, a ledger that is there, and a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call
from tests.reading.files import PAGE, pdf
from zopa.reading.ledger import stored_in_yaml

pytest.importorskip("spacy")

REPORT = ("The foreign ministry of Alba said on Monday that the port would stay closed.\n\n"
          "Beria's president denied that his troops had crossed the river at night.\n")


Zopa = Callable[..., Called]


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Zopa:
    """Run `zopa` with arguments of any kind."""
    return lambda *arguments: call(capsys, monkeypatch, *map(str, arguments))


def test_a_folder_becomes_a_ledger_and_a_page(zopa: Zopa, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "b.html").write_text(PAGE, encoding="utf-8")
    (folder / "c.bin").write_bytes(pdf([["The mayor of Alba said that the bridge was open."]]))
    (folder / "d.txt").write_bytes(b"\0\1\2" * 50)
    out, page = tmp_path / "claims.yaml", tmp_path / "claims.html"
    done = zopa("read", folder, "--out", out, "--page", page)
    assert done.code == 0, done.err
    assert "skipped: " in done.err and "d.txt: this is a binary file" in done.err
    rows = stored_in_yaml(out.read_text(encoding="utf-8")).rows
    assert {row.document for row in rows} == {"a.txt", "b.html", "c.bin"}
    html = page.read_text(encoding="utf-8")
    assert all(f'id="row-{number}"' in html for number in range(1, len(rows) + 1))


def test_decisions_survive_a_changed_report(zopa: Zopa, tmp_path: Path) -> None:
    report, out = tmp_path / "report.txt", tmp_path / "claims.yaml"
    report.write_text(REPORT, encoding="utf-8")
    assert zopa("read", report, "--out", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("decision:") >= 2
    decided = text.replace("decision:", "decision: {verdict: confirmed, note: by phone}")
    count = decided.count("by phone")
    out.write_text(decided, encoding="utf-8")
    report.write_text("A first line is new.\n\n" + REPORT.split("\n\n")[0], encoding="utf-8")
    done = zopa("read", report, "--out", out)
    assert done.code == 0 and "kept under `lost`" in done.out
    stored = stored_in_yaml(out.read_text(encoding="utf-8"))
    kept = [row for row in (*stored.rows, *stored.lost) if row.decision]
    assert len(kept) == count and 0 < len(stored.lost) < count
    before = out.read_bytes()
    assert zopa("read", report, "--out", out).code == 0 and out.read_bytes() == before


def test_a_report_is_not_overwritten(zopa: Zopa, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    for option in ("--out", "--page"):
        done = zopa("read", report, option, report)
        assert done.code == 2 and done.err.count("\n") == 1
    assert report.read_text(encoding="utf-8") == REPORT
