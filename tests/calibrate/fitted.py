"""A made-up posterior of some numbers of the shipped template, and a file that holds them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from zopa.calibrate.posterior import Fitted, Posterior, kept
from zopa.calibrate.write_block import write
from zopa.scenario.template import template_text

SOURCE = Fitted((("made-up.csv", "ab" * 32),), date(2001, 1, 1), date(2019, 5, 31), "0.1.0", 7,
                "A made-up model of endings", "Nobody (2020): A made-up file", "CC0", 12)
NORTH, SOUTH, TALKS = "war.hazards.north.base", "war.hazards.south.base", "war.talks.rate"
COLUMNS = (NORTH, SOUTH, TALKS)


def posterior(rows: int = 64, seed: int = 0, columns: tuple[str, ...] = COLUMNS) -> Posterior:
    """Hazards that move together, and the rate of talks that moves against them."""
    random = np.random.default_rng(seed)
    common = random.normal(size=rows)
    draws = np.column_stack([0.002 * np.exp(0.3 * common + 0.1 * random.normal(size=rows)),
                             0.003 * np.exp(0.5 * common + 0.1 * random.normal(size=rows)),
                             0.1 / (1.0 + np.exp(common))])
    return kept("endings", "endings", columns, draws, SOURCE)


def calibrated(folder: Path, made: Posterior | None = None) -> Path:
    """The template as a file, with the posterior written into it."""
    path = folder / "made.yaml"
    path.write_text(template_text(), encoding="utf-8")
    write(path, made or posterior())
    return path
