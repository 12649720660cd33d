"""Why there is no deal: tiny wars in which it is known which friction prevents one."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from tests.properties.test_neutral_answers import differences
from tests.questions.tiny import PEACE, tiny_study
from zopa.draws.sobol import Draws, sample
from zopa.ensemble.frictions import Friction
from zopa.questions import obstacles
from zopa.questions.study import Progress, Study
from zopa.scenario.load import load
from zopa.scenario.schema import Scenario

NAMES = ("optimism", "commitment", "ratification", "private_information", "indivisibility")
SMALL: dict[str, Any] = {
    # talks every month, a stake to divide, equal beliefs: with no friction a deal is made at once
    "issues.harbour": None,
    "issues.border": {
        "title": "The stake", "weights": {"north": 1.0, "south": 1.0},
        "options": {"theirs": {"title": "South's", "values": {"north": 0.0, "south": 1.0}},
                    "ours": {"title": "North's", "values": {"north": 1.0, "south": 0.0}}}},
    "offers": None, "war.beliefs": None, "war.talks": {"rate": 1.0}, "levers": None,
    "war.hazards.north.base": 0.02, "war.hazards.south.base": 0.02,
    "war.costs.north.base": {"range": [0.001, 0.004]},
    "war.costs.south.base": {"range": [0.001, 0.004]}}
EMPTY_WIN_SET = {"war.floors": {"north": {"utility": 0.65, "why": "A vote."},
                                "south": {"utility": 0.55, "why": "A vote."}}}
INDIVISIBLE = {"frontier": "packages"}
# each side is sure of an account in which the other is about to collapse; nothing seen tells them
# apart, since hazards sum to the same and nothing else differs
OPTIMISTS = {"war.beliefs": {
    "theories": {
        "north-outlasts": {"title": "North outlasts", "favours": "north",
                           "hazard_factor": {"north": 0.2, "south": 5.0}},
        "south-outlasts": {"title": "South outlasts", "favours": "south",
                           "hazard_factor": {"north": 5.0, "south": 0.2}}},
    "prior": {"north": 0.98, "south": 0.02, "analyst": 0.5}, "grid_points": 3}}
# South will lose its support next month and with it the means to win: a deal of today lapses at
# once, so that South fights while it can (hazards of the month: 0.7 and 0.01)
POWER_SHIFT = {
    "war.enforcement": 0.0, "parties.north.discount": 0.8, "parties.south.discount": 0.8,
    "war.support.west.transitions": {"high": {"low": 1.0}},
    "war.hazards.north": {"base": 0.01, "support": {"west": {"high": 70.0}}},
    "war.hazards.south": {"base": 0.01, "support": {"west": {"low": 50.0}}}}


def asked(changes: dict[str, Any], draws: int = 4) -> dict[str, Any]:
    study = tiny_study({**SMALL, **changes}, draws)
    found = obstacles.answer(study)
    assert found is not None
    assert sum(found["share"].values()) == pytest.approx(found["whole"], abs=1e-9)
    assert found["all"] - found["none"] == pytest.approx(found["whole"], abs=1e-9)
    parts = [found["remains"][name] for name in ("no_zone", "rare_talks", "other")]
    assert sum(parts) == pytest.approx(found["remains"]["value"], abs=1e-12)
    assert found["remains"]["value"] == found["none"]
    assert found["share"].keys() == found["alone"].keys() == set(NAMES)
    for name in found["absent"]:
        assert found["share"][name] == found["alone"][name] == 0.0
    return found


@pytest.mark.parametrize(("friction", "changes", "whole"), [
    ("indivisibility", INDIVISIBLE, 1.0), ("ratification", EMPTY_WIN_SET, 1.0),
    ("optimism", OPTIMISTS, 1.0), ("commitment", POWER_SHIFT, 0.71)])
def test_one_friction_alone_gets_the_whole(
        friction: str, changes: dict[str, Any], whole: float) -> None:
    found = asked(changes)
    assert found["none"] == pytest.approx(0.0, abs=1e-12)
    assert found["whole"] == pytest.approx(whole, abs=1e-12)
    for name in NAMES:
        expected = found["whole"] if name == friction else 0.0
        assert found["share"][name] == pytest.approx(expected, abs=1e-12)
        assert found["alone"][name] == pytest.approx(expected, abs=1e-12)
    assert set(found["absent"]) == set(NAMES) - {friction}
    assert found["share_interval"][friction]["low"] == pytest.approx(whole, abs=1e-12)
    assert found["share_monte_carlo"][friction]["high"] == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize(("changes", "names"), [
    (INDIVISIBLE | EMPTY_WIN_SET, ("indivisibility", "ratification")),
    (OPTIMISTS | EMPTY_WIN_SET, ("optimism", "ratification")),
    (OPTIMISTS | EMPTY_WIN_SET | INDIVISIBLE, ("optimism", "ratification", "indivisibility"))])
def test_frictions_of_which_each_would_do_share_equally(
        changes: dict[str, Any], names: tuple[str, ...]) -> None:
    found = asked(changes)
    assert found["whole"] == pytest.approx(1.0, abs=1e-12)
    for name in names:
        assert found["share"][name] == pytest.approx(1.0 / len(names), abs=1e-12)
        assert found["alone"][name] == pytest.approx(0.0, abs=1e-12)


def test_a_war_without_frictions_waits_for_talks() -> None:
    found = asked({"war.talks": {"rate": 0.3}, "war.hazards.north.base": 0.0,
                   "war.hazards.south.base": 0.0, "war.position.ends": "held"})
    assert set(found["absent"]) == set(NAMES)
    assert found["whole"] == 0.0
    assert found["remains"]["rare_talks"] == pytest.approx(0.7 ** 6, abs=1e-12)
    assert "shares say nothing" in found["notes"][0]
    assert found["remains"]["other"] == pytest.approx(0.0, abs=1e-12)
    assert found["remains"]["draws_without_zone"] == 0.0


def test_no_zone_is_no_frictions_fault() -> None:
    """Fighting that pays more than any division of the stake."""
    found = asked({"war.costs.north.base": -0.05, "war.costs.south.base": -0.05})
    assert found["none"] == found["remains"]["no_zone"] == pytest.approx(1.0, abs=1e-12)
    assert found["remains"]["draws_without_zone"] == 1.0


RICH = {"war.talks": {"rate": {"range": [0.3, 0.9]}}, "war.enforcement": {"range": [0.9, 0.99]},
        "war.floors": {"south": {"utility": {"range": [0.4, 0.8]}, "why": "A vote."},
                       "north": {"utility": {"range": [0.4, 0.8]}, "why": "A vote."}},
        "war.beliefs.prior.north": {"range": [0.5, 0.9]}, "frontier": "packages"}


@pytest.fixture(scope="module")
def rich() -> Study:
    return tiny_study(RICH, 16)


def test_shares_are_the_mean_over_all_orders(rich: Study) -> None:
    """Frictions are switched on one after the other in every order, and what each adds is averaged.
    """
    found = obstacles.solve(rich)
    here = sorted(max(found.values, key=len), key=lambda friction: friction.value)
    assert len(here) == 4
    expected = {friction.key: 0.0 for friction in here}
    orders = list(permutations(here))
    for order in orders:
        for place, friction in enumerate(order):
            before = frozenset(order[:place])
            added = found.values[before | {friction}] - found.values[before]
            expected[friction.key] += float(rich.weight @ added) / len(orders)
    answer = obstacles.answer(rich)
    assert answer is not None
    for name, share in expected.items():
        assert answer["share"][name] == pytest.approx(share, abs=1e-12)
    assert answer["share"]["private_information"] == 0.0
    assert sum(answer["share"].values()) == pytest.approx(answer["whole"], abs=1e-9)
    assert answer["whole"] > 0.01
    between = answer["whole_monte_carlo"]
    assert between["low"] < answer["whole"] < between["high"]


def test_weights_matter(rich: Study) -> None:
    weight = np.arange(16.0)
    weight /= weight.sum()
    found = obstacles.solve(rich)
    answer = obstacles.answer(rich.reweighted(weight, ()))
    assert answer is not None
    everything = max(found.values, key=len)
    assert answer["all"] == pytest.approx(float(weight @ found.values[everything]), abs=1e-12)
    assert answer["none"] == pytest.approx(float(weight @ found.values[frozenset()]), abs=1e-12)
    assert answer["effective_draws"] == pytest.approx(1.0 / float((weight ** 2).sum()))
    fewer = obstacles.answer(rich.reweighted(np.eye(16)[3], ()))
    assert fewer is not None
    assert fewer["all"] == pytest.approx(found.values[everything][3], abs=1e-12)
    assert fewer["whole_monte_carlo"] == {"low": None, "high": None}


def test_fewer_draws_are_said(rich: Study) -> None:
    answer = obstacles.answer(rich, draws=8)
    assert answer is not None
    assert answer["draws"] == 8
    assert "8 of the 16 draws" in answer["notes"][0]


def test_swapping_the_sides_changes_nothing(rich: Study) -> None:
    swapped = rich.scenario.swapped()
    other = Study(swapped, sample(swapped, 16))
    assert differences(obstacles.answer(rich), obstacles.answer(other)) == []


def test_swapping_the_sides_of_ukraine_2025_changes_nothing() -> None:
    scenario = load("ukraine-2025")
    one, other = (obstacles.answer(Study(s, sample(s, 8)), draws=2)
                  for s in (scenario, scenario.swapped()))
    assert differences(one, other) == []
    assert one is not None
    assert "indivisibility" in one["absent"]


def test_without_a_war_there_is_no_question() -> None:
    assert obstacles.answer(tiny_study(PEACE, 4)) is None


PRIVATE = {"war.resolve": {"north": {"low": 0.0, "high": 0.02}}}


def screening(unsolved: int = 0) -> tuple[obstacles.Screening, list[tuple[Friction, bool]]]:
    """A game in which each friction that is on takes 0.1 off P(deal), private resolve 0.2."""
    calls: list[tuple[Friction, bool]] = []

    def fake(scenario: Scenario, draws: Draws, on: Friction, known: bool,
             progress: Progress | None) -> obstacles.Played:
        calls.append((on, known))
        others = len(list(on & ~Friction.PRIVATE_INFORMATION))
        deal = 0.9 - 0.1 * others - (0.0 if known else 0.2)
        by_month = np.linspace(0.0, deal, 7)[:, None] + np.zeros(len(draws))
        if not known:
            by_month[:, :unsolved] = np.nan
        doubtful = np.arange(len(draws)) == (-1 if known else 3)
        return obstacles.Played(by_month, doubtful)

    return fake, calls


def test_with_private_resolve_every_value_is_of_the_game_with_one_uninformed_side() -> None:
    fake, calls = screening()
    study = tiny_study(PRIVATE, 4)
    found = obstacles.answer(study, screening=fake)
    assert found is not None
    assert len(calls) == 4
    for on, known in calls:
        assert known == (Friction.PRIVATE_INFORMATION not in on)
    assert found["share"]["private_information"] == pytest.approx(0.2, abs=1e-12)
    assert found["share"]["optimism"] == pytest.approx(0.1, abs=1e-12)
    assert found["none"] == pytest.approx(0.1, abs=1e-12)
    assert "private_information" not in found["absent"]
    assert "makes every offer" in found["notes"][0]
    assert "25.0 % of the draws, by weight, a refusal" in found["notes"][1]


def test_a_draw_that_cannot_be_solved_counts_in_no_subset() -> None:
    fake, _ = screening(unsolved=1)
    found = obstacles.answer(tiny_study(PRIVATE, 4), screening=fake)
    assert found is not None
    assert found["share"]["private_information"] == pytest.approx(0.2, abs=1e-12)
    assert "25.0 % of the draws, by weight, the game could not be solved" in found["notes"][0]


def unsolvable(*_: Any) -> None:
    return None


def test_private_resolve_that_is_not_supported_is_said() -> None:
    found = obstacles.answer(tiny_study(SMALL | OPTIMISTS | PRIVATE, 4), screening=unsolvable)
    assert found is not None
    assert found["share"]["private_information"] == 0.0
    assert "not solved together" in found["absent"]["private_information"]
    assert found["share"]["optimism"] == pytest.approx(1.0, abs=1e-12)


def test_private_resolve_of_a_tiny_war() -> None:
    """The game itself: with nothing else in the way, only what one side does not know is shared."""
    found = asked({"war.resolve": {"north": {"low": 0.0, "high": 0.05}}, "war.horizon": 8,
                   "war.talks": {"rate": 0.9}})
    assert "private_information" not in found["absent"]
    assert found["share"]["private_information"] == pytest.approx(found["whole"], abs=1e-12)
    assert found["whole"] > 1e-3


def test_the_monte_carlo_interval_shrinks_with_the_draws() -> None:
    random = np.random.default_rng(0)
    widths = []
    for n in (100, 10_000):
        values = random.random(n)
        found = obstacles.of_mean(values, np.full(n, 1.0 / n))
        widths.append((found["high"] or 0.0) - (found["low"] or 0.0))
        np.testing.assert_allclose(widths[-1], 2 * 1.96 * np.sqrt(1 / 12 / n), rtol=0.2)
    assert widths[1] < widths[0]
