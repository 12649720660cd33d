"""Checks of `war.resolve`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questions.tiny import tiny
from zopa.scenario.check import findings


def errors(resolve: dict[str, Any]) -> list[str]:
    return [f"{f.what}. {f.mend}" for f in findings(tiny({"war.resolve": resolve}))
            if f.path.startswith("war.resolve") and f.severity == "error"]


@pytest.mark.parametrize(("resolve", "words"), [
    ({"west": {"low": 0.0, "high": 0.1}},
     "war.resolve has the key 'west', which is no belligerent"),
    ({"south": {"low": 0.02, "high": 0.01}},
     "war.resolve.south: low can be 0.02, above high, which can be 0.01. Give ranges"),
    ({"north": {"low": {"range": [-0.01, 0.01]}, "high": {"range": [0.0, 0.03]}}},
     "war.resolve.north: low can be 0.01, above high, which can be 0"),
])
def test_wrong(resolve: dict[str, Any], words: str) -> None:
    found = errors(resolve)
    assert len(found) == 1 and words in found[0]


def test_right() -> None:
    assert errors({"north": {"low": 0.01, "high": 0.01},
                   "south": {"low": {"range": [-0.02, 0.0]}, "high": {"range": [0.0, 0.03]}}}) == []
