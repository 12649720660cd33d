"""What levers change: nothing where they do nothing, closed forms, and the tiny war by loops."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.properties.test_neutral_answers import differences
from tests.questions.plain_loops import Slow
from tests.questions.tiny import PEACE, tiny, tiny_study
from zopa.draws.sobol import sample
from zopa.questions import dose as doses
from zopa.questions import levers
from zopa.questions.dose import dose
from zopa.questions.study import Study

RATE = "war.talks.rate"
QUANTITIES = ("terms", "value", "outcome")


def lever(*changes: dict[str, Any], title: str = "A lever") -> dict[str, Any]:
    return {"title": title, "changes": list(changes)}


def only(**named: dict[str, Any]) -> dict[str, Any]:
    return {"levers": {name.replace("_", "-"): spec for name, spec in named.items()}}


def asked(changes: dict[str, Any], draws: int = 16) -> list[dict[str, Any]]:
    found = levers.answer(tiny_study(changes, draws))
    assert found is not None
    return found


def by_name(found: list[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(entry["levers"]): entry for entry in found}


def numbers(entry: Any) -> list[float]:
    """Every change and interval of an entry, but `before` and `after`."""
    if isinstance(entry, dict):
        return [x for key, part in entry.items() if key not in ("before", "after", "undefined")
                for x in numbers(part)]
    return [] if entry is None else [entry]


# ---- a lever that does nothing ------------------------------------------------------------------
IDLE = {"path": RATE, "multiply": 1.0}
UNREAD = {"path": "war.losses.north", "add": 50.0}


@pytest.mark.parametrize("changes", [IDLE, {"path": "issues.border.weights.north", "add": 0.0},
                                     {"path": "war.support.west.present", "set": "high"}])
@pytest.mark.parametrize("solved_before", [False, True])
def test_a_lever_that_does_nothing_moves_nothing(changes: dict[str, Any],
                                                 solved_before: bool) -> None:
    study = tiny_study(only(idle=lever(changes)) | {
        "issues.border.weights.north": {"range": [0.3, 0.8]}, "war.losses": {"north": 100.0}}, 16)
    if solved_before:
        _ = study.base, study.with_lever("idle").base
    found = levers.effect(study, ("idle",))
    moved = [x for key in ("deal", *QUANTITIES, "months", "losses") for x in numbers(found[key])]
    assert len(moved) == 5 + 3 * 6 + 3 + 3
    assert moved == [0.0] * len(moved)
    assert found["deal"]["before"] == found["deal"]["after"] > 0.0


def test_beside_another_lever_it_adds_nothing() -> None:
    found = by_name(asked(only(idle=lever(IDLE), talks=lever({"path": RATE, "multiply": 1.4}))))
    both, alone = found["idle", "talks"], found["talks",]
    for key in ("deal", *QUANTITIES, "months"):
        assert both[key] == alone[key]


def test_losses_follow_the_rate_and_the_months() -> None:
    found = by_name(asked(only(more=lever(UNREAD), talks=lever({"path": RATE, "multiply": 1.4})) | {
        "war.losses": {"north": 100.0, "south": {"range": [50.0, 90.0]}}}, 8))
    months = found["talks",]["months"]["change"]
    assert months < -0.1
    assert found["talks",]["losses"]["north"]["change"] == pytest.approx(100.0 * months)
    assert found["talks",]["losses"]["south"]["change"] == pytest.approx(70.0 * months, rel=0.02)
    # a lever that changes the rate itself: the same months at another rate
    assert found["more",]["months"]["change"] == 0.0
    assert found["more",]["losses"]["north"]["change"] > 50.0
    assert found["more",]["losses"]["south"]["change"] == 0.0


# ---- closed forms -------------------------------------------------------------------------------
CERTAIN = {"war.beliefs": None, "war.hazards": {"north": {"base": 0.0}, "south": {"base": 0.0}}}
"""No collapse, the same beliefs, costs of war: every state agrees as soon as talks are held."""


def test_more_frequent_talks_where_agreement_is_certain() -> None:
    """P(deal within n) = 1 - (1 - rate)^n, months of war = (1 - rate) (1 - (1 - rate)^T) / rate."""
    entry = asked(CERTAIN | only(talks=lever({"path": RATE, "add": 0.2})), 8)[0]

    def within(rate: float) -> float:
        return 1.0 - (1.0 - rate) ** 6

    def fought(rate: float) -> float:
        return (1.0 - rate) * (1.0 - (1.0 - rate) ** 12) / rate

    assert entry["deal"]["before"] == pytest.approx(within(0.3), abs=1e-12)
    assert entry["deal"]["after"] == pytest.approx(within(0.5), abs=1e-12)
    assert entry["deal"]["change"] == pytest.approx(within(0.5) - within(0.3), abs=1e-12)
    assert entry["deal"]["low"] == pytest.approx(entry["deal"]["high"], abs=1e-12)
    assert entry["months"]["change"] == pytest.approx(fought(0.5) - fought(0.3), abs=1e-12)


def test_two_levers_on_the_rate_of_talks_in_closed_form() -> None:
    found = by_name(asked(CERTAIN | only(
        add=lever({"path": RATE, "add": 0.2}), double=lever({"path": RATE, "multiply": 2.0})), 8))
    assert found["add", "double"]["deal"]["after"] == pytest.approx(
        1.0 - (1.0 - (2.0 * 0.3 + 0.2)) ** 6, abs=1e-12)


def test_an_uncertain_lever_has_the_spread_of_its_draws() -> None:
    entry = asked(CERTAIN | only(talks=lever({"path": RATE, "set": {"range": [0.3, 0.5]}})), 64)[0]
    low, high = (0.7 ** 6 - (1.0 - 0.3 - 0.2 * share) ** 6 for share in (0.05, 0.95))
    assert entry["deal"]["low"] == pytest.approx(low, abs=1e-3)
    assert entry["deal"]["high"] == pytest.approx(high, abs=1e-3)
    grid = (np.arange(20000) + 0.5) / 20000
    expected = float((0.7 ** 6 - (0.7 - 0.2 * grid) ** 6).mean())
    assert entry["deal"]["change"] == pytest.approx(expected, abs=1e-3)
    half = 1.96 * float((0.7 - 0.2 * grid).__pow__(6).std()) / 8.0
    assert entry["deal"]["interval"]["low"] == pytest.approx(expected - half, abs=2e-3)
    assert entry["deal"]["interval"]["high"] == pytest.approx(expected + half, abs=2e-3)


# ---- the smallest dose --------------------------------------------------------------------------
def shut(floor: Any) -> dict[str, Any]:
    """North's floor is above all it can get (1) in every draw, so nothing can be ratified."""
    return CERTAIN | {"war.floors.north": {"utility": floor, "why": "Made up."},
                      "war.costs.north.base": 0.02, "war.costs.south.base": 0.02}


