"""Wars of the classical models, and what their papers' assumptions give in closed form.

Each builder returns a `MarkovWar`; each formula stands beside it, without any of the engine's code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zopa.bargaining import MarkovWar
from zopa.war.forts import alternating

NONE = np.zeros((2, 0))


def static(discount: Any, proposer: float = 0.5, cost: Any = (0.0, 0.0),
           **rules: Any) -> MarkovWar:
    """One state that leads back to itself: bargaining with no war behind it."""
    return MarkovWar([[0]], [[1.0]], cost, discount, [proposer], NONE, **rules)


def rubinstein(d_a: float, d_b: float) -> tuple[float, float]:
    """Alternating offers: A's share when A proposes, and when B does (Rubinstein 1982)."""
    x = (1 - d_b) / (1 - d_a * d_b)
    return x, d_a * x


def random_proposer(pi: float, d_a: float, d_b: float) -> float:
    """A's value when A proposes with probability pi (Binmore 1987)."""
    return pi * (1 - d_b) / (pi * (1 - d_b) + (1 - pi) * (1 - d_a))


def breakdown_war(p: float, b: tuple[float, float]) -> MarkovWar:
    """No discounting; after a refusal the talks break down with probability p, paying b."""
    return alternating(MarkovWar([[0, 1]], [[1 - p, p]], (0, 0), (1, 1), 0.5, [[b[0]], [b[1]]]))


def breakdown(p: float, b: tuple[float, float]) -> float:
    """A's share when A proposes first."""
    return b[0] + (1 - b[0] - b[1]) / (2 - p)


def inside_options(d: float, g: tuple[float, float]) -> float:
    """A's share when A proposes first; while disagreeing i gets (1 - d) g_i a period."""
    return g[0] + (1 - g[0] - g[1]) / (1 + d)


def outside_options(d: float, w: tuple[float, float]) -> float:
    """A's share when A proposes first; a responder may leave, w_A + w_B <= 1."""
    r = 1 / (1 + d)
    if w[0] <= d * r and w[1] <= d * r:
        return r
    if w[0] > d * r and w[1] <= d * (1 - w[0]):
        return 1 - d * (1 - w[0])
    return 1 - w[1]


def lottery_war(lottery: Any, discount: float, proposer: Any, peace: Any,
                enforcement: float = 0.0) -> MarkovWar:
    """Fighting is a lottery that pays at once; a lapsed deal moves by the peace kernel.

    Args:
        lottery: `(party, state)`, what fighting pays.
        discount: common to both.
        proposer: `(state,)`.
        peace: `(state, state)` rows of probabilities.
        enforcement: e.
    """
    pays = np.asarray(lottery, dtype=float)
    n = pays.shape[1]
    return MarkovWar(np.arange(n, 2 * n)[:, None], np.ones((n, 1)), (0, 0), (discount, discount),
                     proposer, pays / discount, enforcement=enforcement,
                     peace_next_state=np.tile(np.arange(n), (n, 1)), peace_probability=peace)


def power_shift(p0: float, p1: float, discount: float, loss: float, pi: float,
                enforcement: float = 0.0) -> MarkovWar:
    """A's chance in war falls from p0 to p1 for good unless they fight now (Powell 2004, 2006)."""
    p = np.array([p0, p1])
    return lottery_war((1 - loss) * np.array([p, 1 - p]), discount, [pi, pi], [[0, 1], [0, 1]],
                       enforcement)


def ruin(n: int, p: float, d: float) -> tuple[np.ndarray, np.ndarray]:
    """Discounted probabilities that a walk from k = 1..n-1 ends at n, and at 0.

    With x1 > x2 the roots of d p x^2 - x + d (1 - p) = 0:
    W_k = (x1^k - x2^k) / (x1^n - x2^n); the loss is the win of the mirrored walk.
    """
    if d == 1.0:
        k, odds = np.arange(1, n), (1 - p) / p
        win = k / n if p == 0.5 else (1 - odds**k) / (1 - odds**n)
        return win, 1 - win

    def up(p: float) -> np.ndarray:
        root = np.sqrt(1 - 4 * d * d * p * (1 - p))
        x1, x2 = (1 + root) / (2 * d * p), (1 - root) / (2 * d * p)
        k = np.arange(1, n)
        return (x1**k - x2**k) / (x1**n - x2**n)

    return up(p), up(1 - p)[::-1]


def ruin_time(n: int, p: float) -> np.ndarray:
    """Expected number of battles from k = 1..n-1."""
    k = np.arange(1, n)
    if p == 0.5:
        return k * (n - k) * 1.0
    return k / (1 - 2 * p) - n / (1 - 2 * p) * ruin(n, p, 1.0)[0]


def forts_value(n: int, p: float, d: float, pi: float, c: tuple[float, float]) -> np.ndarray:
    """A's value at k = 1..n-1 where no end of the pie binds (Slantchev 2003)."""
    win, loss = ruin(n, p, d)
    if d == 1.0:
        return win + (pi * c[1] - (1 - pi) * c[0]) * ruin_time(n, p)
    g = pi * (1 - d) + pi * c[1] - (1 - pi) * c[0]
    return win + g * (1 - win - loss) / (1 - d)


def common_belief_value(war: MarkovWar) -> np.ndarray:
    """V_A = (I - d Q)^-1 (d R w_A + g), g = pi (1 - d) + pi c_B - (1 - pi) c_A.

    For any chain with a common belief and discount, terminals that sum to 1, permanent deals over
    a pie of which no end and no floor binds, and talks in every period.
    """
    n, d = war.n_states, war.discount[0]
    q, r = np.zeros((n, n)), np.zeros((n, war.n_terminal))
    for s in range(n):
        for place, chance in zip(war.next_state[s], war.probability[0, s], strict=True):
            if place < n:
                q[s, place] += chance
            else:
                r[s, place - n] += chance
    pi = war.proposer
    g = pi * (1 - d) + pi * war.cost[1] - (1 - pi) * war.cost[0]
    return np.linalg.solve(np.eye(n) - d * q, d * r @ war.terminal[0] + g)


def lapsing_patron(n: int, hazard: float, p: tuple[float, float], c_a: float,
                   c_b: tuple[float, float], d: float, pi: float = 0.5) -> MarkovWar:
    """Forts with a patron's regime that lapses: states (k, on) and then (k, off)."""
    inner = n - 1
    moves, chances = [], []
    for on in (True, False):
        for k in range(1, n):
            row, weight = [], []
            for step, chance in ((1, p[0] if on else p[1]), (-1, 1 - (p[0] if on else p[1]))):
                for stays, share in ((True, 1 - hazard), (False, hazard)) if on else ((False, 1),
                                                                                    (True, 0)):
                    to = k + step
                    end = 2 * inner + (0 if to == n else 1)
                    row.append(end if to in (0, n) else to - 1 + (0 if stays else inner))
                    weight.append(chance * share)
            moves.append(row)
            chances.append(weight)
    cost = [[c_a] * (2 * inner), [c_b[0]] * inner + [c_b[1]] * inner]
    return MarkovWar(moves, chances, cost, (d, d), pi, np.eye(2))
