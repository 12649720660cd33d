"""Shapley values: what a joint effect owes to each of its causes.

With v(S) the value when the causes of S alone are at work, the share of cause i among n is

    phi_i = sum over S without i of  |S|! (n - |S| - 1)! / n!  (v(S + i) - v(S)),

that is, the mean over all orders in which the causes could be switched on of what i adds when its
turn comes.  It is the only rule by which the shares add up to v(all) - v(none), a cause that never
changes anything gets nothing, causes that are alike get the same, and shares of a sum are sums of
shares.

Reference: Shapley (1953), Contributions to the Theory of Games II, 307-317.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from math import factorial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from zopa.core.errors import ArgumentError

Floats = NDArray[np.float64]
Player = TypeVar("Player", bound=Hashable)


def subsets(players: Iterable[Player]) -> Iterator[frozenset[Player]]:
    """All subsets, the smaller ones first."""
    chosen = tuple(players)
    for size in range(len(chosen) + 1):
        yield from map(frozenset, combinations(chosen, size))


def shares(values: Mapping[frozenset[Player], Any]) -> dict[Player, Floats]:
    """The share of each player.

    Args:
        values: v(S) of every subset of the players; numbers, or arrays of one shape, whose entries
            are games of their own.

    Returns:
        Player -> its share, of the values' shape, in the order of the subsets of one player.

    Raises:
        ArgumentError: a subset is missing.
    """
    everybody = max(values, key=len, default=frozenset())
    missing = [subset for subset in subsets(everybody) if subset not in values]
    if missing:
        raise ArgumentError(f"Argument `values` must hold every subset of the {len(everybody)} "
                            f"players, but {len(missing)} are missing.")
    # in the order of the values, not of the set, so that sums round alike in every process
    players = [player for subset in values if len(subset) == 1 for player in subset]
    count = len(players)
    found: dict[Player, Floats] = {}
    for player in players:
        total = np.zeros(np.shape(values[everybody]))
        for subset in subsets(other for other in players if other != player):
            orders = factorial(len(subset)) * factorial(count - len(subset) - 1)
            added = np.asarray(values[subset | {player}]) - np.asarray(values[subset])
            total = total + orders / factorial(count) * added
        found[player] = total
    return found
