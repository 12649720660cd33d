"""A tiny war that solves in no time: 5 cells, 3 momentum levels, one patron, 2 theories, 2 issues.

`tiny({path: value, ...})` is that scenario with some parts set, by their paths in the file:

    tiny({"war.hazards.north.base": 0.2, "claims.c": claim("only_settlement")})
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from zopa.draws.sobol import sample
from zopa.questions.study import Study
from zopa.scenario.schema import Scenario

JUDGED = {"judgement": "Made up for a test."}

BASE: dict[str, Any] = {
    "zopa": 1,
    "title": "A tiny war",
    "summary": "Made up.",
    "date": "2024-01-01",
    "period": "month",
    "parties": {
        "north": {"name": "North", "roles": ["belligerent"], "discount": 0.97},
        "south": {"name": "South", "roles": ["belligerent"], "discount": 0.97},
        "west": {"name": "West", "roles": ["patron"], "supports": "south"},
    },
    "sources": {"survey": {"title": "A survey", "author": "Somebody", "year": 2023}},
    "issues": {
        "border": {
            "title": "Border",
            "weights": {"north": 0.6, "south": 0.5},
            "options": {
                "old": {"title": "Old line", "values": {"north": 0.0, "south": 1.0}},
                "freeze": {
                    "title": "Line of contact",
                    "values": {"north": 0.6, "south": 0.5},
                    "on_position": {"north": 0.2, "south": -0.2},
                },
                "far": {"title": "Far line", "values": {"north": 1.0, "south": 0.0}},
            },
        },
        "harbour": {
            "title": "Harbour",
            "weights": {"north": 0.4, "south": 0.5},
            "options": {
                "northern": {"title": "North runs it", "values": {"north": 1.0, "south": 0.0}},
                "shared": {"title": "Shared", "values": {"north": 0.6, "south": 0.7}},
                "southern": {"title": "South runs it", "values": {"north": 0.0, "south": 1.0}},
            },
        },
    },
    "war": {
        "position": {
            "title": "Share of the province held by North", "unit": "share", "favours": "north",
            "cells": 5, "cell": 0.1, "present": 0.5, "present_cell": 2,
            "moves": {"north-advances": {1: 0.3}, "south-advances": {-1: 0.3}},
        },
        "momentum": {
            "levels": {
                "north-advances": {"favours": "north", "title": "North advances"},
                "static": {"title": "Static"},
                "south-advances": {"favours": "south", "title": "South advances"},
            },
            "present": "static",
            "transitions": {
                "north-advances": {"static": 0.2},
                "static": {"north-advances": 0.1, "south-advances": 0.1},
                "south-advances": {"static": 0.2},
            },
        },
        "support": {
            "west": {
                "levels": {
                    "high": {"title": "High", "momentum_tilt": 0.3}, "low": {"title": "Low"},
                },
                "present": "high",
                "transitions": {"high": {"low": 0.05}, "low": {"high": 0.05}},
            },
        },
        "costs": {"north": {"base": {"range": [0.002, 0.02]}},
                  "south": {"base": {"range": [0.002, 0.02]}}},
        "hazards": {"north": {"base": 0.01}, "south": {"base": 0.01}},
        "terminal": {"north": {"victory": 0.9, "defeat": 0.05},
                     "south": {"victory": 0.9, "defeat": 0.05}},
        "beliefs": {
            "theories": {
                "north-outlasts": {"title": "North outlasts", "favours": "north",
                                   "momentum_tilt": 0.4, "support_tilt": {"west": -0.5}},
                "south-outlasts": {"title": "South outlasts", "favours": "south",
                                   "momentum_tilt": 0.4, "support_tilt": {"west": 0.5}},
            },
            "prior": {"north": 0.6, "south": 0.4, "analyst": 0.5},
            "grid_points": 3,
        },
        "talks": {"rate": 0.3},
        "horizon": 12, "outlook": 24, "window": 6,
    },
    "history": [
        {"date": "2023-07-01", "position": 0.3, "support": {"west": "high"}},
        {"date": "2023-09-01", "position": 0.4},
        {"date": "2023-11-01", "position": 0.45, "support": {"west": "low"}},
    ],
    "levers": {
        "more-support": {"title": "More support",
                         "changes": [{"path": "war.hazards.south.base", "multiply": 0.5}]},
    },
    "offers": {
        "summer": {
            "title": "The summer offer", "date": "2023-07-01",
            "package": {"border": "freeze", "harbour": "shared"},
            "state": {"date": "2023-07-01", "position": 0.4},
            "prior": {"north": 0.5}, "source": JUDGED,
        },
    },
}  # fmt: skip

PEACE: dict[str, Any] = {
    "war": None, "history": [], "levers": {}, "offers": {},
    "parties": {"north": {"name": "North", "roles": ["party"]},
                "south": {"name": "South", "roles": ["party"]}},
    "disagreement": {"north": {"range": [0.3, 0.7]}, "south": {"range": [0.3, 0.7]}},
}  # fmt: skip
"""Changes that leave an agreement space without a war."""


def tiny(changes: dict[str, Any] | None = None) -> Scenario:
    """The scenario with the given parts set; None removes a part.

    Args:
        changes: dotted path -> what stands there.
    """
    data = deepcopy(BASE)
    for path, value in (changes or {}).items():
        *above, last = path.split(".")
        part = data
        for name in above:
            part = part.setdefault(name, {})
        if value is None:
            part.pop(last, None)
        else:
            part[last] = deepcopy(value)
    return Scenario.model_validate(data)


def claim(test: str, **args: Any) -> dict[str, Any]:
    """A claim with one test."""
    return {"says": "Something holds.", "chain": [{"who": "Somebody", "standing": "published"}],
            "how": "direct", "kind": "testable", "source": JUDGED,
            "tests": [{"test": test, "args": args}]}  # fmt: skip


def tiny_study(changes: dict[str, Any] | None = None, draws: int = 64, seed: int = 0) -> Study:
    """A study of the tiny scenario."""
    scenario = tiny(changes)
    return Study(scenario, sample(scenario, draws, seed))
