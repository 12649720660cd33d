"""`zopa redact`: a copy of a run without the private numbers in it."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(
        help="A directory that `zopa run --private` wrote; it is not touched.")],
    out: Annotated[Path, typer.Option(
        help="Directory for the copy: new, empty, or of an earlier copy, which is replaced.")],
) -> None:
    """Write a copy of a run without the private numbers that were laid over its scenario.

    Leaves out these numbers, their draws, every solved value of a draw, hinges, and what answers
    say of the party's own utilities; rounds the rest to two digits. Says what still leaks.
    """
    from zopa.exchange.redact import LEAKS
    from zopa.report.redacted import write_redacted

    written = write_redacted(run, out)
    typer.echo(f"The copy is in {written}; {run} is as it was.")
    typer.echo(textwrap.fill(f"What still leaks: {LEAKS}", 80))
