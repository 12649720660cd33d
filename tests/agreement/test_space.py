"""Packages and utilities, against their definitions written out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import random_space, spaces
from zopa.agreement.space import Forbidden, Space
from zopa.core.errors import ArgumentError

SMALL = Space(
    ("a", "b"), ("land", "arms"), (("keep", "share", "give"), ("limits", "none")),
    weight=np.array([[0.6, 0.4], [0.5, 0.5]])[..., None],
    value=np.array([[1, 0.5, 0, 0.2, 0.9], [0, 0.6, 1, 0.8, 0.1]])[..., None],
    moving=(1,), slope=np.array([[0.4], [-0.8]])[..., None],
    pairs=((1, 3),), bonus=np.array([[0.05], [-0.02]])[..., None],
    forbidden=(Forbidden((0, 1), ((0,), (0,))),))


def test_packages_are_the_product_less_what_is_forbidden() -> None:
    expected = [package for package in product(range(3), range(2)) if package != (0, 0)]
    assert SMALL.packages().tolist() == [list(package) for package in expected]


def test_unavailable_options_are_left_out() -> None:
    space = replace(SMALL, available=np.array([True, False, True, True, True]))
    assert space.packages().tolist() == [[0, 1], [2, 0], [2, 1]]


def test_blocks_of_any_size_give_the_same_packages() -> None:
    space = random_space(5)
    for block in (1, 7, 10_000):
        assert_array_equal(np.concatenate(list(space.stream(block))), space.packages())


def test_utility_by_hand() -> None:
    # share + limits at x = 0.5: values 0.7 and 0.2 for a, 0.2 and 0.8 for b
    found = SMALL.utilities(np.array([[1, 0]]), 0.5)[:, 0, 0]
    assert_allclose(found, (0.6 * 0.7 + 0.4 * 0.2 + 0.05, 0.5 * 0.2 + 0.5 * 0.8 - 0.02), atol=1e-15)


def test_values_are_cut_to_the_unit_interval() -> None:
    found = SMALL.utilities(np.array([[1, 1]]), 1.0)[:, 0, 0]
    assert_allclose(found, (0.6 * 0.9 + 0.4 * 0.9, 0.5 * 0.0 + 0.5 * 0.1), atol=1e-15)


@settings(max_examples=30)
@given(spaces(parties=3))
def test_each_draw_may_have_its_own_packages(space: Space) -> None:
    packages = space.packages()
    common = space.utilities(packages, 0.3)
    own = np.repeat(packages[:, None], space.draws, axis=1)
    assert_array_equal(space.utilities(own, 0.3), common)


def test_position_may_differ_by_draw() -> None:
    space = random_space(11, draws=4)
    packages, x = space.packages(), np.array([-1.0, -0.2, 0.0, 1.0])
    together = space.utilities(packages, x)
    for draw in range(4):
        alone = space.utilities(packages, float(x[draw]))
        assert_array_equal(together[..., draw], alone[..., draw])


def test_names_and_indices() -> None:
    assert SMALL.named(np.array([1, 0])) == {"land": "share", "arms": "limits"}
    assert SMALL.indexed({"arms": "none", "land": "give"}).tolist() == [2, 1]
    with pytest.raises(ArgumentError, match="settle `arms` by one of limits, none"):
        SMALL.indexed({"land": "give", "arms": "some"})


def test_no_package_left() -> None:
    space = replace(SMALL, forbidden=(Forbidden((0,), ((0, 1, 2),)),))
    with pytest.raises(ArgumentError, match="leave no package"):
        space.packages()


@pytest.mark.parametrize("change, message", [
    ({"value": np.zeros((2, 4, 1))}, r"`value` must have shape \(2, 5, 1\)"),
    ({"slope": np.zeros((2, 2, 1))}, r"`slope` must have shape \(2, 1, 1\)"),
    ({"options": (("keep",),)}, "`options` must name the options of 2 issues"),
    ({"moving": (9,)}, "must name options 0..4"),
    ({"pairs": ((0, 1),)}, "must be on different issues"),
])
def test_faults_name_the_argument(change: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        replace(SMALL, **change)
