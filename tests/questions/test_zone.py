"""The zone, the fair points and the predicted agreement, on values worked out by hand.

Border (old, freeze, far) is worth 0, 0.36, 0.6 to North and 0.5, 0.25, 0 to South; harbour
(northern, shared, southern) 0.4, 0.24, 0 to North and 0, 0.35, 0.5 to South.
"""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from tests.questions.made import made
from tests.questions.tiny import PEACE, tiny_study
from zopa.questions import zone
from zopa.questions.deals import deals, predicted
from zopa.questions.zone import most_frequent

SHARED = {"border": "freeze", "harbour": "shared"}


def test_zone_is_what_beats_never_agreeing_for_both() -> None:
    answer = zone.answer(made((0.5, 0.55), (0.6, 0.6)))
    # (0.6, 0.6) alone: the others give North less than 0.5 or South less than 0.55
    assert answer["packages"] == 1.0 and answer["share"] == pytest.approx(1 / 9)
    assert answer["probability"] == 1.0 and answer["of_packages"] == 9
    assert answer["settled"]["border"] == {"old": 0.0, "freeze": 1.0, "far": 0.0}
    assert answer["options"]["harbour"] == {"northern": 0.0, "shared": 1.0, "southern": 0.0}
    assert answer["live"] == []
    assert answer["disagreement"] == {"north": 0.5, "south": 0.55}
    assert answer["reservation"]["north"] == pytest.approx(0.6)


def test_only_what_beats_fighting_on_today_can_be_signed_today() -> None:
    assert zone.answer(made((0.5, 0.5), (0.6, 0.6)))["signable"] == 1.0
    later = made((0.5, 0.5), (0.6, 0.6), reservation=(0.61, 0.5))
    assert zone.answer(later)["signable"] == 0.0


def test_a_floor_and_a_deal_that_lapses_narrow_the_zone() -> None:
    assert zone.answer(made((0.5, 0.5), (0.6, 0.6), floor=(0.61, 0.0)))["probability"] == 0.0
    # D = 0.5 u + 0.1: (0.6, 0.6) is worth 0.4 to each
    lapsing = {"deal_weight": (0.5, 0.5), "deal_constant": (0.1, 0.1)}
    assert zone.answer(made((0.41, 0.0), (0.6, 0.6), **lapsing))["options"]["border"]["old"] == 0.0
    study = made((0.39, 0.39), (0.6, 0.6), **lapsing)
    assert zone.answer(study)["packages"] == 1.0
    assert deals(study).best_gain(0) == pytest.approx(np.full(4, 0.01))


def test_draws_count_by_their_weight() -> None:
    finish = np.array([[0.5, 0.5, 2.0, 2.0], [0.55, 0.55, 0.55, 0.55]])
    answer = zone.answer(made(finish, (0.6, 0.6), weight=[1.0, 2.0, 1.0, 0.0]))
    assert answer["probability"] == pytest.approx(0.75)
    assert answer["packages"] == pytest.approx(0.75)
    low, high = answer["probability_interval"]
    assert low < 0.75 < high and answer["words"] is None


def test_predicted_agreement_is_the_nearest_package_that_both_prefer() -> None:
    study = made((0.2, 0.2), (0.58, 0.63))
    found = zone.answer(study)["predicted"]
    assert found["package"] == SHARED and found["frequency"] == 1.0
    assert found["utilities"] == pytest.approx({"north": 0.58, "south": 0.63})
    assert found["package_utilities"] == pytest.approx({"north": 0.6, "south": 0.6})
    # both sides have 1 to win on the frontier
    assert found["distance"] == pytest.approx(math.hypot(0.02, 0.03))
    assert found["share_of_draws"] == 1.0


def test_a_package_that_one_side_does_not_prefer_is_not_predicted() -> None:
    # nearest of all to (0.36, 0.75) is freeze and southern, which gives North less than its 0.5
    everything = made((0.2, 0.2), (0.36, 0.75))
    assert zone.answer(everything)["predicted"]["package"] == {
        "border": "freeze", "harbour": "southern"}
    assert zone.answer(made((0.5, 0.2), (0.36, 0.75)))["predicted"]["package"] == SHARED


def test_point_of_the_frontier_is_a_mixture_of_real_packages() -> None:
    # half way between (0.6, 0.6) and (0.84, 0.35)
    mixed = zone.answer(made((0.2, 0.2), (0.72, 0.475)))["predicted"]["mixture"]
    assert [entry["weight"] for entry in mixed] == pytest.approx([0.5, 0.5])
    assert [entry["package"]["border"] for entry in mixed] == ["freeze", "far"]


