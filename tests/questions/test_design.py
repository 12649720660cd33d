"""Which inputs are exchanged together, and the draws of the design."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.questions.tiny import tiny_study
from zopa.draws.sobol import free
from zopa.questions import design
from zopa.questions.design import columns, designed, grouped, part
from zopa.questions.rests import relevant

RANGE = {"range": [0.2, 0.6]}
WIDE: dict[str, Any] = {
    "issues.border.weights.north": RANGE, "issues.harbour.weights.north": RANGE,
    "issues.border.options.freeze.values.north": RANGE,
    "issues.harbour.options.shared.values.north": RANGE,
    "issues.harbour.options.shared.values.south": RANGE,
    "war.talks.rate": RANGE, "war.beliefs.prior.north": RANGE,
    "war.terminal.north.victory": {"range": [0.7, 0.9]},
    "war.hazards.north.base": {"range": [0.01, 0.02]},
    "war.hazards.south.base": {"range": [0.01, 0.02], "tied": "war.hazards.north.base"},
    "levers.more-support.changes": [
        {"path": "war.hazards.south.base", "multiply": {"range": [0.4, 0.6]}}]}
SCORE = {"war.costs.north.base": 0.3, "war.talks.rate": 0.2, "issues.border.weights.north": 0.1}


@pytest.fixture(name="few")
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(design, "ALONE", 2)
    monkeypatch.setattr(design, "PARTS", 3)


def test_the_largest_are_alone_and_the_others_go_by_part(few: None) -> None:
    study = tiny_study(WIDE, draws=2)
    groups = grouped(study.scenario, relevant(study), SCORE)
    assert [(group.name, len(group.inputs)) for group in groups] == [
        ("war.costs.north.base", 1), ("war.talks.rate", 1),
        # the part with the largest index, and of those without any the first two by name
        ("war.beliefs.prior.north", 1), ("war.costs.south.base", 1), ("weights", 2), ("others", 5)]
    assert [group.alone for group in groups] == [True, True, True, True, False, False]
    assert groups[4].inputs == ("issues.border.weights.north", "issues.harbour.weights.north")


def test_every_input_is_in_one_group_and_levers_in_none(few: None) -> None:
    study = tiny_study(WIDE, draws=2)
    found = relevant(study)
    groups = grouped(study.scenario, found, SCORE)
    paths = [path for group in groups for path in group.inputs]
    assert sorted(paths) == list(found.paths) and len(set(paths)) == len(paths)
    assert not [path for path in paths if path.startswith("levers.")]
    assert "war.hazards.north.base" in paths and "war.hazards.south.base" not in paths  # tied


def test_parts() -> None:
    assert part("issues.border.weights.north") == "weights"
    assert part("issues.border.options.old.values.north") == "issues.border"
    assert part("war.momentum.transitions.static.north-advances") == "moves"
    assert part("war.position.moves.static.1") == "moves"
    assert part("war.support.west.transitions.high.low") == "support"
    assert part("parties.north.discount") == "parties"


def test_only_the_columns_of_a_group_change() -> None:
    study = tiny_study(WIDE, draws=2)
    groups = grouped(study.scenario, relevant(study), SCORE)
    made = designed(study, groups, base=8)
    assert len(made.draws) == 8 * (len(groups) + 2)
    assert made.weight == pytest.approx(1.0 / len(made.draws))
    rows = {path: made.draws[path].reshape(8, -1) for path in made.draws.names}
    for place, group in enumerate(groups, start=1):
        weights = any(".weights." in path for path in group.inputs)
        for path, values in rows.items():
            if path.startswith("levers."):
                continue
            tied = "war.hazards.north.base" if path == "war.hazards.south.base" else path
            same = np.array_equal(values[:, place], values[:, 0])
            if ".weights.north" in path and weights:
                assert not same       # they sum to 1, so one moves the others
            else:
                assert same == (tied not in group.inputs), (path, group.name)
                assert not same or not np.array_equal(values[:, -1], values[:, 0])


def test_a_tied_input_has_the_column_of_the_end_of_its_tie() -> None:
    study = tiny_study(WIDE, draws=2)
    groups = grouped(study.scenario, relevant(study), {"war.hazards.north.base": 0.5})
    place = free(study.scenario).index("war.hazards.north.base")
    assert groups[0].name == "war.hazards.north.base"
    assert columns(study.scenario, groups)[0] == [place]


def test_an_input_tied_to_a_lever_counts_for_answers_without_it() -> None:
    study = tiny_study({
        "war.talks.rate": {"range": [0.1, 0.3], "tied": "levers.more-support.changes.0.multiply"},
        "levers.more-support.changes": [
            {"path": "war.hazards.south.base", "multiply": {"range": [0.4, 0.6]}}]}, draws=2)
    found = relevant(study)
    assert found.tied[found.paths.index("war.talks.rate")] == (
        "levers.more-support.changes.0.multiply",)
    groups = grouped(study.scenario, found, {"war.talks.rate": 0.5})
    assert columns(study.scenario, groups)[0] == [
        free(study.scenario).index("levers.more-support.changes.0.multiply")]
