"""Whether a sampler's chains have converged: R-hat, effective sample size, divergences.

R-hat is the rank-normalised split one, and the effective sample sizes those of bulk and tails.
Reference: Vehtari, A. et al. (2021), Rank-normalization, folding, and localization: an improved
R-hat for assessing convergence of MCMC, Bayesian Analysis 16(2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.needs import arviz
from zopa.core.errors import ZopaError

Floats = NDArray[np.float64]


class NotConverged(ZopaError):
    """The chains of a fit do not agree, so that its numbers are not to be used."""


@dataclass(frozen=True)
class Limits:
    """What must hold.

    Attributes:
        r_hat: largest R-hat.
        ess: least effective sample size, of bulk and of tails.
        divergent: largest share of divergent transitions.
    """

    r_hat: float = 1.01
    ess: float = 400.0
    divergent: float = 0.005


@dataclass(frozen=True)
class Convergence:
    """What was found.

    Attributes:
        r_hat: the largest, and whose it is.
        ess: the least of bulk and tails, and whose it is.
        divergent: share of divergent transitions.
        draws: after warm-up, of all chains together.
    """

    r_hat: tuple[str, float]
    ess: tuple[str, float]
    divergent: float
    draws: int

    def faults(self, limits: Limits) -> tuple[str, ...]:
        """What does not hold, in words; nothing where all does."""
        found = []
        if not self.r_hat[1] <= limits.r_hat:
            found.append(f"R-hat of {self.r_hat[0]} is {self.r_hat[1]:.3f}, above {limits.r_hat}")
        if not self.ess[1] >= limits.ess:
            found.append(f"the effective sample size of {self.ess[0]} is {self.ess[1]:.0f}, below "
                         f"{limits.ess:.0f}")
        if self.divergent > limits.divergent:
            found.append(f"{self.divergent:.1%} of the transitions diverged, above "
                         f"{limits.divergent:.1%}")
        return tuple(found)

    def demand(self, limits: Limits, what: str) -> None:
        """Raise where something does not hold.

        Args:
            limits: what must hold.
            what: was fitted, for the message.

        Raises:
            NotConverged: with what to do about it.
        """
        faults = self.faults(limits)
        if faults:
            raise NotConverged(
                f"{what}: the chains have not converged: {'; '.join(faults)}. Draw more (in "
                f"`zopa calibrate`: --draws {2 * self.draws}), or fit fewer levels: one that the "
                "series hardly shows cannot be told from its neighbour.")


def convergence(chains: Mapping[str, Floats], divergent: float) -> Convergence:
    """Diagnostics of named quantities.

    Args:
        chains: name -> `(chain, draw)`.
        divergent: share of divergent transitions.
    """
    az = arviz()
    r_hat = {name: float(az.rhat(draws)) for name, draws in chains.items()}
    ess = {name: min(float(az.ess(draws, method=method)) for method in ("bulk", "tail"))
           for name, draws in chains.items()}
    worst = max(r_hat, key=lambda name: np.inf if np.isnan(r_hat[name]) else r_hat[name])
    least = min(ess, key=lambda name: -np.inf if np.isnan(ess[name]) else ess[name])
    return Convergence((worst, r_hat[worst]), (least, ess[least]), divergent,
                       next(iter(chains.values())).size)
