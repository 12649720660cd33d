"""Simulation-based calibration of the fitted models, at length: `make calibrate-check`.

    python bench/calibrate_check.py [--tables 100] [--series 100]

Ranks of what was true, with how likely ranks as uneven are; exits with 1 where one of them is less
likely than 1 in 1,000 among all quantities.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from zopa.calibrate import sbc
from zopa.calibrate.endings_fit import Sampler
from zopa.calibrate.endings_sbc import Calibration, calibrate
from zopa.calibrate.hindcast import MODELS


def endings(tables: int) -> Calibration:
    """The model of endings, with its own types, ages and regions and three periods."""
    return calibrate(np.full((4, 5, 5, 3), 60.0), tables, 1, Sampler(warmup=400, draws=400))


def battlefields(simulations: int) -> dict[str, tuple[sbc.Ranks, ...]]:
    """The battlefield models of the hindcast, three levels on three years."""
    return {name: sbc.ranks(sbc.battlefield(structure, 36), simulations, 1)
            for name, structure in MODELS.items()}


def main() -> int:
    """Print the ranks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tables", type=int, default=100)
    parser.add_argument("--series", type=int, default=100)
    given = parser.parse_args()
    least = 1.0
    for model, ranks in battlefields(given.series).items():
        print(f"{model}: rank histogram, p, 90 % intervals that hold the truth, correlation")
        for rank in ranks:
            share, low, high = rank.held
            print(f"{rank.name:<34} {' '.join(f'{n:>3}' for n in rank.counts)}   p = {rank.p:.3f}"
                  f"   {share:.0%} ({low:.0%} to {high:.0%})   {rank.correlation:.2f}")
        least = min(least, *(rank.p * len(ranks) for rank in ranks))
    found = endings(given.tables)
    p_values = found.p_values()
    for name, counts, p in zip(found.names, found.histogram(), p_values, strict=True):
        print(f"{name:<30} {' '.join(f'{count:>3}' for count in counts)}   p = {p:.3f}")
    return int(min(least, p_values.min() * len(p_values)) < 0.001)


if __name__ == "__main__":
    sys.exit(main())
