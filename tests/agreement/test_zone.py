"""The zone, package by package and draw by draw."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.agreement.spaces import random_space, spaces
from zopa.agreement.points import PRINCIPLES
from zopa.agreement.space import Space
from zopa.agreement.zone import Zone, zone


@settings(max_examples=50)
@given(spaces(parties=3), st.floats(0.0, 0.8), st.floats(0.0, 0.8), st.floats(0.3, 1.0))
def test_the_zone_is_its_definition(space: Space, w: float, rho: float, a: float) -> None:
    packages = space.packages()
    utility = space.utilities(packages)
    rng = np.random.default_rng(3)
    worth = w * rng.random((3, space.draws))
    floor = rho * rng.random((3, space.draws))
    found = zone(utility, worth, floor, weight=a, constant=0.05)
    for draw in range(space.draws):
        inside = [all(a * utility[i, n, draw] + 0.05 >= worth[i, draw] - 1e-12
                      and utility[i, n, draw] >= floor[i, draw] - 1e-12 for i in range(3))
                  for n in range(len(packages))]
        assert_array_equal(found.mask[:, draw], inside)
        assert found.empty[draw] == (not any(inside))
        assert found.share[draw] == sum(inside) / len(packages)
        rows = packages[inside]
        settled = found.settled(packages, tuple(map(len, space.options)))[:, draw]
        for issue in range(len(space.issues)):
            options = set(rows[:, issue].tolist())
            expected = -2 if not options else options.pop() if len(options) == 1 else -1
            assert settled[issue] == expected
            held = found.open(packages, issue, len(space.options[issue]))[:, draw]
            assert set(np.flatnonzero(held)) == set(rows[:, issue].tolist())
            included = found.includes(packages, issue, (0, 2))[draw]
            assert included == bool({0, 2} & set(rows[:, issue].tolist()))


def test_ties_belong_to_the_zone() -> None:
    utility = np.array([[[0.1 + 0.2]], [[0.3]]])
    assert zone(utility, np.array([[0.3], [0.1 + 0.2]])).mask.all()


def test_a_higher_floor_never_adds_a_package() -> None:
    space = random_space(9, draws=20)
    utility = space.utilities(space.packages())
    w = np.full((2, 20), 0.3)
    before = zone(utility, w).mask
    for floor in (0.2, 0.4, 0.6):
        after = zone(utility, w, np.full((2, 20), floor)).mask
        assert not (after & ~before).any()
        before = after


def test_points_inside_the_zone() -> None:
    space = random_space(14, draws=8)
    utility = space.utilities(space.packages())
    w, floor = np.full((2, 8), 0.2), np.linspace([0.4, 0.4], [0.9, 0.9], 8).T
    inside = zone(utility, w, floor)
    assert inside.empty.any() and not inside.empty.all()
    for principle in PRINCIPLES:
        point = principle.on_packages(utility, w, inside.mask)
        assert point.package is not None
        assert_array_equal(point.package < 0, inside.empty)
        for draw in np.flatnonzero(~inside.empty):
            assert inside.mask[point.package[draw], draw]


def test_an_empty_zone() -> None:
    nothing = Zone(np.zeros((3, 2), dtype=bool))
    packages = np.array([[0], [1], [2]])
    assert nothing.empty.all()
    assert_array_equal(nothing.settled(packages, (3,)), -2)
    assert not nothing.includes(packages, 0, (0, 1, 2)).any()
