"""Shapley values against their axioms and against all orders of the players."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.core.errors import ArgumentError
from zopa.questions.shapley import shares, subsets

Game = dict[frozenset[str], Any]


@st.composite
def games(draw: st.DrawFn) -> Game:
    players = "abcde"[:draw(st.integers(0, 5))]
    value = st.floats(-1.0, 1.0)
    return {s: np.array([draw(value), draw(value)]) for s in subsets(players)}


def by_all_orders(game: Game) -> dict[str, np.ndarray]:
    players = sorted(max(game, key=len))
    orders = list(permutations(players))
    total = {player: np.zeros(2) for player in players}
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            total[player] += game[before | {player}] - game[before]
    return {player: x / len(orders) for player, x in total.items()}


@given(games())
def test_the_mean_over_all_orders(game: Game) -> None:
    found, expected = shares(game), by_all_orders(game)
    assert found.keys() == expected.keys()
    for player, share in found.items():
        np.testing.assert_allclose(share, expected[player], atol=1e-12)


@given(games())
def test_shares_sum_to_the_whole(game: Game) -> None:
    everybody = max(game, key=len)
    np.testing.assert_allclose(sum(shares(game).values(), np.zeros(2)),
                               game[everybody] - game[frozenset()], atol=1e-12)


@given(games(), games())
def test_shares_of_a_sum_are_sums_of_shares(one: Game, other: Game) -> None:
    common = set(one) & set(other)
    both = {s: one[s] + other[s] for s in common}
    parts = [shares({s: game[s] for s in common}) for game in (one, other)]
    for player, share in shares(both).items():
        np.testing.assert_allclose(share, parts[0][player] + parts[1][player], atol=1e-12)


def test_a_player_who_changes_nothing_gets_nothing() -> None:
    game = {s: float(len(s - {"idle"})) ** 2 for s in subsets(("a", "b", "idle"))}
    found = shares(game)
    assert found["idle"] == 0.0
    assert found["a"] == pytest.approx(2.0, abs=1e-12)


def test_players_who_are_alike_get_the_same() -> None:
    either = {s: float(bool(s)) for s in subsets("ab")}
    both = {s: float(len(s) == 2) for s in subsets("ab")}
    for game in (either, both):
        assert {k: float(v) for k, v in shares(game).items()} == {"a": 0.5, "b": 0.5}


def test_the_glove_game() -> None:
    """One left glove, two right ones: 2/3 and 1/6 each."""
    game = {s: float("left" in s and len(s) > 1) for s in subsets(("left", "right", "other"))}
    found = shares(game)
    assert found["left"] == pytest.approx(2 / 3, abs=1e-12)
    assert found["right"] == pytest.approx(1 / 6, abs=1e-12)


def test_nobody_shares_nothing() -> None:
    assert shares({frozenset(): 0.3}) == {}


def test_a_missing_subset_is_an_error() -> None:
    game = {s: 0.0 for s in subsets("abc") if s != frozenset("ab")}
    with pytest.raises(ArgumentError, match="1 are missing"):
        shares(game)


def test_shares_come_in_the_order_of_the_values() -> None:
    """Not in that of a set, which differs from process to process, as the last bits then would."""
    players = [f"player {n}" for n in range(8)]
    game = {s: float(len(s)) for s in subsets(players)}
    assert list(shares(game)) == players
