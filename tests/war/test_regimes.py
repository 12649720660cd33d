"""Regime chains: tilts, the joint chain, moments of the change of position."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from zopa.war.regimes import Patron, favour_sign, joint, moments, rows, tilted, upward

LEVELS = ("a", "none", "b")
MOMENTUM = rows(LEVELS, {"a": {"none": 0.2}, "none": {"a": 0.1, "b": 0.15}, "b": {"none": 0.3}})
SIGN_A = favour_sign(("A", None, "B"), "A")


def test_rows_complete_with_staying():
    np.testing.assert_allclose(MOMENTUM[1], [0.1, 0.75, 0.15])
    drawn = rows(LEVELS, {"a": {"none": np.array([0.2, 0.4])}})
    assert drawn.shape == (3, 3, 2)
    np.testing.assert_allclose(drawn[0, 0], [0.8, 0.6])
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0)


def test_tilt_multiplies_odds():
    t = 0.7
    new = tilted(MOMENTUM, SIGN_A, t)
    np.testing.assert_allclose(new.sum(axis=1), 1.0)
    odds = (new[1, 0] / new[1, 1]) / (MOMENTUM[1, 0] / MOMENTUM[1, 1])
    assert odds == pytest.approx(np.exp(t))
    odds = (new[1, 2] / new[1, 1]) / (MOMENTUM[1, 2] / MOMENTUM[1, 1])
    assert odds == pytest.approx(np.exp(-t))


def test_tilt_of_zero_changes_nothing_and_tilts_add():
    np.testing.assert_allclose(tilted(MOMENTUM, SIGN_A, 0.0), MOMENTUM)
    twice = tilted(tilted(MOMENTUM, SIGN_A, 0.3), SIGN_A, 0.4)
    np.testing.assert_allclose(twice, tilted(MOMENTUM, SIGN_A, 0.7))


def test_tilt_draws_trail():
    t = np.array([0.0, 0.5, -1.0])
    new = tilted(MOMENTUM, SIGN_A, t)
    assert new.shape == (3, 3, 3)
    for d, value in enumerate(t):
        np.testing.assert_allclose(new[..., d], tilted(MOMENTUM, SIGN_A, value))


def test_mirror_of_a_tilt():
    sign_b = favour_sign(("A", None, "B"), "B")
    np.testing.assert_allclose(tilted(MOMENTUM, SIGN_A, 0.6), tilted(MOMENTUM, sign_b, -0.6))


def test_upward_sign():
    np.testing.assert_array_equal(upward(3), [[0, -1, -1], [1, 0, -1], [1, 1, 0]])
    chain = rows(("high", "low"), {"high": {"low": 0.1}, "low": {"high": 0.1}})
    new = tilted(chain, upward(2), 1.0)
    assert new[0, 1] < 0.1 < new[1, 0]


def patrons():
    first = Patron(rows(("hi", "lo"), {"hi": {"lo": 0.05}, "lo": {"hi": 0.02}}),
                   np.array([0.4, -0.1]), -SIGN_A)
    second = Patron(rows(("x", "y", "z"), {"x": {"y": 0.1}, "y": {"z": 0.2, "x": 0.05}}),
                    np.array([0.2, 0.0, -0.3]), -SIGN_A)
    return first, second


def test_joint_chain_against_enumeration():
    first, second = patrons()
    theory = SIGN_A * 0.25
    chain = joint(MOMENTUM, (first, second), theory)
    shape = (3, 2, 3)
    assert chain.shape == (18, 18)
    for source, target in itertools.product(np.ndindex(*shape), repeat=2):
        tilt = first.momentum_tilt[source[1]] + second.momentum_tilt[source[2]] - 0.25
        m = tilted(MOMENTUM, -SIGN_A, tilt)[source[0], target[0]]
        expected = m * first.rows[source[1], target[1]] * second.rows[source[2], target[2]]
        got = chain[np.ravel_multi_index(source, shape), np.ravel_multi_index(target, shape)]
        assert got == pytest.approx(expected, abs=1e-15)


def test_joint_chain_with_draws():
    first, second = patrons()
    rng = np.random.default_rng(0)
    drawn = Patron(first.rows, rng.normal(size=(2, 4)), first.sign)
    chains = joint(MOMENTUM, (drawn, second), SIGN_A[:, None] * np.linspace(0, 1, 4))
    assert chains.shape == (18, 18, 4)
    one = joint(MOMENTUM, (Patron(first.rows, drawn.momentum_tilt[:, 2], first.sign), second),
                SIGN_A * np.linspace(0, 1, 4)[2])
    np.testing.assert_allclose(chains[..., 2], one)


def test_joint_without_patrons_is_momentum():
    np.testing.assert_allclose(joint(MOMENTUM, ()), MOMENTUM)


def test_moments_of_an_independent_walk():
    p, q, n = 0.3, 0.1, 12
    mean, square = np.array([p - q]), np.array([p + q])
    first, second = moments(np.ones((1, 1)), mean, square, n)
    assert first[0] == pytest.approx(n * (p - q))
    assert second[0] - first[0] ** 2 == pytest.approx(n * (p + q - (p - q) ** 2))


def test_moments_by_enumeration_of_paths():
    mean, square = np.array([0.5, 0.0, -0.4]), np.array([0.9, 0.2, 0.8])
    first, second = moments(MOMENTUM, mean, square, 3)
    for start in range(3):
        m1 = m2 = 0.0
        for a, b in itertools.product(range(3), repeat=2):
            weight = MOMENTUM[start, a] * MOMENTUM[a, b]
            total = mean[start] + mean[a] + mean[b]
            variance = sum(square[s] - mean[s] ** 2 for s in (start, a, b))
            m1 += weight * total
            m2 += weight * (variance + total**2)
        assert first[start] == pytest.approx(m1)
        assert second[start] == pytest.approx(m2)
