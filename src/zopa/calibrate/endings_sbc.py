"""Simulation-based calibration of the model of endings.

1. Parameters are drawn from the prior, and with them ends of wars for given months at risk.
2. Each such table is fitted; all tables are lanes of one program.
3. The rank of the true value among the draws of its own fit, thinned, is uniform if the sampler
   draws from the posterior.

Reference: Talts, S. et al. (2018), Validating Bayesian inference algorithms with simulation-based
calibration, arXiv:1804.06788.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.endings_data import ENDINGS, Table
from zopa.calibrate.endings_fit import SHORT, Sampler, sample
from zopa.calibrate.endings_model import USUAL, Effects, Priors, effects, hazards, log_odds

Floats = NDArray[np.float64]
RANKS = 20
"""Ranks run from 0 to this."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """Ranks of what was true.

    Attributes:
        names: of the quantities.
        ranks: `(table, quantity)`, from 0 to `RANKS`.
    """

    names: tuple[str, ...]
    ranks: NDArray[np.int64]

    def histogram(self, bins: int = 7) -> NDArray[np.int64]:
        """`(quantity, bin)`: how many tables have their rank there; bins of equal width."""
        edges = np.linspace(0, RANKS + 1, bins + 1)
        return np.array([np.histogram(column, edges)[0] for column in self.ranks.T])

    def p_values(self) -> Floats:
        """`(quantity,)`: how likely ranks as uneven as these are, by a test of the mean rank and
        one of its spread, the smaller doubled."""
        from scipy import stats

        share = (self.ranks + 0.5) / (RANKS + 1)
        count = len(share)
        middle = (share.mean(axis=0) - 0.5) * np.sqrt(12.0 * count)
        # (u - 1/2)^2 has mean 1/12 and variance 1/180
        spread = (((share - 0.5) ** 2).mean(axis=0) - 1.0 / 12.0) * np.sqrt(180.0 * count)
        both = 2.0 * stats.norm.sf(np.abs(np.array([middle, spread])))
        result: Floats = np.minimum(1.0, 2.0 * both.min(axis=0))
        return result


def calibrate(months: Floats, tables: int, seed: int, sampler: Sampler = SHORT,
              priors: Priors = USUAL) -> Calibration:
    """Ranks over tables simulated from the prior.

    Args:
        months: `(type, age, region, period)`, months at risk.
        tables: how many.
        seed: of simulation and sampler.
        sampler: how long each is fitted, by one chain.
        priors: of the model.
    """
    random = np.random.default_rng(seed)
    truth = [prior_draw(months.shape, random, priors) for _ in range(tables)]
    made = [simulated(months, sites, random) for sites in truth]
    chains, _ = sample(made, seed, sampler, priors)
    places = np.linspace(0, sampler.draws - 1, RANKS).round().astype(int)
    names: tuple[str, ...] = ()
    ranks = []
    for n, sites in enumerate(truth):
        names, true = quantities(effects({k: v[None] for k, v in sites.items()}), sites)
        _, drawn = quantities(effects({k: v[n, places] for k, v in chains.items()}),
                              {k: v[n, places] for k, v in chains.items()})
        ranks.append((drawn < true).sum(axis=0))
    return Calibration(names, np.array(ranks))


def quantities(found: Effects, sites: dict[str, Floats]) -> tuple[tuple[str, ...], Floats]:
    """What is ranked: `(draw, quantity)`, the scales, and for each kind its level in the first type
    and age, and its effects in the last region and period."""
    scale = np.atleast_2d(sites["scale"])
    columns = {f"scale of {word}": scale[:, place] for place, word in enumerate(
        ("types", "ages", "types by age", "regions", "periods"))}
    for k, kind in enumerate(ENDINGS):
        columns[f"level of {kind}"] = found.level[:, k, 0, 0]
        columns[f"last age of {kind}"] = found.level[:, k, -1, -1]
        columns[f"last region of {kind}"] = found.regions[:, k, -1]
        columns[f"last period of {kind}"] = found.periods[:, k, -1]
    return tuple(columns), np.column_stack(list(columns.values()))


def prior_draw(shape: tuple[int, ...], random: np.random.Generator,
               priors: Priors = USUAL) -> dict[str, Floats]:
    """The sites of one draw from the prior."""
    types, ages, regions, periods = shape
    kinds = len(ENDINGS)
    flat = priors.flat()
    return {"alpha": random.normal(np.log(flat[0]), flat[1], kinds),
            "scale": np.abs(random.normal(0.0, flat[2:7])),
            "types": random.normal(size=(kinds, types)),
            "ages": random.normal(size=(kinds, ages - 1)),
            "both": random.normal(size=(kinds, types, ages)),
            "regions": random.normal(size=(kinds, regions)),
            "periods": random.normal(size=(kinds, periods - 1))}


def simulated(months: Floats, sites: dict[str, Floats], random: np.random.Generator) -> Table:
    """Ends of wars under given parameters, with the victories of both sides alike."""
    chances = hazards(log_odds(effects(sites)))
    rest = 1.0 - chances.sum(axis=-1, keepdims=True)
    ends = random.multinomial(months.astype(np.int64), np.concatenate([chances, rest], axis=-1))
    victories = ends[..., ENDINGS.index("victory")].sum(axis=(1, 2, 3))
    first = random.binomial(victories, 0.5)
    return Table(months, ends[..., :-1].astype(float),
                 np.column_stack([first, victories - first]).astype(float))
