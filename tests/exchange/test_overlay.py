"""A private overlay: what is laid over, what is refused, what is recorded of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.questions.tiny import tiny
from zopa.core.errors import InputError
from zopa.exchange import overlay
from zopa.scenario.inputs import inputs

TEXT = """zopa_private: 1
party: north
key: 0f1e2d3c4b5a69788796a5b4
values:
  war.costs.north.base: {range: [0.0131, 0.0172], source: {judgement: Our own budget.}}
  issues.border.weights.north: 0.6173
  issues.harbour.weights.north: 0.3827
"""
SCENARIO = {"war.position.moves.static": {1: 0.0}}


def refused(text: str) -> str:
    with pytest.raises(InputError) as error:
        overlay.laid_over(tiny(SCENARIO), [overlay.parse(text, "north.yaml")])
    return str(error.value)


def test_numbers_are_laid_over_and_the_shared_scenario_stays() -> None:
    shared = tiny(SCENARIO)
    before = shared.model_dump_json()
    changed = overlay.laid_over(shared, [overlay.parse(TEXT, "north.yaml")])
    numbers = inputs(changed)
    assert numbers["war.costs.north.base"].range == (0.0131, 0.0172)
    assert numbers["issues.border.weights.north"].value == 0.6173
    others = {path for path, number in inputs(shared).items() if number != numbers[path]}
    assert others == {"war.costs.north.base", "issues.border.weights.north",
                      "issues.harbour.weights.north"}
    assert shared.model_dump_json() == before


@pytest.mark.parametrize("old, new, told", [
    ("war.costs.north.base", "war.costs.nort.base", "is not a number of the scenario. Did you"),
    ("party: north", "party: nort", "there is no party 'nort'"),
    ("0.6173", "much", "it must be a number"),
    ("[0.0131, 0.0172]", "[0.0172, 0.0131]", "war.costs.north.base"),
    ("range:", "rang:", "war.costs.north.base"),
    ("0.6173", "0.9173", "north"),  # weights that no longer sum to 1
])
def test_what_cannot_be_laid_over_is_refused(old: str, new: str, told: str) -> None:
    assert told in refused(TEXT.replace(old, new))
    assert "north.yaml" in refused(TEXT.replace(old, new))


@pytest.mark.parametrize("old, new, told", [
    ("zopa_private: 1", "zopa: 1", "it is not a private overlay"),
    ("party: north", "who: north", "there is no key 'who'"),
    ("0f1e2d3c4b5a69788796a5b4", "short", "16 characters"),
    (TEXT[TEXT.index("values:"):], "values: {}\n", "`values` must be"),
])
def test_other_files_are_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        overlay.parse(TEXT.replace(old, new), "north.yaml")
    assert told in str(error.value)


def test_a_number_stands_in_one_overlay() -> None:
    read = overlay.parse(TEXT, "north.yaml")
    with pytest.raises(InputError, match="stands in north.yaml too"):
        overlay.laid_over(tiny(SCENARIO), [read, read])


def test_what_is_recorded_holds_no_value_and_no_hash_that_can_be_guessed() -> None:
    read = overlay.parse(TEXT, "north.yaml")
    told = overlay.recorded([read])
    assert told[0]["party"] == "north" and len(told[0]["paths"]) == 3
    assert not any(secret in str(told) for secret in ("0131", "6173", "0f1e2d3c4b5a"))
    digest = told[0]["hmac_sha256"]
    assert digest == overlay.parse(TEXT, "other.yaml").digest
    assert digest != overlay.parse(TEXT.replace("0.6173", "0.6174"), "north.yaml").digest
    assert digest != overlay.parse(TEXT.replace("0f1e", "1f1e"), "north.yaml").digest
    assert digest != hashlib.sha256(TEXT.encode()).hexdigest()
    keyless = overlay.parse(TEXT.replace("key: 0f1e2d3c4b5a69788796a5b4\n", ""), "north.yaml")
    assert overlay.recorded([keyless])[0]["hmac_sha256"] is None


def test_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "north.yaml"
    path.write_text(TEXT)
    assert overlay.read(path).party == "north"
    with pytest.raises(InputError, match="no such file"):
        overlay.read(tmp_path / "none.yaml")
