"""Groups inside a party: each fault names the group, its place and the mend."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questions.grouped import GROUPS
from tests.questions.tiny import tiny
from zopa.scenario.check import findings
from zopa.scenario.ratification import ratified, vetoes

COUNCIL: dict[str, Any] = {"title": "The council", "veto": True,
                           "weights": {"border": 0.5, "harbour": 0.5}}
PLACES = {"north": "parties.north.groups.council", "west": "parties.west.groups.council"}

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("north", {"weights": {"border": 0.5, "harbour": 0.4}},
     "parties.north.groups.council over the issues sum to 0.9, not 1"),
    ("north", {"weights": {"border": 0.5}}, "sum to 0.5, not 1"),
    ("north", {"weights": {}}, "sum to 0, not 1"),
    ("north", {"weights": {"border": 0.5, "harbor": 0.5}},
     "has the key 'harbor', which is no issue"),
    ("north", {"weights": {"border": 1.5, "harbour": -0.5}}, "must be between 0 and 1"),
    ("north", {"values": {"harbor": {"shared": 0.5}}}, "has the key 'harbor', which is no issue"),
    ("north", {"values": {"harbour": {"shred": 0.5}}}, "has the key 'shred', which is no option"),
    ("north", {"values": {"harbour": {"shared": 1.5}}},
     "must be between 0 and 1 (value of an option to a group), but is 1.5"),
    ("north", {"cost": -1.0}, "groups.council.cost must be >= 0"),
    ("west", {}, "parties.west.groups.council has a veto but lacks the key 'accepts'"),
]


MOVES: dict[str, Any] = {"war.position.moves.static": {}}
"""With this the tiny war has no fault."""


def faults(party: str, changes: dict[str, Any], severity: str = "error",
           more: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    scenario = tiny(MOVES | {f"parties.{party}.groups": {"council": COUNCIL | changes}}
                    | (more or {}))
    return [(f.path, f.what) for f in findings(scenario) if f.severity == severity]


@pytest.mark.parametrize(("party", "changes", "words"), WRONG)
def test_a_fault_is_named(party: str, changes: dict[str, Any], words: str) -> None:
    found = faults(party, changes)
    assert [(path, what) for path, what in found
            if words in what and path.startswith(PLACES[party])], found


def test_a_group_without_fault() -> None:
    assert faults("north", {}) == []
    assert faults("north", {"cost": 2.0, "accepts": 0.4}) == []
    assert faults("west", {"accepts": 0.4}) == []
    assert faults("west", {"veto": False}) == []
    assert [f.what for f in findings(tiny(GROUPS | MOVES)) if f.severity == "error"] == []


def test_a_third_party_that_supports_nobody_decides_for_nobody() -> None:
    east = {"name": "East", "roles": ["host"]}
    found = faults("west", {"accepts": 0.4}, more={"parties.east": east | {
        "groups": {"council": COUNCIL | {"accepts": 0.3}}}})
    assert found == [("parties.east.groups",
                      "parties.east has groups but supports nobody, so for whom they decide is "
                      "open")]


def test_what_no_package_can_give_is_doubtful() -> None:
    words = "is 1.2, more than any package gives, so nothing could be ratified"
    assert [what for _, what in faults("north", {"accepts": 1.2}, "warning") if words in what]
    assert not [what for _, what in faults("north", {"accepts": 0.9}, "warning") if words in what]


def test_names_of_groups_can_stand_in_a_path() -> None:
    scenario = tiny({"parties.north.groups": {"the council": COUNCIL}})
    assert [f.what for f in findings(scenario)
            if f.what == "parties.north.groups has the name 'the council'"]


def test_what_has_to_be_ratified() -> None:
    veto, none = ({"parties.north.groups": {"council": COUNCIL | {"veto": v}}}
                  for v in (True, False))
    assert vetoes(tiny(veto)) and ratified(tiny(veto))
    assert not vetoes(tiny(none)) and not ratified(tiny(none))
    assert ratified(tiny({"war.floors.south": {"utility": 0.4, "why": "A vote."}}))
    assert not ratified(tiny())
