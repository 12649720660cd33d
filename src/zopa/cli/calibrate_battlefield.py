"""`zopa calibrate battlefield`: momentum and moves from a series of the position."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zopa.cli import calibrate_common as common
from zopa.core.errors import ArgumentError

if TYPE_CHECKING:
    from zopa.calibrate.scenario_levels import Asked


def command(
    series: common.File,
    scenario: common.ScenarioFile = None,
    cite: common.Cite = None,
    out: common.Out = None,
    levels: Annotated[str | None, typer.Option(
        "--levels", metavar="LOW,...,HIGH", help="Names of the levels of momentum, from the lowest "
        "drift to the highest. [default: the scenario's, or falling,steady,rising]",
        show_default=False)] = None,
    cell: Annotated[float | None, typer.Option(
        "--cell", min=0, help="Width of a cell, in the series' unit. [default: the scenario's, or "
        "one and a half scales]", show_default=False)] = None,
    memory: Annotated[bool, typer.Option(
        "--memory", help="Let a month depend on the one before beyond its momentum; such a fit can "
        "be looked at, but a scenario has no place for it.")] = False,
    since: common.Since = None,
    until: common.Until = None,
    column: common.Column = None,
    which: common.Which = None,
    measure: common.Measure = None,
    count: common.Count = common.Counted.FATALITIES,
    where: common.Where = None,
    citation: common.Citation = None,
    licence: common.Licence = None,
    draws: Annotated[int, typer.Option(
        "--draws", min=400, help="Draws after warm-up, of four chains together.")] = 3200,
    seed: common.Seed = 0,
) -> None:
    """Fit momentum and moves to a series of the position, and write them into a scenario.

    The levels of momentum, their moves in cells and which can follow which are the scenario's. Its
    numbers then share one joint posterior, which an ensemble uses as it is.
    """
    from zopa.calibrate.battlefield_fit import CHUNK, Sampler
    from zopa.calibrate.battlefield_run import calibrate
    from zopa.calibrate.battlefield_words import lines
    from zopa.calibrate.needs import numpyro
    from zopa.cli.progress import metered

    numpyro()
    asked = _asked(scenario, levels, cell, memory)
    if memory and (scenario is not None or out is not None):
        raise ArgumentError("--memory fits what a scenario has no place for: its moves depend on "
                            "momentum alone. Leave out --memory, or --scenario and --out.")
    found = common.read(series, column, which, measure, count, where, citation, licence)
    each = -(-draws // (4 * CHUNK)) * CHUNK
    with metered(quiet=False) as meter:
        done = calibrate(
            found, asked, seed, common.as_day(since, "--since"), common.as_day(until, "--until"),
            Sampler(draws=each), tell=lambda at, total: meter.work("Fitting", at, total))
    for line in lines(done):
        typer.echo(line)
    if done.posterior is not None:
        common.keep(done.posterior, scenario, cite, out)


def _asked(scenario: Path | None, levels: str | None, cell: float | None, memory: bool) -> Asked:
    from zopa.calibrate.scenario_levels import USUAL, from_levels, from_scenario
    from zopa.scenario.load import load

    if scenario is None:
        names = tuple(name.strip() for name in levels.split(",")) if levels else USUAL
        return from_levels(names, cell, memory)
    if levels is not None or cell is not None:
        raise ArgumentError("--levels and --cell are the scenario's own where --scenario is given. "
                            "Leave them out.")
    return from_scenario(load(str(scenario)), memory)
