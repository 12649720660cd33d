"""Prior sensitivity of the rates of a class of wars, by power-scaling (`priors_power`).

Of a pooled model the priors at the top are scaled, those of alpha and of the scales: the effects of
types, ages, regions and periods have their prior from the scales, which the data inform.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from zopa.calibrate.endings_data import ENDINGS
from zopa.calibrate.endings_fit import Fit
from zopa.calibrate.endings_forecast import ReferenceClass, rates
from zopa.calibrate.endings_model import Priors, Sites, log_likelihood
from zopa.calibrate.needs import arviz
from zopa.calibrate.priors_power import POWER, RELIABLE, Sensitivity, distance

Floats = NDArray[np.float64]


def log_prior(sites: Sites, priors: Priors) -> Floats:
    """Log density of draws of alpha and of the scales under their priors, `(draw,)`."""
    flat = priors.flat()
    level = stats.norm.logpdf(sites["alpha"], np.log(flat[0]), flat[1]).sum(axis=-1)
    result: Floats = level + stats.halfnorm.logpdf(sites["scale"], scale=flat[2:7]).sum(axis=-1)
    return result


def sensitivities(fit: Fit, of: ReferenceClass) -> tuple[Sensitivity, ...]:
    """How far the logarithm of each monthly rate of a class moves with priors and data."""
    logs = {"prior": log_prior(fit.sites, fit.priors),
            "likelihood": log_likelihood(fit.log_odds, fit.data.months, fit.data.ends)}
    weights, reliable = {}, True
    for kind, values in logs.items():
        for power in (1 / POWER, POWER):
            smooth, k = arviz().psislw((power - 1.0) * values)
            reliable = reliable and bool(float(k) <= RELIABLE)
            weights[kind, power] = np.exp(np.asarray(smooth))
    drawn = np.log(rates(fit, of))
    found = []
    for place, name in enumerate(ENDINGS):
        size = {kind: sum(distance(drawn[:, place], weights[kind, power])
                          for power in (1 / POWER, POWER)) / (2 * np.log2(POWER)) for kind in logs}
        found.append(Sensitivity(f"{name}, {of.title}", size["prior"], size["likelihood"],
                                 reliable))
    return tuple(found)
