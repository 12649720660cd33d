"""`zopa cite`: how to cite a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(help="A directory that `zopa run` wrote.")],
    bibtex: Annotated[bool, typer.Option(
        "--bibtex", help="Print a BibTeX entry in place of a sentence.")] = False,
) -> None:
    """Print how to cite a run: scenario and its hash, date, draws, seed, version.

    The sources that the scenario rests on are in the run's sources.bib: cite those whose figures
    you repeat.
    """
    from zopa.report.citation import as_bibtex, as_text
    from zopa.report.stored import read_run

    view = read_run(run)
    typer.echo(as_bibtex(view) if bibtex else as_text(view), nl=not bibtex)
