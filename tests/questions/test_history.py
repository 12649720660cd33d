"""History as evidence, against Bayes' rule written out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from tests.ensemble.choosers import MATTERS, TWO
from tests.questions.plain_loops import Slow
from tests.questions.tiny import tiny
from zopa.core.errors import ArgumentError
from zopa.draws.sobol import sample
from zopa.ensemble.solve import Parts, solve_ensemble
from zopa.questions import history
from zopa.questions.record import is_evidence, likelihood
from zopa.questions.spread import effective
from zopa.scenario.schema import Scenario

ALL = ["position", "momentum", "support", "choice", "survival", "deal"]
FULL: list[dict[str, Any]] = [
    {"date": "2023-08-01", "position": 0.4, "momentum": "static", "support": {"west": "high"}},
    {"date": "2023-09-01", "position": 0.4, "momentum": "north-advances",
     "support": {"west": "high"}},
    {"date": "2023-10-01", "position": 0.5, "momentum": "north-advances",
     "support": {"west": "low"}},
    {"date": "2023-12-01", "position": 0.5, "momentum": "static", "support": {"west": "low"}},
    {"date": "2024-01-01", "position": 0.5, "momentum": "static", "support": {"west": "high"}}]
LEARNING: dict[str, Any] = {
    "war.beliefs.theories.north-outlasts.hazard_factor": {"south": 1.8},
    "war.beliefs.theories.south-outlasts.hazard_factor": {"north": 1.6},
    "war.beliefs.prior": {"north": {"range": [0.5, 0.9]}, "south": 0.4, "analyst": 0.45},
    "war.beliefs.grid_step": 0.4, "war.enforcement": 0.97,
    "war.floors.south": {"utility": {"range": [0.3, 0.9]}, "why": "Made up."},
    "war.talks": {"rate": {"range": [0.2, 0.9]}, "failure": {"range": [0.1, 0.5]}}}
EVERY = [1, 1, 2, 1]
"""Months from each state of `FULL` to the next."""


def recorded(calibrates: Any = False, **changes: dict[int, Any]) -> Scenario:
    """The tiny war with the full record; `talks={1: True}` sets a field of one of its states."""
    states = [dict(state, calibrates=calibrates) for state in FULL]
    for name, by_place in changes.items():
        for place, value in by_place.items():
            states[place][name] = value
    return tiny(LEARNING | {"history": states})


class Byhand:
    """One draw: probabilities of every step under each theory, by plain loops."""

    def __init__(self, scenario: Scenario, draws: Any, n: int) -> None:
        self.slow = slow = Slow(scenario, draws, n)
        self.record = scenario.history
        self.months = EVERY
        window = scenario.war.position
        self.places = []
        for state in self.record:
            cell = window.present_cell + round((state.position - 0.5) / 0.1)
            self.places.append((cell, slow.momentum.index(state.momentum),
                                slow.levels.index(state.support["west"])))
        self.steps = [[self._step(t, n) for n in range(len(self.months))] for t in (0, 1)]

    def _step(self, t: int, n: int) -> dict[str, float]:
        slow, (k, m, s), (k2, m2, s2) = self.slow, self.places[n], self.places[n + 1]
        state = (0, k, m, s)
        months = self.months[n]
        alive = 1.0 - slow.hazard(t, 0, state) - slow.hazard(t, 1, state)
        support = np.linalg.matrix_power(np.array(slow.S[t]), months)
        momentum = np.linalg.matrix_power(np.array(slow.M[t][s]), months)
        moves = sum(p for c, p in slow.Q[m].items()
                    if min(max(k + c, 0), slow.cells - 1) == k2)
        return {"survival": alive ** months, "support": support[s, s2],
                "momentum": momentum[m, m2], "position": moves if months == 1 else 1.0}

    def odds(self) -> list[float]:
        """The common log-likelihood ratio at each earlier state: 0 at the date, less what came."""
        found = []
        for n in range(len(self.months)):
            later = 0.0
            for step in range(n, len(self.months)):
                for what in ("survival", "support", "momentum"):
                    later += math.log(self.steps[0][step][what] / self.steps[1][step][what])
            found.append(-later)
        return found

    def probability(self, evidence: set[str], rate: list[float]) -> float:
        """P(evidence), from the belief before the record that Bayes' rule brings to today's."""
        today = [self.slow.v("war.beliefs.prior.analyst")]
        today.append(1.0 - today[0])
        seen = [math.prod(step[what] for step in self.steps[t]
                          for what in ("survival", "support", "momentum")) for t in (0, 1)]
        before = [p / q for p, q in zip(today, seen, strict=True)]
        before = [b / sum(before) for b in before]
        # forwards again: that belief and what was seen give today's
        after = [b * q for b, q in zip(before, seen, strict=True)]
        assert [a / sum(after) for a in after] == pytest.approx(today, abs=1e-12)
        counts = evidence - {"deal", "choice"}
        chance = sum(before[t] * math.prod(step[what] for step in self.steps[t] for what in counts)
                     for t in (0, 1))
        if "deal" not in evidence:
            return chance
        for n, (odds, months) in enumerate(zip(self.odds(), self.months, strict=True)):
            chance *= (1.0 - rate[n] * self.agree(n, odds)) ** months
        return chance

    def agree(self, n: int, odds: float) -> float:
        """Chance that talks lead to a deal in a recorded state, between the beliefs' points."""
        slow = self.slow
        turns, _ = slow.months[0]
        place = min(max(odds / slow.step + slow.points // 2, 0.0), slow.points - 1.0)
        low = min(int(place), slow.points - 2)

        def at(point: int) -> float:
            one, other = turns[point, *self.places[n]]
            return slow.pi * one[0] + (1 - slow.pi) * other[0]

        return (1.0 - (place - low)) * at(low) + (place - low) * at(low + 1)


@pytest.mark.parametrize("counts", [["deal"], ["survival", "deal"], ["support"], ["momentum"],
                                    ["position"], ALL], ids=" ".join)
def test_the_likelihood_of_the_record_is_bayes_rule_written_out(counts: list[str]) -> None:
    scenario = recorded(calibrates=tuple(name for name in ALL if name not in counts))
    draws = sample(scenario, 8, 5)
    found = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    for n in (0, 3, 6):
        hand = Byhand(scenario, draws, n)
        hand.slow.solve(scenario.war.horizon)
        expected = hand.probability(set(counts), [hand.slow.talks] * 4)
        assert math.exp(found.log[n]) == pytest.approx(expected, rel=1e-9)


def test_the_record_says_whether_talks_were_held() -> None:
    scenario = recorded(calibrates=("support", "momentum", "position", "survival"),
                        talks={0: False, 1: True, 2: None})
    draws = sample(scenario, 8, 5)
    found = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    for n in (1, 4):
        hand = Byhand(scenario, draws, n)
        hand.slow.solve(scenario.war.horizon)
        held = 1.0 - hand.slow.v("war.talks.failure")
        rate = [0.0, held, hand.slow.talks, hand.slow.talks]
        assert math.exp(found.log[n]) == pytest.approx(
            hand.probability({"deal"}, rate), rel=1e-9)


def test_a_deal_that_was_made_counts_too() -> None:
    scenario = recorded(calibrates=("support", "momentum", "position", "survival"),
                        deal={1: True})
    draws = sample(scenario, 8, 5)
    found = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    hand = Byhand(scenario, draws, 2)
    hand.slow.solve(scenario.war.horizon)
    expected = 1.0
    for n, (odds, months) in enumerate(zip(hand.odds(), EVERY, strict=True)):
        none = (1.0 - hand.slow.talks * hand.agree(n, odds)) ** months
        expected *= 1.0 - none if n == 1 else none
    assert math.exp(found.log[2]) == pytest.approx(expected, rel=1e-9)


def test_weights_are_posterior_probabilities_of_the_draws() -> None:
    """An input's posterior mean is that of Bayes' rule over the pool, draw by draw."""
    scenario = recorded(calibrates=("support", "momentum", "position"))
    study = history.observed(scenario, 2048, 2)
    assert study.observed is not None
    assert study.observed.pool == len(study.draws) == 2048
    found = likelihood(scenario, study.draws, study.ensemble(Parts.BARGAIN))
    by_hand = np.exp(found.log) / np.exp(found.log).sum()
    assert study.weight == pytest.approx(by_hand, rel=1e-9)
    rate = study.draws["war.talks.rate"]
    assert (study.weight * rate).sum() < rate.mean()      # no deal speaks for few talks


def test_keeping_fewer_draws_of_the_pool_keeps_the_answer() -> None:
    scenario = recorded(calibrates=("support", "momentum", "position"))
    whole, part = history.observed(scenario, 4096, 2), history.observed(scenario, 256, 2)
    assert len(part.draws) == 256

    def mean(study: Any) -> float:
        return float((study.weight * study.draws["war.talks.rate"]).sum())

    spread = float(np.std(whole.draws["war.talks.rate"])) / math.sqrt(effective(part.weight))
    assert mean(part) == pytest.approx(mean(whole), abs=4.0 * spread)


def test_what_calibrates_an_input_is_no_evidence() -> None:
    scenario = recorded(calibrates=True)
    assert not is_evidence(scenario)
    study = history.observed(scenario, 16, 0)
    assert study.observed is None
    assert study.weight == pytest.approx(np.full(16, 1 / 16))
    assert history.answer(study)["weighs"] is False


def test_an_impossible_record_is_an_error_with_advice() -> None:
    scenario = recorded(calibrates=("deal",), position={1: 0.7})     # three cells in one month
    with pytest.raises(ArgumentError, match="history leaves 0 effective draws") as caught:
        history.observed(scenario, 16, 0)
    assert "the position" in str(caught.value) and "calibrates" in str(caught.value)
    assert "impossible in every draw" in str(caught.value)
    assert "Give more draws" not in str(caught.value)


def test_a_record_of_one_state_says_nothing() -> None:
    assert not is_evidence(tiny({"history": []}))
    assert not is_evidence(tiny({"history": [FULL[-1]]}))


def test_history_treats_the_sides_alike() -> None:
    scenario = recorded(calibrates=("support",))
    other = scenario.swapped()
    one, two = (history.observed(s, 64, 0) for s in (scenario, other))
    assert one.weight == pytest.approx(two.weight, abs=1e-9)
    mine, theirs = history.answer(one), history.answer(two)
    assert mine["effective_draws"] == pytest.approx(theirs["effective_draws"], rel=1e-9)


def test_a_fixed_input_is_weighed_by_how_likely_it_makes_the_record() -> None:
    scenario = recorded(calibrates=("support", "momentum", "position"))
    study = history.observed(scenario, 64, 0)
    fixed = study.at_value("war.talks.rate", 0.3, 32)
    small = study.small(32)
    assert small.observed is not None
    found = likelihood(fixed.scenario, fixed.draws, fixed.ensemble(Parts.BARGAIN))
    expected = small.weight * np.exp(found.log - small.observed.log)
    assert fixed.weight == pytest.approx(expected / expected.sum(), rel=1e-9)
    assert np.unique(fixed.draws["war.talks.rate"]).tolist() == [0.3]


def test_a_patron_who_would_have_stopped_is_ruled_out() -> None:
    """West is recorded at its higher level throughout: a draw in which it stops counts nothing."""
    states = [dict(state, support={"west": "high"}, calibrates=tuple(set(ALL) - {"choice"}))
              for state in FULL]
    choice = {"cost": {"high": {"range": [0.0, 0.012]}}, "victory": 1.0, "defeat": 0.0,
              "discount": 0.97}
    scenario = tiny(MATTERS | {"history": states, "war.support.west.choice": choice})
    draws = sample(scenario, 64, 0)
    found = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    assert found.counted["choice"] == 4
    assert found.counted["deal"] == found.counted["support"] == 0
    went_on = np.isfinite(found.log)
    assert 0.1 < went_on.mean() < 0.9
    assert found.log[went_on] == pytest.approx(0.0, abs=1e-12)
    cost = draws["war.support.west.choice.cost.high"]
    assert cost[went_on].mean() < cost[~went_on].mean()


def test_only_patrons_that_are_recorded_are_ruled_out() -> None:
    """East would stop at once, but the record does not say that it went on."""
    stops = {"cost": {"much": 0.5, "some": 0.5}, "victory": 0.9, "defeat": 0.0, "discount": 0.96}
    both = {"west": "high", "east": "some"}
    found = {}
    for name, said in (("west", {"west": "high"}), ("both", both)):
        states = [dict(FULL[n], support=support, calibrates=tuple(set(ALL) - {"choice"}))
                  for n, support in ((2, said), (3, said), (4, both))]
        states[-1]["calibrates"] = True
        scenario = tiny(TWO | {
            "history": states, "war.support.east.choice": stops,
            "war.support.west.choice": stops | {"cost": {"high": 0.0}}})
        draws = sample(scenario, 4, 0)
        found[name] = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    assert found["west"].counted["choice"] == found["both"].counted["choice"] == 1
    assert found["west"].log == pytest.approx(0.0, abs=1e-12)
    assert np.isneginf(found["both"].log).all()


@pytest.mark.parametrize(("ends", "expected"), [("held", 1.0), ("absorbing", 0.7)])
def test_a_war_that_went_on_did_not_leave_its_window(ends: str, expected: float) -> None:
    """At the upper end a further advance (0.3) is held there, or would have ended the war."""
    top = {"position": 0.7, "momentum": "north-advances", "support": {"west": "high"}}
    states = [top | {"date": f"2023-{month}-01", "calibrates": tuple(set(ALL) - {"position"})}
              for month in (11, 12)]
    scenario = tiny({"war.position.ends": ends,
                     "history": [*states, FULL[-1] | {"calibrates": True}]})
    draws = sample(scenario, 2, 0)
    found = likelihood(scenario, draws, solve_ensemble(scenario, draws, Parts.BARGAIN))
    assert np.exp(found.log) == pytest.approx([expected] * 2, abs=1e-12)
