"""Mixtures of packages: the concave hull of a frontier, and the fair points on it.

A mixture gives package k the share lambda_k >= 0, the shares adding up to 1, and the party i the
gain g_i = sum_k lambda_k (u_i(k) - d_i).  No dominated package is needed for a mixture that no
other one dominates, so the frontier's points are enough.

Two parties: the hull is a chain of corners; every principle is solved in closed form on its edges
(`zopa.agreement.segments`).  One, three and more: linear programs

    max  c g + t   such that   R g - s t >= f,   g = lambda G,   sum(lambda) = 1,   lambda >= 0

solved by generating columns: the program is solved over a few packages; with the dual prices y of
its rows, package k would enter iff (c + R'y) G_k exceeds the price of a share; the packages that do
are added until there is none.  So the price check runs over all packages, and the answer is that of
the whole program.

Lexicographic max-min of (R g - f) / s: raise all of them together; fix the one whose row has the
largest price (it is tight in every solution); repeat with the others.

Nash (von Hohenbalken's simplicial decomposition): 1. maximise sum_i alpha_i log g_i over the
mixtures of the few packages at hand by Newton steps in the shares, dropping a package whose share
falls to 0; 2. add the package with the largest sum_i alpha_i g_i(k) / g_i; 3. stop when that is
1 + gap with gap <= GAP: by concavity no mixture has a weighted log product above ours plus gap.

References: Dantzig and Wolfe (1960), Operations Research 8:101-111, for columns; von Hohenbalken
(1977), Mathematical Programming 13:49-68; Imai (1983), Econometrica 51:389-401, for lexicographic
solutions; Raiffa (1953), and Livne (1989), Mathematics of Operations Research 14:703-711, for the
sequence of midpoints.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from zopa.agreement.segments import Path, individually_rational
from zopa.agreement.space import Booleans, Floats, Integers
from zopa.core.errors import ZopaError
from zopa.spaces.ties import TIES

GAP = 1e-10
"""Largest gap of the Nash point: how far its weighted log product can be from the best."""
STEPS = 400
"""Most midpoints of Raiffa's sequence, and most packages taken up by the Nash point."""
_TOLERANCE = 1e-10
_SLACK = (1e-11, 1e-10, 1e-9)
"""By how much rows are relaxed: a solution of an earlier program holds only within tolerances."""
_COLUMNS = 12
_TRACE = 1e-8
"""A share that a linear program leaves within its tolerances of 0 is 0."""


@dataclass(frozen=True, eq=False)
class Mixed:
    """A mixture.

    Attributes:
        gain: `(party,)`, over disagreement, in the parties' own units.
        rows: the points mixed.
        shares: their shares, which sum to 1.
        gap: how far from the best it can be: of the Nash point's weighted log product; of Raiffa's
            point the largest gain left, in ranges.
    """

    gain: Floats
    rows: tuple[int, ...]
    shares: tuple[float, ...]
    gap: float = 0.0


def mixtures(utility: Floats, disagreement: Floats, span: Floats) -> Plane | Polytope:
    """The mixtures of some points from a disagreement point.

    Args:
        utility: `(point, party)`, none of which dominates another.
        disagreement: `(party,)`.
        span: `(party,)`, the range of each party's utility; only ties depend on it.
    """
    kind = Plane if utility.shape[1] == 2 else Polytope
    # powers of two, so that a change of units by one of them moves no digit
    unit = np.exp2(np.round(np.log2(np.where(span > 0.0, span, 1.0))))
    return kind((utility - disagreement) / unit, disagreement, unit)


