"""`zopa examples`: the shipped scenarios."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def command(
    name: Annotated[str | None, typer.Argument(help="Print this example's text.")] = None,
) -> None:
    """List the shipped scenarios, or print one as a start for your own.

    For example: zopa examples ukraine-2025 > mine.yaml
    """
    from zopa.scenario.source import example_text, examples

    shipped = examples()
    if name is None:
        width = max((len(key) for key in shipped), default=0)
        for key, path in shipped.items():
            typer.echo(f"{key:{width}}  {_title(path.read_text(encoding='utf-8'))}")
        return
    sys.stdout.write(example_text(name))


def _title(text: str) -> str:
    """The title, read from its line alone: listing does not parse whole files."""
    from zopa.scenario.document import compose

    line = next((line for line in text.splitlines() if line.startswith("title:")), "title:")
    return str(compose(line, "title").data["title"])
