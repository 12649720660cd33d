"""The tiny war solved again by plain loops over states, theories and packages, for one draw.

Written from the model's text alone: it shares no code with the package but the scenario's schema
and the drawn values.  Slow on purpose.
"""

from __future__ import annotations

import math
from itertools import product


def exp_tilt(row, signs, tilt):
    """Probabilities times exp(tilt sign), normalised."""
    odds = [p * math.exp(tilt * s) for p, s in zip(row, signs, strict=True)]
    return [o / sum(odds) for o in odds]


def rows_of(levels, transitions, value):
    """A Markov chain's rows as lists; what is missing to 1 stays."""
    table = []
    for one in levels:
        row = [value(one, other) if other in transitions.get(one, {}) else 0.0 for other in levels]
        row[levels.index(one)] += 1.0 - sum(row)
        table.append(row)
    return table


class Slow:
    """Everything of one draw; a state is (point, cell, momentum, level of West)."""

    def __init__(self, scenario, draws, n):
        self.scenario, self.n, self.draws = scenario, n, draws
        self.war = war = scenario.war
        self.sides = scenario.belligerents
        self.cells = war.position.cells
        self.momentum = list(war.momentum.levels)
        self.levels = list(war.support["west"].levels)
        self.theories = list(war.beliefs.theories) if war.beliefs else [None]
        self.points = war.beliefs.grid_points if war.beliefs else 1
        self.step = war.beliefs.grid_step if war.beliefs else 1.0
        self.states = list(product(range(self.points), range(self.cells),
                                   range(len(self.momentum)), range(len(self.levels))))
        self.up = self.sides.index(war.position.favours)
        self.rho = [self.v(f"war.floors.{i}.utility") if i in war.floors else -math.inf
                    for i in self.sides]
        self.talks = self.v("war.talks.rate") * (1 - self.v("war.talks.failure"))
        given = list(war.talks.proposer)
        self.pi = 0.5
        if given:
            share = self.v(f"war.talks.proposer.{given[0]}")
            self.pi = share if given[0] == self.sides[0] else 1 - share
        self.delta = [self.v(f"parties.{i}.discount") for i in self.sides]
        self.e = self.v("war.enforcement")
        self.win = [self.v(f"war.terminal.{i}.victory") for i in self.sides]
        self.lose = [self.v(f"war.terminal.{i}.defeat") for i in self.sides]
        self.now = (self.points // 2, war.position.present_cell,
                    self.momentum.index(war.momentum.present),
                    self.levels.index(war.support["west"].present))
        self.analyst = ([self.v("war.beliefs.prior.analyst")] if war.beliefs else [1.0])
        if war.beliefs:
            self.analyst.append(1 - self.analyst[0])
        self._chains()
        self.kernel = {(t, s): self._next(t, s) for t in range(len(self.theories))
                       for s in self.states}
        self.frontiers = [self._frontier(k) for k in range(self.cells)]

    def v(self, path):
        return float(self.draws.values[path][self.n])

    # ---- the war -----------------------------------------------------------------------------
    def x(self, k):
        return -1.0 + 2.0 * k / (self.cells - 1)

    def _by_regime(self, block, i, k, m, s):
        name = self.sides[i]
        spec = getattr(self.war, block)[name]
        y = self.v(f"war.{block}.{name}.base")
        if self.momentum[m] in spec.momentum:
            y *= self.v(f"war.{block}.{name}.momentum.{self.momentum[m]}")
        if self.levels[s] in spec.support.get("west", {}):
            y *= self.v(f"war.{block}.{name}.support.west.{self.levels[s]}")
        return y * math.exp(self.v(f"war.{block}.{name}.position") * self.x(k))

    def cost(self, i, state):
        return self._by_regime("costs", i, *state[1:])

    def hazard(self, t, i, state):
        y = self._by_regime("hazards", i, *state[1:])
        if self.theories[t] is not None:
            theory = self.war.beliefs.theories[self.theories[t]]
            if self.sides[i] in theory.hazard_factor:
                y *= self.v(f"war.beliefs.theories.{self.theories[t]}.hazard_factor."
                            f"{self.sides[i]}")
        return y

    def _chains(self):
        war = self.war
        support = rows_of(self.levels, war.support["west"].transitions,
                          lambda a, b: self.v(f"war.support.west.transitions.{a}.{b}"))
        momentum = rows_of(self.momentum, war.momentum.transitions,
                           lambda a, b: self.v(f"war.momentum.transitions.{a}.{b}"))
        favours = [war.momentum.levels[m].favours for m in self.momentum]

        def sign(party):
            return [0 if f is None else 1 if f == party else -1 for f in favours]

        patron = self.scenario.parties["west"].supports
        self.S, self.M = [], []
        for name in self.theories:
            theory = war.beliefs.theories[name] if name else None
            up = 0.0
            if theory and "west" in theory.support_tilt:
                up = self.v(f"war.beliefs.theories.{name}.support_tilt.west")
            self.S.append([exp_tilt(row, [(a > b) - (a < b) for b in range(len(row))], up)
                           for a, row in enumerate(support)])
            by_support = []
            for level in self.levels:
                tilt = self.v(f"war.support.west.levels.{level}.momentum_tilt")
                table = []
                for row in momentum:
                    odds = list(row)
                    if theory:
                        lean = self.v(f"war.beliefs.theories.{name}.momentum_tilt")
                        odds = exp_tilt(odds, sign(theory.favours), lean)
                    table.append(exp_tilt(odds, sign(patron), tilt))
                by_support.append(table)
            self.M.append(by_support)
        self.Q = []
        for m in self.momentum:
            row = {c: self.v(f"war.position.moves.{m}.{c}")
                   for c in war.position.moves.get(m, {}) if c != 0}
            row[0] = 1.0 - sum(row.values())
            self.Q.append(row)

    def _taught(self, first, second):
        """Shares of the moves of the belief, in grid points, after seeing what had p1 and p2."""
        if len(self.theories) == 1 or first == second:
            return {0: 1.0}
        move = math.log(first / second) / self.step
        low = math.floor(move)
        return {low: 1.0 - (move - low), low + 1: move - low}

    def _next(self, t, state):
        """Given survival: next state (or "up", "down" beyond absorbing ends) -> probability."""
        point, k, m, s = state
        found = {}
        alive = [1.0 - self.hazard(z, 0, state) - self.hazard(z, 1, state)
                 for z in range(len(self.theories))]
        two = len(self.theories) == 2
        seen_alive = self._taught(alive[0], alive[-1]) if two else {0: 1.0}

        def hold(y):
            return min(max(y, 0), self.points - 1)

        for s2, m2 in product(range(len(self.levels)), range(len(self.momentum))):
            p = self.S[t][s][s2] * self.M[t][s][m][m2]
            if p == 0.0:
                continue
            taught_s = self._taught(self.S[0][s][s2], self.S[-1][s][s2])
            taught_m = self._taught(self.M[0][s][m][m2], self.M[-1][s][m][m2])
            for (a, pa), (b, pb), (c, pc) in product(seen_alive.items(), taught_m.items(),
                                                     taught_s.items()):
                l2 = hold(hold(hold(point + a) + b) + c)
                for move, q in self.Q[m].items():
                    k2 = k + move
                    target = (l2, min(max(k2, 0), self.cells - 1), m2, s2)
                    if self.war.position.ends == "absorbing" and not 0 <= k2 < self.cells:
                        target = "up" if k2 >= self.cells else "down"
                    found[target] = found.get(target, 0.0) + p * pa * pb * pc * q
        return found

    def end(self, i, which):
        return self.win[i] if (which == "up") == (i == self.up) else self.lose[i]

    def weight(self, i, state):
        if len(self.theories) == 1:
            return [1.0]
        prior = self.v(f"war.beliefs.prior.{self.sides[i]}")
        odds = prior / (1 - prior) * math.exp((state[0] - self.points // 2) * self.step)
        return [odds / (1 + odds), 1 / (1 + odds)]

    def ahead(self, t, i, state, values):
        """E_t of what comes next to i, collapse included, discounted not yet."""
        h = [self.hazard(t, j, state) for j in (0, 1)]
        go = sum(p * (self.end(i, y) if isinstance(y, str) else values[y])
                 for y, p in self.kernel[t, state].items())
        return h[i] * self.lose[i] + h[1 - i] * self.win[i] + (1 - h[0] - h[1]) * go

    def fight(self, i, state, values):
        """r_i with i's own posterior."""
        return -self.cost(i, state) + self.delta[i] * sum(
            w * self.ahead(t, i, state, values) for t, w in enumerate(self.weight(i, state)))

    def fight_under(self, t, i, state, values):
        return -self.cost(i, state) + self.delta[i] * self.ahead(t, i, state, values)

    def never(self):
        """W by theory, by fixed-point iteration on the states without beliefs, then mixed."""
        self.W_by = {}
        bare = {}
        for i, t in product((0, 1), range(len(self.theories))):
            w = {s: 0.0 for s in self.states if s[0] == 0}
            flat = {s: {} for s in w}
            for s in w:
                for y, p in self.kernel[t, s].items():
                    z = y if isinstance(y, str) else (0, *y[1:])
                    flat[s][z] = flat[s].get(z, 0.0) + p
            for _ in range(5000):
                new = {}
                for s in w:
                    h = [self.hazard(t, j, s) for j in (0, 1)]
                    go = sum(p * (self.end(i, y) if isinstance(y, str) else w[y])
                             for y, p in flat[s].items())
                    new[s] = -self.cost(i, s) + self.delta[i] * (
                        h[i] * self.lose[i] + h[1 - i] * self.win[i] + (1 - h[0] - h[1]) * go)
                gap = max(abs(new[s] - w[s]) for s in w)
                w = new
                if gap < 1e-14:
                    break
            bare[i, t] = w
        self.W_by = bare
        return [{s: sum(p * bare[i, t][0, *s[1:]] for t, p in enumerate(self.weight(i, s)))
                 for s in self.states} for i in (0, 1)]

    # ---- the table -----------------------------------------------------------------------------
    def packages(self, k):
        """package -> (u_A, u_B) at a cell, in the order of the issues."""
        issues = self.scenario.issues
        found = {}
        for names in product(*(issue.options for issue in issues.values())):
            if any(all(names[list(issues).index(j)] in some for j, some in rule.forbid.items())
                   for rule in self.scenario.constraints):
                continue
            u = []
            for i in self.sides:
                total = sum(self.v(f"issues.{j}.weights.{i}") for j in issues)
                y = 0.0
                for j, o in zip(issues, names, strict=True):
                    value = self.v(f"issues.{j}.options.{o}.values.{i}")
                    if i in issues[j].options[o].on_position:
                        value += self.v(f"issues.{j}.options.{o}.on_position.{i}") * self.x(k)
                    y += self.v(f"issues.{j}.weights.{i}") / total * min(max(value, 0.0), 1.0)
                u.append(y)
            found[names] = tuple(u)
        return found

    def _frontier(self, k):
        """Corners of the concave upper-right boundary, A's ideal last (u_A rising)."""
        points = sorted(set(self.packages(k).values()))
        if self.scenario.frontier == "packages":
            return [p for p in points if not any(
                q != p and q[0] >= p[0] and q[1] >= p[1] for q in points)]
        best_b = max(p[1] for p in points)
        a_at_best_b = max(p[0] for p in points if p[1] == best_b)
        chain = []
        for p in points:
            if p[0] < a_at_best_b:
                continue
            while len(chain) >= 2 and (
                    (chain[-1][0] - chain[-2][0]) * (p[1] - chain[-2][1])
                    - (chain[-1][1] - chain[-2][1]) * (p[0] - chain[-2][0])) >= 0:
                chain.pop()
            chain.append(p)
        return [p for n, p in enumerate(chain)
                if n == 0 or p[1] < chain[n - 1][1] or p[0] > chain[n - 1][0]]

    def best(self, i, least, k):
        """What i gets on the frontier when the other side gets `least`, and what that one gets."""
        if self.scenario.frontier == "packages":
            return max((c[i], c[1 - i]) for c in self.frontiers[k] if c[1 - i] >= least - 1e-12)
        corners = [(c[i], c[1 - i]) for c in self.frontiers[k]]
        corners.sort(key=lambda c: c[1])
        if least <= corners[0][1]:
            return corners[0][0], least
        for (u0, x0), (u1, x1) in zip(corners[:-1], corners[1:], strict=True):
            if x0 <= least <= x1:
                return u0 + (u1 - u0) * (least - x0) / (x1 - x0), least
        return corners[-1][0], least

    def deal(self, i, state, values):
        """a and K."""
        if self.e >= 1:
            return 1.0, 0.0
        peace = 0.0
        for t, w in enumerate(self.weight(i, state)):
            point, k, m, s = state
            m2 = m if self.war.peace_momentum is None else self.momentum.index(
                self.war.peace_momentum)
            for s2 in range(len(self.levels)):
                for a, p in self._taught(self.S[0][s][s2], self.S[-1][s][s2]).items():
                    l2 = min(max(point + a, 0), self.points - 1)
                    peace += w * self.S[t][s][s2] * p * values[l2, k, m2, s2]
        d, e = self.delta[i], self.e
        return (1 - d) / (1 - d * e), d * (1 - e) / (1 - d * e) * peace

    def month(self, values):
        """One period backwards: V, r, a and K, and the turns (agree, (u_A, u_B)) by state."""
        V = [{}, {}]
        R, deals, turns = [{}, {}], {}, {}
        for state in self.states:
            r = [self.fight(i, state, values[i]) for i in (0, 1)]
            ak = [self.deal(i, state, values[i]) for i in (0, 1)]
            corners = self.frontiers[state[1]]
            got = []
            both = []
            for i in (0, 1):
                j = 1 - i
                low, high = min(c[j] for c in corners), max(c[j] for c in corners)
                need = max((r[j] - ak[j][1]) / ak[j][0], self.rho[j], low)
                u = [0.0, 0.0]
                u[i], u[j] = self.best(i, min(need, high), state[1])
                yes = (need <= high + 1e-12 and u[i] >= self.rho[i] - 1e-12
                       and ak[i][0] * u[i] + ak[i][1] >= r[i] - 1e-12)
                both.append((yes, tuple(u)))
                got.append([ak[z][0] * u[z] + ak[z][1] if yes else r[z] for z in (0, 1)])
            for z in (0, 1):
                V[z][state] = (self.talks * (self.pi * got[0][z] + (1 - self.pi) * got[1][z])
                               + (1 - self.talks) * r[z])
                R[z][state] = r[z]
            deals[state], turns[state] = ak, both
        return V, R, deals, turns

    def solve(self, horizon):
        """V of the first period, and every month's turns in order of time."""
        self.W = self.never()
        values = self.W
        self.months = []
        for _ in range(horizon):
            V, R, deals, turns = self.month(values)
            self.months.insert(0, (turns, deals))
            values = V
        self.V, self.R, self.deals = values, R, deals
        return self

    # ---- what the analyst expects ---------------------------------------------------------------
    def roll(self, mass, turns, book):
        """One period forwards of {(t, state): mass}; `book` collects what happens."""
        later = {}
        for (t, state), p in mass.items():
            chance = 0.0
            if turns is not None:
                for side, share in ((0, self.pi), (1, 1 - self.pi)):
                    yes, u = turns[state][side]
                    if yes:
                        q = p * self.talks * share
                        chance += self.talks * share
                        book["deal"] += q
                        for i in (0, 1):
                            book["terms"][i] += q * u[i]
            p *= 1 - chance
            book["fighting"] += p
            h = [self.hazard(t, i, state) for i in (0, 1)]
            for i in (0, 1):
                book["cost"][i] += p * self.cost(i, state)
                book["collapse"][i] += p * h[i]
            for y, q in self.kernel[t, state].items():
                q *= p * (1 - h[0] - h[1])
                if isinstance(y, str):
                    book["collapse"][1 - self.up if y == "up" else self.up] += q
                else:
                    later[t, y] = later.get((t, y), 0.0) + q
        return later

    @staticmethod
    def book():
        return {"deal": 0.0, "terms": [0.0, 0.0], "fighting": 0.0, "cost": [0.0, 0.0],
                "collapse": [0.0, 0.0]}

    def start(self, state=None):
        return {(t, state or self.now): p for t, p in enumerate(self.analyst)}

    def war_only(self, months):
        """The books and the masses after 0, 1, ..., months with no deal."""
        mass, book = self.start(), self.book()
        found = [(mass, self.book())]
        for _ in range(months):
            mass = self.roll(mass, None, book)
            found.append((mass, {k: list(v) if isinstance(v, list) else v
                                 for k, v in book.items()}))
        return found

    def path(self, mass):
        """Along the solved path from a distribution: P(deal by month m), the book at the end."""
        book, by = self.book(), [0.0]
        for turns, _ in self.months:
            mass = self.roll(mass, turns, book)
            by.append(book["deal"])
        return by, book

    def outcome(self, i):
        """Expected discounted outcome of the solved path, backwards under each theory."""
        total = 0.0
        for t, p in enumerate(self.analyst):
            later = {s: self.W_by[i, t][0, *s[1:]] for s in self.states}
            for turns, deals in reversed(self.months):
                new = {}
                for s in self.states:
                    a, k = deals[s][i]
                    chance, worth = 0.0, 0.0
                    for side, share in ((0, self.pi), (1, 1 - self.pi)):
                        yes, u = turns[s][side]
                        if yes:
                            chance += self.talks * share
                            worth += self.talks * share * (a * u[i] + k)
                    new[s] = worth + (1 - chance) * self.fight_under(t, i, s, later)
                later = new
            total += p * later[self.now]
        return total

    def zone(self):
        """Real packages better than never agreeing for both, at the present state."""
        ak, good = self.deals[self.now], []
        for names, u in self.packages(self.now[1]).items():
            if all(ak[i][0] * u[i] + ak[i][1] >= self.W[i][self.now] - 1e-12
                   and u[i] >= self.rho[i] - 1e-12 for i in (0, 1)):
                good.append(names)
        return good
