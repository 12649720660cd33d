"""`zopa new`: a commented template to start from."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    file: Annotated[str, typer.Argument(help="The file to write; it must not exist yet.")],
) -> None:
    """Write a commented template: a made-up conflict that passes the check, to be replaced."""
    from zopa.scenario.template import write_template

    write_template(file)
    typer.echo(f"{file} is written. Next: zopa check {file}")
