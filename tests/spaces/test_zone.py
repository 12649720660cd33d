"""The zone against plain listing: membership, count, open options, nearest, concessions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import zopa.spaces.zone as module
from tests.spaces.random_domains import domains, every_package, made
from zopa.spaces import counting, open_options
from zopa.spaces.domain import Domain
from zopa.spaces.frontier import frontier
from zopa.spaces.open_options import restricted
from zopa.spaces.points import points
from zopa.spaces.ranges import ranges
from zopa.spaces.ties import slack
from zopa.spaces.zone import ZoneFound, zone


def found(domain: Domain, fair: bool = False) -> ZoneFound:
    efficient = frontier(domain)
    return zone(domain, efficient, points(domain, efficient) if fair else ())


def at_level(domain: Domain, level: float) -> Domain:
    """With reservation values at a level between each party's worst and best allowed package."""
    utility = domain.utilities(every_package(domain))
    low, high = utility.min(axis=1), utility.max(axis=1)
    return replace(domain, reservation=low + level * (high - low))


LEVELS = st.sampled_from([0.0, 0.2, 0.4, 0.5, 0.6, 0.8])


@given(domains(), LEVELS)
@settings(max_examples=60)
def test_zone_is_that_of_all_packages(domain: Domain, level: float) -> None:
    packages = every_package(domain)
    assume(len(packages))
    domain = at_level(domain, level)
    check(domain, found(domain))


@given(domains(), LEVELS)
@settings(max_examples=60)
def test_nothing_changes_where_a_domain_is_too_large_to_list(domain: Domain, level: float) -> None:
    assume(len(every_package(domain)))
    domain = at_level(domain, level)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LISTED", 0)
        patch.setattr(module, "SMALL", 0)
        patch.setattr(module, "FEW", -1)
        patch.setattr(open_options, "SMALL", 0)
        patch.setattr(counting, "CELLS", 1 << 12)
        answer = found(domain)
    inside = check(domain, answer, counted=len(domain.parties) <= 2)
    assert answer.packages_bounds[0] <= inside <= answer.packages_bounds[1]


def check(domain: Domain, answer: ZoneFound, counted: bool = True) -> int:
    packages = every_package(domain)
    utility = domain.utilities(packages).T
    inside = (utility >= domain.reservation - slack(domain)).all(axis=1)
    assert answer.exists == inside.any()
    if counted or not inside.any():
        assert answer.packages == inside.sum()
        assert answer.packages_bounds == (inside.sum(), inside.sum())
        assert answer.share == pytest.approx(inside.mean())
    assert answer.allowed == len(packages)
    for issue, held in enumerate(answer.open):
        options = set(packages[inside][:, issue].tolist())
        assert set(np.flatnonzero(held).tolist()) == options
        assert answer.settled.get(issue) == (min(options) if len(options) == 1 else None)
        assert set(answer.live.get(issue, ())) == (options if len(options) > 1 else set())
    assert not answer.unsure
    assert (answer.concession is None) == inside.any()
    assert 0.0 <= answer.volume_bounds[0] <= answer.volume_bounds[1] <= 1.0
    return int(inside.sum())


@given(domains(), st.sampled_from([0.8, 0.95, 1.2]))
@settings(max_examples=40)
def test_concession_lets_in_a_package_and_a_smaller_one_none(domain: Domain, level: float) -> None:
    packages = every_package(domain)
    assume(len(packages))
    domain = at_level(domain, level)
    answer, span = found(domain).concession, ranges(domain)[0]
    if answer is None:
        return
    utility, unit = domain.utilities(packages).T, np.where(span > 0, span, 1.0)
    asked = ((domain.reservation - utility) / unit).max(axis=1)
    assert answer.share == pytest.approx(asked.min(), abs=1e-12)
    assert_allclose(domain.utilities(answer.package[None])[:, 0], answer.utility, atol=1e-12)
    assert (answer.utility >= domain.reservation - answer.fall - 1e-12).all()
    assert (answer.fall <= answer.share * unit + 1e-12).all()
    for party, alone in enumerate(answer.alone):
        others = np.delete(utility >= domain.reservation - slack(domain), party, axis=1).all(axis=1)
        assert (alone is None) == (not others.any())
        if alone is not None:
            best = domain.reservation[party] - utility[others, party].max()
            assert alone.fall == pytest.approx(best, abs=1e-12)
            assert (np.delete(alone.utility, party)
                    >= np.delete(domain.reservation - slack(domain), party)).all()