FLOOR = "war.floors.north.utility"


def test_the_dose_of_a_floor_in_closed_form() -> None:
    """The zone opens where 1.6 - 0.5 t <= 1: at t = 1.2."""
    study = tiny_study(shut(1.6) | only(lower=lever({"path": FLOOR, "add": -0.5})), 4)
    assert doses.open_share(study) == 0.0
    found = dose(study, "lower")
    assert 1.2 <= found.value <= 1.2 + doses.CLOSE and found.reason is None


@pytest.mark.parametrize(("change", "smallest"), [
    ({"set": 0.7}, (1.6 - 1.0) / (1.6 - 0.7)),
    ({"multiply": 0.5}, float(np.log(1.6) / np.log(2.0)))])
def test_the_dose_of_other_changes(change: dict[str, float], smallest: float) -> None:
    study = tiny_study(shut(1.6) | only(lower=lever({"path": FLOOR, **change})), 4)
    assert smallest <= dose(study, "lower").value <= smallest + doses.CLOSE


def test_the_dose_opens_the_zone_in_half_of_the_weight_of_the_draws() -> None:
    """Floors of 1.2 to 2.0, evenly: at t the floor 1.2 + 0.8 q - 0.4 t <= 1 for half of the q."""
    study = tiny_study(shut({"range": [1.2, 2.0]}) | only(
        lower=lever({"path": FLOOR, "add": -0.4})), 64)
    assert dose(study, "lower").value == pytest.approx(1.5, abs=0.05)
    # all the weight on the draw with the highest floor
    place = int(np.argmax(study.draws[FLOOR]))
    heavy = study.reweighted(np.eye(64)[place], ())
    highest = float(study.draws[FLOOR][place])
    assert dose(heavy, "lower").value == pytest.approx((highest - 1.0) / 0.4, abs=0.011)


