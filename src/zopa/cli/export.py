"""`zopa export`: issues, options and utilities as files of other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Form(StrEnum):
    """A format that is written."""

    genius = "genius"
    geniusweb = "geniusweb"
    csv = "csv"
    xlsx = "xlsx"


def command(
    source: Annotated[list[str], typer.Argument(
        metavar="SOURCE", help="A scenario, an example's name, or any file that `zopa import` "
        "reads.")],
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    out: Annotated[Path, typer.Option(
        help="A file; for genius and geniusweb a folder, with a domain and a profile a party.")],
    force: Annotated[bool, typer.Option(
        "--force", help="Write over files that are there already.")] = False,
) -> None:
    """Write issues, options and utilities for Genius, GeniusWeb or a spreadsheet.

    Numbers of a scenario stand at their middle. What a format cannot hold is one line with exit
    code 2; what had to be changed, such as a scale, is printed to standard error.
    """
    from zopa.exchange.read import read
    from zopa.exchange.write import files, save

    imported = read(source)
    made, notes = files(imported.domain, form.value, out)
    save(made, force)
    for note in (*imported.notes, *notes):
        sys.stderr.write(f"note: {note}\n")
    for path in made:
        typer.echo(f"{path} is written.")
