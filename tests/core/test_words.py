"""Words are given only inside one band; confidence follows the provenance."""

from __future__ import annotations

import math

import pytest

from zopa.core.words import BANDS, OPPOSITE, confidence, words


@pytest.mark.parametrize(
    ("p", "word"),
    [(1.0, "virtually certain"), (0.995, "virtually certain"), (0.95, "very likely"),
     (0.7, "likely"), (0.5, "about as likely as not"), (0.2, "unlikely"), (0.05, "very unlikely"),
     (0.001, "exceptionally unlikely"), (0.0, "exceptionally unlikely"),
     (0.99, "virtually certain"), (0.9, "very likely"), (0.66, "likely"), (0.33, "unlikely"),
     (0.1, "very unlikely"), (0.01, "exceptionally unlikely")])  # fmt: skip
def test_the_word_of_a_certain_estimate(p: float, word: str) -> None:
    assert words(p, p, p) == word
    if p != 0.66:  # the scale's edges at a third are 0.33 and 0.66, not 0.34
        assert words(1 - p, 1 - p, 1 - p) == OPPOSITE[word]


@pytest.mark.parametrize("edge", [band.low for band in BANDS if band.low > 0])
def test_no_word_across_an_edge(edge: float) -> None:
    assert words(edge, edge - 0.005, edge + 0.005) is None


def test_a_whole_band_is_inside_it() -> None:
    assert words(0.8, 0.67, 0.89) == "likely"
    assert words(0.8, 0.60, 0.89) is None


def test_no_word_for_no_number() -> None:
    assert words(math.nan, math.nan, math.nan) is None


def test_bands_cover_the_scale_once() -> None:
    ends = sorted((band.low, band.high) for band in BANDS)
    assert ends[0][0] == 0.0 and ends[-1][1] == 1.0
    assert all(one[1] == two[0] for one, two in zip(ends, ends[1:], strict=False))


@pytest.mark.parametrize(
    ("shares", "word"),
    [({"judgement": 0.6, "data": 0.4}, "low"), ({"judgement": 0.4, "data": 0.6}, "medium"),
     ({"judgement": 0.1, "data": 0.9}, "high"), ({"judgement": 0.1, "expert": 0.9}, "medium"),
     ({"judgement": 0.0, "data": 0.0}, "high"), ({}, "high"), ({"judgement": 0.02}, "low")])
def test_confidence(shares: dict[str, float], word: str) -> None:
    assert confidence(shares) == word