def test_no_dose() -> None:
    study = tiny_study(shut(4.0) | only(
        lower=lever({"path": FLOOR, "add": -0.5}),
        level=lever({"path": "war.support.west.present", "set": "low"})), 4)
    assert np.isnan(dose(study, "lower").value) and "no dose up to 4" in str(
        dose(study, "lower").reason)
    assert np.isnan(dose(study, "level").value) and "no number" in str(dose(study, "level").reason)
    found = levers.effect(study, ("lower",), dose(study, "lower"))
    assert found["dose"] is None and found["dose_reason"]


def test_an_open_zone_needs_no_dose() -> None:
    study = tiny_study(only(talks=lever({"path": RATE, "add": 0.1})), 4)
    assert dose(study, "talks").value == 0.0


def test_structure_alone_can_open_the_zone() -> None:
    closed = {f"issues.harbour.options.{name}.available": False for name in ("northern", "shared")}
    study = tiny_study(CERTAIN | closed | {
        "war.floors.north": {"utility": 0.7, "why": "Made up."},
        "war.costs.north.base": 0.02, "war.costs.south.base": 0.02,
        **only(both=lever({"path": "issues.harbour.options.northern.available", "set": True},
                          {"path": RATE, "add": 0.1}))}, 4)
    assert doses.open_share(study) == 0.0
    found = dose(study, "both")
    assert found.value == 0.0 and "structure alone" in str(found.reason)


def test_a_dose_that_no_war_can_have_opens_nothing() -> None:
    study = tiny_study(shut(1.6) | only(wild=lever(
        {"path": "war.hazards.south.base", "set": 1.0},
        {"path": "war.hazards.north.base", "set": 1.0})), 4)
    assert np.isnan(dose(study, "wild").value)
    found = levers.effect(study, ("wild",))
    assert found["deal"] is None and "no solution with it" in found["reason"]


# ---- pairs, ranking, weights --------------------------------------------------------------------
def several() -> dict[str, Any]:
    return {
        "war.costs.north.base": {"range": [0.001, 0.03]}, "war.losses": {"south": 10.0},
        "levers": {
            "talks": lever({"path": RATE, "add": 0.1}, title="Talks"),
            "fewer": lever({"path": RATE, "multiply": {"range": [0.5, 0.9]}}, title="Fewer"),
            "fixed": lever({"path": RATE, "set": 0.35}, title="Fixed"),
            "again": lever({"path": RATE, "set": 0.25}, title="Again"),
            "idle": lever(IDLE, title="Idle")}}


def test_every_lever_and_every_pair_is_ranked() -> None:
    found = asked(several(), 8)
    names = sorted(several()["levers"])
    assert sorted(tuple(e["levers"]) for e in found) == sorted(
        [(n,) for n in names] + [(a, b) for n, a in enumerate(names) for b in names[n + 1:]])
    ranked = [entry["deal"]["change"] for entry in found[:-1]]
    assert all(one >= other - 1e-9 for one, other in zip(ranked[:-1], ranked[1:], strict=True))
    # the two that set the same path come last, with the reason and no numbers
    assert found[-1]["levers"] == ["again", "fixed"] and found[-1]["deal"] is None
    assert found[-1]["reason"] == "cannot be combined: each sets war.talks.rate"
    assert by_name(found)["fewer", "talks"]["title"] == "Fewer + Talks"


