"""The scenario `ukraine-2025`: its promises, and every sentence of the report it starts from.

How the report's sentences are numbered: in reading order, over all paragraphs.  A sentence ends at
a full stop, a question mark or an exclamation mark, with the closing quotation mark behind it if
there is one, before white space and a capital letter or an opening quotation mark; abbreviations
with inner stops ("U.S.") end nothing.  So a quotation of several sentences counts once for each,
and the words that introduce or follow it go with the sentence that they touch.
"""

from __future__ import annotations

import re
from collections import Counter
from math import exp, prod
from pathlib import Path

import pytest

from zopa.scenario.inputs import inputs
from zopa.scenario.load import load_checked
from zopa.scenario.moves import change_of_position
from zopa.scenario.number import Calibrated, Cite, Judgement, Number, central
from zopa.scenario.posteriors import posteriors
from zopa.scenario.schema import Claim, Scenario

REPORT = Path(__file__).parents[3] / "shared" / "reports" / "us-policy-shift-2025.txt"
REPORT_SOURCE = "policy-shift-report"
NO_CLAIM: frozenset[int] = frozenset()
"""Sentences of the report that claim nothing: none does."""

# What each sentence says (a word of it), and the claims it carries.
SENTENCES: dict[int, tuple[str, set[str]]] = {
    1: ("notable policy shift", {"settlement-only-viable", "policy-shift", "american-fatigue",
                                 "failed-proxy-war"}),
    2: ("press briefing", {"settlement-only-viable", "talks-urged-and-hosted"}),
    3: ("every quote", {"results-not-slogans"}),
    4: ("slogans", {"results-not-slogans"}),
    5: ("only serious option", {"settlement-only-serious", "president-deeply-involved"}),
    6: ("hard realities", {"policy-shift", "shift-reflects-battlefield"}),
    7: ("advancing steadily", {"steady-advance", "delay-worsens-kyiv"}),
    8: ("must be acknowledged", {"acknowledge-realities", "president-team-agrees"}),
    9: ("public declarations", {"support-declared", "results-not-slogans"}),
    10: ("strategic leverage", {"moscow-leverage-grows", "no-word-on-sanctions"}),
    11: ("blank checks", {"blank-checks-over"}),
    12: ("territorial concessions", {"private-preparation", "territorial-concessions"}),
    13: ("war profiteering", {"president-doubts-nato", "escalation-futile",
                              "escalation-dangerous"}),
    14: ("at stake", {"only-president-knows"}),
    15: ("cannot win", {"kyiv-cannot-win", "kyiv-best-by-diplomacy"}),
    16: ("strategic blunder", {"moscow-has-advantage", "offer-forgone-2022"}),
    17: ("cut its losses", {"policy-shift", "washington-cuts-losses",
                            "kyiv-left-with-consequences", "never-equipped-to-win"}),
}

