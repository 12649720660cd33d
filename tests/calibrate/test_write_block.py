"""Fitted numbers in a scenario file: nothing else changes, both files or neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.calibrate.fitted import COLUMNS, NORTH, SOURCE, calibrated, posterior
from zopa.calibrate import write_block
from zopa.calibrate.posterior import Posterior
from zopa.core.errors import InputError
from zopa.scenario.inputs import inputs
from zopa.scenario.load import load, load_checked
from zopa.scenario.template import template_text


def test_the_numbers_stand_in_the_file_and_it_checks(tmp_path: Path) -> None:
    path = calibrated(tmp_path)
    scenario = load(path)
    made = posterior()
    for name in COLUMNS:
        number = inputs(scenario)[name]
        assert number.posterior == "endings" and number.source is not None
        assert list(number.quantiles or ()) == write_block.quantiles(made.column(name))
    assert scenario.sources["calibration-endings"].licence == "CC0"
    assert scenario.sources["calibration-endings"].year == 2020
    assert "12 cases" in str(inputs(scenario)[NORTH].source)


def test_no_other_line_changes(tmp_path: Path) -> None:
    after = calibrated(tmp_path).read_text(encoding="utf-8")
    changed = [line for line in unified_diff(template_text().splitlines(), after.splitlines(), n=0)
               if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    lost = [line for line in changed if line[0] == "-"]
    assert len(lost) == len(COLUMNS)
    gained = [line for line in changed if line[0] == "+"]
    assert sum("quantiles: [" in line for line in gained) == len(COLUMNS)
    comments = [line.partition("#")[2] for line in template_text().splitlines() if "#" in line]
    assert [c for c in comments if c and c not in after] == []


def test_writing_again_replaces_what_was_written(tmp_path: Path) -> None:
    path = calibrated(tmp_path)
    first = path.read_text(encoding="utf-8")
    write_block.write(path, posterior(seed=5))
    second = path.read_text(encoding="utf-8")
    assert first != second and len(first.splitlines()) == len(second.splitlines())
    write_block.write(path, posterior())
    assert path.read_text(encoding="utf-8") == first


def test_a_source_that_is_there_is_cited(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    key = next(iter(load("template-civil-war").sources), None)
    text = template_text()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="it has no source 'nowhere'"):
        write_block.write(path, posterior(), cite="nowhere")
    assert path.read_text(encoding="utf-8") == text and key != "nowhere"


@pytest.mark.parametrize(("made", "said"), [
    (replace(posterior(), columns=("war.hazards.west.base", *COLUMNS[1:])),
     "it has no war.hazards.west.base"),
    (replace(posterior(), source=replace(SOURCE, last=date(2099, 1, 1))),
     "would not check: calibrations.endings was fitted to data up to 2099-01-01"),
    (replace(posterior(), draws=posterior().draws * 1000.0), "would not check"),
])
def test_what_would_not_check_is_not_written(tmp_path: Path, made: Posterior, said: str) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text(), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        write_block.write(path, made)
    assert len(caught.value.problems) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["made.yaml"]
    assert path.read_text(encoding="utf-8") == template_text()


def test_both_files_or_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = calibrated(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    put = write_block._put

    def failing(place: Path, text: str) -> None:
        if place.suffix == ".yaml":
            raise PermissionError(13, "Permission denied")
        put(place, text)

    monkeypatch.setattr(write_block, "_put", failing)
    with pytest.raises(InputError, match="Nothing was changed"):
        write_block.write(path, posterior(seed=9))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_shipped_example_is_not_written_into() -> None:
    with pytest.raises(InputError, match="zopa new my.yaml --like ukraine-2025"):
        write_block.write("ukraine-2025", posterior())


def test_a_value_in_block_style_is_replaced_up_to_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    line = next(line for line in template_text().splitlines() if line.startswith("    north: {bas"))
    block = ("    north:\n      base:   # in block style\n        value: 0.002\n"
             "        unit: probability per month\n        source:\n"
             "          judgement: One in forty years at this strain.\n\n    # after it")
    assert template_text().count("0.002, unit: probability per month") == 1
    line = next(x for x in template_text().splitlines() if "0.002, unit: probability" in x)
    path.write_text(template_text().replace(line, block), encoding="utf-8")
    write_block.write(path, posterior())
    after = path.read_text(encoding="utf-8")
    assert "# in block style" in after and "    # after it\n" in after
    assert load_checked(path).scenario.war is not None
