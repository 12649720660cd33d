"""`zopa calibrate`: parts of a scenario from data; one module a subcommand."""

from __future__ import annotations

import typer

from zopa.cli import (
    calibrate_battlefield,
    calibrate_endings,
    calibrate_losses,
    calibrate_support,
)

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def root() -> None:
    """Fit parts of a scenario to data, and write them into it with their source."""


app.command("battlefield")(calibrate_battlefield.command)
app.command("endings")(calibrate_endings.command)
app.command("support")(calibrate_support.command)
app.command("losses")(calibrate_losses.command)
