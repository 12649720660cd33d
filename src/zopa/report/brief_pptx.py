"""A brief as five slides: python-pptx, one font, no macros, no links.

1 the first answers; 2 the other answers; 3 and 4 two figures each; 5 what the answers rest on, what
they leave out, how to cite the run, and a fifth figure where there is one.  Where a run has no
other answers the second slide lists the terms; where it has fewer figures the fourth says what the
answers rest on and leave out.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from zopa.report.brief import Answer, Brief
from zopa.report.brief_md import sections
from zopa.report.brief_pictures import Picture
from zopa.report.plain_text import clean
from zopa.report.zipped import fixed

FONT, INK = "Arial", "2B3238"
WIDTH, HEIGHT, MARGIN = 33.867, 19.05, 1.4
"""Centimetres: a slide, and its margin."""
TOP = 3.0
"""Where the part below the title begins."""
FULL = WIDTH - 2 * MARGIN
HALF = (FULL - 1.0) / 2
FIRST = 3
"""Answers on the first slide."""
Run = tuple[str, bool]


def to_pptx(brief: Brief, written: dt.datetime) -> bytes:
    """The slides; the same brief and date give the same bytes.

    Args:
        brief: from `zopa.report.brief.make`.
        written: date of the document.
    """
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
    _properties(deck.core_properties, brief, written)
    first, others = brief.answers[:FIRST], brief.answers[FIRST:]
    terms = next((answer for answer in brief.answers if answer.items), None)
    blocks = [[(f"{title}. ", True), (" ".join(texts), False)] for title, texts in sections(brief)]
    half = (len(others) + 1) // 2

    slide = _slide(deck, brief.title)
    _text(slide, [[(brief.about, False)]], MARGIN, TOP, FULL, 1.0, 13)
    _text(slide, _answers(first, bool(others)), MARGIN, TOP + 1.2, FULL, 13.5, 20)

    slide = _slide(deck, "The other answers" if others else "The terms")
    _text(slide, _answers(others[:half], True), MARGIN, TOP, HALF, 14.5, 17)
    _text(slide, _answers(others[half:], True), MARGIN + HALF + 1.0, TOP, HALF, 14.5, 17)
    if not others and terms is not None:
        _text(slide, _items(terms), MARGIN, TOP, FULL, 14.5, 20)

    slide = _slide(deck, "What the model finds")
    _pictures(slide, brief.pictures[:2])

    if brief.pictures[2:]:
        _pictures(_slide(deck, "What lies behind it"), brief.pictures[2:4])
    else:
        _text(_slide(deck, "What it rests on"), blocks[:-1], MARGIN, TOP, FULL, 14.5, 18)
        blocks = blocks[-1:]

    slide = _slide(deck, "How far this goes")
    fifth = brief.pictures[4:5]
    _text(slide, blocks, MARGIN, TOP, HALF if fifth else FULL, 14.5, 16)
    _pictures(slide, fifth, MARGIN + HALF + 1.0)

    stream = io.BytesIO()
    deck.save(stream)
    return fixed(stream.getvalue())


def _answers(answers: Sequence[Answer], terms: bool) -> list[list[Run]]:
    """Each answer as a paragraph, its question in bold, and its terms below where asked for."""
    found: list[list[Run]] = []
    for answer in answers:
        found.append([(f"{answer.question} ", True), (answer.text, False)])
        found += [[(f"– {issue}: {option}", False)] for issue, option in answer.items if terms]
    return found


def _items(answer: Answer) -> list[list[Run]]:
    return [[(f"{issue}: ", True), (option, False)] for issue, option in answer.items]


def _slide(deck: Any, title: str) -> Any:
    """A slide with a title alone."""
    from pptx.util import Cm

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (
        Cm(MARGIN), Cm(0.9), Cm(FULL), Cm(1.8))
    _fill(shape.text_frame, [[(title, True)]], _fitting([[(title, True)]], FULL, 1.8, 24))
    return slide


def _text(slide: Any, paragraphs: list[list[Run]], left: float, top: float, width: float,
          height: float, size: float) -> None:
    """A box of text, smaller where there is more of it than fits."""
    from pptx.util import Cm

    if not paragraphs:
        return
    box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    box.text_frame.word_wrap = True
    _fill(box.text_frame, paragraphs, _fitting(paragraphs, width, height, size))


def _fitting(paragraphs: list[list[Run]], width: float, height: float, size: float) -> float:
    """The largest size, up to the given one and not below eight points, at which a text fits."""
    while size > 8 and _height(paragraphs, width, size) > height:
        size -= 0.5
    return size


def _height(paragraphs: list[list[Run]], width: float, size: float) -> float:
    """About how high a text is, in centimetres: 0.53 of the size a character, 1.2 a line."""
    point = 2.54 / 72
    across = (width - 0.5) / (0.53 * size * point)
    lines = sum(-(-sum(len(text) for text, _ in runs) // across) for runs in paragraphs)
    return float(1.2 * size * point * lines + 0.45 * size * point * len(paragraphs) + 0.3)


def _fill(frame: Any, paragraphs: list[list[Run]], size: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.vertical_anchor = MSO_ANCHOR.TOP
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(0.45 * size)
        for text, bold in runs:
            run = paragraph.add_run()
            run.text = " " * text.startswith(" ") + clean(text) + " " * text.endswith(" ")
            run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
            run.font.color.rgb = RGBColor.from_string(INK)


def _pictures(slide: Any, pictures: Sequence[Picture], left: float = MARGIN) -> None:
    """Figures side by side, each with its caption below it."""
    from pptx.util import Cm

    wide = HALF if len(pictures) == 2 or left > MARGIN else FULL
    for place, picture in enumerate(pictures):
        here = left + place * (wide + 1.0)
        tall = 10.2
        width = min(wide, tall * picture.width / picture.height)
        height = width * picture.height / picture.width
        shape = slide.shapes.add_picture(io.BytesIO(picture.png), Cm(here), Cm(TOP), Cm(width),
                                         Cm(height))
        properties = shape._element.nvPicPr.cNvPr
        properties.set("descr", clean(picture.alt))
        properties.set("title", clean(picture.title))
        _text(slide, [[(f"{picture.title}. ", True), (picture.caption, False)]], here,
              TOP + height + 0.3, wide, 14.5 - height, 12)


def _properties(properties: Any, brief: Brief, written: dt.datetime) -> None:
    """Who made it and when: the run's date, not today's."""
    properties.title = clean(brief.title)[:250]
    properties.subject = "A brief of a run of zopa"
    properties.author = properties.last_modified_by = "zopa"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = properties.last_printed = written
    properties.revision = 1
