"""Draws of preferences known in part: support, closed-form means, experts kept apart."""

from __future__ import annotations

import numpy as np
import pytest

from zopa.core.errors import ArgumentError
from zopa.spaces.known import Ratio, Values, Weights, corners_of
from zopa.spaces.uncertain import Preferences, Uncertain

RNG = np.random.default_rng


def one(n: int) -> tuple[tuple[int, ...], ...]:
    return tuple((j,) for j in range(n))


def near(points: np.ndarray, mean: object) -> None:
    error = points.std(axis=0) / np.sqrt(len(points)) + 1e-12
    assert (abs(points.mean(axis=0) - np.asarray(mean)) < 4.5 * error).all()


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_an_order_has_rank_order_centroids_as_means(n: int) -> None:
    centroid = [sum(1 / k for k in range(j, n + 1)) / n for j in range(1, n + 1)]
    assert corners_of(one(n)).mean(axis=0) == pytest.approx(centroid)
    drawn = Weights(n, one(n)).draw(20_000, RNG(0))
    assert drawn.method == "exact"
    near(drawn.points, centroid)
    assert (np.diff(drawn.points, axis=1) <= 0).all()


def test_an_order_is_a_sorted_uniform_draw() -> None:
    drawn = Weights(4, one(4)).draw(20_000, RNG(0)).points
    other = -np.sort(-RNG(1).dirichlet(np.ones(4), 20_000), axis=1)
    assert drawn.std(axis=0) == pytest.approx(other.std(axis=0), rel=0.03)
    for share in (0.05, 0.5, 0.95):
        assert np.quantile(drawn, share, axis=0) == pytest.approx(
            np.quantile(other, share, axis=0), abs=0.012)


def test_ties_hold_and_the_mean_is_that_of_the_face() -> None:
    drawn = Weights(4, ((2,), (0, 3), (1,))).draw(20_000, RNG(0)).points
    assert (drawn[:, 0] == drawn[:, 3]).all()
    assert (drawn[:, 2] >= drawn[:, 0]).all() and (drawn[:, 0] >= drawn[:, 1]).all()
    near(drawn, [(1 / 3 + 1 / 4) / 3, 1 / 12, (1 + 1 / 3 + 1 / 4) / 3, (1 / 3 + 1 / 4) / 3])


def test_nothing_known_is_the_whole_simplex() -> None:
    near(Weights(5).draw(20_000, RNG(0)).points, np.full(5, 0.2))


def test_floors_shrink_the_simplex() -> None:
    low = np.array([0.3, 0.1, 0.0])
    drawn = Weights(3, low=low).draw(8192, RNG(0))
    assert drawn.method == "rejection"
    near(drawn.points, low + 0.6 / 3)
    assert (drawn.points >= low).all()


def test_an_order_of_some_issues_leaves_the_others_free() -> None:
    drawn = Weights(3, ((2,), (0,))).draw(8192, RNG(0)).points
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    near(drawn, [(1 / 2) / 3, 1 / 3, (3 / 2) / 3])


def test_ranges_under_an_order_by_chains() -> None:
    low, high = np.array([0.3, 0.3, 0.0, 0.0]), np.array([0.4, 0.4, 0.2, 0.2])
    known = Weights(4, one(4), low, high)
    drawn = known.draw(4096, RNG(0)).points
    assert (drawn >= low - 1e-9).all() and (drawn <= high + 1e-9).all()
    assert (np.diff(drawn, axis=1) <= 1e-9).all()
    cube = RNG(1).uniform(low, high, (400_000, 4))
    cube[:, 3] = 1 - cube[:, :3].sum(axis=1)
    kept = cube[(cube >= low).all(axis=1) & (cube <= high).all(axis=1)
                & (np.diff(cube, axis=1) <= 0).all(axis=1)]
    assert drawn.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=2e-3)
    assert drawn.std(axis=0) == pytest.approx(kept.std(axis=0), rel=0.05)


def test_swing_points_given_as_numbers_are_weights() -> None:
    ratios = (Ratio(1, 0, 0.5, 0.5), Ratio(2, 0, 0.25, 0.25))
    drawn = Weights(3, one(3), ratios=ratios).draw(8, RNG(0))
    assert drawn.points == pytest.approx(np.tile([4 / 7, 2 / 7, 1 / 7], (8, 1)))
    assert drawn.method == "a point"


def test_swing_points_as_ranges_hold() -> None:
    drawn = Weights(3, one(3), ratios=(Ratio(1, 0, 0.4, 0.6), Ratio(2, 0, 0.1, 0.2)))
    points = drawn.draw(1000, RNG(0)).points
    for issue, low, high in ((1, 0.4, 0.6), (2, 0.1, 0.2)):
        share = points[:, issue] / points[:, 0]
        assert low - 1e-9 <= share.min() < share.max() <= high + 1e-9


