"""Every command says what it does, and so does every option and argument of it."""

from __future__ import annotations

import pytest
import typer

from zopa.cli.main import COMMANDS, app


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    group = typer.main.get_command(app)
    command = group.get_command(None, name)
    assert command.help, f"zopa {name} has no help"
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"zopa {name}: {parameter.name} has no help"
    assert COMMANDS[name].line.endswith(".")
