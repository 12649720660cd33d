"""Optimism and learning: two Beta priors over one walk over forts (Smith and Stam 2004)."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import betaln

from tests.oracles.closed_forms import ruin, ruin_time
from zopa.bargaining import Frontier, Path, Solution, Status, solve
from zopa.war.beta import BetaWar, beta_war

FAR = ((6, 2), (2, 6))
PANAMA = np.array([(0, 100), (14, 97), (36, 88), (58, 73), (64, 68), (79, 53), (90, 38), (94, 27),
                   (96, 20), (98, 13), (100, 0)]) / 100

ROWS = [
    (((2, 2), (2, 2)), 0.01, 0.020000, 1.0, 0.0),
    (((4, 2), (2, 2)), 0.01, -0.103557, 0.968750, 5.894531),
    (FAR, 0.01, -0.612078, 0.287255, 20.442495),
    (FAR, 0.03, -0.283985, 1.0, 7.695312),
    (FAR, 0.10, 0.039911, 1.0, 0.0),
]


def learned(priors: object, c: float, battles: int = 400) -> BetaWar:
    return beta_war(10, 5, priors, (c, c), (1, 1), battles=battles)


def followed(built: BetaWar, solution: Solution, periods: int = 800) -> Path:
    """The path when battles are in truth even."""
    return solution.path(built.start, built.belief(0.5), periods)


@pytest.mark.parametrize("horizon", [None, 400])
@pytest.mark.parametrize(("priors", "c", "surplus", "settles", "battles"), ROWS)
def test_table(priors: object, c: float, surplus: float, settles: float, battles: float,
               horizon: int | None) -> None:
    built = learned(priors, c)
    solution = solve(built.war, horizon=horizon, present=built.start)
    path = followed(built, solution)
    assert solution.status is Status.CONVERGED
    assert_allclose(1 - solution.reservation[:, built.start].sum(), surplus, atol=5.1e-7)
    assert_allclose(path.settled.sum(), settles, atol=5.1e-7)
    assert_allclose(path.fighting, battles, atol=5.1e-7)
    assert_allclose(path.settled.sum() + path.terminal.sum() + path.unresolved, 1.0, atol=1e-12)
    assert solution.agree[:, built.start].all() == (surplus > 0)


@pytest.mark.parametrize(("strength", "battles"), [(2, 4.125), (4, 5.34375), (8, 7.695312),
                                                   (16, 11.647339), (32, 17.429465)])
def test_stronger_priors_fight_longer(strength: int, battles: float) -> None:
    a, b = 0.75 * strength, 0.25 * strength
    built = learned(((a, b), (b, a)), 0.03)
    path = followed(built, solve(built.war))
    assert_allclose(path.fighting, battles, atol=5.1e-7)


def test_longer_learning_and_longer_horizons_agree() -> None:
    answers = []
    for battles, horizon in ((100, 100), (400, 200), (400, 400), (400, 800)):
        built = learned(FAR, 0.03, battles)
        solution = solve(built.war, horizon=horizon)
        answers.append([*solution.value[:, built.start], followed(built, solution).fighting])
    assert_allclose(answers, [answers[-1]] * 4, atol=1e-9)


@pytest.mark.parametrize(("c", "settles", "battles"), [(0.01, 0.898438, 11.89),
                                                       (0.03, None, 3.6875)])
def test_over_the_panama_frontier(c: float, settles: float | None, battles: float) -> None:
    built = learned(FAR, c)
    path = followed(built, solve(built.war, Frontier(PANAMA)))
    if settles is not None:
        assert_allclose(path.settled.sum(), settles, atol=5.1e-7)
    assert_allclose(path.fighting, battles, atol=0.005 if settles else 5.1e-7)


def expected_under(a: float, b: float, curve: object) -> float:
    """Expectation of a function of p under Beta(a, b), by Gauss-Legendre quadrature."""
    x, weight = np.polynomial.legendre.leggauss(400)
    p = (x + 1) / 2
    density = np.exp((a - 1) * np.log(p) + (b - 1) * np.log1p(-p) - betaln(a, b))
    return float(np.sum(weight / 2 * density * np.array([curve(each) for each in p])))


def test_common_prior() -> None:
    """Common priors agree at once, at the value of the average war; the pie's end shifts it."""
    built = beta_war(10, 3, ((2, 2), (2, 2)), (0.01, 0.02), (1, 1))
    wide = Frontier([(-5.0, 6.0), (6.0, -5.0)])
    free, pie = solve(built.war, wide), solve(built.war)
    assert_allclose(free.value[0, 0], 0.4900096336, atol=5e-9)
    assert_allclose(pie.value[0, 0], 0.4866745, atol=5.1e-8)
    assert free.agree[:, 0].all() and pie.agree[:, 0].all()


def test_averages_of_the_common_prior() -> None:
    """E[P] and E[T] of the learned war are those of ruin averaged over the prior."""
    built = beta_war(10, 3, ((2, 2), (2, 2)), (-1.0, -1.0), (1, 1))
    finish = solve(built.war, horizon=1).finish[:, 0]
    time = (finish.sum() - 1) / 2
    assert_allclose(finish[0] - time, 0.4240232776, atol=5e-9)
    assert_allclose(time, 13.197271187, atol=5e-8)
    assert_allclose(expected_under(2, 2, lambda p: ruin(10, p, 1.0)[0][2]), 0.4240232776,
                    atol=5e-11)


@pytest.mark.parametrize(("prior", "k", "pi", "c"), [((2, 2), 3, 0.5, (0.01, 0.02)),
                                                     ((5, 3), 4, 0.3, (0.002, 0.004)),
                                                     ((3, 7), 6, 0.8, (0.01, 0.0))])
def test_common_priors_at_other_values(prior: tuple[int, int], k: int, pi: float,
                                       c: tuple[float, float]) -> None:
    """v = E[P_k] + (pi c_B - (1 - pi) c_A) E[T_k], with the average over the prior."""
    built = beta_war(10, k, (prior, prior), c, (1, 1), pi)
    solution = solve(built.war, Frontier([(-5.0, 6.0), (6.0, -5.0)]))
    win = expected_under(*prior, lambda p: ruin(10, p, 1.0)[0][k - 1])
    time = expected_under(*prior, lambda p: ruin_time(10, p)[k - 1])
    expected = win + (pi * c[1] - (1 - pi) * c[0]) * time
    assert_allclose(solution.value[0, 0], expected, atol=1e-8)
    assert solution.agree[:, 0].all()
