"""The fit of a made-up war: what made it comes back, and forecasts look at nothing later.

One structure, one length of warm-up and series of 25 to 48 months throughout, so that the sampler
is compiled once.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.calibrate.made import BRIEF, TRUE, TWO, changes, position
from zopa.calibrate.battlefield import forward, scaled
from zopa.calibrate.battlefield_fit import Fit, fit
from zopa.calibrate.battlefield_model import from_prior, model, parameters
from zopa.calibrate.battlefield_run import calibrate
from zopa.calibrate.battlefield_words import lines
from zopa.calibrate.checks import Limits, NotConverged
from zopa.calibrate.checks_predictive import predictive
from zopa.calibrate.hindcast import hindcast
from zopa.calibrate.hindcast_tables import HEADER, as_markdown, as_text, parts, plain, rows
from zopa.calibrate.losses import by_momentum, circular
from zopa.calibrate.needs import numpyro
from zopa.calibrate.posterior import Posterior
from zopa.calibrate.priors import USUAL
from zopa.calibrate.priors_power import distance, log_prior, sensitivities
from zopa.calibrate.sbc import battlefield, ranks
from zopa.calibrate.scenario_levels import from_levels
from zopa.calibrate.series import Monthly, Series, later
from zopa.core.errors import ArgumentError

LONG = position(47, 3)
SHORT = position(34, 8)
MODELS = {"momentum": TWO}


@pytest.fixture(scope="module")
def fitted() -> Fit:
    return fit(TWO, LONG.changes[1], 0, replace(BRIEF, draws=600))


def test_what_made_a_series_comes_back(fitted: Fit) -> None:
    p, s = fitted.parameters, fitted.scale / 100.0
    for draws, true in ((p.drift[:, 0] * s, -0.5), (p.drift[:, 1] * s, 1.5),
                        (p.noise[:, 0] * s, 0.5), (p.noise[:, 1] * s, 0.6),
                        (p.rows[:, 0, 1], 0.1), (p.rows[:, 1, 0], 0.08)):
        low, high = np.quantile(draws, [0.01, 0.99])
        assert low < true < high
    assert np.ptp(np.quantile(p.drift[:, 1] * s, [0.05, 0.95])) < 0.6
    fitted.convergence.demand(Limits(r_hat=1.03, ess=150), "made up")


def test_the_likelihood_of_the_sampler_is_the_forward_algorithm() -> None:
    numpyro()
    from numpyro.infer.util import log_density as joint

    sites = from_prior(TWO, USUAL, 3, np.random.default_rng(0))
    y = changes(15, 1)
    y[4] = np.nan
    data = scaled(y, 1.0)
    prior, (likelihood, _) = log_prior(sites, USUAL), forward(data, parameters(TWO, sites))
    for draw in range(3):
        own = {name: value[draw] for name, value in sites.items()}
        total, _ = joint(model, (TWO, USUAL.flat(), data), {}, own)
        assert float(total) == pytest.approx(prior[draw] + likelihood[draw], rel=1e-9)


def test_replicated_series_are_like_the_one_seen(fitted: Fit) -> None:
    found = predictive(fitted, 0)
    assert [check.name for check in found if not check.ordinary] == []
    assert all(check.low <= check.high for check in found)


def test_sensitivity_to_prior_and_series(fitted: Fit) -> None:
    found = {s.name: s for s in sensitivities(fitted)}
    assert found["the drift of up"].verdict == ""
    # no jump was seen, or hardly one: how wide jumps are is the prior's word
    assert found["the spread of jumps"].verdict == "the prior decides"
    assert found["the drift of up"].likelihood > found["the drift of up"].prior


def test_the_distance_of_weighted_draws() -> None:
    draws = np.random.default_rng(0).normal(0, 1, 4000)
    assert distance(draws, np.ones(4000)) == pytest.approx(0, abs=1e-6)
    near, far = (distance(draws, np.exp(shift * draws)) for shift in (0.1, 1.0))
    assert 0 < near < far


def test_few_draws_are_an_error_that_says_what_to_do() -> None:
    with pytest.raises(NotConverged, match="made up: the chains have not converged.*--draws 800"):
        fit(TWO, SHORT.changes[1], 0, replace(BRIEF, draws=100),
            limits=Limits(ess=5000), what="made up")


def test_losses_follow_momentum(fitted: Fit) -> None:
    days, _ = LONG.changes
    up = forward(fitted.data, fitted.parameters)[1].mean(axis=0)[:, 1]
    lost = Monthly("losses", "persons per month", "flow", days, 1000 + 500 * (up > 0.5),
                   LONG.origin)
    down, rising = by_momentum(lost, LONG, fitted, 0)
    assert down.mean[1] == pytest.approx(1000, abs=60)
    assert rising.mean[1] == pytest.approx(1500, abs=60)
    assert down.months + rising.months == pytest.approx(len(days))
    assert circular(replace(lost, name="economist_deaths")) and not circular(lost)
    late = replace(lost, months=tuple(later(day, 300) for day in days))
    with pytest.raises(ArgumentError, match="0 of its months"):
        by_momentum(late, LONG, fitted, 0)


def test_a_calibration_gives_the_same_bytes_and_says_what_it_found() -> None:
    rows_of = Series("area", "km2", "level", SHORT.months, SHORT.values, SHORT.origin)
    asked = replace(from_levels(("down", "up"), 150.0), date=SHORT.months[-3])
    loose = Limits(r_hat=1.2, ess=20, divergent=0.1)
    first, again = (calibrate(rows_of, asked, 4, sampler=BRIEF, limits=loose) for _ in range(2))
    assert first.posterior is not None and again.posterior is not None
    assert first.posterior.to_json() == again.posterior.to_json()
    back = Posterior.from_json(first.posterior.to_json())
    assert back.columns[0] == "war.momentum.transitions.down.up"
    assert back.source.last == SHORT.months[-3]
    assert first.now.sum() == pytest.approx(1)
    text = "\n".join(lines(first))
    assert "is not in the scenario's moves" in text and "converged" in text
    assert f"Rows after {SHORT.months[-3]}, the date of the scenario, are not used." in text
    with pytest.raises(ArgumentError, match="its unit is 'km2', and that of war.position is 'ha'"):
        calibrate(rows_of, replace(asked, unit="ha"))


def test_forecasts_look_at_nothing_later() -> None:
    series = replace(SHORT, months=SHORT.months[:29], values=SHORT.values[:29])
    origin = series.months[26]
    changed = series.values.copy()
    changed[27:] += 12345.0

    def forecasts(of: Monthly) -> dict[tuple[str, int], object]:
        found = hindcast(of, 3, (1, 2), origin, origin, MODELS, BRIEF, limits=None)
        return {(case.model, case.months): case.scored.quantiles for case in found.cases}

    known = forecasts(series)
    assert len(known) == 2 * (1 + 8)
    # other values later, and more months later: the same forecasts, to the last bit
    assert forecasts(replace(series, values=changed)) == known
    assert forecasts(replace(SHORT, values=SHORT.values)) == known


def test_the_tables_of_a_hindcast() -> None:
    found = hindcast(SHORT, 1, (1, 3), SHORT.months[27], SHORT.months[30], MODELS, BRIEF, None)
    again = hindcast(SHORT, 1, (1, 3), SHORT.months[27], SHORT.months[30], MODELS, BRIEF, None)
    frozen = SHORT.months[28]
    tables = parts(found, frozen)
    data = json.dumps(plain(found, tables))
    assert data == json.dumps(plain(again, parts(again, frozen)))
    assert [part.name for part in tables] == ["developed", "across", "after"]
    by_part = {part.name: {(x.model, x.months): x.origins for x in part.lines} for part in tables}
    assert by_part["developed"] == {(model, 1): 1 for model in found.models}
    assert by_part["after"]["momentum", 1] == 2
    assert by_part["across"]["momentum", 3] == 2
    whole = parts(found)[0]
    line = next(x for x in whole.lines if (x.model, x.months) == ("drift", 1))
    cases = [c for c in found.cases if (c.model, c.months) == ("drift", 1)]
    assert line.crps == pytest.approx(np.mean([c.scored.crps for c in cases]))
    assert sum(line.pit) == line.origins == 4
    best = {x.months: x.best for x in whole.against}
    least = min((x for x in whole.lines if x.months == 1 and x.model != "momentum"),
                key=lambda x: x.crps)
    assert best[1] == least.model
    assert len(list(as_text(HEADER, rows(whole)))) == len(whole.lines) + 1
    assert list(as_markdown(HEADER, rows(whole)))[1].startswith("|---|")


def test_a_series_without_origins() -> None:
    with pytest.raises(ArgumentError, match="no month can be forecast from"):
        hindcast(replace(SHORT, months=SHORT.months[:8], values=SHORT.values[:8]))


def test_ranks_are_even_and_truths_are_held() -> None:
    found = ranks(battlefield(TWO, 30, BRIEF), 16, 5)
    assert {rank.name for rank in found} >= {"the drift of up", "the move from up to down"}
    for rank in found:
        assert sum(rank.counts) == 16
        assert rank.p > 1e-4, rank
        assert rank.held[2] > 0.9, rank
    assert np.mean([rank.held[0] for rank in found]) == pytest.approx(0.9, abs=0.1)
    assert isinstance(TRUE.memory, np.ndarray)
