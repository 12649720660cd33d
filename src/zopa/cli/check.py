"""`zopa check`: everything that is wrong with a scenario, where it is and how to mend it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from zopa.cli.common import BAD_INPUT, as_json, complain, counted, write_json
from zopa.core.errors import InputError


def command(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of an example.")],
    strict: Annotated[bool, typer.Option(
        "--strict", help="Warnings are errors too: numbers without a source, inputs known only "
        "after the scenario's date, one reason for more than three numbers.")] = False,
    as_data: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is wrong with a scenario, where, and how to mend it.

    Prints one line a problem, file:line:column first, all at once, and ends with exit code 2 where
    there is an error. Without errors it prints the warnings, and what the moves of the battlefield
    amount to over 1 and 12 periods beside the targets that the scenario states.
    """
    from zopa.scenario.load import load_checked

    try:
        checked = load_checked(scenario, strict)
    except InputError as error:
        if as_data:
            write_json({"scenario": scenario, "errors": [as_json(p) for p in error.problems],
                        "warnings": [], "notes": []})
        else:
            complain(error)
            sys.stderr.write(f"{scenario}: {counted(len(error.problems), 'error')}\n")
        raise typer.Exit(BAD_INPUT) from None
    if as_data:
        write_json({"scenario": scenario, "errors": [],
                    "warnings": [as_json(p) for p in checked.warnings],
                    "notes": list(checked.notes)})
        return
    for line in (*checked.warnings, *checked.notes):
        typer.echo(str(line))
    typer.echo(f"{scenario}: no errors, {counted(len(checked.warnings), 'warning')}")
