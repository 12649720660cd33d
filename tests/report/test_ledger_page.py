"""The page of a ledger: every claim marked where it stands, and nothing of a report's runs."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.made_rows import read, written
from tests.report import sample_ledger
from tests.report.html_checks import Page
from tests.report.test_browser import BROWSER, FLAGS
from zopa.reading.merge import Match
from zopa.reading.row import Span
from zopa.report.ledger_marks import blocks
from zopa.report.ledger_page import render, visible
from zopa.report.ledger_speakers import PALETTE, speakers


def plain() -> Page:
    return Page(render(*sample_ledger.plain()))


def marked(number: int) -> str:
    """The words that the page marks as a row's content."""
    source = render(*sample_ledger.plain())
    found = re.findall(r'<mark class="[^"]*" data-c="([\d ]+)"[^>]*>(.*?)</mark>', source, re.S)
    return "".join(re.sub("<[^>]+>", "", text) for rows, text in found
                   if str(number) in rows.split())


def test_every_claim_is_marked_at_its_words() -> None:
    wanted = [what for _, what in sample_ledger.CLAIMS]
    assert [marked(number) for number in (1, 2, 3)] == wanted
    assert marked(4) == "the port"
    assert marked(5) == "the bridge.Beria said this"
    assert marked(6) == ""


def test_text_is_whole_and_in_order() -> None:
    (document,), rows = sample_ledger.plain()
    cut = blocks(document.text, list(enumerate(rows, start=1)))
    assert "\n\n".join("".join(s.text for s in block.segments) for block in cut) == document.text


@given(st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=8))
def test_any_spans_leave_the_text_whole(places: list[tuple[int, int]]) -> None:
    text = written(sample_ledger.CLAIMS[:2])
    base = read(sample_ledger.CLAIMS)[0]
    rows = [(number, sample_ledger.row(base, content=(
        Span.model_construct(start=max(start, 0), end=max(end, 0), text=""),)))
        for number, (start, end) in enumerate(places, start=1)]
    cut = blocks(text, rows)
    assert "\n\n".join("".join(s.text for s in block.segments) for block in cut) == text
    begins = [n for block in cut for segment in block.segments for n in segment.begins]
    assert len(begins) == len(set(begins))
    for number, one in rows:
        start, end = one.content[0].start, min(one.content[0].end, len(text))
        words = "".join(s.text for block in cut for s in block.segments if number in s.contents)
        assert words.replace("\n", "") == text[start:end].replace("\n", "")


def test_what_needs_review_comes_first_and_the_rest_as_in_the_text() -> None:
    order = [given["data-row"] for tag, given in plain().elements if tag == "article"]
    assert order == ["3", "1", "2", "4", "5", "6"]


def test_each_speaker_has_a_code_beside_the_colour() -> None:
    many = [(f"State {k}", "no") for k in range(20)] + [("Government of the United States", "no")]
    found = speakers(read(many))
    assert len({one.code for one in found.values()}) == len(found)
    assert len({one.style for one in found.values()}) == 21 > len(PALETTE)
    tags = [given for tag, given in plain().elements if given.get("class", "").startswith("tag")]
    assert tags and all("Claim " in tag["aria-label"] for tag in tags)
    assert found["Government of the United States"].code == "US"


def test_filters_offer_what_there_is() -> None:
    keys = [given["data-key"] for tag, given in plain().elements if tag == "select"]
    assert keys == ["who", "type", "layer", "what", "review"]
    article = next(given for tag, given in plain().elements if tag == "article")
    assert {f"data-{key}" for key in keys} <= set(article)


def test_links_headings_and_labels() -> None:
    page = plain()
    ids = page.ids()
    assert len(ids) == len(set(ids)) and page.unclosed == []
    assert {link[1:] for link in page.links()} <= set(ids)
    assert {"row-1", "in-1", "row-6"} <= {link[1:] for link in page.links()} | set(ids)
    assert "in-6" not in ids and "not in the text" in page.text
    assert page.headings()[0] == 1 and page.headings().count(1) == 1
    for tag, attributes in page.elements:
        if tag == "article":
            assert attributes["aria-labelledby"] in ids


