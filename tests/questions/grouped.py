"""The tiny war with groups inside its parties, all of whose numbers differ between draws."""

from __future__ import annotations

from typing import Any

GROUPS: dict[str, Any] = {
    "parties.north.groups": {
        "council": {"title": "The council", "veto": True, "cost": {"range": [0.2, 3.0]},
                    "weights": {"border": {"range": [0.1, 0.5]}, "harbour": 0.7}},
        "guild": {"title": "The guild", "weights": {"border": 0.2, "harbour": 0.8}}},
    "parties.south.groups": {
        "public": {"title": "The public", "veto": True,
                   "weights": {"border": {"range": [0.6, 0.9]}, "harbour": 0.25},
                   "accepts": {"range": [0.2, 0.7]}}},
    "parties.west.groups": {
        "president": {"title": "The president", "veto": True, "accepts": {"range": [0.2, 0.5]},
                      "weights": {"border": 0.5, "harbour": 0.5},
                      "values": {"border": {"old": 0.3, "freeze": {"range": [0.7, 1.0]}}}},
        "ministry": {"title": "The ministry", "accepts": 0.5, "weights": {"border": 1.0}}},
    "war.hazards.north.base": 0.03,
    "war.floors.south": {"utility": {"range": [0.0, 0.45]}, "why": "A vote."},
}
