"""`zopa calibrate support`: how often a patron's support changes level, from a monthly series."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zopa.cli import calibrate_common as common
from zopa.core.errors import ArgumentError


def command(
    series: common.File,
    scenario: Annotated[Path, typer.Option(
        "--scenario", help="The scenario file with the patron's levels, which is written into.")],
    patron: Annotated[str, typer.Option("--patron", help="Whose support, as in war.support.")],
    thresholds: Annotated[str, typer.Option(
        "--thresholds", metavar="HIGH,...,LOW", help="Least value a month of each level but the "
        "lowest, from the highest level down.")],
    smooth: Annotated[int, typer.Option(
        "--smooth", min=1, max=24, help="Months of the trailing mean that decides.")] = 1,
    dry_run: Annotated[bool, typer.Option(
        "--dry-run", help="Say what would be written, and write nothing.")] = False,
    cite: common.Cite = None,
    out: common.Out = None,
    since: common.Since = None,
    until: common.Until = None,
    column: common.Column = None,
    which: common.Which = None,
    measure: common.Measure = None,
    citation: common.Citation = None,
    licence: common.Licence = None,
    seed: common.Seed = 0,
) -> None:
    """Count a patron's changes of level, and write the transitions into the scenario."""
    from zopa.calibrate.series import monthly
    from zopa.calibrate.support import fit_support
    from zopa.scenario.load import load

    war = load(str(scenario)).war
    if war is None or patron not in war.support:
        known = ", ".join(war.support) if war is not None else "none"
        raise ArgumentError(f"{scenario}: war.support has no {patron!r}. It has: {known}.")
    chain = war.support[patron]
    levels = tuple(chain.levels)
    targets = [[levels.index(other) for other in chain.transitions.get(level, {})]
               for level in levels]
    found = common.read(series, column, which, measure, common.Counted.EVENTS, None, citation,
                        licence)
    last = min(day for day in (common.as_day(until, "--until"), load(str(scenario)).date)
               if day is not None)
    months = monthly(found.between(common.as_day(since, "--since"), last))
    fitted = fit_support(months, patron, levels, targets, _numbers(thresholds), seed, smooth)
    typer.echo(f"{found.origin.file}: {found.name}, {months.months[0]:%Y-%m} to "
               f"{months.months[-1]:%Y-%m}; licence: {found.origin.licence}")
    for note in months.notes:
        typer.echo(f"note: {note}")
    for i, level in enumerate(levels):
        went = ", ".join(f"{fitted.moves[i, j]} to {levels[j]}" for j in targets[i])
        typer.echo(f"  {level}: {fitted.months[i]} months; {went or 'no way out'}")
    for path in fitted.posterior.columns:
        low, middle, high = _span(fitted.posterior.column(path).tolist())
        typer.echo(f"  {path}: {middle:.3f} ({low:.3f} to {high:.3f}) a month")
    common.keep(fitted.posterior, None if dry_run else scenario, cite, out)


def _span(values: list[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    low, middle, high = (ordered[round(q * (len(ordered) - 1))] for q in (0.05, 0.5, 0.95))
    return low, middle, high


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentError(f"--thresholds must be numbers such as 2,0.1, but is "
                            f"{text!r}.") from None
