"""Fits what the shipped scenarios take from data anew: `make calibrate`.

    python bench/calibrate.py --data ../shared/data            writes the fitted figures
    python bench/calibrate.py --data ../shared/data --check    exits with 1 where they would differ

The data are not part of the project.  Where they are absent nothing is done.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from zopa.calibrate.battlefield_run import calibrate
from zopa.calibrate.checks import Limits
from zopa.calibrate.endings_data import table
from zopa.calibrate.endings_fit import fit
from zopa.calibrate.endings_forecast import ReferenceClass
from zopa.calibrate.endings_priors import class_rates, posterior
from zopa.calibrate.posterior import Posterior
from zopa.calibrate.readers import Wanted, read_series
from zopa.calibrate.scenario_levels import from_scenario
from zopa.calibrate.termination_file import read_terminations
from zopa.calibrate.write_block import block
from zopa.scenario.load import load
from zopa.scenario.schema import Scenario
from zopa.scenario.source import EXAMPLES

SEED = 0
ENDINGS = "ucdp-term-dyad-3-2021.csv"
AREA = "area_controlled_monthly.csv"
AREA_CITATION = ("The Economist; Institute for the Study of War and Critical Threats Project "
                 "(2025), Area of Ukraine controlled by Russia")
AREA_SINCE = dt.date(2022, 5, 31)
"""Levels of March and April 2022 include assessed advances and are not comparable."""
Fits = Callable[[Path, Scenario], Posterior]


def ukraine_endings(data: Path, scenario: Scenario) -> Posterior:
    """Hazards of collapse and the failure of talks, of wars between states over three years old."""
    file = read_terminations(data / ENDINGS)
    last = min(file.last, scenario.date)
    fitted = fit(table(file.wars, last), SEED, limits=Limits())
    of = ReferenceClass("interstate", 36, year=scenario.date.year)
    return posterior(file, fitted, class_rates(file, fitted, of, last), scenario, SEED)


def ukraine_battlefield(data: Path, scenario: Scenario) -> Posterior:
    """Momentum and moves, of the area controlled from June 2022 on."""
    series = read_series(data / AREA, Wanted(citation=AREA_CITATION, licence="CC BY 4.0"))
    done = calibrate(series, from_scenario(scenario), SEED, AREA_SINCE)
    assert done.posterior is not None
    return done.posterior


PLAN: tuple[tuple[str, Fits, str, str], ...] = (
    ("ukraine-2025", ukraine_battlefield, AREA, "economist-isw"),
    ("ukraine-2025", ukraine_endings, ENDINGS, "ucdp"),
)
"""Scenario, fit, the file it needs, and the source that its numbers cite."""


def written(data: Path, folder: Path) -> dict[str, bytes]:
    """File name -> bytes of every example and file of draws that the plan writes."""
    result: dict[str, bytes] = {}
    for name, fits, _, cite in PLAN:
        path = folder / f"{name}.yaml"
        if path.name not in result:
            path.write_bytes((EXAMPLES / path.name).read_bytes())
            for draws in EXAMPLES.glob(f"{name}.*.json"):
                (folder / draws.name).write_bytes(draws.read_bytes())
        made = block(path.read_text(encoding="utf-8"), str(path), fits(data, load(str(path))), cite)
        for file, text in ((path.name, made.text), (made.file, made.draws)):
            (folder / file).write_bytes(text.encode())
            result[file] = text.encode()
    return result


def main() -> int:
    """Write the figures, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    missing = sorted({file for _, _, file, _ in PLAN if not (given.data / file).is_file()})
    if missing:
        print(f"{given.data} has no {', '.join(missing)}: nothing is fitted.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = written(given.data, Path(folder))
    differing = [name for name, content in found.items()
                 if not (EXAMPLES / name).is_file() or (EXAMPLES / name).read_bytes() != content]
    for name in differing:
        print(f"{name} {'would differ' if given.check else 'is written'}")
        if not given.check:
            (EXAMPLES / name).write_bytes(found[name])
    if not differing:
        print("Every figure is as it was.")
    return int(given.check and bool(differing))


if __name__ == "__main__":
    sys.exit(main())
