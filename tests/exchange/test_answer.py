"""What `zopa zone` finds, and its JSON: complete, by name, the same bytes, equal to brute force."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.docs.pages import ROOT
from tests.exchange.test_elicited import FILE
from tests.spaces.small_domains import domains, every, panama
from zopa.core.errors import ArgumentError
from zopa.exchange import elicited
from zopa.exchange.answer import Answered, answer, named_options, sample
from zopa.exchange.answer_data import to_data
from zopa.exchange.imported import Imported
from zopa.report.serialise import to_json
from zopa.spaces.domain import Domain, Rule

THREE = ("North", "South", "Coast")


def table_of_three() -> Domain:
    """Three parties, six issues of two or three options, with reservation values; made up."""
    rng = np.random.default_rng(7)
    sizes = (3, 3, 3, 2, 3, 2)
    worth = tuple(rng.integers(0, 30, (3, size)).astype(float) for size in sizes)
    return Domain(THREE, tuple(f"issue {n}" for n in range(6)),
                  tuple(tuple(f"option {o}" for o in range(size)) for size in sizes), worth,
                  disagreement=np.array([20.0, 25.0, 20.0]),
                  reservation=np.array([70.0, 75.0, -np.inf]), title="A made-up table")


@cache
def answered(name: str) -> Answered:
    """Two answers that several tests look at."""
    if name == "panama":
        return answer(Imported(panama(), "table"), {"United States": 30, "Panama": 20})
    return answer(Imported(table_of_three(), "table", ("A note.",)))


def data(name: str) -> dict[str, Any]:
    return to_data(answered(name))


def test_panama() -> None:
    """The figures of Raiffa and of Brams and Taylor."""
    found = data("panama")
    points = {(p["name"], p["on"]): p["utility"] for p in found["points"]}
    both = {"Panama": 66.0, "United States": 66.0}
    for name in ("Nash", "egalitarian", "Kalai-Smorodinsky", "Adjusted Winner"):
        assert points[name, "mixtures"] == pytest.approx(both, abs=1e-9)
    assert points["utilitarian", "packages"] == {"Panama": 68.0, "United States": 64.0}
    assert found["by_issue"]["of"] == "Nash"
    assert found["by_issue"]["utility"] == points["Nash", "packages"]
    assert found["text"]["end_utility"] == {"Panama": 46.0, "United States": 81.0}
    assert found["text"]["left"]["efficient"] is True
    packages = every(panama())
    utility = panama().utilities(packages)
    inside = int(((utility[0] >= 30) & (utility[1] >= 20)).sum())
    assert found["zone"]["packages"] == inside and found["zone"]["allowed"] == 1024
    assert found["zone"]["exists"] is True and found["zone"]["concession"] is None


def test_the_data_are_plain_sorted_and_the_same_every_time() -> None:
    for name in ("panama", "three"):
        text = to_json(data(name))
        assert "NaN" not in text and "Infinity" not in text
        assert json.dumps(json.loads(text), sort_keys=True) == json.dumps(json.loads(text))
    again = answer(Imported(table_of_three(), "table", ("A note.",)))
    assert to_json(to_data(again)) == to_json(data("three"))


def test_every_key_is_there_and_what_is_not_defined_is_null() -> None:
    found = data("three")
    assert set(found) == {"by_issue", "disagreement", "domain", "frontier", "points", "provisions",
                          "reservation", "robust", "text", "zone"}
    assert found["reservation"]["Coast"] is None
    assert found["robust"] is None and found["provisions"] is None
    assert found["domain"]["notes"] == ["A note."] and found["domain"]["kind"] == "table"
    assert found["domain"]["issue_order"] == [f"issue {n}" for n in range(6)]
    assert found["domain"]["packages"] == 324 and found["frontier"]["upper"] is None
    assert found["frontier"]["size"] == len(found["frontier"]["points"])
    winner = next(p for p in found["points"] if p["name"] == "Adjusted Winner")
    assert winner["utility"] is None and winner["package"] is None and winner["status"]


def test_points_say_whether_they_are_in_the_zone_and_gains_add_up() -> None:
    found = data("three")
    least = {party: value for party, value in found["reservation"].items() if value is not None}
    for point in found["frontier"]["points"]:
        assert point["in_zone"] == all(point["utility"][p] >= v for p, v in least.items())
    shown = found["by_issue"]
    domain = table_of_three()
    for n, party in enumerate(THREE):
        got = sum(row["got"][party] for row in shown["rows"])
        lowest = sum(float(worth[n].min()) for worth in domain.worth)
        assert shown["utility"][party] == pytest.approx(got + lowest)
        assert shown["gain"][party] == shown["utility"][party] - found["disagreement"][party]
    assert [row["option"] for row in shown["rows"]] == [
        shown["package"][issue] for issue in domain.issues]


@settings(max_examples=12, deadline=None)
@given(domains())
def test_any_small_domain_is_answered_as_brute_force_does(domain: Domain) -> None:
    packages = every(domain)
    if not len(packages):
        with pytest.raises(ArgumentError):
            answer(Imported(domain, "table"))
        return
    utility = domain.utilities(packages)
    domain = replace(domain, reservation=np.quantile(utility, 0.4, axis=1))
    found = to_data(answer(Imported(domain, "table")))
    inside = (utility >= domain.reservation[:, None] - 1e-9).all(axis=0)
    assert found["zone"]["packages"] == inside.sum()
    assert found["zone"]["exists"] == bool(inside.any())
    assert (found["zone"]["concession"] is None) == bool(inside.any())
    for issue, option in found["zone"]["settled"].items():
        at = domain.issues.index(issue)
        held = {domain.options[at][o] for o in packages[inside, at]}
        assert held == {option}
    kept = {tuple(u) for u in utility.T if not np.any(
        (utility.T >= u).all(axis=1) & (utility.T > u).any(axis=1))}
    assert {tuple(p["utility"][party] for party in domain.parties)
            for p in found["frontier"]["points"]} == kept
    json.loads(to_json(found))


def test_values_asked_for_stand_in_the_place_of_those_read() -> None:
    imported = Imported(panama(), "table")
    found = to_data(answer(imported, {"Panama": 70}, {"United States": 10}))
    assert found["reservation"] == {"Panama": 70.0, "United States": None}
    assert found["disagreement"] == {"Panama": 0.0, "United States": 10.0}
    closed = to_data(answer(imported, {"Panama": 65, "United States": 70}))["zone"]
    assert closed["exists"] is False and closed["packages"] == 0
    assert closed["concession"]["fall"] == {"Panama": 4.0, "United States": 4.0}
    assert closed["concession"]["alone"]["Panama"]["fall"] == 7.0
    with pytest.raises(ArgumentError, match="Did you mean 'Panama'"):
        answer(imported, {"Panamá": 1})
    with pytest.raises(ArgumentError, match="There are: United States, Panama"):
        answer(imported, None, {"x": 1})


def test_options_to_start_from() -> None:
    domain = Domain(("A",), ("price, in euro", "price", "when"),
                    (("1,000", "2,000"), ("low", "low, later"), ("now", "never")),
                    tuple(np.zeros((1, 2)) for _ in range(3)))
    assert named_options(domain, ["price=low,when=now"]) == {1: 0, 2: 0}
    assert named_options(domain, ["price=low, later,when=never"]) == {1: 1, 2: 1}
    assert named_options(domain, ["price, in euro=2,000"]) == {0: 1}
    assert named_options(domain, ["when=now", "price=low"]) == {2: 0, 1: 0}
    for wrong, said in (("when", "issue=option"), ("wen=now", "Did you mean 'when'"),
                        ("when=nver", "Did you mean 'never'"), ("when=now,when=never", "twice")):
        with pytest.raises(ArgumentError, match=said):
            named_options(domain, [wrong])
    text = to_data(answer(Imported(domain, "table"), begin=["when=never"]))["text"]
    assert text["start"]["when"] == "never" and "options named" in text["chosen"]


def test_a_sample_says_that_it_is_one() -> None:
    packages, whole = sample(panama())
    assert whole and np.array_equal(packages, every(panama()))
    packages, whole = sample(panama(), 100)
    assert not whole and 50 < len(packages) <= 100
    assert np.array_equal(packages, sample(panama(), 100)[0])


def test_uncertain_preferences_say_what_is_robust() -> None:
    found = to_data(answer(elicited.parse(FILE, "river.yaml")))
    assert found["robust"]["draws"] > 100 and found["robust"]["ranked"]
    json.loads(to_json(found))


def test_envy_and_the_distance_from_the_frontier() -> None:
    """At Nash each of Panama's two parties has more than half of its 100 points."""
    found = data("panama")
    assert found["by_issue"]["envy"] == {"Panama": -36.0, "United States": -28.0}
    assert data("three")["by_issue"]["envy"] is None
    assert found["text"]["left"]["distance"] == 0.0
    start = [f"{issue}=Panama" for issue in panama().issues[:4]]
    left = to_data(answer(Imported(panama(), "table"), begin=start))["text"]["left"]
    assert left["efficient"] is (left["distance"] == 0.0 and left["better"] is None)


