"""Hyper-rectangles of Genius against their definition, package by package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.exchange.small import RECTANGLES, RECTANGLES_DOMAIN, folder, packages, utilities
from zopa.core.errors import InputError
from zopa.exchange.read import read


def by_definition(x: int, y: int, z: int) -> float:
    """The utility of the file, written out."""
    total = 5.0
    total += 40.0 if 1 <= x <= 2 and y <= 1 else 0.0
    total += 15.0 if z >= 6 else 0.0
    total += 0.0 if x == 0 else 10.0
    total += 14.0 if (x, y, z) == (3, 3, 5) else 0.0
    return total / 100.0


def test_utilities_are_those_of_the_definition(tmp_path: Path) -> None:
    domain = read(folder(tmp_path, d_xml=RECTANGLES_DOMAIN, a_xml=RECTANGLES)).domain
    wanted = [by_definition(x, y, z + 5) for x, y, z in packages(domain)]
    np.testing.assert_allclose(utilities(domain)[0], wanted, atol=1e-15)
    assert domain.reservation.tolist() == [0.25] and not domain.additive


def test_parties_share_a_box(tmp_path: Path) -> None:
    other = RECTANGLES.replace('utility="40"', 'utility="20"')
    domain = read(folder(tmp_path, a_xml=RECTANGLES, b_xml=other)).domain
    assert [rule.bonus.tolist() for rule in domain.rules][0] == [0.4, 0.2]
    assert len(domain.rules) == 4


def test_without_maxutility_nothing_is_divided(tmp_path: Path) -> None:
    imported = read(folder(tmp_path, a_xml=RECTANGLES.replace(' maxutility="100"', "")))
    assert utilities(imported.domain).max() == pytest.approx(70.0)
    assert any("maxutility" in note for note in imported.notes)


@pytest.mark.parametrize(("old", "new", "said"), [
    ('weight="1" aggregation="sum"', 'weight="1" aggregation="max"', "aggregated by 'max'"),
    ('INCLUDES index="3"', 'INCLUDES index="4"', "issue of index '4'"),
    ('min="1" max="2"', 'min="one" max="2"', "'one', which is no number"),
    ('utility="40"', "", "utility of a hyper-rectangle is missing"),
])
def test_faults(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RECTANGLES
    with pytest.raises(InputError, match=said):
        read(folder(tmp_path, a_xml=RECTANGLES.replace(old, new)))


def test_options_that_are_no_numbers_cannot_be_bounded(tmp_path: Path) -> None:
    text = RECTANGLES.replace('name="z" type="integer" lowerbound="5" upperbound="7"/>',
                              'name="z"><item value="five"/><item value="six"/></issue>')
    with pytest.raises(InputError, match="are not numbers"):
        read(folder(tmp_path, a_xml=text))
