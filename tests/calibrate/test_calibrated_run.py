"""A run of a calibrated scenario: answers, hinges, a report that names the fit, a redacted copy."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from tests.calibrate.fitted import NORTH, SOUTH, posterior
from tests.questions.tiny import tiny
from zopa.calibrate.write_block import write
from zopa.draws.sobol import free, sample
from zopa.questions import fix
from zopa.questions.design import columns, grouped
from zopa.questions.rests import relevant
from zopa.questions.study import Study
from zopa.report.redacted import write_redacted
from zopa.report.stored import read_run
from zopa.scenario.load import load

OVERLAY = """zopa_private: 1
party: north
values:
  war.costs.north.base: 0.0131719
"""
NUMBERS = {NORTH: 0.002, SOUTH: 0.003, "war.position.moves.static": {1: 0.0},
           "war.costs.south.base": {"range": [0.01, 0.02]}}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small war, both hazards of collapse drawn with a calibration."""
    folder = tmp_path_factory.mktemp("calibrated")
    text = io.StringIO()
    YAML().dump(json.loads(tiny(NUMBERS).model_dump_json(exclude_none=True)), text)
    (folder / "tiny.yaml").write_text(text.getvalue(), encoding="utf-8")
    made = posterior()
    kept = type(made)("endings", "endings", (NORTH, SOUTH), made.draws[:, :2], made.source)
    write(folder / "tiny.yaml", kept)
    return folder / "tiny.yaml"


@pytest.fixture(scope="module")
def run(path: Path) -> Path:
    from zopa.cli.run import command

    overlay = path.with_name("north.yaml")
    overlay.write_text(OVERLAY, encoding="utf-8")
    command(str(path), draws=16, out=path.with_name("run"), quiet=True, private=[overlay],
            heavy=4)
    return path.with_name("run")


def test_the_report_names_the_fit(run: Path) -> None:
    view = read_run(run)
    fit = view.manifest["calibrations"]["endings"]
    assert fit["data"] == [{"name": "made-up.csv", "sha256": "ab" * 32}]
    assert (fit["cases"], fit["rows"], fit["licence"]) == (12, 64, "CC0")
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "12 cases; 2 numbers, 64 joint draws. Nobody (2020): A made-up file" in page
    assert "drawn with the calibration endings" in page
    assert "Nobody" in (run / "sources.bib").read_text(encoding="utf-8")


def test_a_redacted_copy_names_it_too(run: Path) -> None:
    copy = write_redacted(run, run.with_name("copy"))
    assert read_run(copy).manifest["calibrations"] == read_run(run).manifest["calibrations"]


def test_hinges_hold_the_numbers_of_a_calibration_in_one_group(path: Path) -> None:
    scenario = load(path)
    study = Study(scenario, sample(scenario, 16))
    groups = {group.name: group for group in grouped(scenario, relevant(study), {})}
    assert groups["calibrations.endings"].inputs == (NORTH, SOUTH)
    coordinates = columns(scenario, tuple(groups.values()))
    assert sorted(c for group in coordinates for c in group) == list(range(len(free(scenario))))


def test_one_number_held_takes_the_others_along(path: Path) -> None:
    scenario = load(path)
    draws = sample(scenario, 64)
    low, high = (fix.fixed(scenario, draws, NORTH, float(np.quantile(draws[NORTH], level)))
                 for level in (0.1, 0.9))
    assert np.ptp(low[SOUTH]) == 0.0
    assert low[NORTH][0] < high[NORTH][0] and low[SOUTH][0] < high[SOUTH][0]
