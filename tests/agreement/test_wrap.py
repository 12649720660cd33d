"""Gift wrapping against the definition of a concave boundary."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from tests.agreement.spaces import brute_force
from zopa.agreement.wrap import chain, edges, pick


def test_a_square_and_its_inside() -> None:
    points = np.array([[0, 1, 0.9, 0, 0.5], [0, 0, 0.8, 1, 0.2]], float)[..., None]
    assert chain(points)[:, 0].tolist() == [1, 2, 3]
    found = edges(pick(points, chain(points)))
    assert_allclose(found.loss[:, 0], (0.1, 0.9))
    assert_allclose(found.gain[:, 0], (0.8, 0.2))
    assert found.used.all()


def test_ties_go_to_what_is_better_for_the_other() -> None:
    points = np.array([[1, 1, 0.2, 0.4], [0.1, 0.3, 1, 1]], float)[..., None]
    assert chain(points)[:, 0].tolist() == [1, 3]


def test_every_draw_ends_where_it_must() -> None:
    rng = np.random.default_rng(1)
    points = rng.random((2, 30, 50))
    vertices = pick(points, chain(points))
    assert_array_equal(vertices[0, 0], points[0].max(axis=0))
    assert_array_equal(vertices[1, -1], points[1].max(axis=0))
    found = edges(vertices)
    rate = np.where(found.used, found.gain / np.where(found.used, found.loss, 1.0), 0.0)
    assert (np.diff(rate, axis=0) < 0)[found.used[1:]].all()
    for draw in range(50):
        heights = brute_force(points[..., draw], vertices[0, :, draw])
        assert_allclose(vertices[1, :, draw], heights, atol=1e-12)


def test_batch_of_any_shape() -> None:
    points = np.random.default_rng(2).random((2, 9, 4, 5))
    whole = chain(points)
    for n in range(4):
        part = chain(points[:, :, n])
        assert_array_equal(whole[:len(part), n], part)
        assert (whole[len(part):, n] == part[-1]).all()
