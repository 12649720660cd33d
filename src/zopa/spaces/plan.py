"""Issues in the order in which they are settled, and which combinations are still open after each.

A combination (a rule or a constraint) is open after some issues if one of its issues is settled
and another is not; it is alive in a partial package that holds it so far.  Partial packages in
which the same open combinations are alive have the same future: whatever completes one of them
completes the other, and adds the same utility.  They are in the same state.

Issues tied by no combination that is open give one state.  An order is better the fewer states it
has: along a chain of issues tied two by two, for example, one issue after its neighbour.

Reference: Bertele and Brioschi (1972), Nonserial Dynamic Programming; Dechter (1999), Artificial
Intelligence 113, 41-85, bucket elimination.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zopa.agreement.space import Floats, Forbidden
from zopa.spaces.domain import Domain, Rule

MANY_STATES = 1024
"""Counting states stops here."""

Alive = frozenset[int]
Box = Rule | Forbidden


@dataclass(frozen=True, eq=False)
class Move:
    """Options of an issue that do the same to a state.

    Attributes:
        options: which.
        alive: combinations alive afterwards.
        bonus: `(party,)`, rules fulfilled by this move; None without any.
    """

    options: tuple[int, ...]
    alive: Alive
    bonus: Floats | None


@dataclass(frozen=True, eq=False)
class Step:
    """One issue settled.

    Attributes:
        issue: its index.
        worth: `(party, option)`.
        members: for each combination on it, which options it names.
        begins: combinations of which it is the first issue.
        ends: combinations of which it is the last.
    """

    issue: int
    worth: Floats
    members: dict[int, frozenset[int]]
    begins: Alive
    ends: Alive


@dataclass(frozen=True, eq=False)
class Plan:
    """The steps, and the combinations: rules first, then constraints."""

    steps: tuple[Step, ...]
    boxes: tuple[Box, ...]
    parties: int

    @cached_property
    def crowded(self) -> bool:
        """Whether there are so many states that telling them apart is of no use."""
        return self.states >= MANY_STATES

    def moves(self, step: Step, alive: Alive) -> list[Move]:
        """What a step can do in a state; options that complete a constraint are left out."""
        live = sorted((alive | step.begins).intersection(step.members))
        named = [step.members[box] for box in live]
        rest = alive.difference(step.members)
        signatures: dict[tuple[bool, ...], list[int]] = {}
        for option in range(step.worth.shape[1]):
            signature = tuple([option in names for names in named])
            signatures.setdefault(signature, []).append(option)
        found = []
        for signature, options in signatures.items():
            held = {box for box, holds in zip(live, signature, strict=True) if holds}
            done = [self.boxes[box] for box in sorted(held & step.ends)]
            if any(isinstance(box, Forbidden) for box in done):
                continue
            bonus = np.sum([box.bonus for box in done if isinstance(box, Rule)], axis=0) \
                if done else None
            found.append(Move(tuple(options), rest | frozenset(held - step.ends), bonus))
        return found

    @cached_property
    def states(self) -> int:
        """The largest number of states after a step, or `MANY_STATES` where there are as many."""
        states: set[Alive] = {frozenset()}
        most = 1
        for step in self.steps:
            states = {move.alive for alive in states for move in self.moves(step, alive)}
            most = max(most, len(states))
            if most >= MANY_STATES:
                return MANY_STATES
        return most


def plan(domain: Domain) -> Plan:
    """The order of the issues as they stand, unless rules make another one much better.

    1. Without rules, or where no more than 64 states arise, keep the order of the issues: sums
       then run as in `Domain.utilities`.
    2. Else settle next, again and again, the issue that leaves the fewest issues in open
       combinations, and take that order if it has fewer states.
    """
    natural = ordered(domain, tuple(range(len(domain.issues))))
    if not domain.rules or natural.states <= 64:
        return natural
    other = ordered(domain, _greedy(domain))
    return other if other.states < natural.states else natural


def ordered(domain: Domain, order: tuple[int, ...]) -> Plan:
    """The plan of an order of the issues.  Combinations of no issue are not in it."""
    boxes: tuple[Box, ...] = (*domain.rules, *domain.forbidden)
    place = {issue: n for n, issue in enumerate(order)}
    first = {n: min(place[i] for i in box.issues) for n, box in enumerate(boxes) if box.issues}
    last = {n: max(place[i] for i in box.issues) for n, box in enumerate(boxes) if box.issues}
    steps = []
    for n, issue in enumerate(order):
        members = {}
        for number, box in enumerate(boxes):
            if issue in box.issues:
                members[number] = frozenset(box.options[box.issues.index(issue)])
        steps.append(Step(issue, domain.worth[issue], members,
                          frozenset(b for b, at in first.items() if at == n),
                          frozenset(b for b, at in last.items() if at == n)))
    return Plan(tuple(steps), boxes, len(domain.parties))


def _greedy(domain: Domain) -> tuple[int, ...]:
    boxes: tuple[Box, ...] = (*domain.rules, *domain.forbidden)
    ties = [set(box.issues) for box in boxes]
    left, done = list(range(len(domain.issues))), set[int]()
    order = []
    while left:
        def cost(issue: int) -> tuple[int, int]:
            settled = done | {issue}
            open_issues = {i for tie in ties if tie & settled and tie - settled
                           for i in tie & settled}
            return len(open_issues), issue
        chosen = min(left, key=cost)
        order.append(chosen)
        done.add(chosen)
        left.remove(chosen)
    return tuple(order)
