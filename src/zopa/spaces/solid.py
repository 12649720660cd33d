"""Mixtures of any number of parties' packages, by linear programs (`zopa.spaces.columns`).

Lexicographic max-min of g / s: raise all of them together; fix the party whose row has the largest
dual price, which is tight in every solution; repeat with the others.  Where a principle leaves
several mixtures, this decides, so that its point is one point of utilities.

References: Imai (1983), Econometrica 51:389-401, for lexicographic solutions; Raiffa (1953), in
Contributions to the Theory of Games II, 361-387, for the sequence of means.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zopa.agreement.space import Booleans, Floats
from zopa.spaces.columns import TOLERANCE, Rows, Solved, solve
from zopa.spaces.decomposition import largest_product
from zopa.spaces.mixed import STEPS, Mixed


@dataclass(frozen=True, eq=False)
class Solid:
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
    _start: Solved = field(init=False)
    _rational: Rows = field(init=False)

    def __post_init__(self) -> None:
        parties = self.scaled.shape[1]
        first = [*self.scaled.argmax(axis=0), self.scaled.sum(axis=1).argmax(),
                 self.scaled.min(axis=1).argmax()]
        object.__setattr__(self, "_pool", sorted({int(row) for row in first}))
        rows = Rows(np.eye(parties), np.ones(parties), np.zeros(parties))
        object.__setattr__(self, "_start", self._solve(np.zeros(parties), rows))
        object.__setattr__(self, "_rational", Rows(
            np.eye(parties), np.zeros(parties), np.full(parties, min(self._start.level, 0.0))))

    @property
    def exists(self) -> bool:
        """Whether some mixture leaves everybody the disagreement point."""
        return self._start.level >= -TOLERANCE

    def ideal(self) -> Floats:
        """`(party,)`: the most each can gain while the others get d; in `unit`."""
        return self._ideal(np.zeros(len(self.unit)))

    def nash(self, powers: Floats) -> Mixed:
        """Largest weighted product of the gains of the parties that can gain."""
        gaining = self.ideal() > 10 * TOLERANCE
        if not gaining.any():
            return self.leximin()
        alpha = np.where(gaining, powers, 0.0) / powers[gaining].sum()

        def best(objective: Floats) -> Solved:
            # a party that cannot gain must be kept where it is: mixtures, not packages
            if gaining.all():
                return _alone(self.scaled, int((self.scaled @ objective).argmax()))
            return self._solve(objective, self._rational)

        atoms = self._inside(gaining)
        shares = self._start.shares if len(atoms) > 1 else np.ones(1)
        found, gap = largest_product(atoms, shares, alpha, best)
        return self._mixed(found, gap)

    def kalai_smorodinsky(self) -> Mixed:
        """Lexicographic max-min of shares of the largest gains."""
        ideal = self.ideal()
        return self._leximin(np.where(ideal > 10 * TOLERANCE, ideal, 1.0))

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
        both = Rows(np.vstack([self._rational.matrix, np.eye(parties)]),
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
        rows = Rows(np.eye(parties), np.ones(parties), start)
        return self._mixed(self._solve(np.zeros(parties), rows), max(left, 0.0))

    def _inside(self, gaining: Booleans) -> list[Solved]:
        """Points whose mixture in equal shares, or that of the start, gives every gainer some."""
        if gaining.all() and self._start.level > 10 * TOLERANCE:
            return [_alone(self.scaled, int(row)) for row in self._start.rows]
        found = [self._solve(one, self._rational) for one in np.eye(len(gaining))[gaining]]
        return [Solved(np.mean([one.gain for one in found], axis=0), 0.0, np.zeros(0),
                       np.concatenate([one.rows for one in found]),
                       np.concatenate([one.shares for one in found]) / len(found))]

    def _stepped(self, step: Floats) -> Rows:
        floor = np.zeros(len(step))
        return Rows(np.vstack([self._rational.matrix, np.eye(len(step))]),
                     np.append(floor, step), np.append(self._rational.floor, floor))

    def _ideal(self, start: Floats) -> Floats:
        """What each party could still win from `start`, in `unit`."""
        rows = Rows(np.eye(len(start)), np.zeros(len(start)), start + self._rational.floor)
        most = np.array([self._solve(one, rows).gain @ one for one in np.eye(len(start))])
        return np.maximum(most - start, 0.0)

    def _largest_sum(self, rows: Rows) -> Mixed:
        objective = self.unit / self.unit.max()
        total = float(self._solve(objective, rows).gain @ objective)
        return self._leximin(self.unit.max() / self.unit,
                             rows.also(objective[None], np.array([total])))

    def _leximin(self, step: Floats, rows: Rows | None = None) -> Mixed:
        """Lexicographic max-min of g / step under `rows`."""
        parties = len(step)
        rows = self._rational if rows is None else rows
        before = len(rows.floor)
        own = Rows(np.vstack([rows.matrix, np.eye(parties)]),
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

    def _solve(self, objective: Floats, rows: Rows) -> Solved:
        return solve(self.scaled, self._pool, objective, rows)

    def _mixed(self, solved: Solved, gap: float = 0.0) -> Mixed:
        order = np.argsort(solved.rows, kind="stable")
        return Mixed(solved.gain * self.unit, tuple(int(row) for row in solved.rows[order]),
                     tuple(float(share) for share in solved.shares[order]), gap)


def _alone(points: Floats, row: int) -> Solved:
    """One point as a mixture."""
    return Solved(points[row], 0.0, np.zeros(0), np.array([row]), np.ones(1))