def test_draws_without_terms_are_left_out_and_counted() -> None:
    terms = np.array([[0.58, np.nan, 0.58, np.nan], [0.63, np.nan, 0.63, np.nan]])
    study = made((0.2, 0.2), terms)
    found = zone.answer(study)["predicted"]
    assert found["share_of_draws"] == 0.5 and found["frequency"] == 1.0
    assert found["utilities"]["north"] == pytest.approx(0.58)
    np.testing.assert_array_equal(predicted(study).package >= 0, [True, False, True, False])
    none = zone.answer(made((0.2, 0.2), (np.nan, np.nan)))["predicted"]
    assert none["package"] is None and none["distance"] is None and none["mixture"] == []


def test_ties_of_frequency_go_to_the_first_package() -> None:
    weight = np.full(4, 0.25)
    assert most_frequent(np.array([5, 2, 2, 5]), weight) == (2, 0.5)
    assert most_frequent(np.array([5, -1, 2, 5]), weight) == (5, pytest.approx(2 / 3))
    assert most_frequent(np.array([-1, -1, -1, -1]), weight) == (None, None)


def test_fair_points_on_the_frontier() -> None:
    points = zone.answer(made((0.2, 0.2), (0.6, 0.6)))["points"]
    # the corner (0.6, 0.6) maximises (u - 0.2)(v - 0.2) and has equal gains
    for name in ("nash", "egalitarian"):
        assert points[name]["utilities"] == pytest.approx({"north": 0.6, "south": 0.6})
        assert points[name]["package"] == SHARED and points[name]["share_of_draws"] == 1.0
    empty = zone.answer(made((0.9, 0.9), (0.6, 0.6)))["points"]["nash"]
    assert empty["package"] is None and empty["utilities"] == {"north": None, "south": None}


def test_picture_of_the_central_draw() -> None:
    finish = np.array([[0.1, 0.3, 0.31, 0.9], [0.1, 0.3, 0.31, 0.9]])
    answer = zone.answer(made(finish, (0.6, 0.6)))
    frontier = answer["frontier"]
    assert frontier["sides"] == ["north", "south"] and frontier["disagreement"] == [0.3, 0.3]
    assert frontier["points"][0] == [1.0, 0.0] and frontier["points"][-1] == [0.0, 1.0]
    assert len(answer["cloud"]) == 9 and sum(point[2] for point in answer["cloud"]) == 5
    json.dumps(answer, allow_nan=False)


def test_without_a_war_the_zone_comes_from_the_disagreement() -> None:
    study = tiny_study(PEACE | {"disagreement": {"north": 0.5, "south": 0.55}})
    answer = zone.answer(study)
    assert answer["packages"] == 1.0 and answer["points"]["nash"]["package"] == SHARED
    assert answer["predicted"] is None and "no war block" in answer["predicted_reason"]
    assert answer["signable"] is None and answer["deal_by_month"] is None
    assert study.solved.ensemble is None
    # nothing is drawn, so there is no Monte Carlo error
    assert answer["probability_interval"] == [1.0, 1.0] and answer["words"] == "virtually certain"
    drawn = zone.answer(tiny_study(PEACE))
    assert drawn["probability_interval"][0] < drawn["probability"]


def test_three_parties_without_a_war() -> None:
    third = {"parties.third": {"name": "Third", "roles": ["party"]}}
    changes = PEACE | {"disagreement": {"north": 0.3, "south": 0.3, "third": 0.3}} | third
    for issue, weight in (("border", 0.2), ("harbour", 0.8)):
        changes[f"issues.{issue}.weights.third"] = weight
    for issue, values in (("border", {"old": 1.0, "freeze": 0.5, "far": 0.0}),
                          ("harbour", {"northern": 0.0, "shared": 1.0, "southern": 0.2})):
        for option, value in values.items():
            changes[f"issues.{issue}.options.{option}.values.third"] = value
    answer = zone.answer(tiny_study(changes))
    assert answer["probability"] == 1.0 and answer["frontier"] is None
    assert set(answer["disagreement"]) == {"north", "south", "third"}
    assert answer["points"]["nash"]["package"] == SHARED
    assert answer["points"]["nash"]["utilities"]["third"] == pytest.approx(0.9)
