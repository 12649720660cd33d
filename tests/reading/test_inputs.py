"""Documents from files: every kind by its content, and a clear line for what is none."""

from __future__ import annotations

import hashlib
import io
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.files import PAGE, pdf
from zopa.core.errors import InputError
from zopa.reading.html_text import MissingLibrary
from zopa.reading.inputs import LONGEST_LINE, read_bytes, read_inputs, tidy

SENTENCE = "The minister said that the talks had failed. "


def fault(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "report")
    assert len(caught.value.problems) == 1
    line = str(caught.value)
    assert "\n" not in line and line.startswith("report: ")
    return line


def test_plain_text_is_as_it_is() -> None:
    data = "Alba said “no”.\n\nBeria denied it.\n".encode()
    document = read_bytes(data, "report.txt")
    assert document.text == "Alba said “no”.\n\nBeria denied it."
    assert document.notes == () and document.name == "report.txt"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_need_no_note(encoding: str) -> None:
    document = read_bytes("The minister of Élan said no.".encode(encoding), "report")
    assert document.text == "The minister of Élan said no." and document.notes == ()


def test_a_western_text_is_read_with_a_note() -> None:
    document = read_bytes("“We’re ready,” said the mayor of Élan.".encode("cp1252"), "report")
    assert document.text == "“We’re ready,” said the mayor of Élan."
    assert "Windows-1252" in document.notes[0] and "guess" in document.notes[0]


def test_another_alphabet_is_guessed_with_a_note() -> None:
    text = "Министр сказал, что переговоры провалились и не возобновятся до весны. " * 5
    document = read_bytes(text.encode("cp1251"), "report")
    assert document.text == text.strip() + " " or document.text == text
    assert "cp1251" in document.notes[0]


def test_a_declared_encoding_is_believed() -> None:
    page = PAGE.replace("utf-8", "iso-8859-2").replace("minister of Alba", "minister of Łódź")
    document = read_bytes(page.encode("iso-8859-2"), "report")
    assert "minister of Łódź" in document.text
    assert "which it declares" in document.notes[0]


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty"), (b" \n\t\n", "empty"), (bytes(range(256)) * 40, "binary"),
    (b"PK\x03\x04 rest of it", "Word"), (b"{\\rtf1 x}", "Rich Text"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"... --- ...", "no words"), (b"a " * 5_000_001, "larger than 10 MB"),
    (b"%PDF-1.4 nothing more", "damaged"), (pdf([[], []]), "no text in it"),
    (b"zopa-claims: 1\nrows: []\n", "ledger"),
])  # fmt: skip
def test_what_is_no_report_is_said_in_one_line(data: bytes, words: str) -> None:
    assert words in fault(data)


def test_a_page_gives_its_article() -> None:
    document = read_bytes(PAGE.encode(), "page.txt")
    assert document.text.split("\n\n") == [
        "Talks fail", "The minister of Alba said on Monday that the talks had failed & would not "
        "resume.", "He said that the port would stay closed to all ships.",
        "Beria denied it on Tuesday.", "Who\tWhat"]
    assert "of its" in document.notes[0]
    assert "alert" not in document.text and "Home" not in document.text


@pytest.mark.parametrize("page", ["<p>Alba said no.", "<div>" * 30_000 + "Alba said no.",
                                  "<html><body>Alba said no.</body></html>"])
def test_a_page_without_an_article_is_read_whole(page: str) -> None:
    assert read_bytes(page.encode(), "page").text == "Alba said no."


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    outside = ('<!DOCTYPE html SYSTEM "http://example.org/x.dtd" [<!ENTITY e SYSTEM '
               '"file:///etc/passwd">]>', '<link rel="stylesheet" href="http://example.org/x.css">'
               '<base href="http://example.org/"><meta http-equiv="refresh" '
               'content="0;url=http://example.org/">', '<p>&e;<img src="http://example.org/x.png">'
               '<iframe src="http://example.org/"></iframe></p><h1>Talks')
    page = PAGE.replace("<!DOCTYPE html>", outside[0]).replace("<title>", outside[1] + "<title>")
    text = read_bytes(page.replace("<h1>Talks", outside[2]).encode(), "page").text
    assert "the talks had failed" in text and "root:" not in text


def test_a_text_that_names_elements_is_no_page() -> None:
    text = "The mayor said: write <b>, <p> or <script>alert(1)</script> and be gone."
    assert read_bytes(text.encode(), "report").text == text


def test_markdown_gives_its_words() -> None:
    text = ("---\ntitle: Putin: we are ready\n---\n# Talks\n\nThe **minister** said that\n[talks]"
            "(https://example.org) failed.\n\n- One said no.\n- Two _agreed_.\n\n> Quoted.\n\n"
            "```\ncode\n```\n\n<script>alert(1)</script>\n")
    document = read_bytes(text.encode(), "notes")
    assert document.text.split("\n\n") == [
        "Talks", "The minister said that talks failed.", "One said no.", "Two agreed.", "Quoted."]
    assert document.notes == ("its front matter is left out",
                              "2 blocks of code or raw HTML left out")


