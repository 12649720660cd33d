"""`zopa new`: a commented template to start from."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    file: Annotated[str, typer.Argument(help="The file to write; it must not exist yet.")],
    like: Annotated[str | None, typer.Option(
        help="Start from a copy of this example instead, e.g. template-civil-war.")] = None,
) -> None:
    """Write a commented template: a made-up conflict that passes the check, to be replaced.

    For a war inside a state: zopa new my-war.yaml --like template-civil-war
    """
    from zopa.scenario.template import write_template

    write_template(file, like=like)
    typer.echo(f"{file} is written. Next: zopa check {file}")
