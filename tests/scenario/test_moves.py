"""The change of position that the moves amount to, against a simulated war."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scenario.made import made
from zopa.scenario.moves import change_of_position
from zopa.war.regimes import favour_sign, rows, tilted, upward


def test_one_period_by_hand() -> None:
    moved = change_of_position(made(), 1)
    assert moved.mean == pytest.approx(0.0, abs=1e-15)
    assert moved.sd == pytest.approx(0.05 * np.sqrt(0.1))


def test_twelve_periods_against_simulation() -> None:
    """The template's war, walked 200,000 times by the rules as the schema states them."""
    rng = np.random.default_rng(1)
    walks, periods = 200_000, 12
    names = ("north-advances", "static", "south-advances")
    momentum = rows(names, {"north-advances": {"static": 0.2}, "south-advances": {"static": 0.2},
                            "static": {"north-advances": 0.1, "south-advances": 0.1}})
    support = rows(("high", "low"), {"high": {"low": 2 / 62}, "low": {"high": 0.01}})
    for_north = favour_sign(("north", None, "south"), "north")
    theory = rng.integers(0, 2, walks)
    m, level, x = np.full(walks, 1), np.zeros(walks, dtype=int), np.zeros(walks)
    kernel = {(t, s): tilted(tilted(momentum, for_north, 0.4 - 0.8 * t), -for_north,
                             (0.3, 0.0)[s]) for t in (0, 1) for s in (0, 1)}
    chain = {t: tilted(support, upward(2), -0.5 + 1.0 * t) for t in (0, 1)}
    up, down = np.array([0.30, 0.05, 0.05]), np.array([0.05, 0.05, 0.30])
    for _ in range(periods):
        draw = rng.random(walks)
        x += np.where(draw < up[m], 1, np.where(draw < up[m] + down[m], -1, 0))
        next_m, next_level = m.copy(), level.copy()
        for t in (0, 1):
            for s in (0, 1):
                here = (theory == t) & (level == s)
                row = kernel[t, s][m[here]].cumsum(axis=1)
                next_m[here] = (rng.random((here.sum(), 1)) > row[:, :2]).sum(axis=1)
                next_level[here] = rng.random(here.sum()) > chain[t][s, 0]
        m, level = next_m, next_level
    moved = change_of_position(made(), periods)
    error = x.std() / np.sqrt(walks)
    assert abs(x.mean() - moved.mean / 0.05) < 4 * error
    assert x.std() == pytest.approx(moved.sd / 0.05, rel=0.01)


def test_swapping_the_sides_changes_nothing() -> None:
    one, two = (change_of_position(s, 12) for s in (made(), made().swapped()))
    assert (one.mean, one.sd) == (two.mean, two.sd)


def test_a_war_without_theories_or_patrons() -> None:
    scenario = made()
    assert scenario.war is not None
    bare = scenario.model_copy(update={
        "war": scenario.war.model_copy(update={"beliefs": None, "support": {}})})
    moved = change_of_position(bare, 12)
    assert moved.mean == pytest.approx(0.0, abs=1e-15)
    assert moved.sd > change_of_position(bare, 1).sd
