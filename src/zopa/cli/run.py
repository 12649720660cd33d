"""`zopa run`: from a scenario to a report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from zopa.cli.progress import metered


def command(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of an example.")],
    draws: Annotated[int, typer.Option(
        help="Joint samples of the uncertain numbers, a power of two.")] = 1024,
    seed: Annotated[int, typer.Option(
        help="The same seed gives the same answers, to the byte.")] = 0,
    out: Annotated[Path | None, typer.Option(
        help="Directory for the results: new, empty, or of an earlier run, which is replaced. "
        "[default: the scenario's name with -report]", show_default=False)] = None,
    believe: Annotated[list[str] | None, typer.Option(
        metavar="CLAIM=true|false", help="Take a claim as true or false, and see what follows. "
        "May be given several times.")] = None,
    private: Annotated[list[Path] | None, typer.Option(
        metavar="OVERLAY", help="A file with one party's confidential numbers, laid over the "
        "scenario for this run. May be given several times.")] = None,
    patch: Annotated[Path | None, typer.Option(
        metavar="FILE", help="A patch: numbers held at a value, levers on, claims believed, as the "
        "page of `zopa serve` writes it.")] = None,
    heavy: Annotated[int, typer.Option(
        help="Draws for what is solved many times over: obstacles and levers.")] = 256,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Answer every question about a scenario, and write the report.

    Writes report.html (one file, opens with no network), answers.json, draws.nc, manifest.json and
    sources.bib: all of them or none, so that earlier results are never half-overwritten.
    """
    from dataclasses import replace

    from zopa.exchange import overlay
    from zopa.report.first_page import statements
    from zopa.report.manifest import identity
    from zopa.report.result import assumed, command_line, run
    from zopa.report.terminal import headline
    from zopa.report.write import check_target
    from zopa.scenario.load import load
    from zopa.scenario.setting import read as read_setting

    shared = load(scenario)
    overlays = [overlay.read(path) for path in private or ()]
    loaded = overlay.laid_over(shared, overlays) if overlays else shared
    origin = loaded.origin
    directory = out or Path(f"{origin.name if origin else 'scenario'}-report")
    check_target(directory)
    beliefs = assumed(loaded, believe)
    setting = read_setting(patch) if patch is not None else None
    with metered(quiet) as meter:
        result = run(loaded, draws, seed, beliefs, meter.draws, command_line(), heavy, meter.work,
                     setting)
        if overlays:
            told = {"overlays": overlay.recorded(overlays), "shared": identity(shared)}
            result = replace(result, manifest=result.manifest | {"private": told})
        meter.stage("Writing the report")
        written = result.write(directory)
    width = shutil.get_terminal_size().columns
    for statement in statements(result.view):
        typer.echo(headline(statement, width))
    warnings = result.answers.get("warnings") or []
    for warning in warnings:
        typer.echo(f"Warning: {warning}")
    if overlays:
        typer.echo("The results hold private numbers: keep them. `zopa redact` writes a copy "
                   "without.")
    typer.echo(f"The report is {written / 'report.html'}: open it in a browser.")
