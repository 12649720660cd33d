"""`zopa figure`: one chart of a run as a file, or the data behind it."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from zopa.core.errors import ArgumentError


class Format(Enum):
    """What a chart is drawn as."""

    SVG = "svg"
    PNG = "png"


def command(
    run: Annotated[Path, typer.Argument(help="A directory that `zopa run` wrote.")],
    name: Annotated[str, typer.Argument(
        help="outlook, position, costs, zone, deal-by-month, obstacles, waiting-value, "
        "waiting-terms, levers, lever-pairs, hindsight, verdicts, hinges or rests-on.")],
    form: Annotated[Format, typer.Option("--format", help="What to draw it as.")] = Format.SVG,
    data: Annotated[bool, typer.Option(
        "--data", help="Write the data of the chart as CSV instead.")] = False,
    out: Annotated[Path | None, typer.Option(
        help="File to write, - for standard output. [default: NAME.svg, .png or .csv]",
        show_default=False)] = None,
) -> None:
    """Draw one chart of a run as SVG or PNG, without a browser, or write its data."""
    from zopa.report import charts
    from zopa.report.stored import read_run

    shown = charts.figure(read_run(run), name)
    if data:
        content, ending = charts.to_csv(shown).encode(), "csv"
    elif form is Format.SVG:
        content, ending = charts.to_svg(shown).encode(), "svg"
    else:
        content, ending = charts.to_png(shown), "png"
    if out is not None and str(out) == "-":
        sys.stdout.buffer.write(content)
        return
    path = out or Path(f"{name}.{ending}")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ArgumentError(f"{path}: it cannot be written ({error.strerror}). "
                            "Give another --out.") from None
    typer.echo(f"{path}: {shown.title}")
