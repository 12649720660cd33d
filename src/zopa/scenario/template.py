"""The commented template that `zopa new` writes: a made-up conflict that passes the check."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from zopa.core.errors import InputError, Problem


def template_text() -> str:
    """The template's text."""
    return (files("zopa.scenario") / "template.yaml").read_text(encoding="utf-8")


def write_template(path: str | Path) -> None:
    """Write the template to a new file.

    Raises:
        InputError: something is there already, or it cannot be written.
    """
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(template_text())
    except FileExistsError:
        raise InputError([Problem(str(path), "there is something already",
                                  "Choose another name; nothing was written.")]) from None
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be written ({error.strerror})",
                                  "Choose another place.")]) from None
