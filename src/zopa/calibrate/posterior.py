"""What every fit hands on: joint posterior draws of some numbers of a scenario.

`Posterior`, `Fitted` and `ordered` stand in `zopa.core.posterior`, since a scenario reads the draws
without anything that fitted them.
"""

from __future__ import annotations

import numpy as np

from zopa.core.posterior import Fitted, Floats, Kind, Posterior, ordered

__all__ = ["KEPT", "Fitted", "Kind", "Posterior", "kept", "ordered"]

KEPT = 512
"""Rows of the file that a fit writes."""


def kept(name: str, kind: Kind, columns: tuple[str, ...], draws: Floats, source: Fitted,
         rows: int = KEPT) -> Posterior:
    """A posterior of evenly spaced draws of a sampler's chains, in the order of `ordered`.

    Args:
        name, kind, columns, source: as for `Posterior`.
        draws: `(draw, column)`, chains one after the other.
        rows: how many to keep; all where there are no more than that.
    """
    places = np.unique(np.linspace(0, len(draws) - 1, min(rows, len(draws))).round().astype(int))
    return Posterior(name, kind, columns, ordered(draws[places]), source)