def corners(utility: Floats) -> Integers:
    """`(corner,)`: points of the concave upper-right boundary, from the first party's best on.

    Args:
        utility: `(point, 2)`.
    """
    order = np.lexsort((-utility[:, 1], -utility[:, 0]))
    a, b = utility[order, 0].tolist(), utility[order, 1].tolist()
    chain: list[int] = []
    for n in range(len(order)):
        if chain and b[n] <= b[chain[-1]]:
            continue
        while len(chain) > 1:
            one, two = chain[-2], chain[-1]
            # the middle one goes unless it lies strictly outside the line of its neighbours
            if ((b[two] - b[one]) * (a[two] - a[n]) > (b[n] - b[two]) * (a[one] - a[two])):
                break
            chain.pop()
        chain.append(n)
    return np.asarray(order[chain], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Plane:
    """Mixtures of two parties' packages.

    Attributes:
        scaled: `(point, 2)`, gains over disagreement in `unit`.
        disagreement: `(2,)`.
        unit: `(2,)`.
    """

    scaled: Floats
    disagreement: Floats
    unit: Floats
    _rows: Integers = field(init=False)
    _path: Path = field(init=False)

    def __post_init__(self) -> None:
        rows = corners(self.scaled)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_path", self._from(np.zeros(2)))

    @property
    def exists(self) -> bool:
        """Whether some mixture leaves everybody the disagreement point."""
        return bool(self._path.exists[0])

    def nash(self, powers: Floats) -> Mixed:
        """Largest weighted product: the closed form of each edge."""
        alpha = powers[0]
        share = self._path.where(
            lambda a, b, loss, gain: a * gain - alpha * (a * gain + b * loss),
            lambda a, b, loss, gain: gain * loss)
        return self._mixed(self._path.settle(share)[:, 0])

    def kalai_smorodinsky(self) -> Mixed:
        """Equal shares of the largest gains."""
        return self._mixed(self._path.equal(self._path.ideal)[:, 0])

    def egalitarian(self) -> Mixed:
        """Equal gains; where that point does not exist, the largest minimum."""
        return self._mixed(self._path.equal((self.unit.max() / self.unit)[:, None])[:, 0])

    leximin = egalitarian

    def maximal_minimum(self) -> Mixed:
        """Equal utilities; where that point does not exist, the largest minimum."""
        one, two = self.unit / self.unit.max()
        apart = (self.disagreement[0] - self.disagreement[1]) / self.unit.max()
        share = self._path.where(lambda a, b, loss, gain: a * one - b * two + apart,
                                 lambda a, b, loss, gain: loss * one + gain * two)
        return self._mixed(self._path.settle(share)[:, 0])

    def utilitarian(self) -> Mixed:
        """The corner with the largest sum; see `zopa.agreement.points`."""
        ratio = self.unit / self.unit.max()
        path = individually_rational((self.scaled[self._rows] * ratio).T[..., None],
                                     np.zeros((2, 1)))
        return self._mixed(path.largest_sum()[:, 0] / ratio)

    def raiffa(self) -> Mixed:
        """Midpoints of what each side could still win, until nothing is left."""
        start, left = np.zeros(2), np.inf
        for _ in range(STEPS):
            path = self._from(start)
            if not path.exists[0]:
                break
            ideal = np.maximum(path.ideal[:, 0], 0.0)
            left = float(ideal.max())
            start = start + ideal / 2.0
            if left <= TIES:
                break
        return self._mixed(start, max(left, 0.0))

    def _from(self, start: Floats) -> Path:
        return individually_rational(self.scaled[self._rows].T[..., None], start[:, None])

    def _mixed(self, gain: Floats, gap: float = 0.0) -> Mixed:
        """The nearest point of the chain, as a mixture of two neighbouring corners."""
        chain = self.scaled[self._rows]
        if len(chain) == 1:
            return Mixed(chain[0] * self.unit, (int(self._rows[0]),), (1.0,), gap)
        start, along = chain[:-1] - gain, np.diff(chain, axis=0)
        share = np.clip(-(start * along).sum(axis=1) / (along ** 2).sum(axis=1), 0.0, 1.0)
        square = ((start + share[:, None] * along) ** 2).sum(axis=1)
        n = int(square.argmin())
        one, two = (int(row) for row in self._rows[n:n + 2])
        s = _snapped(float(share[n]))
        pairs = [(row, part) for row, part in ((one, 1.0 - s), (two, s)) if part > 0.0]
        point = (1.0 - s) * chain[n] + s * chain[n + 1]
        return Mixed(point * self.unit, tuple(row for row, _ in pairs),
                     tuple(part for _, part in pairs), gap)


class Unsolved(ZopaError):
    """A linear program that the solver gave up."""


@dataclass(frozen=True, eq=False)
class _Rows:
    """Constraints R g - s t >= f: `matrix` (row, party), `step` s and `floor` f (row,)."""

    matrix: Floats
    step: Floats
    floor: Floats

    def also(self, matrix: Floats, floor: Floats) -> _Rows:
        """These and others without a step."""
        return _Rows(np.vstack([self.matrix, matrix]),
                     np.append(self.step, np.zeros(len(matrix))), np.append(self.floor, floor))


@dataclass(frozen=True, eq=False)
class _Solved:
    gain: Floats
    level: float
    price: Floats
    rows: Integers
    shares: Floats


@dataclass(frozen=True, eq=False)
class Polytope:
    """Mixtures of the packages of any number of parties.

    Attributes:
        scaled: `(point, party)`, gains over disagreement in `unit`.
        disagreement: `(party,)`.
        unit: `(party,)`.
    """

    scaled: Floats
    disagreement: Floats
    unit: Floats
    _pool: list[int] = field(init=False)
    _start: _Solved = field(init=False)
    _rational: _Rows = field(init=False)

    def __post_init__(self) -> None:
        parties = self.scaled.shape[1]
        first = [*self.scaled.argmax(axis=0), self.scaled.sum(axis=1).argmax(),
                 self.scaled.min(axis=1).argmax()]
        object.__setattr__(self, "_pool", sorted({int(row) for row in first}))
        rows = _Rows(np.eye(parties), np.ones(parties), np.zeros(parties))
        object.__setattr__(self, "_start", self._solve(np.zeros(parties), rows))
        object.__setattr__(self, "_rational", _Rows(
            np.eye(parties), np.zeros(parties), np.full(parties, min(self._start.level, 0.0))))

    @property
    def exists(self) -> bool:
        """Whether some mixture leaves everybody the disagreement point."""
        return self._start.level >= -_TOLERANCE

    def ideal(self) -> Floats:
        """`(party,)`: the most each can gain while the others get d; in `unit`."""
        return self._ideal(np.zeros(len(self.unit)))

    def nash(self, powers: Floats) -> Mixed:
        """Largest weighted product of the gains of the parties that can gain."""
        gaining = self.ideal() > 10 * _TOLERANCE
        if not gaining.any():
            return self.leximin()
        return _nash(self, powers / powers[gaining].sum(), gaining)

    def kalai_smorodinsky(self) -> Mixed:
        """Lexicographic max-min of shares of the largest gains."""
        ideal = self.ideal()
        return self._leximin(np.where(ideal > 10 * _TOLERANCE, ideal, 1.0))

    def leximin(self) -> Mixed:
        """Lexicographic max-min of gains."""
        return self._leximin(self.unit.max() / self.unit)

    def egalitarian(self) -> Mixed:
        """The largest minimum gain; of several mixtures the largest sum; then leximin."""
        step = self.unit.max() / self.unit
        level = self._solve(np.zeros(len(step)), self._stepped(step)).level
        rows = self._rational.also(np.eye(len(step)), level * step)
        return self._largest_sum(rows)

    def maximal_minimum(self) -> Mixed:
        """The largest minimum utility; of several mixtures the largest sum; then leximin."""
        step = self.unit.max() / self.unit
        floor = -self.disagreement / self.unit
        parties = len(step)
        both = _Rows(np.vstack([self._rational.matrix, np.eye(parties)]),
                     np.append(np.zeros(parties), step),
                     np.append(self._rational.floor, floor))
        level = self._solve(np.zeros(parties), both).level
        return self._largest_sum(self._rational.also(np.eye(parties), floor + level * step))

    def utilitarian(self) -> Mixed:
        """The largest sum of utilities; of several mixtures the lexicographic max-min."""
        return self._largest_sum(self._rational)

    def raiffa(self) -> Mixed:
        """The mean of what each party's dictate would give, from there again, to the frontier."""
        start, left = np.zeros(len(self.unit)), np.inf
        for _ in range(STEPS):
            ideal = self._ideal(start)
            left = float(ideal.max())
            start = start + ideal / len(self.unit)
            if left <= 1e-9:
                break
        parties = len(start)
        rows = _Rows(np.eye(parties), np.ones(parties), start)
        return self._mixed(self._solve(np.zeros(parties), rows), max(left, 0.0))

    def oracle(self, objective: Floats, gaining: Booleans) -> _Solved:
        """The point with the largest objective; a mixture where some party must be kept at d."""
        if gaining.all():
            best = int((self.scaled @ objective).argmax())
            return _Solved(self.scaled[best], 0.0, np.zeros(0), np.array([best]), np.ones(1))
        return self._solve(objective, self._rational)

    def inside(self, gaining: Booleans) -> list[_Solved]:
        """Points whose mean gives every gaining party something."""
        if gaining.all() and self._start.level > 10 * _TOLERANCE:
            return [_Solved(self.scaled[row], 0.0, np.zeros(0), np.array([row]), np.ones(1))
                    for row in self._start.rows]
        found = []
        for party in np.flatnonzero(gaining):
            objective = np.zeros(len(gaining))
            objective[party] = 1.0
            found.append(self._solve(objective, self._rational))
        total = _Solved(
            np.mean([one.gain for one in found], axis=0), 0.0, np.zeros(0),
            np.concatenate([one.rows for one in found]),
            np.concatenate([one.shares for one in found]) / len(found))
        return [total]

    def start_shares(self, count: int) -> Floats:
        """Shares of the points of `inside`."""
        return self._start.shares if count > 1 else np.ones(1)

    def _stepped(self, step: Floats) -> _Rows:
        floor = np.zeros(len(step))
        return _Rows(np.vstack([self._rational.matrix, np.eye(len(step))]),
                     np.append(floor, step), np.append(self._rational.floor, floor))

    def _ideal(self, start: Floats) -> Floats:
        """What each party could still win from `start`, in `unit`."""
        ideal = np.zeros(len(start))
        rows = _Rows(np.eye(len(start)), np.zeros(len(start)), start + self._rational.floor)
        for party in range(len(start)):
            objective = np.zeros(len(start))
            objective[party] = 1.0
            ideal[party] = self._solve(objective, rows).gain[party] - start[party]
        return np.maximum(ideal, 0.0)

    def _largest_sum(self, rows: _Rows) -> Mixed:
        objective = self.unit / self.unit.max()
        total = float(self._solve(objective, rows).gain @ objective)
        return self._leximin(self.unit.max() / self.unit,
                             rows.also(objective[None], np.array([total])))

    def _leximin(self, step: Floats, rows: _Rows | None = None) -> Mixed:
        """Lexicographic max-min of g / step under `rows`."""
        parties = len(step)
        rows = self._rational if rows is None else rows
        before = len(rows.floor)
        own = _Rows(np.vstack([rows.matrix, np.eye(parties)]),
                    np.append(rows.step, step), np.append(rows.floor, np.zeros(parties)))
        free = np.ones(parties, dtype=bool)
        for _ in range(parties):
            solved = self._solve(np.zeros(parties), own)
            price = np.where(free, solved.price[before:] * step, -1.0)
            party = int(price.argmax())
            free[party] = False
            own.floor[before + party] = solved.level * step[party]
            own.step[before + party] = 0.0
        return self._mixed(solved)

    def _solve(self, objective: Floats, rows: _Rows) -> _Solved:
        """The linear program of the module's head, by generating columns."""
        stepped = bool(rows.step.any())
        pool = self._pool
        for _ in range(STEPS):
            points = self.scaled[pool]
            matrix = -(rows.matrix @ points.T)
            cost = -(points @ objective)
            if stepped:
                matrix = np.column_stack([matrix, rows.step])
                cost = np.append(cost, -1.0)
            sums = np.append(np.ones(len(pool)), np.zeros(int(stepped)))[None]
            bounds = [(0.0, None)] * len(pool) + [(None, None)] * int(stepped)
            for relaxed in _SLACK:
                found = linprog(cost, A_ub=matrix, b_ub=-rows.floor + relaxed, A_eq=sums,
                                b_eq=[1.0], bounds=bounds, method="highs-ds",
                                options={"primal_feasibility_tolerance": _TOLERANCE,
                                         "dual_feasibility_tolerance": _TOLERANCE})
                if found.status == 0:
                    break
            if found.status != 0:
                raise Unsolved("The linear program of a point on mixtures was not solved: "
                               f"{found.message} Give utilities of a similar size.")
            price = np.maximum(-found.ineqlin.marginals, 0.0)
            value = self.scaled @ (objective + rows.matrix.T @ price)
            over = value + float(found.eqlin.marginals[0])
            over[pool] = -np.inf
            some = min(_COLUMNS, len(over))
            best = np.argpartition(-over, some - 1)[:some]
            new = [int(row) for row in best if over[row] > _TOLERANCE]
            if not new:
                break
            pool.extend(sorted(new))
        else:
            raise Unsolved(f"A point on mixtures needs more than {STEPS} rounds of columns.")
        share = np.maximum(found.x[:len(pool)], 0.0)
        used = np.flatnonzero(share > _TRACE)
        share = share[used] / share[used].sum()
        chosen = np.array(pool)[used]
        return _Solved(share @ self.scaled[chosen], float(found.x[-1]) if stepped else 0.0,
                       price, chosen, share)

    def _mixed(self, solved: _Solved, gap: float = 0.0) -> Mixed:
        order = np.argsort(solved.rows, kind="stable")
        return Mixed(solved.gain * self.unit, tuple(int(row) for row in solved.rows[order]),
                     tuple(float(share) for share in solved.shares[order]), gap)


def _nash(space: Polytope, powers: Floats, gaining: Booleans) -> Mixed:
    """Steps 1 to 3 of the module's head."""
    atoms = space.inside(gaining)
    share = space.start_shares(len(atoms))
    alpha = powers[gaining]
    gap = np.inf
    for _ in range(STEPS):
        share, kept = _corrected(np.array([atom.gain[gaining] for atom in atoms]), share, alpha)
        atoms = [atom for atom, stays in zip(atoms, kept, strict=True) if stays]
        gain = share @ np.array([atom.gain for atom in atoms])
        objective = np.zeros(len(gaining))
        objective[gaining] = alpha / gain[gaining]
        best = space.oracle(objective, gaining)
        gap = float(best.gain @ objective) - 1.0
        if gap <= GAP:
            break
        atoms.append(best)
        share = np.append(share, 0.0)
    together: dict[int, float] = {}
    for atom, part in zip(atoms, share, strict=True):
        for row, own in zip(atom.rows, atom.shares, strict=True):
            together[int(row)] = together.get(int(row), 0.0) + float(part * own)
    rows = tuple(sorted(row for row, part in together.items() if part > TIES))
    whole = sum(together[row] for row in rows)
    return Mixed(gain * space.unit, rows, tuple(together[row] / whole for row in rows),
                 max(gap, 0.0))


def _corrected(points: Floats, share: Floats, alpha: Floats) -> tuple[Floats, Booleans]:
    """Shares of affinely independent points with the largest sum alpha log g, and who is kept.

    Newton's direction within the plane of the points; a point whose share falls to 0 is dropped.
    """
    kept = np.arange(len(points))
    for _ in range(STEPS):
        own = points[kept]
        gain = share @ own
        slope = own @ (alpha / gain)
        if len(kept) == 1:
            break
        base = np.diff(np.eye(len(kept)), axis=0)
        moves = base @ own
        curved = moves / gain * np.sqrt(alpha)
        towards = base @ slope
        step = np.linalg.lstsq(curved @ curved.T, towards, rcond=None)[0] @ base
        rise = float(step @ slope)
        if rise <= 1e-26:
            break
        shrinks = step < 0.0
        room = np.where(shrinks, share / np.where(shrinks, -step, 1.0), np.inf)
        length, value = min(1.0, float(room.min())), _height(gain, alpha)
        whole = length
        while length > 1e-9 and not (_height(gain + length * (step @ own), alpha)
                                     >= value + 0.1 * length * rise - 1e-15):
            length /= 2.0
        if length <= 1e-9 and whole > 1e-9:
            break
        share = np.maximum(share + length * step, 0.0)
        if length == whole < 1.0:
            share[int(room.argmin())] = 0.0
            kept, share = kept[share > 0.0], share[share > 0.0]
        share = share / share.sum()
    stays = np.zeros(len(points), dtype=bool)
    stays[kept] = True
    return share, stays


def _height(gain: Floats, alpha: Floats) -> float:
    return float(alpha @ np.log(gain)) if (gain > 0.0).all() else -np.inf


def _snapped(share: float) -> float:
    """A share within rounding of 0 or 1 is 0 or 1."""
    return 0.0 if share <= TIES else 1.0 if share >= 1.0 - TIES else share

