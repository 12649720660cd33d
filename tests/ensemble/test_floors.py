"""Floors from groups: thresholds against the ensemble's own W, the wiring, levers, the order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.questions.grouped import GROUPS
from tests.questions.tiny import tiny
from zopa.core.errors import ArgumentError
from zopa.draws import levers
from zopa.draws.sobol import sample
from zopa.ensemble.floors import GroupFloors, accepted, floors, seats
from zopa.ensemble.problem import build, lattice
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.scenario.schema import Scenario

SAME = {"border": 0.6, "harbour": 0.4}
"""North's own weights."""
PATH = "parties.north.groups"


def of(scenario: Scenario, draws: int = 8) -> GroupFloors:
    drawn = sample(scenario, draws, 3)
    return floors(scenario, drawn, lattice(scenario, drawn))


def test_a_group_that_is_its_party_accepts_what_never_agreeing_is_worth() -> None:
    scenario = tiny({PATH: {"self": {"title": "North", "veto": True, "weights": SAME}}})
    ensemble = solve_ensemble(scenario, sample(scenario, 8, 3), Parts.BARGAIN)
    found = of(scenario).groups[0]
    assert_allclose(found.accepted, ensemble.bargain.finish[0], atol=1e-10)
    # above min F its own floor is its threshold, below there is none
    low = found.accepted <= 0.0
    assert_array_equal(found.floor[0][low], -np.inf)
    assert_allclose(found.floor[0][~low], found.accepted[~low], atol=1e-12)
    assert 0 < low.sum() < 8


@pytest.mark.parametrize("side", ["north", "south"])
def test_a_group_that_pays_more_accepts_less(side: str) -> None:
    group = {"title": "Payers", "veto": True, "weights": SAME, "cost": 2.0}
    scenario = tiny({f"parties.{side}.groups": {"payers": group}})
    dear = tiny({f"war.costs.{side}.base": {"range": [0.004, 0.04]}})
    twice = solve_ensemble(dear, sample(dear, 8, 3), Parts.BARGAIN).bargain.finish
    found = of(scenario).groups[0].accepted
    assert_allclose(found, twice[0 if side == "north" else 1], atol=1e-10)


def test_a_groups_factor_is_on_a_cost_that_the_side_alone_knows_too() -> None:
    group = {"title": "Payers", "veto": True, "weights": SAME, "cost": 2.0}
    scenario = tiny({PATH: {"payers": group}, "war.costs.north.base": 0.01,
                     "war.resolve.north": {"low": 0.0, "high": 0.02}})
    plain = tiny({"war.costs.north.base": 0.04})
    twice = solve_ensemble(plain, sample(plain, 8, 3), Parts.BARGAIN).bargain.finish[0]
    assert_allclose(of(scenario).groups[0].accepted, twice, atol=1e-10)


def test_a_lapse_leads_back_to_fighting() -> None:
    """With talks never held V is W, and then the ensemble's own K is the group's."""
    group = {"self": {"title": "North", "veto": True, "weights": SAME}}
    scenario = tiny({PATH: group, "war.enforcement": 0.9, "war.talks.rate": 0.0,
                     "war.beliefs": None, "war.peace_momentum": "north-advances",
                     "war.hazards.south": {"base": 0.02, "momentum": {"north-advances": 2.0}}})
    bargain = solve_ensemble(scenario, sample(scenario, 8, 3), Parts.BARGAIN).bargain
    needed = (bargain.finish - bargain.deal_constant) / bargain.deal_weight
    found = of(scenario).groups[0].accepted
    assert_allclose(found, needed[0], atol=1e-9)
    assert np.abs(found - bargain.finish[0]).max() > 0.01


