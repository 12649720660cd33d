"""GeniusWeb JSON: additive spaces, sums of groups, reservation bids, and faults with their path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.exchange.small import WEB_DOMAIN, WEB_NORTH, WEB_SOUTH, folder, utilities
from zopa.core.errors import InputError
from zopa.exchange.read import read


def test_domain_and_profiles(tmp_path: Path) -> None:
    imported = read(folder(tmp_path, n_json=WEB_NORTH, d_json=WEB_DOMAIN, s_json=WEB_SOUTH))
    domain = imported.domain
    assert imported.kind == "GeniusWeb JSON" and domain.title == "well"
    assert domain.parties == ("north", "south")
    assert domain.options == (("shallow", "deep"), ("1", "1.5", "2"))
    north = [0.6 * d + 0.4 * u for d in (0.25, 1.0) for u in (0.2, 0.6, 1.0)]
    south = [0.0, 0.0, 0.3, 0.9, 0.0, 0.0]
    np.testing.assert_allclose(utilities(domain), [north, south], atol=1e-15)
    assert domain.reservation.tolist() == pytest.approx([0.6 * 0.25 + 0.4 * 0.6, -np.inf])
    assert domain.disagreement.tolist() == pytest.approx([0.39, 0.0])
    assert any("s.json states no reservation bid" in note for note in imported.notes)


def test_profiles_may_list_issues_and_values_in_another_order(tmp_path: Path) -> None:
    first = """{"name": "well", "issuesValues": {
      "days": {"values": ["2", "1", "1.5"]}, "depth": {"values": ["deep", "shallow"]}}}"""
    domain = read(folder(tmp_path, d_json=first, n_json=WEB_NORTH, s_json=WEB_SOUTH)).domain
    held = {(domain.options[0][a], domain.options[1][b]): utilities(domain)[:, n]
            for n, (a, b) in enumerate(np.ndindex(3, 2))}
    np.testing.assert_allclose(held["1", "deep"], [0.6 + 0.4 * 0.2, 0.9])
    np.testing.assert_allclose(held["2", "shallow"], [0.6 * 0.25 + 0.4, 0.3])


def test_a_profile_alone_holds_its_domain(tmp_path: Path) -> None:
    assert read(folder(tmp_path, n_json=WEB_NORTH)).domain.issues == ("depth", "days")


def test_class_names_and_a_reserved_value_are_read(tmp_path: Path) -> None:
    data = json.loads(WEB_NORTH)
    space = data["LinearAdditiveUtilitySpace"]
    space["issueUtilities"]["depth"] = {
        "DiscreteValueSetUtilities": space["issueUtilities"]["depth"]["discreteutils"]}
    space["reservationBid"], space["reserved_value"] = None, 0.125
    domain = read(folder(tmp_path, n_json=json.dumps(data))).domain
    assert domain.reservation.tolist() == [0.125]
    np.testing.assert_allclose(domain.worth[0][0], [0.15, 0.6])


def test_single_issues_of_groups_add_up(tmp_path: Path) -> None:
    data = json.loads(WEB_SOUTH)
    data["SumOfGroupsUtilitySpace"]["partUtilities"] = {
        "a": {"partsutils": {"issues": ["depth"],
                             "utilslist": [{"values": ["deep"], "util": 0.5}]}},
        "b": {"partsutils": {"issues": ["days"], "utilslist": [{"values": [1.5], "util": 0.25}]}}}
    domain = read(folder(tmp_path, s_json=json.dumps(data))).domain
    assert domain.additive
    np.testing.assert_allclose(utilities(domain)[0], [0.0, 0.25, 0.0, 0.5, 0.75, 0.5])


def changed(**changes: Any) -> str:
    """The northern profile with some of its keys changed."""
    data = json.loads(WEB_NORTH)
    data["LinearAdditiveUtilitySpace"].update(changes)
    return json.dumps(data)


DEPTH = {"discreteutils": {"valueUtilities": {"deep": 1, "shallow": 0.25}}}
DAYS = json.loads(WEB_NORTH)["LinearAdditiveUtilitySpace"]["issueUtilities"]["days"]
BAD = {
    "cut": (WEB_NORTH[:200], "not JSON"),
    "list": ("[1, 2]", "but no object"),
    "other": ('{"a": 1}', "neither a GeniusWeb domain nor a profile"),
    "ordering": ('{"DefaultPartialOrdering": {}}', "it is a DefaultPartialOrdering"),
    "nan": (WEB_NORTH.replace("0.25", "NaN"), "NaN, which is no number"),
    "twice": (WEB_NORTH.replace('"deep": 1,', '"deep": 1, "deep": 2,'), "'deep' is given twice"),
    "deep": ("{" + '"a":{' * 100_000, "nested too deep"),
    "weights": (changed(issueWeights={"days": 0.4, "depth": 0.7}), "the weights sum to 1.1"),
    "negative": (changed(issueWeights={"days": -0.4, "depth": 1.4}), "less than 0"),
    "no number": (changed(issueWeights={"days": "x", "depth": 1}), "'days' is no number"),
    "flag": (changed(issueWeights={"days": True, "depth": 0}), "'days' is no number"),
    "huge": (changed(issueWeights={"days": "1e999999", "depth": 0}), "out of range"),
    "no weight": (changed(issueWeights={"days": 1}), "the issue 'depth' of the domain is missing"),
    "unknown issue": (changed(issueWeights={"days": 1, "width": 0}),
                      "'width' is not in the domain"),
    "unknown value": (changed(issueUtilities={"days": DAYS, "depth": {"discreteutils": {
        "valueUtilities": {"deep": 1, "middle": 0}}}}), "'middle' is not in the domain"),
    "no value": (changed(issueUtilities={"days": DAYS, "depth": {"discreteutils": {
        "valueUtilities": {"deep": 1}}}}), "'shallow' has no utility"),
    "bid": (changed(reservationBid={"issuevalues": {"depth": "abyss"}}), "not an issue with"),
    "huge value": (WEB_DOMAIN.replace('"shallow"', "1e999999999"), "domain is not that of"),
    "range": (WEB_DOMAIN.replace('"step": 0.5', '"step": 0'), "is not one of"),
    "wide": (WEB_DOMAIN.replace('"step": 0.5', '"step": 1e-9'), "is not one of"),
    "domains": (WEB_DOMAIN.replace("shallow", "middle"), "its domain is not that of"),
}


@pytest.mark.parametrize("name", BAD)
def test_faults_are_one_line_with_the_place(tmp_path: Path, name: str) -> None:
    text, said = BAD[name]
    with pytest.raises(InputError) as caught:
        read(folder(tmp_path, a_json=text, b_json=WEB_SOUTH))
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_a_domain_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nobody's preferences"):
        read(folder(tmp_path, d_json=WEB_DOMAIN))
