"""Which assumptions decide the answers: closed forms through the whole question, and a war."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.properties.test_neutral_answers import differences
from tests.questions.test_sensitivity import ishigami
from tests.questions.tiny import PEACE, tiny, tiny_study
from zopa.draws.sobol import sample
from zopa.questions import hinges
from zopa.questions.headlines import Headline
from zopa.questions.study import Study

UNIT = {"range": [0.0, 1.0]}
THREE = ["disagreement.north", "disagreement.south",
         "issues.harbour.options.shared.values.north"]
CLOSED: dict[str, Any] = PEACE | {path: UNIT for path in THREE}


def of(monkeypatch: pytest.MonkeyPatch, ask: Any, draws: int = 1024, base: int = 1024,
       flips: bool = False, study: Study | None = None) -> dict[str, Any]:
    """The question about one given function of the three inputs, `(input, draw)`."""
    def given(where: Study) -> np.ndarray:
        values: np.ndarray = ask(np.stack([where.draws[path] for path in THREE]))
        return values

    monkeypatch.setattr(hinges, "_asked", lambda study: [Headline("f", given, flips)])
    result = hinges.answer(study or tiny_study(CLOSED, draws), base)
    assert result is not None
    return result


def test_the_ishigami_function(monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(monkeypatch, ishigami)["f"]
    for path, first, total in zip(THREE, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437),
                                  strict=True):
        # the third has no first-order index, so it need not be listed; as a part it is a group
        for entry in (found["groups"][path], *filter(None, [found["inputs"].get(path)])):
            assert entry["first_interval"]["low"] <= first <= entry["first_interval"]["high"]
            assert entry["total_interval"]["low"] <= total <= entry["total_interval"]["high"]
            assert entry["total"] == pytest.approx(total, abs=0.05)
    assert found["hinge"] == THREE[1] and found["design"]["draws"] == 1024 * 5
    assert found["design"]["label"] == "under the prior"


def test_an_answer_of_one_input_gives_that_input_all(monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(monkeypatch, lambda x: x[1] ** 2)["f"]
    entry = found["inputs"][THREE[1]]
    assert entry["first"] > 0.98 and entry["total"] == pytest.approx(1.0, abs=0.03)
    others = [group for name, group in found["groups"].items() if name != THREE[1]]
    assert others and all(group["total"] == 0.0 for group in others)


def test_a_sum_of_two_independent_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(monkeypatch, lambda x: 3.0 * x[0] + x[2])["f"]["inputs"]
    for path, share in ((THREE[0], 0.9), (THREE[2], 0.1)):
        assert found[path]["first"] == pytest.approx(share, abs=0.03)
        assert found[path]["total"] == pytest.approx(share, abs=0.03)
        assert found[path]["group"] is None and found[path]["provenance"] == "judgement"


def test_inputs_of_a_part_share_the_total_of_their_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.questions.design.ALONE", 0)
    found = of(monkeypatch, lambda x: 2.0 * x[0] + x[1] + x[2])["f"]
    assert [found["inputs"][path]["group"] for path in THREE] == [
        "disagreement", "disagreement", None]
    assert found["groups"]["disagreement"]["total"] == pytest.approx(5 / 6, abs=0.03)
    assert found["inputs"][THREE[1]]["total"] == found["groups"]["disagreement"]["total"]
    assert found["inputs"][THREE[1]]["first"] == pytest.approx(1 / 6, abs=0.03)


def test_weights_count_in_first_order_indices_and_not_in_total_ones(
        monkeypatch: pytest.MonkeyPatch) -> None:
    study = tiny_study(CLOSED, 4096)
    weighted = study.reweighted(study.draws[THREE[1]], ())
    found = of(monkeypatch, lambda x: x[0] + x[1], study=weighted)["f"]["inputs"]
    assert found[THREE[0]]["first"] == pytest.approx(0.6, abs=0.03)    # 1/12 to 1/18
    assert found[THREE[0]]["total"] == pytest.approx(0.5, abs=0.03)


def test_a_probability_flips_where_it_crosses_a_half(monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(monkeypatch, lambda x: (x[0] + 0.2 * x[2] > 0.7).astype(float), flips=True)["f"]
    assert found["hinge"] == THREE[0]
    assert found["flips_at"]["value"] == pytest.approx(0.6, abs=0.03)
    low, high = found["flips_at"]["between"]
    assert low <= 0.6 + 0.02 and high >= 0.6 - 0.02 and found["flips_reason"] is None


def test_an_index_that_says_nothing_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    # two draws say nothing of a first-order index, and a design of two points little of a total
    found = of(monkeypatch, lambda x: x[0] + x[1] * x[2], draws=2, base=2)["f"]
    every = [*found["groups"].values(), *found["inputs"].values()]
    for entry in every:
        for key in ("first", "total"):
            interval = entry[f"{key}_interval"]
            assert (entry[key] is None) == (interval is None)
            assert (entry[key] is None) == (entry[f"{key}_reason"] is not None)
            if interval is not None:
                assert interval["low"] > 0.0 or interval["high"] < 1.0
    silent = [entry for entry in found["inputs"].values() if entry["first"] is None]
    assert silent and all("covers all" in entry["first_reason"] for entry in silent)
    assert [entry for entry in every if "covers all" in (entry["total_reason"] or "")]


def test_an_answer_undefined_in_some_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    every = of(monkeypatch, lambda x: np.where(x[0] > 0.5, x[1], np.nan))
    assert list(every) == ["f", "f.defined"]
    assert "undefined in 50 % of" in every["f"]["total_reason"]
    assert every["f"]["inputs"][THREE[1]]["total"] is None
    assert every["f"]["inputs"][THREE[1]]["first"] > 0.95
    assert every["f.defined"]["inputs"][THREE[0]]["total"] == pytest.approx(1.0, abs=0.03)


def test_an_answer_that_does_not_vary_has_neither_inputs_nor_groups(
        monkeypatch: pytest.MonkeyPatch) -> None:
    found = of(monkeypatch, lambda x: np.ones(x.shape[1]), flips=True)["f"]
    assert (found["varies"], found["inputs"], found["groups"]) == (False, {}, {})
    assert found["total_reason"] == "it is the same in every draw of the design"
    assert found["hinge"] is None and "same in every draw" in found["flips_reason"]


def test_an_answer_that_varies_in_the_design_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = of(monkeypatch, lambda x: (x[0] > 0.99).astype(float), draws=16)["f"]
    assert not rare["varies"]       # none of 16 draws is as large
    assert all(entry["first"] is None and "same in every draw" in entry["first_reason"]
               for entry in rare["inputs"].values())
    assert rare["groups"]["disagreement"]["total"] == pytest.approx(1.0, abs=0.2)


def test_nothing_uncertain_has_no_hinges() -> None:
    known = {"disagreement": {"north": 0.4, "south": 0.4}}
    assert hinges.answer(tiny_study(PEACE | known, 2)) is None


WAR: dict[str, Any] = {
    "war.hazards.north.base": {"range": [0.005, 0.05]}, "war.beliefs": None,
    "war.talks.rate": {"range": [0.02, 0.5]},
    "issues.border.weights.south": {"range": [0.2, 0.8]},
    "war.floors.south": {"utility": {"range": [0.3, 0.9]}, "why": "Made up."}}


@pytest.fixture(scope="module")
def pair() -> list[dict[str, Any]]:
    """The answers of a war, and of the same war with the sides exchanged."""
    found = []
    for scenario in (tiny(WAR), tiny(WAR).swapped()):
        result = hinges.answer(Study(scenario, sample(scenario, 128, 3)), base=16)
        assert result is not None
        found.append(result)
    return found


def test_a_war(pair: list[dict[str, Any]]) -> None:
    found = pair[0]
    assert [name for name in found if not name.endswith(".defined")] == [
        "zone", "zone.settle", "zone.months_of_war", "zone.predicted.north",
        "outlook.victory.north", "zone.predicted.south", "outlook.victory.south",
        "zone.deal_by_month.6"]
    victory = found["outlook.victory.south"]      # the war with no deal: hazards alone
    assert victory["hinge"] == "war.hazards.north.base"
    for name, group in victory["groups"].items():
        if name != victory["hinge"]:
            assert group["total"] == 0.0 == group["total_interval"]["high"]
    assert found["zone"]["hinge"] == "war.floors.south.utility"
    assert found["zone"]["flips_at"] is None and "stays between" in found["zone"]["flips_reason"]
    assert found["zone.settle"]["flips_reason"] is None       # not asked
    deal = found["zone.deal_by_month.6"]
    assert deal["hinge"] == "war.talks.rate"
    low, high = deal["flips_at"]["between"]
    assert 0.02 < low < high < 0.5 and low <= deal["flips_at"]["value"] <= high
    assert deal["flips_at"]["verified_probability"] == pytest.approx(0.5, abs=0.09)


def test_swapping_the_sides_changes_nothing(pair: list[dict[str, Any]]) -> None:
    assert differences(*pair) == []
