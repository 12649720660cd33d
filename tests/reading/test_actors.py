"""Who is who: spelling variants, metonyms, a scenario's parties, a user's own gazetteer."""

from __future__ import annotations

from pathlib import Path

import pytest

from zopa.core.errors import InputError
from zopa.reading.actors import shipped
from zopa.scenario.load import load


def test_spelling_variants_and_metonyms_are_one_actor() -> None:
    actors = shipped()
    assert actors.find("Kiev") == actors.find("Kyiv") == actors.find("Ukraine")
    assert actors.find("the Kremlin") == actors.find("Moscow") == actors.state("Russian")
    assert actors.find("Avaria") is None


def test_a_scenarios_parties_take_over_their_aliases() -> None:
    actors = shipped().with_scenario(load("ukraine-2025"))
    assert {actors.find(n) for n in ("Kiev", "Ukraine", "Kyiv government")} == {"Kyiv"}
    assert {actors.find(n) for n in ("Kremlin", "Russian Federation")} == {"Moscow"}
    assert actors.state("Russian") == "Moscow"


def test_states_are_learned_from_the_text() -> None:
    text = "The president of Avaria spoke. Belmar's army moved. The Avarian ministry said no."
    actors = shipped().learned(text)
    assert actors.state("Avaria") == actors.state("Avarian") == "Government of Avaria"
    assert actors.state("Belmar") == "Government of Belmar"


def test_a_users_file_comes_on_top(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("actors:\n  - {name: The Porte, places: [Ankara], aliases: [the Porte]}\n")
    actors = shipped().with_file(path)
    assert actors.find("Ankara") == actors.find("Türkiye") == "The Porte"


@pytest.mark.parametrize("text", ["- 1", "actors: [{nom: x}]", "actors: 3", "a: [", ""])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match="no list of actors"):
        shipped().with_file(path)
