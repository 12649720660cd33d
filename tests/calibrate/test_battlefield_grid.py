"""A fit in whole cells: means kept, variances where cells allow, paths of the scenario."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.calibrate.made import TRUE, TWO
from zopa.calibrate.battlefield import Parameters, neighbours
from zopa.calibrate.battlefield_grid import to_grid
from zopa.calibrate.battlefield_model import from_prior, parameters
from zopa.calibrate.posterior import Fitted, kept
from zopa.calibrate.priors import USUAL
from zopa.calibrate.scenario_levels import from_levels, from_scenario
from zopa.calibrate.write_block import block
from zopa.core.errors import ArgumentError
from zopa.scenario.load import load
from zopa.scenario.source import read

TEMPLATE = Path(__file__).parents[2] / "src" / "zopa" / "scenario" / "template.yaml"
CALM = TRUE._replace(jump=np.full((1, 2), 1e-9))


def moments(weights: np.ndarray, offsets: tuple[int, ...]) -> tuple[float, float]:
    places = np.array(offsets)
    mean = float(weights[0] @ places)
    return mean, float(weights[0] @ places**2) - mean**2


def test_mean_and_variance_where_cells_are_narrow() -> None:
    offsets = (tuple(k for k in range(-6, 7) if k),) * 2
    grid = to_grid(TWO, CALM, 100.0, 50.0, offsets)
    for level in (0, 1):
        mean, variance = moments(grid.moves[level], grid.offsets[level])
        assert mean == pytest.approx(TRUE.drift[0, level] * 2, abs=0.01)
        assert variance == pytest.approx((TRUE.noise[0, level] * 2) ** 2, rel=0.01)


def test_the_mean_is_kept_where_cells_are_wide() -> None:
    grid = to_grid(TWO, CALM, 100.0, 400.0, ((-1, 1), (1,)))
    for level in (0, 1):
        mean, _ = moments(grid.moves[level], grid.offsets[level])
        assert mean == pytest.approx(TRUE.drift[0, level] / 4, abs=1e-4)
        assert (grid.moves[level] >= 0).all() and grid.moves[level].sum() <= 1 + 1e-9


def test_change_of_the_grid_is_that_of_its_paths() -> None:
    grid = to_grid(TWO, CALM, 100.0, 50.0, (tuple(k for k in range(-6, 7) if k),) * 2)
    start = np.array([[0.0, 1.0]])
    mean, sd = grid.change(start, 1)
    expected = 0.08 * -50 + 0.92 * 150
    assert mean == pytest.approx(expected, rel=0.001)
    spread = 0.08 * (50**2 + 50**2) + 0.92 * (60**2 + 150**2) - expected**2
    assert sd == pytest.approx(spread**0.5, rel=0.01)
    assert grid.change(start, 12)[0] < 12 * mean


def test_many_draws_at_once_are_probabilities() -> None:
    three = neighbours(("a", "b", "c"))
    p = parameters(three, from_prior(three, USUAL, 300, np.random.default_rng(0)))
    grid = to_grid(three, p, 300.0, 440.0, ((-3, -2, -1), (-1, 1), (1, 2)))
    for weights in grid.moves:
        assert np.isfinite(weights).all()
        assert (weights >= 0).all() and (weights.sum(axis=1) <= 1 + 1e-9).all()
    paths, draws = grid.columns()
    assert draws.shape == (300, len(paths)) == (300, 4 + 7)
    assert "war.momentum.transitions.b.c" in paths
    assert "war.position.moves.a.-3" in paths


def test_what_a_scenario_asks_and_what_is_written_into_it() -> None:
    asked = from_scenario(load(str(TEMPLATE)))
    assert asked.structure.levels == ("south-advances", "static", "north-advances")
    assert asked.structure.targets == ((1,), (0, 2), (1,))
    assert (asked.structure.anchor, asked.offsets[0], asked.cell) == (1, (-1, 1), 0.05)
    p = parameters(asked.structure,
                   from_prior(asked.structure, USUAL, 64, np.random.default_rng(0)))
    paths, draws = to_grid(asked.structure, p, 0.02, 0.05, asked.offsets).columns()
    source = Fitted((("made-up.csv", "ab" * 32),), asked.date, asked.date, "0", 0, "a model",
                    "Nobody (2024)", "CC0")
    made = block(read(str(TEMPLATE)).text, "t.yaml",
                 kept("battlefield", "battlefield", paths, draws, source))
    assert made.text.count("posterior: \"battlefield\"") == len(paths) == 10


def test_what_a_fit_cannot_be_written_into() -> None:
    scenario = load(str(TEMPLATE))
    assert scenario.war is not None
    with pytest.raises(ArgumentError, match="has no war"):
        from_scenario(scenario.model_copy(update={"war": None}))
    bare = scenario.war.position.model_copy(update={"moves": {}})
    war = scenario.war.model_copy(update={"position": bare})
    with pytest.raises(ArgumentError, match="moves.south-advances is empty"):
        from_scenario(scenario.model_copy(update={"war": war}))


def test_levels_without_a_scenario() -> None:
    asked = from_levels(("a", "b"))
    assert (asked.offsets, asked.width(288.3)) == (((-1, 1), (-1, 1)), 430.0)
    assert isinstance(TRUE, Parameters)
