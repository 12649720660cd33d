"""The report: one file that loads nothing, says everything, and runs nothing of a scenario's."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.report import sample_answers
from tests.report.html_checks import Page
from zopa.report.charts import figures
from zopa.report.page import render
from zopa.report.serialise import plain
from zopa.report.view import View
from zopa.scenario.schema import Scenario

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}\u2028]]>"


@cache
def page(war: bool = True) -> Page:
    return Page(render(sample_answers.view(war)))


def test_nothing_is_loaded_from_anywhere() -> None:
    assert page().loads() == []
    policy = next(given["content"] for tag, given in page().elements
                  if tag == "meta" and "Policy" in given.get("http-equiv", ""))
    assert "default-src 'none'" in policy and "http" not in policy
    assert not re.search(r"@import|url\(", page().source.split("</style>")[0])


def test_every_script_that_runs_is_named_in_the_policy_and_there_once() -> None:
    policy = next(given["content"] for tag, given in page().elements
                  if tag == "meta" and "Policy" in given.get("http-equiv", ""))
    running = [text for given, text in page().scripts if given.get("type") != "application/json"]
    assert len(running) == 2
    for text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert [len(text) > 500_000 for text in running] == [True, False]


@pytest.mark.parametrize("war", [True, False])
def test_every_figure_has_a_place_its_data_and_a_caption(war: bool) -> None:
    shown = page(war)
    data = json.loads(next(text for given, text in shown.scripts
                           if given.get("id") == "chart-data"))
    wanted = figures(sample_answers.view(war))
    assert set(data["specs"]) == set(wanted)
    for name, figure in wanted.items():
        assert f"chart-{name}" in shown.ids()
        assert figure.caption in shown.text and figure.title in shown.text
        label = next(given["aria-label"] for _, given in shown.elements
                     if given.get("id") == f"chart-{name}")
        assert figure.caption in label
        assert data["specs"][name]["description"].startswith(figure.title)


@pytest.mark.parametrize("war", [True, False])
def test_headings_are_in_order_and_ids_are_unique(war: bool) -> None:
    levels = page(war).headings()
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(page(war).ids()) == len(set(page(war).ids()))
    assert page(war).unclosed == []
    tags = [tag for tag, _ in page(war).elements]
    assert {tag: tags.count(tag) for tag in ("main", "nav", "footer")} == {
        "main": 1, "nav": 1, "footer": 1}


@pytest.mark.parametrize("war", [True, False])
def test_every_link_inside_the_page_leads_somewhere(war: bool) -> None:
    inside = {link[1:] for link in page(war).links() if link.startswith("#")}
    assert inside - set(page(war).ids()) == set()
    assert inside >= {"zone", "inputs", "method", "sources"}


def test_every_number_of_the_scenario_is_there_with_its_source() -> None:
    from zopa.scenario.inputs import inputs

    for path in inputs(sample_answers.scenario()):
        assert path in page().text
    assert "Two rounds were held in two years." in page().text
    assert "#source-survey" in page().links()


def test_the_first_page_answers_in_words() -> None:
    text = " ".join(page().text.split()).replace("\u202f", " ")
    assert "Very likely: 93 % (91–94 %), low confidence." in text
    assert "62 % of the variance of the answers rests on judgement" in text
    assert "The people of the province, who are not at the table." in text
    assert "What is not modelled" in text and "What was asked" in text


def test_a_verdict_is_a_card() -> None:
    text = " ".join(page().text.split()).replace("\u202f", " ")
    for part in ("A newspaper the report's own voice", "A spokesperson of West on the record",
                 "in this model, under these inputs", "North is unlikely to win the war: 35 %.",
                 "Hazard of collapse in a period: North", "would have to cross 0.006 probability "
                 "per month", "Solved again there, its probability is 49 %.",
                 "In 12 % of the draws it cannot be evaluated; they count neither way.",
                 "Normative: no model can test it."):
        assert part in text


def test_without_a_war_the_zone_is_there_and_nothing_of_the_war() -> None:
    text = page(False).text
    assert "The zone of possible agreement" in text and "Nash" in text
    for part in ("If no deal is ever made", "What waiting does", "fighting on", "The claims"):
        assert part not in text


def hostile(value: Any, depth: tuple[str, ...] = ()) -> Any:
    """The scenario's data with every free text made hostile; names and dates are kept."""
    free = {"title", "summary", "says", "who", "office", "judgement", "why", "note", "author",
            "publisher", "licence", "where", "unit", "not_modelled", "name", "calibrated"}
    if isinstance(value, dict):
        return {key: hostile(item, (*depth, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [hostile(item, depth) for item in value]
    return HOSTILE + value if isinstance(value, str) and depth[-1] in free else value


def hostile_view() -> View:
    whole = hostile(sample_answers.scenario().model_dump(exclude_none=True, mode="json"))
    whole["sources"]["survey"]["url"] = "javascript:alert(1)"
    scenario = Scenario.model_validate(whole)
    answers = plain(sample_answers.answers())
    answers["warnings"] = [HOSTILE]
    for entry in answers["verdicts"].values():
        entry["says"] = entry["reason"] = entry["flips_reason"] = HOSTILE
        entry["chain"] = [{"who": HOSTILE, "standing": HOSTILE, "office": HOSTILE}]
    for lever in answers["levers"]:
        lever["title"] = lever["dose_reason"] = HOSTILE
        lever["reason"] = lever["reason"] and HOSTILE
    for offer in answers["hindsight"].values():
        offer["title"] = offer["date"] = offer["ex_post_reason"] = HOSTILE
    for hinge in answers["hinges"].values():
        hinge["flips_reason"] = HOSTILE
    answers["obstacles"]["absent"]["optimism"] = HOSTILE
    answers["obstacles"]["notes"] = [HOSTILE]
    answers["zone"]["blocked"]["south"]["parliament"]["title"] = HOSTILE
    view = sample_answers.view()
    stored = {**view.manifest, "scenario": {**view.manifest["scenario"], "name": HOSTILE}}
    return replace(view, scenario=scenario, answers=answers, manifest=stored)


def test_no_text_of_a_scenario_becomes_an_element() -> None:
    clean, shown = page(), Page(render(hostile_view()))
    assert len(shown.scripts) == 3
    allowed = {tag for tag, _ in clean.elements}
    assert {tag for tag, _ in shown.elements} <= allowed
    assert not [given for _, given in shown.elements if any(a.startswith("on") for a in given)]
    assert shown.loads() == []
    assert shown.unclosed == []
    assert not [link for link in shown.links() if not link.startswith("#")]
    assert "{{7*7}}" in shown.text and "javascript:alert(1)" in shown.text
    assert clean.scripts[1:] == shown.scripts[1:]


def test_the_same_run_gives_the_same_page() -> None:
    view = sample_answers.view()
    assert render(view) == render(view)
