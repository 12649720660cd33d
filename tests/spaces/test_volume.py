"""The room of a zone against inclusion and exclusion, and by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import zopa.spaces.volume as module
from zopa.agreement.space import Floats
from zopa.spaces.volume import volume


def slow(points: Floats) -> float:
    """Volume of the union of boxes from 0: sums over all sets of points, signs alternating."""
    total = 0.0
    for count in range(1, len(points) + 1):
        for some in itertools.combinations(points, count):
            total -= (-1) ** count * float(np.prod(np.min(some, axis=0)))
    return total


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 5])
def test_volumes_are_those_of_inclusion_and_exclusion(parties: int) -> None:
    rng = np.random.default_rng(parties)
    for n in range(12):
        points = rng.random((1 + n % 7, parties))
        if n % 2:
            points = np.round(points * 3) / 3
        most = points.max(axis=0)
        if not (most > 0).all():
            continue
        found = volume(points, np.zeros(parties), most)
        assert found.method == "exact" and found.error == 0.0
        assert found.share == pytest.approx(slow(points) / np.prod(most), abs=1e-12)


def test_units_and_origin_do_not_matter() -> None:
    points = np.random.default_rng(0).random((9, 3))
    least = np.full(3, 0.1)
    unit, shift = np.array([7.0, 0.01, 1e6]), np.array([3.0, -5.0, 0.0])
    points = points[(points >= least).all(axis=1)]
    one = volume(points, least, points.max(axis=0)).share
    other = volume(points * unit + shift, least * unit + shift,
                   (points * unit + shift).max(axis=0)).share
    assert one == pytest.approx(other, abs=1e-10)


def test_degenerate_boxes() -> None:
    point = np.array([[1.0, 2.0]])
    assert volume(point, np.zeros(2), point[0]).share == 1.0
    assert volume(point, point[0], point[0]).share == 1.0
    assert volume(point[:0], np.zeros(2), np.ones(2)).share == 0.0
    # a party that cannot get more is left out
    assert volume(np.array([[1.0, 2.0], [0.5, 2.0]]), np.array([0.0, 2.0]),
                  np.array([1.0, 2.0])).share == 1.0


def test_an_estimate_is_within_its_error_of_the_exact_volume(
        monkeypatch: pytest.MonkeyPatch) -> None:
    points = np.random.default_rng(3).random((40, 4))
    exact = volume(points, np.zeros(4), points.max(axis=0))
    monkeypatch.setattr(module, "WORK", 0)
    found = volume(points, np.zeros(4), points.max(axis=0))
    assert "quasi-random" in found.method and 0.0 < found.error < 0.002
    assert abs(found.share - exact.share) < 4.0 * found.error
    assert found == volume(points, np.zeros(4), points.max(axis=0))
