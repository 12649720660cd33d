"""`zopa hindcast --template`: whole scenarios cut off at earlier dates, scored on what came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from zopa.cli.calibrate_common import as_day
from zopa.core.errors import ArgumentError

if TYPE_CHECKING:
    from zopa.calibrate.series import Series


def show(series: Series, endings: Path | None, template: str, dates: str | None,
         onset: str | None, since: str | None, draws: int, seed: int, json: bool) -> None:
    """Fit at every date, solve, score and print.

    Args:
        series: of the position.
        endings: the dyad file of UCDP's Conflict Termination dataset.
        template: a scenario file, or the name of a shipped template.
        dates: ends of months, joined by commas.
        onset: first day of the war; the first row of the series where None.
        since: rows before it are left out of the fits.
        draws: of the ensembles, a power of two.
        seed: of everything random.
        json: the form.
    """
    from zopa.calibrate.needs import numpyro
    from zopa.calibrate.series import monthly
    from zopa.calibrate.termination_file import read_terminations
    from zopa.calibrate.wars_replayed import CUT_OFFS, SHIPPED, replay
    from zopa.calibrate.wars_replayed_fits import from_data
    from zopa.calibrate.wars_replayed_words import lines
    from zopa.cli.progress import metered
    from zopa.scenario.load import load

    numpyro()
    if endings is None:
        raise ArgumentError("--template needs --endings, for the rates at which wars end.")
    shipped = SHIPPED / f"{template}.yaml"
    scenario = load(str(shipped if shipped.is_file() else template))
    chosen = CUT_OFFS if dates is None else tuple(
        day for text in dates.split(",") if (day := as_day(text.strip(), "--cut-offs")) is not None)
    begun = as_day(onset, "--onset") or series.dates[0]
    first = as_day(since, "--since")
    with metered(quiet=False) as meter:
        fits = from_data(series, read_terminations(endings), begun, first, seed)
        found = replay(scenario, monthly(series.between(first, None)), fits, chosen, draws=draws,
                       seed=seed, tell=lambda at, total: meter.work("Cut off", at, total))
    if json:
        typer.echo(found.to_json(), nl=False)
        return
    for line in lines(found):
        typer.echo(line)
