"""The battlefield model in NumPyro: priors, and the likelihood with momentum summed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import Parameters, Scaled, Structure, log_density
from zopa.calibrate.priors import Priors

Floats = NDArray[np.float64]
Sites = Mapping[str, Any]


def sample_sites(structure: Structure, flat: Any) -> dict[str, Any]:
    """Draw every parameter from its prior, inside a NumPyro model.

    Args:
        flat: hyperparameters as `Priors.flat` gives them, an array that may be traced.
    """
    import jax.numpy as jnp
    import numpyro
    from numpyro import distributions as dist

    (anchor_sd, gap, gap_sigma, noise, noise_sigma, leave_a, leave_b, split, jump_a, jump_b,
     spread, spread_sigma, memory_a, memory_b) = flat
    count = structure.count
    sites = {
        "anchor": numpyro.sample("anchor", dist.Normal(0.0, anchor_sd)),
        "gaps": numpyro.sample("gaps", dist.LogNormal(jnp.log(gap), gap_sigma).expand([count - 1])),
        "noise": numpyro.sample(
            "noise", dist.LogNormal(jnp.log(noise), noise_sigma).expand([count])),
        "jump": numpyro.sample("jump", dist.Beta(jump_a, jump_b).expand([count])),
        "spread": numpyro.sample("spread", dist.LogNormal(jnp.log(spread), spread_sigma)),
        "leave": numpyro.sample("leave", dist.Beta(leave_a, leave_b).expand([count])),
    }
    for i, targets in enumerate(structure.targets):
        if len(targets) > 1:
            sites[f"split_{i}"] = numpyro.sample(
                f"split_{i}", dist.Dirichlet(jnp.full(len(targets), 1.0) * split))
    if structure.memory:
        sites["memory"] = numpyro.sample("memory", dist.Beta(memory_a, memory_b))
    return sites


def parameters(structure: Structure, sites: Sites, xp: Any = np) -> Parameters:
    """The parameters from the sites of a draw, or of many along leading axes."""
    gaps, anchor = xp.asarray(sites["gaps"]), xp.asarray(sites["anchor"])
    lead = anchor.shape
    start = xp.zeros((*lead, 1))
    steps = xp.concatenate([start, xp.cumsum(gaps, axis=-1)], axis=-1)
    drift = anchor[..., None] + steps - steps[..., structure.anchor, None]
    leave = xp.asarray(sites["leave"])
    none = xp.zeros(lead)
    rows = []
    for i, targets in enumerate(structure.targets):
        row = [none] * structure.count
        row[i] = 1.0 - leave[..., i] if targets else none + 1.0
        for place, j in enumerate(targets):
            share = xp.asarray(sites[f"split_{i}"])[..., place] if len(targets) > 1 else 1.0
            row[j] = leave[..., i] * share
        rows.append(xp.stack(row, axis=-1))
    return Parameters(
        drift, xp.asarray(sites["noise"]), xp.asarray(sites["jump"]), xp.asarray(sites["spread"]),
        xp.stack(rows, axis=-2), xp.asarray(sites["memory"]) if structure.memory else none)


def model(structure: Structure, flat: Any, data: Scaled) -> None:
    """The whole model: sites, and the log likelihood of `battlefield` as a factor."""
    import jax
    import jax.numpy as jnp
    import numpyro

    p = parameters(structure, sample_sites(structure, flat), jnp)
    each = jnp.where(data.seen[:, None] > 0,
                     log_density(data.change, data.before, data.fresh, p, jnp), 0.0)
    log_rows = jnp.log(jnp.where(p.rows > 0, p.rows, 1.0)) + jnp.where(p.rows > 0, 0.0, -1e9)

    def step(weight: Any, now: Any) -> tuple[Any, None]:
        moved = jax.nn.logsumexp(weight[:, None] + log_rows, axis=0)
        return moved + now, None

    last, _ = jax.lax.scan(step, each[0] - jnp.log(structure.count), each[1:])
    numpyro.factor("series", jax.nn.logsumexp(last))


def from_prior(structure: Structure, priors: Priors, draws: int,
               rng: np.random.Generator) -> dict[str, Floats]:
    """Independent draws of every site from the priors, `(draw, ...)`, by NumPy alone."""
    count = structure.count

    def lognormal(middle: float, sigma: float, *shape: int) -> Floats:
        return middle * np.exp(sigma * rng.standard_normal((draws, *shape)))

    sites = {
        "anchor": priors.anchor_sd * rng.standard_normal(draws),
        "gaps": lognormal(priors.gap, priors.gap_sigma, count - 1),
        "noise": lognormal(priors.noise, priors.noise_sigma, count),
        "jump": rng.beta(*priors.jump, (draws, count)),
        "spread": lognormal(priors.spread, priors.spread_sigma),
        "leave": rng.beta(*priors.leave, (draws, count)),
    }
    for i, targets in enumerate(structure.targets):
        if len(targets) > 1:
            sites[f"split_{i}"] = rng.dirichlet(np.full(len(targets), priors.split), draws)
    if structure.memory:
        sites["memory"] = rng.beta(*priors.memory, draws)
    return sites
