"""A redacted copy of a run: private numbers and draws are in none of its files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from tests.cli.calling import call
from tests.questions.tiny import claim, tiny
from zopa.exchange.redact import LEAKS
from zopa.report.redacted import write_redacted
from zopa.report.stored import read_run
from zopa.report.write import FILES, WriteError

OVERLAY = """zopa_private: 1
party: north
key: 0f1e2d3c4b5a69788796a5b4
values:
  war.costs.north.base: {range: [0.0131719, 0.0172913], source: {judgement: Our hushed budget.}}
  issues.border.weights.north: 0.6173521
  issues.harbour.weights.north: 0.3826479
"""
GONE = ("war.costs.north.base", "issues.border.weights.north", "issues.harbour.weights.north")
SECRET = re.compile(rb"13171|17291|617352|382647|hushed budget|0f1e2d3c4b5a")
SCENARIO = {"war.position.moves.static": {1: 0.0},
            "war.hazards.north.base": {"range": [0.001, 0.008]},
            "war.costs.south.base": {"range": [0.01, 0.02]},
            "claims.calm": claim("only_settlement"),
            "claims.stuck": claim("victory_unlikely", party="south")}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with an overlay, and its copy."""
    folder = tmp_path_factory.mktemp("redacted")
    (folder / "tiny.yaml").write_text(tiny(SCENARIO).model_dump_json(exclude_none=True))
    (folder / "north.yaml").write_text(OVERLAY)
    from zopa.cli.run import command

    command(str(folder / "tiny.yaml"), draws=8, out=folder / "run", quiet=True,
            private=[folder / "north.yaml"])
    before = digests(folder / "run")
    write_redacted(folder / "run", folder / "copy")
    assert digests(folder / "run") == before, "the run itself is as it was"
    return folder


def test_the_run_itself_holds_the_numbers_and_says_whose_they_are(files: Path) -> None:
    stored = json.loads((files / "run" / "manifest.json").read_text())
    assert SECRET.search(stored["scenario"]["text"].encode())
    told = stored["private"]["overlays"]
    assert told[0]["party"] == "north" and sorted(told[0]["paths"]) == sorted(GONE)
    assert not SECRET.search(json.dumps(stored["private"]).encode())
    with xr.open_dataset(files / "run" / "draws.nc") as data:
        assert GONE[0] in data["input"].values


def test_no_private_number_is_in_any_file(files: Path) -> None:
    assert sorted(path.name for path in (files / "copy").iterdir()) == sorted(FILES)
    for path in (files / "copy").iterdir():
        data = path.read_bytes()
        assert not SECRET.search(data), path.name
        for number in (0.0131719, 0.0172913, 0.6173521, 0.3826479):
            assert np.float64(number).tobytes() not in data
            assert np.float32(number).tobytes() not in data


def test_no_private_draw_nor_solved_value_is_in_any_file(files: Path) -> None:
    with xr.open_dataset(files / "run" / "draws.nc") as data:
        private = data["input_value"].sel(input=[n for n in GONE if n in data["input"]]).values
        solved = np.concatenate([np.ravel(data[name].values) for name in
                                 ("value", "reservation", "offer", "terms", "no_agreement")])
    solved = solved[np.isfinite(solved) & (abs(solved) > 1e-3) & (abs(solved) < 0.999)]
    with xr.open_dataset(files / "copy" / "draws.nc") as copy:
        assert set(copy.data_vars) == {"input_value"}
        assert "war.costs.south.base" in copy["input"].values
        assert not set(GONE) & set(map(str, copy["input"].values))
        kept = np.ravel(copy["input_value"].values)
    assert not np.isin(np.ravel(private), kept).any()
    for path in (files / "copy").iterdir():
        data = path.read_bytes()
        for number in np.concatenate([np.ravel(private), solved]):
            assert np.float64(number).tobytes() not in data
            digits = f"{abs(number):.6g}".replace("0.", "", 1).lstrip("0")
            if len(digits) >= 6:
                assert digits.encode() not in data, (path.name, number)


def test_hashes_of_what_was_private_are_left_out(files: Path) -> None:
    run, copy = (json.loads((files / name / "manifest.json").read_text())
                 for name in ("run", "copy"))
    text = json.dumps(copy)
    for digest in (run["scenario"]["sha256"], run["scenario"]["content_sha256"],
                   *run["files"].values()):
        assert digest == run["files"]["sources.bib"] or digest not in text
    assert copy["redacted"]["leaks"] == LEAKS
    assert set(copy["redacted"]["left_out"]) == set(GONE)


def test_the_copy_reads_as_a_run_and_its_page_says_what_it_is(files: Path) -> None:
    view = read_run(files / "copy")
    assert view.answers["hinges"] is None and view.answers["waiting"] is None
    assert 0 <= view.answers["zone"]["probability"] <= 1
    page = (files / "copy" / "report.html").read_text()
    assert "This is a redacted copy" in page
    assert "The run used another value" in page or "the run used another value" in page


def test_what_cannot_be_redacted_is_refused(files: Path, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="redacted already"):
        write_redacted(files / "copy", tmp_path / "again")
    with pytest.raises(WriteError, match="it is the run itself"):
        write_redacted(files / "run", files / "run")
    with pytest.raises(WriteError, match="no such directory"):
        write_redacted(tmp_path / "none", tmp_path / "copy")


def test_a_run_without_an_overlay_has_nothing_to_leave_out(tmp_path: Path) -> None:
    import zopa

    written = zopa.run(tiny(SCENARIO), draws=8).write(tmp_path / "run")
    with pytest.raises(WriteError, match="without a private overlay"):
        write_redacted(written, tmp_path / "copy")


def test_the_command_says_what_still_leaks(
        files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch) -> None:
    called = call(capsys, monkeypatch, "redact", str(files / "run"), "--out",
                  str(tmp_path / "copy"))
    assert called.code == 0 and "What still leaks" in called.out
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == sorted(FILES)
