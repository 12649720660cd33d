"""`zopa import` and `zopa export`: from files to a scenario that passes the check, and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cli.calling import Called, call
from tests.exchange.small import (
    GENIUS_DOMAIN,
    GENIUS_LINE,
    GENIUS_PORT,
    RECTANGLES,
    TABLE,
    WEB_NORTH,
    WEB_SOUTH,
    folder,
    utilities,
)
from zopa.exchange.read import read


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def run(*arguments: object) -> Called:
        return call(capsys, monkeypatch, *map(str, arguments))
    return run


def given(tmp_path: Path) -> dict[str, list[Path]]:
    return {"table": folder(tmp_path, t_csv=TABLE),
            "genius": folder(tmp_path, d_xml=GENIUS_DOMAIN, p_xml=GENIUS_PORT, l_xml=GENIUS_LINE),
            "geniusweb": folder(tmp_path, n_json=WEB_NORTH, s_json=WEB_SOUTH)}


@pytest.mark.parametrize("name", ["table", "genius", "geniusweb"])
def test_what_import_writes_passes_the_check(tmp_path: Path, zopa, name: str) -> None:
    out = tmp_path / "scenario.yaml"
    done = zopa("import", *given(tmp_path)[name], "--out", out, "--date", "2025-05-31")
    assert done.code == 0 and f"zopa check {out}" in done.out
    assert all(line.startswith("note: ") for line in done.err.splitlines())
    checked = zopa("check", "--strict", out)
    assert checked.code == 0 and "no errors, no warnings" in checked.out


def test_without_out_the_scenario_is_printed(tmp_path: Path, zopa) -> None:
    files = given(tmp_path)["table"]
    done = zopa("import", *files, "--date", "2025-05-31")
    out = tmp_path / "s.yaml"
    zopa("import", *files, "--date", "2025-05-31", "--out", out)
    assert done.code == 0 and done.out == out.read_text(encoding="utf-8")


def test_nothing_is_written_over(tmp_path: Path, zopa) -> None:
    out = tmp_path / "s.yaml"
    out.write_text("mine", encoding="utf-8")
    files = given(tmp_path)["table"]
    refused = zopa("import", *files, "--out", out)
    assert refused.code == 2 and "there is something already" in refused.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert zopa("import", *files, "--out", out, "--force").code == 0
    assert out.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("form", ["genius", "geniusweb", "csv", "xlsx"])
def test_a_shipped_scenario_comes_back(tmp_path: Path, zopa, form: str) -> None:
    out = tmp_path / "out"
    done = zopa("export", "camp-david-1978", "--format", form, "--out", out)
    assert done.code == 0 and "is written" in done.out
    back = read(sorted(out.iterdir()) if out.is_dir() else [out]).domain
    wanted = dict(zip(*(lambda d: (d.parties, utilities(d)))(read(["camp-david-1978"]).domain),
                      strict=True))
    for party, found in zip(back.parties, utilities(back), strict=True):
        np.testing.assert_allclose(found, wanted[party], rtol=1e-12, atol=1e-12)
    again = zopa("export", "camp-david-1978", "--format", form, "--out", out)
    assert again.code == 2 and "nothing was written" in again.err


def test_import_of_an_export_keeps_the_utilities(tmp_path: Path, zopa) -> None:
    zopa("export", "camp-david-1978", "--format", "genius", "--out", tmp_path / "g")
    files = [tmp_path / "g" / f"{name}.xml" for name in ("domain", "israel", "egypt")]
    zopa("import", *files, "--out", tmp_path / "s.yaml")
    np.testing.assert_allclose(utilities(read([tmp_path / "s.yaml"]).domain),
                               utilities(read(["camp-david-1978"]).domain), atol=1e-12)


@pytest.mark.parametrize(("arguments", "said"), [
    (("import", "camp-david-1978"), "is a scenario already"),
    (("import", "none.xml"), "no such file"),
    (("import", "{table}", "--date", "May"), "which is no date"),
    (("export", "ukraine-2025", "--format", "csv", "--out", "{out}"), "cannot hold"),
    (("export", "ukraine-2025", "--format", "genius", "--out", "{out}"), "constraints"),
    (("export", "{rules}", "--format", "csv", "--out", "{out}"), "cannot hold rules"),
    (("import", "{rules}", "{more}"), "3 issues are joined"),
    (("export", "{table}", "--format", "csv", "--out", "{folder}"), "it is a directory"),
])
def test_faults_are_one_line_and_code_2(tmp_path: Path, zopa, arguments: tuple[str, ...],
                                        said: str) -> None:
    names = {"table": given(tmp_path)["table"][0], "out": tmp_path / "out", "folder": tmp_path,
             "rules": folder(tmp_path, r_xml=RECTANGLES)[0],
             "more": folder(tmp_path, m_xml=RECTANGLES.replace("40", "20"))[0]}
    done = zopa(*(argument.format(**names) for argument in arguments))
    lines = [line for line in done.err.splitlines() if not line.startswith("note: ")]
    assert done.code == 2 and len(lines) == 1 and said in lines[0]
    assert not (tmp_path / "out").exists()
