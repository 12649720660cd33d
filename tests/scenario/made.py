"""The shipped template as the scenario of tests, with a change made to its text."""

from __future__ import annotations

from functools import cache

from zopa.core.errors import InputError
from zopa.scenario.load import loads
from zopa.scenario.schema import Scenario
from zopa.scenario.template import template_text

NAME = "made.yaml"


@cache
def made() -> Scenario:
    """The template's scenario, unchanged."""
    return loads(template_text(), NAME).scenario


def with_change(old: str, new: str) -> str:
    """The template's text with the one place of `old` replaced."""
    text = template_text()
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in the template"
    return text.replace(old, new)


def errors(text: str, strict: bool = False) -> list[str]:
    """The lines of the errors a text gives; empty where it has none."""
    try:
        loads(text, NAME, strict)
    except InputError as error:
        return str(error).splitlines()
    return []


def line_of(text: str, part: str) -> int:
    """Number of the first line that holds `part`, from 1."""
    return next(i for i, line in enumerate(text.splitlines(), start=1) if part in line)
