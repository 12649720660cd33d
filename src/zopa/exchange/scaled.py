"""Additive utilities as weights and values in [0, 1], the form that other formats ask for.

For each party, with m_j and r_j the least and the range of what issue j adds, and c = base +
sum_j m_j what the worst package has:

1. Utilities that fit as they are stay as they are: nothing below 0, and sum_j max_j <= 1.
2. So do those that fit once c stands on the first issue: c >= 0 and c + sum_j r_j <= 1.
3. Others are moved and divided, u' = (u - c) / sum_j r_j, so that the worst package has 0 and the
   best 1.  With rules the divisor is at least the largest bonus.

A weight is the most that its issue adds.  Where weights must sum to 1, what is missing is shared
equally among them and the values become smaller; utilities are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain

TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Scaled:
    """u = lowest + span * u', with u' = sum_j weight_j value_j (+ bonus / span).

    Attributes:
        weights: `(party, issue)`.
        values: for each issue `(party, option)` in [0, 1].
        lowest: `(party,)`.
        span: `(party,)`, > 0.
    """

    weights: Floats
    values: tuple[Floats, ...]
    lowest: Floats
    span: Floats

    def on_it(self, utility: Floats) -> Floats:
        """Utilities, `(party,)`, on the new scale."""
        return (utility - self.lowest) / self.span

    def notes(self, parties: tuple[str, ...]) -> list[str]:
        """What the reader must know where the scale changed."""
        return [f"{party}: utilities are written as "
                f"(u {'-' if low >= 0.0 else '+'} {abs(low):.6g}) / {span:.6g}."
                for party, low, span in zip(parties, self.lowest, self.span, strict=True)
                if low != 0.0 or span != 1.0]


def scaled(domain: Domain, sum_to_one: bool) -> Scaled:
    """Weights and values of every party."""
    parties = range(len(domain.parties))
    rows = [_party([worth[i] for worth in domain.worth], float(domain.base[i]),
                   max((abs(float(rule.bonus[i])) for rule in domain.rules), default=0.0))
            for i in parties]
    most = np.array([[part.max() for part in worth] for worth, _, _ in rows])
    slack = np.maximum(1.0 - most.sum(axis=1), 0.0)[:, None] / most.shape[1]
    weights = most + slack if sum_to_one else most
    safe = np.where(weights > 0.0, weights, 1.0)
    return Scaled(
        weights,
        tuple(np.clip(np.stack([rows[i][0][j] / safe[i, j] for i in parties]), 0.0, 1.0)
              for j in range(len(domain.issues))),
        np.array([low for _, low, _ in rows]), np.array([span for _, _, span in rows]))


def _party(worth: list[Floats], base: float, bonus: float) -> tuple[list[Floats], float, float]:
    """What each issue adds, at least 0 and together at most 1; lowest and span."""
    least = [float(part.min()) for part in worth]
    if (base == 0.0 and min(least) >= 0.0 and bonus <= 1.0
            and sum(float(part.max()) for part in worth) <= 1.0 + TINY):
        return worth, 0.0, 1.0
    moved = [part - low for part, low in zip(worth, least, strict=True)]
    bottom = base + sum(least)
    ranges = sum(float(part.max()) for part in moved)
    if bottom >= 0.0 and bottom + ranges <= 1.0 + TINY and bonus <= 1.0:
        return [moved[0] + bottom, *moved[1:]], 0.0, 1.0
    span = max(ranges, bonus) or 1.0
    return [part / span for part in moved], bottom, span


def without_constraints(domain: Domain, form: str) -> None:
    """Refuses a domain with constraints.

    Raises:
        ArgumentError: it has some; says which format cannot hold them.
    """
    if domain.forbidden:
        count = len(domain.forbidden)
        raise ArgumentError(
            f"{form} cannot hold constraints between options, and there "
            f"{'is 1' if count == 1 else f'are {count}'} here. A scenario holds them; without them "
            "other packages could be agreed, so they are not left out.")


def file_names(names: tuple[str, ...], taken: tuple[str, ...] = ()) -> list[str]:
    """A distinct file name, without its ending, for each name."""
    return _distinct(names, taken, lambda c: c.isalnum() or c in " -_", "party")


def simple_names(names: tuple[str, ...]) -> list[str]:
    """Distinct names of the letters a to z and digits alone."""
    return _distinct(names, (), lambda c: c.isascii() and c.isalnum(), "party")


def _distinct(names: tuple[str, ...], taken: tuple[str, ...], keeps: Callable[[str], bool],
              otherwise: str) -> list[str]:
    made: list[str] = []
    used = {name.casefold() for name in taken}
    for name in names:
        short = " ".join("".join(c for c in name if keeps(c)).split())[:80] or otherwise
        candidate, n = short, 1
        while candidate.casefold() in used:
            n += 1
            candidate = f"{short}{n}"
        used.add(candidate.casefold())
        made.append(candidate)
    return made
