"""The template passes the check; writing it never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from zopa.core.errors import ArgumentError, InputError
from zopa.scenario.load import load
from zopa.scenario.source import example_text
from zopa.scenario.template import template_text, write_template


def test_a_written_template_loads(tmp_path: Path) -> None:
    write_template(tmp_path / "new.yaml")
    assert load(tmp_path / "new.yaml").title == "North and South"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    with pytest.raises(InputError, match="something already"):
        write_template(path)
    assert path.read_text() == "mine"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_template(tmp_path / "absent" / "new.yaml")


def test_the_template_explains_itself() -> None:
    lines = template_text().splitlines()
    assert sum("#" in line for line in lines) > 30


def test_a_copy_of_an_example(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write_template(path, like="template-civil-war")
    assert path.read_text(encoding="utf-8") == example_text("template-civil-war")
    assert load(path).belligerents == ("government", "rebels")
    assert sum("#" in line for line in path.read_text(encoding="utf-8").splitlines()) > 30


def test_a_copy_of_no_example(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="no example 'nowhere'"):
        write_template(tmp_path / "mine.yaml", like="nowhere")
    assert not (tmp_path / "mine.yaml").exists()
