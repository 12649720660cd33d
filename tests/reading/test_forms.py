"""Sentences and the tests that they suggest."""

from __future__ import annotations

import pytest

from zopa.claims.table import TESTS
from zopa.reading.against import actors_of
from zopa.reading.forms import FORMS, Call, calls, looks_testable
from zopa.reading.matter import marked
from zopa.scenario.load import load
from zopa.scenario.schema import Scenario

CASES = [
    ("the longer Kiev holds out, the weaker its hand", "waiting_worsens_terms", {"party": "kyiv"}),
    ("time is working against Russia", "waiting_worsens_terms", {"party": "moscow"}),
    ("Ukraine will never be able to win", "victory_unlikely", {"party": "kyiv"}),
    ("there is little hope of victory for Moscow", "victory_unlikely", {"party": "moscow"}),
    ("diplomacy is the sole way out", "only_settlement", {}),
    ("there is no military solution", "only_settlement", {}),
    ("neither side can prevail", "only_settlement", {}),
    ("Ukrainian troops have the upper hand", "advantage", {"party": "kyiv"}),
    ("Moscow has rising bargaining power", "leverage_rising", {"party": "moscow"}),
    ("the position of Kyiv worsens with every month", "waiting_worsens_terms",
     {"party": "kyiv"}),
    ("Kyiv is in a weaker position with every month", "waiting_worsens_terms", {"party": "kyiv"}),
    ("Russian units are gaining ground", "advancing", {"party": "moscow"}),
    ("American aid has declined", "support_declined", {"patron": "washington"}),
    ("Washington is considering halting all deliveries", "patron_withdraws",
     {"patron": "washington"}),
    ("Moscow is considering halting all deliveries", None, {}),
    ("more sanctions on Russian energy exports would make no difference", "lever_futile",
     {"lever": "more-sanctions"}),
    ("it was a mistake of Ukraine that Kyiv rejected the draft of 2022",
     "forgone_offer_was_better", {"party": "kyiv", "offer": "istanbul-2022"}),
    ("Kyiv would have to cede land", "zone_includes", {"issue": "territory"}),
    ("Moscow should take what terms it can get", "prefers_deal", {"party": "moscow"}),
    ("the minister visited a hospital in Kyiv", None, {}),
]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("ukraine-2025")


def suggested(text: str, scenario: Scenario) -> tuple[Call, ...]:
    keys = {party.name: key for key, party in scenario.parties.items()}
    return calls(marked(text, actors_of(scenario), keys), scenario)


@pytest.mark.parametrize(("text", "test", "args"), CASES)
def test_a_sentence_suggests_its_test(
    text: str, test: str | None, args: dict[str, str], scenario: Scenario
) -> None:
    found = {call.test: call for call in suggested(text, scenario)}
    if test is None:
        assert found == {}
    else:
        assert args.items() <= found[test].args.items()
        assert "its words say" in found[test].why


def test_what_the_words_leave_open_is_listed(scenario: Scenario) -> None:
    (call,) = suggested("any deal would include concessions of territory", scenario)
    assert call.args == {"issue": "territory"}
    assert call.open["options"] == tuple(scenario.issues["territory"].options)


def test_forms_name_tests_of_the_table() -> None:
    assert {form.test for form in FORMS} <= set(TESTS)


def test_words_that_weigh_up_look_testable() -> None:
    assert looks_testable("sanctions will bring {moscow} to the table")
    assert not looks_testable("the minister visited a hospital")
