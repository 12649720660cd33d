"""Joint posterior draws in a scenario: drawn as they were fitted, and refused when they are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.calibrate.fitted import COLUMNS, NORTH, SOUTH, TALKS, calibrated, posterior
from zopa.core.errors import InputError
from zopa.draws.sobol import FULL, below_one, free, sample
from zopa.scenario.inputs import inputs
from zopa.scenario.load import load, load_checked
from zopa.scenario.number import Number
from zopa.scenario.posteriors import posteriors, with_posteriors
from zopa.scenario.source import EXAMPLES
from zopa.scenario.template import template_text


def test_every_draw_is_a_row_of_the_posterior(tmp_path: Path) -> None:
    scenario = load(calibrated(tmp_path))
    draws = sample(scenario, 256, seed=3)
    rows = {tuple(row) for row in posterior().draws.tolist()}
    drawn = list(zip(*(draws[path].tolist() for path in COLUMNS), strict=True))
    assert set(drawn) <= rows
    # 64 rows, 256 even points: every row four times
    assert all(drawn.count(row) == 4 for row in rows)
    assert np.corrcoef(draws[NORTH], draws[SOUTH])[0, 1] > 0.85
    assert np.corrcoef(draws[NORTH], draws[TALKS])[0, 1] < -0.7


def test_a_posterior_takes_one_coordinate(tmp_path: Path) -> None:
    before = tmp_path / "before.yaml"
    before.write_text(template_text(), encoding="utf-8")
    plain, fitted = load(before), load(calibrated(tmp_path))
    gone = set(free(plain)) - set(free(fitted))
    assert set(free(fitted)) - set(free(plain)) <= {NORTH}
    assert gone <= {SOUTH, TALKS}
    assert set(COLUMNS) <= set(sample(fitted, 2).names)


def test_the_sides_swapped_draw_the_same(tmp_path: Path) -> None:
    scenario = load(calibrated(tmp_path))
    one, other = sample(scenario, 64, 1), sample(scenario.swapped(), 64, 1)
    assert all(np.array_equal(one[path], other[path]) for path in one.values)


def test_draws_without_any_file_of_the_scenario(tmp_path: Path) -> None:
    scenario = load(calibrated(tmp_path))
    again = type(scenario).model_validate(scenario.model_dump())
    with pytest.raises(InputError, match="made.endings.json is not there"):
        sample(again, 2)
    given = with_posteriors(again, posteriors(scenario))
    assert np.array_equal(sample(given, 8)[NORTH], sample(scenario, 8)[NORTH])


def test_a_copy_in_another_folder_finds_shipped_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = calibrated(tmp_path)
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (tmp_path / "made.endings.json").rename(shipped / "made.endings.json")
    monkeypatch.setattr("zopa.scenario.posteriors.EXAMPLES", shipped)
    assert load(path).calibrations and EXAMPLES != shipped


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _said(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_checked(path)
    return str(caught.value).splitlines()


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    path = calibrated(tmp_path)
    (tmp_path / "made.endings.json").unlink()
    [line] = _said(path)
    assert "the file of draws made.endings.json is not there" in line
    assert "made.yaml:" in line and line.endswith("`zopa calibrate`.")


def test_an_altered_file_is_one_line(tmp_path: Path) -> None:
    path = calibrated(tmp_path)
    _change(tmp_path / "made.endings.json", '"seed": 7', '"seed": 8')
    [line] = _said(path)
    assert "its SHA-256 is another" in line


@pytest.mark.parametrize(("old", "new", "said"), [
    ("posterior: \"endings\"", "posterior: \"ending\"", "Did you mean 'endings'?"),
    ('draws: "made.', 'draws: "../made.', "calibrations.endings.draws"),
    ("quantiles: [0.00", "quantiles: [0.000", "states other quantiles than the draws"),
    ("posterior: \"endings\", ", "posterior: \"endings\", tied: war.talks.failure, ",
     "has `posterior`, which goes with `quantiles` and without `tied`"),
    ("date: 20", "date: 19", "after the scenario's date"),
])
def test_what_does_not_fit_is_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = calibrated(tmp_path)
    _change(path, old, new)
    lines = _said(path)
    assert any(said in line for line in lines), lines


def test_a_number_tied_to_a_fitted_one_is_refused(tmp_path: Path) -> None:
    path = calibrated(tmp_path)
    _change(path, "base: {lognormal: [0.004, 0.4],",
            f"base: {{lognormal: [0.004, 0.4], tied: {NORTH},")
    assert any("which is drawn with a calibration" in line for line in _said(path))


def test_quantiles_alone_are_a_form(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(template_text(), encoding="utf-8")
    _change(path, "base: {lognormal: [0.004, 0.4],",
            "base: {quantiles: [0.001, 0.002, 0.003, 0.004, 0.005, 0.008, 0.02],")
    number = inputs(load(path))["war.costs.north.base"]
    assert number.distribution.central() == 0.004
    assert number.distribution.support() == (0.001, 0.02)
    assert float(number.distribution.quantile(np.array([0.15]))[0]) == pytest.approx(0.0025)
    _change(path, "0.003, 0.004", "0.004, 0.003")
    assert any("fall" in line for line in _said(path))


def test_a_row_that_rounding_brings_above_one_is_scaled_down() -> None:
    static = "war.momentum.transitions.static"
    numbers = {f"{static}.{side}-advances": Number(
        quantiles=(0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.9), posterior="ground")
        for side in ("north", "south")}
    values = {path: np.array([0.2, high]) for path, high in zip(numbers, (0.4, 0.600001),
                                                               strict=True)}
    one, other = below_one(numbers, values).values()
    assert (one[0], other[0]) == (0.2, 0.2)
    assert FULL - 1e-12 <= one[1] + other[1] < 1.0
