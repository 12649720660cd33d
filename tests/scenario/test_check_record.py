"""Checks of what was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.questions.tiny import BASE, tiny
from zopa.core.errors import InputError
from zopa.scenario.check import findings
from zopa.scenario.load import load
from zopa.scenario.template import template_text

STATE = {"date": "2023-07-01", "position": 0.3}


def said(changes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.severity, f.what) for f in findings(tiny(
        {"war.position.moves.static": {}} | changes))]


def test_positions_outside_the_window_are_named_once() -> None:
    far = [{"date": f"2023-0{month}-01", "position": 0.9} for month in (5, 6, 7)]
    found = said({"history": far})
    assert ("advice", "history.0.position and 2 more states lie outside the window [0.25, 0.75] "
            "and will be put at its ends") in found
    assert sum("outside the window" in what for _, what in found) == 1
    one = said({"history": far[:1], "offers.summer": BASE["offers"]["summer"] | {
        "state": {"date": "2023-07-01", "position": 0.1}}})
    assert [what for _, what in one if "outside the window" in what] == [
        "history.0.position lies outside the window [0.25, 0.75] and will be put at its end",
        "offers.summer.state.position lies outside the window [0.25, 0.75] and will be put at its "
        "end"]


def test_a_date_is_recorded_once() -> None:
    assert ("error", "history.1.date 2023-07-01 is also that of history.0") in said(
        {"history": [STATE, STATE | {"position": 0.4}]})


@pytest.mark.parametrize(("given", "what"), [
    ("position", "history.0.calibrates must be a list, but is 'position'"),
    (["position", "moment"], "history.0.calibrates.1 must be one of 'position', 'momentum', "
     "'support', 'choice', 'survival', 'deal', but is 'moment'")])
def test_what_calibrated_is_a_list_of_what_is_observed(
        given: Any, what: str, tmp_path: Path) -> None:
    path = tmp_path / "war.yaml"
    path.write_text(f"{template_text()}history:\n  - {{date: 2023-07-01, calibrates: {given}}}\n",
                    encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    assert [problem.what for problem in caught.value.problems] == [what]


@pytest.mark.parametrize("text", ["a bell\x07", "\x1b[31mred", "a null\x00"])
def test_a_text_holds_no_control_characters(text: str) -> None:
    found = said({"levers.host": {"title": "Host", "note": text, "changes": [
        {"path": "war.talks.rate", "multiply": 2}]}})
    code = f"U+{ord(min(text)):04X}"
    assert ("error", f"levers.host.note holds the control character {code}") in found
    assert not any("control" in what for _, what in said({"not_modelled": ["two\nlines\tü漢"]}))


@pytest.mark.parametrize(("frontier", "wrong"), [("hull", False), ("packages", True)])
def test_uncertain_ratification_needs_what_can_be_divided(frontier: str, wrong: bool) -> None:
    found = said({"frontier": frontier, "war.floors.south": {
        "utility": 0.4, "spread": 0.1, "why": "A vote."}})
    assert any(severity == "error" and "war.floors.south.spread" in what
               for severity, what in found) is wrong


def test_positions_without_momentum_are_said_to_be_no_evidence() -> None:
    later = {"date": "2023-08-01", "position": 0.4}
    what = ("advice", "history.0.momentum is missing, so that the step to the next position is no "
            "evidence: how likely a step is depends on the momentum")
    assert what in said({"history": [STATE, later]})
    for states in ([STATE | {"momentum": "static"}, later], [STATE], [
            STATE, later | {"calibrates": True}], [STATE, later | {"calibrates": ["position"]}]):
        assert what not in said({"history": states})
