"""Preferences that are known only in part, and draws from what is known.

u_i(package) = scale * sum_j w_ij v_ij(o_j), with swing weights w_i >= 0 that sum to 1 and values
v_ij in [0, 1], 0 for a party's worst option of an issue and 1 for its best.

1. Weights are uniform on what is said of them: the simplex, cut by an order of the issues (ties
   hold exactly), by ranges, and by ratios of two weights.
2. Values are uniform on what is said of them: with an order of the options, on 1 = v_(1) >= ... >=
   v_(n) = 0; with ranges, on the ranges; with both, on what fulfils both.  Where nothing is said, a
   best and a worst option are drawn and the others lie uniformly between.
3. Experts are a mixture with equal shares, and every draw says whose it is: it is one expert's word
   about every party that this expert has spoken of, and another's about the rest.  Where that
   expert does not know the least that a party accepts, one who does is heard on it.

Reference: Edwards and Barron (1994), Organizational Behavior and Human Decision Processes 60,
306-325, for swings and for rank-order centroids, the means of weights under an order; Lahdelma and
Salminen (2001), Operations Research 49, 444-454, for weights uniform on what is known of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from zopa.agreement.space import Floats, Integers
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain
from zopa.spaces.polytope import Polytope, Sample, sample, simplex_draws

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Ratio:
    """low * w_other <= w_issue <= high * w_other."""

    issue: int
    other: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Weights:
    """What is known of a party's swing weights.

    Attributes:
        count: number of issues.
        order: issues from the most important down, those that tie together; may leave some out,
            of which nothing is said then.
        low, high: `(issue,)`, ranges; [0, 1] by default.
        ratios: of pairs of weights.
    """

    count: int
    order: Groups = ()
    low: Floats = field(default_factory=lambda: np.zeros(0))
    high: Floats = field(default_factory=lambda: np.zeros(0))
    ratios: tuple[Ratio, ...] = ()

    def __post_init__(self) -> None:
        _complete(self, self.count)
        _ordered(self.order, self.count)

    def draw(self, draws: int, rng: np.random.Generator) -> Sample:
        """`(draw, issue)`, uniform on what is known.

        Raises:
            ArgumentError: nothing fulfils it.
        """
        whole = sum(map(len, self.order)) == self.count
        corners = corners_of(self.order) if whole else np.eye(self.count)
        free = bool((self.low <= 0.0).all() and (self.high >= 1.0).all() and not self.ratios)
        if free and (whole or not self.order):
            return Sample(simplex_draws(corners, draws, rng), "exact")
        rows, equal = _order_rows(self.order, self.count)
        for ratio in self.ratios:
            below, above = np.zeros(self.count), np.zeros(self.count)
            below[ratio.issue], below[ratio.other] = -1.0, ratio.low
            above[ratio.issue], above[ratio.other] = 1.0, -ratio.high
            rows += [below, above]
        eye = np.eye(self.count)
        body = Polytope(np.array([*-eye, *eye, *rows]),
                        np.concatenate([-self.low, self.high, np.zeros(len(rows))]),
                        np.array([*equal, np.ones(self.count)]),
                        np.append(np.zeros(len(equal)), 1.0))
        return sample(body, draws, rng, lambda n, r: simplex_draws(corners, n, r))


@dataclass(frozen=True, eq=False)
class Values:
    """What is known of a party's values of one issue's options.

    Attributes:
        count: number of options.
        order: all options from the best down, those that tie together; empty where unknown.
        low, high: `(option,)`, ranges; [0, 1] by default.
    """

    count: int
    order: Groups = ()
    low: Floats = field(default_factory=lambda: np.zeros(0))
    high: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        _complete(self, self.count)
        _ordered(self.order, self.count)
        if self.order and sum(map(len, self.order)) != self.count:
            raise ArgumentError("`order` of values must name every option.")

    def draw(self, draws: int, rng: np.random.Generator) -> Sample:
        """`(draw, option)`, uniform on what is known.

        Raises:
            ArgumentError: nothing fulfils it.
        """
        ranged = bool((self.low > 0.0).any() or (self.high < 1.0).any())
        if not self.order:
            return Sample(rng.uniform(self.low, self.high, (draws, self.count)) if ranged
                          else _anchored(self.count, draws, rng), "exact")
        if not ranged:
            return Sample(_falling(self.order, draws, rng), "exact")
        low, high = self.low.copy(), self.high.copy()
        if len(self.order) > 1:
            best, worst = list(self.order[0]), list(self.order[-1])
            # an end that its ranges leave open is the scale's own end
            if (high[best] >= 1.0).all():
                low[best] = 1.0
            if (low[worst] <= 0.0).all():
                high[worst] = 0.0
        rows, equal = _order_rows(self.order, self.count)
        eye = np.eye(self.count)
        body = Polytope(np.array([*-eye, *eye, *rows]),
                        np.concatenate([-low, high, np.zeros(len(rows))]),
                        np.array(equal).reshape(-1, self.count), np.zeros(len(equal)))
        return sample(body, draws, rng, lambda n, r: r.uniform(low, high, (n, self.count)))


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


def corners_of(order: Groups) -> Floats:
    """`(corner, coordinate)` of the weights in an order: equal on the first groups, 0 on the rest.

    Their mean is the rank-order centroid, w_(j) = (1/n) sum_{k >= j} 1/k where nothing ties.
    """
    count = sum(map(len, order))
    corners = np.zeros((len(order), count))
    held: list[int] = []
    for row, group in zip(corners, order, strict=True):
        held += group
        row[held] = 1.0 / len(held)
    return corners


def _complete(known: Weights | Values, count: int) -> None:
    """Ranges left out are [0, 1]; others have the right shape."""
    for name, default in (("low", 0.0), ("high", 1.0)):
        if not getattr(known, name).size:
            object.__setattr__(known, name, np.full(count, default))
        if getattr(known, name).shape != (count,):
            raise ArgumentError(f"`{name}` must have shape {(count,)}.")
    if not (known.low <= known.high).all() or (known.low < 0).any() or (known.high > 1).any():
        raise ArgumentError("ranges must lie in [0, 1], the lower end first.")


def _ordered(order: Groups, count: int) -> None:
    named = [n for group in order for n in group]
    if len(set(named)) < len(named) or any(not 0 <= n < count for n in named):
        raise ArgumentError(f"`order` must name each of 0..{count - 1} once at most.")


def _order_rows(order: Groups, count: int) -> tuple[list[Floats], list[Floats]]:
    """Rows x with x . w <= 0 for a later group, and x . w = 0 within a group."""
    eye = np.eye(count)
    rows = [eye[below[0]] - eye[above[0]] for above, below in zip(order, order[1:], strict=False)]
    equal = [eye[other] - eye[group[0]] for group in order for other in group[1:]]
    return rows, equal


def _falling(order: Groups, draws: int, rng: np.random.Generator) -> Floats:
    """Values 1 and 0 at the ends and sorted uniform draws between; all 1 where all tie."""
    inner = max(len(order) - 2, 0)
    between = -np.sort(-rng.uniform(size=(draws, inner)), axis=1)
    ends = np.concatenate([np.ones((draws, 1)), between, np.zeros((draws, 1))], axis=1)
    values = np.zeros((draws, sum(map(len, order))))
    for n, group in enumerate(order):
        values[:, list(group)] = ends[:, n:n + 1]
    return values


def _anchored(count: int, draws: int, rng: np.random.Generator) -> Floats:
    """A best option at 1, a worst at 0, both drawn, the others uniform."""
    values = rng.uniform(size=(draws, count))
    ranks = np.argsort(rng.uniform(size=(draws, count)), axis=1)
    rows = np.arange(draws)
    values[rows, ranks[:, -1]] = 0.0
    values[rows, ranks[:, 0]] = 1.0
    return values


def _told(known: Weights | Values, draws: int, rng: np.random.Generator, who: str) -> Sample:
    try:
        return known.draw(draws, rng)
    except ArgumentError as error:
        raise ArgumentError(f"{who}: {error}.") from None
