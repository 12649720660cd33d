"""A brief as Markdown, with its figures as PNG files in a folder beside it.

Whatever comes from the scenario is text: characters that Markdown, HTML or a renderer's automatic
links would read as more than that are escaped.
"""

from __future__ import annotations

import re

from zopa.report.brief import CAVEAT, WHOLE, Brief
from zopa.report.plain_text import clean

MARKS = re.compile(r"([\\`*_\[\]<>|~$&{}^=])")
LINE_START = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]))")
LINKS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|javascript|data|file)(:)|\b(www)(\.)|(@)")


def to_md(brief: Brief, folder: str) -> str:
    """The text.

    Args:
        brief: from `zopa.report.brief.make`.
        folder: where the figures are, seen from the file.
    """
    lines = [f"# {escaped(brief.title)}", "", escaped(brief.about), "", "## Answers", ""]
    for answer in brief.answers:
        lines += [f"**{escaped(answer.question)}** {escaped(answer.text)}", ""]
        if answer.items:
            lines += [f"- {escaped(issue)}: {escaped(option)}" for issue, option in answer.items]
            lines.append("")
    if brief.pictures:
        lines += ["## Figures", ""]
    for picture in brief.pictures:
        lines += [f"![{escaped(picture.title)}]({folder}/{picture.name}.png)", "",
                  f"*{escaped(picture.title)}.* {escaped(picture.caption)}".rstrip(), ""]
    for title, texts in sections(brief):
        lines += [f"## {title}", "", *(f"- {escaped(text)}" for text in texts), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def sections(brief: Brief) -> list[tuple[str, tuple[str, ...]]]:
    """What stands after answers and figures, in every format."""
    return [(title, texts) for title, texts in (
        ("What the answers rest on", brief.rests_on),
        ("What to know before quoting them", brief.warnings),
        ("What they leave out", brief.left_out),
        ("How to read and cite this", (CAVEAT, brief.cite, WHOLE))) if texts]


def escaped(text: str) -> str:
    """Text as Markdown that shows it as it is."""
    text = MARKS.sub(r"\\\1", clean(text))
    text = LINE_START.sub(r"\1\\\2", text) if not text[:1].isdigit() else re.sub(
        r"^(\d+)([.)])", r"\1\\\2", text)
    return LINKS.sub(_unlinked, text)


def _unlinked(match: re.Match[str]) -> str:
    """An address that no renderer makes a link of: its mark as a reference, or after an escape."""
    scheme, colon, www, dot, at = match.groups()
    return f"{scheme}\\{colon}" if scheme else f"{www}\\{dot}" if www else "&#64;" if at else ""
