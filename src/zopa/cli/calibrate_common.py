"""What the subcommands of `zopa calibrate` share: options of a series, and where results go."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zopa.core.errors import ArgumentError

if TYPE_CHECKING:
    from zopa.calibrate.posterior import Posterior
    from zopa.calibrate.series import Measure as Kind
    from zopa.calibrate.series import Series


class Counted(StrEnum):
    """What is counted in a file of events."""

    FATALITIES = "fatalities"
    EVENTS = "events"


class Measured(StrEnum):
    """What the values of a tidy file are."""

    LEVEL = "level"
    FLOW = "flow"


File = Annotated[Path, typer.Argument(
    help="A series: CSV with date,value,unit; UCDP GED or Candidate Events; an ACLED export.")]
Column = Annotated[str | None, typer.Option(
    "--column", help="Column of the values in a tidy file. [default: value]", show_default=False)]
Which = Annotated[str | None, typer.Option(
    "--series", help="Which series, where the file has several in a column `series`.")]
Measure = Annotated[Measured | None, typer.Option(
    "--measure", help="level: the state at a date; flow: what a period brought. [default: by the "
    "unit]", show_default=False)]
Count = Annotated[Counted, typer.Option(
    "--count", help="What is counted in a file of events.")]
Where = Annotated[list[str] | None, typer.Option(
    "--where", metavar="COLUMN=VALUE", help="Only the events with this value; may be repeated.")]
Since = Annotated[str | None, typer.Option(
    "--since", metavar="YYYY-MM-DD", help="Leave out rows before this date.")]
Until = Annotated[str | None, typer.Option(
    "--until", metavar="YYYY-MM-DD", help="Leave out rows after this date.")]
Citation = Annotated[str | None, typer.Option(
    "--citation", help="Citation of the data, over what the file says.")]
Licence = Annotated[str | None, typer.Option(
    "--licence", help="Licence of the data, over what the file says.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of everything random.")]
ScenarioFile = Annotated[Path | None, typer.Option(
    "--scenario", help="The scenario file to write the fitted numbers into.")]
Cite = Annotated[str | None, typer.Option(
    "--cite", metavar="KEY", help="The source in the scenario that the numbers cite; without it, "
    "one is written.")]
Out = Annotated[Path | None, typer.Option(
    "--out", help="Write the joint posterior draws here, as JSON.")]


def as_day(text: str | None, option: str) -> dt.date | None:
    """The date of an option.

    Raises:
        ArgumentError: it is no date.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentError(f"{option} must be a date such as 2024-05-31, but is "
                            f"{text!r}.") from None


def read(path: Path, column: str | None, which: str | None, measure: Measured | None,
         count: Counted, where: list[str] | None, citation: str | None,
         licence: str | None) -> Series:
    """The series of a command's options."""
    from zopa.calibrate.readers import Wanted, read_series

    pairs = []
    for text in where or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise ArgumentError(f"--where must be COLUMN=VALUE, but is {text!r}.")
        pairs.append((name.strip().lower(), value))
    kind: Kind | None = None
    if measure is not None:
        kind = "level" if measure is Measured.LEVEL else "flow"
    return read_series(path, Wanted(
        column, which, kind, "events" if count is Counted.EVENTS else "fatalities", tuple(pairs),
        citation, licence))


def keep(posterior: Posterior, scenario: Path | None, cite: str | None, out: Path | None) -> None:
    """Write joint draws where the options say, and say so."""
    from zopa.report.ledger_write import replace_file

    if scenario is not None:
        from zopa.calibrate.write_block import write

        beside = write(scenario, posterior, cite)
        typer.echo(f"{scenario}: {len(posterior.columns)} numbers are written; their joint draws "
                   f"are in {beside}.")
    if out is not None:
        replace_file(out, posterior.to_json().encode("utf-8"))
        typer.echo(f"{out}: {len(posterior.draws)} joint draws of {len(posterior.columns)} "
                   "numbers.")
