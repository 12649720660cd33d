"""The commented template that `zopa new` writes: a made-up conflict that passes the check.

A copy of a shipped example can be written instead; `template-civil-war` is one made for that.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from zopa.core.errors import InputError, Problem
from zopa.scenario.source import example_text


def template_text() -> str:
    """The template's text."""
    return (files("zopa.scenario") / "template.yaml").read_text(encoding="utf-8")


def write_template(path: str | Path, like: str | None = None) -> None:
    """Write the template, or a copy of the shipped example `like`, to a new file.

    Raises:
        ArgumentError: there is no such example.
        InputError: something is there already, or it cannot be written.
    """
    text = template_text() if like is None else example_text(like)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError([Problem(str(path), "there is something already",
                                  "Choose another name; nothing was written.")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be written ({error.strerror})",
                                  "Choose another place.")]) from None
