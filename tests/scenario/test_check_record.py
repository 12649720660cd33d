"""Checks of what was recorded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questions.tiny import BASE, tiny
from zopa.scenario.check import findings

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


@pytest.mark.parametrize(("frontier", "wrong"), [("hull", False), ("packages", True)])
def test_uncertain_ratification_needs_what_can_be_divided(frontier: str, wrong: bool) -> None:
    found = said({"frontier": frontier, "war.floors.south": {
        "utility": 0.4, "spread": 0.1, "why": "A vote."}})
    assert any(severity == "error" and "war.floors.south.spread" in what
               for severity, what in found) is wrong
