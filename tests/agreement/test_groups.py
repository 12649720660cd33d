"""Linked issues, their joint options and strands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import random_space, spaces
from zopa.agreement import groups as module
from zopa.agreement.groups import at, components, groups, shifts, still
from zopa.agreement.space import Forbidden, Space
from zopa.core.errors import ArgumentError


def plain(issues: int, options: int = 2) -> Space:
    return Space(("a", "b"), tuple(f"issue {j}" for j in range(issues)),
                 (tuple(map(str, range(options))),) * issues,
                 np.full((2, issues, 1), 1 / issues), np.zeros((2, issues * options, 1)))


def test_chains_of_links_make_one_component() -> None:
    space = replace(plain(6), forbidden=(Forbidden((4, 1), ((0,), (0,))),
                                         Forbidden((2, 4), ((1,), (1,)))),
                    pairs=((0, 6),), bonus=np.zeros((2, 1, 1)))
    assert components(space) == [(0, 3), (1, 2, 4), (5,)]


def test_a_constraint_on_one_issue_links_nothing() -> None:
    space = replace(plain(2), forbidden=(Forbidden((1,), ((0,),)),))
    assert [group.joint.tolist() for group in groups(space)] == [[[0], [1]], [[1]]]


@settings(max_examples=40)
@given(spaces(parties=3))
def test_the_product_of_the_groups_is_the_set_of_packages(space: Space) -> None:
    parts = groups(space)
    packages = np.zeros((1, len(space.issues)), dtype=np.int64)
    for group in parts:
        packages = np.repeat(packages, len(group.joint), axis=0)
        packages[:, list(group.issues)] = np.tile(
            group.joint, (len(packages) // len(group.joint), 1))
    assert_array_equal(np.unique(packages, axis=0), np.unique(space.packages(), axis=0))


@settings(max_examples=40)
@given(spaces())
def test_strands_move_as_one(space: Space) -> None:
    x = np.array([-1.0, 0.25])
    for group in groups(space):
        rows = np.concatenate([strand.rows for strand in group.strands])
        assert sorted(rows) == list(range(len(group.joint)))
        for strand in group.strands:
            moved = still(space, group)[:, strand.rows, None] + \
                shifts(space, strand, x)[:, None]
            for n in range(len(x)):
                assert_allclose(moved[:, :, n], at(space, group, x[n])[:, strand.rows], atol=1e-15)


def test_a_group_with_nothing_left_names_its_issues() -> None:
    space = replace(plain(3), forbidden=(Forbidden((0, 2), ((0, 1), (0, 1))),))
    with pytest.raises(ArgumentError, match="nothing is left for issue 0, issue 2"):
        groups(space)


def test_too_large_a_group_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_JOINT_OPTIONS", 3)
    space = replace(plain(2), forbidden=(Forbidden((0, 1), ((0,), (0,))),))
    with pytest.raises(ArgumentError, match="more than 3 joint options"):
        groups(space)


def test_a_space_without_links_has_one_group_an_issue() -> None:
    space = random_space(3, linked=False)
    assert [group.issues for group in groups(space)] == [(j,) for j in range(len(space.issues))]
