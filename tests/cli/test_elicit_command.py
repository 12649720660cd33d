"""The interview: asked to the end, stopped and gone on with, unclear answers, don't know."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typer

from zopa.cli.elicit import command
from zopa.core.errors import ZopaError
from zopa.exchange import elicited
from zopa.scenario.document import compose

DOMAIN = ["The river", "border, water", "today, old line", "half, third, none", "north, south",
          "Anna"]
NORTH = ["yes", "water > border", "40-60", "2 > 1", "half > third > none", "?", "30-45"]
SOUTH = ["yes", "1 = 2", "?", "none = third > half", "40"]


def say(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))


def asked(out: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str],
          source: Path | None = None, expert: list[str] | None = None) -> None:
    say(monkeypatch, answers)
    command(out, source, expert)


def test_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                    capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "prefs.yaml"
    asked(out, monkeypatch, [*DOMAIN, *NORTH, *SOUTH])
    assert "Everything is answered" in capsys.readouterr().out
    assert compose(out.read_text(), "prefs").data == {
        "zopa_preferences": 1, "title": "The river",
        "issues": {"border": ["today", "old line"], "water": ["half", "third", "none"]},
        "parties": ["north", "south"],
        "experts": {"Anna": {
            "north": {"issues": {"order": ["water", "border"],
                                 "points": {"water": 100, "border": [40, 60]}},
                      "options": {"border": {"order": ["old line", "today"]},
                                  "water": {"order": ["half", "third", "none"],
                                            "points": {"third": "unknown"}}},
                      "reservation": [30, 45]},
            "south": {"issues": {"order": [["border", "water"]], "points": {"border": 100}},
                      "options": {"border": "unknown",
                                  "water": {"order": [["none", "third"], "half"]}},
                      "reservation": 40}}}}
    read = elicited.read(out)
    assert read.uncertain is not None and read.uncertain.experts == ("Anna",)


def test_stopped_anywhere_it_goes_on_to_the_same_file(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str]) -> None:
    answers = [*DOMAIN, *NORTH, *SOUTH]
    whole = tmp_path / "whole.yaml"
    asked(whole, monkeypatch, answers)
    for stop in range(len(answers)):
        out = tmp_path / f"part{stop}.yaml"
        asked(out, monkeypatch, answers[:stop])
        assert "What was answered is in" in capsys.readouterr().out
        asked(out, monkeypatch, answers[stop:])
        assert out.read_bytes() == whole.read_bytes()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_unclear_answers_are_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "prefs.yaml"
    asked(out, monkeypatch, [
        "?", "?", "a, a", "a > b, c", "border, water", "today", "today, old", "half, none", "north",
        "Anna", "maybe", "yes", "watr > border", "water > water", "water > border", "much",
        "60-40", "120", "", "40", "border", "1 > 2", "?", "?"])
    told = capsys.readouterr().out
    for line in ("At least one name", "'a' is there twice", "'a > b' cannot be a name",
                 "At least two names", "Answer yes, or ?", "There is no 'watr'",
                 "'water' is there twice", "Give a number, a range", "the lower end first",
                 "There is no 'border'"):
        assert line in told, line
    data = compose(out.read_text(), "prefs").data
    assert data["title"] == "" and data["experts"]["Anna"]["north"]["reservation"] == "unknown"
    assert data["experts"]["Anna"]["north"]["issues"]["points"] == {"water": 100, "border": 40}
    assert "Everything is answered" in told


def test_points_do_not_rise_down_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                           capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "prefs.yaml"
    asked(out, monkeypatch, ["t", "a, b, c", "x, y", "x, y", "x, y", "north", "Anna", "yes",
                             "a > b > c", "40", "50", "30-50"])
    assert "What ranks above it has 40 at most" in capsys.readouterr().out
    known = compose(out.read_text(), "prefs").data["experts"]["Anna"]["north"]["issues"]
    assert known["points"] == {"a": 100, "b": 40, "c": [30, 50]}
    assert elicited.read(out).uncertain is not None


def test_another_expert_is_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "prefs.yaml"
    asked(out, monkeypatch, [*DOMAIN, *NORTH, "?"])
    before = compose(out.read_text(), "prefs").data["experts"]["Anna"]
    asked(out, monkeypatch, ["?", "yes", "?", "?", "?", "?"], expert=["Ben"])
    experts = compose(out.read_text(), "prefs").data["experts"]
    assert experts["Anna"] == before and before["south"] == "unknown"
    assert experts["Ben"] == {"north": "unknown", "south": {
        "issues": "unknown", "options": {"border": "unknown", "water": "unknown"},
        "reservation": "unknown"}}
    assert elicited.read(out).uncertain is not None


def test_issues_from_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, out = tmp_path / "other.yaml", tmp_path / "prefs.yaml"
    asked(other, monkeypatch, [*DOMAIN, *NORTH, *SOUTH])
    table = tmp_path / "table.csv"
    table.write_text("issue,option,north,south\nborder,today,1,2\nborder,old,3,1\n")
    asked(out, monkeypatch, ["Anna"], source=table)
    data = compose(out.read_text(), "prefs").data
    assert data["issues"] == {"border": ["today", "old"]}
    assert data["parties"] == ["north", "south"]


def test_other_files_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "notes.yaml"
    out.write_text("shopping: [bread]\n")
    with pytest.raises(ZopaError, match="not a file of elicited preferences"):
        asked(out, monkeypatch, ["x"])
    assert out.read_text() == "shopping: [bread]\n"
    with pytest.raises(ZopaError, match="cannot be written"):
        asked(tmp_path / "nowhere" / "prefs.yaml", monkeypatch, ["x"])


def test_an_interrupt_keeps_what_was_answered(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "prefs.yaml"
    said = iter(["The river"])

    def typed(_: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", typed)
    with pytest.raises(typer.Exit) as stopped:
        command(out)
    assert stopped.value.exit_code == 130
    assert compose(out.read_text(), "prefs").data == {"zopa_preferences": 1, "title": "The river"}
    assert out.stat().st_mode & 0o077 == 0


def test_numbers_may_be_names_and_then_stand_for_themselves(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "prefs.yaml"
    asked(out, monkeypatch, ["t", "quota, 2", "2, 1, 50", "on, off", "north", "Anna", "yes",
                             "2 > quota", "40", "50 > 1 > 2", "?", "2 > 1", "?"])
    known = compose(out.read_text(), "prefs").data["experts"]["Anna"]["north"]
    assert known["issues"]["order"] == ["2", "quota"]
    assert known["options"]["quota"]["order"] == ["50", "1", "2"]
    assert known["options"]["2"]["order"] == ["off", "on"]
    assert elicited.read(out).domain.issues == ("quota", "2")
