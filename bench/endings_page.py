"""Writes the tables of docs/explanation/how-far-to-trust-the-endings.md from data.

    python bench/endings_page.py --data ../shared/data            writes them
    python bench/endings_page.py --data ../shared/data --check    exits with 1 where they differ

The data are not part of the project.  Where they are absent nothing is done.  The same data and
seed give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from zopa.calibrate.checks import Limits
from zopa.calibrate.endings_hindcast import hindcast
from zopa.calibrate.endings_words import hindcast_lines
from zopa.calibrate.readers import read_series
from zopa.calibrate.series import monthly
from zopa.calibrate.termination_file import read_terminations
from zopa.calibrate.wars_replayed import SHIPPED, replay
from zopa.calibrate.wars_replayed_fits import from_data
from zopa.calibrate.wars_replayed_words import lines
from zopa.scenario.load import load

PAGE = Path(__file__).resolve().parents[1] / "docs/explanation/how-far-to-trust-the-endings.md"
ENDINGS, AREA = "ucdp-term-dyad-3-2021.csv", "area_controlled_monthly.csv"
SINCE, ONSET, SEED = dt.date(2022, 5, 31), dt.date(2022, 2, 24), 0


def out_of_sample(data: Path) -> str:
    """The hindcast of endings."""
    found = hindcast(read_terminations(data / ENDINGS), seed=SEED, limits=Limits())
    return "\n".join(list(hindcast_lines(found, markdown=True))[3:])


def end_to_end(data: Path) -> str:
    """The template of one war, cut off at several dates."""
    series = read_series(data / AREA)
    fits = from_data(series, read_terminations(data / ENDINGS), ONSET, SINCE, SEED)
    found = replay(load(str(SHIPPED / "ukraine.yaml")), monthly(series.between(SINCE, None)), fits,
                   seed=SEED)
    return "\n".join(list(lines(found))[2:])


PARTS = {"out of sample": out_of_sample, "end to end": end_to_end}


def filled(text: str, name: str, table: str) -> str:
    """A page with the table of a part between its marks."""
    begin, end = (f"<!-- {name}: {word} -->"
                  for word in ("written by bench/endings_page.py", "end"))
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n\n{table}\n\n{end}{after}"


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    missing = [name for name in (ENDINGS, AREA) if not (given.data / name).is_file()]
    if missing:
        print(f"{given.data} has no {', '.join(missing)}: nothing is written.")
        return 0
    old = text = PAGE.read_text(encoding="utf-8")
    for name, make in PARTS.items():
        text = filled(text, name, make(given.data))
    if given.check:
        print("The page is as it would be written." if text == old else "The page would differ.")
        return int(text != old)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
