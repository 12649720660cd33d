"""A run from beginning to end, on a tiny war and on an agreement space."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import zopa
from tests.questions.tiny import claim, tiny
from tests.report import sample_answers
from zopa.core.errors import ArgumentError
from zopa.report.result import Result, assumed
from zopa.report.stored import read_run
from zopa.report.write import FILES, WriteError
from zopa.scenario.schema import Scenario

CLAIMS = {"claims.calm": claim("only_settlement"),
          "claims.stuck": claim("victory_unlikely", party="south")}


@pytest.fixture(scope="module")
def result() -> Result:
    return zopa.run(tiny(CLAIMS), draws=8, seed=3)


@pytest.fixture(scope="module")
def written(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return result.write(tmp_path_factory.mktemp("runs") / "tiny")


def test_all_five_files_are_there_and_belong_together(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == sorted(FILES)
    view = read_run(written)
    assert set(view.manifest["files"]) == set(FILES) - {"manifest.json"}
    assert view.scenario.title == "A tiny war"


def test_answers_are_the_same_bytes_again(written: Path, tmp_path: Path) -> None:
    again = zopa.run(tiny(CLAIMS), draws=8, seed=3).write(tmp_path / "again")
    assert (again / "answers.json").read_bytes() == (written / "answers.json").read_bytes()
    assert (again / "sources.bib").read_bytes() == (written / "sources.bib").read_bytes()


def test_the_keys_that_readers_count_on(result: Result) -> None:
    answers = result.answers
    assert 0.0 <= answers["zone"]["probability"] <= 1.0
    assert answers["zone"]["deal_by_month"][0] == 0.0
    assert set(answers["outlook"]["by_month"]["victory"]) == {"north", "south"}
    assert {"value", "terms"} <= set(answers["waiting"]["north"]["0"])
    assert set(answers["verdicts"]) == {"calm", "stuck"}
    for key in ("probability", "reason", "words", "confidence", "hinge", "flips_at"):
        assert key in answers["verdicts"]["stuck"]
    assert answers["status"]["draws"] == 8
    json.dumps(answers, allow_nan=False)


def test_the_dataset_has_every_draw_with_units(result: Result, written: Path) -> None:
    import xarray as xr

    data = result.dataset
    assert data.sizes["draw"] == 8 and list(data.party.values) == ["north", "south"]
    for name, variable in data.data_vars.items():
        assert variable.attrs["units"] and variable.attrs["long_name"], name
    months = data.deal_by.weighted(data.weight).mean("draw")
    assert np.allclose(months, result.answers["zone"]["deal_by_month"], rtol=1e-9)
    with xr.open_dataset(written / "draws.nc", engine="h5netcdf") as stored:
        assert np.array_equal(stored.value.values, data.value.values)
        assert stored.value.attrs["units"] == "utility"
        assert list(stored.claim.values) == ["calm", "stuck"]
        if "input" in data.sizes:
            assert list(stored.input.values) == list(data.input.values)


def test_a_run_can_be_written_over_itself(result: Result, written: Path) -> None:
    before = (written / "answers.json").read_bytes()
    result.write(written)
    assert (written / "answers.json").read_bytes() == before


def test_answers_of_another_run_are_noticed(result: Result, tmp_path: Path) -> None:
    target = result.write(tmp_path / "run")
    (target / "answers.json").write_text("{}\n", encoding="utf-8")
    with pytest.raises(WriteError, match="not the one that manifest.json tells of"):
        read_run(target)


def test_an_agreement_space_is_a_run_too(tmp_path: Path) -> None:
    result = zopa.run(sample_answers.scenario_without_war(), draws=8)
    view = read_run(result.write(tmp_path / "space"))
    assert view.answers["outlook"] is None
    assert view.answers["zone"]["probability"] is not None


def test_three_parties_are_a_run_without_a_plane_to_draw(tmp_path: Path) -> None:
    whole = sample_answers.scenario_without_war().model_dump(exclude_none=True, mode="json")
    whole["parties"]["east"] = {"name": "East", "roles": ["party"]}
    whole["disagreement"]["east"] = 0.1
    for issue in whole["issues"].values():
        issue["weights"]["east"] = 0.5
        for place, option in enumerate(issue["options"].values()):
            option["values"]["east"] = float(place)
    result = zopa.run(Scenario.model_validate(whole), draws=8)
    text = (result.write(tmp_path / "three") / "report.html").read_text(encoding="utf-8")
    assert "all of North, South and East" in text and 'id="chart-zone"' not in text


def test_beliefs_are_checked_before_anything_is_solved() -> None:
    scenario = tiny(CLAIMS)
    assert assumed(scenario, ["calm=true", "stuck=false"]) == {"calm": True, "stuck": False}
    assert assumed(scenario, {"calm": True}) == {"calm": True}
    assert assumed(scenario, None) == {}
    with pytest.raises(ArgumentError, match="no claim 'clam'.*Did you mean 'calm'"):
        assumed(scenario, ["clam=true"])
    with pytest.raises(ArgumentError, match="must read CLAIM=true or CLAIM=false"):
        assumed(scenario, ["calm"])
    with pytest.raises(ArgumentError, match="believed twice"):
        assumed(scenario, ["calm=true", "calm=false"])
