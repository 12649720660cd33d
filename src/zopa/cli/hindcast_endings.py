"""`zopa hindcast --endings`: how well the endings of later wars are forecast from earlier ones."""

from __future__ import annotations

from pathlib import Path

import typer

from zopa.cli.calibrate_common import as_day


def show(file: Path, before: str | None, seed: int, markdown: bool, json: bool) -> None:
    """Fit, score and print.

    Args:
        file: the dyad file of UCDP's Conflict Termination dataset.
        before: a date; `endings_hindcast.BEFORE` where None.
        seed: of everything random.
        markdown, json: the form.
    """
    from zopa.calibrate.checks import Limits
    from zopa.calibrate.endings_hindcast import BEFORE, hindcast
    from zopa.calibrate.endings_words import hindcast_lines
    from zopa.calibrate.needs import numpyro
    from zopa.calibrate.termination_file import read_terminations
    from zopa.cli.progress import metered

    numpyro()
    date = as_day(before, "--before") or BEFORE
    data = read_terminations(file)
    with metered(quiet=False) as meter:
        found = hindcast(data, date, seed, limits=Limits(),
                         tell=lambda at, total: meter.work("Fitting", at, total))
    if json:
        typer.echo(found.to_json(), nl=False)
        return
    for line in hindcast_lines(found, markdown):
        typer.echo(line)
