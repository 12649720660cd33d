"""Every number by its path, with and without the defaults; every one has its quantity."""

from __future__ import annotations

import pytest

from tests.scenario.made import made
from zopa.scenario.inputs import inputs, written
from zopa.scenario.load import load
from zopa.scenario.quantities import fits, normal_unit, quantity
from zopa.scenario.source import examples


def test_paths_and_numbers() -> None:
    numbers = inputs(made())
    assert numbers["war.talks.rate"].range == (0.05, 0.3)
    assert numbers["war.position.moves.static.-1"].value == 0.05
    assert numbers["levers.hosted-talks.changes.0.multiply"].value == 1.5
    assert numbers["war.position.targets.0.sd"].value == 0.0158
    assert "war.horizon" not in numbers and "war.position.cells" not in numbers
    assert "levers.less-support.changes.0.set" not in numbers


def test_numbers_by_default_are_inputs_but_not_written() -> None:
    assert inputs(made())["war.costs.north.position"].value == 0.0
    assert "war.costs.north.position" not in written(made())
    assert set(written(made())) < set(inputs(made()))


@pytest.mark.parametrize("name", ["template", *sorted(examples())])
def test_every_number_has_its_quantity(name: str) -> None:
    scenario = made() if name == "template" else load(name)
    without = [path for path in inputs(scenario) if quantity(path) is None]
    assert all(path.startswith("levers.") and path.endswith((".set", ".add")) for path in without)


@pytest.mark.parametrize(
    ("unit", "normal"),
    [("Probability per Month", "probability per period"), ("per month", "per period"),
     ("a month", "per period"), ("monthly probability", "probability per period"),
     ("utility/month", "utility per period"), ("log-odds", "log odd"),
     ("casualties per month", "casualty per period"), ("probability per year",
                                                       "probability per year")])
def test_units_in_one_spelling(unit: str, normal: str) -> None:
    assert normal_unit(unit, "month") == normal


@pytest.mark.parametrize(
    ("path", "unit", "right"),
    [("war.talks.rate", "probability per month", True), ("war.talks.rate", "share", True),
     ("war.talks.rate", "percent", False), ("war.talks.rate", "probability per week", False),
     ("war.position.cell", "km2", True), ("war.position.cell", "km", False),
     ("war.support.west.levels.high.volume", "EUR bn", True),
     ("war.costs.north.base", "utility per month", True), ("war.costs.north.base", "EUR", False),
     ("war.losses.north", "casualties per month", True),
     ("war.beliefs.theories.x.momentum_tilt", "log odds", True)])
def test_units_that_fit(path: str, unit: str, right: bool) -> None:
    row = quantity(path)
    assert row is not None
    assert fits(unit, row, "month", "km2") is right