def test_the_floor_of_the_ensemble_is_the_highest() -> None:
    scenario = tiny(GROUPS)
    draws = sample(scenario, 64, 3)
    stated, made = lattice(scenario, draws).numbers.floor, floors(scenario, draws,
                                                                  lattice(scenario, draws))
    ensemble = solve_ensemble(scenario, draws, Parts.BARGAIN)
    assert_array_equal(ensemble.floor, np.maximum(stated, made.floor))
    assert 0 < (ensemble.floor[1] > stated[1]).mean() < 1
    veto = [group.floor for group in made.groups if group.seat.group.veto]
    assert len(veto) == 3
    assert_array_equal(made.floor, np.max(veto, axis=0))
    council, guild, public, president, ministry = made.groups
    assert not guild.binds.any() and not ministry.binds.any()
    assert np.isnan(guild.accepted).all() and not np.isnan(ministry.accepted).any()
    for group in (council, public, president):
        assert 0 < group.binds.mean() < 1
    # South's floor is binding in its group, in its patron's, or as stated
    assert (public.binds & ~president.binds).any() and (president.binds & ~public.binds).any()


def test_without_groups_nothing_changes() -> None:
    scenario = tiny({"war.floors.south": {"utility": 0.4, "why": "A vote."}})
    draws = sample(scenario, 8, 3)
    assert_array_equal(build(scenario, draws).numbers.floor,
                       lattice(scenario, draws).numbers.floor)
    assert of(scenario).groups == ()


def test_a_lever_on_a_groups_number() -> None:
    changes: dict[str, Any] = GROUPS | {"levers.prepared": {"title": "Prepared", "changes": [
        {"path": "parties.south.groups.public.accepts", "add": -0.1}]}}
    scenario = tiny(changes)
    draws = sample(scenario, 16, 3)
    changed, same = levers.apply(draws, scenario, "prepared")
    one, other = (floors(s, d, lattice(s, d)).groups[2]
                  for s, d in ((scenario, draws), (same, changed)))
    assert_allclose(other.accepted, one.accepted - 0.1, atol=1e-12)
    assert (other.floor[1] <= one.floor[1]).all() and (other.floor[1] < one.floor[1]).any()


@pytest.mark.parametrize("changes", [{}, {"frontier": "packages"}, {"war.enforcement": 0.95}])
def test_swapping_the_sides_swaps_the_floors(changes: dict[str, Any]) -> None:
    scenario = tiny(GROUPS | changes)
    one, other = of(scenario, 16), of(scenario.swapped(), 16)
    assert_allclose(one.floor, other.floor[::-1], atol=1e-9)
    assert np.isfinite(one.floor).any()
    by_name = {(g.seat.party, g.seat.name): g for g in other.groups}
    for group in one.groups:
        twin = by_name[group.seat.party, group.seat.name]
        assert_allclose(group.accepted, twin.accepted, atol=1e-9)
        assert_allclose(group.floor, twin.floor[::-1], atol=1e-9)
        assert_array_equal(group.binds, twin.binds)


def test_real_packages_alone_need_more_than_mixtures() -> None:
    scenario, real = tiny(GROUPS), tiny(GROUPS | {"frontier": "packages"})
    mixed, whole = of(scenario, 16), of(real, 16)
    public = 2
    both = np.isfinite(mixed.groups[public].floor[1])
    assert (whole.groups[public].floor[1] >= mixed.groups[public].floor[1] - 1e-9)[both].all()


def test_a_draw_does_not_depend_on_the_draws_beside_it() -> None:
    scenario = tiny(GROUPS)
    draws = sample(scenario, 32, 3)
    some = draws.take(slice(5, 9))
    assert_array_equal(build(scenario, draws).numbers.floor[:, 5:9],
                       build(scenario, some).numbers.floor)


def test_faults_are_named() -> None:
    scenario = tiny({"parties.west.groups": {"president": {
        "title": "P", "veto": True, "weights": SAME}}})
    draws = sample(scenario, 2, 0)
    with pytest.raises(ArgumentError, match=r"parties\.west\.groups\.president\.accepts"):
        accepted(scenario, draws, lattice(scenario, draws), seats(scenario))
    lost = tiny({"parties.east": {"name": "East", "roles": ["host"], "groups": {
        "chamber": {"title": "C", "weights": SAME}}}})
    with pytest.raises(ArgumentError, match=r"parties\.east\.supports is missing"):
        seats(lost)
