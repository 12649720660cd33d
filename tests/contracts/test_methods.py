"""What every method of solving must keep, on every war with a known value."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.oracles.cases import CASES, Case
from zopa.bargaining import Solution, solve

every_case = pytest.mark.parametrize("case", CASES, ids=str)


class MethodContract:
    """A method says only how it solves a case; the tests are inherited."""

    def solve(self, case: Case, swapped: bool = False) -> Solution:
        """The method's solution of a case, or of the same case with the sides exchanged."""
        raise AssertionError("a method overrides this")

    def given(self, case: Case, swapped: bool) -> dict[str, object]:
        """The war and the frontier as `solve` takes them."""
        war, frontier = case.war(), case.frontier
        return {"war": war.swapped() if swapped else war,
                "frontier": frontier.swapped() if swapped else frontier}

    @every_case
    def test_reproduces_the_known_values(self, case: Case) -> None:
        solution = self.solve(case)
        places = tuple(np.array(list(case.value)).T)
        assert_allclose(solution.value[places], list(case.value.values()), atol=case.digits,
                        rtol=0)
        assert solution.status.settled, str(solution.status)

    @every_case
    def test_offers_are_points_of_the_frontier_that_both_prefer(self, case: Case) -> None:
        solution = self.solve(case)
        vertices = case.frontier.vertices
        offers = solution.offer[solution.agree]
        assert np.isnan(solution.offer[~solution.agree]).all()
        assert_allclose(np.interp(offers[:, 0], *vertices.T), offers[:, 1], atol=1e-11)
        floor = np.broadcast_to(solution.war.floor.T, solution.offer.shape)[solution.agree]
        assert (offers >= floor - 2e-9).all()
        if solution.war.permanent and not solution.war.has_outside_options:
            fight = np.broadcast_to(solution.reservation.T, solution.offer.shape)[solution.agree]
            assert (offers >= fight - 1e-8).all()

    @every_case
    def test_bargaining_never_costs_the_choice_to_fight_on(self, case: Case) -> None:
        solution = self.solve(case)
        if not solution.war.has_outside_options:
            assert (solution.value >= solution.reservation - 1e-8).all()
            assert (solution.value >= solution.finish - 1e-8).all()

    @every_case
    def test_paths_account_for_everything(self, case: Case) -> None:
        solution = self.solve(case)
        path = solution.path(0, solution.war.probability[1], 12)
        total = path.settled.sum() + path.terminal.sum() + path.opted_out + path.unresolved
        assert_allclose(total, 1.0, atol=1e-13)
        if solution.agree[:, 0].all():
            assert_allclose(path.settled[0], solution.war.talks[0], atol=1e-15)

    @every_case
    def test_swapping_the_sides_swaps_the_solution(self, case: Case) -> None:
        solution, mirror = self.solve(case), self.solve(case, swapped=True)
        assert mirror.status is solution.status
        assert_allclose(mirror.value[::-1], solution.value, atol=1e-9)
        assert_array_equal(mirror.agree[::-1], solution.agree)
        assert_allclose(mirror.offer[::-1, :, ::-1], solution.offer, atol=1e-9)
        assert len(mirror.alternatives) == len(solution.alternatives)


class TestStationary(MethodContract):
    """Limits of the iteration from two starts."""

    def solve(self, case: Case, swapped: bool = False) -> Solution:
        return solve(**self.given(case, swapped))


class TestHorizon(MethodContract):
    """A horizon long enough for the digits given, so that doubling it changes nothing."""

    def solve(self, case: Case, swapped: bool = False) -> Solution:
        solution = solve(**self.given(case, swapped), horizon=case.horizon)
        assert solution.status.unique
        return solution
