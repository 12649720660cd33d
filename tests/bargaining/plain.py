"""The model once more, as slow loops over numbers: no arrays, no shared code with the engine.

Written from the model's text alone: frontiers are interpolated between vertices or searched package
by package, and every state, side and branch is a loop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

Terms = tuple[float, float] | None


@dataclass
class Turn:
    """One proposer's turn in one state."""

    agree: bool
    opts_out: bool
    offer: Terms
    value: list[float]


@dataclass
class Period:
    """One period: r and V per party and state, and the turns per proposer and state."""

    reservation: list[list[float]]
    value: list[list[float]]
    turns: list[list[Turn]] = field(default_factory=list)


def best(points: list[tuple[float, float]], mixed: bool, i: int, x: float,
         slack: float) -> Terms:
    """The best point for i that leaves the other side at least x, as (u_A, u_B), or None."""
    j = 1 - i
    if not mixed:
        enough = [p for p in points if p[j] >= x - slack]
        return max(enough, key=lambda p: p[i]) if enough else None
    ordered = sorted(points, key=lambda p: p[j])
    mine = ordered[-1][i]
    for left, right in zip(ordered, ordered[1:], strict=False):
        if left[j] <= x <= right[j]:
            share = (x - left[j]) / (right[j] - left[j])
            mine = left[i] + share * (right[i] - left[i])
            break
    return (mine, x) if i == 0 else (x, mine)


def undominated(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The packages that no other is at least as good as for both and better for one."""
    return [p for p in points if not any(
        q[0] >= p[0] and q[1] >= p[1] and q != p for q in points)]


def one_turn(war: Any, points: list[tuple[float, float]], mixed: bool, i: int, s: int,
             r: list[float], peace: list[float], ties: float) -> Turn:
    """Proposer i in state s, with r and E^P[V] of both sides."""
    j = 1 - i
    points = points if mixed else undominated(points)
    e = float(war.enforcement[s])
    weight, constant = [1.0, 1.0], [0.0, 0.0]
    if e < 1.0:
        for k in (0, 1):
            d = float(war.discount[k])
            weight[k] = (1 - d) / (1 - d * e)
            constant[k] = d * (1 - e) / (1 - d * e) * peace[k]
    low = [min(p[k] for p in points) for k in (0, 1)]
    high = [max(p[k] for p in points) for k in (0, 1)]
    slack = [ties * (high[k] - low[k]) for k in (0, 1)]
    w = [float(war.outside_option[k, s]) for k in (0, 1)]
    rho = [float(war.floor[k, s]) for k in (0, 1)]

    leaves = w[j] > r[j]
    rejected = [w[0], w[1]] if leaves else [r[0], r[1]]
    x = max((rejected[j] - constant[j]) / weight[j], rho[j], low[j])
    if x > high[j] + slack[j]:
        return Turn(False, leaves, None, rejected)
    terms = best(points, mixed, i, min(x, high[j]), slack[j])
    if terms is None or terms[i] < rho[i] - slack[i]:
        return Turn(False, leaves, None, rejected)
    worth = [weight[k] * terms[k] + constant[k] for k in (0, 1)]
    if worth[i] < rejected[i] - slack[i]:
        return Turn(False, leaves, None, rejected)
    return Turn(True, False, terms, worth)


def expected(moves: Any, chances: Any, value: list[float], terminal: list[float]) -> float:
    """Expectation of the value at the next place."""
    total = 0.0
    for place, chance in zip(moves, chances, strict=True):
        there = value[place] if place < len(value) else terminal[place - len(value)]
        total += float(chance) * there
    return total


def one_period(war: Any, frontiers: list[list[tuple[float, float]]], mixed: bool,
               value: list[list[float]], ties: float) -> Period:
    """One period before next period's `value`."""
    n = war.n_states
    result = Period([[0.0] * n, [0.0] * n], [[0.0] * n, [0.0] * n], [[], []])
    for s in range(n):
        r, peace = [0.0, 0.0], [0.0, 0.0]
        for k in (0, 1):
            ends = [float(z) for z in war.terminal[k]]
            r[k] = -float(war.cost[k, s]) + float(war.discount[k]) * expected(
                war.next_state[s], war.probability[k, s], value[k], ends)
            if war.peace_next_state is not None:
                peace[k] = expected(war.peace_next_state[s], war.peace_probability[k, s],
                                    value[k], ends)
        turns = [one_turn(war, frontiers[s], mixed, i, s, r, peace, ties) for i in (0, 1)]
        talks, pi = float(war.talks[s]), float(war.proposer[s])
        for k in (0, 1):
            result.reservation[k][s] = r[k]
            met = pi * turns[0].value[k] + (1 - pi) * turns[1].value[k]
            result.value[k][s] = talks * met + (1 - talks) * r[k]
            result.turns[k].append(turns[k])
    return result


def never(war: Any, periods: int) -> list[list[float]]:
    """Fight to the finish, by going back `periods` periods from nothing."""
    n = war.n_states
    value = [[0.0] * n, [0.0] * n]
    for _ in range(periods):
        value = [[-float(war.cost[k, s]) + float(war.discount[k]) * expected(
            war.next_state[s], war.probability[k, s], value[k],
            [float(z) for z in war.terminal[k]]) for s in range(n)] for k in (0, 1)]
    return value


def horizon(war: Any, frontiers: list[list[tuple[float, float]]], mixed: bool,
            end: list[list[float]], periods: int, ties: float = 1e-12) -> list[Period]:
    """The periods in order of time, the first first."""
    value, solved = end, []
    for _ in range(periods):
        solved.append(one_period(war, frontiers, mixed, value, ties))
        value = solved[-1].value
    return solved[::-1]


def path(war: Any, solved: list[Period], start: int, belief: Any,
         periods: int) -> dict[str, Any]:
    """Follow every possible history, one branch after the other."""
    settled, terminal = [0.0] * periods, [0.0] * war.n_terminal
    totals = {"opted_out": 0.0, "unresolved": 0.0, "fighting": 0.0}

    def follow(s: int, t: int, chance: float) -> None:
        if t == periods:
            totals["unresolved"] += chance
            return
        fights = chance
        if t < len(solved):
            for i, share in ((0, float(war.proposer[s])), (1, 1 - float(war.proposer[s]))):
                here = chance * float(war.talks[s]) * share
                turn = solved[t].turns[i][s]
                if turn.agree:
                    settled[t] += here
                    fights -= here
                elif turn.opts_out:
                    totals["opted_out"] += here
                    fights -= here
        totals["fighting"] += fights
        for place, p in zip(war.next_state[s], belief[s], strict=True):
            if fights * p == 0.0:
                continue
            if place < war.n_states:
                follow(int(place), t + 1, fights * float(p))
            else:
                terminal[place - war.n_states] += fights * float(p)

    follow(start, 0, 1.0)
    total = math.fsum([*settled, *terminal, totals["opted_out"], totals["unresolved"]])
    assert abs(total - 1.0) < 1e-12
    return {"settled": settled, "terminal": terminal, **totals}
