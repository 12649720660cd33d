"""How wars end: competing risks in discrete time, partially pooled.

In a month, a war of type t and age class a, in region r and period p of the calendar, ends in way
k (settled, victory of either side, low activity, an actor ceases to exist) with probability

    h_k = exp(eta_k) / (1 + sum_j exp(eta_j)),
    eta_k = alpha_k + T_kt + A_ka + B_kta + R_kr + P_kp,

a multinomial logit against going on.  So the ends of a cell are Multinomial(months; h, 1 - sum h).

    alpha_k           Normal(log 0.01, 1.5)
    T_kt              Normal(0, s_T)           by type of conflict
    A_ka              a walk over ages, steps Normal(0, s_A), from 0 in the first month
    B_kta             Normal(0, s_B)           age by type
    R_kr              Normal(0, s_R)           by region
    P_kp              a walk over periods, steps Normal(0, s_P), from 0 in the first period
    s_T, s_A, ...     HalfNormal, see `Priors`

Of the victories of a type, side A has Binomial(n, q_t) with q_t ~ Beta(1, 1); between states the
order of the two sides means nothing, and q is 1/2.

Reference: Allison, P. D. (1982), Discrete-time methods for the analysis of event histories,
Sociological Methodology 13:61-98.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.endings_data import ENDINGS, SHAPE, Table
from zopa.calibrate.termination_file import TYPES

Floats = NDArray[np.float64]
Sites = Mapping[str, Any]
KINDS = len(ENDINGS)
INTERSTATE = TYPES.index("interstate")


@dataclass(frozen=True)
class Priors:
    """The hyperparameters: median monthly rate of an end and its log sd, and scales of effects.

    A rate of 0.01 a month of each kind, give or take a factor of 4.5, is an end of some kind within
    some two years; the scales let types and ages differ by a factor of about 2.7 (at one standard
    deviation of the scale's own prior), their combinations, regions and periods by 1.6.
    """

    rate: float = 0.01
    spread: float = 1.5
    types: float = 1.0
    ages: float = 1.0
    both: float = 0.5
    regions: float = 0.5
    periods: float = 0.5

    def flat(self) -> Floats:
        """Every figure in one array, in the order of the fields: what a compiled model takes."""
        return np.array([getattr(self, field.name) for field in fields(self)])


USUAL = Priors()


class Effects(NamedTuple):
    """The effects on eta, with leading axes of draws."""

    level: Any
    """`(..., kind, type, age)`: alpha + T + A + B."""
    regions: Any
    """`(..., kind, region)`."""
    periods: Any
    """`(..., kind, period)`."""
    spread: Any
    """`(..., 2)`: s_R and s_P."""


def sample_sites(flat: Any, shape: tuple[int, ...] = SHAPE) -> dict[str, Any]:
    """Draw every parameter from its prior, inside a NumPyro model.

    Args:
        flat: hyperparameters as `Priors.flat` gives them, an array that may be traced.
        shape: how many types, ages, regions and periods.
    """
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as dist

    types, ages, regions, periods = shape
    sites = {"alpha": numpyro.sample(
        "alpha", dist.Normal(jnp.log(flat[0]), flat[1]).expand([KINDS]).to_event(1)),
        "scale": numpyro.sample("scale", dist.HalfNormal(flat[2:7]).to_event(1))}
    for name, size in (("types", (KINDS, types)), ("ages", (KINDS, ages - 1)),
                       ("both", (KINDS, types, ages)), ("regions", (KINDS, regions)),
                       ("periods", (KINDS, periods - 1))):
        sites[name] = numpyro.sample(
            name, dist.Normal(0.0, 1.0).expand(size).to_event(len(size)))
    return sites


def effects(sites: Sites, xp: Any = np) -> Effects:
    """The effects of a draw's sites, or of many along leading axes."""
    scale = xp.asarray(sites["scale"])

    def times(name: str, place: int) -> Any:
        values = xp.asarray(sites[name])
        lead = scale.ndim - 1
        return values * scale[..., place].reshape(scale.shape[:-1] + (1,) * (values.ndim - lead))

    def walk(steps: Any) -> Any:
        start = xp.zeros((*steps.shape[:-1], 1))
        return xp.concatenate([start, xp.cumsum(steps, axis=-1)], axis=-1)

    level = (xp.asarray(sites["alpha"])[..., None, None] + times("types", 0)[..., None]
             + walk(times("ages", 1))[..., None, :] + times("both", 2))
    return Effects(level, times("regions", 3), walk(times("periods", 4)), scale[..., 3:5])


def log_odds(found: Effects) -> Any:
    """eta, `(..., type, age, region, period, kind)`."""
    eta = (found.level[..., :, :, :, None, None] + found.regions[..., :, None, None, :, None]
           + found.periods[..., :, None, None, None, :])
    return np.moveaxis(eta, -5, -1) if isinstance(eta, np.ndarray) else _moved(eta)


def _moved(eta: Any) -> Any:
    import jax.numpy as jnp

    return jnp.moveaxis(eta, -5, -1)


def hazards(eta: Any, xp: Any = np) -> Any:
    """h_k from eta, kinds along the last axis."""
    odds = xp.exp(eta)
    return odds / (1.0 + odds.sum(axis=-1, keepdims=True))


def log_likelihood(eta: Any, months: Any, ends: Any, xp: Any = np) -> Any:
    """Log probability of the ends of all cells, without the multinomial coefficients.

    Args:
        eta: `(..., type, age, region, period, kind)`.
        months: `(type, age, region, period)`.
        ends: the same with kinds last.
    """
    some = xp.log1p(xp.exp(eta).sum(axis=-1))
    return ((ends * eta).sum(axis=-1) - months * some).sum(axis=(-4, -3, -2, -1))


def model(flat: Any, data: Table) -> None:
    """The whole model but for the sides of victories, whose posterior is known in closed form."""
    import jax.numpy as jnp
    import numpyro

    eta = log_odds(effects(sample_sites(flat, data.months.shape), jnp))
    numpyro.factor("ends", log_likelihood(eta, data.months, data.ends, jnp))


def side_shares(data: Table, draws: int, seed: int) -> Floats:
    """Draws of q, the share of a type's victories that are side A's, `(draw, type)`."""
    random = np.random.default_rng([seed, len(TYPES)])
    share = random.beta(1.0 + data.sides[:, 0], 1.0 + data.sides[:, 1], (draws, len(TYPES)))
    share[:, INTERSTATE] = 0.5
    return share
