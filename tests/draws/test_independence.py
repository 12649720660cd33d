"""Many inputs at once: each coordinate even by itself, and no coordinate explains another one."""

from __future__ import annotations

import numpy as np
import pytest

from zopa.draws.sobol import GROUP, scrambled
from zopa.questions.sensitivity import classes, first_order, noise

MANY = 20 * GROUP - 3


@pytest.mark.parametrize("draws", [128, 1024])
def test_no_coordinate_explains_another(draws: int) -> None:
    points = scrambled(MANY, draws, 0)
    weight = np.full(draws, 1.0 / draws)
    one = noise(draws, classes(draws))
    found = []
    for j in range(0, MANY, 11):
        index = first_order(points[:, j], points.T, weight)
        assert index[j] > 0.9
        found.append(np.delete(index, j))
    assert np.mean(np.array(found) > 3.0 * one) < 0.03
    assert np.max(found) < 8.0 * one


@pytest.mark.parametrize("dimensions", [1, GROUP, GROUP + 1, MANY])
def test_each_coordinate_has_one_point_in_each_cell(dimensions: int) -> None:
    points = scrambled(dimensions, 256, 3)
    assert points.shape == (256, dimensions)
    cells = np.sort(np.floor(points * 256).astype(int), axis=0)
    assert (cells == np.arange(256)[:, None]).all()


def test_further_inputs_leave_the_first_groups_as_they_are() -> None:
    assert (scrambled(3 * GROUP, 64, 1)[:, :2 * GROUP] == scrambled(2 * GROUP, 64, 1)).all()
    assert (scrambled(GROUP, 64, 1) != scrambled(GROUP, 64, 2)).any()
