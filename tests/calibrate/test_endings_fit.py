"""The model of endings: simulated wars give their hazards back, ranks are even, priors are seen."""

from __future__ import annotations

import numpy as np
import pytest

from tests.calibrate.wars import HAZARDS, LAST, wars
from zopa.calibrate.checks import Limits, NotConverged
from zopa.calibrate.endings_data import AGES, ENDINGS, Table, table
from zopa.calibrate.endings_fit import SHORT, Fit, Sampler, fit
from zopa.calibrate.endings_forecast import RESULTS, ReferenceClass, forecast, rates
from zopa.calibrate.endings_model import (
    INTERSTATE,
    USUAL,
    effects,
    hazards,
    log_likelihood,
    log_odds,
)
from zopa.calibrate.endings_power import sensitivities
from zopa.calibrate.endings_sbc import calibrate, prior_draw, simulated
from zopa.calibrate.termination_file import TYPES
from zopa.core.errors import ArgumentError

BRIEF = Sampler(warmup=200, draws=200, accept=0.85)


@pytest.fixture(scope="module")
def fitted() -> Fit:
    """800 made-up wars of two types."""
    return fit(table(wars(800, 3), LAST), 5, SHORT)


def test_hazards_of_simulated_wars_are_recovered(fitted: Fit) -> None:
    inside = count = 0
    for kind, (early, late) in HAZARDS.items():
        # the first class of age after a year holds nothing else
        for over, true in ((12, late), (0, early)):
            of = ReferenceClass(kind, over, year=1995)
            low, high = np.quantile(rates(fitted, of), [0.025, 0.975], axis=0)
            if over:
                inside += sum(low[k] <= true[k] <= high[k] for k in range(4) if true[k] > 0)
                count += sum(value > 0 for value in true)
            assert np.all(low < high)
    assert inside >= count - 1
    assert fitted.convergence.r_hat[1] < 1.1


def test_a_class_without_cases_is_wide_and_still_there(fitted: Fit) -> None:
    def width(kind: str) -> float:
        drawn = np.log(rates(fitted, ReferenceClass(kind))[:, ENDINGS.index("settled")])
        return float(np.quantile(drawn, 0.95) - np.quantile(drawn, 0.05))

    assert width("extrasystemic") > 1.5 * width("internal")
    with pytest.raises(ArgumentError, match="class must be one of"):
        ReferenceClass("civil")
    with pytest.raises(ArgumentError, match="over-years must be one of 0, 1, 3, 10"):
        ReferenceClass("interstate", 24)
    assert ReferenceClass("interstate", 12, "asia").title == "interstate, over one year, asia"


def test_forecasts_are_probabilities_that_add_up_over_time(fitted: Fit) -> None:
    start = wars(2, 1)[0].start
    year, two = (forecast(fitted, "interstate", "asia", start, 0, months) for months in (12, 24))
    assert year.shape[1] == len(RESULTS)
    assert np.allclose(year.sum(axis=1), 1.0) and np.allclose(two.sum(axis=1), 1.0)
    later = forecast(fitted, "interstate", "asia", start, 12, 12)
    assert np.allclose(two[:, 0], year[:, 0] * later[:, 0])
    assert np.allclose(two[:, 1:], year[:, 1:] + year[:, :1] * later[:, 1:])
    # between states neither side is the first
    assert np.allclose(year[:, 2], year[:, 3])
    assert np.all(fitted.shares[:, INTERSTATE] == 0.5)


def test_the_same_seed_gives_the_same_draws(fitted: Fit) -> None:
    again = fit(fitted.data, 5, SHORT)
    assert all(np.array_equal(again.sites[name], fitted.sites[name]) for name in fitted.sites)


def test_chains_that_do_not_agree_are_refused(fitted: Fit) -> None:
    with pytest.raises(NotConverged, match="the wars of the file: the chains have not converged"):
        fitted.convergence.demand(Limits(ess=1e6), "the wars of the file")


def test_the_likelihood_is_that_of_a_multinomial() -> None:
    from scipy import stats

    random = np.random.default_rng(4)
    months = random.integers(1, 30, (2, 2, 2, 2)).astype(float)
    sites, other = (prior_draw(months.shape, random) for _ in range(2))
    data = simulated(months, sites, random)

    def by_hand(drawn: dict[str, np.ndarray]) -> float:
        chances = hazards(log_odds(effects(drawn)))
        whole = np.concatenate([chances, 1.0 - chances.sum(axis=-1, keepdims=True)], axis=-1)
        rest = months - data.ends.sum(axis=-1)
        counts = np.concatenate([data.ends, rest[..., None]], axis=-1)
        return float(stats.multinomial.logpmf(
            counts.reshape(-1, 5), months.ravel(), whole.reshape(-1, 5)).sum())

    ours = [float(log_likelihood(log_odds(effects(drawn)), data.months, data.ends))
            for drawn in (sites, other)]
    assert ours[0] - ours[1] == pytest.approx(by_hand(sites) - by_hand(other), rel=1e-9)


def test_ranks_of_what_was_true_are_even() -> None:
    found = calibrate(np.full((2, 2, 2, 2), 250.0), 24, 11, BRIEF)
    assert found.ranks.shape == (24, len(found.names))
    assert np.all(found.histogram().sum(axis=1) == 24)
    p = found.p_values()
    assert p.min() > 0.001 and float((p < 0.05).mean()) < 0.25


def test_types_and_ages_are_those_of_the_tables() -> None:
    empty = table([], LAST)
    assert isinstance(empty, Table) and empty.months.shape[:2] == (len(TYPES), len(AGES))
    assert USUAL.flat().shape == (7,)


def test_the_prior_weighs_more_where_there_are_no_cases(fitted: Fit) -> None:
    known, unknown = (sensitivities(fitted, ReferenceClass(kind, year=1995))
                      for kind in ("internal", "extrasystemic"))
    assert [one.name for one in known][0] == "settled, internal"
    assert sum(one.prior for one in known[:3]) < sum(one.prior for one in unknown[:3])
    assert all(one.likelihood > 0.0 for one in known)
