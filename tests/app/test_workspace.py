"""The open scenario: one engine a state, stopped with it, and nothing done while the file stays."""

from __future__ import annotations

from pathlib import Path

from tests.app.fake_engine import FakeEngine
from tests.report import sample_answers
from zopa.app.workspace import Faulty, Opened, Workspace


def opened(path: Path) -> tuple[Workspace, list[FakeEngine]]:
    engines: list[FakeEngine] = []

    def make(scenario: object) -> FakeEngine:
        engines.append(FakeEngine(scenario))
        return engines[-1]

    return Workspace(str(path), make), engines


def test_a_file_that_stays_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(sample_answers.template_text(), encoding="utf-8")
    workspace, engines = opened(path)
    assert isinstance(workspace.state, Opened) and not workspace.look() and len(engines) == 1
    assert workspace.title == "North and South"


def test_a_file_that_goes_or_breaks_is_said_and_one_that_comes_back_is_opened(
        tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(sample_answers.template_text(), encoding="utf-8")
    workspace, engines = opened(path)
    path.unlink()
    assert workspace.look() and isinstance(workspace.state, Faulty) and engines[0].stopped
    assert "there is no such file" in workspace.state.lines[0]
    path.write_text("zopa: [", encoding="utf-8")
    assert workspace.look() and isinstance(workspace.state, Faulty)
    path.write_text(sample_answers.template_text(), encoding="utf-8")
    assert workspace.look() and isinstance(workspace.state, Opened) and len(engines) == 2
    assert workspace.title == "North and South"


def test_a_shipped_example_is_opened_by_name() -> None:
    engines: list[FakeEngine] = []
    workspace = Workspace("korea-1951", lambda s: engines.append(FakeEngine(s)) or engines[-1])
    assert isinstance(workspace.state, Opened) and not workspace.look()


def test_tabs_are_told_and_may_leave_while_they_are(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(sample_answers.template_text(), encoding="utf-8")
    workspace, _ = opened(path)
    told: list[int] = []

    def leaving() -> None:
        told.append(1)
        workspace.listeners.discard(leaving)

    workspace.listeners.add(leaving)
    workspace.tell()
    workspace.tell()
    assert told == [1]