def test_a_reading_again_is_told() -> None:
    documents, rows = sample_ledger.plain()
    page = Page(render(documents, rows, rows[1:2], (
        Match("report.txt", "a1", "b2", "nearly the same words", 0.8),
        Match("report.txt", "c3", "c3", "same id"))))
    text = " ".join(page.text.split())
    assert "a1 is now b2: nearly the same words, 80 % of the words in common" in text
    assert "c3" not in text and "Decided before, no longer in the text" in text


def test_nothing_of_a_report_becomes_an_element() -> None:
    clean, shown = plain(), Page(sample_ledger.hostile())
    allowed = {tag for tag, _ in clean.elements} | {"ul", "details", "h2"}
    assert {tag for tag, _ in shown.elements} <= allowed
    assert not [g for _, g in shown.elements if any(name.startswith("on") for name in g)]
    assert shown.loads() == [] and shown.unclosed == []
    assert shown.scripts == clean.scripts and len(shown.scripts) == 1
    assert all(link.startswith("#") for link in shown.links())
    assert "\u202e" not in sample_ledger.hostile() and "\ufffdBeria" in shown.text
    assert "{{7*7}}" in shown.text and "x" * 50_000 in shown.text


def test_the_policy_names_the_script_and_nothing_else() -> None:
    page = plain()
    policy = next(given["content"] for tag, given in page.elements
                  if given.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(page.scripts[0][1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy and "default-src 'none'" in policy
    assert "unsafe-eval" not in policy and "http" not in policy


def test_the_same_ledger_gives_the_same_page() -> None:
    assert render(*sample_ledger.plain()) == render(*sample_ledger.plain())


def test_a_ledger_without_rows() -> None:
    documents, _ = sample_ledger.plain()
    assert "No claims were found" in Page(render(documents, [])).text


@given(st.text())
def test_visible_text_is_as_long_and_can_be_written(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text) and visible(shown) == shown
    shown.encode("utf-8")


CHECK = """
const key = (k, on) => (on || document.activeElement).dispatchEvent(
  new KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true }));
const seen = [];
const here = () => document.activeElement.id;
key("j"); seen.push(here()); key("j"); seen.push(here()); key("k"); seen.push(here());
key("Enter"); seen.push(here()); key("Escape"); seen.push(here());
seen.push(document.querySelectorAll(".now").length);
const pick = document.querySelector("select[data-key=what]");
pick.value = "words"; pick.dispatchEvent(new Event("input", { bubbles: true }));
seen.push(document.getElementById("shown").textContent);
seen.push(document.querySelectorAll("mark.off").length > 0);
key("/"); seen.push(here());
document.documentElement.dataset.seen = seen.join("|");
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_keys_and_filters_in_a_browser(which: str, tmp_path: Path) -> None:
    page = render(*sample_ledger.plain()) if which == "plain" else sample_ledger.hostile()
    if which == "plain":  # the check runs as a second script that the policy is told of
        digest = base64.b64encode(hashlib.sha256(CHECK.encode()).digest()).decode()
        page = page.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
        page = page.replace("</body>", f"<script>{CHECK}</script></body>")
    path = tmp_path / "claims.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, *FLAGS, "--window-size=1280,900", f"--user-data-dir={tmp_path / 'profile'}",
         path.as_uri()], capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, "HOME": str(tmp_path)})
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    assert 'data-ledger="ready"' in done.stdout
    if which == "plain":
        seen = re.search(r'data-seen="([^"]*)"', done.stdout)
        assert seen and seen.group(1).split("|") == [
            "row-3", "row-1", "row-3", "in-3", "row-3", "1", "5 of 6 claims shown, by 1 filter",
            "true", "find"]
