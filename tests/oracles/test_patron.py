"""A patron who chooses whether to support, on the walk over forts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose

from zopa.core.errors import ArgumentError
from zopa.core.status import Status
from zopa.war.patron import choose


def walk(n: int, p: float) -> np.ndarray:
    """`(k - 1, state + end)` for k = 1 .. n - 1; the ends are "won" and "lost"."""
    rows = np.zeros((n - 1, n + 1))
    for k in range(1, n):
        rows[k - 1, n - 1 if k + 1 == n else k] += p
        rows[k - 1, n if k == 1 else k - 2] += 1.0 - p
    return rows


@pytest.mark.parametrize(("cost", "supported", "value"), [
    (0.005, range(1, 10), 0.375), (0.01, range(3, 10), 0.2585365854),
    (0.015, range(5, 10), 0.1883928571), (0.02, range(6, 10), 0.1546731827),
    (0.03, (8, 9), 0.1296151325)])
def test_support_that_pays(cost: float, supported: range, value: float) -> None:
    """N = 10, p = .4 without support and .5 with it, a prize of 1, no discounting."""
    found = choose(walk(10, 0.5), walk(10, 0.4), cost, (1.0, 0.0))
    assert list(np.flatnonzero(found.support) + 1) == list(supported)
    assert_allclose(found.value[4], value, atol=5e-11)
    assert found.status is Status.CONVERGED


def test_the_best_of_all_policies() -> None:
    """On a short row every one of the 2^n policies is valued: none is better anywhere."""
    for cost, p, d in product((0.0, 0.02, 0.08), ((0.3, 0.45), (0.5, 0.7)), (0.9, 1.0)):
        stop, go = (walk(6, x) for x in p)
        found = choose(go, stop, cost, (1.0, 0.2), d)
        for policy in product((False, True), repeat=5):
            rows = np.where(np.array(policy)[:, None], go, stop)
            worth = np.linalg.solve(np.eye(5) - d * rows[:, :5],
                                    d * rows[:, 5:] @ (1.0, 0.2) - cost * np.array(policy))
            assert (worth <= found.value + 1e-12).all()


def test_ties_support() -> None:
    assert choose(walk(5, 0.4), walk(5, 0.4), 0.0, (1.0, 0.0)).support.all()
    assert not choose(walk(5, 0.4), walk(5, 0.4), 1e-6, (1.0, 0.0)).support.any()


@pytest.mark.parametrize(("arguments", "message"), [
    ({"discount": 1.2}, "`discount` must be in"),
    ({"go": walk(5, 0.4)[:, :4]}, "`go` must have shape"),
    ({"stop": walk(5, 0.4) * 0.9}, "`stop` must hold rows"),
    ({"cost": (0.1, 0.2)}, "`cost` must have shape"),
    ({"prize": (np.nan, 0.0)}, "`prize` must be finite"),
    ({"stop": np.eye(4, 6)}, "may never end")])
def test_arguments(arguments: dict[str, object], message: str) -> None:
    given = {"go": walk(5, 0.5), "stop": walk(5, 0.4), "cost": 0.01, "prize": (1.0, 0.0)}
    with pytest.raises(ArgumentError, match=message):
        choose(**given | arguments)
