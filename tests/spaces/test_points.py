"""Fair points on packages against every package, and in common with the agreement space's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from tests.agreement.spaces import random_space
from tests.spaces.random_domains import domains, every_package, made
from zopa.agreement.points import Egalitarian, KalaiSmorodinsky, Nash, Utilitarian
from zopa.agreement.space import Floats
from zopa.agreement.vertices import vertices
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, from_space
from zopa.spaces.frontier import frontier
from zopa.spaces.points import FairPoint, points
from zopa.spaces.ranges import ranges

# all-number key of a package by each principle: gains, utilities, largest gains -> larger is better
SLOW: dict[str, Callable[[list[float], list[float], list[float]], list[float]]] = {
    "Nash": lambda g, u, a: [float(np.prod(g))],
    "weighted Nash": lambda g, u, a: [float(np.prod([x ** (n + 1) for n, x in enumerate(g)]))],
    "Kalai-Smorodinsky": lambda g, u, a: sorted(
        x / y if y > 1e-9 else 0.0 for x, y in zip(g, a, strict=True)),
    "egalitarian": lambda g, u, a: [min(g), sum(g)],
    "utilitarian": lambda g, u, a: [sum(u), min(g)],
    "maximal-minimum": lambda g, u, a: [min(u), sum(u)],
    "lexicographic max-min": lambda g, u, a: sorted(g),
}


def found(domain: Domain, weights: tuple[float, ...] | None = None) -> dict[str, FairPoint]:
    return {point.key: point for point in points(domain, frontier(domain), weights)}


def on_packages(domain: Domain) -> dict[str, FairPoint]:
    """Without the time that mixtures take: they do not matter but for Raiffa's point."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zopa.spaces.points._mixed", lambda principle, *rest: FairPoint(
            principle.name, "", "mixtures", np.full(len(domain.parties), np.nan)))
        weights = tuple(range(1, len(domain.parties) + 1))
        return {point.name: point for point in points(domain, frontier(domain), weights)
                if point.on == "packages"}


def from_level(domain: Domain, level: float) -> Domain:
    """With disagreement at a level between each party's worst and best allowed package."""
    utility = domain.utilities(every_package(domain))
    low, high = utility.min(axis=1), utility.max(axis=1)
    return replace(domain, disagreement=low + level * (high - low))


def dominated(utility: Floats, others: Floats) -> bool:
    return bool(((others >= utility + 1e-9).any(axis=1) & (others >= utility - 1e-12).all(axis=1)
                 ).any())


@given(domains(), st.sampled_from([-0.3, 0.0, 0.3, 0.5, 0.9]))
@settings(max_examples=120)
def test_points_are_the_best_of_all_packages(domain: Domain, level: float) -> None:
    packages = every_package(domain)
    assume(len(packages))
    domain = from_level(domain, level)
    utility = domain.utilities(packages).T
    gain = utility - domain.disagreement
    allowed = [n for n in range(len(packages)) if (gain[n] >= -1e-10).all()]
    fair = on_packages(domain)
    if not allowed:
        assert not any(point.exists for point in fair.values())
        assert all(point.status for point in fair.values())
        return
    most = gain[allowed].max(axis=0).tolist()
    for name, key in SLOW.items():
        point = fair[name]
        assert point.package is not None and point.status == ""
        assert_allclose(domain.utilities(point.package[None])[:, 0], point.utility, atol=1e-12)
        assert domain.allowed(point.package[None])[0]

        def rated(row: Floats, key: Callable[..., list[float]] = key) -> list[float]:
            own = np.maximum(row - domain.disagreement, 0.0)
            return [round(x, 8) + 0.0 for x in key(own.tolist(), row.tolist(), most)]

        best = max(rated(utility[n]) for n in allowed)
        assert_allclose(rated(point.utility), best, atol=2e-8, err_msg=name)
        assert not dominated(point.utility, utility), name


@pytest.mark.parametrize("seed", range(12))
def test_two_parties_agree_with_the_agreement_space(seed: int) -> None:
    space = random_space(seed, linked=seed % 2 == 0, moving=False, draws=1)
    packages = space.packages()
    utility = space.utilities(packages)
    d = utility.min(axis=1) + [[0.0], [0.3], [0.5]][seed % 3] * np.ptp(utility, axis=1)
    domain = from_space(space, disagreement=d[:, 0])
    fair = found(domain, (2, 1))
    corners = vertices(space)
    for principle in (Nash(), KalaiSmorodinsky(), Egalitarian(), Utilitarian(), Nash((2, 1))):
        name = "weighted Nash" if principle == Nash((2, 1)) else principle.name
        assert_allclose(fair[f"{name} (mixture)"].utility,
                        principle.on_hull(corners, d).utility[:, 0], atol=1e-10, err_msg=name)
        real = principle.on_packages(utility, d)
        assert_allclose(fair[name].utility, real.utility[:, 0], atol=1e-12, err_msg=name)
        if real.package is not None and real.package[0] >= 0:
            package = fair[name].package
            assert package is not None
            assert package.tolist() == packages[real.package[0]].tolist(), name