@settings(max_examples=12, deadline=None)
@given(domains())
def test_the_order_of_the_parties_changes_no_answer(domain: Domain) -> None:
    if not len(every(domain)):
        return
    domain = replace(domain, reservation=domain.disagreement + 1.0)
    turned = Domain(domain.parties[::-1], domain.issues, domain.options,
                    tuple(w[::-1].copy() for w in domain.worth),
                    tuple(Rule(r.issues, r.options, r.bonus[::-1]) for r in domain.rules),
                    domain.forbidden, domain.disagreement[::-1], domain.reservation[::-1])
    one, other = (to_data(answer(Imported(d, "table"))) for d in (domain, turned))
    for found in (one, other):
        for step in found["text"]["steps"] + found["text"]["left"]["nearly"]:
            del step["reason"]
            step.pop("short", None)
    assert [s["changes"] for s in one["text"]["steps"]] == [
        s["changes"] for s in other["text"]["steps"]]
    assert one["text"]["end_utility"] == pytest.approx(other["text"]["end_utility"], abs=1e-9)
    for key in ("exists", "packages", "settled", "live"):
        assert one["zone"][key] == other["zone"][key]
    same = {(p["name"], p["on"]): p["utility"] for p in other["points"] if p["on"] == "packages"}
    for point in one["points"]:
        if point["on"] == "packages":
            wanted = same[point["name"], "packages"]
            assert (point["utility"] is None) == (wanted is None)
            assert wanted is None or point["utility"] == pytest.approx(wanted, abs=1e-6)
    assert one["by_issue"]["package"] == other["by_issue"]["package"]


