"""The answers of the shipped scenarios have not changed (`make golden` writes them anew)."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.regression.headlines import GOLDEN, headlines, stored

TOLERANCE = 1e-6


def changes(held: Any, now: Any, path: str = "") -> list[str]:
    """Where two answers differ: numbers by more than 1e-6 of their size or 1, the rest at all."""
    if isinstance(held, dict) and isinstance(now, dict):
        found = [f"{path}.{key}: only {'held' if key in held else 'found now'}"
                 for key in sorted(held.keys() ^ now.keys())]
        return found + [change for key in sorted(held.keys() & now.keys())
                        for change in changes(held[key], now[key], f"{path}.{key}")]
    if isinstance(held, list) and isinstance(now, list) and len(held) == len(now):
        return [change for n, (one, other) in enumerate(zip(held, now, strict=True))
                for change in changes(one, other, f"{path}.{n}")]
    if isinstance(held, float | int) and isinstance(now, float | int):
        same = math.isclose(held, now, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        return [] if same else [f"{path}: {held} is held, {now} found now"]
    return [] if held == now else [f"{path}: {held!r} is held, {now!r} found now"]


@pytest.mark.parametrize("name", GOLDEN)
def test_answers_are_those_that_are_held(name: str) -> None:
    found = changes(stored(name), headlines(name))
    assert not found, "\n".join([*found[:40], f"{len(found)} changes; if meant: make golden"])


def test_what_is_held_is_not_empty() -> None:
    held = stored("ukraine-2025")["answers"]
    assert len(held["verdicts"]) >= 20 and len(held["waiting"]) == 2
    assert held["zone"]["predicted"]["package"]
    shifted = {**held, "verdicts": {}}
    assert changes(held, held) == [] and len(changes(held, shifted)) == len(held["verdicts"])
    assert changes({"a": [1.0, None]}, {"a": [1.00001, None]}) != []