def rescaled(domain: Domain, factor: Floats, shift: Floats) -> Domain:
    return replace(
        domain, worth=tuple(worth * factor[:, None] for worth in domain.worth),
        rules=tuple(replace(rule, bonus=rule.bonus * factor) for rule in domain.rules),
        base=domain.base * factor + shift, disagreement=domain.disagreement * factor + shift)


@pytest.mark.parametrize("seed", range(8))
def test_units_move_neither_nash_nor_kalai_smorodinsky(seed: int) -> None:
    parties = 2 + seed % 3
    domain = from_level(made(seed, parties, (3, 4, 3), ("real", "whole")[seed % 2], 1, 1), 0.2)
    factor, shift = np.array([3.7, 1e5, 0.011, 1.0])[:parties], np.array([11.0, -3, 0, 7])[:parties]
    one, other = found(domain), found(rescaled(domain, factor, shift))
    for name in ("Nash", "Kalai-Smorodinsky"):
        if not one[name].exists:
            assert not other[name].exists
            continue
        assert one[name].package.tolist() == other[name].package.tolist(), name
    for name in ("Nash (mixture)", "Kalai-Smorodinsky (mixture)", "Raiffa (mixture)"):
        back = (other[name].utility - shift) / factor
        assert_allclose(one[name].utility, back, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("seed", range(8))
def test_swapping_the_parties_swaps_the_points(seed: int) -> None:
    domain = from_level(made(seed, 2 + seed % 3, (3, 3, 3), ("whole", "real")[seed % 2], 1, 1), 0.2)
    turned = replace(
        domain, parties=domain.parties[::-1], worth=tuple(w[::-1] for w in domain.worth),
        rules=tuple(replace(rule, bonus=rule.bonus[::-1]) for rule in domain.rules),
        base=domain.base[::-1], disagreement=domain.disagreement[::-1])
    one, other = found(domain), found(turned)
    for key, point in one.items():
        assert_allclose(point.utility, other[key].utility[::-1], atol=1e-9, err_msg=key)
        if point.on == "packages" and point.package is not None:
            assert point.package.tolist() == other[key].package.tolist(), key


def test_each_point_has_a_convention_of_its_own_and_an_order() -> None:
    fair = points(made(0, 3, (3, 3), "real"), frontier(made(0, 3, (3, 3), "real")), (1, 2, 3))
    names = ["Nash", "weighted Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian",
             "maximal-minimum", "lexicographic max-min", "Raiffa"]
    assert [point.name for point in fair] == [*names, *names, "Adjusted Winner"]
    for on in ("packages", "mixtures"):
        conventions = [point.convention for point in fair if point.on == on]
        assert len(set(conventions)) == len(conventions)
    assert "1 : 2 : 3" in fair[1].convention


def test_what_sets_minimum_and_lexicographic_points_apart() -> None:
    # gains (2, 2, 9), (2, 3, 4); utilities of the third are 10 lower
    worth = (np.array([[2.0, 2.0, 1.0], [2.0, 3.0, 9.0], [9.0, 4.0, 30.0]]),)
    domain = Domain(("a", "b", "c"), ("only",), (("x", "y", "z"),), worth)
    fair = found(domain)
    assert fair["egalitarian"].utility.tolist() == [2, 2, 9]
    assert fair["lexicographic max-min"].utility.tolist() == [2, 3, 4]
    lower = replace(domain, base=np.array([0.0, 0.0, -10.0]),
                    disagreement=np.array([0.0, 0.0, -10.0]))
    fair = found(lower)
    assert fair["maximal-minimum"].utility.tolist() == [1, 9, 20]
    assert fair["egalitarian"].utility.tolist() == [2, 2, -1]


def test_a_party_to_whom_all_is_the_same_does_not_hide_the_others() -> None:
    # it gains 2 whatever is agreed, or nothing: the product is that of the others either way
    worth = (np.array([[1.0, 3.0, 4.0], [5.0, 3.0, 0.5], [0.0, 0.0, 0.0]]),)
    for base in (0.0, 2.0):
        domain = Domain(("a", "b", "c"), ("only",), (("x", "y", "z"),), worth,
                        base=np.array([0.0, 0.0, base]))
        fair = found(domain)
        assert fair["Nash"].package.tolist() == [1]
        assert fair["Kalai-Smorodinsky"].package.tolist() == [1]
        assert_allclose(fair["Nash (mixture)"].utility, [3, 3, base], atol=1e-9)


def test_units_count_where_a_convention_says_so() -> None:
    domain = from_level(made(4, 2, (4, 4), "real"), 0.1)
    one = found(domain)
    other = found(rescaled(domain, np.array([1.0, 1e3]), np.zeros(2)))
    for key, point in one.items():
        moved = not np.allclose(point.utility * [1, 1e3], other[key].utility,
                                equal_nan=True)
        assert not moved or "in the units given" in point.convention, key
    assert one["utilitarian"].package.tolist() != other["utilitarian"].package.tolist()


def test_adjusted_winner_says_why_it_is_not_defined() -> None:
    def reason(domain: Domain) -> str:
        point = found(domain)["Adjusted Winner (mixture)"]
        assert not point.exists and point.package is None and not point.mixture
        return point.status

    two = made(1, 2, (2, 2), "real")
    assert "two parties" in reason(made(1, 3, (2, 2), "real"))
    assert "3 options" in reason(made(1, 2, (2, 3), "real"))
    assert "add up" in reason(made(1, 2, (2, 2), "real", rules=1))
    same = np.array([[1.0, 0.0], [2.0, 0.0]])
    assert "prefer the same" in reason(replace(two, worth=(same, same)))
    none = np.array([[1.0, 0.0], [0.0, 0.0]])
    assert "nothing to win" in reason(replace(two, worth=(none, none)))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6),
       st.integers(1, 20))
