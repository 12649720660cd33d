"""Linear programs over the mixtures of many points, by generating columns.

    max  c g + t   such that   R g - s t >= f,   g = lambda G,   sum(lambda) = 1,   lambda >= 0

1. Solve the program over a few points.
2. With the dual prices y of its rows, point k would enter iff (c + R'y) G_k exceeds the price of a
   share.  Price all points; add those that exceed it most; until there is none.

So the last price check runs over all points, and the answer is that of the whole program, within
the solver's tolerance of TOLERANCE.

Reference: Dantzig and Wolfe (1960), Operations Research 8:101-111.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from zopa.agreement.space import Floats, Integers
from zopa.spaces.mixed import STEPS, Unsolved

TOLERANCE = 1e-10
_SLACK = (1e-11, 1e-10, 1e-9)
"""By how much rows are relaxed: a solution of an earlier program holds only within tolerances."""
_COLUMNS = 12
_TRACE = 1e-8
"""A share that a linear program leaves within its tolerances of 0 is 0."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Constraints R g - s t >= f: `matrix` R (row, party), `step` s and `floor` f (row,)."""

    matrix: Floats
    step: Floats
    floor: Floats

    def also(self, matrix: Floats, floor: Floats) -> Rows:
        """These and others without a step."""
        return Rows(np.vstack([self.matrix, matrix]),
                     np.append(self.step, np.zeros(len(matrix))), np.append(self.floor, floor))


@dataclass(frozen=True, eq=False)
class Solved:
    """A solution.

    Attributes:
        gain: `(party,)`.
        level: t; 0 where no row has a step.
        price: `(row,)`, dual prices, >= 0.
        rows: the points mixed.
        shares: their shares.
    """

    gain: Floats
    level: float
    price: Floats
    rows: Integers
    shares: Floats


def solve(points: Floats, pool: list[int], objective: Floats, rows: Rows) -> Solved:
    """The linear program of the module's head.

    Args:
        points: `(point, party)`, G.
        pool: rows of `points` to start from, whose mixtures satisfy the constraints (the rows with
            a step always can be); those taken up are added.
        objective: `(party,)`, c.
        rows: the constraints.

    Raises:
        Unsolved: the solver gave up, on utilities of very different sizes, say.
    """
    stepped = bool(rows.step.any())
    for _ in range(STEPS):
        few = points[pool]
        matrix = -(rows.matrix @ few.T)
        cost = -(few @ objective)
        if stepped:
            matrix = np.column_stack([matrix, rows.step])
            cost = np.append(cost, -1.0)
        sums = np.append(np.ones(len(pool)), np.zeros(int(stepped)))[None]
        bounds = [(0.0, None)] * len(pool) + [(None, None)] * int(stepped)
        for relaxed in _SLACK:
            found = linprog(cost, A_ub=matrix, b_ub=-rows.floor + relaxed, A_eq=sums,
                            b_eq=[1.0], bounds=bounds, method="highs-ds",
                            options={"primal_feasibility_tolerance": TOLERANCE,
                                     "dual_feasibility_tolerance": TOLERANCE})
            if found.status == 0:
                break
        if found.status != 0:
            raise Unsolved("The linear program of a point on mixtures was not solved: "
                           f"{found.message} Give utilities of a similar size.")
        price = np.maximum(-found.ineqlin.marginals, 0.0)
        value = points @ (objective + rows.matrix.T @ price)
        over = value + float(found.eqlin.marginals[0])
        over[pool] = -np.inf
        some = min(_COLUMNS, len(over))
        best = np.argpartition(-over, some - 1)[:some]
        new = [int(row) for row in best if over[row] > TOLERANCE]
        if not new:
            break
        pool.extend(sorted(new))
    else:
        raise Unsolved(f"A point on mixtures needs more than {STEPS} rounds of columns.")
    share = np.maximum(found.x[:len(pool)], 0.0)
    used = np.flatnonzero(share > _TRACE)
    share = share[used] / share[used].sum()
    chosen = np.array(pool)[used]
    return Solved(share @ points[chosen], float(found.x[-1]) if stepped else 0.0,
                   price, chosen, share)
