"""`zopa calibrate endings` and `zopa hindcast --endings`: what they print, write and refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.calibrate.test_endings_priors import FILE, FIT
from tests.calibrate.wars import row, text
from tests.cli.calling import call
from zopa.calibrate import endings_fit, endings_hindcast
from zopa.scenario.load import load
from zopa.scenario.template import template_text


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of one war; made-up wars and a stand-in for the fit take its place once it is read."""
    path = tmp_path / "ucdp.csv"
    path.write_text(text(row(outcome="1", end="6/1/90")), encoding="utf-8")
    monkeypatch.setattr("zopa.calibrate.termination_file.read_terminations", lambda _: FILE)
    for module in (endings_fit, endings_hindcast):
        monkeypatch.setattr(module, "fit", lambda *_, **__: FIT)
    return path


def test_a_class_is_told_and_written(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = tmp_path / "made.yaml"
    scenario.write_text(template_text(), encoding="utf-8")
    done = call(capsys, monkeypatch, "calibrate", "endings", str(file), "--class",
                "interstate", "--over-years", "1", "--no-talks", "--scenario", str(scenario))
    assert done.code == 0 and done.out.startswith("interstate, over one year:")
    assert "2 numbers are written" in done.out
    assert load(scenario).calibrations["endings"].draws == "made.endings.json"


@pytest.mark.parametrize(("options", "said"), [
    (("--class", "civil"), "class must be one of extrasystemic, interstate"),
    (("--over-years", "2"), "over-years must be one of 0, 1, 3, 10"),
    (("--region", "moon"), "region must be one of europe"),
    (("--out", "draws.json"), "Give --scenario too"),
])
def test_what_cannot_be_used_is_one_line(
    file: Path, options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = call(capsys, monkeypatch, "calibrate", "endings", str(file), *options)
    assert done.code == 2 and said in done.err and len(done.err.strip().splitlines()) == 1


def test_the_hindcast_is_a_table_or_json(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = call(capsys, monkeypatch, "hindcast", "--endings", str(file), "--before", "1985-01-01")
    assert done.code == 0 and "base rate" in done.out and "12 months ahead" in done.out
    done = call(capsys, monkeypatch, "hindcast", "--endings", str(file), "--before", "1985-01-01",
                "--json")
    assert done.code == 0 and json.loads(done.out)["before"] == "1985-01-01"


@pytest.mark.parametrize(("arguments", "said"), [
    ((), "series is missing"),
    (("series.csv", "--endings", "ucdp.csv"), "give a series or --endings, not both"),
])
def test_one_thing_is_scored_at_a_time(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = call(capsys, monkeypatch, "hindcast", *arguments)
    assert done.code == 2 and said in done.err
