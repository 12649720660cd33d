"""`zopa run`, `ask`, `cite` and `figure`: what they print, what they write, how they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import Called, call
from tests.questions.tiny import claim, tiny
from zopa.cli.progress import Lines, metered
from zopa.report.write import FILES

Call = Callable[..., Called]
CLAIMS = {"war.position.moves.static": {1: 0.0},
          "war.hazards.north.base": {"range": [0.001, 0.008]},
          "claims.calm": claim("only_settlement"),
          "claims.stuck": claim("victory_unlikely", party="south")}


@pytest.fixture
def zopa(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return lambda *arguments: call(capsys, monkeypatch, *map(str, arguments))


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenarios") / "tiny.yaml"
    path.write_text(tiny(CLAIMS).model_dump_json(exclude_none=True), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def written(scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import zopa

    return zopa.run(zopa.load(scenario), draws=8).write(tmp_path_factory.mktemp("runs") / "tiny")


def one_line(called: Called) -> bool:
    return (called.code == 2 and called.err.count("\n") == 1 and "Traceback" not in called.err
            and called.out == "")


def test_run_writes_five_files_and_says_the_answers(
        zopa: Call, scenario: Path, tmp_path: Path) -> None:
    called = zopa("run", scenario, "--draws", 8, "--out", tmp_path / "out", "--quiet")
    assert called.code == 0 and called.err == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    assert called.out.startswith("Is there a zone of possible agreement?")
    assert called.out.rstrip().endswith("report.html: open it in a browser.")
    stored = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert stored["command"].startswith("zopa run ") and stored["draws"] == 8


def test_a_claim_can_be_believed(zopa: Call, scenario: Path, tmp_path: Path) -> None:
    called = zopa("run", scenario, "--draws", 128, "--believe", "stuck=true", "--quiet",
                  "--out", tmp_path / "out")
    assert called.code == 0, called.err
    answers = json.loads((tmp_path / "out" / "answers.json").read_text(encoding="utf-8"))
    assert answers["verdicts"]["stuck"]["assumed"] is True
    assert answers["verdicts"]["stuck"]["probability"] == 1.0
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "was assumed to be true." in report and "Assumed to be true for this run" in report
    assert "believing stuck=true" in zopa("cite", tmp_path / "out").out


def test_run_tells_how_far_it_is_on_standard_error(
        zopa: Call, scenario: Path, tmp_path: Path) -> None:
    called = zopa("run", scenario, "--draws", 8, "--out", tmp_path / "out")
    assert called.code == 0
    for said in ("Solving the draws: 8 done", "Comparing levers", "Writing the report"):
        assert said in called.err and said not in called.out


def test_run_refuses_what_it_cannot_do_before_solving(
        zopa: Call, scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    refused = zopa("run", scenario, "--out", tmp_path)
    assert one_line(refused) and "holds files of something else (mine.txt)" in refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    for arguments, said in [
            (("--draws", 100), "must be a power of two"),
            (("--seed", -1), "seed must be a whole number from 0"),
            (("--heavy", 0), "heavy must be at least 1, but is 0"),
            (("--heavy", -1), "heavy must be at least 1"),
            (("--believe", "calm"), "CLAIM=true or CLAIM=false"),
            (("--believe", "clam=true"), "Did you mean 'calm'")]:
        refused = zopa("run", scenario, "--out", tmp_path / "out", *arguments)
        assert one_line(refused) and said in refused.err
        assert not (tmp_path / "out").exists()
    assert one_line(zopa("run", tmp_path / "nothing.yaml"))


def test_ask_answers_on_the_terminal(zopa: Call, scenario: Path) -> None:
    called = zopa("ask", scenario, "verdicts", "--draws", 8, "--quiet")
    assert called.code == 0, called.err
    text = " ".join(called.out.split())
    for part in ("In this model, under these inputs.", "Something holds.", "The other side"):
        assert part in text
    called = zopa("ask", "camp-david-1978", "zone", "--draws", 8, "--quiet")
    assert called.code == 0 and "Nash" in called.out


def test_ask_gives_the_answer_of_the_whole_run(
        zopa: Call, scenario: Path, written: Path) -> None:
    whole = json.loads((written / "answers.json").read_text(encoding="utf-8"))
    for question in ("outlook", "verdicts"):
        called = zopa("ask", scenario, question, "--draws", 8, "--json", "--quiet")
        assert json.loads(called.out) == whole[question]


def test_ask_refuses_what_is_no_question(zopa: Call, scenario: Path) -> None:
    refused = zopa("ask", scenario, "zones")
    assert one_line(refused) and "hindsight, verdicts, hinges." in refused.err
    refused = zopa("ask", "camp-david-1978", "outlook", "--draws", 8)
    assert one_line(refused) and "no war block" in refused.err


def test_cite_says_what_makes_the_run_again(zopa: Call, written: Path) -> None:
    stored = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    plain, bibtex = zopa("cite", written), zopa("cite", written, "--bibtex")
    for called in (plain, bibtex):
        assert called.code == 0
        assert stored["scenario"]["sha256"] in called.out and "8 draws" in called.out
    assert bibtex.out.startswith("@misc{")


def test_figure_draws_and_gives_its_data(zopa: Call, written: Path, tmp_path: Path) -> None:
    called = zopa("figure", written, "zone", "--out", tmp_path / "z.svg")
    assert called.code == 0 and "<svg" in (tmp_path / "z.svg").read_text(encoding="utf-8")
    called = zopa("figure", written, "outlook", "--format", "png", "--out", tmp_path / "o.png")
    assert called.code == 0 and (tmp_path / "o.png").read_bytes().startswith(b"\x89PNG")
    called = zopa("figure", written, "costs", "--data", "--out", tmp_path / "c.csv")
    assert called.code == 0
    assert (tmp_path / "c.csv").read_text(encoding="utf-8").startswith("side,month,value,low,high")


def test_figure_and_cite_refuse_in_one_line(zopa: Call, written: Path, tmp_path: Path) -> None:
    refused = zopa("figure", written, "zones")
    assert one_line(refused) and "It has: outlook, position" in refused.err
    assert one_line(zopa("figure", written, "zone", "--out", tmp_path / "no" / "z.svg"))
    for command in (("cite", tmp_path), ("cite", tmp_path / "nothing"),
                    ("figure", tmp_path, "zone")):
        assert one_line(zopa(*command))


def test_plain_lines_tell_the_time_left(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.cli.progress.time.monotonic", iter([0.0, 0.0, 1.0, 20.0, 21.0, 22.0,
                                                                  23.0]).__next__)
    meter = Lines()
    for done in (0, 32, 64, 128):
        meter.draws(done, 128)
    meter.work("Testing", 0, 0)
    meter.work("Testing", 0, 2)
    assert capsys.readouterr().err.splitlines() == [
        "Solving the draws: 64 of 128, about 20 s left", "Solving the draws: 128 done", "Testing"]


def test_a_terminal_gets_a_bar(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    with metered(quiet=False) as meter:
        meter.draws(32, 64)
        meter.draws(64, 64)
        meter.stage("Writing the report")
    shown = capsys.readouterr()
    assert "Solving the draws" in shown.err and "64/64" in shown.err and shown.out == ""