@settings(max_examples=60)
def test_adjusted_winner_is_egalitarian_in_points(given: list[tuple[int, int]], unit: int) -> None:
    own = np.array(given, dtype=float).T
    assume((own.sum(axis=1) > 0).all())
    domain = Domain(("a", "b"), tuple(f"i{n}" for n in range(own.shape[1])),
                    (("a", "b"),) * own.shape[1],
                    tuple(np.array([[a, 0.0], [0.0, unit * b]]) for a, b in own.T))
    point = found(domain)["Adjusted Winner (mixture)"]
    scaled = point.utility / ranges(domain)[0]
    assert scaled[0] == pytest.approx(scaled[1], abs=1e-12) and scaled[0] >= 0.5 - 1e-12
    assert_allclose(point.utility, found(domain)["Kalai-Smorodinsky (mixture)"].utility, atol=1e-9)
    assert sum(share for _, share in point.mixture) == pytest.approx(1, abs=1e-14)


def test_points_of_a_frontier_that_is_not_exact_say_so() -> None:
    domain = made(3, 2, (4, 4), "real")
    exact = frontier(domain)
    loose = replace(exact, upper=exact.utility + 0.5, epsilon=np.array([0.5, 0.25]))
    for point in points(domain, loose):
        if point.name != "Adjusted Winner":
            assert "lower frontier" in point.status and "0.25" in point.status
            assert point.beyond.tolist() == [0.5, 0.25]


def test_weights_must_be_positive_and_one_a_party() -> None:
    domain = made(0, 2, (2, 2), "real")
    for weights in ((1.0,), (1.0, 0.0)):
        with pytest.raises(ArgumentError, match="`weights`"):
            points(domain, frontier(domain), weights)


def test_a_gain_of_rounding_alone_decides_nothing() -> None:
    """Both products are 0; that of the first package is 5.6e-17 in binary numbers."""
    domain = Domain(("A", "B", "C"), ("x", "y"), (("a", "b"), ("a",)), (
        np.array([[0.1, 0.4], [0.4, 0.5], [0.5, 0.0]]), np.array([[0.2], [0.0], [0.0]])),
        disagreement=np.array([0.3, 0.1, 0.0]))
    assert 0.1 + 0.2 > 0.3
    nash = {p.name: p for p in points(domain, frontier(domain)) if p.on == "packages"}["Nash"]
    # shares of the largest gains, sorted: (0, 0.75, 1) for the first, (0, 1, 1) for the other
    assert nash.package is not None and nash.package.tolist() == [1, 0]
