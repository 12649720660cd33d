"""Posterior draws: the same bytes every time, refused in one line where they are not such."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zopa.calibrate.posterior import Fitted, Posterior, kept, ordered
from zopa.core.errors import ArgumentError, InputError

SOURCE = Fitted((("made-up.csv", "ab" * 32),), date(2023, 1, 1), date(2024, 5, 31), "0.1.0", 7,
                "a made-up model", "Nobody (2024)", "CC0", 12)
COLUMNS = ("war.hazards.kyiv.base", "war.hazards.moscow.base")


def made(rows: int = 40, seed: int = 0) -> Posterior:
    draws = np.random.default_rng(seed).lognormal(-6.0, 0.5, (rows, 2))
    return kept("endings", "endings", COLUMNS, draws, SOURCE, rows=16)


def test_the_file_gives_back_the_same_draws_and_the_same_bytes() -> None:
    posterior = made()
    text = posterior.to_json()
    again = Posterior.from_json(text)
    assert again.to_json() == text
    assert np.array_equal(again.draws, posterior.draws)
    assert (again.name, again.kind, again.columns, again.source) == (
        "endings", "endings", COLUMNS, SOURCE)


def test_rows_stand_in_the_order_of_the_first_principal_component() -> None:
    common = np.random.default_rng(1).normal(size=(200, 1))
    draws = common * [1.0, -2.0, 5.0] + 0.01 * np.random.default_rng(2).normal(size=(200, 3))
    sorted_rows = ordered(draws)
    steps = np.diff(sorted_rows, axis=0)
    assert abs(np.corrcoef(np.arange(200), sorted_rows[:, 2])[0, 1]) > 0.95
    assert steps.shape == (199, 3)
    assert sorted(map(tuple, draws)) == sorted(map(tuple, sorted_rows))


def test_a_constant_column_does_no_harm() -> None:
    draws = np.column_stack([np.full(5, 0.3), np.array([3.0, 1.0, 2.0, 5.0, 4.0])])
    assert list(ordered(draws)[:, 1]) == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert np.array_equal(ordered(draws[:, :1]), draws[:, :1])


def test_a_column_is_found_by_its_path() -> None:
    posterior = made()
    assert np.array_equal(posterior.column(COLUMNS[1]), posterior.draws[:, 1])
    assert len(posterior.draws) == 16


@pytest.mark.parametrize(("draws", "columns", "said"), [
    (np.zeros((0, 2)), COLUMNS, "at least one row"),
    (np.zeros((3, 3)), COLUMNS, "shape"),
    (np.full((3, 2), np.nan), COLUMNS, "not a finite number in row 1"),
    (np.zeros((3, 2)), (COLUMNS[0], COLUMNS[0]), "given twice"),
])
def test_draws_that_cannot_be_used_are_refused(
    draws: np.ndarray, columns: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ArgumentError, match=said):
        Posterior("endings", "endings", columns, draws, SOURCE)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("{", "[", "not JSON"),
    ('"zopa_posterior": 1', '"zopa_posterior": 9', "not a file of posterior draws"),
    ('"kind": "endings"', '"kind": "weather"', "kind must be one of"),
    ('"seed": 7', '"seed": "seven"', "not a whole number"),
    ("2024-05-31", "2024-15-31", "cannot be used"),
    ('"licence"', '"license"', "lacks 'licence'"),
    ("ab" * 32, "ab", "not a SHA-256"),
])
def test_a_file_that_is_none_is_refused_in_one_line(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        Posterior.from_json(made().to_json().replace(old, new, 1), "draws.json")
    assert "\n" not in str(caught.value) and str(caught.value).startswith("draws.json: ")
