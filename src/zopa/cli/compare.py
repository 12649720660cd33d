"""`zopa compare`: two runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    run_a: Annotated[Path, typer.Argument(help="A directory that `zopa run` wrote.")],
    run_b: Annotated[Path, typer.Argument(help="Another one, compared with it.")],
    everything: Annotated[bool, typer.Option(
        "--all", help="After the headline answers, every entry of the answers that differs.")
    ] = False,
    as_data: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what differs between two runs: in the inputs, and in the answers.

    Numbers of the scenarios are compared by their paths, answers by the names of the parties, so
    that the order of the sides counts for nothing. The largest change comes first.
    """
    from zopa.report import compare
    from zopa.report.stored import read_run

    found = compare.compare(read_run(run_a), read_run(run_b))
    if as_data:
        from zopa.cli.common import write_json

        write_json(compare.as_data(found, everything))
        return
    from zopa.report.compare_show import show

    show(found, everything)
