"""Every form: quantiles against SciPy, support, central value, faults."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from zopa.core.distribution import (
    TAIL,
    Beta,
    Distribution,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
)

Q = np.linspace(0.001, 0.999, 41)
CASES = [
    (Uniform(0.2, 0.7), stats.uniform(0.2, 0.5)),
    (Normal(1.0, 0.5, (0.0, 1.2)), stats.truncnorm(-2.0, 0.4, 1.0, 0.5)),
    (Normal(0.0, 1.0, (2.0, 5.0)), stats.truncnorm(2.0, 5.0)),
    (Beta(2.0, 5.0), stats.beta(2.0, 5.0)),
    (Beta(2.0, 5.0, (1.0, 3.0)), stats.beta(2.0, 5.0, 1.0, 2.0)),
    (Triangular(0.0, 0.2, 1.0), stats.triang(0.2, 0.0, 1.0)),
    (Triangular(1.0, 1.0, 3.0), stats.triang(0.0, 1.0, 2.0)),
]


@pytest.mark.parametrize(("ours", "theirs"), CASES)
def test_quantile_against_scipy(ours: Distribution, theirs: stats.rv_continuous) -> None:
    np.testing.assert_allclose(ours.quantile(Q), theirs.ppf(Q), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(Normal(3.0, 2.0), stats.norm(3.0, 2.0)),
     (Lognormal(0.004, 0.4), stats.lognorm(0.4, scale=0.004))])  # fmt: skip
def test_uncut_forms_differ_from_scipy_by_their_tails_alone(
        ours: Distribution, theirs: stats.rv_continuous) -> None:
    np.testing.assert_allclose(ours.quantile(Q), theirs.ppf(Q), rtol=1e-6)


@pytest.mark.parametrize(
    "form", [*(ours for ours, _ in CASES), Fixed(2.0), Normal(3.0, 2.0), Lognormal(0.1, 1.0)])
def test_support_holds_the_ends_and_the_centre(form: Distribution) -> None:
    low, high = form.support()
    ends = form.quantile(np.array([0.0, TAIL, 0.5, 1.0]))
    assert np.all(np.isfinite(ends))
    assert np.all((low <= ends) & (ends <= high))
    assert low <= form.central() <= high
    assert np.all(np.diff(form.quantile(Q)) >= 0)


def test_central_values() -> None:
    assert Uniform(0.0, 1.0).central() == 0.5
    assert Triangular(0.0, 0.2, 1.0).central() == 0.2
    assert Beta(1.0, 3.0).central() == 0.25
    assert Lognormal(0.3, 1.0).central() == 0.3
    assert Normal(2.0, 1.0, (0.0, 1.5)).central() == 1.5


@pytest.mark.parametrize(
    ("form", "words"),
    [(Uniform(1.0, 1.0), "empty"), (Uniform(2.0, 1.0), "empty"), (Normal(0.0, 0.0), "sd > 0"),
     (Normal(0.0, 1.0, (1.0, 0.0)), "empty"), (Normal(0.0, 1.0, (7.0, 8.0)), "off"),
     (Beta(0.0, 1.0), "a > 0"), (Lognormal(-1.0, 1.0), "median > 0"),
     (Lognormal(1.0, 0.0), "sigma > 0"), (Triangular(0.0, 2.0, 1.0), "low <= mode"),
     (Triangular(1.0, 1.0, 1.0), "empty")])  # fmt: skip
def test_faults_name_the_parameter(form: Distribution, words: str) -> None:
    fault = form.fault()
    assert fault is not None and words in fault
