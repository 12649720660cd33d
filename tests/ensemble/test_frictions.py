"""A friction switched off is the scenario without it; what stays on keeps its bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.questions.tiny import tiny
from zopa.draws.sobol import sample
from zopa.ensemble.frictions import Friction, analyst_odds, frictions, frontier, without
from zopa.ensemble.problem import build
from zopa.ensemble.result import Ensemble
from zopa.ensemble.solve import Parts, compiled, solve_ensemble
from zopa.ensemble.space import from_scenario
from zopa.scenario.load import load

FLOOR = {"war.floors.south": {"utility": {"range": [0.3, 0.6]}, "why": "A vote."}}
LAPSE = {"war.enforcement": {"range": [0.9, 0.99]}}
SAME = {f"war.beliefs.prior.{name}": 0.5 for name in ("north", "south", "analyst")}
REAL = {"frontier": "packages"}
ALL: dict[str, Any] = {**FLOOR, **LAPSE, **REAL}
PARTS = Parts.BARGAIN | Parts.TIMING


def present(changes: dict[str, Any]) -> Friction:
    scenario = tiny(changes)
    return frictions(scenario, build(scenario, sample(scenario, 4)))


def solved(changes: dict[str, Any], on: Friction = Friction.ALL,
           fixed: dict[str, float] | None = None) -> Ensemble:
    """The draws of `ALL`, some values fixed, solved for a scenario that may leave parts out."""
    draws = sample(tiny(ALL), 8, 3)
    draws = draws.with_values({path: np.full(8, value) for path, value in (fixed or {}).items()})
    return solve_ensemble(tiny(changes), draws, PARTS, frictions=on)


@pytest.mark.parametrize(("changes", "expected"), [
    ({}, Friction.OPTIMISM),
    ({"war.beliefs": None}, Friction(0)),
    (SAME, Friction(0)),
    ({**SAME, "war.beliefs.prior.south": {"range": [0.3, 0.6]}}, Friction.OPTIMISM),
    ({**SAME, **LAPSE}, Friction.COMMITMENT),
    ({**SAME, **FLOOR}, Friction.RATIFICATION),
    ({**SAME, **REAL}, Friction.INDIVISIBILITY),
    ({**SAME, "war.resolve.north": {"low": 0.0, "high": 0.01}}, Friction.PRIVATE_INFORMATION),
    ({**SAME, "parties.north.groups.council": {
        "title": "Council", "veto": True, "weights": {"border": 0.5, "harbour": 0.5},
        "accepts": 0.3}}, Friction.RATIFICATION),
    (ALL, Friction.ALL & ~Friction.PRIVATE_INFORMATION)])
def test_which_frictions_a_scenario_has(changes: dict[str, Any], expected: Friction) -> None:
    assert present(changes) == expected


@pytest.mark.parametrize(("off", "changes", "fixed"), [
    (Friction.OPTIMISM, {}, SAME), (Friction.COMMITMENT, {}, {"war.enforcement": 1.0}),
    (Friction.RATIFICATION, {"war.floors.south": None}, {}),
    (Friction.INDIVISIBILITY, {"frontier": "hull"}, {})])
def test_a_friction_switched_off_is_the_scenario_without_it(
        off: Friction, changes: dict[str, Any], fixed: dict[str, float]) -> None:
    one, other = solved(ALL, Friction.ALL & ~off), solved({**ALL, **changes}, fixed=fixed)
    for name in ("value", "reservation", "finish", "agree", "offer"):
        np.testing.assert_allclose(getattr(one.bargain, name), getattr(other.bargain, name),
                                   atol=1e-12)
    np.testing.assert_allclose(one.timing.deal_by, other.timing.deal_by, atol=1e-12)


def test_what_stays_on_keeps_its_bits() -> None:
    scenario = tiny(ALL)
    draws = sample(scenario, 8, 3)
    problem = build(scenario, draws)
    assert without(problem, Friction.ALL) is problem
    before = compiled.cache_info().misses
    usual = solve_ensemble(scenario, draws, PARTS)
    programs = compiled.cache_info().misses
    # the frictions of which there is nothing to switch off
    again = solve_ensemble(scenario, draws, PARTS,
                           frictions=Friction.ALL & ~Friction.PRIVATE_INFORMATION)
    np.testing.assert_array_equal(usual.timing.deal_by, again.timing.deal_by)
    for on in (Friction(0), Friction.COMMITMENT, Friction.RATIFICATION | Friction.OPTIMISM):
        solve_ensemble(scenario, draws, PARTS, frictions=on)
    assert compiled.cache_info().misses == programs <= before + 1
    off = without(problem, Friction.OPTIMISM)
    for name, one, other in zip(problem.numbers._fields, problem.numbers, off.numbers, strict=True):
        if name not in ("enforcement", "floor"):
            assert one is other
    np.testing.assert_array_equal(off.numbers.enforcement, 1.0)
    np.testing.assert_array_equal(off.numbers.floor, -np.inf)


def test_without_optimism_both_sides_hold_the_analysts_belief() -> None:
    scenario = tiny({"war.beliefs.prior.analyst": {"range": [0.0, 1.0]}})
    problem = build(scenario, sample(scenario, 16))
    off = without(problem, Friction(0)).numbers
    believed = 1.0 / (1.0 + np.exp(-off.log_odds))
    np.testing.assert_allclose(believed, np.stack([problem.numbers.analyst[0]] * 2), atol=1e-12)
    assert np.isfinite(analyst_odds(problem.numbers)).all()


def test_ukraine_2025_has_three() -> None:
    scenario = load("ukraine-2025")
    found = frictions(scenario, build(scenario, sample(scenario, 4)))
    assert Friction.OPTIMISM | Friction.COMMITMENT | Friction.RATIFICATION in found
    assert Friction.INDIVISIBILITY not in found


def test_hundreds_of_packages_in_39_cells() -> None:
    """Hundreds of undominated packages; what is agreed is one of them."""
    def options(k: int) -> dict[str, Any]:
        shares = [(n / 7) ** (1.0 + 0.1 * k) for n in range(8)]
        return {f"o{n}": {"title": f"Option {n}", "values": {"north": s, "south": 1.0 - s}}
                for n, s in enumerate(shares)}

    issues = {f"issues.extra{k}": {"title": f"Extra {k}", "options": options(k),
                                   "weights": {"north": 0.5, "south": 0.5 + 0.01 * k}}
              for k in range(3)}
    scenario = tiny({**issues, **REAL, "war.position.cells": 39, "war.position.present_cell": 19,
                     "war.horizon": 3, "war.outlook": 3})
    draws = sample(scenario, 4)
    count, cells = frontier(scenario, from_scenario(scenario, draws.values)).points.shape[1:3]
    assert (count >= 200, cells) == (True, 39)
    ensemble = solve_ensemble(scenario, draws, PARTS)
    offer, agree = ensemble.bargain.offer, ensemble.bargain.agree
    assert agree.any()
    for proposer, draw in np.argwhere(agree):
        away = np.abs(ensemble.utilities[:, :, draw] - offer[proposer, :, draw, None]).max(axis=0)
        assert away.min() < 1e-12
