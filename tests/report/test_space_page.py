"""The page of `zopa zone`: one file that loads nothing and runs nothing of the input's."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache

import numpy as np
import pytest

from tests.exchange.test_answer import answered, table_of_three
from tests.report.html_checks import Page
from tests.spaces.small_domains import panama
from zopa.exchange.answer import answer
from zopa.exchange.imported import Imported
from zopa.report.space_page import render, view_of
from zopa.report.space_view import SpaceView
from zopa.spaces.domain import Domain

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}\u2028]]>"


@cache
def view(name: str) -> SpaceView:
    if name == "empty":
        return view_of(answer(Imported(panama(), "table"), {"United States": 70, "Panama": 65}))
    if name == "unreserved":
        return view_of(answer(Imported(panama(), "table")))
    return view_of(answered(name))


@cache
def page(name: str) -> Page:
    return Page(render(view(name)))


NAMES = ("panama", "three", "empty", "unreserved")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_and_only_our_scripts_run(name: str) -> None:
    assert page(name).loads() == []
    policy = next(given["content"] for tag, given in page(name).elements
                  if tag == "meta" and "Policy" in given.get("http-equiv", ""))
    assert "default-src 'none'" in policy and "http" not in policy
    running = [text for given, text in page(name).scripts
               if given.get("type") != "application/json"]
    assert len(running) == 2
    for text in running:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_sound(name: str) -> None:
    shown = page(name)
    levels = shown.headings()
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(shown.ids()) == len(set(shown.ids()))
    assert shown.unclosed == []
    assert all(link[1:] in shown.ids() for link in shown.links() if link.startswith("#"))
    charts = json.loads(next(t for g, t in shown.scripts if g.get("id") == "chart-data"))["specs"]
    assert set(charts) == {"parallel" if name == "three" else "plane"}
    for key in charts:
        label = next(g["aria-label"] for _, g in shown.elements if g.get("id") == f"chart-{key}")
        assert charts[key]["description"] == label


def test_the_page_says_what_was_found() -> None:
    text = re.sub(r"\s+", " ", page("panama").text)
    inside = view("panama").data["zone"]["packages"]
    assert f"Yes: {inside} of 1,024 packages" in text
    assert "largest product of the gains over disagreement" in text
    assert "gives 2 on defence_role_of_panama, which it values less" in text
    assert "divided by the range of its own utility" in text
    assert "A note." in page("three").text
    empty = re.sub(r"\s+", " ", page("empty").text)
    assert "United States accepts 66 in place of 70 (4 less)" in empty
    assert "If one party alone lowers its reservation value" in empty
    assert "No party has a reservation value" in page("unreserved").text


def test_texts_of_the_input_are_only_text() -> None:
    worth = tuple(np.arange(4.0).reshape(2, 2) for _ in range(2))
    domain = Domain((HOSTILE, f"b{HOSTILE}"), (HOSTILE, "two"),
                    ((HOSTILE, "o"), ("p", f"q{HOSTILE}")), worth, title=HOSTILE)
    shown = Page(render(view_of(answer(Imported(domain, HOSTILE, (HOSTILE,))))))
    assert len(shown.scripts) == 3 and shown.loads() == []
    assert not any(tag == "img" or "onerror" in given for tag, given in shown.elements)
    assert HOSTILE.replace("\u2028", "") in shown.text.replace("\u2028", "")
    assert "49" not in shown.text


def test_the_same_input_gives_the_same_page() -> None:
    again = view_of(answer(Imported(table_of_three(), "table", ("A note.",))))
    assert render(again) == page("three").source
