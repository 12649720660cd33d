"""Tiny wars in which one patron, or two, choose whether to support."""

from __future__ import annotations

from typing import Any

MATTERS: dict[str, Any] = {
    "war.hazards.south": {"base": {"range": [0.01, 0.04]}, "position": 1.2,
                          "support": {"west": {"high": 0.5, "low": 1.5}}},
    "war.hazards.north": {"base": 0.02, "position": -0.8},
}
WEST = {"cost": {"high": {"range": [0.002, 0.012]}}, "victory": 1.0,
        "defeat": {"range": [0.0, 0.3]}, "discount": {"range": [0.93, 0.99]}}
EAST: dict[str, Any] = {
    "parties.east": {"name": "East", "roles": ["patron"], "supports": "north"},
    "war.support.east": {
        "levels": {"much": {"title": "Much", "momentum_tilt": 0.5}, "some": {"title": "Some"},
                   "none": {"title": "None", "momentum_tilt": -0.5}}, "present": "some",
        "transitions": {"much": {"some": 0.1}, "some": {"much": 0.2, "none": 0.1},
                        "none": {"some": 0.2}}},
    "war.hazards.north.support": {"east": {"much": 0.6, "none": 1.6}},
}  # fmt: skip
EAST_CHOOSES = {"cost": {"much": {"range": [0.002, 0.03]}, "some": {"range": [0.001, 0.02]}},
                "victory": 0.9, "defeat": 0.0, "discount": 0.96}
ONE: dict[str, Any] = {**MATTERS, "war.support.west.choice": WEST}
TWO = {**ONE, **EAST, "war.support.east.choice": EAST_CHOOSES}
