"""`zopa calibrate endings`: hazards of collapse and the failure of talks from how wars ended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zopa.cli import calibrate_common as common


def command(
    file: Annotated[Path, typer.Argument(
        help="The dyad file of UCDP's Conflict Termination dataset, as CSV.")],
    kind: Annotated[str, typer.Option(
        "--class", help="Type of conflict: interstate, internal, internationalised or "
        "extrasystemic.")] = "interstate",
    over_years: Annotated[float, typer.Option(
        "--over-years", help="Only wars that lasted longer: 0, 1, 3 or 10.")] = 0,
    region: Annotated[str | None, typer.Option(
        "--region", help="europe, middle-east, asia, africa or americas. [default: all]",
        show_default=False)] = None,
    scenario: common.ScenarioFile = None,
    government: Annotated[str | None, typer.Option(
        "--government", help="Which side of the scenario is the state's; needed but for wars "
        "between states.")] = None,
    talks: Annotated[bool, typer.Option(
        "--talks/--no-talks", help="Fit how often talks fail, too.")] = True,
    cite: common.Cite = None,
    out: common.Out = None,
    until: common.Until = None,
    draws: Annotated[int, typer.Option(
        "--draws", min=400, help="Draws after warm-up, of four chains together.")] = 2800,
    seed: common.Seed = 0,
) -> None:
    """Fit how wars end by type and age, and write a class's rates into a scenario.

    A class with few cases has wide rates, and the line above the table says how many there are.
    """
    from zopa.calibrate.checks import Limits
    from zopa.calibrate.endings_data import table
    from zopa.calibrate.endings_fit import CHUNK, Sampler, fit
    from zopa.calibrate.endings_forecast import ReferenceClass
    from zopa.calibrate.endings_power import sensitivities
    from zopa.calibrate.endings_priors import class_rates, posterior
    from zopa.calibrate.endings_words import class_lines, prior_lines
    from zopa.calibrate.needs import numpyro
    from zopa.calibrate.termination_file import read_terminations
    from zopa.cli.progress import metered
    from zopa.core.errors import ArgumentError
    from zopa.scenario.load import load

    numpyro()
    if out is not None and scenario is None:
        raise ArgumentError("--out writes a scenario's numbers. Give --scenario too.")
    target = load(str(scenario)) if scenario is not None else None
    data = read_terminations(file)
    last = min(day for day in (common.as_day(until, "--until"), data.last,
                               target.date if target is not None else None) if day is not None)
    year = (target.date if target is not None else data.last).year
    of = ReferenceClass(kind, round(12 * over_years), region, year)
    sampler = Sampler(draws=-(-draws // (4 * CHUNK)) * CHUNK)
    with metered(quiet=False) as meter:
        fitted = fit(table(data.wars, last), seed, sampler, limits=Limits(),
                     tell=lambda at, total: meter.work("Fitting", at, total))
    found = class_rates(data, fitted, of, last)
    for line in (*class_lines(found), *prior_lines(sensitivities(fitted, of))):
        typer.echo(line)
    if target is not None:
        made = posterior(data, fitted, found, target, seed, government, talks)
        common.keep(made, scenario, cite, out)
