"""A brief of a run: what two pages or five slides hold, whatever they are written as.

1. The answers of the first page, each cut to a few whole sentences; a cut is shown by […].
2. The figures that matter most, drawn from the specifications of the report.
3. What the answers rest on, what they leave out, and how to cite the run.

The length is counted: of the `LIMITS`, from generous to strict, the first is taken under which the
whole has no more than `MOST` or `PAGED` words.  Six and a half characters and a space count as a
word at least, so that scripts without spaces, and long words, do not get longer briefs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from zopa.report.brief_pictures import Picture, pictures
from zopa.report.citation import as_text
from zopa.report.first_page import not_modelled, rests_on, statements
from zopa.report.view import View
from zopa.report.wording import capital, stop

MOST, PAGED = 910, 1040
"""Words of a whole brief: as Markdown, and on pages or slides, where small print has room."""
FRAME = 60
"""Words for its headings and the marks of its lists."""
WORD = 6.5
CUT = "[…]"
CAVEAT = ("Everything here holds in this model, under these inputs. A claim is somebody's "
          "statement, not a fact. Nothing here is advice to fight, to hold out or to give in.")
WHOLE = "The report of the run has every answer, input and source in full."


@dataclass(frozen=True)
class Limit:
    """How long each part may be.

    Attributes:
        answer, caption, rest: words of an answer, of a caption, of the texts of a section.
        items: terms that are named.
        first: the first sentence of a text stands in any case up to so many words; a caption
            may go, for the title of a figure says the same.
    """

    answer: int
    items: int
    caption: int
    rest: int
    first: int = 60


LIMITS = (Limit(90, 14, 90, 90), Limit(90, 12, 50, 75), Limit(90, 12, 30, 60),
          Limit(90, 10, 22, 50), Limit(75, 8, 20, 45), Limit(60, 6, 14, 40), Limit(60, 6, 0, 40),
          Limit(60, 5, 0, 35), Limit(60, 4, 0, 30), Limit(45, 4, 0, 30), Limit(45, 3, 0, 20),
          Limit(30, 3, 0, 20, 45), Limit(25, 3, 0, 15, 35), Limit(20, 3, 0, 15, 25),
          Limit(10, 2, 0, 10, 10))


@dataclass(frozen=True)
class Answer:
    """One answer: the question, the answer cut to length, and the terms that it names."""

    question: str
    text: str
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Brief:
    """What a brief holds.

    Attributes:
        title, about: the scenario, its date and the run.
        answers: in the order of the report.
        pictures: at most five.
        rests_on, left_out, warnings: sentences.
        cite: how to cite the run.
        written: when the run was, ISO 8601; the date of the document.
    """

    title: str
    about: str
    answers: tuple[Answer, ...]
    pictures: tuple[Picture, ...]
    rests_on: tuple[str, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]
    cite: str
    written: str

    @property
    def words(self) -> int:
        """How long it is; titles of figures stand twice, once for those who do not see them."""
        texts = [self.title, self.about, self.cite, CAVEAT, WHOLE, *self.rests_on,
                 *self.left_out, *self.warnings]
        texts += [part for a in self.answers for part in (a.question, a.text)]
        texts += [part for a in self.answers for item in a.items for part in item]
        texts += [part for p in self.pictures for part in (p.title, p.title, p.caption)]
        return FRAME + sum(length(text) for text in texts)


def make(view: View, most: int = MOST) -> Brief:
    """The brief of a run, as long as it may be: at most so many words."""
    whole = pictures(view)
    for limit in LIMITS:
        made = _brief(view, whole, limit)
        if made.words <= most:
            break
    return made


def _brief(view: View, whole: tuple[Picture, ...], limit: Limit) -> Brief:
    own, more = not_modelled(view)
    *named, always = own
    left_out = [*within(named, limit.rest, limit.first), always]
    if more or len(left_out) < len(own):
        left_out.append("The report names more.")
    stored = view.manifest
    return Brief(
        short(view.scenario.title, 16),
        f"As of {view.scenario.date.isoformat()}; {stored['draws']} draws, seed {stored['seed']}, "
        f"zopa {stored['zopa']}.",
        tuple(_answers(view, limit)),
        tuple(replace(p, caption=_caption(p.caption, limit.caption)) for p in whole),
        tuple(within(rests_on(view), limit.rest, limit.first)), tuple(left_out),
        tuple(within(view.answers.get("warnings") or (), limit.rest, limit.first)),
        as_text(view), str(stored.get("written") or ""))


def _caption(text: str, most: int) -> str:
    kept = sentences(text, most, 0)
    return "" if kept == CUT else kept


def _answers(view: View, limit: Limit) -> Iterable[Answer]:
    for statement in statements(view):
        text = sentences(statement.answer, limit.answer, limit.first)
        if statement.measure:
            text += f" {sentences(capital(stop(statement.measure)), limit.answer, limit.first)}"
        items = [(short(issue, 14), short(option, 28)) for issue, option in statement.items]
        left = len(items) - limit.items
        if left > 0:
            items = [*items[:limit.items], (CUT, f"{left} more in the report")]
        yield Answer(statement.question, text, tuple(items))


def length(text: str) -> int:
    """Words of a text, long ones counted by their characters."""
    return max(len(text.split()), round(len(text) / (WORD + 1.0)))


def short(text: str, most: int) -> str:
    """A title, or its first words; a cut is shown."""
    words = text.split()
    if length(" ".join(words)) <= most:
        return " ".join(words)
    kept = ""
    for word in words:
        if length(f"{kept} {word}") > most:
            break
        kept = f"{kept} {word}".strip()
    return f"{kept or text[:round(most * WORD)]} {CUT}"


def sentences(text: str, most: int, first: int) -> str:
    """As many whole sentences as there is room for; a cut is shown.

    No sentence is cut, so that none names one side and leaves out the other.

    Args:
        text: one or more sentences.
        most: words.
        first: the first sentence stands in any case up to so many words.
    """
    text = " ".join(text.split())
    if length(text) <= most:
        return text
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“0-9])", text):
        if length(f"{kept} {sentence}".strip()) > (most if kept else max(most, first)):
            return f"{kept} {CUT}".strip()
        kept = f"{kept} {sentence}".strip()
    return kept


def within(texts: Iterable[str], most: int, first: int) -> list[str]:
    """As many of the texts as there is room for, at least the beginning of the first."""
    found: list[str] = []
    for text in texts:
        left = most - sum(length(one) for one in found)
        if found and length(text) > left:
            break
        found.append(sentences(text, left, first))
    return found
