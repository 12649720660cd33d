r"""First-order and total indices of groups of inputs, from a grouped Saltelli design.

For independent groups of inputs x_1, .., x_G and an answer y:

    first   S_g = Var(E[y | x_g]) / Var(y)
    total   T_g = E[Var(y | all but x_g)] / Var(y) = 1 - Var(E[y | all but x_g]) / Var(y)

so T_g - S_g is what group g does together with others.  The design:

1. A and B are `(base, input)` matrices of coordinates in [0, 1), independent of each other.
2. AB_g is A with the columns of group g taken from B.  The rows A_n, AB_1n, .., AB_Gn, B_n are the
   draws, base * (G + 2) of them, in SALib's order.
3. S_g = mean(y_B (y_AB - y_A)) / Var(y) and T_g = mean((y_A - y_AB)^2) / (2 Var(y)), by SALib.
4. The 95 % intervals are SALib's: 1.96 standard deviations of a bootstrap over n, to either side,
   cut to [0, 1] like the indices themselves.  Where an answer with two values is the same in all
   pairs A_n, AB_gn the bootstrap sees no spread; the interval then ends at the index of the largest
   chance of a change that would leave none in 97.5 % of such designs at most, 1 - 0.025^(1 / base).

All of it is under the prior: weights of draws (history, beliefs) break the independence that the
decomposition needs, and so do ties, which is why tied inputs are one coordinate.

References: Sobol (2001); Saltelli et al. (2010), Computer Physics Communications 181:259-270, for
the design and S; Jansen (1999), Computer Physics Communications 117:35-43, for T; Iwanaga, Usher
and Herman (2022), Socio-Environmental Systems Modelling 4:18155, for SALib.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.questions.sensitivity import Index

Floats = NDArray[np.float64]

ESTIMATOR = ("grouped Saltelli design, first indices after Saltelli et al. (2010), total indices "
             "after Jansen (1999), both with bootstrap intervals, by SALib")
LEVEL = 0.95
REPLICATES = 200
SEED = 20100117


@dataclass(frozen=True)
class Totals:
    """Indices of one answer, an entry a group in either place; empty where there are none.

    Attributes:
        first, total: S and T with their intervals.
        reason: why there are none, as a sentence without its end; None where there are some.
    """

    first: tuple[Index, ...] = ()
    total: tuple[Index, ...] = ()
    reason: str | None = None


def saltelli(a: Floats, b: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The rows of the design, `(base * (group + 2), input)`.

    Args:
        a, b: `(base, input)`.
        groups: the columns of each group, every column in one at most; a column in none keeps the
            values of `a` in the rows AB and takes those of `b` in B.
    """
    rows = np.repeat(a[:, None, :], len(groups) + 2, axis=1)
    for place, columns in enumerate(groups, start=1):
        rows[:, place, list(columns)] = b[:, list(columns)]
    rows[:, -1] = b
    return rows.reshape(-1, a.shape[1])


def analyse(answer: Floats, groups: int) -> Totals:
    """First-order and total index of every group.

    Args:
        answer: `(draw,)`, in the order of `saltelli`; the design needs it in every draw.
        groups: how many.

    Returns:
        No indices, with the reason, where the answer is undefined in some draw or the same in all
        draws of A and B.
    """
    missing = float(np.isnan(answer).mean())
    if missing > 0.0:
        return Totals(reason=f"it is undefined in {100.0 * missing:.2g} % of the design's draws, "
                      "and a total index needs it in all of them")
    rows = answer.reshape(-1, groups + 2)
    ends = rows[:, [0, -1]]
    if float(np.ptp(ends)) <= 1e-12:
        return Totals(reason="it is the same in every draw of the design")
    from SALib.analyze import sobol

    problem = {"num_vars": groups, "names": [str(place) for place in range(groups)],
               "bounds": [[0.0, 1.0]] * groups}
    found = sobol.analyze(problem, answer, calc_second_order=False, num_resamples=REPLICATES,
                          conf_level=LEVEL, seed=SEED)
    unseen = _unseen(ends)
    first, total = [], []
    for place in range(groups):
        still = not np.any(rows[:, place + 1] != rows[:, 0])
        first.append(_index(found["S1"][place], found["S1_conf"][place], unseen if still else 0.0))
        total.append(_index(found["ST"][place], found["ST_conf"][place], unseen if still else 0.0))
    return Totals(tuple(first), tuple(total))


def _unseen(ends: Floats) -> float:
    """The largest index of a group that changed none of the pairs: 0 unless y has two values."""
    values = np.unique(ends)
    if len(values) > 2:
        return 0.0
    chance = 1.0 - (0.5 * (1.0 - LEVEL)) ** (1.0 / len(ends))
    return min(1.0, 0.5 * chance * float(np.ptp(values)) ** 2 / float(np.var(ends)))


def _index(value: float, half: float, unseen: float) -> Index:
    low, middle, high = np.clip((value - half, value, value + half), 0.0, 1.0)
    return Index(float(middle), float(low), max(float(high), unseen))
