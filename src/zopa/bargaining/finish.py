"""Values that need no bargaining: fighting to the finish, and the ceiling of any solution.

Fight to the finish:  W_i = -c_i + delta_i (Q_i W_i + R_i z_i),
with Q_i the moves between states and R_i those to terminals, in i's own belief; one sparse linear
system per side.

Ceiling:  the smallest U_i with U_i = max(max F_i, -c_i + delta_i (Q_i U_i + R_i z_i)), i's value
were it free to stop with the best point of the frontier whenever it liked.  Solved by policy
iteration (Howard 1960): 1. stop everywhere; 2. value of that plan; 3. fight on wherever that is
strictly better; 4. repeat until the plan stays.  The values rise to the smallest solution.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve

from zopa.agreement.frontier import AnyFrontier
from zopa.war.table import MarkovWar

Floats = NDArray[np.float64]

# a plan changes only for a gain above rounding
GAIN = 1e-13


def finish(war: MarkovWar) -> Floats:
    """W, the value of never agreeing, `(party, state)`."""
    fight = np.ones(war.n_states, dtype=bool)
    nothing = np.zeros(war.n_states)
    return np.stack([_planned(war, i, fight, nothing) for i in (0, 1)])


def ceiling(war: MarkovWar, frontier: AnyFrontier) -> Floats:
    """U, an upper bound of any solution with permanent deals, `(party, state)`."""
    best = np.broadcast_to(frontier.boundary().high, (2, war.n_states))
    values = []
    for i in (0, 1):
        fight = np.zeros(war.n_states, dtype=bool)
        while True:
            value = _planned(war, i, fight, best[i])
            onwards = _fought(war, i, value)
            more = onwards > best[i] + GAIN * (1.0 + np.abs(best[i]))
            if (more <= fight).all():
                break
            fight = fight | more
        values.append(value)
    return np.stack(values)


def _planned(war: MarkovWar, i: int, fight: NDArray[np.bool_], stop: Floats) -> Floats:
    """Value of fighting on where `fight` holds and getting `stop` elsewhere."""
    n = war.n_states
    rows = np.repeat(np.arange(n), war.next_state.shape[1])
    places = war.next_state.ravel()
    weights = (war.discount[i] * war.probability[i] * fight[:, None]).ravel()
    inside = (places < n) & (weights != 0.0)
    moves = sparse.csc_matrix((weights[inside], (rows[inside], places[inside])), shape=(n, n))
    constant = np.where(fight, _fought(war, i, np.zeros(n)), stop)
    return np.atleast_1d(spsolve(sparse.identity(n, format="csc") - moves, constant))


def _fought(war: MarkovWar, i: int, value: Floats) -> Floats:
    """-c + delta E[V(next)]."""
    everywhere = np.concatenate([value, war.terminal[i]])
    expected = (war.probability[i] * everywhere[war.next_state]).sum(axis=1)
    result: Floats = -war.cost[i] + war.discount[i] * expected
    return result
