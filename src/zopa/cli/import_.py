"""`zopa import`: other tools' files as a scenario."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from zopa.core.errors import ArgumentError, InputError, Problem


def command(
    files: Annotated[list[str], typer.Argument(
        metavar="FILE", help="A Genius domain and its profiles, a GeniusWeb domain and its "
        "profiles, or one table (CSV, XLSX) or provisions list.")],
    out: Annotated[Path | None, typer.Option(
        help="The scenario to write; without it the scenario is printed.")] = None,
    force: Annotated[bool, typer.Option(
        "--force", help="Write over a file that is there already.")] = False,
    date: Annotated[str | None, typer.Option(
        help="The scenario's date, e.g. 2025-05-31; today by default.")] = None,
) -> None:
    """Write a scenario, without a war, from files of other tools.

    The format is found by content. Every number cites the file that it comes from, with its hash.
    What was assumed on the way is printed to standard error and stands in the scenario.
    """
    from zopa.exchange.origins import origins
    from zopa.exchange.read import read
    from zopa.exchange.to_scenario import written
    from zopa.exchange.write import save
    from zopa.scenario.load import loads

    imported = read(files)
    if imported.kind == "scenario":
        raise ArgumentError(f"{files[0]} is a scenario already. Copy it, or type: zopa check "
                            f"{files[0]}")
    result = written(imported, origins(files), _date(date))
    try:
        loads(result.text)
    except InputError as error:
        raise InputError([Problem(", ".join(files), f"a scenario of it would not pass the check: "
                                  f"{problem.what}", problem.mend or "`zopa zone` reads it as it "
                                  "is.") for problem in error.problems[:1]]) from None
    for note in result.notes:
        sys.stderr.write(f"note: {note}\n")
    if out is None:
        sys.stdout.write(result.text)
        return
    save({out: result.text.encode()}, force)
    domain = imported.domain
    typer.echo(f"{out} is written: {len(domain.parties)} parties, {len(domain.issues)} issues, "
               f"{domain.size} packages. Next: zopa check {out}")


def _date(text: str | None) -> dt.date:
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"--date is '{text}', which is no date. Write it as 2025-05-31."
                            ) from None