def test_a_zone_by_hand() -> None:
    worth = (np.array([[4.0, 2.0, 0.0], [0.0, 3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 0.0]]))
    domain = Domain(("north", "south"), ("land", "water"), (("n", "half", "s"), ("s", "n")), worth,
                    reservation=np.array([2.0, 3.0]))
    answer = found(domain)
    # half with either; (2, 5) and (3, 3)
    assert answer.packages == 2 and answer.allowed == 6 and answer.share == pytest.approx(1 / 3)
    assert answer.settled == {0: 1} and answer.live == {1: (0, 1)}
    # the box from (2, 3) to (3, 5) is covered where x <= 2 or y <= 3: a line
    assert answer.volume == 0.0
    lower = found(replace(domain, reservation=np.array([1.0, 1.0])))
    # packages (2, 5), (3, 3), (4, 2): 4 + 2 + 1 of a box of 3 x 4
    assert lower.volume == pytest.approx(7 / 12)
    empty = found(replace(domain, reservation=np.array([4.0, 4.0])))
    assert empty.exists is False and not empty.nearest and empty.volume == 0.0
    concession = empty.concession
    assert concession is not None
    # ranges are 5 and 6: (3, 3) is short of (1, 1), (4, 2) of (0, 2), (2, 5) of (2, 0)
    assert concession.share == pytest.approx(1 / 5)
    assert concession.utility.tolist() == [3.0, 3.0] and concession.fall.tolist() == [1.0, 1.0]
    first, second = concession.alone
    assert first is not None and second is not None
    assert (first.fall, first.share) == (2.0, pytest.approx(2 / 5))
    assert (second.fall, second.share) == (2.0, pytest.approx(1 / 3))


def test_nearest_package_is_an_efficient_one_of_the_zone() -> None:
    domain = at_level(made(5, 3, (4, 4, 4), "real"), 0.45)
    efficient = frontier(domain)
    fair = points(domain, efficient)
    answer = zone(domain, efficient, fair)
    assert answer.exists
    span = ranges(domain)[0]
    inside = efficient.utility[(efficient.utility >= domain.reservation).all(axis=1)]
    assert set(answer.nearest) == {point.key for point in fair if point.exists}
    for point in fair:
        if point.exists:
            distance = np.sqrt((((inside - point.utility) / span) ** 2).sum(axis=1)).min()
            assert answer.nearest[point.key].distance == pytest.approx(distance, abs=1e-12)


def test_ties_belong_to_the_zone_whatever_the_unit() -> None:
    thirds = np.array([[1 / 3, 0.0], [0.0, 1 / 3]])
    for unit in (1e-6, 1.0, 1e9):
        domain = Domain(("a", "b"), ("x", "y", "z"), (("a", "b"),) * 3, (unit * thirds,) * 3,
                        reservation=unit * np.array([0.1 + 0.2 + 1 / 30, 2 / 3]))
        assert found(domain).packages == 3


