"""Private resolve on the lattice against the table form, and what must hold of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from tests.questions.tiny import tiny
from zopa.bargaining.screening_table import follow, known, screen
from zopa.draws.sobol import sample
from zopa.ensemble.frictions import Friction, frontier, without
from zopa.ensemble.problem import build
from zopa.ensemble.screening import Screened, Screener, ScreeningStatus, screened
from zopa.ensemble.space import from_scenario
from zopa.ensemble.table import as_table, offered
from zopa.scenario.schema import Scenario

CUTOFFS, HORIZON = 5, 8
LEARNS: dict[str, Any] = {
    "parties.north.discount": 0.99, "parties.south.discount": 0.99,
    "war.hazards.north.base": {"range": [0.03, 0.05]},
    "war.hazards.south.base": 0.04, "war.talks": {"rate": 0.9, "proposer": {"north": 0.3}},
    "war.costs.north.base": 0.002, "war.costs.south.base": 0.003,
    "war.resolve": {"north": {"low": -0.01, "high": {"range": [0.04, 0.06]}},
                    "south": {"low": -0.012, "high": 0.05}},
    "war.horizon": 12,
}  # fmt: skip
"""Talks often, deals worth waiting for, claims far apart: offers are refused."""
LAPSING = {"war.enforcement": 0.97}
FLOORS = {"war.floors.south": {"utility": 0.3, "why": "Made up."},
          "war.floors.north": {"utility": 0.2, "why": "Made up."}}
COMBINATIONS: dict[str, dict[str, Any]] = {
    "alone": {}, "commitment": LAPSING, "ratification": FLOORS,
    "commitment and ratification": LAPSING | FLOORS, "indivisibility": {"frontier": "packages"},
    "all but optimism": LAPSING | FLOORS | {"frontier": "packages"}}


def solved(scenario: Scenario, frictions: Friction = Friction.ALL, cutoffs: int = CUTOFFS,
           horizon: int = HORIZON, count: int = 4) -> Screened:
    found = screened(scenario, sample(scenario, count, 2), frictions, None, cutoffs, horizon)
    assert found is not None
    return found


@pytest.mark.parametrize("changes", COMBINATIONS.values(), ids=COMBINATIONS)
def test_the_lattice_is_the_table(changes: dict[str, Any]) -> None:
    scenario = tiny({"war.beliefs": None, **LEARNS, **changes})
    draws, found = sample(scenario, 4, 2), solved(scenario)
    problem = build(scenario, draws)
    edge = frontier(scenario, from_scenario(scenario, draws.values))
    at = int(np.ravel_multi_index(problem.present, problem.shape.grid))
    for draw in (0, 3):
        war, can = as_table(problem, draw), offered(problem, edge, draw)
        total, total_known = 0.0, 0.0
        for n, i in enumerate(found.informed):
            side = scenario.belligerents[i]
            low, high = (float(draws.values[f"war.resolve.{side}.{end}"][draw])
                         for end in ("low", "high"))
            half = (high - low) / 2      # the table of the war has the middle in its costs
            slow = screen(war, can, i, -half, half, HORIZON, CUTOFFS)
            plain = known(war, can, i, -half, half, HORIZON, CUTOFFS)
            assert_allclose(found.value[n, draw], slow.value[at], atol=1e-10)
            total = total + found.share[n, draw] * follow(
                war, slow, at, war.probability[0], 6)[0]
            total_known = total_known + found.share[n, draw] * follow(
                war, plain, at, war.probability[0], 6)[0]
            offers, left = slow.offers(at, 6)
            made = ~np.isnan(found.teaching[n].accepted[:, draw])
            assert_allclose(found.teaching[n].after[made, draw], left[1:] + (low + high) / 2,
                            atol=1e-10)
            assert_allclose(found.teaching[n].offer[made][:, :, draw], offers, atol=1e-10)
            assert_allclose(slow.rises <= 1e-9, found.status[draw] is ScreeningStatus.SOLVED
                            or found.rises[draw] > 1e-9 >= slow.rises)
        assert_allclose(found.deal_by[:, draw], total, atol=1e-11)
        assert_allclose(found.known_deal_by[:, draw], total_known, atol=1e-11)


def test_refusals_teach() -> None:
    """Offers are refused here, so that the friction delays deals and moves the belief."""
    found = solved(tiny({"war.beliefs": None, **LEARNS}))
    assert (found.status == ScreeningStatus.SOLVED).all()
    assert (found.deal_by[1] < found.known_deal_by[1] - 0.01).all()
    for n, teaching in enumerate(found.teaching):
        assert (teaching.after[0] < teaching.before[0]).all()
        assert (found.mean[n, 1] <= found.mean[n, 0] + 1e-15).all()
        low = teaching.after[~np.isnan(teaching.after)].min()
        assert (teaching.after[0] > low).any() == (np.diff(found.mean[n], axis=0) < -1e-4).any()
        made = ~np.isnan(teaching.accepted)
        assert ((teaching.accepted[made] > 0) & (teaching.accepted[made] <= 1)).all()


def test_to_know_is_worth_something_to_the_uninformed_side() -> None:
    found = solved(tiny({"war.beliefs": None, **LEARNS}))
    assert (found.known_value >= found.value - 1e-9).all()


@pytest.mark.parametrize("changes", [{}, LAPSING | FLOORS], ids=["optimism", "all but packages"])
def test_no_spread_is_known_resolve(changes: dict[str, Any]) -> None:
    narrow = {"north": {"low": 0.01, "high": 0.01}, "south": {"low": 0.02, "high": 0.02}}
    found = solved(tiny({**LEARNS, **changes, "war.resolve": narrow}))
    assert_allclose(found.deal_by, found.known_deal_by, atol=1e-9)
    assert_allclose(found.value, found.known_value, atol=1e-9)


@pytest.mark.parametrize("changes", [
    {}, LAPSING | {"frontier": "packages", "war.beliefs": None}],
    ids=["optimism", "commitment and indivisibility"])
def test_exchanging_the_sides_changes_nothing(changes: dict[str, Any]) -> None:
    scenario = tiny({**LEARNS, **changes})
    one, other = solved(scenario), solved(scenario.swapped())
    assert_allclose(one.deal_by, other.deal_by, atol=1e-9)
    assert_allclose(one.known_deal_by, other.known_deal_by, atol=1e-9)
    assert_allclose(one.value, other.value[::-1], atol=1e-9)
    for here, there in zip(one.teaching, other.teaching[::-1], strict=True):
        assert_allclose(here.after, there.after, atol=1e-9)
        assert_allclose(here.offer, there.offer[:, ::-1], atol=1e-9)


def test_a_longer_horizon_and_a_finer_grid_change_little() -> None:
    scenario = tiny({**LEARNS, "war.beliefs": None})
    base = solved(scenario)
    longer = solved(scenario, horizon=2 * HORIZON)
    finer = solved(scenario, cutoffs=9)
    for other, allowed in ((longer, 0.005), (finer, 0.01)):
        assert np.abs(other.deal_by - base.deal_by).max() < allowed
        assert np.abs(other.value - base.value).max() < allowed


def test_frictions_that_are_off() -> None:
    """Optimism off is a common prior, commitment off is e = 1, ratification off is no floors."""
    scenario = tiny({**LEARNS, **LAPSING, **FLOORS})
    bare = tiny({**LEARNS, "war.beliefs.prior": {"north": 0.5, "south": 0.5, "analyst": 0.5}})
    assert_allclose(solved(scenario, Friction(0)).deal_by, solved(bare).deal_by, atol=1e-12)
    assert np.abs(solved(scenario).value - solved(bare).value).max() > 0.01


def test_answers_do_not_depend_on_the_blocks_or_on_each_other() -> None:
    """Seven draws are two blocks, the second filled up."""
    scenario = tiny({**LEARNS, **LAPSING, "war.beliefs": None})
    seven = sample(scenario, 8, 2).take(slice(7))
    one, four = screened(scenario, seven, Friction.ALL, None, CUTOFFS, HORIZON), solved(scenario)
    assert one is not None
    assert (one.deal_by[:, :4] == four.deal_by).all()
    only = tiny({**LEARNS, **LAPSING, "war.beliefs": None, "war.resolve.north": None})
    alone = solved(only)
    assert alone.informed == (1,) and (alone.share == 1.0).all()


def test_the_middle_of_the_range_counts_elsewhere() -> None:
    scenario, plain = tiny(LEARNS), tiny({**LEARNS, "war.resolve": {}})
    problem, other = (build(s, sample(s, 4, 2)) for s in (scenario, plain))
    assert_allclose(problem.numbers.resolve[1], 0.019)
    assert (other.numbers.resolve == 0.0).all()
    assert (problem.numbers.cost == other.numbers.cost).all()
    assert screened(plain, sample(plain, 4, 2)) is None
    assert without(problem, Friction(0)).numbers.resolve is problem.numbers.resolve


def test_uncertain_ratification_has_a_status() -> None:
    floors = {"war.floors.south": {"utility": 0.3, "spread": 0.05, "why": "Made up."}}
    scenario = tiny({**LEARNS, **floors, "war.beliefs": None})
    found = solved(scenario)
    assert (found.status == ScreeningStatus.UNSUPPORTED).all() and np.isnan(found.deal_by).all()
    assert "ratification" in str(ScreeningStatus.UNSUPPORTED)
    draws = sample(scenario, 4, 2)
    ask = Screener(CUTOFFS, HORIZON)
    assert ask(scenario, draws, Friction.ALL, True) is None
    off = Friction.ALL & ~Friction.RATIFICATION
    private, public = (ask(scenario, draws, off, flag) for flag in (False, True))
    assert private is not None and public is not None and len(ask.solved) == 2
    assert (private[1] < public[1]).all()
