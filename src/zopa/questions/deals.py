"""What can be agreed in every draw, at the present state: the ground of `zone` and of many tests.

With a war the point of no agreement is W_i, the value of never agreeing; without one it is the
scenario's `disagreement`, and a deal is worth its utility (a = 1, K = 0).

Where groups decide inside the parties, each package is held against what every group with a veto
accepts, and against the floors that are stated: the floor that stands for the groups along the
frontier would say less than asking them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zopa.agreement import remembered
from zopa.agreement.nearest import Mixture, Nearest, mixture, nearest
from zopa.agreement.space import Space
from zopa.agreement.vertices import Vertices, vertices
from zopa.agreement.zone import Zone, zone
from zopa.core.errors import ArgumentError
from zopa.ensemble.solve import Parts
from zopa.ensemble.space import from_scenario, positions
from zopa.questions.groups import groups, stated_floor
from zopa.questions.study import Study
from zopa.scenario.schema import Scenario

Floats = NDArray[np.float64]
BLOCK = 128
"""Draws computed at a time; the result does not depend on it."""


@dataclass(frozen=True, eq=False)
class Deals:
    """Packages and what they are worth.

    Attributes:
        space: the agreement space.
        x: the present position in [-1, 1].
        packages: `(package, issue)`.
        utilities: `(party, package, draw)`.
        disagreement: `(party, draw)`, W.
        floor: `(party, draw)`, minus infinity where there is none.
        weight, constant: `(party, draw)`, a and K of D = a u + K.
        reservation: `(party, draw)`, r; None without a war.
        vetoed: `(package, draw)`, packages that a group with a veto rejects; None without groups.
    """

    space: Space
    x: float
    packages: NDArray[np.int64]
    utilities: Floats
    disagreement: Floats
    floor: Floats
    weight: Floats
    constant: Floats
    reservation: Floats | None
    vetoed: NDArray[np.bool_] | None = None

    @cached_property
    def frontier(self) -> Vertices:
        """Corners of the frontier; two parties only."""
        return vertices(self.space, self.x)

    @cached_property
    def width(self) -> Floats:
        """`(party, draw)`: what each side has to win; with more than two parties over packages."""
        if len(self.space.parties) == 2:
            return self.frontier.range
        width: Floats = np.ptp(self.utilities, axis=1)
        return width

    @cached_property
    def zone(self) -> Zone:
        """Packages better for everybody than never agreeing."""
        return self._better_than(self.disagreement)

    @cached_property
    def signable(self) -> Zone:
        """Packages better for everybody than fighting on this period.

        Raises:
            ArgumentError: there is no war.
        """
        if self.reservation is None:
            raise ArgumentError("war is missing, so nothing can be compared with fighting on.")
        return self._better_than(self.reservation)

    @property
    def least(self) -> Floats:
        """`(party, draw)`: the utility worth as much as no agreement, (W - K) / a."""
        return (self.disagreement - self.constant) / self.weight

    def nearest(self, point: Floats) -> Nearest:
        """The nearest package of the zone to a point `(party, draw)`."""
        blocks = [nearest(point[:, part], self.utilities[..., part], self.zone.mask[:, part],
                          self.width[:, part]) for part in self._blocks()]
        return Nearest(np.concatenate([block.package for block in blocks]),
                       np.concatenate([block.utility for block in blocks], axis=1),
                       np.concatenate([block.distance for block in blocks]))

    def mixture(self, point: Floats) -> Mixture:
        """The nearest point of the frontier as a mixture of real packages."""
        return mixture(point, self.frontier)

    def best_gain(self, side: int) -> Floats:
        """`(draw,)`: the largest D_i - W_i over the zone; minus infinity where it is empty."""
        best = [np.where(self.zone.mask[:, part], self.utilities[side][:, part], -np.inf)
                .max(axis=0) for part in self._blocks()]
        gain: Floats = (self.weight[side] * np.concatenate(best) + self.constant[side]
                        - self.disagreement[side])
        return gain

    def _better_than(self, value: Floats) -> Zone:
        mask = np.concatenate([
            zone(self.utilities[..., part], value[:, part], self.floor[:, part],
                 self.weight[:, part], self.constant[:, part], self.width[:, part]).mask
            for part in self._blocks()], axis=1)
        return Zone(mask if self.vetoed is None else mask & ~self.vetoed)

    def _blocks(self) -> list[slice]:
        draws = self.utilities.shape[2]
        return [slice(first, min(first + BLOCK, draws)) for first in range(0, draws, BLOCK)]


def deals(study: Study) -> Deals:
    """What can be agreed in a study, at its present state."""
    return study.keep("deals", lambda: _decided(study))


def unvetoed(study: Study) -> Deals:
    """The same with the floors that the scenario states, as if no group had a veto."""
    return replace(_deals(study), floor=stated_floor(study))


def _decided(study: Study) -> Deals:
    """What can be agreed, with what groups reject."""
    inside = groups(study)
    if inside is None or not inside.vetoes.any():
        return _deals(study)
    return replace(unvetoed(study), vetoed=inside.vetoed)


def predicted(study: Study) -> Nearest:
    """The package of the zone nearest to the predicted agreement of every draw.

    The prediction is the expected terms of the first agreement, given one; none where an agreement
    is rare.
    """
    terms = study.ensemble(Parts.TIMING).timing.terms  # first, or the deals alone are solved before
    return study.keep("predicted", lambda: deals(study).nearest(terms))


def present(scenario: Scenario) -> float:
    """The present position in [-1, 1]; without a war the middle."""
    cell = scenario.war.position.present_cell if scenario.war else 0
    return float(positions(scenario)[cell])


def _deals(study: Study) -> Deals:
    scenario = study.scenario
    space, x = from_scenario(scenario, study.draws.values), present(scenario)
    if scenario.war is not None:
        ensemble = study.ensemble(Parts.BARGAIN)
        bargain = ensemble.bargain
        return Deals(space, x, ensemble.packages, ensemble.utilities, bargain.finish,
                     ensemble.floor, bargain.deal_weight, bargain.deal_constant,
                     bargain.reservation)
    packages = remembered.packages(space)
    missing = [side for side in scenario.sides if side not in scenario.disagreement]
    if missing:
        raise ArgumentError(f"disagreement.{missing[0]} is missing. "
                            "Without a war every party's value of no agreement must be given.")
    outside = np.stack([study.draws[f"disagreement.{side}"] for side in scenario.sides])
    return Deals(space, x, packages, space.utilities(packages, x), outside,
                 np.full_like(outside, -np.inf), np.ones_like(outside), np.zeros_like(outside),
                 None)