def test_a_pdf_gives_paragraphs_without_running_heads() -> None:
    pages = [["Daily summary", "The minister of Alba said on Monday that the nego-",
              "tiations about the port had failed and that nothing",
              "was left.", "Beria denied on Tuesday that it had ever taken part in",
              "any such talks.", f"Page {number} of 4"] for number in range(1, 5)]
    document = read_bytes(pdf(pages), "report.pdf")
    assert document.text.split("\n\n")[:2] == [
        "The minister of Alba said on Monday that the negotiations about the port had failed and "
        "that nothing was left.", "Beria denied on Tuesday that it had ever taken part in any such "
        "talks."]
    assert "Daily summary" not in document.text and "Page" not in document.text
    assert document.notes == ("running heads and page numbers are left out (8 lines)",)


def test_pages_without_text_are_counted() -> None:
    document = read_bytes(pdf([["Alba said that it would not go."], []]), "report.pdf")
    assert document.notes == ("1 of 2 pages have no text in them",)


def test_a_folder_is_read_in_order_and_says_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, content in {"c.txt": b"Alba said no.", "b/a.html": PAGE.encode(),
                          "b/x.bin": b"\0\1" * 99, "b/empty.txt": b"",
                          ".hidden/h.txt": b"Not this one."}.items():
        (tmp_path / name).write_bytes(content)
    found = read_inputs([tmp_path])
    assert [document.name for document in found.documents] == ["c.txt", "b/a.html"]
    assert ["binary" in line or "empty" in line for line in found.skipped] == [True, True]


def test_a_folder_without_reports_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\0\1" * 99)
    with pytest.raises(InputError, match="no report in this folder"):
        read_inputs([tmp_path])


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        read_inputs([tmp_path / "empty.txt", tmp_path / "missing.txt"])
    assert len(caught.value.problems) == 2


def test_standard_input(tmp_path: Path) -> None:
    found = read_inputs(["-"], stdin=io.BytesIO(b"Alba said no."))
    assert [(d.name, d.text) for d in found.documents] == [("standard input", "Alba said no.")]


def test_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text("Alba said no.", encoding="utf-8")
    names = [d.name for d in read_inputs([tmp_path / f / "report.txt" for f in "ab"]).documents]
    assert names == ["a/report.txt", "b/report.txt"]
    with pytest.raises(InputError, match="given twice"):
        read_inputs([tmp_path / "a" / "report.txt", tmp_path / "a" / "report.txt"])


def test_endless_lines_are_cut_between_sentences() -> None:
    document = read_bytes((SENTENCE * 2000).encode(), "report")
    pieces = document.text.split("\n")
    assert max(map(len, pieces)) <= LONGEST_LINE
    assert all(piece.rstrip().endswith("failed.") for piece in pieces)
    assert " ".join(document.text.split()) == (SENTENCE * 2000).strip()


def test_unseen_and_control_characters() -> None:
    data = "The min\u00adister\x07 said \u202eno\u202c.\r\nNext.\fPage".encode()
    document = read_bytes(data, "report")
    assert document.text == "The minister  said no.\nNext.\n\nPage"
    assert document.notes[0].startswith("3 unseen characters")


@given(st.text())
def test_tidying_is_done_once(text: str) -> None:
    once, _ = tidy(text)
    assert tidy(once)[0] == once
    assert "".join(once.split()) in "".join(tidy(text)[0].split())


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_one_error(data: bytes) -> None:
    try:
        document = read_bytes(data, "report")
    except InputError as error:
        assert len(error.problems) == 1
    else:
        assert any(c.isalnum() or c == "_" for c in document.text)


@pytest.mark.parametrize("head", [
    b"%PDF-1.7\n", b"<html><body>", b"<?xml version='1.0'?><p>", b"# "])
@given(data=st.binary(max_size=300))
def test_any_bytes_behind_the_mark_of_a_format_too(head: bytes, data: bytes) -> None:
    try:
        assert read_bytes(head + data, "report").name == "report"
    except InputError as error:
        assert len(error.problems) == 1


@pytest.mark.parametrize(("data", "module"), [
    (PAGE.encode(), "trafilatura"), (pdf([["Alba said no."]]), "pypdf"),
    (b"# Talks\n\nAlba said no.", "markdown_it")])  # fmt: skip
def test_a_missing_library_is_said_in_one_line(
    data: bytes, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingLibrary) as caught:
        read_bytes(data, "report")
    assert "pip install 'zopa[read]'" in str(caught.value) and "\n" not in str(caught.value)
