"""The single text: against brute force, on Panama, and where nothing can be enumerated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.spaces.small_domains import domains, every, panama
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.spaces.domain import Domain, Rule
from zopa.spaces.efficient import Efficient
from zopa.spaces.neighbours import BLOCK, around
from zopa.spaces.ranges import in_ranges, ranges
from zopa.spaces.reasons import reason, shortfall
from zopa.spaces.single_text import LEAST, ROUNDING, SingleText, single_text
from zopa.spaces.starts import start


def away(packages: np.ndarray, package: np.ndarray) -> np.ndarray:
    """On how many issues packages differ from one."""
    return (packages != package).sum(axis=1)


def improving(domain: Domain, package: np.ndarray, k: int) -> np.ndarray:
    """Joint gains of all packages k changes away in which nobody loses, by brute force."""
    span, _ = ranges(domain)
    packages = every(domain)
    packages = packages[away(packages, package) == k]
    share = in_ranges(domain.utilities(packages) - domain.utilities(package[None]), span)
    joint = share.sum(axis=0)
    return joint[(share.min(axis=0) >= -ROUNDING) & (joint > LEAST)]


def frontier(domain: Domain) -> Efficient:
    """The frontier, by brute force."""
    packages = every(domain)
    utility = domain.utilities(packages).T
    kept = [n for n, u in enumerate(utility)
            if not np.any((utility >= u).all(axis=1) & (utility > u).any(axis=1))]
    return Efficient(utility[kept], packages[kept], utility[kept], np.zeros(utility.shape[1]),
                     "enumerated", len(packages))


@settings(max_examples=60, deadline=None)
@given(domains())
def test_every_step_is_the_greatest_joint_gain_in_which_nobody_loses(domain: Domain) -> None:
    if not len(every(domain)):
        with pytest.raises(ArgumentError, match="leave no package"):
            single_text(domain)
        return
    text = single_text(domain, efficient=frontier(domain))
    package = text.start
    for step in text.steps:
        before, after = (domain.utilities(p[None])[:, 0] for p in (package, step.package))
        assert np.allclose(step.gain, after - before, rtol=0, atol=1e-9)
        assert np.all(step.gain >= 0.0) and domain.allowed(step.package[None])[0]
        assert away(step.package[None], package)[0] == len(step.changes)
        single = improving(domain, package, 1)
        wanted = single if len(single) else improving(domain, package, 2)
        assert len(step.changes) == (1 if len(single) else 2)
        assert step.joint == pytest.approx(wanted.max(), abs=1e-9)
        assert np.allclose(step.apart.sum(axis=1) + step.together, step.gain)
        assert reason(domain, step).endswith(".")
        package = step.package
    assert np.array_equal(package, text.end)
    assert not len(improving(domain, package, 1)) and not len(improving(domain, package, 2))
    triples = improving(domain, package, 3)
    assert (text.left.triple is None) == (not len(triples))
    if len(triples):
        assert text.left.triple.joint == pytest.approx(triples.max(), abs=1e-9)
    dominated = any(len(improving(domain, package, k)) for k in (3, 4))
    assert text.left.efficient is not dominated
    assert (text.left.better is not None) == dominated


@settings(max_examples=30, deadline=None)
@given(domains())
def test_the_start_is_the_nearest_to_no_agreement(domain: Domain) -> None:
    packages = every(domain)
    if not len(packages):
        return
    span, _ = ranges(domain)
    apart = in_ranges(domain.utilities(packages) - domain.disagreement[:, None], span)
    distance = (apart ** 2).sum(axis=0)
    found = start(domain)
    at = int(np.flatnonzero((packages == found.package).all(axis=1))[0])
    assert distance[at] <= distance.min() + 1e-9
    assert at == np.flatnonzero(distance <= distance.min() + 1e-12)[0]


@settings(max_examples=30, deadline=None)
@given(domains())
def test_no_party_is_favoured_by_its_place_or_its_unit(domain: Domain) -> None:
    if not len(every(domain)):
        return
    turned = Domain(domain.parties[::-1], domain.issues, domain.options,
                    tuple(w[::-1] for w in domain.worth),
                    tuple(Rule(r.issues, r.options, r.bonus[::-1]) for r in domain.rules),
                    domain.forbidden, domain.disagreement[::-1])
    unit, zero = 4.0 ** np.arange(len(domain.parties)), np.arange(len(domain.parties)) * 8.0
    rescaled = replace(domain, worth=tuple(w * unit[:, None] for w in domain.worth),
                       rules=tuple(Rule(r.issues, r.options, r.bonus * unit)
                                   for r in domain.rules),
                       base=zero, disagreement=domain.disagreement * unit + zero)
    path = [step.changes for step in single_text(domain).steps]
    assert [step.changes for step in single_text(turned).steps] == path
    assert [step.changes for step in single_text(rescaled).steps] == path


def test_panama_from_the_middle() -> None:
    """From (36, 32) by four logrolls to (81, 46), a package that none dominates."""
    domain = panama()
    efficient = frontier(domain)
    assert {tuple(map(int, u)) for u in efficient.utility} >= {
        (0, 100), (14, 97), (36, 88), (58, 73), (64, 68), (79, 53), (90, 38), (94, 27), (96, 20),
        (98, 13), (100, 0)}
    text = single_text(domain, efficient=efficient)
    assert [tuple(step.gain) for step in text.steps] == [(20, 4), (10, 8), (11, 0), (4, 2)]
    assert tuple(domain.utilities(text.start[None])[:, 0]) == (36, 32)
    assert tuple(domain.utilities(text.end[None])[:, 0]) == (81, 46)
    assert text.left.efficient and text.left.triple is None
    assert text.left.complete and text.left.triples == 120 * 1
    assert reason(domain, text.steps[0]) == (
        "United States gains 22 on us_defence_rights and gives 2 on defence_role_of_panama, which "
        "it values less; Panama gains 13 on defence_role_of_panama and gives 9 on "
        "us_defence_rights, which it values less.")


def test_what_three_issues_would_still_bring_is_said_and_not_taken() -> None:
    domain = panama()
    text = single_text(domain, np.array([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]), frontier(domain))
    assert text.left.efficient is False and text.left.better is not None
    assert tuple(text.left.triple.gain) == (0, 3)
    assert len(text.left.nearly) == 5
    for step in text.left.nearly:
        assert step.gain.min() < 0 < step.joint
        assert shortfall(domain, step) == "It would leave Panama 8 short."


def test_a_party_that_cares_for_nothing_and_a_domain_of_one_option() -> None:
    domain = Domain(("A", "B"), ("one", "two"), (("a", "b"), ("a",)),
                    (np.array([[0.0, 3.0], [0.0, 0.0]]), np.zeros((2, 1))))
    text = single_text(domain)
    (step,) = text.steps
    assert tuple(step.gain) == (3, 0) and step.joint == 1.0
    assert reason(domain, step) == "A gains 3; to B it is the same."
    single = Domain(("A",), ("one",), (("a",),), (np.zeros((1, 1)),))
    assert single_text(single).steps == () and single_text(single).left.triples == 0


def test_a_rule_pays_for_a_combination_and_its_reason_says_so() -> None:
    domain = Domain(("A", "B"), ("one", "two"), (("a", "b"), ("a", "b")),
                    (np.array([[0.0, -1.0], [0.0, -1.0]]), np.array([[0.0, -1.0], [0.0, -1.0]])),
                    (Rule((0, 1), ((1,), (1,)), np.array([5.0, 4.0])),))
    (step,) = single_text(domain, np.array([0, 0])).steps
    assert tuple(step.gain) == (3, 2) and tuple(step.together) == (5, 4)
    assert "A gives 1 on one and 1 on two and gains 5 by the combination" in reason(domain, step)


def large() -> Domain:
    """Ten issues of ten options, three parties, a rule and a constraint."""
    rng = np.random.default_rng(0)
    return Domain(("a", "b", "c"), tuple(f"i{n}" for n in range(10)),
                  tuple(tuple(f"o{k}" for k in range(10)) for _ in range(10)),
                  tuple(rng.random((3, 10)) for _ in range(10)),
                  (Rule((0, 1), ((1, 2), (3,)), np.array([0.5, -0.2, 0.1])),),
                  (Forbidden((2, 3), ((0, 1, 7), (5, 6, 7))),))


def test_ten_issues_of_ten_options() -> None:
    domain = large()
    text: SingleText = single_text(domain)
    path = [domain.utilities(p[None])[:, 0]
            for p in (text.start, *(step.package for step in text.steps))]
    assert len(text.steps) > 5 and all(np.all(b >= a) for a, b in zip(path, path[1:], strict=False))
    assert all(domain.allowed(step.package[None])[0] for step in text.steps)
    assert text.left.triples == 120 * 9 ** 3 and text.left.complete
    cut = single_text(domain, triples=1000)
    assert cut.left.triples == 1000 and not cut.left.complete
    assert np.array_equal(cut.end, text.end)


def test_options_named_are_kept_and_what_is_forbidden_is_refused() -> None:
    domain = large()
    assert start(domain, {2: 7}).package[2] == 7
    assert domain.allowed(start(domain, {2: 7}).package[None])[0]
    with pytest.raises(ArgumentError, match="Name others"):
        start(domain, {2: 7, 3: 7})
    with pytest.raises(ArgumentError, match="forbidden"):
        single_text(domain, np.array([0, 0, 7, 7, 0, 0, 0, 0, 0, 0]))


def test_sets_of_changes_come_in_blocks_however_many_options_an_issue_has() -> None:
    worth = tuple(np.zeros((2, size)) for size in (60, 50, 40))
    domain = Domain(("A", "B"), ("x", "y", "z"), tuple(
        tuple(f"o{n}" for n in range(part.shape[1])) for part in worth), worth)
    blocks = list(around(domain, np.zeros(3, np.int64)).sets(3))
    assert max(map(len, blocks)) < 2 * BLOCK
    rows = np.concatenate(blocks)
    assert len(rows) == 59 * 49 * 39
    assert rows[0].tolist() == [0, 59, 108] and rows[-1].tolist() == [58, 107, 146]
    assert (np.diff(rows @ [10 ** 6, 10 ** 3, 1]) > 0).all()