def test_the_order_in_the_file_changes_nothing() -> None:
    scenario = tiny(several())
    turned = tiny(several() | {"levers": dict(reversed(several()["levers"].items()))})
    one, other = (levers.answer(Study(s, sample(s, 8, 2))) for s in (scenario, turned))
    assert one == other and one is not None and len(one) == 15


def test_swapping_the_sides_changes_nothing() -> None:
    scenario = tiny(several() | {"war.floors.south": {"utility": 0.3, "why": "Made up."}})
    one, other = (levers.answer(Study(s, sample(s, 8, 2))) for s in (scenario, scenario.swapped()))
    assert differences(one, other) == []


def test_the_weights_of_the_draws_count() -> None:
    study = tiny_study(several(), 8)
    heavy = study.reweighted(np.eye(8)[5], ())
    before, after = (levers.course(s) for s in (study, study.with_levers(["fewer"])))
    found = levers.effect(heavy, ("fewer",))
    change = float((after.deal - before.deal)[5])
    assert change < 0.0 and found["effective_draws"] == 1.0
    assert found["deal"]["change"] == found["deal"]["low"] == found["deal"]["high"] == change


def test_undefined_terms_are_left_out_and_counted() -> None:
    """Rare agreements without the lever in the draws with few talks: no terms to compare there."""
    study = tiny_study(CERTAIN | only(talks=lever({"path": RATE, "set": 0.5})) | {
        RATE: {"range": [0.0, 0.02]}}, 64)
    found = levers.effect(study, ("talks",))
    rare = 1.0 - 0.9 ** (1.0 / 12.0)
    assert found["terms"]["north"]["undefined"] == pytest.approx(rare / 0.02, abs=0.02)
    assert found["terms"]["north"]["change"] is not None
    assert "undefined" not in found["value"]["north"]


def test_fewer_draws_for_pairs() -> None:
    told: list[tuple[str, int, int]] = []
    study = replace(tiny_study(CERTAIN | only(
        idle=lever(IDLE), talks=lever({"path": RATE, "add": 0.1})), 16),
        heavy=8, tell=lambda *news: told.append(news))
    found = levers.answer(study)
    assert found is not None
    assert told == [(levers.SINGLES, 0, 2), (levers.SINGLES, 1, 2), (levers.SINGLES, 2, 2),
                    (levers.PAIRS, 0, 1), (levers.PAIRS, 1, 1)]
    assert {len(entry["levers"]): entry["draws"] for entry in found} == {1: 8, 2: 4}


def test_no_war_or_no_lever() -> None:
    assert levers.answer(tiny_study({"levers": {}}, 2)) is None
    assert levers.answer(tiny_study(PEACE, 2)) is None


# ---- by loops over every state ------------------------------------------------------------------
def test_a_lever_by_plain_loops() -> None:
    ranges = {"war.hazards.south.base": {"range": [0.004, 0.03]}, RATE: {"range": [0.2, 0.4]}}
    study = tiny_study(ranges | only(help=lever(
        {"path": "war.hazards.south.base", "multiply": 0.5}, {"path": RATE, "add": 0.1})), 2)
    found = levers.course(study.with_levers(["help"]))
    helped = study.draws.with_values({
        "war.hazards.south.base": 0.5 * study.draws["war.hazards.south.base"],
        RATE: study.draws[RATE] + 0.1})
    for n in range(2):
        slow = Slow(study.scenario, helped, n).solve(12)
        by, book = slow.path(slow.start())
        assert found.deal[n] == pytest.approx(by[6], abs=1e-11)
        assert found.months[n] == pytest.approx(book["fighting"], abs=1e-11)
        for side in (0, 1):
            assert found.value[side, n] == pytest.approx(slow.V[side][slow.now], abs=1e-11)
            assert found.outcome[side, n] == pytest.approx(slow.outcome(side), abs=1e-11)
            assert found.terms[side, n] == pytest.approx(book["terms"][side] / book["deal"],
                                                         abs=1e-11)
