"""`zopa calibrate losses`: losses a month by momentum, for reports alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zopa.cli import calibrate_common as common


def command(
    losses: Annotated[Path, typer.Argument(help="A series of losses, in any form that is read.")],
    position: Annotated[Path, typer.Option(
        "--position", help="The series of the position, which says what momentum was.")],
    levels: Annotated[str, typer.Option(
        "--levels", metavar="LOW,...,HIGH", help="Names of the levels of momentum, from the lowest "
        "drift to the highest.")] = "falling,steady,rising",
    since: common.Since = None,
    until: common.Until = None,
    column: common.Column = None,
    which: common.Which = None,
    count: common.Count = common.Counted.FATALITIES,
    where: common.Where = None,
    seed: common.Seed = 0,
) -> None:
    """Describe losses a month at each level of momentum. Nothing is written into a scenario.

    This is a description and no cause: commanders choose when to attack, and some estimates of
    losses are made from changes of territory.
    """
    from zopa.calibrate.battlefield_fit import fit
    from zopa.calibrate.checks import Limits
    from zopa.calibrate.losses import WARNING, by_momentum, circular
    from zopa.calibrate.needs import numpyro
    from zopa.calibrate.scenario_levels import from_levels
    from zopa.calibrate.series import monthly
    from zopa.cli.progress import metered

    numpyro()
    structure = from_levels(tuple(name.strip() for name in levels.split(","))).structure
    first, last = common.as_day(since, "--since"), common.as_day(until, "--until")
    lost = monthly(common.read(losses, column, which, common.Measured.FLOW, count, where, None,
                               None).between(first, last))
    held = monthly(common.read(position, None, None, None, count, None, None,
                               None).between(first, last))
    with metered(quiet=False) as meter:
        fitted = fit(structure, held.changes[1], seed, limits=Limits(), what=position.name,
                     tell=lambda at, total: meter.work("Fitting", at, total))
    typer.echo(f"{lost.origin.file}: {lost.name}, {lost.unit}; licence: {lost.origin.licence}")
    for note in (*lost.notes, *held.notes, *((WARNING,) if circular(lost) else ())):
        typer.echo(f"note: {note}")
    for row in by_momentum(lost, held, fitted, seed):
        low, middle, high = row.mean
        typer.echo(f"  {row.level}: {middle:,.0f} a month ({low:,.0f} to {high:,.0f}), from "
                   f"{row.months:.1f} months")
    typer.echo("A description, not a cause: when to attack is chosen, and losses are claims.")
