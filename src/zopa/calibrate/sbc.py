"""Simulation-based calibration: does a fit give back what series were made with?

1. Parameters are drawn from the prior, and a series from them.
2. The model is fitted to the series, and L of its draws are kept, far enough apart to be nearly
   independent.
3. The rank of the true value among them is uniform on 0..L where model, likelihood and sampler
   agree.  A histogram of ranks, with a chi-squared test, and the share of 90 percent intervals
   that hold the truth (recovery) say so.

Reference: Talts, S. et al. (2018), Validating Bayesian inference algorithms with simulation-based
calibration, arXiv:1804.06788.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zopa.calibrate.battlefield import Structure
from zopa.calibrate.battlefield_fit import SHORT, Sampler, fit, named
from zopa.calibrate.battlefield_model import from_prior, parameters
from zopa.calibrate.battlefield_paths import series
from zopa.calibrate.priors import USUAL, Priors
from zopa.calibrate.scores import coverage

Floats = NDArray[np.float64]
KEPT = 63
"""L: ranks run from 0 to 63."""
BINS = 8


@dataclass(frozen=True)
class Ranks:
    """One quantity over all simulations.

    Attributes:
        name: of the quantity.
        counts: histogram of ranks in `BINS` bins.
        p: of the chi-squared test for uniform ranks.
        held: share of 90 percent intervals that hold the truth, with its interval.
        correlation: of true values and posterior medians.
    """

    name: str
    counts: tuple[int, ...]
    p: float
    held: tuple[float, float, float]
    correlation: float


Simulate = Callable[[int], tuple[Mapping[str, float], Mapping[str, Floats]]]
"""A seed -> the true value of each quantity, and its posterior draws `(draw,)`."""


def ranks(simulate: Simulate, simulations: int, seed: int,
          tell: Callable[[int, int], None] | None = None) -> tuple[Ranks, ...]:
    """Ranks of every quantity over so many simulations.

    Args:
        simulate: one simulation.
        simulations: how many.
        seed: of the first one.
        tell: called with simulations done and their total.
    """
    truth: dict[str, list[float]] = {}
    kept: dict[str, list[Floats]] = {}
    for number in range(simulations):
        if tell is not None:
            tell(number, simulations)
        true, draws = simulate(seed + number)
        for name, value in true.items():
            own = np.asarray(draws[name])
            places = np.linspace(0, len(own) - 1, KEPT).round().astype(int)
            truth.setdefault(name, []).append(float(value))
            kept.setdefault(name, []).append(own[places])
    if tell is not None:
        tell(simulations, simulations)
    return tuple(_ranks(name, np.array(truth[name]), np.array(kept[name])) for name in truth)


def _ranks(name: str, truth: Floats, kept: Floats) -> Ranks:
    rank = (kept < truth[:, None]).sum(axis=1)
    counts = np.bincount(rank * BINS // (KEPT + 1), minlength=BINS)
    low, middle, high = np.quantile(kept, [0.05, 0.5, 0.95], axis=1)
    inside = int(((truth >= low) & (truth <= high)).sum())
    same = np.ptp(truth) == 0 or np.ptp(middle) == 0
    return Ranks(name, tuple(counts.tolist()), float(stats.chisquare(counts).pvalue),
                 (inside / len(truth), *coverage(inside, len(truth))),
                 float("nan") if same else float(np.corrcoef(truth, middle)[0, 1]))


def battlefield(structure: Structure, months: int, sampler: Sampler = SHORT,
                priors: Priors = USUAL) -> Simulate:
    """Simulations of the battlefield model, in units of its scale.

    The scale is given to the fit, as 1: what is tested is the model given its scale.
    """
    def simulate(seed: int) -> tuple[Mapping[str, float], Mapping[str, Floats]]:
        rng = np.random.default_rng(seed)
        sites = from_prior(structure, priors, 1, rng)
        changes, _ = series(parameters(structure, sites), months, rng)
        fitted = fit(structure, changes[0], seed, sampler, priors, scale=1.0)
        return ({name: float(value[0]) for name, value in named(structure, sites).items()},
                named(structure, fitted.sites))

    return simulate
