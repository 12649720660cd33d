"""The manifest holds the scenario that was run, whatever became of its file."""

from __future__ import annotations

import hashlib

from tests.report import sample_answers
from zopa.report.manifest import identity, scenario_of, text_of
from zopa.scenario.load import loads
from zopa.scenario.origin import digest


def test_a_file_is_kept_as_it_was_written() -> None:
    text = sample_answers.template_text()
    scenario = loads(text, "north.yaml").scenario
    found = identity(scenario)
    assert found["text"] == text
    assert found["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert digest(scenario_of({"scenario": found})) == digest(scenario)


def test_a_changed_scenario_is_kept_as_it_is() -> None:
    scenario = loads(sample_answers.template_text(), "north.yaml").scenario.swapped()
    found = identity(scenario)
    assert found["text"] != sample_answers.template_text()
    assert scenario_of({"scenario": found}).sides == ("south", "north")
    assert found["content_sha256"] == digest(scenario)


def test_a_scenario_made_in_python_is_kept_too() -> None:
    scenario = sample_answers.scenario_without_war()
    assert scenario.origin is None
    name, _ = text_of(scenario)
    assert name == "scenario"
    assert digest(scenario_of({"scenario": identity(scenario)})) == digest(scenario)


def test_everything_that_makes_a_run_is_named() -> None:
    found = sample_answers.view().manifest
    assert found["draws"] == 1024 and found["seed"] == 7
    assert found["method"]["horizon"] == 60
    assert set(found["history"]) == {"effective_draws", "draws", "kept", "weighs"}
    assert set(found["packages"]) >= {"zopa", "jax", "numpy", "xarray", "altair"}
    assert found["packages"]["numpy"][0].isdigit()
