"""What the page reads from a run: statements, cards, inputs, terms, citation."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from tests.report import sample_answers
from zopa.report import citation
from zopa.report.cards import cards
from zopa.report.first_page import not_modelled, rests_on, statements
from zopa.report.inputs import described, rows
from zopa.report.statement import Statement, worded
from zopa.report.terminal import show
from zopa.report.terms import issues
from zopa.report.view import View


def test_a_statement_for_every_answer_there_is() -> None:
    assert [s.section for s in statements(sample_answers.view())] == [
        "zone", "deal", "predicted", "outlook", "obstacles", "waiting", "levers", "hindsight",
        "verdicts", "hinges"]
    assert [s.section for s in statements(sample_answers.view(False))] == [
        "zone", "predicted", "hinges"]


def test_confidence_is_that_of_the_weakest_ground() -> None:
    found = {s.section: s.measure for s in statements(sample_answers.view())}
    assert found["deal"].endswith("low confidence")
    assert found["outlook"].endswith("high confidence")


def test_without_knowing_what_they_rest_on_no_confidence_is_claimed() -> None:
    view = sample_answers.view()
    alone = replace(view, answers={k: v for k, v in view.answers.items() if k != "rests_on"})
    found = {s.section: s.measure for s in statements(alone)}
    assert "confidence" not in found["deal"] + found["outlook"] + found["waiting"]


def test_an_answer_that_never_varies_rests_on_all_numbers() -> None:
    view = sample_answers.view()
    told = {**view.answers["rests_on"], "answers": []}
    alone = replace(view, answers={**view.answers, "rests_on": told})
    found = {s.section: s.measure for s in statements(alone)}
    # most numbers of the template are judgement or have no source
    assert found["deal"].endswith("low confidence")
    assert found["outlook"].endswith("low confidence")


def told(view: View, changes: dict[str, Any]) -> dict[str, Statement]:
    """The statements by section, with some answers changed."""
    zone = {**view.answers["zone"], **changes}
    return {s.section: s for s in statements(replace(view, answers={**view.answers, "zone": zone}))}


def test_a_term_that_another_beats_says_so() -> None:
    view = sample_answers.view()
    predicted = view.answers["zone"]["predicted"]
    package = {"border": "freeze", "harbour": "shared"}
    found = told(view, {"predicted": {**predicted, "package": package, "options": {
        "border": {"old-line": 0.44, "freeze": 0.25}, "harbour": {"northern": 0.1, "shared": 0.9},
    }}})["predicted"]
    assert found.items == (
        ("Where the border runs", "The line of contact (25\u202f%); by itself more often: The line "
         "of before the war (44\u202f%)"),
        ("Who runs the harbour", "A joint authority runs it (90\u202f%)"))


def test_no_terms_to_name() -> None:
    view = sample_answers.view()
    nothing = {"predicted": {"package": None}, "points": {"nash": {"package": None}}}
    assert told(view, nothing)["predicted"].answer == (
        "No agreement is predicted often enough to name its terms.")
    package = {"border": "freeze", "harbour": "shared"}
    shown = told(view, {**nothing, "points": {"nash": {"package": package}}})["predicted"]
    assert shown.answer.startswith("No agreement is predicted often enough")
    assert shown.answer.endswith("It is a yardstick, not a prediction.") and len(shown.items) == 2
    peace = told(sample_answers.view(False), nothing)["predicted"]
    assert peace.answer == (
        "There are none to name: no package is better for every side than no agreement.")


def test_one_period_is_said_once() -> None:
    found = told(sample_answers.view(), {"deal_by_month": [0.0, 0.16]})["deal"]
    assert found.answer.count("within") == 1 and found.measure.startswith("within 1 month, ")


def test_an_empty_zone_counts_no_packages() -> None:
    found = told(sample_answers.view(), {"probability": 0.0, "packages": 0.0})["zone"]
    assert "packages" not in found.answer
    assert "never agreeing, and can ratify, exist" in found.answer


def test_claims_are_counted_in_words() -> None:
    view = sample_answers.view()
    verdicts = view.answers["verdicts"]

    def said(names: list[str]) -> str:
        answers = {**view.answers, "verdicts": {name: verdicts[name] for name in names}}
        return next(s for s in statements(replace(view, answers=answers))
                    if s.section == "verdicts").answer

    assert said(["deadlock"]) == (
        "The one claim could be tested. In the model it holds with probability 93\u202f%.")
    assert said(["deadlock", "south-stuck"]).startswith("All 2 claims could be tested. In the model"
                                                        " 1 of those hold with probability 66")
    assert "2 of the 3 claims could be tested; the rest are" in said(list(verdicts))
    assert said(["wrong"]) == "The one claim has no test that the model can evaluate."


def test_a_word_needs_draws_that_leave_no_doubt() -> None:
    view = sample_answers.view()
    assert worded(view, 0.93) == "very likely"
    assert worded(view, 0.91) is None
    few = replace(view, answers={**view.answers, "status": {"effective_draws": 16}})
    assert worded(few, 0.93) is None


def test_what_is_assumed_is_said() -> None:
    view = sample_answers.view()
    told = {**view.answers["scenario"], "assumed": {"deadlock": False}}
    text = rests_on(replace(view, answers={**view.answers, "scenario": told}))
    assert text[-1] == ("The claim “The war cannot be won, so it must be settled” was assumed to "
                        "be false.")


def test_many_omissions_are_counted_not_dropped() -> None:
    view = sample_answers.view()
    long = view.scenario.model_copy(update={"not_modelled": tuple("abcdefgh")})
    listed, more = not_modelled(replace(view, scenario=long))
    assert listed[:3] == ["a.", "b.", "c."] and len(listed) == 4 and more == 5


def test_cards_keep_the_order_and_say_why_there_is_no_probability() -> None:
    found = {card.key: card for card in cards(sample_answers.view())}
    assert list(found) == ["deadlock", "south-stuck", "wrong"]
    assert found["wrong"].test is None and found["wrong"].reason.startswith("A normative claim")
    stuck = found["south-stuck"].test
    assert stuck is not None and stuck.hinge is not None
    assert stuck.hinge.target == "input-war.hazards.north.base"
    assert "no value in its range" in stuck.turns


def test_inputs_are_described_with_names() -> None:
    view = sample_answers.view()
    assert described(view, "issues.border.options.freeze.values.north") == (
        "Value of an option to a party: Where the border runs, The line of contact, North")
    found = {row.path: row for row in rows(view)}
    assert found["war.costs.north.base"].value == "lognormal, median 0.004, sigma 0.4"
    assert found["issues.border.weights.north"].cite == "survey"
    assert found["war.enforcement"].kind == "without a source"


def test_no_two_numbers_of_the_war_are_described_alike() -> None:
    view = sample_answers.view()
    found = [row.what for row in rows(view)]
    assert sorted(set(found)) == sorted(found)
    assert described(view, "war.momentum.transitions.static.north-advances") == (
        "Transition probability of momentum: from “The line is static” to “North advances”")
    assert described(view, "war.hazards.south.support.west.low") == (
        "Factor of a level of support: South, West, “Money only”, hazard of collapse")
    assert described(view, "war.position.moves.static.-1").endswith("line is static, by −1 cell")
    assert described(view, "war.beliefs.prior.analyst") == "Belief in the first theory: the analyst"
    assert described(view, "war.terminal.north.defeat").endswith("North, defeat")


def test_issues_are_settled_or_live() -> None:
    found = issues(sample_answers.view())
    assert [row.state for row in found] == ["settled: The line of contact", "live"]
    assert [option.predicted for option in found[0].options] == [False, True]
    assert [value.text for value in found[0].options[1].values] == ["0.60", "0.40"]
    assert [option.chance[:2] for option in found[0].options] == ["20", "80"]


def test_a_package_that_is_seldom_the_nearest_is_not_passed_off_as_the_prediction() -> None:
    view = sample_answers.view()
    zone = view.answers["zone"]
    rare = {**zone, "predicted": {**zone["predicted"], "frequency": 0.03}}
    clear, vague = (next(s for s in statements(which) if s.section == "predicted") for which in (
        view, replace(view, answers={**view.answers, "zone": rare})))
    assert "No one package" not in clear.answer and "No one package" in vague.answer
    assert clear.items[0][1].replace("\u202f", " ") == "The line of contact (80 %)"


@pytest.mark.parametrize(("question", "parts"), [
    ("outlook", ("Still fighting", "North has won", "86 %")),
    ("zone", ("Predicted agreement", "Nash", "No agreement", "* The line of contact")),
    ("waiting", ("in 12 months", "Value today", "Collapse in the wait")),
    ("verdicts", ("very likely: 93 %", "South cannot win.", "The other side", "35 %"))])
def test_every_answer_can_be_shown_on_a_terminal(question: str, parts: tuple[str, ...]) -> None:
    console = Console(width=140, record=True, file=io.StringIO())
    show(sample_answers.view(), question, console)
    text = console.export_text().replace("\u202f", " ")
    for part in ("North and South", "In this model, under these inputs.", *parts):
        assert part in text


def test_a_terminal_shows_markup_as_text() -> None:
    view = sample_answers.view()
    marked = view.scenario.model_copy(update={"title": "[bold red]x[/] :smile:"})
    console = Console(width=140, record=True, file=io.StringIO())
    show(replace(view, scenario=marked), "verdicts", console)
    assert "[bold red]x[/] :smile:" in console.export_text()


def test_a_citation_names_what_makes_the_run_again() -> None:
    view = sample_answers.view()
    for text in (citation.as_text(view), citation.as_bibtex(view)):
        for part in (view.manifest["scenario"]["sha256"], "1024 draws", "seed 7", "zopa",
                     "2024-01-01"):
            assert part in text
    assert citation.as_bibtex(view).startswith("@misc{zopa-scenario-")


def test_a_war_says_what_its_record_did() -> None:
    view = sample_answers.view()
    assert "2,048 were solved, worth 310 equally weighted ones now." in " ".join(rests_on(view))
    for history, said in [
            ({"weighs": False, "states": 0}, "has no record of earlier periods"),
            ({"weighs": False, "states": 3}, "The record (3 states) weighs no draws")]:
        other = replace(view, answers={**view.answers, "history": history})
        assert said in " ".join(rests_on(other))
    assert "record" not in " ".join(rests_on(sample_answers.view(False)))
