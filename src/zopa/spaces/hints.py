"""Some good packages, found at once: what they dominate need not be looked at."""

from __future__ import annotations

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.spaces.domain import Domain

COUNT = {1: 1, 2: 64, 3: 512}
MORE_PARTIES = 2048


def hints(domain: Domain) -> Integers:
    """Allowed packages that give each issue its best option under weights of the parties.

    The weights are each party alone, all alike, and a sequence that covers the others evenly; rules
    are left aside.

    Returns:
        `(package, issue)`, without repetition; perhaps none.
    """
    parties = len(domain.parties)
    spread = spreads(domain)
    count = COUNT.get(parties, MORE_PARTIES)
    weights = _even(parties, count)
    weights = np.concatenate([np.eye(parties), np.ones((1, parties)), weights]) / spread
    packages = np.stack([np.argmax(weights @ worth, axis=1) for worth in domain.worth], axis=1)
    packages = np.unique(packages, axis=0)
    return packages[domain.allowed(packages)]


def _even(parties: int, count: int) -> Floats:
    """`(weight, party)`: weights that sum to 1, spread over the simplex like an even sample.

    A Kronecker sequence of the root of g^(n + 1) = g + 1, turned into exponential numbers.
    """
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (parties + 1))
    even = (0.5 + np.outer(np.arange(1, count + 1), root ** -np.arange(1.0, parties + 1))) % 1.0
    weights = 1e-12 - np.log1p(-even)
    return weights / weights.sum(axis=1, keepdims=True)


def spreads(domain: Domain) -> Floats:
    """`(party,)`: from worst to best option, summed over issues, and every bonus; never 0."""
    spread = np.sum([np.ptp(worth, axis=1) for worth in domain.worth], axis=0)
    spread = spread + np.sum([np.abs(rule.bonus) for rule in domain.rules], axis=0)
    return np.where(spread > 0.0, spread, 1.0)
