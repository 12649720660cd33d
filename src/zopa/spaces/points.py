"""Fair points of a domain, on real packages and on mixtures, from its disagreement point d.

With the gains g_i = u_i - d_i, among the agreements that leave every party at least d_i (within
rounding, see `zopa.spaces.ties`):

- Nash: largest product of g_i (weighted Nash: of g_i ** alpha_i) of the parties that can gain.
- Kalai-Smorodinsky: equal shares g_i / (a_i - d_i), a_i the most i can get while the others get d;
  the lexicographically largest shares (the smallest first) where that point does not exist.
- Egalitarian: equal gains; else the largest minimum gain, of several the largest sum of gains.
- Utilitarian: the largest sum of utilities.
- Maximal-minimum: equal utilities u_i, not gains; else the largest minimum utility, of several the
  largest sum.
- Lexicographic max-min: the largest minimum gain, then the largest next smallest, and so on.  Two
  parties have one point of this kind and it is the egalitarian one; with more, egalitarian
  looks at the sum once the minimum is settled, this at each next smallest gain.
- Raiffa: from d to the mean of what each party's dictate would give with the others kept where
  they are, from there again, and so on to the frontier; on packages the nearest to that point.
- Adjusted Winner: see `zopa.agreement.winner`; it takes no account of d.

**Why each is on the frontier.**  Every key above never falls when a party gains, so among the
packages of largest key there is one that nothing dominates: looking at the frontier's packages
alone loses nothing.  Ties between them are broken by keys that treat the parties alike and, where
the principle does, do not depend on the unit of a utility; at last by the package that comes first,
the last issue's option changing fastest.

A frontier that is known between two bounds gives the points of its lower one; `beyond` then says by
how much packages not looked at can be above it, party by party.

References: Nash (1950), Econometrica 18:155-162; Harsanyi and Selten (1972), Management Science
18:P80-P106; Kalai and Smorodinsky (1975), Econometrica 43:513-518; Imai (1983), Econometrica
51:389-401; Kalai (1977), Econometrica 45:1623-1630; Rawls (1971) and Sen (1970) for maximal and
lexicographic minima; Raiffa (1953), in Contributions to the Theory of Games II, 361-387; Brams and
Taylor (1996), Fair Division.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zopa.agreement import points as conventions
from zopa.agreement.space import Floats, Integers
from zopa.agreement.winner import adjusted_winner
from zopa.spaces.domain import Domain
from zopa.spaces.efficient import Efficient
from zopa.spaces.fairness import contest
from zopa.spaces.mixed import GAP, Unsolved
from zopa.spaces.mixtures import mixtures
from zopa.spaces.plane import Plane
from zopa.spaces.principles import NASH, OTHERS, Gains, Principle
from zopa.spaces.ranges import in_ranges, ranges
from zopa.spaces.solid import Solid
from zopa.spaces.ties import TIES, slack

NONE = "no agreement leaves everybody at least disagreement"


@dataclass(frozen=True, eq=False)
class FairPoint:
    """The agreement a principle picks.

    Attributes:
        name: the principle.
        convention: what exactly was computed, in a sentence.
        on: `packages` (real ones) or `mixtures` of them.
        utility: `(party,)`; NaN where there is none.
        package: `(issue,)` options of the package; None for a mixture of several, or where there
            is none.
        mixture: packages `(issue,)` and their shares, which sum to 1; empty for a real package.
        status: why there is none, or what qualifies it; empty where all is well.
        gap: how far it can be from the principle's best, by its certificate: 0 where it is exact.
        beyond: `(party,)`, how far packages not looked at can be above the frontier it is on.
    """

    name: str
    convention: str
    on: str
    utility: Floats
    package: Integers | None = None
    mixture: tuple[tuple[Integers, float], ...] = ()
    status: str = ""
    gap: float = 0.0
    beyond: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def exists(self) -> bool:
        """Whether there is such an agreement."""
        return not bool(np.isnan(self.utility).any())

    @property
    def key(self) -> str:
        """Its name among points of both kinds."""
        return self.name if self.on == "packages" else f"{self.name} (mixture)"


def points(domain: Domain, efficient: Efficient,
           weights: Sequence[float] | None = None) -> tuple[FairPoint, ...]:
    """Every fair point of the domain, on packages and then on mixtures.

    Args:
        domain: the domain, with its disagreement point.
        efficient: its frontier.
        weights: bargaining powers, one a party, > 0: adds the weighted Nash points.

    Returns:
        Points that do not exist are there too, with NaN and a status that says why.

    Raises:
        ArgumentError: weights that are not positive, or not one a party.
    """
    parties = len(domain.parties)
    span, _ = ranges(domain)
    chosen = [(NASH, np.full(parties, 1.0 / parties))]
    if weights is not None:
        nash = conventions.Nash(tuple(map(float, weights)))
        powers = np.array(nash.powers(parties))
        chosen.append((replace(NASH, name="weighted Nash", packages=nash.convention,
                               mixtures=nash.convention), powers))
    chosen += [(principle, np.zeros(parties)) for principle in OTHERS]
    hull = mixtures(efficient.utility, domain.disagreement, span) if len(efficient.utility) \
        else None
    mixed = [_mixed(principle, powers, domain, efficient, hull) for principle, powers in chosen]
    real = [_real(principle, powers, domain, efficient, span, at)
            for (principle, powers), at in zip(chosen, mixed, strict=True)]
    found = (*real, *mixed, _winner(domain))
    if efficient.exact:
        return found
    return tuple(_bounded(point, domain, efficient) for point in found)


def _real(principle: Principle, powers: Floats, domain: Domain, efficient: Efficient,
          span: Floats, mixed: FairPoint) -> FairPoint:
    """The point on packages."""
    utility = efficient.utility
    own = utility - domain.disagreement
    # a gain of rounding alone is none: roots of a product would make much of it
    own = np.where(np.abs(own) <= slack(domain), 0.0, own)
    rows = np.flatnonzero(np.all(own >= 0.0, axis=1))
    point = FairPoint(principle.name, principle.packages, "packages",
                      np.full(len(span), np.nan), status=NONE)
    if not len(rows):
        return point
    if principle.keys is None and not mixed.exists:
        return replace(point, status=mixed.status)
    if principle.keys is None:
        apart = in_ranges((utility[rows] - mixed.utility).T, span)
        keys = [(-np.sqrt((apart ** 2).sum(axis=0)), 1.0)]
    else:
        shares = own[rows] / np.where(span > 0.0, span, 1.0)
        gains = Gains(utility[rows], own[rows], shares, shares.max(axis=0), float(span.max()))
        keys = principle.keys(gains, powers)
    left = np.arange(len(rows))
    for key, size in keys:
        best = key[left].max()
        left = left[key[left] >= best - TIES * size]
    packages = efficient.packages[rows[left]]
    row = rows[left[np.lexsort(packages.T[::-1])[0]]]
    return replace(point, utility=utility[row], package=efficient.packages[row], status="")


def _mixed(principle: Principle, powers: Floats, domain: Domain, efficient: Efficient,
           hull: Plane | Solid | None) -> FairPoint:
    """The point on mixtures."""
    point = FairPoint(principle.name, principle.mixtures, "mixtures",
                      np.full(len(domain.parties), np.nan), status=NONE)
    if hull is None or not hull.exists:
        return point
    try:
        found = principle.pick(hull, powers)
    except Unsolved as error:
        return replace(point, status=str(error))
    status = "" if found.gap <= 10 * GAP else (
        f"stopped at {found.gap:.1e} from the best, in the unit of its certificate")
    return _of_rows(replace(point, status=status, gap=found.gap), efficient.packages[
        list(found.rows)], np.array(found.shares), efficient.utility[list(found.rows)])


def _of_rows(point: FairPoint, packages: Integers, shares: Floats, utility: Floats) -> FairPoint:
    """The point that mixes these packages."""
    if len(shares) == 1:
        return replace(point, utility=utility[0], package=packages[0],
                       mixture=((packages[0], 1.0),))
    return replace(point, utility=shares @ utility,
                   mixture=tuple(zip(packages, shares.tolist(), strict=True)))


def _winner(domain: Domain) -> FairPoint:
    """Adjusted Winner; the issue that is split is a mixture of its two ends."""
    point = FairPoint("Adjusted Winner", "each party has 100 points over the issues; they end with "
                      "the same number of their own points, at most one issue being split; "
                      "disagreement does not count", "mixtures",
                      np.full(len(domain.parties), np.nan))
    division, reason = contest(domain)
    if division is None:
        return replace(point, status=reason)
    total = division.points.sum(axis=1)
    if not total.all():
        return replace(point, status="a party has nothing to win on any issue")
    found = adjusted_winner(100.0 * division.points / total[:, None])
    split = np.zeros(len(domain.issues), bool)
    if found.split is not None:
        split[found.split] = 0.0 < found.share[found.split] < 1.0
    first = np.where(found.share >= 0.5, division.ends[0], division.ends[1])
    if not split.any():
        packages, shares = first[None], np.ones(1)
    else:
        part = float(found.share[split][0])
        packages = np.stack([np.where(split, division.ends[0], first),
                             np.where(split, division.ends[1], first)])
        shares = np.array([part, 1.0 - part])
    return _of_rows(point, packages, shares, domain.utilities(packages).T)


def _bounded(point: FairPoint, domain: Domain, efficient: Efficient) -> FairPoint:
    """What is said of points when the frontier is not exact."""
    if point.name == "Adjusted Winner":
        return point
    above = ", ".join(f"{name} {extra:.4g}" for name, extra
                      in zip(domain.parties, efficient.epsilon, strict=True))
    status = (f"{point.status}; " if point.status else "") + (
        f"of the lower frontier: no package is above it by more than {above}")
    return replace(point, status=status, beyond=efficient.epsilon)
