"""Simulation-based calibration of the fitted models, at length: `make calibrate-check`.

    python bench/calibrate_check.py [--tables 100]

Ranks of what was true, with how likely ranks as uneven are; exits with 1 where one of them is less
likely than 1 in 1,000 among all quantities.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from zopa.calibrate.endings_fit import Sampler
from zopa.calibrate.endings_sbc import Calibration, calibrate


def endings(tables: int) -> Calibration:
    """The model of endings, with its own types, ages and regions and three periods."""
    return calibrate(np.full((4, 5, 5, 3), 60.0), tables, 1, Sampler(warmup=400, draws=400))


def main() -> int:
    """Print the ranks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tables", type=int, default=100)
    given = parser.parse_args()
    found = endings(given.tables)
    p_values = found.p_values()
    for name, counts, p in zip(found.names, found.histogram(), p_values, strict=True):
        print(f"{name:<30} {' '.join(f'{count:>3}' for count in counts)}   p = {p:.3f}")
    return int(p_values.min() < 0.001 / len(p_values))


if __name__ == "__main__":
    sys.exit(main())