def test_a_frontier_between_bounds_says_what_is_known() -> None:
    domain = at_level(made(2, 2, (5, 5, 5), "real"), 0.5)
    exact = frontier(domain)
    inside = found(domain)
    gap = 0.1 * ranges(domain)[0]
    loose = replace(exact, upper=exact.utility + gap, epsilon=gap)
    sure = zone(domain, loose)
    assert sure.exists is True and sure.packages == inside.packages and sure.volume is None
    assert inside.volume is not None
    assert sure.volume_bounds[0] <= inside.volume <= sure.volume_bounds[1]
    # just out of reach of the known packages, within that of the bound
    high = replace(domain, reservation=exact.utility[len(exact.utility) // 2] + 0.5 * gap)
    unknown = zone(high, loose)
    assert unknown.exists is None and unknown.concession is not None
    assert unknown.concession.least < unknown.concession.share
    none = zone(replace(domain, reservation=exact.utility.max(axis=0) + 2.0 * gap), loose)
    assert none.exists is False and none.packages == 0 and none.volume_bounds == (0.0, 0.0)
    assert none.concession is not None
    assert 0.0 < none.concession.least < none.concession.share


def test_a_small_zone_of_a_huge_domain_is_counted() -> None:
    # 10^12 packages: the zone is what one step down from everybody's best leaves, 12 + 1 packages
    worth = np.tile(np.arange(10.0), (3, 1))
    domain = Domain(("a", "b", "c"), tuple(f"i{n}" for n in range(12)),
                    (tuple(map(str, range(10))),) * 12, (worth,) * 12,
                    reservation=np.full(3, 107.0))
    answer = found(domain)
    assert answer.packages == 13 and answer.allowed == 10 ** 12
    assert answer.live == {n: (8, 9) for n in range(12)}
    only = found(replace(domain, reservation=np.full(3, 108.0)))
    assert only.packages == 1 and only.settled == {n: 9 for n in range(12)}


def test_what_is_not_decided_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    domain = at_level(made(3, 2, (4, 4, 4), "real"), 0.75)
    efficient = frontier(domain)
    known = zone(domain, efficient)
    assert known.exists and not all(held.all() for held in known.open)
    for name in ("LISTED", "SMALL", "FEW"):
        monkeypatch.setattr(module, name, 0)
    monkeypatch.setattr(module, "decided", lambda domain, floor: None)
    found_ = zone(domain, efficient)
    for issue, held in enumerate(known.open):
        seen = set(np.flatnonzero(found_.open[issue]).tolist())
        assert seen <= set(np.flatnonzero(held).tolist())
        assert seen | set(found_.unsure.get(issue, ())) == set(range(4))
        assert issue not in found_.settled or not found_.unsure.get(issue)


def test_restricting_an_issue_keeps_rules_and_constraints() -> None:
    domain = made(11, 2, (3, 3, 2), "real", rules=3, forbidden=2)
    packages = every_package(domain)
    for issue in range(3):
        for option in range(domain.sizes[issue]):
            held = packages[packages[:, issue] == option]
            if not len(held):
                continue
            narrow = restricted(domain, issue, option)
            zeroed = held.copy()
            zeroed[:, issue] = 0
            assert every_package(narrow).tolist() == zeroed.tolist()
            assert (narrow.utilities(zeroed) == domain.utilities(held)).all()


def test_swapping_the_parties_swaps_the_answer() -> None:
    for seed in range(6):
        domain = at_level(made(seed, 3, (3, 4, 3), "whole", 1, 1), 0.6)
        turned = replace(
            domain, parties=domain.parties[::-1], worth=tuple(w[::-1] for w in domain.worth),
            rules=tuple(replace(rule, bonus=rule.bonus[::-1]) for rule in domain.rules),
            disagreement=domain.disagreement[::-1], reservation=domain.reservation[::-1],
            base=domain.base[::-1])
        one, other = found(domain, True), found(turned, True)
        assert one.packages == other.packages and one.settled == other.settled
        assert one.live == other.live and one.volume == pytest.approx(other.volume, abs=1e-12)
        for key, near in one.nearest.items():
            assert near.package.tolist() == other.nearest[key].package.tolist(), key
        if one.concession is not None and other.concession is not None:
            assert one.concession.package.tolist() == other.concession.package.tolist()
