"""Fitting the battlefield model to a series, by the No-U-Turn sampler.

1. The changes are divided by their robust scale.
2. Chains start at the priors' medians, jittered, and are warmed up together.
3. R-hat, effective sample sizes and divergences are checked (`checks`).

Series are filled up with gaps to a multiple of `STEP` months, so that those of similar lengths
share one compiled program and the numbers do not depend on what is known later.  Reference:
Hoffman, M. D. and Gelman, A. (2014), The No-U-Turn Sampler, JMLR 15.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.battlefield import Parameters, Scaled, Structure, scale_of, scaled
from zopa.calibrate.battlefield_model import model, parameters
from zopa.calibrate.checks import Convergence, Limits, convergence
from zopa.calibrate.needs import numpyro
from zopa.calibrate.priors import USUAL, Priors

Floats = NDArray[np.float64]
STEP = 24
CHUNK = 100
"""Steps between two looks at how far the chains have come."""
DEEPEST = 8
JITTER = 0.5


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
    warmup: int = 600
    draws: int = 800
    accept: float = 0.9


LONG = Sampler()
SHORT = Sampler(chains=4, warmup=400, draws=400, accept=0.85)
"""For many fits in a row."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted battlefield.

    Attributes:
        structure, priors: what was fitted.
        scale: s, in the series' unit.
        data: the series in scales, without the filling.
        sites: site -> `(draw, ...)`, chains one after the other.
        convergence: of drifts, noises, jumps, rows and the rest.
    """

    structure: Structure
    priors: Priors
    scale: float
    data: Scaled
    sites: dict[str, Floats]
    convergence: Convergence

    @property
    def parameters(self) -> Parameters:
        """The draws of the parameters, `(draw, ...)`, in scales."""
        return parameters(self.structure, self.sites)


def fit(structure: Structure, changes: Floats, seed: int, sampler: Sampler = LONG,
        priors: Priors = USUAL, limits: Limits | None = None, scale: float | None = None,
        tell: Callable[[int, int], None] | None = None, what: str = "the series") -> Fit:
    """Draws from the posterior of the battlefield model.

    Args:
        structure: the levels.
        changes: `(month,)` net changes in the series' unit, NaN in gaps.
        seed: of the sampler.
        sampler: how long.
        priors: in units of the scale.
        limits: what convergence must hold; nothing is demanded where None.
        scale: s, where it is not the changes' own.
        tell: called with the steps done and their total.
        what: the series in messages.

    Raises:
        ArgumentError: the series is too short or constant.
        NotConverged: a limit does not hold.
    """
    own = scale_of(changes) if scale is None else scale
    data = scaled(changes, own)
    long = scaled(changes, own, length=-(-changes.size // STEP) * STEP)
    chains, divergent = _sample(structure, long, priors, seed, sampler, tell)
    found = convergence(named(structure, chains), divergent)
    if limits is not None:
        found.demand(limits, what)
    flat = {name: draws.reshape(-1, *draws.shape[2:]) for name, draws in chains.items()}
    return Fit(structure, priors, own, data, flat, found)


class _Program(NamedTuple):
    """The compiled parts of a sampler for one structure; the series is an argument of each."""

    middle: dict[str, Floats]
    begin: Callable[..., Any]
    advance: Callable[..., Any]
    constrain: Callable[..., Any]


@cache
def _program(structure: Structure, warmup: int, accept: float) -> _Program:
    """Programs that begin chains, take `CHUNK` steps of all of them, and constrain what came."""
    numpyro()
    import jax
    from numpyro.infer import init_to_median
    from numpyro.infer.hmc import hmc
    from numpyro.infer.util import initialize_model

    example = scaled(np.zeros(STEP), 1.0)
    info = initialize_model(
        jax.random.key(0), partial(model, structure), dynamic_args=True,
        init_strategy=init_to_median(num_samples=100), model_args=(USUAL.flat(), example))
    init_kernel, sample_kernel = hmc(potential_fn_gen=info.potential_fn, algo="NUTS")

    def begin(keys: Any, start: Any, arguments: Any) -> Any:
        return jax.vmap(lambda key, z: init_kernel(
            z, num_warmup=warmup, step_size=0.1, target_accept_prob=accept,
            max_tree_depth=DEEPEST, model_args=arguments, rng_key=key))(keys, start)

    def advance(state: Any, arguments: Any) -> Any:
        def step(now: Any, _: None) -> Any:
            then = jax.vmap(lambda one: sample_kernel(one, arguments, {}))(now)
            return then, (then.z, then.diverging)

        return jax.lax.scan(step, state, None, length=CHUNK)

    def constrain(z: Any, arguments: Any) -> Any:
        return jax.vmap(jax.vmap(info.postprocess_fn(*arguments)))(z)

    middle = {name: np.asarray(value) for name, value in info.param_info.z.items()}
    return _Program(middle, jax.jit(begin), jax.jit(advance), jax.jit(constrain))


def _sample(structure: Structure, data: Scaled, priors: Priors, seed: int, sampler: Sampler,
            tell: Callable[[int, int], None] | None) -> tuple[dict[str, Floats], float]:
    """Draws of every site, `(chain, draw, ...)`, and the share of divergent transitions."""
    program = _program(structure, sampler.warmup, sampler.accept)
    import jax

    rng = np.random.default_rng(seed)
    arguments = priors.flat(), data
    start = {name: value + rng.uniform(-JITTER, JITTER, (sampler.chains, *value.shape))
             for name, value in program.middle.items()}
    state = program.begin(jax.random.split(jax.random.key(seed), sampler.chains), start, arguments)
    total = sampler.warmup + sampler.draws
    parts, divergent = [], []
    for done in range(0, total, CHUNK):
        if tell is not None:
            tell(done, total)
        state, (z, diverging) = program.advance(state, arguments)
        if done >= sampler.warmup:
            parts.append(jax.tree.map(np.asarray, program.constrain(z, arguments)))
            divergent.append(float(np.mean(diverging)))
    if tell is not None:
        tell(total, total)
    return ({name: np.moveaxis(np.concatenate([part[name] for part in parts]), 0, 1)
             for name in parts[0]}, float(np.mean(divergent)))


def named(structure: Structure, chains: dict[str, Floats]) -> dict[str, Floats]:
    """What is checked, each with a name, with the leading axes of the sites."""
    p = parameters(structure, chains)
    found = {"the spread of jumps": np.log(p.spread)}
    if structure.memory:
        found["the memory"] = p.memory
    for i, level in enumerate(structure.levels):
        found[f"the drift of {level}"] = p.drift[..., i]
        found[f"the noise of {level}"] = np.log(p.noise[..., i])
        found[f"the jumps of {level}"] = p.jump[..., i]
        for j in structure.targets[i]:
            found[f"the move from {level} to {structure.levels[j]}"] = p.rows[..., i, j]
    return found
