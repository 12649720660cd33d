"""`zopa hindcast`: forecasts of a series from every month of it, scored on what came."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zopa.cli import calibrate_common as common
from zopa.cli.common import write_json
from zopa.cli.hindcast_endings import show
from zopa.cli.hindcast_wars import show as replayed
from zopa.core.errors import ArgumentError


def command(
    series: Annotated[Path | None, typer.Argument(
        help="A series: CSV with date,value,unit; UCDP GED or Candidate Events; an ACLED export.",
        show_default=False)] = None,
    endings: Annotated[Path | None, typer.Option(
        "--endings", metavar="FILE", help="Score forecasts of how wars end instead, on the dyad "
        "file of UCDP's Conflict Termination dataset.")] = None,
    before: Annotated[str | None, typer.Option(
        "--before", metavar="YYYY-MM-DD", help="With --endings: wars that began before this date "
        "are learned from, later ones scored. [default: 1990-01-01]", show_default=False)] = None,
    template: Annotated[str | None, typer.Option(
        "--template", metavar="SCENARIO", help="Score whole scenarios cut off at several dates: a "
        "scenario file, or ukraine. Needs a series and --endings.")] = None,
    cut_offs: Annotated[str | None, typer.Option(
        "--cut-offs", metavar="YYYY-MM-DD,...", help="With --template: ends of months. [default: "
        "five from 2023-05-31 to 2024-11-30]", show_default=False)] = None,
    onset: Annotated[str | None, typer.Option(
        "--onset", metavar="YYYY-MM-DD", help="With --template: first day of the war. [default: "
        "that of the series]", show_default=False)] = None,
    draws: Annotated[int, typer.Option(
        "--draws", min=1, help="With --template: draws of each ensemble, a power of two.")] = 128,
    horizons: Annotated[str, typer.Option(
        "--horizons", metavar="MONTHS,...", help="Months ahead.")] = "1,3,6,12",
    train_until: Annotated[str | None, typer.Option(
        "--train-until", metavar="YYYY-MM-DD", help="The date on which the model was frozen: what "
        "it was developed on is shown apart from what came after.")] = None,
    since: common.Since = None,
    until: common.Until = None,
    column: common.Column = None,
    which: common.Which = None,
    measure: common.Measure = None,
    count: common.Count = common.Counted.FATALITIES,
    where: common.Where = None,
    seed: common.Seed = 0,
    markdown: Annotated[bool, typer.Option(
        "--markdown", help="Print the tables in Markdown.")] = False,
    json: Annotated[bool, typer.Option(
        "--json", help="Print every forecast and every score as JSON.")] = False,
) -> None:
    """Score forecasts of a series on what happened next, against simple rules.

    At each month the battlefield model is fitted anew to what was known by then. The same seed
    gives the same figures. A model that loses to a rule is shown as losing.
    """
    from zopa.calibrate import hindcast_tables as tables
    from zopa.calibrate.hindcast import hindcast
    from zopa.calibrate.needs import numpyro
    from zopa.calibrate.series import monthly
    from zopa.cli.progress import metered

    numpyro()
    if endings is not None and template is None:
        if series is not None:
            raise ArgumentError("give a series or --endings, not both.")
        show(endings, before, seed, markdown, json)
        return
    if series is None:
        raise ArgumentError("series is missing. Give a file, or --endings with a file of endings.")
    ahead = _horizons(horizons)
    frozen = common.as_day(train_until, "--train-until")
    found = common.read(series, column, which, measure, count, where, None, None)
    if template is not None:
        replayed(found, endings, template, cut_offs, onset, since, draws, seed, json)
        return
    months = monthly(found.between(common.as_day(since, "--since"),
                                   common.as_day(until, "--until")))
    with metered(quiet=False) as meter:
        result = hindcast(months, seed, ahead,
                          tell=lambda at, total: meter.work("Forecasting", at, total))
    shown = tables.parts(result, frozen)
    if json:
        write_json(tables.plain(result, shown))
        return
    form = tables.as_markdown if markdown else tables.as_text
    typer.echo(f"{found.origin.file}: {found.name}, {months.months[0]:%Y-%m} to "
               f"{months.months[-1]:%Y-%m}, seed {seed}")
    for note in months.notes:
        typer.echo(f"note: {note}")
    for part in shown:
        typer.echo(f"\n{TITLES[part.name]}\n")
        if not part.lines:
            typer.echo("No origin.")
            continue
        for line in form(tables.HEADER, tables.rows(part)):
            typer.echo(line)
        typer.echo("")
        for line in form(tables.HEADER_AGAINST, tables.rows_against(part)):
            typer.echo(line)


TITLES = {
    "all": "Every origin",
    "developed": "Developed on: what came was known when the model was frozen",
    "across": "Across: forecast from before the model was frozen, of what came after",
    "after": "After: both origin and what came are later than the model",
}


def _horizons(text: str) -> tuple[int, ...]:
    try:
        found = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError:
        found = ()
    if not found or found[0] < 1 or found[-1] > 60:
        raise ArgumentError(f"--horizons must be months from 1 to 60 such as 1,3,6,12, but is "
                            f"{text!r}.")
    return found
