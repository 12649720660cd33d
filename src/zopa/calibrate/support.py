"""A patron's support: how often it changes level, from a monthly series.

1. A month has the highest level whose threshold its value (or the mean of its last months) reaches.
2. Moves between neighbouring months are counted; a gap counts nothing.
3. Leaving level i has a Beta(2 + leavings, 18 + stays) posterior, and where it goes a
   Dirichlet(1 + moves): the conjugate of the same priors as momentum's, so that no sampler is
   needed and draws are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from zopa.calibrate.posterior import KEPT, Fitted, Posterior, kept
from zopa.calibrate.priors import USUAL
from zopa.calibrate.series import Monthly
from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
SPLIT = 1.0


@dataclass(frozen=True, eq=False)
class Support:
    """A fitted chain.

    Attributes:
        levels: from the highest to the lowest.
        months: how many months stood at each.
        moves: `(level, level)`, counted from one month to the next.
        posterior: joint draws of the transitions.
    """

    levels: tuple[str, ...]
    months: tuple[int, ...]
    moves: NDArray[np.intp]
    posterior: Posterior


def levels_of(values: Floats, thresholds: Sequence[float], smooth: int = 1) -> NDArray[np.intp]:
    """Level of each month, 0 the highest; -1 where it is unknown.

    Args:
        values: `(month,)`, NaN in gaps.
        thresholds: least value of each level but the lowest, falling.
        smooth: months of the trailing mean.
    """
    if smooth > 1:
        padded = np.concatenate([np.full(smooth - 1, np.nan), values])
        values = np.lib.stride_tricks.sliding_window_view(padded, smooth).mean(axis=1)
    level = (values[:, None] < np.asarray(thresholds)[None, :]).sum(axis=1)
    return np.where(np.isfinite(values), level, -1)


def fit_support(series: Monthly, patron: str, levels: Sequence[str],
                targets: Sequence[Sequence[int]], thresholds: Sequence[float], seed: int,
                smooth: int = 1, draws: int = KEPT) -> Support:
    """Transitions of a patron's chain.

    Args:
        series: by month.
        patron: its name in the scenario.
        levels: from the highest to the lowest.
        targets: for each level the places of those that the scenario lets follow.
        thresholds, smooth: as for `levels_of`.
        seed: of the draws.
        draws: how many.

    Raises:
        ArgumentError: the thresholds do not fit the levels, or a move was seen that the scenario
            has no transition for.
    """
    if len(thresholds) != len(levels) - 1 or any(np.diff(thresholds) >= 0):
        raise ArgumentError(f"--thresholds must be {len(levels) - 1} falling numbers, the least "
                            f"value of each level but the lowest ({', '.join(levels)}).")
    level = levels_of(series.values, thresholds, smooth)
    count = len(levels)
    moves = np.zeros((count, count), dtype=np.intp)
    for before, after in zip(level[:-1], level[1:], strict=True):
        if before >= 0 and after >= 0:
            moves[before, after] += 1
    for i in range(count):
        for j in range(count):
            if i != j and moves[i, j] and j not in targets[i]:
                raise ArgumentError(
                    f"{series.origin.file}: support went from {levels[i]} to {levels[j]} "
                    f"{moves[i, j]} times, for which war.support.{patron}.transitions has no "
                    "entry. Add it, or smooth the series with --smooth 12.")
    rng = np.random.default_rng(seed)
    columns, values = [], []
    for i, row in enumerate(targets):
        if not row:
            continue
        went = moves[i, list(row)]
        leave = rng.beta(USUAL.leave[0] + went.sum(), USUAL.leave[1] + moves[i, i], draws)
        share = rng.dirichlet(SPLIT + went, draws)
        for place, j in enumerate(row):
            columns.append(f"war.support.{patron}.transitions.{levels[i]}.{levels[j]}")
            values.append(leave * share[:, place])
    if not columns:
        raise ArgumentError(f"war.support.{patron}.transitions is empty. Add the moves to fit, "
                            "with any number.")
    source = Fitted(
        ((series.origin.file, series.origin.sha256),), series.months[0], series.months[-1],
        version("zopa"), seed, "transitions counted between months, with Beta and Dirichlet priors",
        series.origin.citation, series.origin.licence)
    return Support(tuple(levels), tuple(int((level == i).sum()) for i in range(count)), moves,
                   kept(f"support-{patron}", "support", tuple(columns), np.stack(values, axis=1),
                        source))
