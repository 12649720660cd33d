"""The sections on obstacles, levers, offers, hinges, history and vetoes: what they say, and when
there is nothing to say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from tests.report import sample_answers
from tests.report.html_checks import Page
from zopa.report.blocked_section import blocked
from zopa.report.charts import figures
from zopa.report.first_page import statements
from zopa.report.hindsight_section import hindsight
from zopa.report.hinges_section import hinges, top
from zopa.report.history_section import history
from zopa.report.levers_section import PAIRS, foremost, levers
from zopa.report.obstacles_section import obstacles
from zopa.report.page import render
from zopa.report.section import Section
from zopa.report.terminal import show
from zopa.report.view import View

NEW = ("obstacles", "levers", "hindsight", "hinges", "history")
MAKERS: dict[str, Callable[[View], Section | None]] = {
    "obstacles": obstacles, "levers": levers, "hindsight": hindsight, "hinges": hinges,
    "history": history, "blocked": blocked}


def told(which: str, view: View | None = None) -> str:
    """All text of a section."""
    section = MAKERS[which](view or sample_answers.view())
    assert section is not None
    cells = [cell for table in section.tables
             for row in ((table.title, table.note), table.header, *table.rows) for cell in row]
    return " ".join([*section.said, *cells, *section.notes]).replace("\u202f", " ")


def with_answers(**changes: Any) -> View:
    view = sample_answers.view()
    return replace(view, answers={**view.answers, **changes})


@pytest.mark.parametrize(("which", "parts"), [
    ("obstacles", (
        "62 % (52–72 %); with none of them, with probability 24 % (19–29 %)",
        "38 points (29 to 47)", "+24 points (+19 to +29)",
        "would change by: optimism +20 points (+15 to +25)",
        "ratification −1 points (−6 to +4)", "No side is said to know more than the other.",
        "5 % (0–10 %) where nothing is better for both")),
    ("levers", (
        "+9 points (+5 to +13)", "West", "1.37", "not said", "No dose up to 4 times",
        "in 88 % of the draws", "not defined: no draw has terms", "−900 (−1,200 to −600)",
        "not defined: the scenario gives no rate",
        "Cannot be combined: each sets war.support.west.present.", "recommends nothing")),
    ("hindsight", (
        "whose doing that was, is not asked", "The harbour draft (2023-05-01)",
        "−0.040 (−0.100 to +0.020)", "31 % (28–34 %)", "+0.050 (−0.030 to +0.130)",
        "not defined: a deal is recorded after it.", "7,000 (5,000 to 9,000)",
        "Both sides gain with probability 28 %")),
    ("hinges", (
        "under the prior", "35 % (25–45 %)", "not defined: its interval covers all of [0, 1]",
        "together with all of “talks”", "is 0.42 utility (between 0.41 and 0.43); solved again "
        "there, it is 51 %.", "The same in every draw", "A deal within 12 months",
        "its probability stays above one half wherever “Probability of talks in a period”",
        "Whether this is defined: terms for North")),
    ("history", ("2,048 draws were solved", "310 equally weighted", "−0.62", "61 %", "34 %")),
    ("blocked", ("The parliament", "0.45 (0.40 to 0.50)", "35 % (20–50 %)", "no", "60 %",
                 "The line of contact"))])
def test_a_section_says_what_was_found(which: str, parts: tuple[str, ...]) -> None:
    text = told(which)
    for part in parts:
        assert part in text


def test_both_sides_are_told_alike() -> None:
    for which in ("levers", "hindsight"):
        section = MAKERS[which](sample_answers.view())
        assert section is not None
        cells = [cell for table in section.tables for row in table.rows for cell in row]
        assert cells.count("North") == cells.count("South") > 0


def test_swapping_the_sides_keeps_what_is_said() -> None:
    view = sample_answers.view()
    swapped = replace(view, scenario=view.scenario.swapped())
    for which in MAKERS:
        words = re.findall(r"[^\s,;.:]+", told(which))
        assert sorted(words) == sorted(re.findall(r"[^\s,;.:]+", told(which, swapped))), which


def test_no_change_stands_without_its_interval() -> None:
    for which in ("obstacles", "levers", "hindsight"):
        section = MAKERS[which](sample_answers.view())
        assert section is not None
        for table in section.tables:
            for row in table.rows:
                for cell in row[1:]:
                    if re.match(r"[+−]\d", cell):
                        assert re.search(r"\(\S+ to \S+\)", cell), cell


@pytest.mark.parametrize("nothing", [None, {}, []])
def test_nothing_is_said_where_there_is_nothing(nothing: Any) -> None:
    view = with_answers(**dict.fromkeys(NEW, nothing))
    zone = {**view.answers["zone"], "blocked": None}
    view = replace(view, answers={**view.answers, "zone": zone})
    assert [make(view) for make in MAKERS.values()] == [None] * len(MAKERS)
    assert not {"obstacles", "levers", "lever-pairs", "hindsight", "hinges"} & set(figures(view))
    assert not set(NEW) & {s.section for s in statements(view)}
    page = Page(render(view))
    assert not set(NEW) & set(page.ids()) and page.unclosed == []
    assert {link[1:] for link in page.links() if link.startswith("#")} <= set(page.ids())


def test_old_answers_without_these_questions_are_still_a_page() -> None:
    view = sample_answers.view()
    old = replace(view, answers={k: v for k, v in view.answers.items() if k not in NEW})
    assert not set(NEW) & set(Page(render(old)).ids())


def test_levers_that_are_all_without_numbers_have_their_reasons() -> None:
    only = [entry for entry in sample_answers.view().answers["levers"] if entry["reason"]]
    view = with_answers(levers=only)
    assert "levers" not in figures(view) and "Cannot be combined" in told("levers", view)
    assert "levers" not in {s.section for s in statements(view)}


def test_ten_pairs_are_listed_and_the_others_counted() -> None:
    pair = next(e for e in sample_answers.view().answers["levers"] if len(e["levers"]) == 2)
    many = [{**pair, "levers": [f"a{n:02}", "b"], "title": f"Pair {n}",
             "deal": {**pair["deal"], "change": (n - 6) / 100}} for n in range(13)]
    shown = foremost(many)
    assert len(shown) == PAIRS and [e["title"] for e in shown][:3] == ["Pair 0", "Pair 1", "Pair 2"]
    assert "3 more pairs are in answers.json." in told("levers", with_answers(levers=many))
    assert len(figures(with_answers(levers=many))["lever-pairs"].rows) == PAIRS


def test_frictions_that_change_nothing_are_said_to() -> None:
    answer = dict(sample_answers.view().answers["obstacles"])
    nothing = dict.fromkeys(answer["share"], 0.0)
    still = {name: {"low": 0.0, "high": 0.0} for name in nothing}
    answer |= {"share": nothing, "alone": nothing, "share_interval": still,
               "alone_interval": still, "whole": 0.0, "whole_interval": {"low": 0.0, "high": 0.0},
               "none": answer["all"]}
    view = with_answers(obstacles=answer)
    assert "So there is no difference to share out." in told("obstacles", view)
    assert figures(view)["obstacles"].title.startswith("Together the frictions take nothing")
    said = next(s for s in statements(view) if s.section == "obstacles").answer
    assert said.endswith("The frictions make no difference: mostly, no talks are held in that "
                         "time.")
    few = with_answers(obstacles=answer | {"draws": 8})
    said = next(s for s in statements(few) if s.section == "obstacles").answer
    assert said.endswith("Solved at 8 draws only.")


def test_an_index_that_is_not_given_is_not_drawn() -> None:
    rows = figures(sample_answers.view())["hinges"].rows
    assert all(row["value"] is not None for row in rows)
    assert [row["what"] for row in rows if row["of"] == "A deal within 12 months"] == ["Alone"]
    # the total index of an input inside a group is the group's, and not drawn as its own
    assert [row["what"] for row in rows if row["of"] == "Terms for North"] == ["Alone", "Alone"]


def test_inputs_are_ranked_by_their_indices() -> None:
    entry = sample_answers.view().answers["hinges"]["zone.predicted.north"]
    assert [path for path, _ in top(entry)] == ["war.costs.north.base", "war.talks.rate"]


@pytest.mark.parametrize(("question", "parts"), [
    ("obstacles", ("Why is there no deal yet?", "Optimism", "+24 points")),
    ("levers", ("What would move it?", "Talks are hosted every season", "Cannot be combined")),
    ("hindsight", ("The harbour draft", "is not asked", "31 %")),
    ("hinges", ("Probability of talks in a period", "under the prior"))])
def test_the_terminal_says_the_same(question: str, parts: tuple[str, ...]) -> None:
    console = Console(width=140, record=True, file=io.StringIO())
    show(sample_answers.view(), question, console)
    text = console.export_text().replace("\u202f", " ")
    assert all(part in text for part in parts)
    empty = Console(width=140, record=True, file=io.StringIO())
    show(with_answers(**{question: None}), question, empty)
    assert re.search("The scenario has no|No number|There is no", empty.export_text())
