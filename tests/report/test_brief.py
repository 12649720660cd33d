"""Two pages, five slides or Markdown about a run: what is in them, how long, and what never is."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from tests.report import sample_answers
from tests.report.changed_runs import changed
from zopa.core.errors import ArgumentError
from zopa.report.brief import CUT, MOST, PAGED, Brief, length, make, sentences, short, within
from zopa.report.brief_docx import LOW, TALL, tall, to_docx
from zopa.report.brief_md import escaped, to_md
from zopa.report.brief_pictures import DOTS, pictures
from zopa.report.brief_pptx import to_pptx
from zopa.report.brief_write import LONG_AGO, write_brief, written
from zopa.report.first_page import statements
from zopa.report.plain_text import clean
from zopa.report.view import View

WHEN = dt.datetime(2024, 2, 3, 4, 5, 6)
NASTY = ("<script>alert(1)</script> [here](javascript:alert(1)) ![x](https://bad.example/a.png) "
         "https://bad.example www.bad.example a@bad.example *b* `c` $d$ \x1b[31m \u202egnol "
         "&amp; # e")
OFFICE = {"docx": to_docx, "pptx": to_pptx}


@pytest.fixture(scope="module")
def war() -> Brief:
    return make(sample_answers.view())


@pytest.fixture(scope="module")
def peace() -> Brief:
    return make(sample_answers.view(war=False))


@pytest.fixture(scope="module")
def long_view() -> View:
    """A run with far more text than there is room for, some of it hostile."""
    title = NASTY + " and a title that goes on and on" * 5
    issues = {f"issues.border.options.{name}.title": NASTY * 3 for name in ("freeze", "old-line")}
    verdicts = {f"claim-{i}": sample_answers.verdict(NASTY, (i + 0.5) / 30) for i in range(30)}
    return changed({"title": title.replace("\x1b", ""), **issues,
                    "not_modelled": [NASTY * 4, "Another thing. " * 40]},
                   {"verdicts": verdicts, "warnings": ["A long warning. " * 30] * 5})


@pytest.fixture(scope="module")
def long(long_view: View) -> Brief:
    return make(long_view)


@pytest.fixture(params=["war", "peace", "long"])
def brief(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module", params=["war", "peace", "long"])
def paged(request: pytest.FixtureRequest, long_view: View) -> Brief:
    """A brief as long as it is on pages and slides."""
    views = {"war": sample_answers.view(), "peace": sample_answers.view(war=False),
             "long": long_view}
    return make(views[request.param], PAGED)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_answer_and_the_limits_are_there(war: Brief) -> None:
    asked = [statement.question for statement in statements(sample_answers.view())]
    assert [answer.question for answer in war.answers] == asked and len(asked) >= 6
    text = to_md(war, "figures")
    for question in asked:
        assert text.count(f"**{question}**") == 1
    for part in ("## What the answers rest on", "## What they leave out", "SHA-256", "seed 7",
                 "Nothing here is advice to fight", "The line of contact", "93"):
        assert part in text
    assert [p.name for p in war.pictures][:2] == ["zone", "deal-by-month"]
    assert "verdicts" in [p.name for p in war.pictures] and 4 <= len(war.pictures) <= 5


def test_a_run_without_a_war(peace: Brief) -> None:
    assert [p.name for p in peace.pictures][0] == "zone"
    assert "deal-by-month" not in [p.name for p in peace.pictures]
    assert "## Answers" in to_md(peace, "figures")


def test_it_is_short_and_a_cut_is_shown(brief: Brief, long: Brief, peace: Brief) -> None:
    assert brief.words <= MOST
    assert len(to_md(brief, "figures").split()) < 900
    assert CUT in str(long.answers) + str(long.left_out)
    assert CUT not in str(peace.answers)


def test_at_most_so_many_claims_are_drawn(long_view: View) -> None:
    drawn = {p.name: p for p in pictures(long_view)}["verdicts"]
    assert drawn.title.endswith(f"in this model: the {DOTS} farthest from one half")
    assert "30 of the 30 claims" in drawn.caption and drawn.height < 1000


@pytest.mark.parametrize("text", ["one two three four five six", "word " * 50, "x" * 400])
def test_titles_are_cut_at_words(text: str) -> None:
    assert short(text, 1000) == " ".join(text.split())
    cut = short(text, 5)
    assert cut.endswith(CUT) and length(cut.removesuffix(CUT).strip()) <= 5


def test_no_sentence_is_cut() -> None:
    text = "One two. Three four five. 6 seven."
    assert sentences(text, 7, 0) == text
    assert sentences(text, 5, 0) == f"One two. Three four five. {CUT}"
    assert sentences(text, 3, 0) == f"One two. {CUT}"
    assert sentences(text, 0, 2) == f"One two. {CUT}"
    assert sentences(text, 1, 1) == CUT
    assert within(["one two", "three four", "five"], 4, 9) == ["one two", "three four"]
    assert within(["word " * 50], 4, 9) == [CUT]
    assert within(["One two. Three."], 0, 9) == [f"One two. {CUT}"]


def test_an_answer_names_every_side_or_none(brief: Brief) -> None:
    """What is cut are whole sentences, so no side's number goes without the other's."""
    for answer in brief.answers:
        whole = [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z“0-9])", answer.text) if s != CUT]
        for sentence in whole:
            assert sentence.endswith((".", "?", "!", CUT))
            if "for North" in sentence or "to North" in sentence:
                assert "South" in sentence


def test_markdown_shows_text_of_the_scenario_as_text(long: Brief) -> None:
    text = to_md(long, "figures")
    assert "\x1b" not in text and "\u202e" not in text
    for live in (r"(?<!\\)<script", r"(?<!\\)\]\(javascript", r"https://", r"www\.bad", r"\w@bad",
                 r"!\[x\]"):
        assert not re.search(live, text), live
    targets = re.findall(r"(?<!\\)\]\(([^)]*)\)", text)
    assert targets == [f"figures/{p.name}.png" for p in long.pictures]
    assert escaped("# a") == r"\# a" and escaped("12. b") == r"12\. b"
    assert escaped("a_b*c") == r"a\_b\*c" and clean("a\tb\u202fc\u200dd") == "a b\u202fc\u200dd"


@pytest.mark.parametrize("form", OFFICE)
def test_office_files_hold_no_macros_and_no_links(form: str, long: Brief) -> None:
    found = parts(OFFICE[form](long, WHEN))
    assert not [name for name in found if "vba" in name.lower() or "embed" in name.lower()]
    for name, content in found.items():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content, name
        if name.endswith(".xml"):
            assert b"hlinkClick" not in content and b"<w:hyperlink" not in content, name
    assert any(b"&lt;script&gt;" in content for content in found.values())


@pytest.mark.parametrize("form", OFFICE)
def test_the_same_run_gives_the_same_bytes(form: str, war: Brief,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    first = OFFICE[form](war, WHEN)
    monkeypatch.setattr("time.localtime", lambda *_: dt.datetime(2031, 1, 1).timetuple())
    assert OFFICE[form](make(sample_answers.view()), WHEN) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(first)["docProps/core.xml"].decode()
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"2024-02-03T04:05:06Z"}


def test_the_date_is_that_of_the_run(war: Brief) -> None:
    assert written(replace(war, written="2024-02-03T05:05+01:00")) == dt.datetime(2024, 2, 3, 4, 5)
    assert written(replace(war, written="yesterday")) == LONG_AGO


def test_the_document_has_headings_answers_and_described_figures(paged: Brief) -> None:
    document = Document(io.BytesIO(to_docx(paged, WHEN)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for answer in paged.answers:
        assert clean(answer.text) in text
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert titles[0] == "Answers" and titles[-1] == "How to read and cite this"
    described = re.findall(r'descr="([^"]*)"', document.element.xml)
    assert len(described) == len(paged.pictures) and all(len(alt) > 40 for alt in described)
    assert LOW <= tall(paged) <= TALL
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_five_slides_with_all_answers_and_figures(paged: Brief) -> None:
    deck = Presentation(io.BytesIO(to_pptx(paged, WHEN)))
    assert len(deck.slides) == 5
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    text = "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    for answer in paged.answers:
        assert clean(answer.text) in text
    assert clean(paged.cite) in text
    drawn = [shape for shape in shapes if shape.shape_type is not None
             and "PICTURE" in str(shape.shape_type)]
    assert len(drawn) == len(paged.pictures)
    assert all(len(shape._element.nvPicPr.cNvPr.get("descr")) > 40 for shape in drawn)
    for shape in shapes:
        assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
        assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)


@pytest.mark.parametrize("form", OFFICE)
def test_pages_as_an_office_program_counts_them(form: str, paged: Brief, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; the length is counted by construction alone")
    (tmp_path / f"b.{form}").write_bytes(OFFICE[form](paged, WHEN))
    subprocess.run([office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
                    "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / f"b.{form}")],
                   check=True, capture_output=True, timeout=240)
    pages = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "b.pdf").read_bytes()))
    assert pages == 5 if form == "pptx" else 1 <= pages <= 2


def test_files_are_written_together(tmp_path: Path) -> None:
    view = sample_answers.view()
    path = write_brief(view, "md", tmp_path / "my brief.md")
    folder = tmp_path / "my brief-figures"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["my brief-figures", "my brief.md"]
    named = re.findall(r"\]\(my%20brief-figures/([^)]*)\)", path.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(p.name for p in folder.iterdir()) and len(named) >= 4
    assert all(p.read_bytes().startswith(b"\x89PNG") for p in folder.iterdir())
    before = path.read_bytes()
    (folder / "old.png").write_bytes(b"")
    assert write_brief(view, "md", path).read_bytes() == before
    assert not (folder / "old.png").exists()


@pytest.mark.parametrize("form", OFFICE)
def test_without_the_extra_one_line_says_how_to_get_it(
        form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, form, None)
    with pytest.raises(ArgumentError, match=r"pip install 'zopa\[brief\]'") as caught:
        write_brief(sample_answers.view(), form, tmp_path / "b")
    assert "\n" not in str(caught.value) and list(tmp_path.iterdir()) == []
