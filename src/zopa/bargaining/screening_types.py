"""Two types, one offer a period: when the uninformed side offers what even the tough one accepts.

The uninformed side A makes every offer for one unit; each period of fighting A wins with
probability alpha and B with beta, sigma = 1 - alpha - beta.  B's cost is c_L (tough) or c_H > c_L
(weak).

1. W_B(c) = (delta beta - c) / (1 - delta sigma); the tough type alone gets x1 = max(0, W_B(c_L)).
2. The weak type waits one period for x1: x0 = max(0, -c_H + delta beta + delta sigma x1).
3. Pooling pays 1 - x1 at once.  Screening pays (1 - phi)(1 - x0) + phi y with phi the probability
   of the tough type and y = -c_A + delta alpha + delta sigma (1 - x1).
4. Pool if and only if phi >= (x1 - x0) / (1 - x0 - y).

Reference: Powell (2004), American Journal of Political Science 48:344-361.
"""

from __future__ import annotations

from typing import NamedTuple

from zopa.core.errors import ArgumentError


class TwoTypes(NamedTuple):
    """Offers and the threshold.

    Attributes:
        tough: x1, what the tough type accepts.
        weak: x0, what the weak type accepts now, knowing that x1 comes next.
        threshold: probability of the tough type from which on A pools.
    """

    tough: float
    weak: float
    threshold: float


def two_types(tough_cost: float, weak_cost: float, uninformed_cost: float, win: float, lose: float,
              discount: float) -> TwoTypes:
    """Steps 1-4 of the module's text.

    Args:
        tough_cost, weak_cost: c_L <= c_H, B's cost a period.
        uninformed_cost: c_A.
        win, lose: alpha and beta, probabilities a period that A or B wins.
        discount: delta.

    Raises:
        ArgumentError: costs out of order, probabilities out of range, or screening that pays more
            than pooling whatever the probability.
    """
    stays = 1.0 - win - lose
    if not (tough_cost <= weak_cost and min(win, lose, stays) >= 0.0 and 0.0 <= discount < 1.0):
        raise ArgumentError("Two types need `tough_cost` <= `weak_cost`, `win` and `lose` that "
                            "come to at most 1, and `discount` below 1.")
    tough = max(0.0, (discount * lose - tough_cost) / (1.0 - discount * stays))
    weak = max(0.0, -weak_cost + discount * lose + discount * stays * tough)
    waiting = -uninformed_cost + discount * win + discount * stays * (1.0 - tough)
    if 1.0 - weak <= waiting:
        raise ArgumentError("Fighting on pays the uninformed side more than the weak type's deal: "
                            "nobody is offered anything.")
    return TwoTypes(tough, weak, (tough - weak) / (1.0 - weak - waiting))