# The thirty, in order: kind, name of the first test, arguments.
THIRTY: tuple[tuple[str, str, str | None, dict[str, str]], ...] = (
    ("settlement-only-viable", "testable", "only_settlement", {}),
    ("settlement-only-serious", "testable", "only_settlement", {}),
    ("policy-shift", "event", None, {}),
    ("american-fatigue", "testable", "support_declined", {"patron": "washington"}),
    ("failed-proxy-war", "evaluative", None, {}),
    ("talks-urged-and-hosted", "event", None, {}),
    ("results-not-slogans", "normative", None, {}),
    ("president-deeply-involved", "event", None, {}),
    ("shift-reflects-battlefield", "testable", "support_reflects_position",
     {"patron": "washington"}),
    ("steady-advance", "testable", "advanced", {"party": "moscow"}),
    ("delay-worsens-kyiv", "testable", "waiting_worsens_terms", {"party": "kyiv"}),
    ("acknowledge-realities", "normative", None, {}),
    ("president-team-agrees", "event", None, {}),
    ("support-declared", "event", None, {}),
    ("moscow-leverage-grows", "testable", "leverage_rising", {"party": "moscow"}),
    ("no-word-on-sanctions", "event", None, {}),
    ("blank-checks-over", "testable", "support_declined", {"patron": "washington"}),
    ("private-preparation", "event", None, {}),
    ("territorial-concessions", "testable", "zone_includes", {"issue": "territory"}),
    ("president-doubts-nato", "evaluative", None, {}),
    ("escalation-futile", "testable", "lever_futile", {"lever": "more-aid", "party": "kyiv"}),
    ("escalation-dangerous", "testable", None, {}),
    ("only-president-knows", "event", None, {}),
    ("kyiv-cannot-win", "testable", "victory_unlikely", {"party": "kyiv"}),
    ("kyiv-best-by-diplomacy", "testable", "prefers_deal", {"party": "kyiv"}),
    ("moscow-has-advantage", "testable", "advantage", {"party": "moscow"}),
    ("offer-forgone-2022", "testable", "forgone_offer_was_better",
     {"party": "kyiv", "offer": "istanbul-2022"}),
    ("washington-cuts-losses", "testable", "patron_withdraws", {"patron": "washington"}),
    ("kyiv-left-with-consequences", "testable", "worse_off_if",
     {"party": "kyiv", "lever": "less-aid"}),
    ("never-equipped-to-win", "testable", "victory_unlikely", {"party": "kyiv"}),
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_checked("ukraine-2025", strict=True).scenario


@pytest.fixture(scope="module")
def report() -> str:
    if not REPORT.exists():
        pytest.skip("the report us-policy-shift-2025.txt is not here (shared/reports)")
    return REPORT.read_text(encoding="utf-8")


def sentences(text: str) -> list[str]:
    """The sentences of a text, by the rule above."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        start = 0
        for end in re.finditer(r"[.!?][”\"]?(?=\s+[A-Z“\"])", paragraph):
            if re.search(r"\b(?:[A-Z]\.)+$", paragraph[start:end.end()]):
                continue
            found.append(paragraph[start:end.end()].strip())
            start = end.end()
        if paragraph[start:].strip():
            found.append(paragraph[start:].strip())
    return found


def of_report(scenario: Scenario) -> dict[str, Claim]:
    return {name: claim for name, claim in scenario.claims.items()
            if isinstance(claim.source, Cite) and claim.source.cite == REPORT_SOURCE}


def test_sentences_are_split_by_the_rule() -> None:
    text = "The U.S. asks. “It is so. It is done,” X said.\nY says “no.” Z?"
    assert sentences(text) == [
        "The U.S. asks.", "“It is so.", "It is done,” X said.", "Y says “no.”", "Z?"]


def test_report_has_the_sentences_the_claims_count(report: str) -> None:
    split = sentences(report)
    assert len(split) == len(SENTENCES)
    for number, (word, _) in SENTENCES.items():
        assert word in split[number - 1]


def test_every_sentence_maps_to_a_claim_or_to_none(scenario: Scenario, report: str) -> None:
    mapped = {number for claim in of_report(scenario).values() for number in claim.sentences}
    assert mapped | NO_CLAIM == set(range(1, len(sentences(report)) + 1))
    assert not mapped & NO_CLAIM


def test_each_sentence_carries_its_claims(scenario: Scenario) -> None:
    for number, (_, names) in SENTENCES.items():
        carried = {name for name, claim in scenario.claims.items() if number in claim.sentences}
        assert carried == names


def test_no_sentence_of_the_report_is_copied(scenario: Scenario, report: str) -> None:
    texts = [claim.says for claim in scenario.claims.values()]
    assert not [s for s in sentences(report) if any(s in text for text in texts)]


def test_thirty_claims_in_order_with_their_tests(scenario: Scenario) -> None:
    claims = of_report(scenario)
    assert tuple(scenario.claims)[:30] == tuple(claims) == tuple(name for name, *_ in THIRTY)
    for name, kind, test, args in THIRTY:
        claim = claims[name]
        assert claim.kind == kind
        assert claim.sentences
        if test is None:
            assert not claim.tests
            assert claim.not_modelled
        else:
            assert claim.tests[0].test == test
            assert args.items() <= claim.tests[0].args.items()


def test_the_report_is_as_reported(scenario: Scenario) -> None:
    for claim in of_report(scenario).values():
        assert isinstance(claim.source, Cite)
        assert claim.source.where is not None and "not checked" in claim.source.where
        assert claim.chain[0].standing == "the report's own voice"
        assert claim.date is None


def test_other_sides_have_their_say(scenario: Scenario) -> None:
    others = {n: c for n, c in scenario.claims.items() if n not in of_report(scenario)}
    offices = Counter(
        side for claim in others.values() for side, word in (
            ("moscow", "President of Russia"), ("kyiv", "President of Ukraine"))
        if any(word in (link.office or "") for link in claim.chain))
    assert len(others) >= 6
    assert offices["moscow"] >= 2 and offices["kyiv"] >= 2
    assert sum(any(country in (link.office or "") for country in ("United Kingdom", "Finland",
                                                                  "Poland", "EUCO"))
               for claim in others.values() for link in claim.chain) >= 3
    for claim in others.values():
        assert isinstance(claim.source, Cite)
        source = scenario.sources[claim.source.cite]
        assert source.url and source.known_since and source.known_since <= scenario.date
        assert claim.date is not None and claim.date <= scenario.date
        assert claim.tests or claim.not_modelled


def test_parties_and_their_parts(scenario: Scenario) -> None:
    assert scenario.belligerents == ("moscow", "kyiv")
    assert set(scenario.parties["washington"].roles) == {"patron", "mediator"}
    assert set(scenario.parties["europe"].roles) == {"patron", "ally"}
    assert scenario.parties["ankara"].roles == ("host",)
    assert scenario.war is not None
    assert set(scenario.war.support) == {"washington", "europe"}
    assert scenario.war.talks.host == "ankara"


def test_issues_and_packages(scenario: Scenario) -> None:
    assert len(scenario.issues) >= 6
    assert prod(len(issue.options) for issue in scenario.issues.values()) >= 2_000
    linked = {name for rule in scenario.constraints for name in rule.forbid}
    assert len(linked) <= 3
    assert prod(len(scenario.issues[name].options) for name in linked) <= 100
    for party in scenario.belligerents:
        weights = [central(issue.weights[party]) for issue in scenario.issues.values()]
        assert sum(weights) == pytest.approx(1.0, abs=1e-12)
    assert scenario.issues["territory"].options["freeze"].on_position


def test_every_number_has_a_unit_and_a_reason_of_its_own(scenario: Scenario) -> None:
    defaults = (".position", ".cost")
    numbers = {path: n for path, n in inputs(scenario).items() if not path.endswith(defaults)
               or n.source is not None}
    assert all(n.unit and n.source is not None for n in numbers.values())
    reasons = Counter(n.source.judgement for n in numbers.values()
                      if isinstance(n.source, Judgement))
    reasons += Counter(n.source.calibrated for n in numbers.values()
                       if isinstance(n.source, Calibrated) and n.posterior is None)
    assert max(reasons.values()) <= 3


def test_nearly_every_judged_number_is_uncertain(scenario: Scenario) -> None:
    known = [path for path, n in inputs(scenario).items()
             if isinstance(n.source, Judgement) and not n.uncertain]
    assert set(known) <= {
        "issues.territory.options.return-1991.values.moscow",
        "issues.territory.options.return-1991.values.kyiv",
        "issues.territory.options.four-regions.values.moscow",
        "issues.territory.options.four-regions.values.kyiv",
        "issues.recognition.options.none.values.moscow",
        "issues.recognition.options.none.values.kyiv",
        "war.support.washington.levels.withdrawn.volume"}


def test_what_nothing_distinguishes_is_the_same_for_both_sides(scenario: Scenario) -> None:
    war = scenario.war
    assert war is not None and war.beliefs is not None
    one, two = scenario.parties["moscow"].discount, scenario.parties["kyiv"].discount
    assert one == two
    assert war.terminal["moscow"] == war.terminal["kyiv"]
    first, second = war.beliefs.theories.values()
    assert central(first.momentum_tilt) == central(second.momentum_tilt)
    for patron in war.support:
        assert central(first.support_tilt[patron]) == -central(second.support_tilt[patron])
    assert central(first.hazard_factor["kyiv"]) == central(second.hazard_factor["moscow"])
    assert central(first.hazard_factor["moscow"]) == central(second.hazard_factor["kyiv"])
    prior = war.beliefs.prior
    assert central(prior["moscow"]) == pytest.approx(1 - central(prior["kyiv"]))
    assert central(prior["analyst"]) == pytest.approx(0.5)


def test_both_publics_stand_under_one_rule(scenario: Scenario) -> None:
    """What they accept is 0.20 + 0.5 x share; ground and its title weigh half again as much."""
    war = scenario.war
    assert war is not None and not war.floors  # the same polls are not counted twice
    for side, share in (("moscow", 0.37), ("kyiv", 0.50)):
        assert list(scenario.parties[side].groups) == ["public"]
        public = scenario.parties[side].groups["public"]
        assert public.veto and not public.values and public.accepts is not None
        assert central(public.accepts) == pytest.approx(0.20 + 0.5 * share)
        low, high = (public.accepts.distribution.support() if isinstance(public.accepts, Number)
                     else (0.0, 0.0))
        assert high - low == pytest.approx(0.30)
        own = {name: central(issue.weights[side]) for name, issue in scenario.issues.items()}
        ground = {"territory", "recognition"}
        rest = (1 - 1.5 * sum(own[name] for name in ground)) / (1 - sum(own[n] for n in ground))
        for name, weight in public.weights.items():
            factor = 1.5 if name in ground else rest
            assert central(weight) == pytest.approx(factor * own[name], abs=0.0075)
        path = f"parties.{side}.groups.public.accepts"
        assert [change.path for change in
                scenario.levers[f"{side}-prepared-for-compromise"].changes] == [path]


def test_no_opinion_on_an_option_is_put_into_washingtons_groups(scenario: Scenario) -> None:
    groups = scenario.parties["washington"].groups
    assert [(name, group.veto) for name, group in groups.items()] == [
        ("president", True), ("state-department", False)]
    assert not any(group.values for group in groups.values())
    ranges = {group.accepts.distribution.support() for group in groups.values()
              if isinstance(group.accepts, Number)}
    assert ranges == {(0.05, 0.35)}


def test_battlefield_and_endings_are_fitted_to_what_was_known(scenario: Scenario) -> None:
    fitted = {path: n.posterior for path, n in inputs(scenario).items() if n.posterior}
    assert Counter(fitted.values()) == {"battlefield": 8, "endings": 3}
    found = posteriors(scenario)
    assert all(one.source.last <= scenario.date for one in found.values())
    assert found["endings"].source.cases == 7
    assert set(fitted) == {path for one in found.values() for path in one.columns}
    # the 17 changes of 2024-01 to 2025-05 had a mean of 322 km2
    assert change_of_position(scenario, 1).mean == pytest.approx(322, rel=0.25)


def test_base_hazards_at_the_present_position_are_the_same_for_both_sides(
    scenario: Scenario
) -> None:
    war = scenario.war
    assert war is not None
    half = (war.position.cells - 1) / 2
    place = (war.position.present_cell - half) / half
    moscow, kyiv = (central(war.hazards[side].base) * exp(central(war.hazards[side].position)
                                                          * place) for side in ("moscow", "kyiv"))
    assert moscow == pytest.approx(kyiv, rel=0.01)


def test_levers_and_offer(scenario: Scenario) -> None:
    assert {"more-aid", "less-aid", "more-sanctions", "sanctions-relief-on-offer", "hosted-talks",
            "guarantees", "kyiv-prepared-for-compromise"} <= set(scenario.levers)
    offer = scenario.offers["istanbul-2022"]
    assert set(offer.package) == set(scenario.issues)
    assert offer.date.year == 2022


def test_history_covers_the_last_thirteen_months(scenario: Scenario) -> None:
    months = {(s.date.year, s.date.month) for s in scenario.history if s.position is not None}
    wanted = {(2024, m) for m in range(5, 13)} | {(2025, m) for m in range(1, 6)}
    assert wanted <= months
    assert all(s.calibrates for s in scenario.history if s.position is not None)
