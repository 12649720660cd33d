"""`zopa brief`: two pages or five slides about a run."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class Format(Enum):
    """What a brief is written as."""

    DOCX = "docx"
    PPTX = "pptx"
    MD = "md"


def command(
    run: Annotated[Path, typer.Argument(help="A directory that `zopa run` wrote.")],
    form: Annotated[Format | None, typer.Option(
        "--format", help="Two pages as a Word document or as Markdown, or five slides. "
        "[default: what the file's name says, else md]", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(
        help="File to write; one that is there is replaced. [default: the scenario's name with "
        "-brief]", show_default=False)] = None,
) -> None:
    """Write two pages or five slides about a run: answers, figures, limits, how to cite it.

    docx and pptx need the extra `brief`: pip install 'zopa[brief]'. The figures of md stand in a
    folder beside the file. The same run gives the same bytes.
    """
    from zopa.report.brief_write import write_brief
    from zopa.report.stored import read_run

    written = write_brief(read_run(run), form.value if form else None, out)
    typer.echo(f"{out or written.name} is written.")