def test_an_order_of_options_has_equal_steps_as_means() -> None:
    drawn = Values(5, ((3,), (1,), (0, 4), (2,))).draw(20_000, RNG(0)).points
    near(drawn, [1 / 3, 2 / 3, 0, 1, 1 / 3])
    assert (drawn[:, 0] == drawn[:, 4]).all() and (drawn[:, 3] == 1).all()


def test_ranges_of_options_with_and_without_an_order() -> None:
    low, high = np.array([1.0, 0.2, 0.2, 0.0]), np.array([1.0, 0.8, 0.8, 0.0])
    near(Values(4, low=low, high=high).draw(20_000, RNG(0)).points, [1, 0.5, 0.5, 0])
    ordered = Values(4, one(4), low, high).draw(20_000, RNG(0)).points
    near(ordered, [1, 0.6, 0.4, 0])
    assert (np.diff(ordered, axis=1) <= 1e-9).all()


def test_unknown_options_have_a_best_and_a_worst() -> None:
    drawn = Values(3).draw(20_000, RNG(0)).points
    assert (drawn.max(axis=1) == 1).all() and (drawn.min(axis=1) == 0).all()
    near(drawn, [0.5, 0.5, 0.5])
    assert (Values(1).draw(4, RNG(0)).points == 1).all()


def test_what_contradicts_itself_names_expert_and_party() -> None:
    known = Uncertain(("north",), ("border",), (("a", "b"),), ("Anna",),
                      {(0, 0): Preferences(Weights(1, low=np.array([0.2]), high=np.array([0.5])),
                                           (Values(2),))})
    with pytest.raises(ArgumentError, match="Anna on north, weights: nothing fulfils"):
        known.draws(8)
    with pytest.raises(ArgumentError, match="`order`"):
        Weights(2, ((0,), (0, 1)))
    with pytest.raises(ArgumentError, match="every option"):
        Values(2, ((0,),))


def two_experts() -> Uncertain:
    def said(order: tuple[tuple[int, ...], ...]) -> Preferences:
        return Preferences(Weights(2, order), (Values(2, ((0,), (1,))), Values(2, ((1,), (0,)))),
                           (0.2, 0.4))

    return Uncertain(("north", "south"), ("border", "trade"), (("a", "b"), ("c", "d")),
                     ("Anna", "Ben", "Clara"),
                     {(0, 0): said(((0,), (1,))), (1, 0): said(((1,), (0,))),
                      (2, 1): said(((0,), (1,)))})


def test_experts_are_kept_and_never_averaged() -> None:
    draws = two_experts().draws(300, seed=4)
    first = draws.weight[0, 0] > 0.5
    assert (first == (draws.expert[0] == 0)).all()
    assert np.bincount(draws.expert[0], minlength=3).tolist() == [150, 150, 0]
    assert (draws.expert[1] == 2).all()
    assert draws.expert[0, :2].tolist() == [0, 1]  # the lead's own word where there is one


def test_worths_are_scaled_and_reservations_in_range() -> None:
    draws = two_experts().draws(300)
    best = sum(worth.max(axis=1) for worth in draws.worth)
    assert best == pytest.approx(np.full((2, 300), 100.0))
    assert draws.reservation.min() >= 20 and draws.reservation.max() <= 40
    domain = draws.domain(7)
    assert (domain.reservation == draws.reservation[:, 7]).all()
    assert (domain.disagreement == domain.reservation).all()
    assert draws.mean().worth[0] == pytest.approx(draws.worth[0].mean(axis=2))


def test_same_seed_same_draws_and_another_party_changes_nothing() -> None:
    one_, other = two_experts().draws(64, seed=1), two_experts().draws(64, seed=1)
    assert all((a == b).all() for a, b in zip(one_.worth, other.worth, strict=True))
    assert (one_.worth[0] != two_experts().draws(64, seed=2).worth[0]).any()


def test_a_party_nobody_speaks_of_is_refused() -> None:
    known = two_experts()
    with pytest.raises(ArgumentError, match="no expert says anything of south"):
        Uncertain(known.parties, known.issues, known.options, ("Anna",), {(0, 0): known.said[0, 0]})
    with pytest.raises(ArgumentError, match="2 draws do not hear 3 experts"):
        known.draws(2)


def test_the_least_accepted_is_heard_from_whoever_knows_it() -> None:
    weights, values = Weights(1), (Values(2),)
    known = Uncertain(("north", "south"), ("border",), (("a", "b"),), ("Anna", "Ben", "Clara"),
                      {(0, 0): Preferences(weights, values, (0.1, 0.1)),
                       (1, 0): Preferences(weights, values),
                       (2, 0): Preferences(weights, values, (0.5, 0.5)),
                       (0, 1): Preferences(weights, values)})
    draws = known.draws(300)
    least = draws.reservation[0]
    assert np.allclose(least[draws.expert[0] == 0], 10)
    assert np.allclose(least[draws.expert[0] == 2], 50)
    assert sorted(least[draws.expert[0] == 1].round().tolist()) == [10.0] * 50 + [50.0] * 50
    assert np.isneginf(draws.reservation[1]).all()
