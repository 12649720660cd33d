"""`zopa calibrate` and `zopa hindcast` on series: options, faults, what is printed and written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.calling import call
from zopa.calibrate import needs
from zopa.core.posterior import Posterior
from zopa.scenario.load import load

TEMPLATE = Path(__file__).parents[2] / "src" / "zopa" / "scenario" / "template.yaml"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A year and a half of a position, by month."""
    path = tmp_path / "front.csv"
    rows = [f"{2020 + i // 12}-{i % 12 + 1:02d},{0.4 + 0.01 * (i * i % 7 - 3)},share"
            for i in range(18)]
    path.write_text("\n".join(["date,value,unit", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("arguments", "said"), [
    (("--levels", "one"), "levels must be at least two different names"),
    (("--since", "soon"), "--since must be a date such as 2024-05-31, but is 'soon'."),
    (("--where", "country"), "--where must be COLUMN=VALUE"),
    (("--memory", "--out", "x.json"), "--memory fits what a scenario has no place for"),
    (("--scenario", str(TEMPLATE), "--levels", "a,b"), "--levels and --cell are the scenario's"),
    (("--column", "area"), "it has no column area"),
    (("--until", "2020-06-30"), "a fit needs at least 12 monthly changes, but the series has 5"),
])
def test_faults_of_a_battlefield_are_lines(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, series: Path,
        arguments: tuple[str, ...], said: str) -> None:
    done = call(capsys, monkeypatch, "calibrate", "battlefield", str(series), *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_without_the_extra_one_line_says_how_to_install_it(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, series: Path) -> None:
    monkeypatch.setitem(sys.modules, "numpyro", None)
    for words in (("calibrate", "battlefield"), ("hindcast",)):
        done = call(capsys, monkeypatch, *words, str(series))
        assert (done.code, done.err) == (2, f"{needs.INSTALL}\n")


@pytest.mark.parametrize(("arguments", "said"), [
    (("--horizons", "0,3"), "--horizons must be months from 1 to 60 such as 1,3,6,12"),
    (("--until", "2020-08-31"), "no month can be forecast from"),
])
def test_faults_of_a_hindcast_are_lines(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, series: Path,
        arguments: tuple[str, ...], said: str) -> None:
    done = call(capsys, monkeypatch, "hindcast", str(series), *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_support_is_written_into_a_scenario(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path) -> None:
    scenario, aid = tmp_path / "mine.yaml", tmp_path / "aid.csv"
    scenario.write_bytes(TEMPLATE.read_bytes())
    rows = [f"2022-{i + 1:02d},{2.0 if i < 7 else 0.5},EUR bn per month,Office (CC0)"
            for i in range(12)]
    aid.write_text("\n".join(["date,value,unit,source", *rows]) + "\n", encoding="utf-8")
    options = ("--scenario", str(scenario), "--patron", "west", "--thresholds", "1.0")
    said = call(capsys, monkeypatch, "calibrate", "support", str(aid), *options, "--dry-run")
    assert said.code == 0
    assert "high: 7 months; 1 to low" in said.out
    assert scenario.read_bytes() == TEMPLATE.read_bytes()
    out = tmp_path / "draws.json"
    done = call(capsys, monkeypatch, "calibrate", "support", str(aid), *options, "--out", str(out))
    assert (done.code, done.err) == (0, "")
    assert "2 numbers are written" in done.out
    assert Posterior.from_json(out.read_text(encoding="utf-8")).source.licence == "CC0"
    war = load(str(scenario)).war
    assert war is not None
    assert "posterior" in json.dumps(
        war.support["west"].model_dump(mode="json")["transitions"]["high"]["low"])


@pytest.mark.parametrize(("options", "said"), [
    (("--patron", "east", "--thresholds", "1"), "war.support has no 'east'. It has: west."),
    (("--patron", "west", "--thresholds", "much"), "--thresholds must be numbers such as 2,0.1"),
    (("--patron", "west", "--thresholds", "2,1"), "--thresholds must be 1 falling numbers"),
])
def test_faults_of_support_are_lines(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, series: Path,
        options: tuple[str, ...], said: str) -> None:
    done = call(capsys, monkeypatch, "calibrate", "support", str(series), "--scenario",
                str(TEMPLATE), *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_losses_need_months_of_both(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
        series: Path) -> None:
    done = call(capsys, monkeypatch, "calibrate", "losses", str(series), "--position",
                str(series), "--until", "2020-06-30")
    assert (done.code, done.out) == (2, "")
    assert "at least 12 monthly changes" in done.err
