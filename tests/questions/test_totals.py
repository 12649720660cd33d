"""Total indices from a grouped Saltelli design, against closed forms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from SALib.sample import sobol as salib

from tests.questions.test_sensitivity import ishigami
from zopa.draws.sobol import scrambled
from zopa.questions.sensitivity import Index, first_order
from zopa.questions.totals import Totals, analyse, saltelli

BASE = 2048
ONES = [[0], [1], [2]]


def found(function: Callable[[np.ndarray], np.ndarray], groups: list[list[int]],
          base: int = BASE, inputs: int = 3) -> Totals:
    """The indices of a function of `(input, draw)` coordinates."""
    both = scrambled(2 * inputs, base, 1)
    rows = saltelli(both[:, :inputs], both[:, inputs:], groups)
    return analyse(function(rows.T), len(groups))


def check(indices: tuple[Index, ...], true: list[float], within: float = 0.03) -> None:
    assert [one.value for one in indices] == pytest.approx(true, abs=within)
    assert all(one.low - 1e-9 <= s <= one.high + 1e-9
               for one, s in zip(indices, true, strict=True))


def test_the_ishigami_function() -> None:
    one = found(ishigami, ONES)
    check(one.first, [0.3139, 0.4424, 0.0])
    check(one.total, [0.5576, 0.4424, 0.2437])


def test_groups_of_the_ishigami_function() -> None:
    # {x1, x3} do not interact with x2: S = T = 1 - S_2
    one = found(ishigami, [[0, 2], [1]])
    check(one.first, [0.5576, 0.4424])
    check(one.total, [0.5576, 0.4424])


def test_intervals_hold_the_indices_with_few_points() -> None:
    held = np.zeros(3)
    for seed in range(20):
        both = scrambled(6, 64, seed)
        one = analyse(ishigami(saltelli(both[:, :3], both[:, 3:], ONES).T), 3)
        held += [total.low <= true <= total.high for total, true
                 in zip(one.total, (0.5576, 0.4424, 0.2437), strict=True)]
    assert (held >= 16).all()


def test_one_input_has_all() -> None:
    one = found(lambda x: np.exp(x[1]), ONES)
    check(one.first, [0.0, 1.0, 0.0])
    check(one.total, [0.0, 1.0, 0.0])
    assert [one.total[n] for n in (0, 2)] == [Index(0.0, 0.0, 0.0)] * 2


def test_a_sum_of_two_shares_out_by_variance() -> None:
    one = found(lambda x: 2.0 * x[0] + x[2], ONES)
    check(one.first, [0.8, 0.0, 0.2])
    check(one.total, [0.8, 0.0, 0.2])


def test_a_product_of_centred_inputs_is_all_interaction() -> None:
    one = found(lambda x: (x[0] - 0.5) * (x[1] - 0.5), ONES)
    check(one.first, [0.0, 0.0, 0.0], within=0.05)
    check(one.total, [1.0, 1.0, 0.0], within=0.05)


def test_an_indicator() -> None:
    # y = [x0 > 0.5 and x1 > 0.5]: Var = 3/16, Var E[y | x0] = 1/16, E Var(y | x0) = 2/16
    one = found(lambda x: ((x[0] > 0.5) & (x[1] > 0.5)).astype(float), ONES)
    check(one.first, [1 / 3, 1 / 3, 0.0])
    check(one.total, [2 / 3, 2 / 3, 0.0])


def test_an_indicator_that_no_pair_changed_may_change_in_others() -> None:
    one = found(lambda x: (x[0] > 0.5).astype(float), ONES, base=64)
    # half the chance 1 - 0.025^(1/64) of a change, over the variance of a fair coin
    assert one.total[1].value == 0.0 and one.total[1].low == 0.0
    assert one.total[1].high == pytest.approx(0.5 * (1.0 - 0.025 ** (1 / 64)) / 0.25, rel=1e-3)
    assert one.first[1].high == one.total[1].high


def test_an_answer_without_a_value_somewhere_has_no_index() -> None:
    one = found(lambda x: np.where(x[0] > 0.9, np.nan, x[1]), ONES)
    assert one.total == () and "undefined in 10 % of the design's draws" in (one.reason or "")


def test_an_answer_that_does_not_vary_has_no_index() -> None:
    one = found(lambda x: np.ones(x.shape[1]), ONES)
    assert one.first == () and one.reason == "it is the same in every draw of the design"


def test_the_same_bytes_again() -> None:
    assert found(ishigami, ONES, 64) == found(ishigami, ONES, 64)


def test_rows_stand_as_salib_lays_them_out() -> None:
    groups = ["b", "a", "b", "c"]
    problem = {"num_vars": 4, "names": ["w", "x", "y", "z"], "bounds": [[0.0, 1.0]] * 4,
               "groups": groups}
    theirs = salib.sample(problem, 8, calc_second_order=False, seed=np.random.default_rng(3))
    step = 5
    ours = saltelli(theirs[::step], theirs[step - 1::step], [[0, 2], [1], [3]])
    assert ours.tolist() == theirs.tolist()


def test_first_order_indices_under_weights() -> None:
    # y = x0 + x1 with density 2 x1: Var(x0) = 1/12, Var(x1) = 1/18
    x = scrambled(2, 16384, 4).T
    weight = x[1] / x[1].sum()
    assert first_order(x[0] + x[1], x, weight) == pytest.approx([0.6, 0.4], abs=0.01)
