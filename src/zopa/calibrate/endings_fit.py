"""Fitting the model of endings, by the No-U-Turn sampler.

1. Chains start near the priors' medians and are warmed up side by side.
2. R-hat, effective sample sizes and divergences are checked (`checks`).

The data are an argument of the compiled program, a set of them a lane: so one program fits four
chains to one table, or many tables at once, one chain each, as simulation-based calibration needs.
Reference: Hoffman, M. D. and Gelman, A. (2014), The No-U-Turn Sampler, JMLR 15.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.checks import Convergence, Limits, convergence
from zopa.calibrate.endings_data import AGES, ENDINGS, Table
from zopa.calibrate.endings_model import (
    USUAL,
    Effects,
    Priors,
    effects,
    log_odds,
    model,
    side_shares,
)
from zopa.calibrate.needs import numpyro
from zopa.calibrate.termination_file import TYPES

Floats = NDArray[np.float64]
Tell = Callable[[int, int], None]
CHUNK = 100
"""Steps between two looks at how far the chains have come."""
DEEPEST = 8
JITTER = 0.3


@dataclass(frozen=True)
class Sampler:
    """How long is sampled.

    Attributes:
        chains: that run side by side.
        warmup: steps of each before the draws; a multiple of `CHUNK`.
        draws: of each chain; a multiple of `CHUNK`.
        accept: wanted acceptance probability.
    """

    chains: int = 4
    warmup: int = 500
    draws: int = 700
    accept: float = 0.9


LONG = Sampler()
SHORT = Sampler(warmup=300, draws=200, accept=0.85)


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model of endings.

    Attributes:
        data: the table it was fitted to.
        priors: of the model.
        sites: site -> `(draw, ...)`, chains one after the other.
        shares: q of `endings_model`, `(draw, type)`.
        convergence: of levels by type and age, and of the scales.
    """

    data: Table
    priors: Priors
    sites: dict[str, Floats]
    shares: Floats
    convergence: Convergence

    @property
    def effects(self) -> Effects:
        """The effects of every draw."""
        return effects(self.sites)

    @property
    def log_odds(self) -> Floats:
        """eta, `(draw, type, age, region, period, kind)`."""
        found: Floats = log_odds(self.effects)
        return found


def fit(data: Table, seed: int, sampler: Sampler = LONG, priors: Priors = USUAL,
        limits: Limits | None = None, tell: Tell | None = None) -> Fit:
    """Draws from the posterior of the model of endings.

    Args:
        data: as `endings_data.table` gives it.
        seed: of the sampler.
        sampler: how long.
        priors: of the model.
        limits: what convergence must hold; nothing is demanded where None.
        tell: called with the steps done and their total.

    Raises:
        NotConverged: a limit does not hold.
    """
    chains, divergent = sample([data] * sampler.chains, seed, sampler, priors, tell)
    found = convergence(_named(chains), divergent)
    if limits is not None:
        found.demand(limits, "the wars of the file")
    flat = {name: draws.reshape(-1, *draws.shape[2:]) for name, draws in chains.items()}
    return Fit(data, priors, flat, side_shares(data, len(flat["alpha"]), seed), found)


def sample(tables: Sequence[Table], seed: int, sampler: Sampler, priors: Priors,
           tell: Tell | None = None) -> tuple[dict[str, Floats], float]:
    """Draws of every site, `(lane, draw, ...)`, and the share of divergent transitions.

    Args:
        tables: one a lane.
        seed, sampler, priors, tell: as for `fit`; `sampler.chains` does not count.
    """
    program = _program(sampler, tables[0].months.shape)
    import jax

    rng = np.random.default_rng(seed)
    flat = priors.flat()
    data = Table(*(np.stack(parts) for parts in zip(*tables, strict=True)))
    start = {name: value + rng.uniform(-JITTER, JITTER, (len(tables), *value.shape))
             for name, value in program.middle.items()}
    state = program.begin(jax.random.split(jax.random.key(seed), len(tables)), start, flat, data)
    total, parts, divergent = sampler.warmup + sampler.draws, [], []
    for done in range(0, total, CHUNK):
        if tell is not None:
            tell(done, total)
        state, (z, diverging) = program.advance(state, flat, data)
        if done >= sampler.warmup:
            parts.append(jax.tree.map(np.asarray, program.constrain(z, flat, data)))
            divergent.append(float(np.mean(diverging)))
    if tell is not None:
        tell(total, total)
    return ({name: np.moveaxis(np.concatenate([part[name] for part in parts]), 0, 1)
             for name in parts[0]}, float(np.mean(divergent)))


class _Program(NamedTuple):
    """The compiled parts of a sampler; priors and tables are arguments of each."""

    middle: dict[str, Floats]
    begin: Callable[..., Any]
    advance: Callable[..., Any]
    constrain: Callable[..., Any]


@cache
def _program(sampler: Sampler, shape: tuple[int, ...]) -> _Program:
    """Programs that begin lanes, take `CHUNK` steps of all of them, and constrain what came."""
    numpyro()
    import jax
    from numpyro.infer import init_to_median
    from numpyro.infer.hmc import hmc
    from numpyro.infer.util import initialize_model

    empty = Table(np.ones(shape), np.zeros((*shape, len(ENDINGS))), np.zeros((shape[0], 2)))
    info = initialize_model(
        jax.random.key(0), model, dynamic_args=True,
        init_strategy=init_to_median(num_samples=100), model_args=(USUAL.flat(), empty))
    init_kernel, sample_kernel = hmc(potential_fn_gen=info.potential_fn, algo="NUTS")

    def begin(keys: Any, start: Any, flat: Any, data: Table) -> Any:
        return jax.vmap(lambda key, z, own: init_kernel(
            z, num_warmup=sampler.warmup, step_size=0.1, target_accept_prob=sampler.accept,
            max_tree_depth=DEEPEST, model_args=(flat, own), rng_key=key))(keys, start, data)

    def advance(state: Any, flat: Any, data: Table) -> Any:
        def step(now: Any, _: None) -> Any:
            then = jax.vmap(lambda one, own: sample_kernel(one, (flat, own), {}))(now, data)
            return then, (then.z, then.diverging)

        return jax.lax.scan(step, state, None, length=CHUNK)

    def constrain(z: Any, flat: Any, data: Table) -> Any:
        return jax.vmap(jax.vmap(lambda one, own: info.postprocess_fn(flat, own)(one)),
                        in_axes=(0, None))(z, data)

    middle = {name: np.asarray(value) for name, value in info.param_info.z.items()}
    return _Program(middle, jax.jit(begin), jax.jit(advance), jax.jit(constrain))


def _named(chains: dict[str, Floats]) -> dict[str, Floats]:
    """What is checked, each with a name, `(chain, draw)`."""
    found = effects(chains)
    named = {}
    for k, kind in enumerate(ENDINGS):
        for t, name in enumerate(TYPES):
            for a, age in enumerate(AGES):
                named[f"{kind}, {name}, from month {age}"] = found.level[..., k, t, a]
    for place, word in enumerate(("types", "ages", "types by age", "regions", "periods")):
        named[f"the scale of {word}"] = np.log(chains["scale"][..., place])
    return named
