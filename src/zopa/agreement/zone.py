"""The zone of possible agreement: the real packages that beat no agreement for everybody.

A package is in the zone of a draw iff for every party i

    a_i u_i + K_i >= W_i   and   u_i >= rho_i,

with W_i the value of never agreeing (or a given disagreement value), a_i u + K_i the value of a
deal (a = 1, K = 0 for a permanent one) and rho_i the ratification floor.  Ties belong to the zone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Booleans, Floats, Integers

TIES = 1e-12


@dataclass(frozen=True, eq=False)
class Zone:
    """The zone in every draw.

    Attributes:
        mask: `(package, draw)`, which packages are in it.
    """

    mask: Booleans

    @property
    def empty(self) -> Booleans:
        """`(draw,)`: no package is in the zone."""
        empty: Booleans = np.all(~self.mask, axis=0)
        return empty

    @property
    def share(self) -> Floats:
        """`(draw,)`: share of all packages that are in the zone."""
        share: Floats = self.mask.mean(axis=0)
        return share

    def open(self, packages: Integers, issue: int, options: int) -> Booleans:
        """Options of an issue that some package of the zone holds: `(option, draw)`.

        Args:
            packages: `(package, issue)`, those the mask speaks of.
            issue: the issue.
            options: how many options it has.
        """
        return np.stack([self.mask[packages[:, issue] == option].any(axis=0)
                         for option in range(options)])

    def includes(self, packages: Integers, issue: int, options: tuple[int, ...]) -> Booleans:
        """`(draw,)`: some package of the zone settles the issue by one of the options."""
        held = np.isin(packages[:, issue], options)
        included: Booleans = np.any(self.mask[held], axis=0)
        return included

    def settled(self, packages: Integers, sizes: tuple[int, ...]) -> Integers:
        """How the zone settles each issue: `(issue, draw)`.

        The option on which all packages of the zone agree; -1 where the issue is live (two or more
        options are in the zone), -2 where the zone is empty.

        Args:
            packages: `(package, issue)`.
            sizes: number of options of each issue.
        """
        rows = []
        for issue, size in enumerate(sizes):
            held = self.open(packages, issue, size)
            count = held.sum(axis=0)
            rows.append(np.where(count == 1, held.argmax(axis=0), np.where(count == 0, -2, -1)))
        return np.stack(rows)


def zone(utility: Floats, disagreement: Floats, floor: Floats | None = None,
         weight: Floats | float = 1.0, constant: Floats | float = 0.0,
         scale: Floats | float = 1.0) -> Zone:
    """Packages at least as good as `disagreement` for every party, and ratifiable.

    With the value of fighting on r in place of W the same function gives the packages that could
    be signed today.

    Args:
        utility: `(party, package, draw)`.
        disagreement: `(party, draw)`, W.
        floor: `(party, draw)`, rho; None where there is none.
        weight: a, `(party, draw)` or one number, > 0.
        constant: K, `(party, draw)` or one number.
        scale: `(party, draw)` or one number, the range of utilities that ties are measured in.
    """
    needed = (disagreement - constant) / weight
    if floor is not None:
        needed = np.maximum(needed, floor)
    needed = needed - TIES * np.asarray(scale)
    mask = np.ones(utility.shape[1:], dtype=bool)
    for own, least in zip(utility, needed, strict=True):
        mask &= own >= least
    return Zone(mask)
