"""Random agreement spaces, and what the frontier must be by full enumeration."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from zopa.agreement.space import Forbidden, Space

Floats = NDArray[np.float64]


def random_space(seed: int, *, coarse: bool = False, linked: bool = True, moving: bool = True,
                 parties: int = 2, draws: int = 3, largest: int = 4) -> Space:
    """A space of two to five issues.

    Args:
        seed: of the random numbers.
        coarse: values are multiples of 1/4 and weights small integers, so that ties abound.
        linked: with constraints and an interaction.
        moving: with options that depend on the position.
        parties: how many.
        draws: how many.
        largest: most options of an issue.
    """
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, largest + 1, rng.integers(2, 6))
    issues, total = len(sizes), int(sizes.sum())
    options = tuple(tuple(f"{j}{k}" for k in range(size)) for j, size in enumerate(sizes))
    weight = rng.integers(0, 4, (parties, issues, draws)) + 0.0
    weight[:, 0] += 1.0
    value = rng.integers(0, 5, (parties, total, draws)) / 4
    if not coarse:
        weight, value = weight + rng.random(weight.shape), rng.random(value.shape)
    weight /= weight.sum(axis=1, keepdims=True)
    space = Space(("a", "b", "c", "d")[:parties], tuple(f"issue {j}" for j in range(issues)),
                  options, weight, value)
    if moving:
        chosen = tuple(map(int, rng.choice(total, min(3, total), replace=False)))
        slope = rng.normal(0.0, 0.6, (parties, len(chosen), draws))
        space = replace(space, moving=chosen, slope=slope)
    if linked:
        space = _link(space, rng)
    return space


def _link(space: Space, rng: np.random.Generator) -> Space:
    """Two constraints that leave the last option of every issue, and an interaction."""
    rules = []
    for _ in range(2):
        one, other = sorted(map(int, rng.choice(len(space.issues), 2, replace=False)))
        few = [max(len(space.options[j]) - 1, 0) for j in (one, other)]
        if min(few):
            rules.append(Forbidden((one, other), tuple(
                tuple(map(int, rng.choice(n, rng.integers(1, n + 1), replace=False)))
                for n in few)))
    one, other = map(int, rng.choice(len(space.issues), 2, replace=False))
    pair = (int(space.offsets[one]), int(space.offsets[other]))
    bonus = rng.normal(0.0, 0.2, (len(space.parties), 1, space.draws))
    return replace(space, forbidden=tuple(rules), pairs=(pair,), bonus=bonus)


@st.composite
def spaces(draw: st.DrawFn, *, linked: bool | None = None, moving: bool | None = None,
           parties: int = 2) -> Space:
    """Spaces of every kind: generic or full of ties, linked or not, moving or not."""
    return random_space(
        draw(st.integers(0, 2**32 - 1)), coarse=draw(st.booleans()),
        linked=draw(st.booleans()) if linked is None else linked,
        moving=draw(st.booleans()) if moving is None else moving, parties=parties)


def swapped(space: Space) -> Space:
    """The same space with the two parties exchanged."""
    return replace(space, parties=space.parties[::-1], weight=space.weight[::-1],
                   value=space.value[::-1], slope=space.slope[::-1], bonus=space.bonus[::-1])


def brute_force(utility: Floats, x: Floats) -> Floats:
    """F_B at each x by the convex hull of all packages and what they leave on the table.

    Args:
        utility: `(2, package)`, of one draw.
        x: `(point,)` utilities of A, at most the largest.
    """
    a, b = utility
    free = np.array([[a.min() - 1, b.max()], [a.max(), b.min() - 1], [a.min() - 1, b.min() - 1]])
    facets = ConvexHull(np.vstack([utility.T, free])).equations
    normal_a, normal_b, offset = facets[facets[:, 1] > 1e-9].T
    return np.asarray(((-offset - normal_a * x[:, None]) / normal_b).min(axis=1))
