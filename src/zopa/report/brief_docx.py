"""A brief as two A4 pages, a Word document: python-docx, one font, no macros, no links."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from zopa.report.brief import Brief
from zopa.report.brief_md import sections
from zopa.report.brief_pictures import Picture
from zopa.report.plain_text import clean
from zopa.report.zipped import fixed

FONT, INK = "Arial", "2B3238"
SIZE, SMALL = 9.5, 7.5
"""Points of text and captions."""
WIDE, LOW, TALL = 8.4, 3.2, 6.0
"""Centimetres: width of a figure, and its least and largest height."""
ACROSS, DOWN = 17.2, 26.5
"""Centimetres of a page between its margins."""
CAPTION = 1.6
"""Centimetres of a caption that moves to the second page with its figure."""


def to_docx(brief: Brief, written: dt.datetime) -> bytes:
    """The document; the same brief and date give the same bytes.

    Args:
        brief: from `zopa.report.brief.make`.
        written: date of the document.
    """
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin = page.bottom_margin = Cm(1.6)
    _styles(document)
    _properties(document.core_properties, brief, written)
    document.add_heading(clean(brief.title), 1)
    document.add_paragraph().add_run(clean(brief.about)).italic = True
    document.add_heading("Answers", 2)
    for answer in brief.answers:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(answer.question)} ").bold = True
        paragraph.add_run(clean(answer.text))
        for place, (issue, option) in enumerate(answer.items, start=1):
            item = document.add_paragraph(f"– {clean(issue)}: {clean(option)}")
            item.paragraph_format.left_indent = Cm(0.5)
            if place < len(answer.items):
                item.paragraph_format.space_after = Pt(0)
    if brief.pictures:
        _figures(document, brief.pictures, tall(brief))
    for title, texts in sections(brief):
        document.add_heading(title, 2)
        for text in texts:
            document.add_paragraph(clean(text))
    stream = io.BytesIO()
    document.save(stream)
    return fixed(stream.getvalue())


def tall(brief: Brief) -> float:
    """Height for the figures, in centimetres, that keeps the brief on two pages.

    A character of Arial is about half as wide as the size, a line 1.2 times as high.
    """
    point = 2.54 / 72

    def height(text: str, size: float, width: float, after: float = 3.0) -> float:
        lines = -(-len(text) // (width / (0.5 * size * point)))
        return float((1.2 * size * lines + after) * point)

    used = 1.6 + sum(height(f"{a.question} {a.text}", SIZE, ACROSS) for a in brief.answers)
    used += sum(height(f"{issue}: {option}", SIZE, ACROSS, 0.0)
                for a in brief.answers for issue, option in a.items)
    used += sum(0.8 + sum(height(text, SIZE, ACROSS) for text in texts)
                for _, texts in sections(brief))
    rows = [brief.pictures[i:i + 2] for i in range(0, len(brief.pictures), 2)]
    used += sum(max(height(f"{p.title} {p.caption}", SMALL, WIDE) for p in row) for row in rows)
    # one row more: what stays empty where a row does not fit below the text of the first page
    return min(max((2 * DOWN - CAPTION - used) / (len(rows) + 1), LOW), TALL)


def _figures(document: Any, pictures: tuple[Picture, ...], most: float) -> None:
    """Two figures a row, each with its caption below it; a row stays on one page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=(len(pictures) + 1) // 2, cols=2)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, picture in enumerate(pictures):
        cell = table.cell(place // 2, place % 2)
        paragraph = cell.paragraphs[0]
        width = min(WIDE, most * picture.width / picture.height)
        drawn = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(width))
        properties = drawn._inline.docPr
        properties.set("descr", clean(picture.alt))
        properties.set("title", clean(picture.title))
        paragraph.paragraph_format.space_after = Pt(0)
        caption = cell.add_paragraph()
        caption.add_run(f"{clean(picture.title)}. ").bold = True
        caption.add_run(clean(picture.caption))
        for run in caption.runs:
            run.font.size = Pt(SMALL)


def _styles(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size, before, after in (("Normal", SIZE, 0, 3), ("Heading 1", 17, 0, 2),
                                      ("Heading 2", 11, 6, 2)):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.05


def _properties(properties: Any, brief: Brief, written: dt.datetime) -> None:
    """Who made it and when: the run's date, not today's."""
    properties.title = clean(brief.title)[:250]
    properties.subject = "A brief of a run of zopa"
    properties.author = properties.last_modified_by = "zopa"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = properties.last_printed = written
    properties.revision = 1
