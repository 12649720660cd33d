"""Issues in an order, and what is open after each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.spaces.random_domains import domains, every_package, made
from zopa.agreement.space import Forbidden
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.plan import MANY_STATES, ordered, plan


@given(domains(rules=4, forbidden=3))
@settings(max_examples=80, deadline=None)
def test_moves_fulfil_rules_and_keep_constraints_as_packages_do(domain: Domain) -> None:
    # every order, here the reverse, must see the same packages and the same bonuses
    steps = ordered(domain, tuple(reversed(range(len(domain.issues)))))
    reached = {}

    def walk(depth: int, alive: frozenset[int], held: dict[int, int], bonus: np.ndarray) -> None:
        if depth == len(steps.steps):
            assert not alive
            reached[tuple(held[n] for n in range(len(held)))] = bonus
            return
        step = steps.steps[depth]
        for move in steps.moves(step, alive):
            more = bonus if move.bonus is None else bonus + move.bonus
            for option in move.options:
                walk(depth + 1, move.alive, {**held, step.issue: option}, more)

    walk(0, frozenset(), {}, np.zeros(len(domain.parties)))
    packages = every_package(domain)
    assert sorted(reached) == [tuple(package) for package in packages.tolist()]
    for package in packages:
        expected = sum((rule.bonus for rule in domain.rules
                        if rule.fulfilled(package[None, :])[0]), np.zeros(len(domain.parties)))
        assert np.allclose(reached[tuple(package.tolist())], expected, rtol=0, atol=1e-12)


def test_without_rules_the_order_stays() -> None:
    domain = made(1, 2, (3,) * 6, "real", forbidden=3)
    assert [step.issue for step in plan(domain).steps] == list(range(6))
    assert plan(made(1, 2, (3,) * 6, "real")).states == 1


def test_far_ties_are_settled_together() -> None:
    # issue n is tied to issue n + 8: in the order given all eight are open at once
    base = made(2, 2, (3,) * 16, "real")
    ties = tuple(Rule((n, n + 8), ((o,), (o,)), np.ones(2)) for n in range(8) for o in range(3))
    domain = Domain(base.parties, base.issues, base.options, base.worth, ties)
    assert ordered(domain, tuple(range(16))).states == MANY_STATES
    steps = plan(domain)
    assert steps.states == 3 and not steps.crowded
    order = [step.issue for step in steps.steps]
    assert all(order.index(n + 8) == order.index(n) + 1 for n in range(8))


@pytest.mark.parametrize("count", [1, 3])
def test_states_are_what_is_alive(count: int) -> None:
    base = made(3, 2, (4,) * 4, "real")
    ties = tuple(Forbidden((0, 3), ((n,), (n,))) for n in range(count))
    domain = Domain(base.parties, base.issues, base.options, base.worth, forbidden=ties)
    # each option named keeps its constraint alive, all others none
    assert plan(domain).states == count + 1