def keys(part: Any) -> set[str]:
    """Every key of nested data."""
    if isinstance(part, dict):
        return set(part).union(*map(keys, part.values()))
    return set().union(*map(keys, part)) if isinstance(part, list) else set()


def test_every_key_stands_in_the_reference() -> None:
    closed = to_data(answer(Imported(panama(), "table"), {"Panama": 65, "United States": 70}))
    found = keys(closed) | keys(data("panama")) | keys(data("three"))
    domains_ = (panama(), table_of_three())
    names = {name for d in domains_ for name in (*d.parties, *d.issues)}
    names |= {key for key in data("panama")["zone"]["nearest"]}
    names |= {key for key in data("three")["zone"]["nearest"]}
    text = (ROOT / "docs" / "reference" / "zone.md").read_text(encoding="utf-8")
    assert sorted(key for key in found - names if f"`{key}`" not in text) == []


@pytest.mark.parametrize(("reserve", "without"), [
    ({"Panama": np.inf}, {}), ({"Panama": np.nan}, {}), ({}, {"Panama": -np.inf})])
def test_a_value_that_is_not_finite_is_refused_by_name(
        reserve: dict[str, float], without: dict[str, float]) -> None:
    with pytest.raises(ArgumentError, match="^the value of 'Panama' must be a finite number"):
        answer(Imported(panama(), "table"), reserve, without)


def test_utilities_too_large_to_compute_with_are_refused_by_name() -> None:
    worth = (np.array([[1e308, -1e308], [1.0, 0.0]]),)
    with pytest.raises(ArgumentError, match=r"^Utilities of A are above 1e\+100 in size"):
        Domain(("A", "B"), ("x",), (("a", "b"),), worth)
