"""Preferences that are known only in part, and draws from what is known.

u_i(package) = scale * sum_j w_ij v_ij(o_j), with swing weights w_i >= 0 that sum to 1 and values
v_ij in [0, 1], 0 for a party's worst option of an issue and 1 for its best.

Weights and values are uniform on what is said of them (`zopa.spaces.known`).  Experts are a mixture
with equal shares, and every draw says whose it is: it is one expert's word about every party that
this expert has spoken of, and another's about the rest.  Where that expert does not know the least
that a party accepts, one who does is heard on it.

Reference: Edwards and Barron (1994), Organizational Behavior and Human Decision Processes 60,
306-325, for swings; Lahdelma and Salminen (2001), Operations Research 49, 444-454, for weights
uniform on what is known of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.known import Values, Weights
from zopa.spaces.polytope import Sample


@dataclass(frozen=True, eq=False)
class Preferences:
    """What one expert says of one party.

    Attributes:
        weights: of the issues.
        values: for each issue, of its options.
        reservation: range of the least the party accepts, as a share of the best it could get;
            None where nothing is said.
    """

    weights: Weights
    values: tuple[Values, ...]
    reservation: tuple[float, float] | None = None


@dataclass(frozen=True, eq=False)
class Draws:
    """Domains that might be true, equally likely.

    Attributes:
        parties, issues, options: names, as in `Domain`.
        worth: for each issue `(party, option, draw)`.
        reservation: `(party, draw)`; minus infinity where nothing is said of it.
        weight: `(party, issue, draw)`, swing weights.
        expert: `(party, draw)`, index of the expert whose word it is.
        experts: names.
        methods: how draws were made, of those that occur, sorted.
        title: what the domain is called.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    worth: tuple[Floats, ...]
    reservation: Floats
    weight: Floats
    expert: Integers
    experts: tuple[str, ...] = ("",)
    methods: tuple[str, ...] = ()
    title: str = ""

    @property
    def count(self) -> int:
        """Number of draws."""
        return int(self.reservation.shape[1])

    def domain(self, draw: int) -> Domain:
        """One of them; without an agreement a party gets its reservation value, or 0."""
        return self._domain(tuple(worth[:, :, draw] for worth in self.worth),
                            self.reservation[:, draw])

    def mean(self) -> Domain:
        """Mean worths and reservation values; over experts too, so that `domain` says more."""
        return self._domain(tuple(worth.mean(axis=2) for worth in self.worth),
                            self.reservation.mean(axis=1))

    def _domain(self, worth: tuple[Floats, ...], reservation: Floats) -> Domain:
        return Domain(self.parties, self.issues, self.options, worth,
                      disagreement=np.where(np.isneginf(reservation), 0.0, reservation),
                      reservation=reservation, title=self.title)


@dataclass(frozen=True, eq=False)
class Uncertain:
    """What experts say of a domain's parties.

    Attributes:
        parties, issues, options: names, as in `Domain`.
        experts: names.
        said: (expert, party), by index -> what is said; every party by one expert at least.
        scale: utility of a party's best package.
        title: what the domain is called.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    experts: tuple[str, ...]
    said: Mapping[tuple[int, int], Preferences]
    scale: float = 100.0
    title: str = ""

    def __post_init__(self) -> None:
        for p, party in enumerate(self.parties):
            if not any((e, p) in self.said for e in range(len(self.experts))):
                raise ArgumentError(f"no expert says anything of {party}")

    def draws(self, count: int, seed: int = 0) -> Draws:
        """Draws from what is said.

        Args:
            count: how many, at least one an expert.
            seed: the same seed gives the same draws.

        Raises:
            ArgumentError: too few draws, or what an expert says contradicts itself.
        """
        if count < len(self.experts):
            raise ArgumentError(f"{count} draws do not hear {len(self.experts)} experts.")
        expert = self._experts(count, np.random.default_rng([seed, 0]))
        parties, issues = len(self.parties), len(self.issues)
        weight = np.zeros((parties, issues, count))
        worth = [np.zeros((parties, len(names), count)) for names in self.options]
        reservation = np.full((parties, count), -np.inf)
        methods: set[str] = set()
        for (e, p), said in sorted(self.said.items()):
            mine = np.flatnonzero(expert[p] == e)
            rng = np.random.default_rng([seed, 1, e, p])
            who = f"{self.experts[e]} on {self.parties[p]}".strip()
            weights = _told(said.weights, len(mine), rng, f"{who}, weights")
            weight[p][:, mine] = weights.points.T
            methods.add(weights.method)
            for j, values in enumerate(said.values):
                drawn = _told(values, len(mine), rng, f"{who}, {self.issues[j]}")
                worth[j][p][:, mine] = self.scale * weights.points[:, j] * drawn.points.T
                methods.add(drawn.method)
            givers = [g for g in range(len(self.experts))
                      if (found := self.said.get((g, p))) is not None
                      and found.reservation is not None]
            if said.reservation is not None:
                givers = [e]
            whose = rng.permutation(np.resize(givers, len(mine))) if givers else None
            for g in givers:
                ends = self.said[g, p].reservation
                assert whose is not None and ends is not None
                taken = mine[whose == g]
                reservation[p, taken] = self.scale * rng.uniform(*ends, len(taken))
        return Draws(self.parties, self.issues, self.options, tuple(worth), reservation, weight,
                     expert, self.experts, tuple(sorted(methods)), self.title)

    def _experts(self, count: int, rng: np.random.Generator) -> Integers:
        """`(party, draw)`: the draw's own expert, or one of those who have spoken of the party."""
        lead = np.arange(count) % len(self.experts)
        expert = np.tile(lead, (len(self.parties), 1))
        for p in range(len(self.parties)):
            able = np.array([e for e in range(len(self.experts)) if (e, p) in self.said])
            mute = np.flatnonzero(~np.isin(lead, able))
            expert[p, mute] = rng.permutation(np.resize(able, len(mute)))
        return expert


def _told(known: Weights | Values, draws: int, rng: np.random.Generator, who: str) -> Sample:
    try:
        return known.draw(draws, rng)
    except ArgumentError as error:
        raise ArgumentError(f"{who}: {error}.") from None
