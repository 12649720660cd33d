"""Prior sensitivity by power-scaling: what would move if the prior, or the series, weighed more.

The posterior p(theta | y) is taken to p(theta | y) p(theta)^(a - 1) (the prior's power) or to
p(theta | y) p(y | theta)^(a - 1) (the likelihood's) for a = 1/1.25 and 1.25, by Pareto-smoothed
importance weights of the draws.  How far a quantity's distribution moves is the cumulative
Jensen-Shannon distance D_a; its sensitivity is the mean of the two over log2(1.25):

    prior below 0.05                       the prior does not decide it
    prior above, likelihood below 0.05     the series says little: the prior decides
    both above 0.05                        prior and series pull in different directions, or the
                                           series is short enough for both to count

Reference: Kallioinen, N., Paananen, T., Bürkner, P.-C. and Vehtari, A. (2024), Detecting and
diagnosing prior and likelihood sensitivity with power-scaling, Statistics and Computing 34.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zopa.calibrate.battlefield import forward
from zopa.calibrate.battlefield_fit import Fit, named
from zopa.calibrate.battlefield_model import Sites
from zopa.calibrate.needs import arviz
from zopa.calibrate.priors import Priors

Floats = NDArray[np.float64]
POWER = 1.25
NOTABLE = 0.05
RELIABLE = 0.7
"""Pareto k above which importance weights are not to be relied on."""


@dataclass(frozen=True)
class Sensitivity:
    """How far one quantity moves.

    Attributes:
        name: of the quantity.
        prior, likelihood: see the module.
        reliable: whether the weights' Pareto k allows to say so.
    """

    name: str
    prior: float
    likelihood: float
    reliable: bool

    @property
    def verdict(self) -> str:
        """What it means, in a few words; empty where the prior does not decide."""
        if self.prior < NOTABLE:
            return ""
        return "the prior decides" if self.likelihood < NOTABLE else "prior and series both count"


def log_prior(sites: Sites, priors: Priors) -> Floats:
    """Log density of draws of the sites under the priors, `(draw,)`."""
    def lognormal(name: str, middle: float, sigma: float) -> Floats:
        logs = np.log(np.asarray(sites[name]))
        return _rows(stats.norm.logpdf(logs, np.log(middle), sigma) - logs)

    total = (_rows(stats.norm.logpdf(sites["anchor"], 0.0, priors.anchor_sd))
             + lognormal("gaps", priors.gap, priors.gap_sigma)
             + lognormal("noise", priors.noise, priors.noise_sigma)
             + lognormal("spread", priors.spread, priors.spread_sigma)
             + _rows(stats.beta.logpdf(sites["jump"], *priors.jump))
             + _rows(stats.beta.logpdf(sites["leave"], *priors.leave)))
    for name, draws in sites.items():
        if name.startswith("split_"):
            total = total + (priors.split - 1.0) * np.log(draws).sum(axis=-1)
    if "memory" in sites:
        total = total + _rows(stats.beta.logpdf(sites["memory"], *priors.memory))
    result: Floats = total
    return result


def sensitivities(fit: Fit) -> tuple[Sensitivity, ...]:
    """Every quantity's sensitivity to its prior and to the series."""
    prior = log_prior(fit.sites, fit.priors)
    likelihood, _ = forward(fit.data, fit.parameters)
    weights = {}
    reliable = True
    for kind, logs in (("prior", prior), ("likelihood", likelihood)):
        for power in (1 / POWER, POWER):
            smooth, k = arviz().psislw((power - 1.0) * logs)
            reliable = reliable and bool(float(k) <= RELIABLE)
            weights[kind, power] = np.exp(np.asarray(smooth))
    found = []
    for name, draws in named(fit.structure, fit.sites).items():
        size = {kind: sum(distance(draws, weights[kind, power])
                          for power in (1 / POWER, POWER)) / (2 * np.log2(POWER))
                for kind in ("prior", "likelihood")}
        found.append(Sensitivity(name, size["prior"], size["likelihood"], reliable))
    return tuple(found)


def distance(draws: Floats, weights: Floats) -> float:
    """Cumulative Jensen-Shannon distance between draws and the same draws weighted."""
    return max(_one_sided(draws, weights), _one_sided(-draws, weights))


def _one_sided(draws: Floats, weights: Floats) -> float:
    order = np.argsort(draws, kind="stable")
    width = np.diff(draws[order])
    p = np.arange(1, len(draws)) / len(draws)
    q = np.maximum(np.cumsum(weights[order] / weights.sum())[:-1], 1e-300)
    p_area, q_area = float(p @ width), float(q @ width)
    if p_area + q_area == 0:
        return 0.0
    middle = np.log2(0.5 * p + 0.5 * q)
    one = float(width @ (p * (np.log2(p) - middle))) + 0.5 / np.log(2) * (q_area - p_area)
    two = float(width @ (q * (np.log2(q) - middle))) + 0.5 / np.log(2) * (p_area - q_area)
    return float(np.sqrt(max(one + two, 0.0) / (p_area + q_area)))


def _rows(values: Floats) -> Floats:
    """The sum over everything but draws."""
    array = np.asarray(values)
    result: Floats = array.reshape(len(array), -1).sum(axis=1)
    return result
