"""What `zopa zone` prints: sentences that fit what was found, and a picture in its place."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from tests.exchange.test_elicited import FILE
from tests.report.test_space_page import NAMES, view
from tests.spaces.small_domains import panama
from zopa.exchange import elicited
from zopa.exchange.answer import answer
from zopa.exchange.imported import Imported
from zopa.report.space_charts import figures
from zopa.report.space_page import render, view_of
from zopa.report.space_sections import points
from zopa.report.space_terminal import COLUMNS, ROWS, picture, show
from zopa.report.space_view import listed
from zopa.report.space_words import held, statements
from zopa.spaces.domain import Domain


def printed(name: str, width: int = 100) -> str:
    out = io.StringIO()
    show(view(name), Console(file=out, width=width, highlight=False))
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_a_sentence(name: str) -> None:
    for statement in statements(view(name)):
        assert statement.question.endswith("?")
        assert statement.answer.endswith((".", ":")) and "  " not in statement.answer
        assert ("None" not in statement.answer) and ("nan" not in statement.answer.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 100])
def test_it_fits_the_terminal(name: str, width: int) -> None:
    assert max(map(len, printed(name, width).splitlines())) <= width


def test_two_parties_have_a_picture_and_three_none() -> None:
    assert "o efficient" in printed("panama") and "o efficient" not in printed("three")
    assert "o efficient" not in printed("panama", 60)
    lines = picture(view("panama")).splitlines()
    grid = [line.partition("│")[2].ljust(COLUMNS) for line in lines[1:ROWS + 1]]
    assert grid[0][0] == "o" and grid[-1][-1] == "o"          # (0, 100) and (100, 0)
    assert sum(row.count("N") for row in grid) == 1
    column, row = round(64 / 100 * (COLUMNS - 1)), ROWS - 1 - round(68 / 100 * (ROWS - 1))
    assert grid[row][column] == "N"


def test_an_empty_zone_says_what_opens_it() -> None:
    text = " ".join(printed("empty").split())
    assert "No package leaves every party at least its reservation value." in text
    assert "United States accepts 66 in place of 70 (4 less) and Panama accepts 61" in text
    assert "What is settled" not in text


def test_what_is_not_counted_is_said() -> None:
    shown = view("panama")
    zone = {**shown.data["zone"], "packages": None, "packages_bounds": [5, 70], "share": None}
    changed = type(shown)({**shown.data, "zone": zone})
    assert held(changed) == "between 5 and 70 of 1,024 packages"


def test_long_lists_are_cut() -> None:
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert listed(["a", "b"], 2) == "a and b"


def test_where_no_package_beats_no_agreement_there_is_no_fair_point() -> None:
    shown = view_of(answer(Imported(panama(), "table"), None, {"Panama": 200.0}))
    said = {s.question: s.answer for s in statements(shown)}
    assert said["Which packages are fair?"].startswith("None: fair points start from no agreement")
    assert shown.data["by_issue"]["of"] == "single text"
    assert "Who gets what in the end of the single text" in render(shown)


def test_a_frontier_between_bounds_says_how_far_they_are_apart() -> None:
    shown = view("panama")
    bounded = {**shown.data["frontier"], "exact": False,
               "epsilon": {"United States": 2.5, "Panama": 1.0}, "upper": [
                   {"United States": 70.0, "Panama": 70.0}]}
    changed = type(shown)({**shown.data, "frontier": bounded}, shown.drawn)
    said = next(s.answer for s in statements(changed) if s.section == "frontier")
    assert "no package beats all of these by more than 2.5 for United States and 1 for" in said
    (figure,) = figures(changed).values()
    assert "no package lies above it by more than 2.5" in figure.caption
    assert "nearly efficient" in figure.title


def test_what_is_said_of_several_points_is_said_once() -> None:
    domain = replace(panama(), disagreement=np.full(2, 1000.0))
    notes = points(view_of(answer(Imported(domain, "table")))).notes
    reasons = [note.partition(": ")[2] for note in notes]
    assert notes[0].startswith("Nash, Kalai") and "Raiffa on packages: " in notes[0]
    assert reasons.count("no agreement leaves everybody at least disagreement.") == 2


def test_one_package_is_not_called_packages() -> None:
    domain = Domain(("A",), ("x",), (("a",),), (np.ones((1, 1)),))
    assert "so the one package that can be agreed is in it" in statements(
        view_of(answer(Imported(domain, "table"))))[0].answer


def test_uncertain_preferences_are_not_answered_by_their_means_alone() -> None:
    found = view_of(answer(elicited.parse(FILE, "river.yaml")))
    said = statements(found)[0].answer
    assert "of the draws some package is in the zone" in said
    assert "stands at the means of what is uncertain" in said
