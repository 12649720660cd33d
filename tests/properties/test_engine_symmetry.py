"""Properties of the engine: exchanging the sides, rescaling a side's utilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.bargaining.wars import Traits, draw, rescaled
from zopa.bargaining import Solution, Status, solve

TRAITS = st.sampled_from([
    Traits(), Traits(by_state=True), Traits(packages=True), Traits(lapses=False),
    Traits(outside=False, lapses=False), Traits(outside=False)])
SEEDS = st.integers(0, 10**6)
HORIZONS = st.sampled_from([None, 7])


def mirrored(solution: Solution, mirror: Solution) -> bool:
    """Whether one is the other with the sides exchanged."""
    return bool(
        np.allclose(mirror.value[::-1], solution.value, rtol=0, atol=1e-9)
        and np.allclose(mirror.reservation[::-1], solution.reservation, rtol=0, atol=1e-9)
        and np.array_equal(mirror.agree[::-1], solution.agree)
        and np.array_equal(mirror.opts_out[::-1], solution.opts_out)
        and np.allclose(mirror.offer[::-1, :, ::-1], solution.offer, rtol=0, atol=1e-9,
                        equal_nan=True))


@settings(max_examples=150)
@given(SEEDS, TRAITS, HORIZONS)
def test_exchanging_the_sides_exchanges_everything(seed: int, traits: Traits,
                                                   horizon: int | None) -> None:
    drawn = draw(seed, traits)
    solution = solve(drawn.war, drawn.frontier, horizon=horizon)
    mirror = solve(drawn.war.swapped(), drawn.frontier.swapped(), horizon=horizon)
    assert mirror.status is solution.status
    ours, theirs = [solution, *solution.alternatives], [mirror, *mirror.alternatives]
    assert len(ours) == len(theirs)
    if solution.status.settled:
        for each in ours:
            assert any(mirrored(each, other) for other in theirs)
    if solution.status is not Status.NOT_UNIQUE and solution.status.settled:
        assert mirrored(solution, mirror)
        one = solution.path(0, drawn.war.probability[0], 10)
        two = mirror.path(0, drawn.war.probability[0], 10)
        assert_allclose(one.settled, two.settled, atol=1e-12)
        assert_allclose(one.terminal, two.terminal, atol=1e-12)


@settings(max_examples=100)
@given(SEEDS, TRAITS, HORIZONS, st.integers(0, 1), st.floats(0.05, 20.0), st.floats(-3.0, 3.0))
def test_rescaling_a_side_changes_no_agreement(seed: int, traits: Traits, horizon: int | None,
                                               i: int, factor: float, shift: float) -> None:
    """u -> factor u + shift, with terminals, floors, outside options and costs to match."""
    drawn = draw(seed, traits)
    other = rescaled(drawn, i, factor, shift)
    solution = solve(drawn.war, drawn.frontier, horizon=horizon)
    changed = solve(other.war, other.frontier, horizon=horizon)
    if not solution.status.settled:
        return
    assert_array_equal(changed.agree, solution.agree)
    assert_array_equal(changed.opts_out, solution.opts_out)
    scale = np.ones(2)
    scale[i] = factor
    moved = np.zeros(2)
    moved[i] = shift
    size = 1.0 + factor + abs(shift)
    assert_allclose(changed.value, solution.value * scale[:, None] + moved[:, None],
                    atol=2e-10 * size, rtol=0)
    assert_allclose(changed.offer, solution.offer * scale + moved, atol=2e-10 * size, rtol=0)


@pytest.mark.parametrize("horizon", [None, 7])
def test_exchanging_twice_gives_the_war_back(horizon: int | None) -> None:
    drawn = draw(11, Traits())
    twice = solve(drawn.war.swapped().swapped(), drawn.frontier.swapped().swapped(),
                  horizon=horizon)
    once = solve(drawn.war, drawn.frontier, horizon=horizon)
    assert_allclose(twice.value, once.value, atol=1e-13)
